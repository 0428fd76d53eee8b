"""What stands before the root element, without an XML parser: no entity is ever expanded to find out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5

_SKIP = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
# Possessive, and what is opened may end with the text, so that a hostile DOCTYPE costs one pass: 60,000 times "<!--"
# without an end took minutes.
_DOCTYPE = re.compile(
    r"<!DOCTYPE(?P<head>(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+)"
    r"(?P<subset>\[(?:<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|[^\]\"'<]|\"[^\"]*\"|'[^']*'|<)*+\]\s*)?>",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?P<name>[^\W\d][\w.:-]*)(?P<attributes>[^<>]*)")
_DECLARATION = re.compile(r"<\?xml\b[^>]*?\?>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#0*(?P<decimal>\d{1,9})|#x0*(?P<hex>[0-9A-Fa-f]{1,8})|(?P<name>[A-Za-z][A-Za-z0-9]*));")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOISE = frozenset({"br", "b", "p", "div", "font", "pre"})
_LATE_ROOT = re.compile(r"<(?:rss|rdf:RDF|feed|urlset|newsMessage|newsItem|nitf)[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prolog:
    """`root` is the first element's name without prefix, None where there is no element; `start` is where it begins."""

    root: str | None
    attributes: str
    doctype: str | None  # the name that DOCTYPE gives
    start: int


def read_prolog(text: str) -> Prolog:
    """Look at the start of an XML or HTML text."""
    position, doctype = 0, None
    while True:
        if match := _SKIP.match(text, position):
            position = match.end()
        elif match := _DOCTYPE.match(text, position):
            position, doctype = match.end(), (match["head"].split() or [""])[0]
        else:
            break
    match = _ROOT.match(text, position)
    root = match["name"].rsplit(":", 1)[-1] if match else None
    return Prolog(root, match["attributes"] if match else "", doctype, position)


def make_safe(text: str) -> tuple[str, list[str]]:
    """The XML without DOCTYPE, declaration and characters that XML forbids, and what that took away.

    Entities that a document defines are not read: they are how a small feed becomes gigabytes. HTML's names
    (`&nbsp;`), which feeds use without defining them, become numbers. Lines keep their numbers.
    """
    problems = []
    if late := _late_root(text):
        problems.append("text before the feed was skipped")
        text = "\n" * text.count("\n", 0, late) + text[late:]
    start = read_prolog(text).start
    head, body = text[:start], text[start:]
    if "<!ENTITY" in head.upper():
        problems.append("the document defines entities: they were not read")
    head = _DOCTYPE.sub(lambda match: "\n" * match[0].count("\n"), _DECLARATION.sub("", head))
    body = _REFERENCE.sub(lambda match: _legal(match[0]), body)
    safe, count = _ILLEGAL.subn("", head + body.replace("<!ENTITY", "<!entity"))
    if count:
        problems.append(f"{count} characters that XML does not allow were removed")
    return safe.rstrip(), problems


def _late_root(text: str) -> int:
    """Where a feed begins that has words before it (PHP's warnings, mostly); 0 where it begins at once."""
    prolog = read_prolog(text)
    if prolog.root is not None and prolog.root.lower() not in _NOISE:
        return 0
    match = _LATE_ROOT.search(text, prolog.start, prolog.start + 4000)
    return match.start() if match else 0


@lru_cache(maxsize=4096)
def _legal(reference: str) -> str:
    """`&eacute;` → `&#233;`; a name that nobody knows is text; a number that XML forbids becomes what is removed."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return reference
    if digits := match["decimal"] or match["hex"]:
        code = int(digits, 10 if match["decimal"] else 16)
        return "\0" if code > 0x10FFFF or _ILLEGAL.match(chr(code)) else reference
    if match["name"] in _XML_ENTITIES:
        return reference
    characters = html5.get(match["name"] + ";", "")
    return "".join(f"&#{ord(character)};" for character in characters) or f"&amp;{reference[1:]}"
