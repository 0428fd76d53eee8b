"""How every connection of ours behaves."""

from __future__ import annotations

from pathlib import Path

import duckdb

Cursor = duckdb.DuckDBPyConnection
# DuckDB would take four fifths of the machine, for pages that it has read and does not need. What a query needs beyond
# this is laid down in `<file>.tmp` beside the file while it runs.
MEMORY_MB = 2048


def connected(path: Path, *, read_only: bool = False, memory_mb: int = MEMORY_MB) -> Cursor:
    """A settled connection to a file, in which DuckDB keeps at most so many MiB in memory."""
    connection = settled(duckdb.connect(str(path), read_only=read_only))
    connection.execute(f"SET memory_limit = '{memory_mb}MiB'")
    return connection


def settled(connection: Cursor) -> Cursor:
    """The connection in UTC, and without the progress bar that DuckDB draws into standard output after two seconds.

    Both are settings of a connection, which its cursors do not inherit.
    """
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    return connection
