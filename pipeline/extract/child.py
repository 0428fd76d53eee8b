"""The far side of `worker`: what runs inside a worker process. Generic, and stdlib only."""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import signal
import sys
import threading
from collections.abc import Callable
from itertools import count
from multiprocessing.connection import Connection
from typing import Any, Literal

with contextlib.suppress(ImportError):
    import fcntl

ITEMS = 500  # after so many items a process is replaced: lxml and spaCy grow slowly and never shrink
GROWTH_BYTES = 1 << 30  # or as soon as its peak memory has grown by this much since it was ready

Answer = tuple[Literal["done", "error"], Any, bool]


def serve(connection: Connection[Any, Any], lifeline: int) -> None:
    """Answer one pickled item after the other until the parent hangs up or this process has grown old.

    `lifeline` is the read end of a pipe that nobody writes to; the parent holds the other end while it lives.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    for descriptor in (connection.fileno(), lifeline):
        os.set_inheritable(descriptor, False)
    _die_with_parent(lifeline)
    try:
        function, warm_up = pickle.loads(connection.recv_bytes())
        if warm_up is not None:
            warm_up()
    except Exception as error:  # noqa: BLE001 - told to the parent, which raises it
        connection.send_bytes(pickle.dumps(("error", describe(error), True)))
        return
    connection.send_bytes(pickle.dumps(("done", None, False)))
    _answer(connection, function)


def describe(error: BaseException) -> str:
    """An exception as one line: "TypeError: 'int' object is not iterable"."""
    return " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")


def _answer(connection: Connection[Any, Any], function: Callable[[Any], Any]) -> None:
    """The loop over items; the last answer's flag says that this process is to be replaced."""
    enough = _peak_bytes() + GROWTH_BYTES
    for number in count(1):
        try:
            item = connection.recv_bytes()
        except (EOFError, OSError):
            return
        answer = _attempt(function, item)
        last = number >= ITEMS or _peak_bytes() > enough
        connection.send_bytes(_packed(answer, last))
        if last:
            return


def _attempt(function: Callable[[Any], Any], item: bytes) -> tuple[Literal["done", "error"], Any]:
    try:
        return "done", function(pickle.loads(item))
    except Exception as error:  # noqa: BLE001 - becomes a Crash, a recorded failure
        return "error", describe(error)


def _packed(answer: tuple[Literal["done", "error"], Any], last: bool) -> bytes:
    """The answer pickled; one that cannot be pickled is an error."""
    try:
        return pickle.dumps((*answer, last), protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - becomes a Crash, a recorded failure
        return pickle.dumps(("error", f"the result cannot be sent: {describe(error)}", last))


def _peak_bytes() -> int:
    """Most memory this process has ever had resident (Linux counts KiB, macOS bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _die_with_parent(lifeline: int) -> None:
    """End this process when the lifeline closes, that is when the parent is gone, however it went.

    A thread sees that on any system, but not while a C function keeps the interpreter's lock (a runaway
    regular expression does); SIGIO, whose default is to terminate, then comes from the kernel.
    PR_SET_PDEATHSIG will not do: it fires when the *thread* that started us ends.
    """

    def watch() -> None:
        with contextlib.suppress(OSError):
            os.read(lifeline, 1)
        os._exit(1)

    with contextlib.suppress(AttributeError, NameError, OSError):
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    threading.Thread(target=watch, name="lifeline", daemon=True).start()
