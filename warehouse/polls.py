"""Polls and what they teach: which feeds are due, what is remembered of them, what one attempt gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from pipeline.fetch import WINDOW_DAYS, FeedMemory, FeedState, Habit, MoveEvidence, SeenFile
from pipeline.ids import stable_id
from pipeline.records import Entry, Failure, Feed, ParsedFeed, Response, Validators
from pipeline.secrets import masked
from warehouse.entries import Shown, record_entries
from warehouse.pages import PageFailure, log_failure
from warehouse.store import Cursor, Row, Warehouse, append, batch, fetch_rows, statement, update

Outcome = Literal["read", "unchanged", "failed"]
# Columns of `feed` that are fields of FeedMemory, and of its FeedState, under the same name.
PLAIN = (
    "feed_url", "listed_url", "body_sha256", "hint_seconds", "watched_since", "last_unchanged_at", "next_poll_reason",
    "last_error", "identity", "identity_reason",
)  # fmt: skip
STATE = (
    "last_poll_at", "next_poll_at", "consecutive_failures", "failing_since", "gone_since", "last_full_at",
    "distrusted_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """One attempt to read a feed, and what is remembered of the feed after it."""

    feed: Feed
    polled_at: datetime
    outcome: Outcome
    memory: FeedMemory
    asked_url: str
    asked_fully: bool = False
    response: Response | None = None  # without its body
    size_bytes: int | None = None
    parsed: ParsedFeed | None = None
    failure: Failure | None = None
    files: tuple[SeenFile, ...] = ()  # of a folder: what was read now
    broken: tuple[PageFailure, ...] = ()  # those of them that are no feed document

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the document holds."""
        return self.parsed.entries if self.parsed else ()


def sync_feeds(warehouse: Warehouse, feeds: Iterable[Feed], now: datetime) -> None:
    """Bring the operator's list into the warehouse; feeds no longer listed are switched off."""
    rows: list[Row] = [
        {
            "feed_id": f.feed_id, "listed_url": f.url, "feed_title": f.title, "agency": f.agency,
            "country": f.country, "language": f.language, "interval_seconds": f.interval_seconds,
            "enabled": f.enabled,
        }
        for f in feeds
    ]  # fmt: skip
    with warehouse.transaction() as cursor, batch(cursor, "feed", rows):
        if rows:
            cursor.execute(statement("sync_feeds"))
            cursor.execute(statement("note_addresses"), {"now": now, "reason": "listed"})
        cursor.execute(statement("retire_feeds"))


def feed_times(warehouse: Warehouse) -> dict[str, FeedState]:
    """When each feed that is switched on was polled and is to be (None: never polled), the longest waiting first."""
    with warehouse.transaction() as cursor:
        return {row.pop("feed_id"): FeedState(**row) for row in fetch_rows(cursor, "feed_times")}


def feed_memories(warehouse: Warehouse, feed_ids: Sequence[str], now: datetime) -> dict[str, FeedMemory]:
    """What polling has taught about these feeds, by feed_id."""
    since = now - timedelta(days=WINDOW_DAYS)
    with warehouse.transaction() as cursor:
        states = fetch_rows(cursor, "feed_states", feeds=list(feed_ids))
        habits = {r["feed_id"]: r for r in fetch_rows(cursor, "feed_habits", feeds=list(feed_ids), since=since)}
    return {row["feed_id"]: memory_of(row, habits.get(row["feed_id"]), now) for row in states}


def memory_of(row: Mapping[str, Any], habit: Mapping[str, Any] | None, now: datetime) -> FeedMemory:
    """A feed's row, and what it published of late, as what the policy works with."""
    watched = [t for t in (row["watched_since"], habit["first_at"] if habit else None) if t]
    days = (now - min(watched)).total_seconds() / 86_400 if watched else 0.0
    by_hour: Mapping[int, int] = habit["by_hour"] if habit else {}
    return FeedMemory(
        **{name: row[name] for name in PLAIN},
        validators=Validators(etag=row["etag"], last_modified=row["last_modified"]),
        state=FeedState(**{name: row[name] for name in STATE}),
        habit=Habit(
            by_hour=tuple(by_hour.get(hour, 0) for hour in range(24)),
            watched_days=min(days, WINDOW_DAYS),
            last_new_at=habit["last_at"] if habit else None,
        ),
        move=MoveEvidence(url=row["move_url"], seen=row["move_seen"], since=row["move_since"])
        if row["move_url"]
        else None,
    )


