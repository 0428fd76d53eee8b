"""Where a warehouse lies: in one file, or in a lake of many. What differs between them is here; their SQL is one."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from warehouse.connection import Cursor
from warehouse.storage.file import FileStorage
from warehouse.storage.lake import Lake, LakeStorage

__all__ = ["FileStorage", "Lake", "LakeStorage", "Storage", "storage_at"]


class Storage(Protocol):
    """A place for the tables of a warehouse."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def is_keyed(self) -> bool:
        """Whether it refuses a second row of one primary key by itself."""

    @property
    def is_shared(self) -> bool:
        """Whether other homes may write to it at the same time."""

    def open(self, memory_mb: int) -> tuple[Cursor, bool]:
        """A connection for writing, migrated; and whether it may hold more than readers have been given."""

    def settle(self, cursor: Cursor) -> None:
        """Give a new cursor of that connection what it does not inherit."""

    def turn(self) -> AbstractContextManager[object]:
        """Holds a transaction of this writer; those of others wait. May be entered again by who has it."""

    def trace(self) -> object:
        """Differs from what it was once something was committed."""

    def checkpoint(self, connection: Cursor) -> None:
        """Bring what was written in small pieces together."""

    def leave(self, *, published: bool) -> None:
        """To be called when the connection is closed. `published`: readers have all that it holds."""


def storage_at(address: str, live: Path, data: str) -> Storage:
    """The storage that DATELINE_WAREHOUSE names: `ducklake:…` with its data at `data`, or "" for the file `live`."""
    return LakeStorage(Lake.at(address, data)) if address else FileStorage(live)
