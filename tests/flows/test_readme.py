"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from flows.cli import app
from tests.readme import fill_settings, posed
from warehouse.publish import publish
from warehouse.query import ask
from warehouse.questions import Question, questions
from warehouse.store import Warehouse

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_every_command_that_it_names_is_there() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    named = set(re.findall(r"^ {4}(?:\S*/)?dateline ([a-z-]+)", README, re.MULTILINE))
    assert {"demo", "ingest", "serve", "sql", "feeds", "extract", "tag", "parse-feed"} - named == {"demo"}
    assert named - set(commands) == set()


def test_its_table_of_settings_is_that_of_the_model() -> None:
    assert "| `DATELINE_SCHEDULE_MINUTES` | `15` | min | minutes between scheduled ingest runs (1 to 1440) |" in README
    assert fill_settings(README) == README, "renew it: python -m tests.readme --settings"


@pytest.mark.parametrize(
    "query", re.findall(r'^ {4}(?:\$ \S*)?dateline sql (?:--home \S+ )?"(.+?)"', README, re.MULTILINE)
)
def test_every_query_that_it_shows_runs(query: str, tmp_path: Path) -> None:
    with Warehouse.open(tmp_path / "live" / "warehouse.duckdb", tmp_path / "live" / "lock") as warehouse:
        publish(warehouse, tmp_path / "dateline.duckdb")
    assert ask(tmp_path / "dateline.duckdb", query).columns


@pytest.mark.parametrize(
    ("number", "one"), list(enumerate(questions(), 1)), ids=lambda value: getattr(value, "name", None)
)
def test_a_shipped_question_stands_there_as_its_file_has_it(number: int, one: Question) -> None:
    assert one.asks.endswith("?")
    assert one.notes.endswith(".")
    assert posed(number, one) in README


def test_it_has_fifteen_questions_and_no_others() -> None:
    assert len(questions()) == 15
    assert len(re.findall(r"^\*\*\d+\. ", README, re.MULTILINE)) == 15


def test_it_lists_the_tables_that_there_are(tmp_path: Path) -> None:
    with (
        Warehouse.open(tmp_path / "live" / "warehouse.duckdb", tmp_path / "live" / "lock") as warehouse,
        warehouse.transaction() as cursor,
    ):
        there = {row[0] for row in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    listed = re.search(r"The tables: (.*?)\. Each", README, re.DOTALL)
    assert listed
    assert set(re.findall(r"`(\w+)`", listed[1])) == there
