"""What all tests share: no telemetry, a Prefect home of their own, one Prefect server for those that need it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import settings

from flows.quiet import hush

# In CI each run tries the same examples: a change is judged by what it changes. At home they differ from run to run.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("home", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "home")

START_SECONDS = 240  # a Prefect server takes 30 s on two slow cores, more when they are busy


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of our own."""
    parser.addoption("--every-storage", action="store_true", help="run every warehouse test on the lake too (minutes)")


@pytest.fixture(scope="session", autouse=True)
def _prefect_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing of the developer's own Prefect is read or written."""
    os.environ["PREFECT_HOME"] = str(tmp_path_factory.mktemp("prefect"))
    os.environ.pop("DATELINE_HOME", None)
    hush()


@pytest.fixture(scope="session")
def place_file() -> Path:
    """The gazetteer, built where it is not there yet."""
    from pipeline.settings import load_settings
    from pipeline.tag.places.build import build, is_current  # spaCy takes seconds that not every test needs

    path = load_settings().gazetteer
    if not is_current(path):
        build(path)
    return path


@pytest.fixture(scope="session")
def prefect_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API address of a real Prefect server on loopback, started once a session."""
    port = free_port()
    log = tmp_path_factory.mktemp("server") / "log"
    command = [str(script("prefect")), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/api/health", server, log)
            yield f"http://127.0.0.1:{port}/api"
        finally:
            server.terminate()


@pytest.fixture
def own_api(prefect_api: str) -> str:
    """The same without what other tests deployed there."""
    for deployment in httpx.post(f"{prefect_api}/deployments/filter", json={}).raise_for_status().json():
        httpx.delete(f"{prefect_api}/deployments/{deployment['id']}").raise_for_status()
    return prefect_api


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server answers; fail with its log when it dies or is too slow."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(url, timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    pytest.fail(f"no Prefect server: {log.read_text()[-2000:]}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def script(name: str) -> Path:
    """A command installed beside this Python."""
    return Path(sys.executable).parent / name


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first: what needs the Prefect server comes last."""
    items.sort(key=lambda item: item.get_closest_marker("prefect") is not None)
