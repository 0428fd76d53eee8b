"""How every connection of ours behaves."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import duckdb

from pipeline.errors import WarehouseError

Cursor = duckdb.DuckDBPyConnection
# DuckDB would take four fifths of the machine, for pages that it has read and does not need. What a query needs beyond
# this is laid down in a folder beside the file while it runs: `<file>.tmp`, a reader's in `<file>.<its own>.tmp`.
MEMORY_MB = 2048
# Extensions come in wheels and are loaded from there; DuckDB checks their signatures, nothing is downloaded.
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def connected(path: Path, *, read_only: bool = False, memory_mb: int = MEMORY_MB) -> Cursor:
    """A settled connection to a file, in which DuckDB keeps at most so many MiB in memory."""
    connection = settled(duckdb.connect(str(path), read_only=read_only))
    connection.execute(f"SET memory_limit = '{memory_mb}MiB'")
    if read_only:
        lay_down_apart(connection, path)
    return connection


def lay_down_apart(connection: Cursor, path: Path) -> None:
    """Give a reader a folder of its own for what it lays down; connections of one process to one file share it.

    DuckDB 1.5.5 gives all readers of a file one folder, in which two overwrite each other's pages: "Could not read
    enough bytes", or the process dies.
    """
    if connection.execute("SELECT current_setting('temp_directory')").fetchall() == [(f"{path}.tmp",)]:
        connection.execute(f"SET temp_directory = {quoted(own_folder(path))}")


def own_folder(path: Path) -> Path:
    """A name beside the file for what one reader lays down."""
    return path.with_name(f"{path.name}.{uuid4().hex}.tmp")


def settled(connection: Cursor) -> Cursor:
    """The connection in UTC, and without the progress bar that DuckDB draws into standard output after two seconds.

    Both are settings of a connection, which its cursors do not inherit.
    """
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    return connection


def load_extension(connection: Cursor, name: str) -> None:
    """Load an extension from its wheel."""
    connection.execute(f"LOAD {quoted(extension(name))}")


def extension(name: str) -> Path:
    """An extension in its wheel, for this DuckDB; WarehouseError where the wheel is not installed."""
    spec = find_spec(f"duckdb_extension_{name}")
    if spec is None or spec.origin is None:
        wheel = f"duckdb-extension-{name.replace('_', '-')}"
        raise WarehouseError(f"the package {wheel} is not installed: install Dateline with its dependencies")
    return Path(spec.origin).parent / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"


def quoted(path: Path) -> str:
    """A path as an SQL text, where DuckDB binds no value."""
    return text_literal(str(path.resolve()))


def text_literal(text: str) -> str:
    """An SQL text, where DuckDB binds no value."""
    return "'" + text.replace("'", "''") + "'"


def discard(left: Path) -> None:
    """Remove a file, or a folder in which DuckDB laid something down."""
    if left.is_dir():
        shutil.rmtree(left)
    else:
        left.unlink(missing_ok=True)


def swap(fresh: Path, target: Path) -> None:
    """Put a finished copy in the place of `target`. A reader that has the old file open keeps it."""
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.replace(target)
