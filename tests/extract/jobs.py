"""What the workers' tests run in worker processes: it must stand in a module that can be imported there."""

from __future__ import annotations

import os
import re
import signal
import sys
import time

WARMTH: list[int] = []


def double(number: int) -> int:
    return 2 * number


def pid_of(_: object) -> int:
    return os.getpid()


def obey(order: str) -> str:
    """Go wrong in the way that is asked for."""
    if order == "exit":
        os._exit(3)
    if order == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if order == "sleep":
        time.sleep(600)
    if order == "hold the lock":  # a C function that never gives the interpreter's lock back
        re.match(r"(a+)+$", "a" * 64 + "b")
    if order == "raise":
        raise TypeError("no\nsuch thing")
    if order == "print":
        print("noise on standard output")
        sys.stdout.flush()
    if order == "lambda":
        return lambda: None  # type: ignore[return-value]
    if order == "interrupt":
        os.kill(os.getpid(), signal.SIGINT)
    return order


def warm_up() -> None:
    time.sleep(1.0)
    WARMTH.append(37)


def warmth(_: object) -> list[int]:
    return WARMTH


def cold() -> None:
    raise FileNotFoundError("no model")
