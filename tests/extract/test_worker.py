"""Workers: one item's trouble is that item's alone, and no process outlives its purpose."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.extract.child import step_limit
from pipeline.extract.worker import Crash, Workers, WorkersError
from tests.extract import jobs

ROOT = Path(__file__).parents[2]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def until(condition: Callable[[], bool], seconds: float = 8.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def test_each_item_gets_its_result_once() -> None:
    with Workers(jobs.double, count=2, seconds=20) as workers:
        assert sorted(workers.map(range(100))) == [(n, 2 * n) for n in range(100)]
        assert list(workers.map([])) == []


def test_results_come_as_they_are_done() -> None:
    with Workers(jobs.obey, count=2, seconds=1.0) as workers:
        assert [index for index, _ in workers.map(["sleep", "a", "b", "c"])] == [1, 2, 3, 0]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("sleep", Crash("timeout", "no result after 0.5 s")),
        ("hold the lock", Crash("timeout", "no result after 0.5 s")),
        ("exit", Crash("crashed", "worker exited with status 3")),
        ("segfault", Crash("crashed", "worker died with signal 11")),
        ("raise", Crash("error", "TypeError: no such thing")),
    ],
)
def test_trouble_costs_one_item(order: str, expected: Crash) -> None:
    with Workers(jobs.obey, count=1, seconds=0.5) as workers:
        assert list(workers.map(["a", order, "b"])) == [(0, "a"), (1, expected), (2, "b")]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its size")
@pytest.mark.parametrize(
    ("order", "detail"),
    [
        ("fill memory at once", "MemoryError"),
        ("fill memory bit by bit", "MemoryError"),
        ("fill memory with objects", "MemoryError"),
        ("fill memory in numpy", "Unable to allocate 4.00 GiB"),
        ("fill memory in lxml", "XMLSyntaxError"),
        ("raise from a lack of memory", "ValueError: the page cannot be read"),
    ],
)
def test_an_item_that_fills_memory_costs_one_item_and_its_process(order: str, detail: str) -> None:
    with Workers(jobs.obey_and_sign, count=1, seconds=20, memory_bytes=256 << 20) as workers:
        before, crash, after = (result for _, result in workers.map(["a", order, "b"]))
    assert isinstance(crash, Crash)
    assert crash.reason == "memory"
    assert detail in crash.detail
    assert not isinstance(before, Crash)
    assert not isinstance(after, Crash)
    assert (before[0], after[0]) == ("a", "b")
    assert before[1] != after[1]


def test_each_item_may_take_its_share_of_memory_anew() -> None:
    with Workers(jobs.keep, count=1, seconds=20, memory_bytes=150 << 20) as workers:
        assert list(workers.map([100 << 20] * 4)) == [(n, (n + 1) * 100 << 20) for n in range(4)]


def test_without_a_limit_memory_is_not_limited() -> None:
    with Workers(jobs.limit_of_data, count=1, seconds=20) as workers:
        assert list(workers.map([0])) == [(0, resource.getrlimit(resource.RLIMIT_DATA))]


def test_what_cannot_be_pickled_is_an_error_of_its_item() -> None:
    with Workers(jobs.obey, count=1, seconds=20) as workers:
        results = dict(workers.map(["lambda", "a", threading.Lock()]))  # type: ignore[list-item]
    assert results[1] == "a"
    assert isinstance(results[0], Crash)
    assert "the result cannot be sent" in results[0].detail
    assert isinstance(results[2], Crash)
    assert "the item cannot be sent" in results[2].detail


def test_warm_up_runs_once_and_is_not_timed() -> None:
    with Workers(jobs.warmth, count=1, seconds=0.5, warm_up=jobs.warm_up) as workers:
        assert list(workers.map([0, 0])) == [(0, [37]), (1, [37])]


def test_a_warm_up_that_fails_is_told() -> None:
    with (
        Workers(jobs.double, count=1, seconds=20, warm_up=jobs.cold) as workers,
        pytest.raises(WorkersError, match="FileNotFoundError: no model"),
    ):
        list(workers.map([1]))


def test_a_function_of_main_is_refused() -> None:
    function: Callable[[int], int] = lambda number: number  # noqa: E731
    function.__module__ = "__main__"
    with pytest.raises(ValueError, match="__main__"):
        Workers(function, count=1, seconds=1)


def test_interrupts_are_the_parents_business() -> None:
    with Workers(jobs.obey, count=1, seconds=20) as workers:
        assert list(workers.map(["interrupt"])) == [(0, "interrupt")]


def test_two_threads_share_the_processes() -> None:
    results: dict[int, list[tuple[int, int | Crash]]] = {}
    with Workers(jobs.double, count=2, seconds=20) as workers:

        def run(base: int) -> None:
            results[base] = sorted(workers.map(range(base, base + 50)), key=lambda pair: pair[0])

        threads = [threading.Thread(target=run, args=(base,)) for base in (0, 1000)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert results == {base: [(n, 2 * (base + n)) for n in range(50)] for base in (0, 1000)}


def test_an_abandoned_map_leaves_the_workers_usable() -> None:
    with Workers(jobs.double, count=1, seconds=20) as workers:
        results = workers.map(range(100))
        next(results)
        del results
        assert list(workers.map([7])) == [(0, 14)]


def test_a_process_is_replaced_after_many_items() -> None:
    with Workers(jobs.pid_of, count=1, seconds=20) as workers:
        pids = [pid for _, pid in workers.map(range(501))]
    assert len(set(pids[:500])) == 1
    assert pids[500] != pids[0]


def test_close_ends_the_processes_and_a_running_map() -> None:
    workers: Workers[str, str] = Workers(jobs.obey, count=2, seconds=600)
    told: list[str] = []

    def run() -> None:
        try:
            list(workers.map(["sleep"] * 5))
        except WorkersError as error:
            told.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    assert until(lambda: len(workers._processes) == 2)
    pids = [process._popen.pid for process in workers._processes]
    workers.close()
    workers.close()
    thread.join(10)
    assert told == ["the workers are closed"]
    assert not any(map(alive, pids))
    with pytest.raises(WorkersError, match="closed"):
        list(workers.map(["a"]))


@pytest.mark.parametrize("order", ["sleep", "hold the lock"])
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_parent_leaves_no_process(order: str) -> None:
    command = [sys.executable, "-m", "tests.extract.orphanage", order]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(map(alive, pids))
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
        assert until(lambda: not any(map(alive, pids)))


def test_standard_output_stays_the_parents() -> None:
    code = (
        "from pipeline.extract.worker import Workers\nfrom tests.extract import jobs\n"
        "with Workers(jobs.obey, count=1, seconds=20) as w: print(list(w.map(['print'])))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[(0, 'print')]\n"
    assert done.stderr == "noise on standard output\n"  # and no warning of a resource left open


@pytest.mark.parametrize("order", ["sleep", "hold the lock"])
def test_a_step_has_a_limit_of_its_own(order: str) -> None:
    with Workers(jobs.obey_in_steps, count=1, seconds=20) as workers:
        began = time.monotonic()
        results = dict(workers.map([order, "quick"]))
    assert results == {0: Crash("timeout", "a step of the work ran past its own limit"), 1: "quick"}
    assert time.monotonic() - began < 8


def test_outside_a_worker_a_step_has_no_limit() -> None:
    with step_limit(0.05):
        time.sleep(0.2)