def memory_row(feed_id: str, memory: FeedMemory, feed_title: str | None) -> Row:
    """A memory as the row of its feed."""
    return {
        "feed_id": feed_id,
        "feed_title": feed_title,
        **{name: getattr(memory, name) for name in PLAIN},
        **{name: getattr(memory.state, name) for name in STATE},
        "etag": memory.validators.etag,
        "last_modified": memory.validators.last_modified,
        "move_url": memory.move.url if memory.move else None,
        "move_seen": memory.move.seen if memory.move else None,
        "move_since": memory.move.since if memory.move else None,
    }


def seen_files(warehouse: Warehouse, feed_id: str, names: Sequence[str]) -> dict[str, SeenFile]:
    """Of those names, the files of a folder that have been read."""
    with warehouse.transaction() as cursor:
        rows = fetch_rows(cursor, "seen_files", feed_id=feed_id, names=list(names))
    return {
        row["file_name"]: SeenFile(name=row["file_name"], size_bytes=row["size_bytes"], modified_ns=row["modified_ns"])
        for row in rows
    }


def record_polls(warehouse: Warehouse, run_id: str, results: Sequence[PollResult]) -> int:
    """Write polls, their entries and what they taught in one transaction; the number of new entries."""
    shown = [Shown(feed=r.feed, polled_at=r.polled_at, entries=r.entries) for r in results]
    with warehouse.transaction() as cursor:
        new, changed = record_entries(cursor, run_id, shown)
        append(cursor, "poll", [poll_row(run_id, r, new, changed) for r in results], "poll_id")
        memories = [memory_row(r.feed.feed_id, r.memory, r.parsed.title if r.parsed else None) for r in results]
        update(cursor, "note_polls", "feed", memories)
        note_moves(cursor, results)
        update(cursor, "note_files", "drop_file", [row for r in results for row in file_rows(run_id, r)])
        for result in results:
            log_failure(cursor, run_id, result.polled_at, failures_of(result))
    return sum(new.values())


def note_moves(cursor: Cursor, results: Sequence[PollResult]) -> None:
    """Keep the history of addresses of feeds that are polled elsewhere from now on."""
    for result in results:
        if result.memory.feed_url != result.asked_url:
            reason = "returned" if result.failure else "moved"
            rows: list[Row] = [{"feed_id": result.feed.feed_id}]
            update(cursor, "note_addresses", "feed", rows, now=result.polled_at, reason=reason)


def poll_row(run_id: str, result: PollResult, new: Counter[str], changed: Counter[str]) -> Row:
    """A poll as a row."""
    feed_id, response, parsed, failure = result.feed.feed_id, result.response, result.parsed, result.failure
    return {
        "poll_id": stable_id(feed_id, run_id, result.polled_at.isoformat()),
        "feed_id": feed_id,
        "run_id": run_id,
        "polled_at": result.polled_at,
        "elapsed_ms": response.elapsed_ms if response else None,
        "http_status": response.status if response else None,
        "outcome": result.outcome,
        "asked_url": result.asked_url,
        "final_url": masked(response.final_url) if response else None,  # a signed address, after redirects
        "asked_fully": result.asked_fully,
        "feed_format": parsed.format if parsed else None,
        "size_bytes": result.size_bytes,
        "entries_seen": len(result.entries),
        "entries_new": new[feed_id],
        "entries_changed": changed[feed_id],
        "entries_left_out": parsed.left_out if parsed else 0,
        "problems": list(parsed.problems) if parsed else [],
        "reason": failure.reason if failure else None,
        "detail": failure.detail if failure else None,
        "next_poll_at": result.memory.state.next_poll_at,
        "next_poll_reason": result.memory.next_poll_reason,
    }


def file_rows(run_id: str, result: PollResult) -> list[Row]:
    """The files of a folder that were read now."""
    return [
        {
            "feed_id": result.feed.feed_id,
            "file_name": file.name,
            "size_bytes": file.size_bytes,
            "modified_ns": file.modified_ns,
            "read_at": result.polled_at,
            "run_id": run_id,
        }
        for file in result.files
    ]


def failures_of(result: PollResult) -> tuple[PageFailure, ...]:
    """What went wrong, for the log: the poll itself, or files of its folder."""
    if result.failure is None:
        return result.broken
    failed = PageFailure(
        url=result.asked_url,
        feed_id=result.feed.feed_id,
        failure=result.failure,
        next_attempt_at=result.memory.state.next_poll_at,
    )
    return (failed, *result.broken)
