"""`dateline export` as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from pipeline.errors import ConfigError
from tests.warehouse.news import publish_news


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_news(tmp_path_factory.mktemp("home")).parent


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["export", *arguments, "--home", str(home)])


def test_it_says_how_much_was_written(home: Path, tmp_path: Path) -> None:
    done = run(home, "csv", str(tmp_path / "out"), "--since", "2026-11-20", "--where", "quad = 4")
    assert done.output.splitlines() == [f"1 events in {tmp_path}/out", f"3 reports in {tmp_path}/out"]
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["events.csv", "reports.csv"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--since", "last week"), "'last week' is no day"),
        (("--since", "2026-11-21", "--until", "2026-11-20"), "is after --until"),
    ],
)
def test_wrong_days_are_told(home: Path, tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = run(home, "csv", str(tmp_path / "out"), *arguments)
    assert isinstance(done.exception, ConfigError)
    assert says in str(done.exception)
