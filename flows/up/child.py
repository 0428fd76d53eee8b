"""A process that `dateline up` keeps: on a leash, in a group of its own, what it says written to a file."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Thread
from typing import IO

LOG_BYTES, LOG_FILES = 10_000_000, 3  # of one child: the file that is written, and those before it
LAST_LINES = 5


class Lenient(RotatingFileHandler):
    """A file of lines; those that a full disk does not take are lost, and nobody is stopped by that."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: `dateline status` tells of the disk."""


class Child:
    """A module that runs until it is stopped, or dies with us."""

    def __init__(
        self, name: str, arguments: Sequence[str], *, log: Path, env: Mapping[str, str], hold: int | None = None
    ) -> None:
        """Start `python -m arguments`. `log`: where its lines go; `hold`: a file descriptor that it keeps open."""
        self.name, self.log = name, log
        log.parent.mkdir(parents=True, exist_ok=True)
        self._last: deque[str] = deque(maxlen=LAST_LINES)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "flows.up.leash", *arguments],  # -P: no modules of the folder that we are in
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**env, "PYTHONUNBUFFERED": "1"},  # each line when it is said
            start_new_session=True,
            pass_fds=() if hold is None else (hold,),
        )
        assert self._process.stdout is not None
        self._pump = Thread(target=self._write, args=(self._process.stdout,), daemon=True)
        self._pump.start()

    @property
    def status(self) -> int | None:
        """Its exit status, negative for a signal; None while it runs."""
        return self._process.poll()

    @property
    def last_words(self) -> str:
        """The last line that it said."""
        self._pump.join(timeout=2)  # of one that is dead
        return self._last[-1] if self._last else "it said nothing"

    def stop(self, seconds: float) -> None:
        """Ask it to stop, wait so long, and leave nothing of its group alive."""
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        try:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        finally:
            self.kill()

    def kill(self) -> None:
        """End it and all that it started, at once."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()

    def _write(self, said: IO[bytes]) -> None:
        handler = Lenient(self.log, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", delay=True)
        with said:
            for raw in said:
                line = raw.decode("utf-8", "replace").rstrip()
                if line:
                    self._last.append(line)
                handler.emit(logging.makeLogRecord({"msg": line}))
        handler.close()
