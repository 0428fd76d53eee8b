"""OPML, the format in which feed readers hand each other their lists (OPML 2.0, "Subscription lists").

Lists are read tag by tag, not through an XML tree. They are often broken, and a recovering parser loses without a word
what is imported here: of `xmlUrl="http://a.example/?x=1&y=2"` libxml2 keeps `?x=1=2`, of a tag with one value that is
not quoted no attribute, and nothing below its 256th level. listparser 0.20 (March 2024) reads lists as HTML through
lxml before version 6, tells no line, and drops outlines without an address silently.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.records import Feed
from pipeline.sources.addresses import is_private_host, web_address, wrong_address
from pipeline.sources.opml_text import Problem, Tag, decode, not_well_formed, outlines, plain

MOST_PROBLEMS = 200  # told one by one; of a list with more, the rest is a number
_DEEPEST = 8  # folders that are named in a note; lists of people have two or three
_NOTE_LETTERS = 300
_FEED_TYPES = {"rss", "atom", "feed", "rdf", "rss1", "jsonfeed"}
_LINK_TYPES = {"link", "include"}  # OPML 2.0: to a page, or to another list


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlFeed:
    """A feed that a list names; its address may stand in feeds.toml."""

    url: str
    title: str | None = None
    language: str | None = None  # ISO 639-1
    note: str | None = None  # the folders that hold it ("Agencies / Asia"), else its description or category


@dataclass(frozen=True, slots=True)
class OpmlList:
    """What a list names, in its order and each feed once, and what in it could not be used, as `name:line: …`."""

    feeds: tuple[OpmlFeed, ...]
    problems: tuple[str, ...]


def read_opml(data: bytes, name: str) -> OpmlList:
    """The feeds of an OPML file (1.0, 1.1, 2.0, or what is near it); `name` is what problems call the file.

    A feed that stands in several folders is one, with all of them in its note. Broken files give what can be read of
    them. Entities that a file defines are not resolved. Never raises; takes time and memory in proportion to the file.
    """
    text, odd = decode(data)
    reader = _Reader()
    reader.problems += [*odd, *filter(None, [not_well_formed(text)])]
    for tag in outlines(text):
        if tag.is_end:
            reader.leave()
        else:
            reader.enter(_Outline.of(tag))
    if not reader.outlines:
        right = 'a list has <outline type="rss" xmlUrl="https://…"/> for each feed'
        reader.problems.append(Problem(1, "holds no outline", right))
    return OpmlList(tuple(reader.feeds.values()), _told(reader.problems, name))


def write_opml(feeds: Sequence[Feed], *, title: str) -> bytes:
    """The feeds as an OPML 2.0 list, one flat outline each, in UTF-8.

    It has the attributes that the specification names, for other programs to read: text and title, xmlUrl, language,
    description (the note) and category (the agency). What only Dateline knows (id, zone, interval …) is not in it: to
    take an installation elsewhere, take feeds.toml.
    """
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = plain(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        values = {
            "type": "rss",  # also for Atom and the others: "most readers support all formats" (OPML 2.0)
            "text": plain(feed.title or "") or feed.url,
            "title": plain(feed.title or ""),
            "xmlUrl": feed.url,
            "language": feed.language,
            "description": plain(feed.note or ""),
            "category": plain((feed.agency or "").replace(",", " ").replace("/", " ")),  # which separate categories
        }
        etree.SubElement(body, "outline", {key: value for key, value in values.items() if value})
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outline:
    """One start tag, and what it says."""

    tag: Tag
    values: dict[str, str]
    remainder: str  # what stands in the tag that is no attribute

    @classmethod
    def of(cls, tag: Tag) -> _Outline:
        values, remainder = tag.values()
        return cls(tag=tag, values=values, remainder=remainder)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.values.get("text") or self.values.get("title", "")

    @property
    def type(self) -> str:
        """Its type in small letters, "" for none."""
        return self.values.get("type", "").lower()

    @property
    def address(self) -> str:
        """The address of a feed, "" for what is none."""
        address = self.values.get("xmlurl") or (self.values.get("url", "") if self.type in _FEED_TYPES else "")
        return web_address(address)

    @property
    def is_folder(self) -> bool:
        """Does it only hold others?"""
        return not (self.address or self.tag.is_closed or self.type in _FEED_TYPES or self.type in _LINK_TYPES)


@dataclass(slots=True, kw_only=True)
class _Reader:
    """The list so far, and where in its folders the reading stands."""

    feeds: dict[str, OpmlFeed] = field(default_factory=dict)
    outlines: int = 0
    problems: list[Problem] = field(default_factory=list)
    _folders: list[str] = field(default_factory=list)

    def enter(self, outline: _Outline) -> None:
        """An outline begins."""
        self.outlines += 1
        trouble = _trouble(outline)
        if trouble:
            self.problems.append(trouble)
        elif not outline.is_folder:
            self._take(outline)
        if not outline.tag.is_closed:
            self._folders.append(outline.title if outline.is_folder else "")

    def leave(self) -> None:
        """An outline ends; of ends too many, nothing comes."""
        if self._folders:
            self._folders.pop()

    def _take(self, outline: _Outline) -> None:
        url = outline.address
        feed = OpmlFeed(
            url=url,
            title=outline.title if outline.title not in ("", url) else None,
            language=_language(outline.values.get("language", "")),
            note=self._note(outline)[:_NOTE_LETTERS].strip() or None,
        )
        self.feeds[url] = _merged(self.feeds[url], feed) if url in self.feeds else feed

    def _note(self, outline: _Outline) -> str:
        path = " / ".join(title for title in self._folders[:_DEEPEST] if title)
        return path or outline.values.get("description") or outline.values.get("category", "").strip("/ ")


def _trouble(outline: _Outline) -> Problem | None:
    """Why the outline cannot be used, or not in full, and what would be right; None where nothing is wrong."""
    url, line = outline.address, outline.tag.line
    called = f" ({outline.title[:60]!r})" if outline.title else ""
    if url:
        return _trouble_with(url, line)
    if outline.remainder or not outline.tag.whole:
        wrong = f"the outline{called} cannot be read in full (at {outline.remainder[:60]!r})"
        return Problem(line, wrong, "close its quotes and its tag")
    if outline.is_folder:
        return None
    if outline.type in _LINK_TYPES:
        link = outline.values.get("url", "")[:200]
        return Problem(line, f"an outline of type {outline.type}{called} is no feed", f"import what it names: {link}")
    page = outline.values.get("htmlurl", "")[:200]
    right = f"`dateline feeds discover {page}` may find it" if page else 'write xmlUrl="https://host/path"'
    return Problem(line, f"the outline{called} has no xmlUrl, a feed's address", right)


def _trouble_with(url: str, line: int) -> Problem | None:
    wrong = wrong_address(url)
    if wrong:
        return Problem(line, f"xmlUrl {url[:200]!r} {wrong}", "write the whole address: https://host/path")
    if is_private_host(url):
        right = "add it with `dateline feeds add --allow-private`"
        return Problem(line, f"xmlUrl {url[:200]!r} is not on the open internet", right)
    return None


def _told(problems: list[Problem], name: str) -> tuple[str, ...]:
    """The problems by line, in the form of a ConfigError's; of very many, the first and a number."""
    ordered = sorted(problems, key=lambda problem: problem.line)
    lines = [f"{name}:{problem.line}: {problem.wrong}; {problem.right}" for problem in ordered[:MOST_PROBLEMS]]
    more = len(problems) - len(lines)
    return (*lines, *([f"{name}: {more} more problems"] if more else []))


def _merged(first: OpmlFeed, other: OpmlFeed) -> OpmlFeed:
    """A feed that is listed again: what it is called at first, and both folders."""
    notes = dict.fromkeys(note for note in (first.note, other.note) if note)
    return replace(
        first,
        title=first.title or other.title,
        language=first.language or other.language,
        note="; ".join(notes)[:_NOTE_LETTERS].strip() or None,
    )


def _language(written: str) -> str | None:
    """en of "en-us"; None for "unknown", which some programs write."""
    found = re.match(r"([A-Za-z]{2})(?![A-Za-z])", written)
    return found[1].lower() if found else None
