"""A small published warehouse that keeps every promise: `tests/cases/warehouse/good.sql`."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.migrate import migrate

CASES = Path(__file__).parents[1] / "cases" / "warehouse"


def make_good(path: Path, *changes: str) -> Path:
    """Make the file, with changes where a test wants promises broken."""
    migrate(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute((CASES / "good.sql").read_text("utf-8"))
        for change in changes:
            connection.execute(change)
    return path
