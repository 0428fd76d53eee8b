"""How every connection of ours behaves."""

from __future__ import annotations

import duckdb

Cursor = duckdb.DuckDBPyConnection


def settled(connection: Cursor) -> Cursor:
    """The connection in UTC, and without the progress bar that DuckDB draws into standard output after two seconds.

    Both are settings of a connection, which its cursors do not inherit.
    """
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    return connection
