"""A real warehouse in a temporary home."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from warehouse.store import Warehouse

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """A new warehouse, open for writing."""
    with Warehouse.open(tmp_path / "live" / "warehouse.duckdb", tmp_path / "live" / "lock") as opened:
        yield opened


@pytest.fixture
def ask(warehouse: Warehouse) -> Ask:
    """The rows of a query on the writer's copy."""

    def query(sql: str) -> list[tuple[Any, ...]]:
        with warehouse.transaction() as cursor:
            return cursor.execute(sql).fetchall()

    return query
