"""The text of an OPML file as tags with their lines, whatever state it is in. Nothing that it defines is resolved."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import Any

from lxml import etree

# Comments and the like first: an outline that stands in them is none. A quoted value ends before the next outline, so
# that a forgotten quote costs one feed: <outline text="A xmlUrl="http://a.example/rss"/>
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|<!DOCTYPE[^\[>]*(?:\[.*?(?:\]\s*>|\Z)|>|\Z)"
    r"|<(?P<close>/)?(?:[\w.-]+:)?outline(?![\w.:-])(?P<attributes>(?:"
    r"\"(?:[^\"<]++|<(?!/?(?:[\w.-]+:)?outline\b))*+\"|'(?:[^'<]++|<(?!/?(?:[\w.-]+:)?outline\b))*+'|[^\"'<>]++|[\"'])*+)"
    r"(?P<end>>)?",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]++)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_REFERENCE = re.compile(r"&(?:#(?P<decimal>\d{1,7})|#[xX](?P<hex>[0-9A-Fa-f]{1,6})|(?P<name>[A-Za-z][A-Za-z0-9]*));")
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']\s*([\w.:-]{1,40})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What a file begins with, how much of that is no text, and the encoding that it tells (XML 1.0, appendix F).
_STARTS = (
    (codecs.BOM_UTF8, 3, "utf-8"),
    (codecs.BOM_UTF16_LE, 2, "utf-16-le"),
    (codecs.BOM_UTF16_BE, 2, "utf-16-be"),
    (b"<\0", 0, "utf-16-le"),
    (b"\0<", 0, "utf-16-be"),
)
# Encodings that lists are written in; Python has others by name that are slow or none of text (punycode, zlib).
_CHARSET = re.compile(
    r"(?:iso-?8859|iso-2022|windows|cp|koi8|gb|hz|big5|shift|euc|us-ascii|latin|mac|tis)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line of the file, and what would be right."""

    line: int
    wrong: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A start tag or end tag of an outline."""

    line: int
    is_end: bool
    attributes: str = ""
    whole: bool = True  # it has its ">"

    @property
    def is_closed(self) -> bool:
        """<outline … />"""
        return self.attributes.endswith("/")

    def values(self) -> tuple[dict[str, str], str]:
        """Its attributes by name in small letters, and what stands between them that is none."""
        text = self.attributes.removesuffix("/")
        values: dict[str, str] = {}
        for key, *quoted in _ATTRIBUTE.findall(text):
            values.setdefault(key.lower(), plain(_unescape("".join(quoted))))
        return values, plain(_ATTRIBUTE.sub(" ", text))


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """The text with plain line ends, and what is odd about its bytes.

    In this order: a byte order mark, UTF-8 if it is that, the declared encoding, Windows-1252.
    """
    for start, skip, codec in _STARTS:
        if data.startswith(start):
            return _text(data[skip:], codec)
    declared = _DECLARED.match(data)
    name = declared[1].decode("ascii") if declared else ""
    for codec in ("utf-8", name if _CHARSET.match(name) else "utf-8"):
        try:
            return _lines(data.decode(codec)), []
        except (UnicodeError, LookupError):
            continue
    text, _ = _text(data, "cp1252")
    return text, _text(data, "utf-8")[1]


def outlines(text: str) -> Iterator[Tag]:
    """The tags of outlines in their order, as far as a tag can be made out; those in comments are none."""
    line, counted = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", counted, found.start())
        counted = found.start()
        if found["attributes"] is not None:
            attributes, whole = found["attributes"].rstrip(), found["end"] is not None
            yield Tag(line=line, is_end=found["close"] is not None, attributes=attributes, whole=whole)


def not_well_formed(text: str) -> Problem | None:
    """The first place where the text is not XML; None for one that is, and for one without any tag."""
    entity = re.search(r"<!ENTITY", text, re.IGNORECASE)
    if entity:  # not given to a parser: entities are how a small file becomes gigabytes
        return Problem(text.count("\n", 0, entity.start()) + 1, "defines entities", "they were not read")
    parser: Any = etree.XMLParser(encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True)
    try:
        etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        if "<" in text:
            message = str(error.msg).split(", line ")[0]
            return Problem(error.lineno or 1, f"is not well-formed XML: {message}", "what can be read is read")
    return None


def plain(text: str) -> str:
    """Without characters that neither XML nor a line of text may have; white space collapsed."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _text(data: bytes, codec: str) -> tuple[str, list[Problem]]:
    try:
        return _lines(data.decode(codec)), []
    except UnicodeDecodeError as error:
        line = _lines(data[: error.start].decode(codec, "replace")).count("\n") + 1
        wrong = "letters that are not in the file's encoding may be wrong from here on"
        return _lines(data.decode(codec, "replace")), [Problem(line, wrong, "save the file as UTF-8")]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unescape(value: str) -> str:
    """References resolved where they have their semicolon: `&copy=1` in an address is a parameter."""
    return _REFERENCE.sub(_character, value) if "&" in value else value


def _character(found: re.Match[str]) -> str:
    digits = found["decimal"] or found["hex"]
    if not digits:
        return html5.get(f"{found['name']};", found[0])
    code = int(digits, 10 if found["decimal"] else 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"
