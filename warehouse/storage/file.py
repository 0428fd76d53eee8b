"""One DuckDB file, written by one process at a time."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from warehouse.connection import Cursor, connected, settled
from warehouse.migrate import migrate
from warehouse.stamp import Trace, leave_stamp, take_stamp, trace

# A log of 16 MB, the default, is full after two or three batches, and each time whole row groups are written anew.
LOG_SIZE = "256MB"


@dataclass(frozen=True, slots=True)
class FileStorage:
    """The writer's copy; readers are given copies of it."""

    path: Path
    is_keyed: ClassVar[bool] = True
    is_shared: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """Its path."""
        return str(self.path)

    def open(self, memory_mb: int) -> tuple[Cursor, bool]:
        """The file, made and migrated where needed; True unless its stamp says that readers have all of it."""
        known = take_stamp(self.path)
        renewed = migrate(self.path)
        connection = connected(self.path, memory_mb=memory_mb)
        connection.execute(f"SET checkpoint_threshold = '{LOG_SIZE}'")
        return connection, renewed or not known

    def settle(self, cursor: Cursor) -> None:
        """UTC, no progress bar."""
        settled(cursor)

    def turn(self) -> AbstractContextManager[None]:
        """Nothing to wait for: the lock of the home is held."""
        return nullcontext()

    def trace(self) -> Trace:
        """Size and time of the file and of its log."""
        return trace(self.path)

    def checkpoint(self, connection: Cursor) -> None:
        """Bring everything into the one file, so that a copy of it is whole."""
        connection.execute("FORCE CHECKPOINT")

    def leave(self, *, published: bool) -> None:
        """Leave the stamp that spares the next run a copy."""
        if published:
            leave_stamp(self.path)
