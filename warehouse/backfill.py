"""Pages out of archives: what of them is known, how far their files are read, and a batch in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from pipeline.records import Capture, Entry, Feed
from warehouse.entries import Shown, entry_row
from warehouse.load import Loaded, add_versions
from warehouse.pages import PageFailure, capture_row, log_failure
from warehouse.rows import Reading
from warehouse.store import Cursor, Row, Warehouse, append, batch, fetch_rows, update


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProgress:
    """How far a file is read; a row of `backfill_file`."""

    file_path: str
    languages: str
    feed_id: str
    size_bytes: int
    modified_ns: int
    position: int = 0
    position_unit: str
    is_done: bool = False
    pages_loaded: int = 0
    pages_known: int = 0
    pages_failed: int = 0
    passed_over: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """A page of an archive: what was captured, and the entry that it is in its feed."""

    feed: Feed
    entry: Entry
    capture: Capture


@dataclass(slots=True)
class KnownPages:
    """What the warehouse holds of some addresses; `take` adds to it, so that of two equal pages the first counts."""

    bodies: dict[str, set[str]] = field(default_factory=dict)
    last_at: dict[str, datetime] = field(default_factory=dict)

    def take(self, capture: Capture) -> bool:
        """Whether the page is new: another body than all before at its address, and not older than the last of them."""
        bodies = self.bodies.setdefault(capture.url, set())
        last_at = self.last_at.get(capture.url, capture.fetched_at)
        if capture.sha256 in bodies or capture.fetched_at < last_at:
            return False
        bodies.add(capture.sha256)
        self.last_at[capture.url] = capture.fetched_at
        return True


def file_progress(warehouse: Warehouse, paths: Iterable[str], languages: str) -> dict[str, FileProgress]:
    """By path: how far files were read with that choice of languages."""
    with warehouse.transaction() as cursor:
        rows = fetch_rows(cursor, "backfill_files", paths=list(paths), languages=languages)
    return {row["file_path"]: FileProgress(**row) for row in rows}


def known_pages(cursor: Cursor, urls: Iterable[str]) -> KnownPages:
    """What the warehouse holds at these addresses."""
    rows: list[Row] = [{"url": url} for url in sorted(set(urls))]
    if not rows:
        return KnownPages()
    with batch(cursor, "capture", rows):
        found = fetch_rows(cursor, "known_pages")
    return KnownPages({r["url"]: set(r["bodies"]) for r in found}, {r["url"]: r["last_at"] for r in found})


def load_archived(
    cursor: Cursor,
    run_id: str,
    now: datetime,
    sighted: Sequence[Sighted],
    readings: Sequence[Reading],
    unread: Sequence[tuple[Capture, PageFailure]],
    broken: Sequence[PageFailure],
    files: Sequence[FileProgress],
) -> Loaded:
    """Write a batch: pages with their entries, what was read in them, what failed, and how far their files are read.

    `readings` and `unread` are of `sighted`, whose pages are new.
    """
    append(cursor, "entry", [archived_entry(s, run_id, now) for s in sighted], "feed_id", "entry_id")
    append(cursor, "capture", [capture_row(run_id, s.capture) for s in sighted], "capture_id")
    loaded = add_versions(cursor, run_id, now, readings, mark="mark_loaded")
    failed: list[Row] = [
        {"capture_id": capture.capture_id, "stage": f.failure.stage, "reason": f.failure.reason}
        for capture, f in unread
    ]
    update(cursor, "mark_unreadable", "entry", failed)
    log_failure(cursor, run_id, now, [*(failure for _, failure in unread), *broken])
    update(cursor, "note_backfill_files", "backfill_file", [file_row(f, run_id, now) for f in files])
    return loaded


def archived_entry(sighted: Sighted, run_id: str, now: datetime) -> Row:
    """The entry of a page whose capture is there."""
    shown = Shown(feed=sighted.feed, polled_at=now, entries=())
    return {
        **entry_row(shown, run_id, sighted.entry, restless=False),
        "url": sighted.capture.url,
        "status": "fetched",
        "reason": None,
        "next_attempt_at": None,
        "capture_id": sighted.capture.capture_id,
    }


def file_row(progress: FileProgress, run_id: str, now: datetime) -> Row:
    """How far a file is read, as a row."""
    return {**asdict(progress), "read_at": now, "run_id": run_id}
