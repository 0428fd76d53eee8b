"""Which raw files are still needed, and which are gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from warehouse.store import Warehouse, fetch_rows, update


def files_in_use(warehouse: Warehouse, *, waiting_only: bool) -> set[str]:
    """WARC files, relative to the home, that pages which wait to be read lie in; also those that articles were made
    of, unless `waiting_only`.
    """
    with warehouse.transaction() as cursor:
        return {row["warc_file"] for row in fetch_rows(cursor, "files_in_use", waiting_only=waiting_only)}


def note_pruned(warehouse: Warehouse, files: Iterable[str], now: datetime) -> None:
    """Enter that these files are gone; to be called before they go, so that nothing points to what is not there."""
    with warehouse.transaction() as cursor:
        update(cursor, "note_pruned", "capture", [{"warc_file": file, "pruned_at": now} for file in files])
