"""A real warehouse in a temporary home."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.lakes import copied_lake, lake_in
from warehouse.migrate import migrate
from warehouse.storage import FileStorage, Storage
from warehouse.store import Warehouse

OF_FILES = ("test_dictionary", "test_publish_due")  # what they tell of is the file
Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new warehouse's file, to be copied: migrating takes seconds, a copy none."""
    path = tmp_path_factory.mktemp("new") / "warehouse.duckdb"
    migrate(path)
    return path


@pytest.fixture(scope="session")
def new_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new lake, to be copied."""
    folder = tmp_path_factory.mktemp("lake")
    with Warehouse.open(lake_in(folder), folder / "lock"):
        return folder


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On a lake each statement asks its catalog first, so that a test of small steps takes ten times as long: by itself
    only what is marked `lake` runs there, a test or more for each kind of statement."""
    if "storage" in metafunc.fixturenames:
        every = metafunc.config.getoption("every_storage") and metafunc.module.__name__.split(".")[-1] not in OF_FILES
        also = every or metafunc.definition.get_closest_marker("lake")
        metafunc.parametrize("storage", ["file", "lake"] if also else ["file"], indirect=True)


@pytest.fixture
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """Where a new warehouse lies: each test that asks for one runs on every storage."""
    (tmp_path / "live").mkdir()
    new: Path = request.getfixturevalue(f"new_{request.param}")
    if request.param == "lake":
        return copied_lake(new, tmp_path)
    return FileStorage(Path(shutil.copyfile(new, tmp_path / "live" / "warehouse.duckdb")))


@pytest.fixture
def warehouse(tmp_path: Path, storage: Storage) -> Iterator[Warehouse]:
    """A new warehouse, open for writing."""
    with Warehouse.open(storage, tmp_path / "live" / "lock") as opened:
        yield opened


@pytest.fixture
def published(warehouse: Warehouse, tmp_path: Path) -> Path:
    """Where a home publishes."""
    return tmp_path / ("dateline.lake" if warehouse.storage.is_shared else "dateline.duckdb")


@pytest.fixture
def ask(warehouse: Warehouse) -> Ask:
    """The rows of a query on the writer's copy."""

    def query(sql: str) -> list[tuple[Any, ...]]:
        with warehouse.transaction() as cursor:
            return cursor.execute(sql).fetchall()

    return query
