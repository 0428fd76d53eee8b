"""What a run tells of itself while it is at work, and what it leaves when it ends badly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from flows.progress import Silent, current, listen
from flows.progress_file import telling
from flows.reap import reap
from flows.status.at_work import at_work, progress_path
from pipeline.settings import Settings
from tests.flows.status.asked import ROOT, status
from warehouse.store import Warehouse


def test_a_run_tells_how_far_it_is_while_it_has_the_warehouse(settings: Settings) -> None:
    with Warehouse.open(settings.live, settings.lock), telling(settings, "r", "ingest"):
        current().stage("fetch", 40)
        current().stage("read", None)
        work = at_work(progress_path(settings))
        assert work
        assert [(stage.stage, stage.total) for stage in work.stages] == [("fetch", 40), ("read", None)]
        command = [sys.executable, "-c", "from flows.cli import main; main()", "status", "--home", str(settings.home)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"process {os.getpid()} on " in done.stdout
    assert "fetch pages      0 of 40" in done.stdout
    assert not progress_path(settings).exists(), "it is over"
    assert "no run is at work" in status(settings)[1]


def test_steps_are_written_at_most_once_a_second_and_passed_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Counting(Silent):
        steps = 0

        def advance(self, name: str, steps: int = 1) -> None:
            self.steps += steps

    seconds = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: seconds)
    counting = Counting()
    listen(counting)
    try:
        with telling(settings, "r", "ingest"):
            current().stage("fetch", 40)
            for _ in range(7):
                current().advance("fetch")
            before = at_work(progress_path(settings))
            seconds = 101.0
            current().advance("fetch", 2)
            after = at_work(progress_path(settings))
        assert current() is counting
    finally:
        listen(Silent())
    assert before is not None
    assert after is not None
    assert (before.stages[0].done, after.stages[0].done, counting.steps) == (0, 9, 9)


def test_the_last_steps_are_written_though_they_came_soon_after_others(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = progress_path(settings)
    with telling(settings, "r", "ingest"):
        monkeypatch.setattr("flows.progress_file.LEAST_SECONDS", 0.2)
        current().stage("fetch", 40)
        current().advance("fetch", 40)
        wait_for_timers()
        work = at_work(path)
        assert work
        assert work.stages[0].done == 40
        current().advance("fetch")
    wait_for_timers()
    assert not path.exists(), "nothing is written any more once it is over"


def wait_for_timers() -> None:
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join()


def test_a_run_that_failed_leaves_why_until_the_next_one_and_the_third_is_broken(settings: Settings) -> None:
    for grade in (1, 1, 2):
        with pytest.raises(OSError, match="full"), telling(settings, "r", "ingest"):
            raise OSError("full of https://me:secret@wire.example/")
        code, told = status(settings)
        assert code == grade
        assert "failed run: ingest of " in told
        assert "OSError: full of" in told
        assert "secret" not in told
    with telling(settings, "r", "ingest"):
        assert status(settings)[0] == 0
    assert status(settings)[0] == 0


def test_a_dry_rebuild_that_failed_leaves_nothing(settings: Settings) -> None:
    with pytest.raises(OSError, match="full"), telling(settings, "r", "rebuild tag (dry)", is_booked=False):
        raise OSError("full")
    assert not progress_path(settings).exists()


def test_a_dry_rebuild_leaves_what_the_failed_run_before_it_told(settings: Settings) -> None:
    with pytest.raises(OSError, match="full"), telling(settings, "r", "ingest"):
        raise OSError("full")
    with telling(settings, "s", "rebuild tag (dry)", is_booked=False):
        assert "rebuild tag (dry)" in status(settings)[1]
    assert "failed run: ingest of " in status(settings)[1]


def test_a_run_that_was_killed_is_known_as_dead(settings: Settings) -> None:
    code = f"""
import os, signal
from flows.progress import current
from flows.progress_file import telling
from pipeline.settings import load_settings
with telling(load_settings(home={str(settings.home)!r}), "r", "backfill"):
    current().stage("read", 5)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    code_of, told = status(settings)
    assert code_of == 1
    assert "killed run: backfill of " in told
    assert "no run is at work" in told
    reap(settings)
    assert status(settings)[0] == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"stages": [1]}', "\x00"])
def test_a_progress_file_of_somebody_else_is_no_run(settings: Settings, text: str) -> None:
    progress_path(settings).write_text(text)
    assert at_work(progress_path(settings)) is None
    assert status(settings)[0] == 0
