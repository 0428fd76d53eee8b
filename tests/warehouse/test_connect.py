"""`warehouse.connect()`, and the README's example of it."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

import warehouse
from pipeline.errors import WarehouseError
from tests.warehouse.news import publish_news

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_it_opens_a_home_a_file_or_what_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published = publish_news(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    for place in (tmp_path / "data", str(published), None):
        with warehouse.connect(place) as connection:
            assert connection.sql("SELECT min(published_at) FROM latest_articles").fetchall() == [
                (datetime(2026, 11, 19, 10, tzinfo=UTC),)
            ]
            assert connection.sql("SELECT current_setting('TimeZone')").fetchall() == [("UTC",)]
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "elsewhere"))
    with pytest.raises(WarehouseError, match=r"elsewhere.*no warehouse here yet"):
        warehouse.connect()


def test_each_reader_lays_down_what_exceeds_its_memory_in_a_folder_of_its_own(tmp_path: Path) -> None:
    """In one folder two readers overwrite each other's pages."""
    published = publish_news(tmp_path)
    with warehouse.connect(tmp_path, memory_mb=60) as connection, warehouse.connect(tmp_path, memory_mb=60) as second:
        connection.execute("SET threads = 1")
        connection.execute(
            "SELECT max(n) FROM (SELECT row_number() OVER (ORDER BY md5(i::VARCHAR)) AS n FROM range(900000) AS t(i))"
        )
        (folder,) = tmp_path.glob("*.tmp")
        assert folder.name not in {f"{published.name}.tmp", folder_of_another(tmp_path)}
        assert second.execute("SELECT current_setting('temp_directory')").fetchall() == [(str(folder),)]
    assert list(tmp_path.glob("*.tmp")) == []


def folder_of_another(home: Path) -> str:
    """Where a reader in another process lays down."""
    asked = "SELECT current_setting('temp_directory')"
    code = f"import sys, warehouse; print(warehouse.connect(sys.argv[1]).execute({asked!r}).fetchone()[0])"
    root = Path(__file__).parents[2]
    told = subprocess.run([sys.executable, "-c", code, str(home)], cwd=root, check=True, capture_output=True, text=True)
    return Path(told.stdout.strip()).name


def test_nothing_can_be_written(tmp_path: Path) -> None:
    publish_news(tmp_path)
    with warehouse.connect(tmp_path) as connection, pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("DELETE FROM event")


def test_the_readmes_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_news(tmp_path / "demo-data")
    monkeypatch.chdir(tmp_path)
    example = re.search(r"<!-- notebook -->\n\n```python\n(.*?)```", README, re.DOTALL)
    assert example
    names: dict[str, object] = {}
    exec(example[1], names)
    assert names["table"].to_pylist() == [{"country": "IRQ", "killed": 3}]  # type: ignore[attr-defined]
