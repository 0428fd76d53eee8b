"""Answers as a person reads them: a table where its columns fit, else a record after the other."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from flows.answers import needed, sql_of, write_table
from pipeline.errors import ConfigError, WarehouseError
from tests.warehouse.news import ATTACK, publish_news
from warehouse.query import Answer, ask

WIDTHS = pytest.mark.parametrize("width", [80, 160])


class Terminal(StringIO):
    """A terminal of that width, or a pipe, which is as wide as 160."""

    def __init__(self, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.is_pipe = width == 160
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("TERM", "dumb")

    def isatty(self) -> bool:
        return not self.is_pipe


def printed(answer: Answer, width: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    target = Terminal(width, monkeypatch)
    write_table(answer, target)
    lines = [line.rstrip() for line in target.getvalue().splitlines()]
    assert max(map(len, lines)) <= width
    return lines


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_news(tmp_path_factory.mktemp("home"))


@WIDTHS
def test_the_widest_view_is_read_a_line_a_column(published: Path, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ask(published, f"FROM event_feed ORDER BY event_id = '{ATTACK}' DESC")
    lines = printed(answer, width, monkeypatch)
    assert lines[0] == "-- row 1 of 2 --"
    assert lines[-1] == "2 rows"
    named = [line.partition(" ") for line in lines[1 : lines.index("")] if not line.startswith(" ")]
    assert [name for name, *_ in named] == list(answer.columns)
    first = {name: value.strip() for name, _, value in named}
    assert (first["event_id"], first["place_name"], first["mode"]) == (ATTACK, "Rāwah", "–")


@WIDTHS
def test_what_fits_is_a_table(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[object, ...]] = [("A sentence that is longer than the column has room for. " * 3, 3, None)]
    head, _, first, *_, count = printed(Answer(("sentence", "killed", "place"), rows), width, monkeypatch)
    assert [name.strip() for name in head.split("┃")] == ["sentence", "killed", "place"]
    assert [cell.strip() for cell in first.split("│")][1:] == ["3", "–"]
    assert count == "1 row"


def test_many_columns_fit_where_they_are_narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    names = tuple(f"n{number}" for number in range(13))
    assert "┃" in printed(Answer(names, [tuple(range(13))]), 80, monkeypatch)[0]
    long = Answer(names, [("words of some length",) * 13])
    assert printed(long, 80, monkeypatch)[:2] == ["-- row 1 of 1 --", "n0   words of some length"]


@pytest.mark.parametrize(("value", "width"), [(7, 4), ("a text of many words", 10), ("一二三", 6), ("a\nlonger", 6)])
def test_a_column_needs_what_it_holds_up_to_the_least(value: object, width: int) -> None:
    assert needed("name", [value]) == width


def test_a_long_value_is_folded_beside_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = ("title", *(f"column_of_some_width_{number}" for number in range(9)))
    lines = printed(Answer(columns, [("word " * 30, *(None,) * 9)]), 80, monkeypatch)
    assert lines[1].startswith("title                   word word")
    assert lines[2].startswith("                        word word")
    assert lines[-3:] == ["column_of_some_width_8  –", "", "1 row"]


def test_no_rows_are_a_head(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed(Answer(("a", "b"), []), 80, monkeypatch)[-1] == "0 rows"


def test_what_is_asked_is_sql_a_question_a_file_or_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine.sql"
    mine.write_text("-- how many?\nSELECT 1")
    assert sql_of("SELECT 2") == "SELECT 2"
    assert sql_of("SELECT 'a.sql'||'.sql") == "SELECT 'a.sql'||'.sql", "no file has a space in its name here"
    assert "event" in sql_of("who_did_what")
    assert sql_of(str(mine)) == "-- how many?\nSELECT 1"
    monkeypatch.setattr("sys.stdin", StringIO("SELECT 3"))
    assert sql_of("-") == "SELECT 3"
    with pytest.raises(ConfigError, match=r"none\.sql: cannot be read"):
        sql_of("none.sql")
    with pytest.raises(ConfigError, match="is no shipped question"):
        sql_of("who_did_it")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT killed FROM event", 'Candidate bindings: "killed_low", "killed_high"'),
        ("FROM casualtys", 'does not exist! Did you mean "casualties"'),
        ("SELEC 1", 'Parser Error: syntax error at or near "SELEC"$'),
    ],
)
def test_what_duckdb_proposes_is_told_in_one_line(published: Path, sql: str, told: str) -> None:
    with pytest.raises(WarehouseError, match=told) as caught:
        ask(published, sql)
    assert "\n" not in str(caught.value)
