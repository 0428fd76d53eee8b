"""A DuckLake: rows in Parquet files, in a folder or in object storage, and their catalog in SQLite or PostgreSQL.

Many homes write to one lake, in turns. DuckLake itself lets writers run into each other and has the later one fail
when both changed rows of one file; here each batch changes rows of `entity` and `entry`, so that two writers would
fail each other all the time. A turn is held for as long as a transaction; fetching, extracting and tagging go on
meanwhile. A turn ends with its process, however that dies.

Readers attach the lake at a snapshot, which a small file in the home names.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self
from uuid import uuid4

import duckdb
from filelock import FileLock

from pipeline.errors import ConfigError
from warehouse.connection import MEMORY_MB, OFFLINE, Cursor, load_extension, quoted, settled, text_literal
from warehouse.storage.lake_schema import renew_lake

LAKE = "lake"
SCHEME = "ducklake:"
PASSWORD = re.compile(r"\bpassword\s*=|//[^/@\s]*:[^/@\s]*@", re.IGNORECASE)
SCANNERS = {"sqlite": "sqlite_scanner", "postgres": "postgres_scanner"}
# SQLite lets others read while one writes; who finds it busy waits so many milliseconds.
SQLITE = ("META_JOURNAL_MODE 'WAL'", "META_BUSY_TIMEOUT 10000")
KEPT = "1 day"  # so long a snapshot can be read after it has been followed by another
ADVISORY = 0x0DA7E11E  # the lock's number in PostgreSQL
TAKE = f"SELECT * FROM postgres_query('catalog', 'SELECT 1 AS held FROM pg_advisory_xact_lock({ADVISORY})')"


@dataclass(frozen=True, slots=True)
class Lake:
    """Where a lake is. `catalog`: sqlite:PATH or postgres:CONNINFO; `data`: a folder or an address as s3://bucket/it."""

    catalog: str
    data: str | None = None  # None: where the catalog says

    @classmethod
    def at(cls, address: str, data: str) -> Self:
        """The lake of an address: ducklake:sqlite:PATH or ducklake:postgres:CONNINFO.

        ConfigError for another, and for one with a password: readers are given the address.
        """
        kind, _, rest = address.removeprefix(SCHEME).partition(":")
        if not address.startswith(SCHEME) or kind not in SCANNERS or not rest:
            raise ConfigError(
                "DATELINE_WAREHOUSE",
                f"{address!r} is no warehouse",
                "ducklake:sqlite:PATH or ducklake:postgres:CONNINFO, or nothing for a file in the home",
            )
        if kind == "postgres" and PASSWORD.search(rest):
            raise ConfigError(
                "DATELINE_WAREHOUSE", "holds a password, which every reader would be given", "~/.pgpass, or PGPASSWORD"
            )
        if kind == "sqlite":
            rest = str(Path(rest).expanduser().resolve())
        return cls(f"{kind}:{rest}", data if "://" in data else f"{Path(data).expanduser().resolve()}/")

    @property
    def kind(self) -> str:
        """What keeps the catalog: sqlite or postgres."""
        return self.catalog.partition(":")[0]

    @property
    def place(self) -> str:
        """The catalog's path or connection string."""
        return self.catalog.partition(":")[2]


