"""`warehouse.connect()`, and the README's example of it."""

from __future__ import annotations

import re
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
