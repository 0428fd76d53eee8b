"""The last days of a warehouse as a warehouse of its own: their articles and all that hangs on them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from warehouse.connection import connected, quoted
from warehouse.copies import contents, verify
from warehouse.migrate import migrate, scripts
from warehouse.store import Cursor, statement


def cut_window(source: Path, target: Path, since: date) -> None:
    """Make `target` of what `source` holds from that day on (UTC), by `warehouse/window/<table>.sql` for each table.

    Stories stay whole. Counts of events are those of the whole archive.
    """
    migrate(target)
    with connected(target) as connection:
        connection.execute(f"ATTACH {quoted(source)} AS whole (READ_ONLY)")
        connection.execute(statement("window_articles"), {"since": since})
        connection.execute("SET VARIABLE since = $since::DATE", {"since": since})
        connection.begin()
        connection.execute("TRUNCATE schema_migration")  # it tells when the whole file was migrated, not this one
        for table, rows in window_queries(connection):
            connection.execute(f"INSERT INTO {table} BY NAME {rows}")
        connection.commit()
        connection.execute("DETACH whole")
        connection.execute("FORCE CHECKPOINT")
        promised = contents(connection)
    verify(target, promised)


def window_queries(cursor: Cursor) -> list[tuple[str, str]]:
    """(table, which of its rows) for each table of the warehouse, in an order in which one may read what is there."""
    queries = {name.removesuffix(".sql"): text for name, text in scripts("window")}
    tables = cursor.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
    ).fetchall()
    return sorted((table, queries[table]) for (table,) in tables if table != "kept")
