"""Open, migrate and lock the writer's copy of the warehouse."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from weakref import WeakKeyDictionary, WeakSet

import duckdb
import pyarrow as pa
from filelock import FileLock, Timeout

from pipeline.agencies import agency_key
from pipeline.errors import ConfigError, LockedError, WarehouseError
from warehouse.connection import MEMORY_MB
from warehouse.connection import Cursor as Cursor
from warehouse.storage import FileStorage, Storage

Row = dict[str, object]
# By cursor, columns of tables; all cursors of one warehouse share theirs, for it is migrated only when it is opened.
_fields: WeakKeyDictionary[Cursor, dict[str, list[pa.Field]]] = WeakKeyDictionary()
_keyless: WeakSet[Cursor] = WeakSet()  # cursors of storages that refuse no key by themselves


@cache
def statement(name: str) -> str:
    """The SQL of `warehouse/sql/<name>.sql`."""
    return (files("warehouse") / "sql" / f"{name}.sql").read_text("utf-8")


class Warehouse:
    """The writer's copy, held under the lock of its home. One at a time; safe to use from many threads.

    Every change goes through `transaction()`: all of a batch is seen by readers, or nothing.
    """

    def __init__(self, connection: Cursor, lock: FileLock, storage: Storage, *, unpublished: bool = True) -> None:
        self.storage = storage
        self.unpublished = unpublished  # whether it holds more than the readers' copy, the book of runs left aside
        self._connection = connection
        self._lock = lock
        self._writer = threading.RLock()
        self._fields: dict[str, list[pa.Field]] = {}

    @classmethod
    def open(
        cls, place: Path | Storage, lock_path: Path, *, wait_seconds: float = 0, memory_mb: int = MEMORY_MB
    ) -> Self:
        """Take the lock of the home and open a file or another storage, made and migrated where needed.

        Raises LockedError when another run holds the lock for longer than `wait_seconds`, ConfigError when the
        folder cannot be written, WarehouseError when the warehouse is damaged or newer than this program.
        DuckDB keeps at most `memory_mb` MiB in memory.
        """
        storage = FileStorage(place) if isinstance(place, Path) else place
        lock = take_lock(lock_path, wait_seconds)
        try:
            connection, unpublished = storage.open(memory_mb)
            with suppress(duckdb.CatalogException):  # known: another connection of this process has the file open
                connection.create_function("agency_key", agency_key, ["VARCHAR"], "VARCHAR")
        except duckdb.Error as error:
            lock.release()
            raise WarehouseError(f"{storage.name}: cannot be opened: {first_line(error)}") from error
        except BaseException:
            lock.release()
            raise
        return cls(connection, lock, storage, unpublished=unpublished)

    @property
    def path(self) -> Path:
        """The file; WarehouseError where the warehouse is none."""
        if isinstance(self.storage, FileStorage):
            return self.storage.path
        raise WarehouseError(f"{self.storage.name} is no file")

    @contextmanager
    def transaction(self, *, of_book: bool = False) -> Iterator[Cursor]:
        """A cursor whose statements become visible together at the end, or not at all.

        `of_book`: only the book of runs is written, which readers need not see at once.
        """
        with self._writer, self.storage.turn(), self._connection.cursor() as cursor:
            before = self.storage.trace()
            self.storage.settle(cursor)
            _fields[cursor] = self._fields
            if not self.storage.is_keyed:
                _keyless.add(cursor)
            with writable(self.storage.name):
                cursor.begin()
                try:
                    yield cursor
                except BaseException:
                    with suppress(duckdb.Error):  # one that is left by a full disk takes no more statements
                        cursor.rollback()
                    raise
                cursor.commit()
            if not of_book and self.storage.trace() != before:
                self.unpublished = True

    def checkpoint(self) -> None:
        """Bring what was written in pieces together: of a file, so that a copy of it is whole."""
        with self._writer, self.storage.turn(), writable(self.storage.name):
            self.storage.checkpoint(self._connection)

    @contextmanager
    def standstill(self) -> Iterator[Path]:
        """The path of the file, whole and unchanging while the context lasts."""
        with self._writer:
            self.checkpoint()
            yield self.path

    def close(self) -> None:
        """Close the file and release the lock."""
        try:
            self._connection.close()
            self.storage.leave(published=not self.unpublished)
        finally:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def writable(name: str) -> Iterator[None]:
    """WarehouseError where DuckDB cannot write there: the disk is full, or gone."""
    try:
        yield
    except (duckdb.IOException, duckdb.FatalException) as error:
        raise WarehouseError(f"{name}: cannot be written: {first_line(error)}") from error


def take_lock(path: Path, wait_seconds: float) -> FileLock:
    """The lock of a home. The kernel frees it when its holder dies, however it dies."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=wait_seconds)
        lock.acquire()
        holder_file(path).write_text(f"pid {os.getpid()} on {socket.gethostname()}", "utf-8")
    except Timeout as error:
        raise LockedError(f"{path}: another run is writing to this home ({holder(path)})") from error
    except OSError as error:
        raise ConfigError(
            str(path.parent), f"cannot be written ({error.strerror})", "set DATELINE_HOME to a folder of yours"
        ) from error
    return lock


