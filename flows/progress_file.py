"""A run writes down what it does, whoever listens: the file that `dateline status` reads."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flows.holding import process_start
from flows.progress import Progress, current, listen
from flows.status.at_work import AtWork, StageAtWork, at_work, moved_on, progress_path
from pipeline.settings import Settings
from warehouse.runs import described

LEAST_SECONDS = 1.0  # between two writes: a stage may do hundreds of steps a second


class ProgressFile:
    """Passes on what it is told, and keeps the file current. No trouble with the file is any to the run."""

    def __init__(self, path: Path, run_id: str, flow: str, listener: Progress) -> None:
        self._path, self._listener = path, listener
        self._mutex = threading.Lock()
        self._written = 0.0
        self._later: threading.Timer | None = None  # writes what came too soon after the last write
        self._is_over = False
        self._found = bytes_of(path)
        now, before = datetime.now(UTC), at_work(path)
        self._work = AtWork(
            run_id=run_id,
            flow=flow,
            pid=os.getpid(),
            host=socket.gethostname(),
            process_start=process_start(os.getpid()),
            began_at=now,
            told_at=now,
            ended_badly_before=before.ended_badly_before + 1 if before else 0,
        )
        self._stages: dict[str, StageAtWork] = {}
        self._write(now)

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins."""
        now = datetime.now(UTC)
        with self._mutex:
            self._stages[name] = StageAtWork(stage=name, total=total, done=0, began_at=now, moved_at=now)
            self._write(now)
        self._listener.stage(name, total)

    def advance(self, name: str, steps: int = 1) -> None:
        """Steps are done."""
        now = datetime.now(UTC)
        with self._mutex:
            if steps and (known := self._stages.get(name)):
                self._stages[name] = moved_on(known, steps, now)
            if time.monotonic() - self._written >= LEAST_SECONDS:
                self._write(now)
            elif self._later is None:
                self._later = threading.Timer(LEAST_SECONDS, self._catch_up)
                self._later.daemon = True
                self._later.start()
        self._listener.advance(name, steps)

    def fail(self, error: BaseException) -> None:
        """The run's last word: why it failed."""
        with self._mutex:
            self._end()
            self._work = replace(self._work, error=described(error))
            self._write(datetime.now(UTC))

    def remove(self) -> None:
        """The run is over, and has told readers so."""
        with self._mutex, suppress(OSError):
            self._end()
            self._path.unlink(missing_ok=True)

    def put_back(self) -> None:
        """The run is over and was none of those that count: what was told before it stands again."""
        if self._found is None:
            return self.remove()
        with self._mutex, suppress(OSError):
            self._end()
            self._path.write_bytes(self._found)
        return None

    def _end(self) -> None:
        self._is_over = True
        if self._later:
            self._later.cancel()

    def _catch_up(self) -> None:
        with self._mutex:
            self._later = None
            if not self._is_over:
                self._write(datetime.now(UTC))

    def _write(self, now: datetime) -> None:
        self._written = time.monotonic()
        self._work = replace(self._work, told_at=now, stages=tuple(self._stages.values()))
        fresh = self._path.with_name(f"{self._path.name}.new")
        with suppress(OSError):
            fresh.write_text(self._work.text(), "utf-8")
            fresh.replace(self._path)


def bytes_of(path: Path) -> bytes | None:
    """What a file holds; None where there is none."""
    try:
        return path.read_bytes()
    except OSError:
        return None


@contextmanager
def telling(settings: Settings, run_id: str, flow: str, *, is_booked: bool = True) -> Iterator[None]:
    """Have what this process's run tells written down too, until it ends. Of a run in the book that fails, its error
    stays there until the next run: it publishes nothing, so readers would not hear of it. A run that is not in the book
    leaves what it found.
    """
    listener = current()
    file = ProgressFile(progress_path(settings), run_id, flow, listener)
    listen(file)
    try:
        yield
    except BaseException as error:
        if is_booked:
            file.fail(error)
        raise
    else:
        if is_booked:
            file.remove()
    finally:
        if not is_booked:
            file.put_back()
        listen(listener)
