"""What the workers' tests run in worker processes: it must stand in a module that can be imported there."""

from __future__ import annotations

import os
import re
import resource
import signal
import sys
import time

import numpy
from lxml import etree

from pipeline.errors import ExtractError
from pipeline.extract import extract_article
from pipeline.extract.child import step_limit
from pipeline.records import Article, Page
from tests.bench.extract_memory import resident_bytes
from tests.extract import hard_pages

WARMTH: list[int] = []
HOARD: list[bytearray] = []


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
    if order == "fill memory at once":
        bytearray(4 << 30)
    if order == "fill memory bit by bit":
        hoard = [bytes(1 << 20)]
        while True:
            hoard.append(bytes(len(hoard[-1])))
    if order == "fill memory with objects":
        last: list[object] = []
        while True:
            last.append(bytearray(100))
    if order == "fill memory in numpy":
        numpy.ones(1 << 29)
    if order == "fill memory in lxml":
        etree.fromstring(f"<p>{'<b/>' * 20_000_000}</p>")
    if order == "raise from a lack of memory":
        try:
            bytearray(4 << 30)
        except MemoryError as error:
            raise ValueError("the page cannot be read") from error
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


def obey_and_sign(order: str) -> tuple[str, int]:
    """What `obey` gives, and by which process."""
    return obey(order), os.getpid()


def obey_in_steps(order: str) -> str:
    """What `obey` gives, with a step of its own limit inside the work."""
    with step_limit(0.3):
        obey(order)
    time.sleep(0.5)  # the limit was that step's
    return order


def keep(size: int) -> int:
    """Take memory and never give it back: how much has been taken in all."""
    HOARD.append(bytearray(size))
    return sum(map(len, HOARD))


def limit_of_data(_: object) -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_DATA)


def read(page: Page) -> Article | str:
    """A page's article, or the reason why it has none."""
    try:
        return extract_article(page)
    except ExtractError as error:
        return error.reason


def read_and_weigh(page: Page) -> float:
    """Extract, and say how many MiB this process then has resident."""
    read(page)
    return resident_bytes() / (1 << 20)


def read_one() -> None:
    """Have what the first extraction loads."""
    read(hard_pages.normal_page(0))


def warm_up() -> None:
    time.sleep(1.0)
    WARMTH.append(37)


def warmth(_: object) -> list[int]:
    return WARMTH


def cold() -> None:
    raise FileNotFoundError("no model")
