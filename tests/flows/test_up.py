"""`dateline up`: one command, a whole machine; nothing of it is left when it ends, and all is there when it is back."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.up.claim import check_port
from flows.up.command import next_run_at
from pipeline.demo import DemoWire, load_stories
from pipeline.errors import ConfigError
from tests.conftest import free_port, script
from tests.flows.home import dateline, environment, make_home
from tests.flows.test_deployments import descendants
from warehouse.query import ask

FEED = "meridian-world"
PATIENCE_SECONDS, STOP_SECONDS = 500, 200  # of machines that are busy; alone it is a minute and five seconds
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes_ago", "in_minutes"),
    [(None, 0), (15, 0), (600, 0), (14, 1), (0, 15), (-500, 15)],
    ids=["never", "just due", "long ago", "not yet", "now", "the clock was set back"],
)
def test_the_first_run_is_at_once_or_when_the_schedule_goes_on(minutes_ago: int | None, in_minutes: int) -> None:
    last = None if minutes_ago is None else NOW - timedelta(minutes=minutes_ago)
    assert next_run_at(last, NOW, 15) == NOW + timedelta(minutes=in_minutes)


def test_a_port_that_another_program_has_is_told_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"--port {port}: cannot listen on 127.0.0.1: Address already in use"):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", free_port())


def test_a_host_that_is_none_is_told() -> None:
    with pytest.raises(ConfigError, match="give another port or host"):
        check_port("192.0.2.1", free_port())


class Up:
    """A `dateline up` that runs."""

    def __init__(self, process: subprocess.Popen[bytes], home: Path, port: int, said: Path) -> None:
        self.process, self.home, self.port, self._said = process, home, port, said

    @property
    def said(self) -> str:
        """What it printed."""
        return self._said.read_text("utf-8")

    def until(self, what: str, condition: Callable[[], Any]) -> Any:
        """The first true answer; a failure with all that was said when there is none in time."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if answer := condition():
                return answer
            time.sleep(0.5)
        logs = "\n".join(f"{log}:\n{log.read_text()[-3000:]}" for log in (self.home / "logs").glob("*.log"))
        return pytest.fail(f"not in {PATIENCE_SECONDS} s: {what}\n{self.said}\n{logs}")

    def ask(self, path: str, **body: object) -> Any:
        """An answer of its Prefect server; None while that is not there."""
        try:
            answer = httpx.post(f"http://127.0.0.1:{self.port}/api/{path}", json=body, timeout=30)
        except httpx.TransportError:
            return None
        return answer.raise_for_status().json()

    def runs(self, *states: str) -> dict[str, Any]:
        """Flow runs that are in these states, by id."""
        found = self.ask("flow_runs/filter", flow_runs={"state": {"type": {"any_": list(states)}}})
        return {run["id"]: run for run in found or []}

    def scheduled(self) -> set[str]:
        """Ids of the runs to come; each time that a deployment is served, it gets new ones."""
        return set(self.runs("SCHEDULED"))

    def end(self, how: signal.Signals) -> int:
        """Send a signal; its exit status. Fails when any process that it started is left half a minute later."""
        family = descendants(self.process.pid)
        os.kill(self.process.pid, how)
        status = self.process.wait(timeout=STOP_SECONDS)
        self.until("all its processes are gone", lambda: not [pid for pid in family[1:] if is_there(pid)])
        return status

    def power_off(self) -> None:
        """None of it lives on: where only the first is killed, its runs may still take back their schedules."""
        server = next(pid for pid in descendants(self.process.pid) if "server" in command_of(pid))
        for pid in (server, *descendants(self.process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(timeout=STOP_SECONDS)


def is_there(pid: int) -> bool:
    """Whether a process lives; one that is dead and that nobody waits for does not."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(told.strip()) and not told.startswith("Z")


@contextmanager
def up(home: Path, said: Path, api: str | None = None) -> Iterator[Up]:
    """`dateline up` on a port of its own, ended at the end."""
    port = free_port()
    # once a day: no run of the schedule comes while the test looks, however slow the machine
    env = environment(api, DATELINE_SCHEDULE_MINUTES="1440")
    command = [str(script("dateline")), "up", "--home", str(home), "--port", str(port)]
    with said.open("wb") as out:
        process = subprocess.Popen(command, env=env, stdout=out, stderr=out, cwd=said.parent)
    try:
        yield Up(process, home, port, said)
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def wire() -> Iterator[DemoWire]:
    """A small wire."""
    with DemoWire([story for story in load_stories() if FEED in story.feeds]) as wire:
        yield wire


@pytest.mark.prefect
def test_up_starts_all_stops_all_and_survives_what_befalls_it(wire: DemoWire, tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", [feed for feed in wire.feeds if feed.feed_id == FEED])
    with up(home, tmp_path / "first.txt") as first:
        first.until("the first run has ended", lambda: re.search(r"ingest completed in .* articles loaded", first.said))
        assert "the first one now" in first.said
        loaded = ask(home / "dateline.duckdb", "SELECT count(*) FROM article").rows[0][0]
        assert isinstance(loaded, int)
        assert loaded > 3
        assert "<title>Prefect" in httpx.get(f"http://127.0.0.1:{first.port}/", follow_redirects=True).text
        assert {d["name"] for d in first.ask("deployments/filter")} == {"scheduled", "manual"}
        server = httpx.get(f"http://127.0.0.1:{first.port}/api/admin/settings").json()["server"]
        assert server["analytics_enabled"] is False
        known = first.until("Prefect knows that it has ended", lambda: first.runs("COMPLETED"))
        assert len(known) == 1
        assert listeners(first.port) <= {"127.0.0.1"}
        again = dateline("up", "--home", str(home), "--port", str(free_port()))
        assert again.returncode == 1
        assert f"already runs in this home (pid {first.process.pid} on" in again.stderr
        other = dateline("up", "--home", str(make_home(tmp_path / "other", wire.feeds)), "--port", str(first.port))
        assert other.returncode == 2
        assert f"use it with PREFECT_API_URL=http://127.0.0.1:{first.port}/api" in other.stderr
        left = first.scheduled()
        assert first.end(signal.SIGINT) == 0
        assert first.said.endswith("stopped\n")
    with up(home, tmp_path / "second.txt") as second:
        second.until("it serves", lambda: second.scheduled() - left)
        assert set(second.runs("COMPLETED")) == set(known)
        assert re.search(r"the next at \d\d:\d\d UTC", second.said)
        left |= second.scheduled()
        assert second.end(signal.SIGKILL) == -signal.SIGKILL
    with up(home, tmp_path / "cut.txt") as cut:
        cut.until("it serves", lambda: cut.scheduled() - left)
        cut.power_off()
    missed = let_days_pass(home)
    assert missed
    with up(home, tmp_path / "third.txt") as third:
        third.until("it serves", lambda: missed.isdisjoint(third.scheduled()) and third.scheduled())
        assert set(third.runs("COMPLETED", "RUNNING", "PENDING")) == set(known), "what was missed is not made up for"
        server = next(pid for pid in descendants(third.process.pid) if "server" in command_of(pid))
        os.kill(server, signal.SIGKILL)
        assert third.process.wait(timeout=STOP_SECONDS) == 1
        assert "the process of the server ended (status -9)" in third.said
        assert third.ask("flow_runs/filter") is None
    assert ask(home / "dateline.duckdb", "SELECT count(*) FROM article").rows == [(loaded,)]


def let_days_pass(home: Path) -> set[str]:
    """As if the machine had been off: what was scheduled is missed by days; the ids of those runs."""
    with closing(sqlite3.connect(home / "prefect" / "prefect.db")) as database, database:
        rows = database.execute(
            """UPDATE flow_run SET next_scheduled_start_time = datetime(next_scheduled_start_time, '-9 days'),
            expected_start_time = datetime(expected_start_time, '-9 days')
            WHERE state_type = 'SCHEDULED' RETURNING id"""
        ).fetchall()
    return {str(row[0]) for row in rows}


def command_of(pid: int) -> str:
    """The command line of a process."""
    return subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout


def listeners(port: int) -> set[str]:
    """Addresses of this machine that answer at a port, of all that it has."""
    names = {socket.gethostbyname(socket.gethostname()), "127.0.0.1"}
    return {name for name in names if not socket.socket().connect_ex((name, port))}


@pytest.mark.prefect
def test_a_server_of_the_operators_is_used_and_none_started(prefect_api: str, wire: DemoWire, tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", [feed for feed in wire.feeds if feed.feed_id == FEED])
    unreachable = f"http://127.0.0.1:{free_port()}/api"
    refused = dateline("up", "--home", str(home), api=unreachable)
    assert refused.returncode == 1
    assert f"PREFECT_API_URL={unreachable}/: no Prefect server answers" in refused.stderr
    with up(home, tmp_path / "said.txt", api=prefect_api) as running:
        running.until("the first run has ended", lambda: "ingest completed in" in running.said)
        assert f"server  {prefect_api.removesuffix('/api')} " in running.said
        assert running.ask("flow_runs/filter") is None, "no server of ours"
        assert running.end(signal.SIGTERM) == 0
    assert not (home / "prefect" / "prefect.db").exists()
