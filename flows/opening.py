"""The warehouse of a home, opened for writing where its settings say that it is."""

from __future__ import annotations

from pipeline.errors import ConfigError
from pipeline.settings import Settings
from warehouse.storage import storage_at
from warehouse.store import Warehouse


def open_warehouse(settings: Settings, *, wait_seconds: float = 0) -> Warehouse:
    """The file in the home, or the lake of DATELINE_WAREHOUSE. Raises as Warehouse.open; ConfigError for no address."""
    storage = storage_at(settings.warehouse, settings.live, settings.lake_files)
    return Warehouse.open(storage, settings.lock, wait_seconds=wait_seconds, memory_mb=settings.memory_mb)


def check_one_file(settings: Settings, command: str) -> None:
    """ConfigError where the warehouse is a lake, which such a command knows nothing of."""
    if settings.warehouse:
        raise ConfigError(
            "DATELINE_WAREHOUSE",
            f"{command} is for a warehouse in one file",
            "of a lake copy the catalog (sqlite3 .backup, pg_dump), then its folder of files",
        )
