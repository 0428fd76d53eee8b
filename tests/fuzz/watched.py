"""A reader watched while it reads: what it raised, how long it took, and the input made smaller where that is a bug."""

from __future__ import annotations

import logging
import resource
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz.mutators import numbered
from tests.fuzz.parsers import PARSERS

SLOW_SECONDS = 5.0  # of the processor's time for one input of two megabytes at most, on a busy machine
HANG_SECONDS = 240.0  # on the clock, on a busy machine; the process is then ended
MEMORY_BYTES = 1 << 30  # above what the process takes when it is ready
TRIES = 400  # to make an input smaller


@dataclass(frozen=True, slots=True)
class Job:
    """An input for a reader: by its number, or as bytes."""

    parser: str
    source: int | bytes

    def body(self) -> bytes:
        """The input."""
        return self.source if isinstance(self.source, bytes) else numbered(PARSERS[self.parser].seeds(), self.source)


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one input. `problem` None: all is well; else `body` is as little of it as still shows it."""

    seconds: float
    peak_mb: float
    problem: str | None = None
    body: bytes = b""


def watched(job: Job) -> Seen:
    """Read one input. To be run in a worker process, which ends what hangs."""
    logging.disable()  # libraries complain of what they are given, at length
    read, body = PARSERS[job.parser].try_on, job.body()
    began = time.process_time()
    problem = attempt(read, body)
    seconds = time.process_time() - began
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if problem:
        return Seen(seconds, peak_mb, problem, smaller(body, lambda shorter: attempt(read, shorter) == problem))
    return Seen(seconds, peak_mb, "slow", body) if seconds > SLOW_SECONDS else Seen(seconds, peak_mb)


def warm_up() -> None:
    """Load what all readers share before the first input's clock runs."""
    for parser in PARSERS.values():
        attempt(parser.try_on, parser.seeds()[0])


def attempt(read: Callable[[bytes], object], body: bytes) -> str | None:
    """What went wrong, the same for the same bug: what was raised, and where in our code. None where all is well."""
    try:
        read(body)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        ours = [f for f in traceback.extract_tb(error.__traceback__) if "/pipeline/" in f.filename]
        where = f"{ours[-1].filename.rpartition('/pipeline/')[2]}:{ours[-1].lineno}" if ours else str(error)[:80]
        return f"{type(error).__name__} in {where}"
    return None


def smaller(body: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """As little of the input as still fails, by leaving out ever shorter stretches; at most `TRIES` are tried."""
    tries, length = 0, max(len(body) // 2, 1)
    while length and tries < TRIES:
        at = 0
        while at < len(body) and tries < TRIES:
            shorter = body[:at] + body[at + length :]
            tries += 1
            if fails(shorter):
                body = shorter
            else:
                at += length
        length //= 2
    return body
