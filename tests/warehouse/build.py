"""Small made-up records for the warehouse's tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pipeline.fetch import Answer, Bounds, FeedMemory, PollOutcome, after_answer, after_failure
from pipeline.group import minhash
from pipeline.records import (
    Article,
    Capture,
    Count,
    Entry,
    Event,
    Failure,
    Feed,
    Mention,
    ParsedFeed,
    Participant,
    Place,
    Polarity,
    Response,
    Span,
    Stage,
    Tags,
)
from warehouse.pages import PageFailure, UnreadCapture, record_fetches
from warehouse.polls import PollResult, feed_memories, record_polls, sync_feeds
from warehouse.rows import Reading
from warehouse.store import Warehouse
from warehouse.told import told_in

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
RUN = "run-1"
WIRE = Feed(feed_id="wire", url="https://wire.example/rss")
PAPER = Feed(feed_id="paper", url="https://paper.example/rss")
TEXT = (
    "Soldiers attacked the village of Rawa on Friday and killed three herders. "
    "The governor said that the army would leave the valley within a week. "
    "Neighbours told of houses burnt and of a road that nobody could use until the evening."
)


def entry(number: int, **changes: object) -> Entry:
    """An entry whose address tells its number."""
    values: dict[str, object] = {
        "entry_id": f"e{number}",
        "guid": f"guid-{number}",
        "link": f"https://wire.example/{number}",
        "title": f"Story {number}",
        "published_at": NOON,
    }
    return Entry(**{**values, **changes})  # type: ignore[arg-type]


def answer(feed: Feed = WIRE, status: int = 200, etag: str | None = '"1"') -> Response:
    """A feed's answer."""
    headers = (("ETag", etag),) if etag else ()
    return Response(
        url=feed.url, final_url=feed.url, status=status, headers=headers, body=b"x", fetched_at=NOON, elapsed_ms=5
    )


def state_of(warehouse: Warehouse, feed_id: str, at: datetime = NOON) -> FeedMemory:
    """What the warehouse remembers of a feed."""
    return feed_memories(warehouse, [feed_id], at)[feed_id]


def polled(
    memory: FeedMemory, entries: Sequence[Entry], feed: Feed = WIRE, at: datetime = NOON, etag: str | None = '"1"'
) -> PollResult:
    """A good poll that read those entries."""
    document = ParsedFeed(format="rss20", entries=tuple(entries))
    response = answer(feed, etag=etag)
    known = Answer(response=response, body_sha256="abc", document=document, new=tuple(entries))
    return PollResult(
        feed=feed,
        polled_at=at,
        outcome="read",
        memory=after_answer(memory, known, Bounds(), at, jitter=0.5),
        asked_url=memory.feed_url,
        response=response,
        size_bytes=1,
        parsed=document,
    )


def failed(memory: FeedMemory, failure: Failure, feed: Feed = WIRE, at: datetime = NOON) -> PollResult:
    """A poll that failed."""
    outcome = PollOutcome(ok=False, reason=failure.reason)
    return PollResult(
        feed=feed,
        polled_at=at,
        outcome="failed",
        memory=after_failure(memory, outcome, failure.detail, Bounds(), at, jitter=0.5),
        asked_url=memory.feed_url,
        failure=failure,
    )


def poll(warehouse: Warehouse, entries: Sequence[Entry], feed: Feed = WIRE, at: datetime = NOON) -> int:
    """Write a good poll; the number of new entries."""
    sync_feeds(warehouse, [WIRE, PAPER], at)
    return record_polls(warehouse, RUN, [polled(state_of(warehouse, feed.feed_id, at), entries, feed, at)])


def capture(url: str, at: datetime = NOON) -> Capture:
    """A capture of an address."""
    return Capture(
        capture_id=f"c:{url}:{at:%H%M}",
        url=url,
        final_url=url,
        fetched_at=at,
        status=200,
        content_type="text/html",
        sha256="abc",
        size_bytes=3,
        warc_file="raw/x.warc.gz",
        warc_offset=0,
    )


def fetch(warehouse: Warehouse, *urls: str, at: datetime = NOON) -> None:
    """Write captures of addresses."""
    record_fetches(warehouse, RUN, at, [capture(url, at) for url in urls], [])


def page_failure(url: str, again: datetime | None) -> PageFailure:
    """A page that answered 404."""
    failure = Failure(stage=Stage.FETCH, reason="http_404", detail=f"{url}: answered 404")
    return PageFailure(url=url, feed_id="wire", failure=failure, next_attempt_at=again)


def assault(text: str = TEXT, polarity: Polarity = "affirmed") -> Event:
    """An attack by soldiers on Rawa, read in TEXT."""
    start = text.index("attacked")
    rawa = text.index("Rawa")
    place = Place(
        start=rawa, end=rawa + 4, text="Rawa", name="Rāwah", geonameid=91597, latitude=34.48, longitude=41.92,
        country="IRQ", admin1="Al Anbar", feature="PPL", score=0.9,
    )  # fmt: skip
    return Event(
        type="ASSAULT", mode=None, contexts=("military",), quad=4, scale=-9.0,
        trigger=Span(start, start + 8, "attacked"), sentence_start=0, sentence_end=text.index(".") + 1,
        actors=(Participant(start=0, end=8, text="Soldiers", sector="MIL"),), recipients=(), place=place,
        date_start=None, date_end=None, date_text=None, killed=Count(low=3, high=3, text="three"),
        wounded=None, arrested=None, polarity=polarity, modality="actual", attribution=None,
        confidence=0.8, rule="attack-verb",
    )  # fmt: skip


def tags_of(text: str = TEXT, events: Sequence[Event] | None = None, **changes: object) -> Tags:
    """What a tagger reads in a text: Rawa, and the attack on it."""
    mention = Mention(start=text.index("Rawa"), end=text.index("Rawa") + 4, text="Rawa", label="GPE", entity_id="r")
    plain = Tags(
        document_id="d", tagger="test", mentions=(mention,), events=tuple([assault(text)] if events is None else events)
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def reading(unread: UnreadCapture, text: str = TEXT, events: Sequence[Event] | None = None, **said: object) -> Reading:
    """What a reader makes of a captured page."""
    article = Article(
        page_id=unread.capture.capture_id, url=None, title=text.split(" on ")[0], text=text, extractor="test",
        published_at=unread.published_at,
    )  # fmt: skip
    told = told_in(text, tags_of(text, events, **said))
    return Reading(unread=unread, article=article, told=told, minhash=minhash(text), url=unread.capture.url)
