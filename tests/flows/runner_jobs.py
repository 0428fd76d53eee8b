"""What the runners' tests run: at the top of a module, so that workers elsewhere find it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Job:
    """A number to be squared, and what is to go wrong with it."""

    number: int
    dies_at: Path | None = None  # its process ends, unless the file is there already
    hangs: bool = False
    raises: str | None = None


def work(job: Job) -> int:
    """The square of the job's number."""
    if job.hangs:
        time.sleep(600)
    if job.raises:
        raise ValueError(job.raises)
    if job.dies_at and not job.dies_at.exists():
        job.dies_at.touch()
        os._exit(1)
    return job.number**2


def no_start() -> None:
    """A warm-up that fails."""
    raise FileNotFoundError("the model is gone")
