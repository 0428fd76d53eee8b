"""A real warehouse in a temporary home."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from warehouse.migrate import migrate
from warehouse.store import Warehouse

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new warehouse's file, to be copied: migrating takes seconds, a copy none."""
    path = tmp_path_factory.mktemp("new") / "warehouse.duckdb"
    migrate(path)
    return path


@pytest.fixture
def warehouse(tmp_path: Path, new_file: Path) -> Iterator[Warehouse]:
    """A new warehouse, open for writing."""
    (tmp_path / "live").mkdir()
    shutil.copyfile(new_file, tmp_path / "live" / "warehouse.duckdb")
    with Warehouse.open(tmp_path / "live" / "warehouse.duckdb", tmp_path / "live" / "lock") as opened:
        yield opened


@pytest.fixture
def ask(warehouse: Warehouse) -> Ask:
    """The rows of a query on the writer's copy."""

    def query(sql: str) -> list[tuple[Any, ...]]:
        with warehouse.transaction() as cursor:
            return cursor.execute(sql).fetchall()

    return query
