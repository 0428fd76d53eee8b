"""Which dialect a document is in: by its root element or JSON keys, never by content type alone."""

from __future__ import annotations

from pipeline.errors import ParseError
from pipeline.parse import jsonfeed, newsml, ninjs, nitf, sitemap, syndication
from pipeline.parse.document import Dialect
from pipeline.parse.prolog import Prolog, read_prolog
from pipeline.parse.text import plain_text

# In this order: the first that claims a document reads it.
DIALECTS: tuple[Dialect, ...] = (
    syndication.DIALECT,
    sitemap.DIALECT,
    newsml.DIALECT,
    nitf.DIALECT,
    jsonfeed.DIALECT,
    ninjs.DIALECT,
)
# First bytes of what servers send by mistake.
MAGIC = (
    (b"\x1f\x8b", "gzip data"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
)
# Root elements that belong to news or feeds, and what to do about them.
RELATIVES = {
    "sitemapindex": "a sitemap index, which lists sitemaps and no articles: poll one of its sitemaps",
    "opml": "an OPML list of feeds: import its feeds",
    "newsml": "NewsML 1, which is not read: ask the agency for NewsML-G2",
    "knowledgeitem": "a NewsML-G2 knowledge item, which holds codes and no news",
    "conceptitem": "a NewsML-G2 concept item, which holds codes and no news",
    "channel": "CDF, which is not read",
}


def refuse_binary(body: bytes) -> None:
    """ParseError where the bytes are empty or no text at all."""
    if not body.strip(b"\x00\t\r\n "):
        raise ParseError(f"empty: {len(body)} bytes with nothing in them" if body else "empty: 0 bytes")
    for magic, what in MAGIC:
        if body.startswith(magic):
            raise ParseError(f"{what}, no feed")


def dialect_of_json(data: object) -> Dialect:
    """The dialect that claims the parsed JSON; ParseError names the keys where none does."""
    for dialect in DIALECTS:
        if dialect.claims(data):
            return dialect
    if isinstance(data, dict):
        keys = ", ".join(sorted(map(str, data))[:8])
        raise ParseError(
            f"JSON that is no feed: an object with the keys {keys}" if keys else "JSON that is no feed: {}"
        )
    raise ParseError(f"JSON that is no feed: {'a list' if isinstance(data, list) else 'a single value'}")


def dialect_of_xml(safe: str, text: str) -> Dialect:
    """The dialect of the root element; ParseError says what the text is instead. `safe` is the text made safe."""
    root = (read_prolog(safe).root or "").lower()
    for dialect in DIALECTS:
        if root in dialect.roots:
            return dialect
    raise ParseError(_instead(text, read_prolog(text)))


def _instead(text: str, prolog: Prolog) -> str:
    """What a text that is no feed is."""
    root = (prolog.root or "").lower()
    if root in ("html", "head", "body") or (prolog.doctype or "").lower() == "html":
        return f"an HTML page{_titled(text)}, no feed"
    if prolog.root is None:
        sample = " ".join(text[prolog.start : prolog.start + 60].split())
        return f"no feed, neither XML nor JSON: {sample!r}" if sample else "no feed: XML without an element"
    return RELATIVES.get(root) or f"XML that is no feed: its root element is <{prolog.root[:40]}>"


def _titled(text: str) -> str:
    """The title of an HTML page, which mostly says what went wrong ("404 Not Found")."""
    start = text.lower().find("<title")
    title = plain_text(text[start : start + 400].split("</", 1)[0]) if start >= 0 else ""
    return f" titled {title[:80]!r}" if title else ""
