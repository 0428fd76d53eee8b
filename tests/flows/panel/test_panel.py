"""What a real Prefect server shows of runs, and that an automation of the README fires at an alert."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from prefect import flow
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.panel import progress
from flows.panel.artifacts import report, report_failure
from flows.progress import current
from flows.status.at_work import at_work, progress_path
from pipeline.records import Feed
from pipeline.settings import Settings, load_settings
from tests.conftest import free_port
from tests.flows.home import dateline, environment, make_home
from tests.flows.small_home import small_home
from warehouse.runs import Run
from warehouse.status import read_numbers
from warehouse.store import Warehouse

pytestmark = pytest.mark.prefect

README = Path(__file__).parents[3] / "README.md"
PATIENCE_SECONDS = 90


@pytest.fixture(params=["", "ducklake:sqlite:{}/catalog.sqlite"], ids=["file", "lake"])
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    return small_home(tmp_path / "home", request.param.format(tmp_path))


@pytest.fixture
def api(prefect_api: str) -> Iterator[str]:
    with temporary_settings({PREFECT_API_URL: prefect_api}):
        yield prefect_api


@pytest.fixture
def no_automations(api: str) -> Iterator[None]:
    """None is left on the session's server."""
    yield
    for one in httpx.post(f"{api}/automations/filter", json={}).raise_for_status().json():
        httpx.delete(f"{api}/automations/{one['id']}").raise_for_status()


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A chat's address on loopback, and what was said there."""
    said: list[dict[str, str]] = []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Chat)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", said
    server.shutdown()
    server.server_close()


def until(what: str, condition: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.3)
    return pytest.fail(f"not in {PATIENCE_SECONDS} s: {what}")


def artifacts(api: str, flow_run_id: str) -> dict[str, Any]:
    told = {"artifacts": {"flow_run_id": {"any_": [flow_run_id]}}}
    answer = httpx.post(f"{api}/artifacts/filter", json=told).raise_for_status().json()
    return {artifact["key"]: artifact for artifact in answer}


def events(api: str, flow_run_id: str) -> list[str]:
    resource = {"id": [f"prefect.flow-run.{flow_run_id}"]}
    chosen = {"filter": {"event": {"prefix": ["dateline."]}, "related": resource}}
    found = httpx.post(f"{api}/events/filter", json=chosen).raise_for_status().json()["events"]
    return sorted(event["event"] for event in found)


def in_a_flow(work: Callable[[], None]) -> str:
    """Do it in a flow run; its id."""

    @flow(name="panel-test")
    def panel() -> str:
        from prefect import runtime

        work()
        return str(runtime.flow_run.id)

    return panel()


def last_run(settings: Settings) -> Run:
    from datetime import UTC, datetime

    return read_numbers(settings.published, datetime.now(UTC)).runs[0]


def test_a_run_leaves_its_artifacts(settings: Settings, api: str) -> None:
    settings.brief.write_text("<title>brief</title>")
    began = time.monotonic()
    flow_run_id = in_a_flow(lambda: report(settings, last_run(settings)))
    assert time.monotonic() - began < 60
    left = artifacts(api, flow_run_id)
    assert {key: one["type"] for key, one in left.items()} == {
        "brief": "markdown", "ingest-run": "markdown", "alerts": "markdown", "feeds": "table", "failures": "table",
    }  # fmt: skip
    assert settings.brief.as_uri() in left["brief"]["data"]
    assert left["alerts"]["data"] == "All is well."
    assert "wire" in left["feeds"]["data"]


def test_no_run_fails_for_an_artifact(settings: Settings) -> None:
    run = last_run(settings)
    with temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{free_port()}/api"}):
        report(settings, run)
        report_failure(settings, "r", "ingest", OSError("full"))
    assert not settings.lock.with_name("alerts.json").exists()


def test_progress_is_shown_while_a_run_goes_on(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LEAST_SECONDS", 0.2)

    def work() -> None:
        with progress.showing("ingest"):
            current().stage("poll", 4)
            current().advance("poll", 4)
            current().stage("fetch", 10)
            current().advance("fetch", 5)
            time.sleep(2)
            current().advance("fetch", 5)

    shown = artifacts(api, in_a_flow(work))["progress"]
    assert (shown["type"], shown["data"]) == ("progress", 35.0)
    assert shown["description"] == "poll feeds 4 of 4, fetch pages 10 of 10"


def test_a_failed_run_is_told_each_time_and_its_alert_once(settings: Settings, api: str) -> None:
    from flows.progress_file import telling

    def fail() -> None:
        with pytest.raises(OSError, match="full"), telling(settings, "r", "ingest"):
            raise OSError("full")
        assert at_work(progress_path(settings))
        report_failure(settings, "r", "ingest", OSError("full"))

    first, second = in_a_flow(fail), in_a_flow(fail)
    progress_path(settings).unlink()
    third = in_a_flow(lambda: report(settings, last_run(settings)))
    until("all events are there", lambda: events(api, third))
    assert events(api, first) == ["dateline.alert.failed-run", "dateline.run.failed"]
    assert events(api, second) == ["dateline.run.failed"]
    assert events(api, third) == ["dateline.alert.failed-run.resolved"]


def test_the_automation_of_the_readme_tells_a_chat_what_is_alarming(
    prefect_api: str, no_automations: None, tmp_path: Path, hook: tuple[str, list[dict[str, str]]]
) -> None:
    url, said = hook
    found = re.search(r"<!-- automation -->\n+(.*?)<!-- /automation -->", README.read_text("utf-8"), re.DOTALL)
    assert found
    code = "\n".join(line.removeprefix("    ") for line in found[1].splitlines())
    assert "https://chat.example/hook" in code
    code = code.replace("https://chat.example/hook", url)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment(prefect_api), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    home = make_home(
        tmp_path / "home", [Feed(feed_id="wire", url=f"http://127.0.0.1:{free_port()}/rss", allow_private=True)]
    )
    settings = load_settings(home=home)
    assert dateline("ingest", "--home", str(home), api=prefect_api).returncode == 1
    assert not settings.lock.with_name("alerts.json").exists(), "one failure is nothing"
    with Warehouse.open(settings.live, settings.lock) as warehouse, warehouse.transaction() as cursor:
        cursor.execute("UPDATE feed SET failing_since = failing_since - INTERVAL 2 DAY")
    assert dateline("ingest", "--home", str(home), "--feed", "wire", api=prefect_api).returncode == 1
    until("the alert is told", lambda: [one for one in said if "feed failing: wire" in one["text"]])
    assert dateline("feeds", "pause", "wire", "--home", str(home)).returncode == 0
    assert dateline("ingest", "--home", str(home), api=prefect_api).returncode == 0
    until("its end is told", lambda: [one for one in said if "over: feed failing: wire" in one["text"]])
    assert sum("look: feed failing: wire" in one["text"] for one in said) == 1
