"""What users have opens the published file: what installs here is tried, and what is not installed is skipped."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.warehouse.news import publish_news
from warehouse.query import connect

EVENTS = "FROM event_feed ORDER BY event_id"


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_news(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def event_ids(news: Path) -> list[str]:
    with connect(news) as connection:
        return [row[0] for row in connection.sql(EVENTS).fetchall()]


def skip_without(package: str) -> None:
    """Skip, with the reason, where a client is not installed."""
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed: no dependency of Dateline, `pip install {package}` has it tried")


def test_pandas_has_times_in_utc(news: Path, event_ids: list[str]) -> None:
    skip_without("pandas")
    with connect(news) as connection:
        table = connection.sql(EVENTS).df()
    assert list(table.event_id) == event_ids
    assert str(table.first_reported_at.dt.tz) == "UTC"


def test_polars_has_times_in_utc_and_lists(news: Path, event_ids: list[str]) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed: `pip install polars` has it tried")
    with connect(news) as connection:
        table = connection.sql(EVENTS).pl()
    assert table["event_id"].to_list() == event_ids
    assert table.schema["first_reported_at"].time_zone == "UTC"
    assert table.schema["actors"] == polars.List(polars.String)


def test_the_duckdb_shell_reads_it(news: Path, event_ids: list[str]) -> None:
    spec = importlib.util.find_spec("duckdb_cli")
    assert spec is not None
    assert spec.origin is not None
    client = Path(spec.origin).with_name("duckdb")
    done = subprocess.run(
        [client, "-readonly", news, "-json", "-c", f"SELECT event_id {EVENTS}"],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert [row["event_id"] for row in json.loads(done.stdout)] == event_ids


def test_a_marimo_notebook_asks_it(news: Path, event_ids: list[str], tmp_path: Path) -> None:
    skip_without("marimo")
    notebook = tmp_path / "events.py"
    notebook.write_text(f"""
import marimo
app = marimo.App()

@app.cell
def _():
    import duckdb
    import marimo as mo
    warehouse = duckdb.connect({str(news)!r}, read_only=True)
    print(len(mo.sql("{EVENTS}", engine=warehouse)))
    return

app.run()
""")
    done = subprocess.run([sys.executable, notebook], capture_output=True, text=True, timeout=300, check=True)
    assert done.stdout.split()[-1] == str(len(event_ids))
