"""`dateline check`: what a person and a program read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from pipeline.errors import ConfigError, WarehouseError
from tests.warehouse.good import make_good
from warehouse.checks import checks


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_good(tmp_path_factory.mktemp("good") / "dateline.duckdb").parent


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("broken") / "dateline.duckdb"
    return make_good(path, "UPDATE mention SET run_id = mention_id", "UPDATE event SET mode = 'visit'").parent


def check(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["check", "--home", str(home), *arguments])


def test_a_good_warehouse_is_a_line_a_check_and_exit_status_0(good: Path) -> None:
    result = check(good)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[:-1] == [f"ok     {c.name}" for c in checks()]
    assert lines[-1] == f"{len(checks())} checks, all kept"


def test_a_broken_promise_is_told_with_rows_and_exit_status_1(broken: Path) -> None:
    result = check(broken, "runs_missing", "codes_outside_plover", "places_missing", "--limit", "2")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert "ok     places_missing" in lines
    promise = next(c.promise for c in checks() if c.name == "runs_missing")
    assert f"broken runs_missing: 4 rows. {promise}" in lines
    assert lines[-1] == "3 checks, 2 broken"
    assert sum(line.split()[:1] == ["mention"] for line in lines) == 2, "two of the four rows"


def test_programs_read_json_lines(broken: Path) -> None:
    result = check(broken, "runs_missing", "places_missing", "--json", "--limit", "1")
    assert result.exit_code == 1
    kept, found = (json.loads(line) for line in result.output.splitlines())
    assert (kept["check"], kept["broken"], kept["rows"]) == ("places_missing", 0, [])
    assert (found["check"], found["broken"], len(found["rows"])) == ("runs_missing", 4, 1)
    assert found["rows"][0]["table_name"] == "mention"


def test_checks_that_read_every_text_or_key_are_left_out_on_demand(good: Path) -> None:
    heavy = {c.name for c in checks() if c.heavy}
    shown = {line.split()[1] for line in check(good, "--quick").output.splitlines()[:-1]}
    assert shown == {c.name for c in checks()} - heavy
    assert heavy == {"words_not_in_text", "sentences_not_in_text", "texts_changed", "keys_doubled"}


def test_a_wrong_name_and_a_missing_warehouse_are_errors_that_say_so(good: Path, tmp_path: Path) -> None:
    assert isinstance(check(good, "runs_mising").exception, ConfigError)
    assert isinstance(check(tmp_path).exception, WarehouseError)
