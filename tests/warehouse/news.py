"""A small made-up warehouse, written row by row, for tests of what is read from it: views, exports, search."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from warehouse.publish import publish
from warehouse.store import Cursor, Warehouse

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

# Two agencies report one attack with different tolls, a paper copies the first; a meeting; what is only planned.
ATTACK, TALKS = "a77ac4c0ffee0001", "7a1c5c0ffee00002"
NEWS = (Path(__file__).parent / "news.sql").read_text("utf-8")


def fill(cursor: Cursor) -> None:
    """Write the made-up news into a new warehouse."""
    cursor.execute(NEWS)


def publish_news(home: Path) -> Path:
    """A published warehouse with the made-up news."""
    with Warehouse.open(home / "live" / "warehouse.duckdb", home / "live" / "lock") as warehouse:
        with warehouse.transaction() as cursor:
            fill(cursor)
        publish(warehouse, home / "dateline.duckdb")
    return home / "dateline.duckdb"
