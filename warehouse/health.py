"""What can be said of a home's warehouse files without changing them: for `dateline doctor`."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import WarehouseError
from warehouse.connection import Cursor, connected
from warehouse.copies import KEPT_SECONDS
from warehouse.migrate import VIEWS, digest, refuse_strange, scripts, views_digest
from warehouse.store import first_line, statement

HEADERS = 3 * 4096  # bytes before the first block of a DuckDB file


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A warehouse file. `trouble` says why it cannot be read; the rest is empty then."""

    size_bytes: int
    trouble: str | None = None
    newer: str | None = None  # why this program must not touch it
    migrations_wanted: tuple[str, ...] = ()
    running: tuple[str, ...] = ()  # runs that the book says are at work
    unfinished: tuple[str, ...] = ()  # runs that ended otherwise than well, running ones too
    last_start: datetime | None = None
    failing_feeds: tuple[tuple[str, str, str], ...] = ()  # id, health, last error


def warehouse_health(path: Path, *, thorough: bool = False) -> Health | None:
    """The health of a warehouse file, opened read-only; None where there is none. The writer's is asked under the lock.

    `thorough`: every block is read.
    """
    if not path.exists():
        return None
    size = path.stat().st_size
    try:
        with connected(path, read_only=True) as cursor:
            health = _health(cursor, size)
    except duckdb.Error as error:
        return Health(size_bytes=size, trouble=first_line(error))
    return replace(health, trouble=copy_trouble(path, thorough=True)) if thorough else health


def _health(cursor: Cursor, size: int) -> Health:
    applied = dict(cursor.execute("SELECT migration, migration_sha256 FROM schema_migration").fetchall())
    shipped = {name: digest(text) for name, text in scripts("schema")}
    wanted = [name for name in shipped if name not in applied]
    wanted += [] if applied.get(VIEWS) == views_digest() else [VIEWS]
    try:
        refuse_strange(applied, shipped)
    except WarehouseError as error:
        return Health(size_bytes=size, newer=str(error))
    return Health(size_bytes=size, migrations_wanted=tuple(wanted), **_book(cursor))


def _book(cursor: Cursor) -> dict[str, Any]:
    """What the book of runs and the list of feeds say; nothing where an old schema has no such columns."""
    with suppress(duckdb.CatalogException, duckdb.BinderException):
        runs = cursor.execute(statement("health_runs")).fetchall()
        feeds = cursor.execute(statement("health_feeds")).fetchall()
        return {
            "running": tuple(run_id for run_id, status, _ in runs if status == "running"),
            "unfinished": tuple(run_id for run_id, status, _ in runs if status != "completed"),
            "last_start": max((started for *_, started in runs), default=None),
            "failing_feeds": tuple(feeds),
        }
    return {}


def copy_trouble(path: Path, *, thorough: bool = False) -> str | None:
    """Why a warehouse file cannot be read; None when it can, or is not there. `thorough`: every block is read."""
    if not path.exists():
        return None
    try:
        with connected(path, read_only=True) as cursor:
            cursor.execute(statement("contents")).fetchall()
            if short := _lacking(cursor, path):
                return f"{short:,} bytes of its end are missing"
            for (table,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall() if thorough else []:
                cursor.execute(f'SELECT max(hash(t)) FROM "{table}" AS t').fetchall()
    except duckdb.Error as error:
        return first_line(error)
    return None


def _lacking(cursor: Cursor, path: Path) -> int:
    """How many bytes the file lacks, at least, for its blocks in use: DuckDB cuts free ones off at the end.

    It opens a file that is too short, and fails at a later query.
    """
    row = cursor.execute("SELECT block_size * used_blocks FROM pragma_database_size()").fetchone()
    return max(0, HEADERS + int(row[0]) - path.stat().st_size) if row else 0


def leftovers(live: Path, *published: Path) -> tuple[Path, ...]:
    """What killed programs left beside the files: spill folders, copies and migrations half made. Under the lock only.

    What readers laid down is theirs until it is a day old.
    """
    found = [live.with_name(f"{live.name}.tmp"), *live.parent.glob(f"{live.name}.*.new*")]
    for copy in published:
        found += copy.parent.glob(f".{copy.name}.*.tmp*")
        found += [left for left in copy.parent.glob(f"{copy.name}.*.tmp") if is_old(left)]
    return tuple(sorted(path for path in found if path.exists()))


def is_old(path: Path) -> bool:
    """Whether a reader that laid this down is gone by all likelihood."""
    with suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime > KEPT_SECONDS
    return False
