"""What a runner promises, whichever it is: each item's result or how it crashed, and what is wrong said at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flows.runners import NAMES, PACKAGES, Name, Setup, open_runner
from pipeline.errors import ConfigError
from pipeline.extract import Crash, WorkersError
from tests.conftest import free_port
from tests.flows.runner_jobs import Job, no_start, work


def setup(**more: Any) -> Setup[Job, int]:
    return Setup(**{"function": work, "warm_up": None, "seconds": 20.0, "memory_bytes": None, **more})


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> Name:
    """Each runner whose extra is installed."""
    if extra := PACKAGES.get(request.param):
        pytest.importorskip(extra, reason=f"the extra {request.param} is not installed")
    return request.param  # type: ignore[no-any-return]


def test_each_item_gives_its_result_or_how_it_crashed(name: Name, tmp_path: Path) -> None:
    jobs = [Job(1), Job(2, dies_at=tmp_path / "once"), Job(3), Job(4, hangs=True), Job(5, raises="no such page")]
    with open_runner(name, setup(seconds=5.0), 2) as runner:
        told = dict(runner.map(jobs))
        assert (told[0], told[2]) == (1, 9)
        crashes = [told[1], told[3], told[4]]
        assert [crash.reason for crash in crashes if isinstance(crash, Crash)] == ["crashed", "timeout", "error"]
        assert "no such page" in told[4].detail
        assert list(runner.map([jobs[1]])) == [(0, 4)]


def test_work_that_cannot_start_is_an_error_of_the_run(name: Name) -> None:
    with (
        open_runner(name, setup(warm_up=no_start), 1) as runner,
        pytest.raises(WorkersError, match="the model is gone"),
    ):
        list(runner.map([Job(1)]))


@pytest.mark.parametrize("name", NAMES, indirect=True)
def test_an_address_that_is_of_no_use_is_told_before_anything_is_read(
    name: Name, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.runners.on_dask.REACH_SECONDS", 1) if name == "dask" else None
    with pytest.raises(ConfigError, match="--address"):
        open_runner(name, setup(), 1, f"127.0.0.1:{free_port()}")
