"""`dateline status` over real homes: what it shows, what it asks, and how it ends."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from flows.cli import app
from flows.opening import open_warehouse
from flows.status.alerts import alerts_of
from flows.status.shown import show
from flows.status.spans import span
from flows.status.standing import look_at
from flows.status.versions import versions_of
from pipeline.settings import Settings, load_settings
from tests.flows.status.asked import ROOT, as_json, change, status
from tests.warehouse.build import entry, poll
from warehouse.publish import publish

HEAVY = ("spacy", "prefect", "torch", "pandas")


def test_of_a_home_that_is_well_it_says_so_and_what_waits(settings: Settings) -> None:
    code, told = status(settings)
    assert code == 0
    assert told.startswith(f"well    {settings.home}  ")
    assert "now     no run is at work" in told
    assert "waiting 1 page to be read" in told
    assert "feeds   1 good" in told
    assert "11-20 12:00  ingest  completed" in told
    assert not [line for line in told.split("\n") if line != line.rstrip()], "it may be mailed"


def test_the_command_ends_with_the_worst_grade(settings: Settings) -> None:
    assert CliRunner().invoke(app, ["status", "--home", str(settings.home)]).exit_code == 0
    change(settings, "UPDATE feed SET gone_since = now(), last_error = 'http_410: gone'")
    done = CliRunner().invoke(app, ["status", "--home", str(settings.home)])
    assert done.exit_code == 1
    assert "look    feed gone: wire" in done.output


def test_json_is_one_object_with_all_of_it(settings: Settings) -> None:
    told = as_json(settings)
    assert told["status"] == "well"
    assert told["alerts"] == []
    assert told["work"] is None
    assert told["backlog"] == {
        "entries_pending": 0,
        "entries_again": 0,
        "captures_unread": 1,
        "articles_without_story": 1,
        "mentions_without_event": 1,
    }
    assert isinstance(told["disk"], dict)
    assert told["disk"]["copies_bytes"] == settings.published.stat().st_size


@pytest.mark.parametrize("is_made", [False, True])
def test_without_a_warehouse_it_says_how_one_is_made(tmp_path: Path, is_made: bool) -> None:
    home = tmp_path / "home"
    if is_made:
        home.mkdir()
    code, told = status(load_settings(home=home))
    assert code == 1
    assert "nothing is here yet" in told
    assert "`dateline ingest` makes one" in told


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"x" * 9000),
        lambda path: os.truncate(path, 300_000),
        lambda path: path.unlink(),
    ],
    ids=["no database", "cut off", "gone"],
)
def test_a_copy_that_cannot_be_opened_leads_to_the_doctor(settings: Settings, spoil: Callable[[Path], None]) -> None:
    spoil(settings.published)
    code, told = status(settings)
    assert code == 2
    assert told.startswith("broken")
    assert "`dateline doctor`" in told


def test_it_works_for_a_home_on_a_lake(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path / "home", warehouse=f"ducklake:sqlite:{tmp_path}/catalog.sqlite")
    settings.home.mkdir()
    code, told = status(settings)
    assert code == 1
    assert "`dateline ingest` makes one" in told
    with open_warehouse(settings) as warehouse:
        poll(warehouse, [entry(1), entry(2)])
        publish(warehouse, settings.published)
    code, told = status(settings)
    assert code == 0, told
    assert "waiting 2 new entries to be fetched" in told
    assert status(load_settings(home=settings.home))[0] == 0, "the pointer in the home says that it is a lake"
    (tmp_path / "catalog.sqlite").unlink()
    code, told = status(settings)
    assert code == 2
    assert "its catalog" in told
    assert "doctor" not in told, "which knows nothing of lakes"


def test_it_is_quick_for_it_loads_no_model_and_no_prefect(settings: Settings) -> None:
    code = f"""
import sys
from flows.cli import app
app(["status", "--home", {str(settings.home)!r}], standalone_mode=False)
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "0 s"), (59.6, "1 min"), (90, "1 min"), (5400, "1 h 30 min"), (200_000, "2 d 7 h"), (900_000, "10 d")],
)
def test_a_length_of_time_is_told_by_its_largest_units(seconds: float, told: str) -> None:
    assert span(seconds) == told


def test_hostile_text_is_shown_harmlessly(settings: Settings) -> None:
    hostile = "\x1b[2J[bold]x[/bold]\u202eevil\x00\nwell"
    change(
        settings,
        "UPDATE feed SET consecutive_failures = 3, failing_since = now() - INTERVAL 9 DAY, "
        f"last_error = '{hostile.replace(chr(0), '')}'",
    )
    code, told = status(settings)
    assert code == 1
    assert not set("\x1b\u202e\x00") & set(told)
    assert r"\x1b[2J[bold]x[/bold]\u202eevil\nwell" in told
    [alert] = as_json(settings)["alerts"]  # type: ignore[misc]
    assert hostile.replace("\x00", "") in str(alert["seen"])


def test_it_can_be_read_at_80_columns(settings: Settings) -> None:
    change(
        settings,
        "UPDATE run SET flow = 'backfill', ended_at = started_at + INTERVAL 605 MINUTE, entries_new = 123456, "
        "articles_loaded = 123456, events_coded = 1234567, failures = 12345",
    )
    standing, out = look_at(settings), io.StringIO()
    assert standing.numbers
    show(standing, alerts_of(standing), versions_of(standing.numbers), 0, Console(file=out, width=80))
    lines = out.getvalue().splitlines()
    assert max(map(len, lines[1:])) <= 80
    [run] = [line for line in lines if line.startswith("  11-20 12:00")]
    assert run.split() == [
        "11-20", "12:00", "backfill", "completed", "10", "h", "123,456", "123,456", "1,234,567", "12,345",
    ]  # fmt: skip
