"""RSS and Atom as feedparser can read it in bounded time: well-formed, and within limits that no real feed reaches.

feedparser's own reader of broken XML takes time that grows with the square of what is broken (10 MB of "<": hours),
and so do its lists of categories and namespaces. So it only ever gets XML that is well-formed, which is made here in
one pass: what is not closed is closed, what is no markup is escaped, what is beyond a limit is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

# Every alternative ends at the next "<", ">" or the end of the text, so that no text is looked at twice over.
_TOKEN = re.compile(
    r"(?P<text>[^<]+)"
    r"|(?P<cdata><!\[CDATA\[.*?(?:\]\]>|\Z))"
    r"|(?P<skip><!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<![^<>]*>)"
    r"|<(?P<close>/)?(?P<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)"
    r"(?P<attributes>\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+(?=>)|\s[^<>]*+|/?(?=>))>",
    re.DOTALL,
)
# Begins only where a name does: a name of half a million letters took minutes.
_ATTRIBUTE = re.compile(r"(?<![\w.:-])([A-Za-z_][\w.:-]*+)\s*+=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_STRAY_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,9}|#x[0-9A-Fa-f]{1,8});)")
_HALF_REFERENCE = re.compile(r"&[^;&]{0,40}\Z")
_DECLARATION = re.compile(r"\sxmlns:([\w.-]+)\s*=\s*[\"']?[^\"'\s>]")
_USED_PREFIX = re.compile(r"[<\s]/?([A-Za-z_][\w.-]*):[A-Za-z_]")
_ENTRY = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_ENTRY_END = re.compile(r"</(?:[A-Za-z_][\w.-]*:)?(?:item|entry)\s*>", re.IGNORECASE)

ENTRIES = frozenset({"item", "entry"})
VOID = frozenset({"br", "hr", "img", "input", "wbr"})  # HTML that nobody closes
MOST_TAGS = 200_000  # in all: a hundred for each of 2,000 entries; feedparser takes about 10 µs for one
MOST_ENTRY_TAGS = 5_000  # in one entry: the longest live reports have 2,000
MOST_TOKENS = 1_000_000
MOST_DEPTH = 100
MOST_ATTRIBUTES = 60
FORGOTTEN_WITHIN = 1_000_000  # characters in which undeclared prefixes are looked for
MOST_PREFIXES = 100  # feedparser looks through them all at each tag of a namespace that it does not know
LONGEST_BASE = 2_000  # characters of xml:base, which feedparser joins anew at each tag
LONGEST_VALUE = 20_000  # of any other attribute
MOST_TEXT = 2_000_000  # characters of any element's text: four hundred pages
# Fewer where feedparser tries one pattern after the other on the text.
LONGEST_TEXT = {
    **dict.fromkeys(("pubdate", "date", "published", "updated", "modified", "issued", "created"), 200),
    **dict.fromkeys(("lastbuilddate", "expirationdate", "available", "valid", "start"), 200),
    **dict.fromkeys(("author", "creator", "contributor", "name", "email", "managingeditor", "webmaster"), 200),
    **dict.fromkeys(("publisher", "owner"), 200),
    # It compares each word of these lists with all others.
    **dict.fromkeys(("keywords", "tags"), 300),
}
MOST_OF_A_KIND = {
    "category": 60,
    "subject": 60,
    "keywords": 1,
    "tags": 1,
}  # in one entry; each is compared with all others
# Where a document uses a prefix and forgot to say what it means.
USUAL = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "atom": "http://www.w3.org/2005/Atom",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


@dataclass(slots=True)
class Open:
    """An element that is not closed yet; one that is not `kept` leaves its text behind."""

    name: str
    key: str
    local: str
    kept: bool
    room: int  # characters that its text may still have


@dataclass(slots=True)
class Trimmer:
    """One pass over one document. With `mends`, the text is not well-formed."""

    text: str
    most_entries: int
    mends: bool
    out: list[str] = field(default_factory=list)
    stack: list[Open] = field(default_factory=list)
    open_names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)  # of the entry that is read
    prefixes: set[str] = field(default_factory=lambda: {"xml"})
    root_at: int | None = None
    entries: int = 0
    left_out: int = 0
    tags: int = 0
    entry_tags: int = 0
    dropped: int = 0
    fields: int = 0  # of the entry that is read, and where the last of them begins in `out`
    field_at: int = 0
    broken_off: bool = False  # did the text end within an entry?

    def document(self) -> str:
        """The XML."""
        position, tokens, last = 0, 0, self.text.rfind(">")
        while position < len(self.text):
            match = _TOKEN.match(self.text, position)
            tokens += 1
            if match is None and position > last:  # a tag that was cut off
                break
            position = match.end() if match else position + 1
            if match is None:
                self._write_text("&lt;")
            elif match["name"]:
                position = self._tag(match, position)
            elif match["text"]:
                self._write_text(self._mended(match["text"]))
            elif match["cdata"]:
                self._write_cdata(match["cdata"])
            if tokens > MOST_TOKENS or self.tags > MOST_TAGS:
                self._leave_out(position)
                break
        self._drop_half()
        while self.stack:
            self._pop()
        return "".join(self.out)

    def _drop_half(self) -> None:
        """Leave out the field that the document breaks off in, if its entry has others: half a date is a wrong one."""
        depth = next((depth for depth, element in enumerate(self.stack) if element.local in ENTRIES and depth), None)
        if depth is None:
            return
        self.broken_off = True
        if len(self.stack) > depth + 1 and self.fields > 1:
            del self.out[self.field_at :], self.stack[depth + 1 :]

    def _mended(self, text: str) -> str:
        """Text as XML has it."""
        return _STRAY_AMPERSAND.sub("&amp;", text.replace("]]>", "]]&gt;")) if self.mends else text

    def _write_text(self, text: str) -> None:
        """Text of the innermost element, as far as it has room; none outside the root."""
        if not self.stack:
            return
        element = self.stack[-1]
        if len(text) > element.room:
            # Not within a reference: half of one is none.
            text, element.room = _HALF_REFERENCE.sub("", text[: element.room]), 0
        else:
            element.room -= len(text)
        self.out.append(text)

    def _write_cdata(self, token: str) -> None:
        content = token[9:].removesuffix("]]>")
        if self.stack:
            element = self.stack[-1]
            self.out += ("<![CDATA[", content[: element.room], "]]>")
            element.room -= min(element.room, len(content))

    def _tag(self, match: re.Match[str], position: int) -> int:
        """One tag; where to go on."""
        name = match["name"]
        if match["close"]:
            self._end(name)
            return position
        local = name.rsplit(":", 1)[-1].lower()
        attributes = match["attributes"]
        closed = attributes.endswith("/")
        if local in ENTRIES and self.stack:
            if self.mends and self.open_names[self._key(name)]:  # the one before was not closed
                self._end(name)
            if self.entries >= self.most_entries:
                return self._leave_out(match.start())
            self.entries += 1
            self.entry_tags = self.fields = 0
            self.kinds.clear()
        self._start(name, local, attributes.removesuffix("/"))
        if closed or (self.mends and local in VOID):
            self._pop()
        if self.entry_tags > MOST_ENTRY_TAGS and self.entries:
            return self._skip_entry(position)
        return position

    def _start(self, name: str, local: str, attributes: str) -> None:
        """Open an element, unless it is one too many."""
        self.tags += 1
        self.entry_tags += 1
        self.kinds[local] += 1
        written = self._attributes(attributes) if attributes else ""
        kept = len(self.stack) < MOST_DEPTH and self.kinds[local] <= MOST_OF_A_KIND.get(local, MOST_TAGS)
        kept = kept and self._is_known(name) and (bool(self.stack) or self.root_at is None)
        self.dropped += not kept
        room = LONGEST_TEXT.get(local, MOST_TEXT)
        if self.stack and not kept:
            room = self.stack[-1].room
        if self.stack and self.stack[-1].local in ENTRIES:
            self.fields, self.field_at = self.fields + 1, len(self.out)
        key = self._key(name)
        self.stack.append(Open(name, key, local, kept, room))
        self.open_names[key] += 1
        if kept:
            if self.root_at is None:
                self.root_at = len(self.out)
                written += self._forgotten(written)
            self.out.append(f"<{name}{written}>")

    def _is_known(self, name: str) -> bool:
        """Whether the name's prefix is declared."""
        return ":" not in name or name.split(":", 1)[0] in self.prefixes

    def _forgotten(self, written: str) -> str:
        """Declarations of the prefixes that the root does not declare, and the text uses: for broken documents."""
        if not self.mends:
            return ""
        own = set(_DECLARATION.findall(written))
        used = dict.fromkeys(_USED_PREFIX.findall(self.text, 0, FORGOTTEN_WITHIN))
        missing = [prefix for prefix in used if prefix not in own and prefix not in ("xml", "xmlns")][:MOST_PREFIXES]
        self.prefixes |= set(missing)
        return "".join(f' xmlns:{prefix}="{USUAL.get(prefix, "urn:" + prefix)}"' for prefix in missing)

    def _attributes(self, written: str) -> str:
        """Attributes as they are, where nothing is wrong with them; else those that are well-formed, each once."""
        if "xmlns" in written:
            self._declare(written)
        if not self.mends and len(written) < LONGEST_BASE and written.count("=") <= MOST_ATTRIBUTES:
            return written.rstrip()
        found: dict[str, str] = {}
        for number, match in enumerate(_ATTRIBUTE.finditer(written)):
            name, value = match[1], match[2] or match[3] or match[4] or ""
            if number >= MOST_ATTRIBUTES and not name.startswith("xmlns"):
                continue
            if self._may_stand(name, value) and name not in found:
                found[name] = self._mended(value).replace("<", "&lt;").replace('"', "&quot;")
        return "".join(f' {name}="{value}"' for name, value in found.items())

    def _declare(self, written: str) -> None:
        """Take note of namespace prefixes, as far as there may be more."""
        for prefix in _DECLARATION.findall(written):
            if len(self.prefixes) < MOST_PREFIXES:
                self.prefixes.add(prefix)

    def _may_stand(self, name: str, value: str) -> bool:
        """Whether the attribute does no harm and XML allows it."""
        prefix, _, local = name.rpartition(":")
        if prefix == "xmlns":
            return local in self.prefixes and bool(value) and local not in ("xml", "xmlns")
        if ":" in prefix or name.endswith(":") or (prefix and prefix not in self.prefixes):
            return False
        return len(value) <= (LONGEST_BASE if local.lower() == "base" else LONGEST_VALUE)

    def _end(self, name: str) -> None:
        """Close the innermost element of that name, and what is still open in it; nothing where none is open."""
        key = self._key(name)
        if not self.open_names[key] or (self.mends and key == self.stack[0].key and self.open_names[key] == 1):
            return  # entries behind the end of a broken feed are read, too
        while self.stack[-1].key != key:
            self._pop()
        self._pop()

    def _key(self, name: str) -> str:
        """What tells that two tags are of the same name."""
        return name.lower() if self.mends else name

    def _pop(self) -> None:
        element = self.stack.pop()
        self.open_names[element.key] -= 1
        if element.kept:
            self.out.append(f"</{element.name}>")

    def _skip_entry(self, position: int) -> int:
        """The end of an entry that has too many tags."""
        end = _ENTRY_END.search(self.text, position)
        self.dropped += 1
        self.entry_tags = 0
        return end.start() if end else len(self.text)

    def _leave_out(self, position: int) -> int:
        """Count the entries from here on; what stands behind the last of them is still read."""
        start = end = position
        for match in _ENTRY.finditer(self.text, position):
            self.left_out += 1
            start = match.end()
        for match in _ENTRY_END.finditer(self.text, position):
            end = match.end()
        while any(element.local in ENTRIES for element in self.stack):
            self._pop()
        return end if end >= start else len(self.text)
