"""The readers' copy: swapped in whole, so that a reader sees one consistent state and never waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.errors import ConfigError
from warehouse.connection import swap
from warehouse.copies import clone, contents, sweep, temporary, verify, write_into
from warehouse.masking import has_secrets, mask_secrets
from warehouse.stamp import are_untouched, note_copies
from warehouse.storage import LakeStorage
from warehouse.storage.pointer import Pointer, opened_pointed
from warehouse.store import Cursor, Warehouse, fetch_rows
from warehouse.window import cut_window

# A run that changed nothing is told to readers with the next copy, and so late at most.
STALE_SECONDS = 3600.0
# So many files of one table in a lake are too many: each transaction writes one a table, and each query opens them all.
CRUMBS = 64


def publish(
    warehouse: Warehouse,
    published: Path,
    last_words: Callable[[Cursor], object] | None = None,
    *,
    since: date | None = None,
) -> int:
    """Put a copy of the warehouse in the place of `published` by rename, verified before that; its size in bytes.

    A reader that has the old file open keeps it. Costs about a second a gigabyte, next to nothing where the file system
    shares blocks. `last_words` are written into the copy alone: a run tells readers that it is over, while the
    writer's copy says so only after the copy is in place.

    What feeds have of secrets in their addresses is masked in the copy (`masking.mask_secrets`).

    Nothing is done when nothing but the book of runs changed since the last copy and that is not an hour old.

    With `since`, `published` holds the articles published from that day on (UTC), and `whole(published)` all.
    Raises WarehouseError when a copy is not what it should be; what was published before then stays.

    Of a lake nothing is copied: `published` names the snapshot that readers see from now on.
    """
    if isinstance(warehouse.storage, LakeStorage):
        return publish_snapshot(warehouse, warehouse.storage, published, last_words, since=since)
    if not is_due(warehouse, published, whole_wanted=since is not None):
        return published.stat().st_size
    everything = whole(published) if since else published
    fresh, narrow = temporary(whole(published)), temporary(published)
    sweep(published, whole(published))
    try:
        copy_verified(warehouse, fresh, last_words)
        if since:
            cut_window(fresh, narrow, since)
        swap(fresh, everything)
        if since:
            swap(narrow, published)
        else:
            whole(published).unlink(missing_ok=True)
        note_copies(warehouse.path, (published, whole(published)))
    except BaseException:
        warehouse.unpublished = True
        raise
    finally:
        sweep(published, whole(published))
    return published.stat().st_size


def publish_snapshot(
    warehouse: Warehouse,
    storage: LakeStorage,
    published: Path,
    last_words: Callable[[Cursor], object] | None,
    *,
    since: date | None,
) -> int:
    """Have readers see what the lake holds now, with what other homes have written; the bytes of its files."""
    if since:
        raise ConfigError("DATELINE_PUBLISH_DAYS", "is for a warehouse in one file", "leave it unset with a lake")
    sweep(published)
    if last_words:
        with warehouse.transaction() as cursor:
            last_words(cursor)
    with warehouse.transaction() as cursor:
        ((snapshot, size, crumbs),) = [tuple(row.values()) for row in fetch_rows(cursor, "lake_state")]
        promised = contents(cursor)
    fresh = temporary(published)
    fresh.write_text(Pointer(catalog=storage.lake.catalog, snapshot=snapshot).text(), "utf-8")
    verify(fresh, promised, opened_pointed)
    swap(fresh, published)
    if crumbs > CRUMBS:
        warehouse.checkpoint()
    return int(size)


def whole(published: Path) -> Path:
    """Where the whole warehouse is published when `published` holds its last days only: `dateline-full.duckdb`."""
    return published.with_name(f"{published.stem}-full{published.suffix}")


def everything(published: Path) -> Path:
    """The file that holds all: the whole one where `published` holds the last days only, else `published` itself."""
    return whole(published) if whole(published).exists() else published


def is_due(warehouse: Warehouse, published: Path, *, whole_wanted: bool) -> bool:
    """Whether readers' copy and writer's copy differ in more than the book of runs, or have done so for too long; also
    when somebody else has had a hand in the readers' copy.
    """
    if warehouse.unpublished or not published.exists() or whole(published).exists() != whole_wanted:
        return True
    if not are_untouched(warehouse.path, (published, whole(published))):
        return True
    return abs(time.time() - published.stat().st_mtime) > STALE_SECONDS


def copy_verified(warehouse: Warehouse, fresh: Path, last_words: Callable[[Cursor], object] | None) -> None:
    """A copy of the writer's file, with a run's last words; WarehouseError when it is not what it should be."""
    with warehouse.standstill() as path:
        clone(path, fresh)
        with warehouse.transaction() as cursor:
            promised = contents(cursor)
            is_secret = has_secrets(cursor)
        warehouse.unpublished = False  # what other threads write from here on is not in the copy
    if is_secret:
        mask_secrets(fresh)
    if last_words:
        write_into(fresh, last_words)
    verify(fresh, promised)
