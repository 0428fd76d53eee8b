"""The far side of `worker`: what runs inside a worker process. Generic, and stdlib only."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import pickle
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

with contextlib.suppress(ImportError):
    import fcntl

ITEMS = 500  # after so many items a process is replaced: lxml and spaCy grow slowly and never shrink
GROWTH_BYTES = 1 << 30  # or as soon as its peak memory has grown by this much since it was ready

LIBXML2_NO_MEMORY = 2  # XML_ERR_NO_MEMORY; lxml makes a syntax error of it, "unknown error (line 0)"
STATM = Path("/proc/self/statm")  # proc(5): the sixth number is the pages of data and stack; Linux only

_in_worker = False  # is this process one that `serve` runs in?

Verdict = Literal["done", "error", "memory"]
Answer = tuple[Verdict, Any, bool]


def serve(connection: Connection[Any, Any], lifeline: int) -> None:
    """Answer one pickled item after the other until the parent hangs up or this process has grown old.

    `lifeline` is the read end of a pipe that nobody writes to; the parent holds the other end while it lives.
    """
    global _in_worker
    _in_worker = True
    logging.lastResort = None  # libraries complain of a page in the page's own words; what matters is in the answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends us
    for descriptor in (connection.fileno(), lifeline):
        os.set_inheritable(descriptor, False)
    _die_with_parent(lifeline)
    try:
        function, warm_up, memory_bytes = pickle.loads(connection.recv_bytes())
        if warm_up is not None:
            warm_up()
    except Exception as error:  # noqa: BLE001 - told to the parent, which raises it
        connection.send_bytes(pickle.dumps(("error", describe(error), True)))
        return
    connection.send_bytes(pickle.dumps(("done", None, False)))
    _answer(connection, function, memory_bytes)


def describe(error: BaseException) -> str:
    """An exception as one line: "TypeError: 'int' object is not iterable"."""
    return " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")


def _answer(connection: Connection[Any, Any], function: Callable[[Any], Any], memory_bytes: int | None) -> None:
    """The loop over items; the last answer's flag says that this process is to be replaced."""
    enough = _peak_bytes() + GROWTH_BYTES
    for number in count(1):
        try:
            item = connection.recv_bytes()
        except (EOFError, OSError):
            return
        with _memory_limit(memory_bytes):
            answer = _attempt(function, item)
        last = answer[0] == "memory" or number >= ITEMS or _peak_bytes() > enough
        connection.send_bytes(_packed(answer, last))
        if last:
            return


def _attempt(function: Callable[[Any], Any], item: bytes) -> tuple[Verdict, Any]:
    try:
        return "done", function(pickle.loads(item))
    except Exception as error:  # noqa: BLE001 - becomes a Crash, a recorded failure
        return "memory" if _is_memory(error) else "error", describe(error)


def _is_memory(error: BaseException | None) -> bool:
    """Whether an exception, or what it was raised from, says that there is no memory left."""
    while error is not None:
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
            return True
        if type(error).__module__ == "lxml.etree" and getattr(error, "code", None) == LIBXML2_NO_MEMORY:
            return True
        error = error.__cause__ or error.__context__
    return False


@contextlib.contextmanager
def step_limit(seconds: float) -> Iterator[None]:
    """End this worker process if a step of its work takes longer: an alarm whose default is to terminate, so that it
    also ends a C function that never comes back. The item is then a `Crash` of reason timeout.

    Outside a worker process nothing is limited: nobody would be left to tell.
    """
    if not _in_worker:
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def _memory_limit(memory_bytes: int | None) -> Iterator[None]:
    """Let this process, for now, take so much memory above what it has: beyond it an allocation fails.

    RLIMIT_DATA counts private writable memory, which is what a page fills. RLIMIT_AS also counts mapped files and
    the address space that allocators only reserve. Where a process cannot tell its size (macOS), there is no limit.
    """
    size = _data_bytes() if memory_bytes else None
    if size is None or memory_bytes is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = size + memory_bytes
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_bytes() -> int | None:
    """Private writable memory of this process, None where the system does not tell."""
    try:
        return int(STATM.read_bytes().split()[5]) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return None


def _packed(answer: tuple[Verdict, Any], last: bool) -> bytes:
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
