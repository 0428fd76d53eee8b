"""Raw pages that are past their time: what `dateline prune` and a run with DATELINE_RAW_DAYS delete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flows.opening import open_warehouse
from pipeline.fetch import prunable, prune, warc_files
from pipeline.settings import Settings
from warehouse.publish import publish
from warehouse.retention import files_in_use, note_pruned
from warehouse.store import Warehouse


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many files went, and how many bytes that freed."""

    files: int
    bytes_freed: int


def prune_now(settings: Settings, keep_days: int, *, even_in_use: bool) -> Pruned:
    """`prune_raw` under the lock, told to the readers' copy; LockedError while a run works."""
    with open_warehouse(settings) as warehouse:
        done = prune_raw(settings, warehouse, keep_days, even_in_use=even_in_use)
        publish(warehouse, settings.published, since=settings.publish_since(datetime.now(UTC)))
        return done


def prune_raw(
    settings: Settings, warehouse: Warehouse, keep_days: int, *, run_id: str | None = None, even_in_use: bool = False
) -> Pruned:
    """Delete raw files older than `keep_days` that nothing refers to; `even_in_use`: also those of loaded articles.

    Pages that wait to be read always stay, and so do the files of the run that calls.
    """
    now = datetime.now(UTC)
    in_use = files_in_use(warehouse, waiting_only=even_in_use)
    files = prunable(
        warc_files(settings.home, settings.raw), in_use, keep_days, now.date(), running=[run_id] if run_id else []
    )
    note_pruned(warehouse, [file.path for file in files], now)
    return Pruned(len(files), prune(settings.home, files))
