"""Run a module for as long as the process that started it lives: `python -P -m flows.up.leash MODULE ARGUMENT…`.

Its standard input is a pipe that nobody writes to. The kernel closes it when the other end dies, however that dies
(kill -9 too), on Linux and on macOS: then this process stops, and what it has started is killed with it.
To be started as the leader of a process group of its own.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import time
from threading import Event, Thread

GRACE_SECONDS = 10.0  # for a clean stop, once the parent is dead
parent_died = Event()


def main() -> None:
    """Hold on to the parent, and be the module."""
    Thread(target=end_with_parent, daemon=True).start()
    del sys.argv[0]
    try:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    finally:
        if parent_died.is_set():
            os.killpg(0, signal.SIGKILL)


def end_with_parent() -> None:
    """Wait for the pipe's end; ask this process to stop, and make sure of it and of its children."""
    while os.read(0, 1):
        pass
    parent_died.set()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
