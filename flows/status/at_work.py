"""What a run is doing, as others may read it: `live/progress.json` in the home, while the writer's copy is locked."""

from __future__ import annotations

import json
import socket
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.holding import is_alive, process_start
from pipeline.settings import Settings

FILE = "progress.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageAtWork:
    """A stage that has begun."""

    stage: str
    total: int | None  # steps; None: nobody knows before
    done: int
    began_at: datetime
    moved_at: datetime  # when it last did a step
    first_at: datetime | None = None  # when it did its first ones: before that a model may be loaded
    first_done: int = 0  # how many those were

    @property
    def is_over(self) -> bool:
        """Whether all its steps are done."""
        return self.total is not None and self.done >= self.total

    def per_second(self, now: datetime) -> float | None:
        """Steps a second since the first ones, up to now: a stage that stands still slows down. None: not known yet."""
        seconds = (now - self.first_at).total_seconds() if self.first_at else 0.0
        steps = self.done - self.first_done
        return steps / seconds if steps and seconds > 0 else None

    def left_seconds(self, now: datetime) -> float | None:
        """How long it will take yet at that rate; None while that cannot be told."""
        rate = self.per_second(now)
        return max(0, self.total - self.done) / rate if rate and self.total is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtWork:
    """A run as it last told. With `error` it ended so; readers learn of that with the next copy, the next run's."""

    run_id: str
    flow: str
    pid: int
    host: str
    process_start: int | None
    began_at: datetime
    told_at: datetime
    stages: tuple[StageAtWork, ...] = ()
    error: str | None = None
    ended_badly_before: int = 0  # runs in a row that failed or were killed before this one

    @property
    def is_alive(self) -> bool | None:
        """Whether its process works; None for one of another machine."""
        if self.error is not None:
            return False
        alive = is_alive(f"pid {self.pid} on {self.host}")
        if alive and self.host == socket.gethostname() and self.process_start is not None:
            return process_start(self.pid) == self.process_start
        return alive

    def text(self) -> str:
        """As it is written down."""
        return json.dumps(asdict(self), default=datetime.isoformat) + "\n"


def moved_on(stage: StageAtWork, steps: int, now: datetime) -> StageAtWork:
    """The stage after so many steps more."""
    done = stage.done + steps
    if stage.first_at is None:
        return replace(stage, done=done, moved_at=now, first_at=now, first_done=done)
    return replace(stage, done=done, moved_at=now)


def progress_path(settings: Settings) -> Path:
    """Where a run of the home tells what it does."""
    return settings.lock.with_name(FILE)


def at_work(path: Path) -> AtWork | None:
    """What the file tells; None where there is none, or it is not one of ours."""
    try:
        return _work_of(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def forget_killed(path: Path) -> None:
    """Remove what a run that was killed left, once that is in the book. To be called under the lock."""
    work = at_work(path)
    if work and work.error is None and work.is_alive is False:
        path.unlink(missing_ok=True)


def _work_of(told: dict[str, Any]) -> AtWork:
    stages = tuple(StageAtWork(**_timed(stage, "began_at", "moved_at", "first_at")) for stage in told["stages"])
    return AtWork(**{**_timed(told, "began_at", "told_at"), "stages": stages})


def _timed(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return {**told, **{name: datetime.fromisoformat(told[name]) for name in names if told[name] is not None}}
