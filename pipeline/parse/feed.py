"""The stage's door."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from datetime import datetime

from pipeline.errors import ParseError
from pipeline.parse.document import Document
from pipeline.parse.encoding import to_text
from pipeline.parse.jsonvalues import closed
from pipeline.parse.prolog import make_safe
from pipeline.parse.settle import settle
from pipeline.parse.sniff import dialect_of_json, dialect_of_xml, refuse_binary
from pipeline.records import ParsedFeed

GZIP = b"\x1f\x8b"
MAX_UNPACKED_BYTES = 50_000_000  # sitemaps.org's own limit for a sitemap


def parse_feed(
    body: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    max_entries: int = 2000,
    zone: str | None = None,
    now: datetime | None = None,
) -> ParsedFeed:
    """What the bytes of a feed say: RSS, Atom, JSON Feed, sitemap, NewsML-G2, NITF or ninjs.

    `url` is where they came from, for relative links; `content_type` the header, of which only the charset counts.
    `zone` (IANA name) is where times without one are; without it, the feed's own others tell, else it is UTC. With
    `now`, times more than two days ahead of it are not believed. Broken documents yield what can be read, with the
    trouble in `problems`; entries beyond `max_entries` are left out, and counted.
    Nothing is fetched or opened. Raises ParseError, in one line that says what the bytes are, when they are no feed.
    """
    body = unpacked(body)
    refuse_binary(body)
    text, oddity = to_text(body, content_type)
    problems: tuple[str, ...] = (oddity,) if oddity else ()
    trouble = None
    if text.lstrip()[:1] in ("{", "["):
        data, trouble = _json(text)
        document, dialect = Document(text, url, max_entries, data), dialect_of_json(data)
        problems += (trouble,) if trouble else ()
    else:
        safe, removed = make_safe(text)
        dialect = dialect_of_xml(safe, text)
        document, problems = Document(safe, url, max_entries), (*problems, *removed)
    found = dialect.read(document)
    if trouble or any("Premature end" in problem for problem in found.problems):  # libxml2's words
        found = replace(found, broken_off=True)
    return settle(found, url=url, max_entries=max_entries, problems=problems, zone=zone, now=now)


def unpacked(body: bytes) -> bytes:
    """A gzip file's content (sitemaps are often one, sitemaps.org), other bytes as they are.

    Raises ParseError where it is damaged or larger than MAX_UNPACKED_BYTES.
    """
    if not body.startswith(GZIP):
        return body
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        content = unpacker.decompress(body, MAX_UNPACKED_BYTES)
    except zlib.error as error:
        raise ParseError("gzip data that is damaged") from error
    if not unpacker.eof:
        full = len(content) >= MAX_UNPACKED_BYTES
        raise ParseError("gzip data of too large a document" if full else "gzip data that is cut off")
    return content


def _json(text: str) -> tuple[object, str | None]:
    """Parsed JSON, and where it was broken off if it was; ParseError where nothing of it can be read."""
    try:
        return json.loads(text, strict=False), None
    except json.JSONDecodeError as error:
        trouble = f"JSON that is broken at line {error.lineno}: {error.msg}"
        try:
            return json.loads(closed(text[: error.pos]), strict=False), f"{trouble}; read up to there"
        except (ValueError, RecursionError):
            raise ParseError(trouble) from error
    except (ValueError, RecursionError) as error:
        raise ParseError("JSON that is nested too deeply, or holds a number that is too long") from error
