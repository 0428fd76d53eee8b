"""`dateline search` and `dateline shell` as they are typed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.searching import SNIPPET, snippet
from pipeline.errors import WarehouseError
from tests.warehouse.news import publish_news
from warehouse.search import Hit
from warehouse.shell import shell_command, views


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_news(tmp_path_factory.mktemp("home")).parent


def test_what_is_found_is_shown_with_its_words_marked(home: Path) -> None:
    done = CliRunner().invoke(app, ["search", "doctor", "rebel", "--home", str(home)])
    title, facts, passage, _, count = done.output.splitlines()
    assert title == "Five dead, says [doctor]"
    assert facts.startswith("  2026-11-20 10:30:00+00:00 · Other · https://other.example/3 · a3 · score ")
    assert passage == "  At least five people died when [rebels] attacked Rawa, a [doctor] said."
    assert count == "1 article"


def test_nothing_found_is_no_error(home: Path) -> None:
    done = CliRunner().invoke(app, ["search", "orchestra", "--home", str(home)])
    assert (done.exit_code, done.output) == (0, "0 articles\n")


def hit(text: str, *matched: str) -> Hit:
    return Hit(
        article_id="a",
        score=1,
        title=None,
        url="u",
        agency=None,
        published_at=None,
        text=text,
        matched=frozenset(matched),
    )


def test_a_passage_is_cut_between_words_around_the_first_match() -> None:
    text = "before " * 100 + "needle" + " after" * 100
    cut = snippet(hit("needless\n" + text, "needle"))
    assert cut.startswith("… before ")
    assert cut.endswith(" after …")
    assert "needle" in cut
    assert len(cut) <= SNIPPET + 4


def test_the_paragraph_with_most_of_the_words_is_shown() -> None:
    assert snippet(hit("One here.\nOne and two here.", "One", "two")) == "One and two here."


def test_the_prompt_answers_and_cannot_write(home: Path) -> None:
    published = home / "dateline.duckdb"
    assert "event_feed" in dict(views(published))
    asked = "SELECT first_reported_at FROM event_feed WHERE quad = 1;\nDELETE FROM event;\n"
    done = subprocess.run(
        [*shell_command(published), "-csv"], input=asked, capture_output=True, text=True, timeout=60, check=False
    )
    assert "2026-11-19 10:00:00+00" in done.stdout
    assert "read-only" in done.stderr


def test_without_a_warehouse_there_is_no_prompt(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["shell", "--home", str(tmp_path)])
    assert isinstance(done.exception, WarehouseError)
