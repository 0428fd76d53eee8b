"""Scheduled runs and runs by hand, through `dateline serve` and through a work pool: one at a time, and none lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, temporary_settings

from pipeline.demo import DemoWire, load_stories
from pipeline.settings import load_settings
from tests.conftest import script
from tests.flows.home import dateline, environment, make_home
from warehouse.query import ask

pytestmark = pytest.mark.prefect

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 150
FEED = "meridian-world"


@contextmanager
def asking(api: str) -> Iterator[SyncPrefectClient]:
    """A client of the test's server."""
    with temporary_settings({PREFECT_API_URL: api}), get_client(sync_client=True) as client:
        yield client


@contextmanager
def process(command: Sequence[str], api: str, log: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A long-running command in a process group of its own, ended with all its children."""
    with log.open("ab") as out:
        running = subprocess.Popen(
            command, env=environment(api, **more), cwd=ROOT, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield running
    finally:
        kill_all(running, signal.SIGTERM)
        try:
            running.wait(timeout=30)
        except subprocess.TimeoutExpired:
            kill_all(running, signal.SIGKILL)
            running.wait()


def kill_all(running: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """A signal to a process and all that it started."""
    for pid in descendants(running.pid):
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            continue


def descendants(pid: int) -> list[int]:
    """A process, its children, their children …"""
    listing = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listing.splitlines()]
    found = [pid]
    for parent in found:
        found += [child for child, its_parent in pairs if its_parent == parent and child not in found]
    return found


def until(what: str, log: Path, condition: Callable[[], Any]) -> Any:
    """The first true answer; a failure with the log when there is none in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if answer := condition():
            return answer
        time.sleep(0.5)
    return pytest.fail(f"not in {PATIENCE_SECONDS} s: {what}\n{log.read_text()[-3000:]}")


def deployed(api: str, name: str) -> Any:
    """The deployment, None while there is none."""
    with asking(api) as client:
        found = [d for d in client.read_deployments() if d.name == name]
    return found[0] if found else None


def stop_schedules(api: str, deployment: Any) -> None:
    """Only what is triggered runs: the clock may reach the schedule's minute in the middle of a test."""
    with asking(api) as client:
        for schedule in deployment.schedules:
            client.update_deployment_schedule(deployment.id, schedule.id, active=False)


def trigger(api: str, name: str, **parameters: object) -> str:
    """`prefect deployment run`, as a person would; the flow run's id."""
    command = [str(script("prefect")), "deployment", "run", f"ingest/{name}", "--params", json.dumps(parameters)]
    done = subprocess.run(command, env=environment(api), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return next(line.split(":", 1)[1].strip() for line in done.stdout.splitlines() if "UUID" in line)


def state_of(api: str, flow_run_id: str) -> str:
    """PENDING, RUNNING, COMPLETED …"""
    with asking(api) as client:
        run: FlowRun = client.read_flow_run(flow_run_id)  # type: ignore[arg-type]
    return run.state.type.value if run.state else "NONE"


def overlap(home: Path) -> list[tuple[object, ...]]:
    """Pairs of runs that were at work at the same time."""
    return ask(
        home / "dateline.duckdb",
        """
        SELECT a.run_id, b.run_id FROM run AS a JOIN run AS b
        ON a.run_id <> b.run_id AND a.started_at < coalesce(b.ended_at, 'infinity') AND b.started_at < a.ended_at
        WHERE a.status <> 'crashed' AND b.status <> 'crashed'
        """,
    ).rows


@pytest.fixture
def slow_wire() -> Iterator[DemoWire]:
    """A wire of which one page takes a while, so that runs can meet."""
    stories = [s for s in load_stories() if FEED in s.feeds and s.kind != "missing"]
    with DemoWire(stories, slow_paths={stories[0].path: 8}) as wire:
        yield wire


def served(home: Path) -> list[str]:
    return [str(script("dateline")), "serve", "--home", str(home)]


def test_serve_schedules_runs_one_at_a_time_and_survives_being_killed(
    slow_wire: DemoWire, own_api: str, tmp_path: Path
) -> None:
    home = make_home(tmp_path / "home", [feed for feed in slow_wire.feeds if feed.feed_id == FEED])
    log = tmp_path / "log"
    with process(served(home), own_api, log) as serving:
        deployment = until("the deployment is served", log, lambda: deployed(own_api, "scheduled"))
        archives = until("backfills are served", log, lambda: deployed(own_api, "manual"))
        assert archives.schedules == []
        assert [s.schedule.interval for s in deployment.schedules] == [
            timedelta(minutes=load_settings().schedule_minutes)
        ]
        assert deployment.global_concurrency_limit.limit == 1
        assert (deployment.entrypoint, deployment.version) == ("flows.ingest.ingest", version("dateline"))
        stop_schedules(own_api, deployment)
        doomed = trigger(own_api, "scheduled", home=str(home), feeds=[FEED])
        until("it is fetching", log, lambda: slow_wire.requests[next(iter(slow_wire.slow_paths))])
        kill_all(serving, signal.SIGKILL)
    assert state_of(own_api, doomed) == "RUNNING", "Prefect cannot know that it is dead"
    with process(served(home), own_api, log):
        until("the dead run is found", log, lambda: state_of(own_api, doomed) == "CRASHED")
        both = [trigger(own_api, "scheduled", home=str(home), feeds=[FEED]) for _ in range(2)]
        until("both have run", log, lambda: {state_of(own_api, run) for run in both} == {"COMPLETED"})
    statuses = ask(home / "dateline.duckdb", "SELECT status::VARCHAR, count(*) FROM run GROUP BY 1 ORDER BY 1").rows
    assert statuses == [("completed", 2), ("crashed", 1)]
    assert overlap(home) == []
    left = ask(home / "dateline.duckdb", "SELECT count(*) FROM entry WHERE status NOT IN ('loaded', 'failed')").rows
    assert left == [(0,)]


def test_a_work_pool_runs_what_prefect_deploy_deployed(slow_wire: DemoWire, own_api: str, tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", [feed for feed in slow_wire.feeds if feed.feed_id == FEED])
    log = tmp_path / "log"
    prefect = str(script("prefect"))
    path = f"{script('dateline').parent}{os.pathsep}{os.environ['PATH']}"
    for command in (
        [prefect, "work-pool", "create", "dateline", "--type", "process"],
        [prefect, "--no-prompt", "deploy", "--all"],
    ):
        env = environment(own_api, DATELINE_HOME=str(home), DATELINE_SCHEDULE_MINUTES="30", PATH=path)
        done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    deployment = deployed(own_api, "pool")
    assert [s.schedule.rrule.split("\n")[-1] for s in deployment.schedules] == ["FREQ=MINUTELY;INTERVAL=30"]
    assert deployment.parameters == {"home": str(home)}
    stop_schedules(own_api, deployment)
    worker = [prefect, "worker", "start", "--pool", "dateline", "--type", "process"]
    with process(worker, own_api, log, PATH=path) as working:
        doomed = trigger(own_api, "pool", feeds=[FEED])
        until("it is fetching", log, lambda: slow_wire.requests[next(iter(slow_wire.slow_paths))])
        kill_all(working, signal.SIGKILL)
    assert dateline("reap", "--home", str(home), api=own_api).stdout == "1 dead runs found\n"
    with process(worker, own_api, log, PATH=path):
        next_one = trigger(own_api, "pool", feeds=[FEED])
        until("the next one has run", log, lambda: state_of(own_api, next_one) == "COMPLETED")
    assert state_of(own_api, doomed) == "CRASHED"
    statuses = ask(home / "dateline.duckdb", "SELECT status::VARCHAR, count(*) FROM run GROUP BY 1 ORDER BY 1").rows
    assert statuses == [("completed", 1), ("crashed", 1)]
