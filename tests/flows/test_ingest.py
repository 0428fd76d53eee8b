"""Whole runs against a real Prefect server, over the demo wire."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, temporary_settings

from pipeline.demo import DemoWire
from pipeline.records import Feed
from tests.flows.home import content, dateline, environment, make_home
from warehouse.query import ask

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.prefect

KILLS = [("poll", 2), ("fetch", 0), ("fetch", 5), ("read", 3), ("group", 0), ("group", 1), ("publish", 0)]


@pytest.fixture(scope="module")
def wire() -> Iterator[DemoWire]:
    """A third of the demo wire: enough for every stage."""
    from pipeline.demo import load_stories

    with DemoWire(load_stories()[::3]) as served:
        yield served


@pytest.fixture(scope="module")
def undisturbed(wire: DemoWire, prefect_api: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a run that nothing disturbed."""
    home = make_home(tmp_path_factory.mktemp("undisturbed") / "home", wire.feeds)
    run = dateline("ingest", "--home", str(home), api=prefect_api)
    assert run.returncode in (0, 1), run.stderr
    return home


def flow_run(api: str, flow_run_id: str) -> FlowRun:
    with temporary_settings({PREFECT_API_URL: api}), get_client(sync_client=True) as client:
        chosen = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id]))  # type: ignore[list-item]
        return client.read_flow_runs(flow_run_filter=chosen)[0]


def test_a_run_leaves_a_brief_of_what_it_published(undisturbed: Path) -> None:
    published, brief = undisturbed / "dateline.duckdb", undisturbed / "brief.html"
    assert brief.stat().st_mtime_ns > published.stat().st_mtime_ns
    ((newest,),) = ask(published, "SELECT strftime(max(last_reported_at), '%H:%M UTC') FROM event").rows
    assert str(newest) in brief.read_text("utf-8")


def test_every_entry_ends_as_an_article_or_a_recorded_failure(undisturbed: Path) -> None:
    published = undisturbed / "dateline.duckdb"
    left = ask(published, "SELECT url, status::VARCHAR FROM entry WHERE status NOT IN ('loaded', 'failed', 'skipped')")
    assert left.rows == []
    assert ask(published, "SELECT count(*) FROM entry WHERE status = 'loaded' AND article_id IS NULL").rows == [(0,)]
    unexplained = """
        SELECT url FROM entry WHERE status = 'failed'
        EXCEPT SELECT url FROM failure WHERE reason IS NOT NULL AND detail IS NOT NULL
    """
    assert ask(published, unexplained).rows == []
    assert ask(published, "SELECT count(*) > 5 FROM article").rows == [(True,)]


def test_the_run_is_on_prefects_pages_with_its_name_and_artifacts(undisturbed: Path, prefect_api: str) -> None:
    ((flow_run_id,),) = ask(undisturbed / "dateline.duckdb", "SELECT flow_run_id FROM run").rows
    assert flow_run(prefect_api, str(flow_run_id)).name.startswith("ingest all due feeds at ")
    with temporary_settings({PREFECT_API_URL: prefect_api}), get_client(sync_client=True) as client:
        keys = {artifact.key for artifact in client.read_artifacts()}
    assert {"feeds", "ingest-run"} <= keys


def test_a_second_run_adds_nothing_and_downloads_no_page_again(
    wire: DemoWire, undisturbed: Path, prefect_api: str
) -> None:
    before, asked = content(undisturbed), wire.requests.copy()
    chosen = [word for feed in wire.feeds for word in ("--feed", feed.feed_id)]
    again = dateline("ingest", "--home", str(undisturbed), *chosen, api=prefect_api)
    assert " 0 new entries, 0 pages fetched, 0 articles loaded" in again.stderr
    assert content(undisturbed) == before
    feeds = {feed.url.removeprefix(wire.base_url) for feed in wire.feeds}
    assert {path for path, count in wire.requests.items() if count > asked[path]} <= feeds


@pytest.mark.parametrize(("stage", "steps"), KILLS, ids=[f"{stage}-{steps}" for stage, steps in KILLS])
def test_a_killed_run_is_completed_by_the_next_with_the_same_rows(
    wire: DemoWire, undisturbed: Path, prefect_api: str, tmp_path: Path, stage: str, steps: int
) -> None:
    home = make_home(tmp_path / "home", wire.feeds)
    command = [sys.executable, "-m", "tests.flows.killed_run", str(home), stage, str(steps)]
    killed = subprocess.run(
        command,
        env=environment(prefect_api),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        timeout=180,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    finished = dateline("ingest", "--home", str(home), api=prefect_api)
    assert finished.returncode in (0, 1), finished.stderr
    assert content(home) == content(undisturbed)
    (first, flow_run_id), (second, _) = ask(
        home / "dateline.duckdb", "SELECT status::VARCHAR, flow_run_id FROM run ORDER BY started_at"
    ).rows
    assert (first, second) == ("crashed", "completed")
    state = flow_run(prefect_api, str(flow_run_id)).state
    assert state is not None
    assert state.is_crashed(), "Prefect still believes that the dead run is running"


def test_a_run_finds_another_at_work_and_says_so(wire: DemoWire, prefect_api: str, tmp_path: Path) -> None:
    from warehouse.store import Warehouse

    home = make_home(tmp_path / "home", wire.feeds)
    with Warehouse.open(home / "live" / "warehouse.duckdb", home / "live" / "lock"):
        second = dateline("ingest", "--home", str(home), api=prefect_api)
    assert second.returncode == 1
    assert second.stderr.splitlines()[-1].startswith("dateline: ")
    assert "another run is writing to this home (pid " in second.stderr
    assert "Traceback" not in second.stderr


def test_bad_servers_and_bad_pages_end_as_recorded_failures(prefect_api: str, tmp_path: Path) -> None:
    from pipeline.demo import load_stories

    stories = load_stories()
    pages = [s.path for s in stories if s.kind != "missing" and "meridian-world" in s.feeds][:2]
    with DemoWire(stories, slow_paths={pages[0]: 60}, fail_paths={pages[1]: 503}) as wire:
        gone = Feed(feed_id="nobody", url="http://127.0.0.1:9/feed.xml", allow_private=True)
        world = [feed for feed in wire.feeds if feed.feed_id == "meridian-world"]
        home = make_home(tmp_path / "home", [*world, gone])
        run = dateline("ingest", "--home", str(home), api=prefect_api, DATELINE_READ_SECONDS="2")
    assert run.returncode == 1, run.stderr
    rows = ask(
        home / "dateline.duckdb",
        "SELECT stage::VARCHAR, reason, next_attempt_at > failed_at FROM failure ORDER BY ALL",
    ).rows
    assert ("fetch", "http_503", True) in rows
    assert ("fetch", "timeout", True) in rows
    assert ("poll", "connect", True) in rows
    assert "failed: fetch http_503" in run.stderr