class LakeStorage:
    """A lake that this process writes to."""

    is_keyed: ClassVar[bool] = False
    is_shared: ClassVar[bool] = True

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self._turn = FileTurn(Path(f"{lake.place}.turn")) if lake.kind == "sqlite" else PostgresTurn(lake.place)

    @property
    def name(self) -> str:
        """Its catalog, without what may be a password."""
        return f"{SCHEME}{self.lake.catalog}" if self.lake.kind == "sqlite" else f"{SCHEME}{self.lake.kind}"

    def open(self, memory_mb: int) -> tuple[Cursor, bool]:
        """The lake, made and migrated where needed."""
        with self.turn():
            connection = lake_connection(self.lake, memory_mb)
            attach_lake(connection, self.lake)
            self.settle(connection)
            renew_lake(connection, KEPT)
        return connection, True

    def settle(self, cursor: Cursor) -> None:
        """UTC, no progress bar, and names are those of the lake."""
        settled(cursor).execute(f"USE {LAKE}")

    def turn(self) -> AbstractContextManager[object]:
        """This writer's turn."""
        return self._turn.held()

    def trace(self) -> None:
        """Nothing: what readers see of a lake is moved on after each run, at no cost."""

    def checkpoint(self, connection: Cursor) -> None:
        """Merge small files, write anew those with many deleted rows, drop what no snapshot of the last day needs."""
        connection.execute(f"CHECKPOINT {LAKE}")

    def leave(self, *, published: bool) -> None:
        """Nothing is left open."""
        self._turn.close()


class FileTurn:
    """Turns by the lock of a file beside the catalog: all writers are on one machine, as SQLite wants it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(path, thread_local=False)

    def held(self) -> AbstractContextManager[object]:
        """The turn."""
        return self._lock

    def close(self) -> None:
        """Nothing is open between turns."""


class PostgresTurn:
    """Turns by an advisory lock, on a connection beside the lake's: a lake's own would have begun before its turn."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._connection: Cursor | None = None
        self._depth = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """The turn. Called by one thread at a time: who holds the writer's lock."""
        if not self._depth:
            self._take()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth and self._connection:
                self._connection.rollback()

    def _take(self) -> None:
        if self._connection is None:
            self._connection = settled(duckdb.connect(config={**OFFLINE, "threads": 1}))
            load_extension(self._connection, SCANNERS["postgres"])
            self._connection.execute(f"ATTACH {text_literal(self._conninfo)} AS catalog (TYPE postgres)")
        self._connection.begin()
        try:
            self._connection.execute(TAKE).fetchall()
        except duckdb.Error:
            self._connection.rollback()
            raise

    def close(self) -> None:
        """Close the connection."""
        if self._connection:
            self._connection.close()
            self._connection = None


def lake_connection(lake: Lake, memory_mb: int = MEMORY_MB) -> Cursor:
    """A connection that can attach the lake; DuckDB keeps at most so many MiB in memory."""
    connection = settled(duckdb.connect(config=OFFLINE))
    connection.execute(f"SET memory_limit = '{memory_mb}MiB'")
    laid_down = Path(tempfile.gettempdir(), f"dateline.{uuid4().hex}.tmp")
    connection.execute(f"SET temp_directory = {quoted(laid_down)}")
    load_lake(connection, lake)
    return connection


def load_lake(connection: Cursor, lake: Lake) -> None:
    """Load what the lake needs."""
    for name in extensions(lake):
        load_extension(connection, name)


def extensions(lake: Lake) -> tuple[str, str]:
    """The extensions of DuckDB that the lake needs."""
    return SCANNERS[lake.kind], "ducklake"


def attach_lake(
    connection: Cursor, lake: Lake, name: str = LAKE, *, snapshot: int | None = None, read_only: bool = False
) -> None:
    """Attach a lake as it is, or one of its snapshots, which can only be read."""
    connection.execute(attaching(lake, name, snapshot=snapshot, read_only=read_only))


def attaching(lake: Lake, name: str = LAKE, *, snapshot: int | None = None, read_only: bool = False) -> str:
    """The statement that attaches a lake."""
    options = ["READ_ONLY"] if read_only or snapshot is not None else []
    if snapshot is not None:
        options.append(f"SNAPSHOT_VERSION {snapshot:d}")
    if lake.data is not None:
        options.append(f"DATA_PATH {text_literal(lake.data)}")
    if lake.kind == "sqlite":
        options += SQLITE
    where = text_literal(SCHEME + lake.catalog)
    return f"ATTACH {where} AS {name}" + (f" ({', '.join(options)})" if options else "")
