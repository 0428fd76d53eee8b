"""Read the published warehouse: always read-only, always one consistent state."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.errors import WarehouseError
from warehouse.connection import MEMORY_MB, Cursor, connected, quoted
from warehouse.storage.pointer import POINTER, attach_pointed, opened_pointed
from warehouse.store import first_line, whole_message

# What to do where nothing is.
NEW_HOME = (
    "`dateline ingest` makes one, or name the home that you mean: --home or DATELINE_HOME (the demo's is demo-data)"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Column names, and rows of values as DuckDB hands them out."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


def connect(home: str | Path | None = None, *, memory_mb: int = MEMORY_MB) -> Cursor:
    """A read-only DuckDB connection in UTC to a published warehouse, for notebooks and scripts; close it when done.

    `home` is the folder of the installation, or its `dateline.duckdb` or `dateline.lake` itself; without it
    DATELINE_HOME, else `./data`. A folder that has both has moved to the lake.
    DuckDB keeps at most `memory_mb` MiB in memory; a query that needs more is slower, or fails.
    The connection keeps seeing the state it was opened on, whatever runs meanwhile. WarehouseError when there is none.
    """
    # Settings are passed in everywhere else; a notebook has nobody who would pass them.
    place = Path(home or os.environ.get("DATELINE_HOME") or "data").expanduser()
    if place.suffix not in (".duckdb", POINTER):
        lake = place / f"dateline{POINTER}"
        place = lake if lake.exists() else place / "dateline.duckdb"
    return opened(place, memory_mb=memory_mb)


def opened(published: Path, *, memory_mb: int = MEMORY_MB) -> Cursor:
    """A read-only connection to the published warehouse in UTC; WarehouseError when there is none yet."""
    if not published.exists():
        raise no_warehouse(published)
    try:
        if published.suffix == POINTER:
            return opened_pointed(published, memory_mb)
        return connected(published, read_only=True, memory_mb=memory_mb)
    except duckdb.Error as error:
        raise WarehouseError(f"{published}: cannot be opened: {first_line(error)}") from error


def no_warehouse(published: Path) -> WarehouseError:
    """Says that nothing is published there, and what to do."""
    return WarehouseError(f"{published}: no warehouse here yet; {NEW_HOME}")


def attach_published(connection: Cursor, published: Path, name: str) -> None:
    """Attach the published warehouse to another connection, read-only; `name` is from this package's code."""
    if published.suffix == POINTER:
        attach_pointed(connection, published, name)
    else:
        connection.execute(f"ATTACH {quoted(published)} AS {name} (READ_ONLY)")


@contextmanager
def reader(published: Path) -> Iterator[Cursor]:
    """A read-only connection to the published warehouse, closed at the end; WarehouseError when there is none yet."""
    connection = opened(published)
    try:
        yield connection
    except duckdb.Error as error:
        raise WarehouseError(whole_message(error)) from error
    finally:
        connection.close()


def ask(published: Path, sql: str, values: dict[str, object] | None = None) -> Answer:
    """The answer to one query; WarehouseError says what is wrong with the query."""
    with reader(published) as connection:
        relation = connection.execute(sql, values)
        return Answer(tuple(c[0] for c in relation.description or []), relation.fetchall())


def write_parquet(published: Path, sql: str, target: Path) -> None:
    """Write the answer to one query into a Parquet file."""
    with reader(published) as connection:
        connection.sql(sql).write_parquet(str(target))
