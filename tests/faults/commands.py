"""The real `dateline ingest`, killed: with Prefect, worker processes and the model's load."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.conftest import START_SECONDS, free_port, script
from tests.faults.campaign import Campaign
from tests.faults.running import KNOBS
from tests.flows.home import environment

COMMAND = [sys.executable, "-c", "from flows.cli import main; main()", "ingest", "--home"]


def kill_commands(campaign: Campaign, times: int) -> None:
    """So many times: a command killed at a random instant after its start, then one to its end, then the comparison."""
    with prefect_server(campaign.folder / "prefect.log") as api:
        home = campaign.new_home("command-0")
        started = time.monotonic()
        ingest(home, api)
        seconds = time.monotonic() - started
        for number in range(1, times + 1):
            kill_command(campaign, campaign.new_home(f"command-{number}"), api, campaign.dice.uniform(0, seconds))


def kill_command(campaign: Campaign, home: Path, api: str, after: float) -> None:
    """One of them."""
    with subprocess.Popen([*COMMAND, str(home)], env=environment(api, **KNOBS), stderr=subprocess.DEVNULL) as process:
        time.sleep(after)
        process.kill()
    struck = process.returncode == -signal.SIGKILL
    campaign.kills += struck
    campaign.did["kill command"] += 1
    status = ingest(home, api)
    found = campaign.judge(home) if status in (0, 1) else [f"the next command ended with {status}"]
    if found:
        campaign.problems.append("\n    ".join([f"{home.name}: command killed after {after:.1f} s", *found]))
    shutil.rmtree(home)


def ingest(home: Path, api: str) -> int:
    """A command to its end."""
    done = subprocess.run([*COMMAND, str(home)], env=environment(api, **KNOBS), stderr=subprocess.DEVNULL, check=False)
    return done.returncode


@contextmanager
def prefect_server(log: Path) -> Iterator[str]:
    """The API address of a Prefect server on loopback."""
    port = free_port()
    os.environ["PREFECT_HOME"] = str(log.with_suffix(""))
    command = [str(script("prefect")), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as server:
        try:
            end = time.monotonic() + START_SECONDS
            while time.monotonic() < end and server.poll() is None and not answers(port):
                time.sleep(0.5)
            yield f"http://127.0.0.1:{port}/api"
        finally:
            server.terminate()


def answers(port: int) -> bool:
    """Whether the server is up."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/api/health", timeout=5).is_success
    except httpx.TransportError:
        return False
