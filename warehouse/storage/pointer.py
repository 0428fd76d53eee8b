"""Which snapshot of a lake readers see: a small file in the home, `dateline.lake`, swapped in whole by each run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import duckdb

from pipeline.errors import WarehouseError
from warehouse.connection import MEMORY_MB, Cursor, extension, quoted
from warehouse.storage.lake import LAKE, Lake, attach_lake, attaching, extensions, lake_connection, load_lake

POINTER = ".lake"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A lake's catalog, and the snapshot that was published last."""

    catalog: str
    snapshot: int

    def text(self) -> str:
        """As it is written down."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def read(cls, path: Path) -> Self:
        """The pointer in a file; WarehouseError where it is none."""
        try:
            return cls(**json.loads(path.read_text("utf-8")))
        except (ValueError, TypeError) as error:
            raise WarehouseError(f"{path}: names no lake; the next run of `dateline ingest` mends it") from error


def opened_pointed(path: Path, memory_mb: int = MEMORY_MB) -> Cursor:
    """A read-only connection to the snapshot."""
    connection = lake_connection(Lake(Pointer.read(path).catalog), memory_mb)
    attach_pointed(connection, path, LAKE)
    connection.execute(f"USE {LAKE}")
    return connection


def attach_pointed(connection: Cursor, path: Path, name: str) -> None:
    """Attach the snapshot; the newest one, where that of this home is dropped: others have written for a day since."""
    pointer = Pointer.read(path)
    lake = Lake(pointer.catalog)
    load_lake(connection, lake)
    try:
        attach_lake(connection, lake, name, snapshot=pointer.snapshot)
    except duckdb.InvalidInputException as error:
        if "No snapshot found" not in str(error):
            raise
        attach_lake(connection, lake, name, snapshot=None, read_only=True)


def attaching_pointed(path: Path) -> list[str]:
    """The statements by which another program sees the snapshot."""
    pointer = Pointer.read(path)
    lake = Lake(pointer.catalog)
    with opened_pointed(path) as connection:
        ((snapshot,),) = connection.execute(f"SELECT id FROM {LAKE}.current_snapshot()").fetchall()
    loads = [f"LOAD {quoted(extension(name))}" for name in extensions(lake)]
    return [*loads, attaching(lake, snapshot=snapshot), f"USE {LAKE}"]
