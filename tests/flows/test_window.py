"""A home that publishes its last days: what is asked of all of it, and what of those days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from pipeline.errors import ConfigError
from tests.warehouse.good import make_good
from warehouse.checks import checks, run_checks
from warehouse.publish import everything
from warehouse.window import cut_window

OLD = "abcdef01"  # an event before the window
# An address of an article before the window is seen again within it; an article without a date is loaded within it.
LATE = (
    "UPDATE entry SET first_seen_at = '2026-11-22 12:00:00Z' WHERE entry_id = 'e1'",
    "UPDATE article SET loaded_at = '2026-11-22 12:00:00Z' WHERE article_id = 'a5'",
    f"UPDATE event SET event_id = '{OLD}' WHERE event_id = 'v1'",
    f"UPDATE event_mention SET event_id = '{OLD}' WHERE event_id = 'v1'",
)
WORDS = ("search", "herders")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the good warehouse's five articles one is of the days since the 21st."""
    home = tmp_path_factory.mktemp("home")
    whole = make_good(home / "dateline-full.duckdb", *LATE)
    cut_window(whole, home / "dateline.duckdb", date(2026, 11, 21))
    return home


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--home", str(home)])


def test_all_of_it_is_checked(home: Path) -> None:
    assert [f.check.name for f in run_checks(home / "dateline.duckdb", checks(), 1) if not f.is_kept] != []
    result = run(home, "check")
    assert result.output.splitlines()[-1] == f"{len(checks())} checks, all kept"
    assert result.exit_code == 0


def test_sql_asks_the_last_days_or_all(home: Path) -> None:
    count = ("sql", "SELECT count(*) AS n FROM article", "--format", "csv")
    assert run(home, *count).output == "n\n1\n"
    assert run(home, *count, "--full").output == "n\n5\n"


def test_search_finds_in_the_last_days_or_in_all_with_an_index_for_each(home: Path) -> None:
    for _ in range(2):
        assert run(home, *WORDS).output == "0 articles\n"
        assert run(home, *WORDS, "--full").output.endswith("2 articles\n")
    assert {path.name for path in home.glob("search*.duckdb")} == {"search.duckdb", "search-full.duckdb"}


def test_export_writes_the_last_days_or_all(home: Path, tmp_path: Path) -> None:
    assert run(home, "export", "ndjson", str(tmp_path / "some")).output.startswith("1 events in")
    assert run(home, "export", "ndjson", str(tmp_path / "all"), "--full").output.startswith("2 events in")


def test_why_leads_into_the_last_days_or_all(home: Path) -> None:
    assert isinstance(run(home, "why", OLD).exception, ConfigError)
    assert f"event {OLD}: 2 coded sentences" in run(home, "why", OLD, "--full").output


def test_a_home_that_publishes_all_has_it_in_one_file(home: Path, tmp_path: Path) -> None:
    assert everything(home / "dateline.duckdb") == home / "dateline-full.duckdb"
    assert everything(tmp_path / "dateline.duckdb") == tmp_path / "dateline.duckdb"
