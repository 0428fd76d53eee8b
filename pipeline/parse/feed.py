"""The stage's door."""

from __future__ import annotations

import json

from pipeline.errors import ParseError
from pipeline.parse.document import Document
from pipeline.parse.encoding import to_text
from pipeline.parse.prolog import make_safe
from pipeline.parse.settle import settle
from pipeline.parse.sniff import dialect_of_json, dialect_of_xml, refuse_binary
from pipeline.records import ParsedFeed


def parse_feed(
    body: bytes, *, url: str | None = None, content_type: str | None = None, max_entries: int = 2000
) -> ParsedFeed:
    """What the bytes of a feed say: RSS, Atom, JSON Feed, sitemap, NewsML-G2, NITF or ninjs.

    `url` is where they came from, for relative links; `content_type` the header, of which only the charset counts.
    Broken documents yield what can be read, with the trouble in `problems`; entries beyond `max_entries` are cut.
    Nothing is fetched or opened. Raises ParseError, in one line that says what the bytes are, when they are no feed.
    """
    refuse_binary(body)
    text, oddity = to_text(body, content_type)
    problems = (oddity,) if oddity else ()
    if text.lstrip()[:1] in ("{", "["):
        document = Document(text, url, max_entries, _json(text))
        dialect = dialect_of_json(document.data)
    else:
        safe, removed = make_safe(text)
        dialect = dialect_of_xml(safe, text)
        document, problems = Document(safe, url, max_entries), (*problems, *removed)
    return settle(dialect.read(document), url=url, max_entries=max_entries, problems=problems)


def _json(text: str) -> object:
    """Parsed JSON; ParseError says where it breaks."""
    try:
        data: object = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        raise ParseError(f"JSON that is broken at line {error.lineno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise ParseError("JSON that is nested too deeply, or holds a number that is too long") from error
    return data
