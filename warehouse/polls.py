"""Feeds, polls and entries: what was asked, what came in, and what polling teaches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.ids import normal_url, stable_id
from pipeline.records import Entry, EntryStatus, Failure, Feed, ParsedFeed, Response, Validators
from warehouse.pages import PageFailure, log_failure
from warehouse.store import Cursor, Row, Warehouse, append, batch, fetch_rows, statement, update


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMemory:
    """What polling has taught about a feed."""

    validators: Validators = field(default_factory=Validators)
    body_sha256: str | None = None
    ttl_minutes: int | None = None
    last_poll_at: datetime | None = None
    next_poll_at: datetime | None = None
    consecutive_failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """One attempt to read a feed: a parsed document, "unchanged" (response without document), or a failure."""

    feed: Feed
    polled_at: datetime
    next_poll_at: datetime
    response: Response | None = None
    body_sha256: str | None = None
    parsed: ParsedFeed | None = None
    failure: Failure | None = None
    status: int | None = None

    @property
    def outcome(self) -> str:
        """read, unchanged or failed; see poll.outcome."""
        return "failed" if self.failure else "read" if self.parsed else "unchanged"


def sync_feeds(warehouse: Warehouse, feeds: Iterable[Feed]) -> None:
    """Bring the operator's list into the warehouse; feeds no longer listed are switched off."""
    rows: list[Row] = [
        {
            "feed_id": f.feed_id, "feed_url": f.url, "feed_title": f.title, "agency": f.agency,
            "country": f.country, "language": f.language, "interval_seconds": f.interval_seconds,
            "enabled": f.enabled,
        }
        for f in feeds
    ]  # fmt: skip
    with warehouse.transaction() as cursor, batch(cursor, "feed", rows):
        if rows:
            cursor.execute(statement("sync_feeds"))
        cursor.execute(statement("retire_feeds"))


def feed_memories(warehouse: Warehouse) -> dict[str, FeedMemory]:
    """What polling has taught, by feed_id."""
    with warehouse.transaction() as cursor:
        rows = fetch_rows(cursor, "feed_states")
    return {
        row.pop("feed_id"): FeedMemory(
            validators=Validators(etag=row.pop("etag"), last_modified=row.pop("last_modified")), **row
        )
        for row in rows
    }


def record_poll(warehouse: Warehouse, run_id: str, result: PollResult) -> int:
    """Write a poll, its entries and the feed's validators together; the number of new entries."""
    entries = result.parsed.entries if result.parsed else ()
    with warehouse.transaction() as cursor:
        new = record_entries(cursor, run_id, result, entries)
        append(cursor, "poll", [poll_row(run_id, result, len(entries), new)], "poll_id")
        if result.failure:
            update(cursor, "note_failed_poll", "feed", [failed_poll_row(result)])
            log_failure(cursor, run_id, result.polled_at, [feed_failure(result)])
        else:
            update(cursor, "note_poll", "feed", [good_poll_row(result)])
    return new


def record_entries(cursor: Cursor, run_id: str, result: PollResult, entries: Sequence[Entry]) -> int:
    """New entries become work; changed ones become work again; known pages are not fetched twice."""
    by_id = {entry.entry_id: entry for entry in reversed(entries)}
    rows = [entry_row(result, run_id, entry) for entry in reversed(by_id.values())]
    update(cursor, "renew_entries", "entry", rows)
    new = append(cursor, "entry", rows, "feed_id", "entry_id")
    if new:
        update(cursor, "adopt_known_pages", "entry", rows, feed_id=result.feed.feed_id)
    return new


def entry_row(result: PollResult, run_id: str, entry: Entry) -> Row:
    """An entry as a row; one that cannot become an article is skipped with the reason."""
    skipped = skip_reason(entry)
    return {
        "feed_id": result.feed.feed_id,
        "entry_id": entry.entry_id,
        "guid": entry.guid,
        "url": normal_url(entry.link) if entry.link else None,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content_html,
        "authors": list(entry.authors),
        "categories": list(entry.categories),
        "published_at": entry.published_at,
        "updated_at": entry.updated_at,
        "published_raw": entry.published_raw,
        "entry_version": entry.version,
        "item_status": entry.status,
        "first_seen_at": result.polled_at,
        "status": EntryStatus.SKIPPED if skipped else EntryStatus.PENDING,
        "reason": skipped,
        "attempts": 0,
        "run_id": run_id,
    }


def skip_reason(entry: Entry) -> str | None:
    """Why an entry cannot become an article, in a stable word; None when it can."""
    if entry.status in ("canceled", "withheld"):
        return entry.status
    if not entry.link:
        return "no_address"
    return None if entry.link.lower().startswith(("http://", "https://")) else "not_http"


def poll_row(run_id: str, result: PollResult, seen: int, new: int) -> Row:
    """A poll as a row."""
    return {
        "poll_id": stable_id(result.feed.feed_id, run_id, result.polled_at.isoformat()),
        "feed_id": result.feed.feed_id,
        "run_id": run_id,
        "polled_at": result.polled_at,
        "elapsed_ms": result.response.elapsed_ms if result.response else None,
        "http_status": result.response.status if result.response else result.status,
        "outcome": result.outcome,
        "feed_format": result.parsed.format if result.parsed else None,
        "size_bytes": len(result.response.body) if result.response else None,
        "entries_seen": seen,
        "entries_new": new,
        "problems": list(result.parsed.problems) if result.parsed else [],
        "reason": result.failure.reason if result.failure else None,
        "detail": result.failure.detail if result.failure else None,
    }


def good_poll_row(result: PollResult) -> Row:
    """What a good poll teaches about its feed."""
    response = result.response
    return {
        "feed_id": result.feed.feed_id,
        "etag": response.header("ETag") if response else None,
        "last_modified": response.header("Last-Modified") if response else None,
        "body_sha256": result.body_sha256,
        "ttl_minutes": result.parsed.ttl_minutes if result.parsed else None,
        "feed_title": result.parsed.title if result.parsed else None,
        "last_poll_at": result.polled_at,
        "next_poll_at": result.next_poll_at,
    }


def failed_poll_row(result: PollResult) -> Row:
    """What a failed poll teaches about its feed."""
    return {
        "feed_id": result.feed.feed_id,
        "last_poll_at": result.polled_at,
        "next_poll_at": result.next_poll_at,
        "last_error": result.failure.detail if result.failure else None,
    }


def feed_failure(result: PollResult) -> PageFailure:
    """The failure of a poll as a line for the log."""
    assert result.failure is not None
    return PageFailure(
        url=result.feed.url,
        feed_id=result.feed.feed_id,
        failure=result.failure,
        next_attempt_at=result.next_poll_at,
    )
