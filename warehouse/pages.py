"""Pages: which are to be fetched, what fetching gave, and which wait to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.ids import stable_id
from pipeline.records import Capture, Failure
from warehouse.store import Cursor, Row, Warehouse, append, fetch_rows, update

# Columns of `capture` that are fields of Capture under the same name.
CAPTURE = (
    "capture_id", "url", "final_url", "fetched_at", "content_type", "size_bytes", "warc_file", "warc_offset",
    "warc_length",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage:
    """An address to be fetched, and the feed that speaks for it."""

    url: str  # what identifies it, as in entry.url
    link: str | None  # where it is fetched
    feed_id: str
    attempts: int
    full_text: bool  # does the feed carry the whole article? Then no page is fetched
    previous: Capture | None  # the last one of this address


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFailure:
    """A page that failed, and when it is tried again (None: not by itself)."""

    url: str
    feed_id: str
    failure: Failure
    next_attempt_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadCapture:
    """A captured page that nothing has come of yet, and what its feed says of it."""

    capture: Capture
    feed_id: str
    title: str | None
    authors: tuple[str, ...]
    agency: str | None
    language: str | None
    country: str | None
    published_at: datetime | None
    modified_at: datetime | None
    content_html: str | None  # a long text of the feed's own, perhaps the whole article
    attempts: int


def log_failure(cursor: Cursor, run_id: str, at: datetime, failures: Sequence[PageFailure]) -> None:
    """Add to the log of failures."""
    rows: list[Row] = [
        {
            "failure_id": stable_id(run_id, f.failure.stage, f.feed_id, f.url, at.isoformat()),
            "run_id": run_id,
            "failed_at": at,
            "stage": f.failure.stage,
            "feed_id": f.feed_id,
            "url": f.url,
            "reason": f.failure.reason,
            "detail": f.failure.detail,
            "next_attempt_at": f.next_attempt_at,
        }
        for f in failures
    ]
    append(cursor, "failure", rows, "failure_id")


def due_pages(warehouse: Warehouse, now: datetime, *, feeds: list[str] | None, limit: int | None) -> list[DuePage]:
    """Addresses to be fetched now, oldest first, at most `limit`."""
    with warehouse.transaction() as cursor:
        rows = fetch_rows(cursor, "due_pages", now=now, feeds=feeds, most=limit or 2**31)
    return [DuePage(**{**row, "previous": capture_of(row["previous"]) if row["previous"] else None}) for row in rows]


def full_texts(warehouse: Warehouse, pages: Sequence[DuePage]) -> dict[str, str]:
    """By address: the whole articles, as HTML, that feeds carried for these pages."""
    urls = [page.url for page in pages if page.full_text]
    if not urls:
        return {}
    with warehouse.transaction() as cursor:
        return {row["url"]: row["content_html"] for row in fetch_rows(cursor, "full_texts", urls=urls)}


def record_fetches(
    warehouse: Warehouse,
    run_id: str,
    now: datetime,
    captures: Sequence[Capture],
    failures: Sequence[PageFailure],
) -> None:
    """Write what a batch of fetches gave, and mark its entries, in one transaction."""
    with warehouse.transaction() as cursor:
        append(cursor, "capture", [capture_row(run_id, c) for c in captures], "capture_id")
        update(cursor, "mark_fetched", "entry", [{"url": c.url, "capture_id": c.capture_id} for c in captures])
        record_page_failures(cursor, run_id, now, failures)


def record_page_failures(cursor: Cursor, run_id: str, now: datetime, failures: Sequence[PageFailure]) -> None:
    """Mark the entries of pages that failed, and log why."""
    rows: list[Row] = [
        {
            "url": f.url, "stage": f.failure.stage, "reason": f.failure.reason,
            "next_attempt_at": f.next_attempt_at,
        }
        for f in failures
    ]  # fmt: skip
    update(cursor, "mark_failed", "entry", rows)
    log_failure(cursor, run_id, now, failures)


def capture_of(row: Mapping[str, Any]) -> Capture:
    """A row of `capture` as a capture."""
    named = {name: row[name] for name in CAPTURE}
    return Capture(status=row["http_status"], sha256=row["body_sha256"], **named)


def capture_row(run_id: str, capture: Capture) -> Row:
    """A capture as a row."""
    return {
        "capture_id": capture.capture_id,
        "url": capture.url,
        "final_url": capture.final_url,
        "fetched_at": capture.fetched_at,
        "http_status": capture.status,
        "content_type": capture.content_type,
        "body_sha256": capture.sha256,
        "size_bytes": capture.size_bytes,
        "warc_file": capture.warc_file,
        "warc_offset": capture.warc_offset,
        "warc_length": capture.warc_length,
        "run_id": run_id,
    }


def unread_captures(warehouse: Warehouse, among: list[str] | None = None) -> list[UnreadCapture]:
    """Captured pages that nothing has come of yet, also those that an earlier run left behind.

    `among`: look only at these capture ids.
    """
    with warehouse.transaction() as cursor:
        rows = fetch_rows(cursor, "unread_captures", among=among)
    return [unread_of(row) for row in rows]


def unread_of(row: dict[str, Any]) -> UnreadCapture:
    """A row of a captured page with what its feed says of it."""
    return UnreadCapture(
        feed_id=row["feed_id"],
        title=row["title"],
        authors=tuple(row["authors"]),
        agency=row["agency"],
        language=row["language"],
        country=row["country"],
        published_at=row["published_at"],
        modified_at=row["modified_at"],
        content_html=row["content_html"],
        attempts=row["attempts"],
        capture=capture_of(row),
    )
