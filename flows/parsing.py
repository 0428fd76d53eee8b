"""What a worker process does with one feed document: parse it, within a hard limit of time and apart from the run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.errors import ParseError
from pipeline.extract import Crash, Workers
from pipeline.parse import parse_feed
from pipeline.records import Failure, ParsedFeed, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """The bytes of a feed document, and what is known about them."""

    body: bytes
    url: str | None
    content_type: str | None
    zone: str | None
    max_entries: int
    now: datetime | None


Parsers = Workers[FeedDocument, ParsedFeed | Failure]


def open_parsers(count: int, seconds: float) -> Parsers:
    """`count` processes that parse, each document for `seconds` at most."""
    return Workers(read_document, count=count, seconds=seconds)


def read_document(document: FeedDocument) -> ParsedFeed | Failure:
    """What the document says, or why it is none."""
    try:
        return parse_feed(
            document.body,
            url=document.url,
            content_type=document.content_type,
            max_entries=document.max_entries,
            zone=document.zone,
            now=document.now,
        )
    except ParseError as error:
        return Failure(stage=Stage.POLL, reason="not_a_feed", detail=str(error))


def parse_apart(parsers: Parsers, document: FeedDocument) -> ParsedFeed | Failure:
    """`read_document` in one of the processes; a document that hangs or kills it is a failure."""
    [(_, result)] = parsers.map([document])
    if isinstance(result, Crash):
        return Failure(stage=Stage.POLL, reason=f"parse_{result.reason}", detail=result.detail)
    return result