def holder_file(lock_path: Path) -> Path:
    """Where the holder of the lock says who it is."""
    return lock_path.with_name("holder")


def holder(lock_path: Path) -> str:
    """Who holds the lock, as it said itself."""
    try:
        return holder_file(lock_path).read_text("utf-8")
    except OSError:
        return "unknown"


def first_line(error: Exception) -> str:
    """The first line of an error's message."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def whole_message(error: Exception) -> str:
    """An error's message in one line, with what DuckDB proposes, without the query's line that it repeats."""
    told = (line.strip() for line in str(error).split("\nLINE ")[0].splitlines())
    return " ".join(line for line in told if line) or type(error).__name__


@contextmanager
def batch(cursor: Cursor, like: str, rows: list[Row]) -> Iterator[None]:
    """Rows as the relation `batch` that the statements of `sql/` read, typed like the table `like`."""
    with registered(cursor, "batch", arrow(cursor, like, rows)):
        yield


@contextmanager
def registered(cursor: Cursor, name: str, rows: pa.Table) -> Iterator[None]:
    """Rows as a relation of that name."""
    cursor.register(name, rows)
    try:
        yield
    finally:
        cursor.unregister(name)


def append(cursor: Cursor, table: str, rows: list[Row], *key: str) -> int:
    """Insert those rows whose primary key the table does not hold yet, by Arrow; the number inserted.

    `table` and `key` are names from this package's code, never input. Keys must differ within `rows`. Without `key` the
    rows are known to be new: a row that is not is an error.
    """
    if not rows:
        return 0
    with batch(cursor, table, rows):
        rest = unknown(table, key, keyed=cursor not in _keyless) if key else ""
        done = cursor.execute(f"INSERT INTO {table} BY NAME SELECT * FROM batch {rest}").fetchone()
    return int(done[0]) if done else 0


def unknown(table: str, key: Sequence[str], *, keyed: bool) -> str:
    """What leaves rows out whose key the table holds: its index where it has one, else a look at all its keys."""
    columns = ", ".join(key)
    return f"ON CONFLICT ({columns}) DO NOTHING" if keyed else f"ANTI JOIN {table} USING ({columns})"


def insert(cursor: Cursor, table: str, rows: pa.Table) -> None:
    """Insert Arrow rows, which hold columns of the table and are known to be new."""
    with registered(cursor, "batch", rows):
        cursor.execute(f"INSERT INTO {table} BY NAME SELECT * FROM batch")


def update(cursor: Cursor, name: str, like: str, rows: list[Row], **values: object) -> None:
    """Run `sql/<name>.sql` over rows; nothing to do without rows."""
    if rows:
        with batch(cursor, like, rows):
            cursor.execute(statement(name), values or None)


def arrow(cursor: Cursor, table: str, rows: list[Row]) -> pa.Table:
    """Rows as an Arrow table with the column types of `table`, holding the columns that the rows have."""
    fields = [field for field in arrow_fields(cursor, table) if not rows or field.name in rows[0]]
    columns = [pa.array([row[field.name] for row in rows], field.type) for field in fields]
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def arrow_fields(cursor: Cursor, table: str) -> list[pa.Field]:
    """The columns of a table as Arrow has them, an enum as plain strings."""
    known = _fields.setdefault(cursor, {})
    if table not in known:
        schema = cursor.execute(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
        known[table] = [pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type) for f in schema]
    return known[table]


def fetch_rows(cursor: Cursor, name: str, **values: object) -> list[dict[str, Any]]:
    """The rows that `sql/<name>.sql` answers with, by column name."""
    answer = cursor.execute(statement(name), values or None)
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
