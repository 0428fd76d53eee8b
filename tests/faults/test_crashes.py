"""A short campaign of kills; the long one is `python -m tests.bench.crashes`."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.faults.rows import difference

ROOT = Path(__file__).parents[2]


def test_whatever_befalls_runs_their_rows_are_those_of_an_undisturbed_one(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.bench.crashes", "--kills", "4", "--seconds", "15", "--seed", "5"]
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
    assert min(kills, homes, readings) > 0


def test_every_named_step_is_there() -> None:
    from tests.faults.suffering import STEPS

    for step in STEPS:
        module, _, name = step.rpartition(".")
        assert callable(getattr(import_module(module), name)), step


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ({"article": [(1,), (2,)]}, []),
        ({"article": [(1,)]}, ["article: 1 rows lost, 0 too many", "  - (2,)"]),
        ({"article": [(1,), (2,), (3,)]}, ["article: 0 rows lost, 1 too many", "  + (3,)"]),
    ],
)
def test_a_row_lost_or_doubled_is_told(held: dict[str, list[tuple[object, ...]]], told: list[str]) -> None:
    assert difference({"article": [(1,), (2,)]}, held) == told
