"""A wire of fourteen made-up stories that can hang up in the middle of an answer; served by a forked process."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_int
from dataclasses import dataclass
from typing import Any

import pipeline.demo.server as served
from pipeline.demo import DemoWire, load_stories
from pipeline.records import Feed

STORIES = {
    "anbar-sweep", "anbar-sweep-courier", "anbar-sweep-tribune", "maiduguri-bomb", "maiduguri-bomb-update",
    "maiduguri-bomb-corrected", "butembo-clashes", "butembo-clashes-courier", "kaduna-kidnapping", "turbat-denial",
    "niamey-fr", "rail-timetable-missing", "ferry-truncated", "harvest-binary",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wire:
    """Its feeds, and how many of its next answers it will cut off."""

    feeds: tuple[Feed, ...]
    cuts: Any  # a number that processes share

    def cut(self, answers: int) -> None:
        """Hang up in the middle of so many answers from now on; 0: behave."""
        self.cuts.value = answers


@contextmanager
def small_wire() -> Iterator[Wire]:
    """The wire, served until the block ends."""
    context = multiprocessing.get_context("fork")
    cuts = context.Value(c_int, 0)
    near, far = context.Pipe()
    process = context.Process(target=serve, args=(far, cuts), daemon=True)
    process.start()
    try:
        yield Wire(near.recv(), cuts)
    finally:
        process.terminate()
        process.join()


def serve(pipe: Any, cuts: Any) -> None:
    """The wire, until this process is ended."""
    server: Any = served
    send = server._Handler._send

    def cut_off(self: Any, status: int, body: bytes, document: Any = None) -> None:
        with cuts.get_lock():
            cut, cuts.value = cuts.value > 0, max(0, cuts.value - 1)
        if cut and len(body) > 1:
            self.wfile = Half(self.wfile, self.connection)
        send(self, status, body, document)

    server._Handler._send = cut_off
    with DemoWire([story for story in load_stories() if story.story_id in STORIES]) as wire:
        pipe.send(wire.feeds)
        signal.sigwait({signal.SIGTERM})
        os._exit(0)


class Half:
    """Sends headers and the first half of the body, and hangs up."""

    def __init__(self, file: Any, connection: Any) -> None:
        self._file, self._connection, self._writes = file, connection, 0

    def write(self, data: bytes) -> int:
        self._writes += 1
        if self._writes == 1:  # the headers
            return int(self._file.write(data))
        self._file.write(data[: len(data) // 2])
        self._connection.shutdown(2)
        raise ConnectionResetError("cut off on purpose")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
