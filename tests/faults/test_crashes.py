"""A short campaign of kills; the long one is `python -m tests.bench.crashes`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pytest

import pipeline.extract.worker
from tests.faults.archive import write_archive
from tests.faults.rows import difference, doubled
from tests.faults.running import FAILED, KNOBS, OK, finish, fork, run
from tests.faults.suffering import BACKFILL, INGEST, Trouble
from tests.faults.wire import small_wire
from tests.flows.home import make_home
from warehouse.query import ask

ROOT = Path(__file__).parents[2]


def test_whatever_befalls_runs_their_rows_are_those_of_an_undisturbed_one(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.bench.crashes", "--kills", "8", "--seed", "5"]
    fought = subprocess.run(
        [*command, "--keep", str(tmp_path / "campaign")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert fought.returncode == 0, fought.stdout + fought.stderr[-2000:]
    told = re.match(r"(\d+) kills in (\d+) homes, ([\d,]+) readings", fought.stdout)
    assert told, fought.stdout
    kills, homes, readings = (int(number.replace(",", "")) for number in told.groups())
    assert kills >= 8
    assert min(homes, readings) > 0
    fell = fought.stdout.partition("| killed in or after |")[2]
    assert len(re.findall(r"^\| [\w.]+ \| \d+ \|$", fell, re.MULTILINE)) >= 3, fought.stdout


def test_every_named_step_is_there() -> None:
    for step in {*INGEST, *BACKFILL}:
        module, _, name = step.rpartition(".")
        assert callable(getattr(import_module(module), name)), step


def run_without_workers(home: Path, trouble: Trouble, archive: Path | None) -> int:
    """The status of a run in which each worker process that is to start leaves a file instead."""

    def refuse(_: bytes) -> None:
        home.with_name("started").touch()
        raise OSError("no worker here")

    def work() -> int:
        os.environ.update(KNOBS)
        worker: Any = pipeline.extract.worker
        worker._Process = refuse
        return run(home, trouble, archive)

    return finish(fork(work, home.with_name("log")))


@pytest.mark.parametrize("flow", ["ingest", "backfill"])
def test_a_cheap_run_starts_no_worker(flow: str, tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "archive") if flow == "backfill" else None
    with small_wire() as wire:
        home = make_home(tmp_path / "home", () if archive else wire.feeds)
        status = run_without_workers(home, Trouble(), archive)
    assert status == OK, (tmp_path / "log").read_text()
    assert ask(home / "dateline.duckdb", "SELECT count(*) > 5 FROM article").rows == [(True,)]
    assert not (tmp_path / "started").exists()


def test_a_run_with_another_model_would_start_one(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "archive")
    assert run_without_workers(make_home(tmp_path / "home", ()), Trouble(model="none"), archive) == FAILED
    assert (tmp_path / "started").exists()


@pytest.mark.parametrize(("failures", "times"), [(0, 1), (1, 2)])
def test_a_page_is_captured_once_and_once_more_each_time_that_it_cannot_be_read(
    failures: int, times: int, tmp_path: Path
) -> None:
    with duckdb.connect(tmp_path / "w.duckdb") as warehouse:
        warehouse.execute("CREATE TABLE failure (url VARCHAR, stage VARCHAR)")
        warehouse.execute("CREATE TABLE capture (url VARCHAR, body_sha256 VARCHAR)")
        warehouse.executemany("INSERT INTO failure VALUES (?, ?)", [("u", "fetch"), *[("u", "extract")] * failures])
        warehouse.executemany("INSERT INTO capture VALUES (?, ?)", [("u", "other"), *[("u", "body")] * times])
    assert doubled(tmp_path / "w.duckdb") == []
    with duckdb.connect(tmp_path / "w.duckdb") as warehouse:
        warehouse.execute("INSERT INTO capture VALUES ('u', 'body')")
    told = f"capture: u is there {times + 1} times, and could not be read {failures} times"
    assert doubled(tmp_path / "w.duckdb") == [told]


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ({"article": [(1,), (2,)]}, []),
        ({"article": [(1,)]}, ["article: 1 rows lost, 0 too many", "  - (2,)"]),
        ({"article": [(1,), (2,), (2,)]}, ["article: 0 rows lost, 1 too many", "  + (2,)"]),
        ({"article": [(1,), (2,), (3,)]}, ["article: 0 rows lost, 1 too many", "  + (3,)"]),
    ],
)
def test_a_row_lost_or_doubled_is_told(held: dict[str, list[tuple[object, ...]]], told: list[str]) -> None:
    assert difference({"article": [(1,), (2,)]}, held) == told
