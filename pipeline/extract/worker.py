"""Isolation: a function run over items in processes of its own, with a time limit, surviving crashes.

Knows nothing of what the function does. Pages from the open web hang regular expressions, overflow C stacks
and fill memory; here that costs one item, never the run.

Processes are started by `subprocess`, not by `multiprocessing`: its spawn and forkserver contexts run the
parent's `__main__` again in each child and keep a tracker process. Over the pipe go the same pickles.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import Pipe
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Generic, Literal, Self, TypeVar, cast

from pipeline.errors import DatelineError
from pipeline.extract.child import Answer, describe

START_SECONDS = 300.0  # limit for start and warm-up: loading a model from a cold disk takes a while
STARTS = 3  # a process that dies while it warms up (no memory just now) is tried again so often
BOOT = (
    "import sys; from multiprocessing.connection import Connection; c = Connection(int(sys.argv[1])); "
    "sys.path[:] = c.recv(); from pipeline.extract.child import serve; serve(c, int(sys.argv[2]))"
)

In = TypeVar("In")
Out = TypeVar("Out")


class WorkersError(DatelineError):
    """No item can be worked on: the workers are closed, or their processes do not start."""


@dataclass(frozen=True, slots=True)
class Crash:
    """An item that gave no result: it took too long or too much memory, its process died, or the function raised."""

    reason: Literal["timeout", "memory", "crashed", "error"]
    detail: str  # one line for a person


@dataclass(slots=True)
class _Batch:
    """One call of `map`: where its results go, and whether anybody still waits for them."""

    results: SimpleQueue[tuple[int, Any] | WorkersError] = field(default_factory=SimpleQueue)
    abandoned: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    index: int
    item: Any
    batch: _Batch


class _Process:
    """One worker process and the pipe to it."""

    def __init__(self, setup: bytes) -> None:
        self._near, far = Pipe()
        lifeline, self._lifeline = os.pipe()
        try:
            self._popen = subprocess.Popen(
                [sys.executable, "-P", "-c", BOOT, str(far.fileno()), str(lifeline)],
                stdin=subprocess.DEVNULL,
                stdout=2,  # what a library prints must not get into the JSON Lines on our standard output
                pass_fds=(far.fileno(), lifeline),
                process_group=0,  # Ctrl-C at the terminal does not reach it, not even while it starts
            )
        except BaseException:
            self._hang_up()
            raise
        finally:
            far.close()
            os.close(lifeline)
        with contextlib.suppress(OSError):  # it died already: the next `ask` says so
            self._near.send(sys.path)
            self._near.send_bytes(setup)

    def ask(self, item: bytes | None, seconds: float) -> Answer | Crash:
        """The answer to a pickled item (None: to the setup, that is when ready), after `seconds` at most."""
        try:
            if item is not None:
                self._near.send_bytes(item)
            if not self._near.poll(seconds):
                return Crash("timeout", f"no result after {seconds:g} s")
            answer = self._near.recv_bytes()
        except (EOFError, OSError):
            return self._obituary()
        try:
            return cast(Answer, pickle.loads(answer))
        except Exception as error:  # noqa: BLE001 - a result whose class cannot be rebuilt is this item's failure
            return ("error", f"the result cannot be read: {describe(error)}", True)

    def kill(self) -> None:
        """End the process now; safe from any thread, and twice."""
        self._popen.kill()

    def end(self) -> None:
        """Kill, wait for the end, and give everything back."""
        self._popen.kill()
        self._popen.wait()
        self._hang_up()

    def _hang_up(self) -> None:
        self._near.close()
        os.close(self._lifeline)

    def _obituary(self) -> Crash:
        try:
            status = self._popen.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return Crash("crashed", "worker closed its pipe")
        if status == -signal.SIGALRM:
            return Crash("timeout", "a step of the work ran past its own limit")  # see child.step_limit
        told = f"worker died with signal {-status}" if status < 0 else f"worker exited with status {status}"
        return Crash("crashed", told)


class Workers(Generic[In, Out]):
    """`count` processes that run `function` on items, each item for at most `seconds` and, on Linux, with at most
    `memory_bytes` above what its process holds already (None: as much as there is).

    `function`, `warm_up`, items and results must be picklable, so both functions stand at the top of a module
    other than `__main__`. `warm_up` runs once in each process before its first item; its time is nobody's.
    Processes start at once, in the background. Several threads may call `map` at the same time.
    Close it, or use it as a context manager; if the program dies without, its processes end themselves.
    """

    def __init__(
        self,
        function: Callable[[In], Out],
        *,
        count: int,
        seconds: float,
        warm_up: Callable[[], None] | None = None,
        memory_bytes: int | None = None,
    ) -> None:
        if count < 1 or seconds <= 0 or (memory_bytes is not None and memory_bytes <= 0):
            raise ValueError(f"count {count}, seconds {seconds} and memory_bytes {memory_bytes} must be above 0")
        for given in (function, warm_up):
            if getattr(given, "__module__", None) == "__main__":
                raise ValueError(f"{given} is defined in __main__, which workers do not import")
        self._setup = pickle.dumps((function, warm_up, memory_bytes))
        self._seconds = seconds
        self._ahead = 2 * count  # items of one map that are queued: no process waits, no map starves another
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._lock = threading.Lock()  # guards the two below
        self._processes: set[_Process] = set()
        self._closed = False
        self._threads = [threading.Thread(target=self._work, name=f"worker-{n}", daemon=True) for n in range(count)]
        for thread in self._threads:
            thread.start()

    def map(self, items: Sequence[In]) -> Iterator[tuple[int, Out | Crash]]:
        """(index into `items`, result or Crash) for each item, as they come.

        Raises WorkersError when no item can run: the processes do not start, or `close` was called.
        """
        batch = _Batch()
        submitted = 0
        try:
            for done in range(len(items)):
                while submitted < min(len(items), done + self._ahead):
                    self._submit(_Job(submitted, items[submitted], batch))
                    submitted += 1
                result = batch.results.get()
                if isinstance(result, WorkersError):
                    raise result
                yield result
        finally:
            batch.abandoned = True

    def close(self) -> None:
        """End all processes; a `map` still running raises WorkersError. Closing twice is fine."""
        with self._lock:
            self._closed = True
            for process in self._processes:
                process.kill()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        with contextlib.suppress(Empty):
            while True:  # jobs that no thread has taken
                if job := self._jobs.get_nowait():
                    job.batch.results.put(WorkersError("the workers are closed"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _submit(self, job: _Job) -> None:
        with self._lock:
            if self._closed:
                raise WorkersError("the workers are closed")
            self._jobs.put(job)

    def _work(self) -> None:
        """One thread, one process: take a job, hand it over, hand the result back."""
        process: _Process | None = None
        while not self._closed:
            failure = None
            try:
                process = process or self._start()
            except (WorkersError, OSError) as error:
                failure = WorkersError(str(error))
            job = self._jobs.get()
            if job is None:
                break
            if failure or process is None:
                job.batch.results.put(failure or WorkersError("the workers are closed"))
            elif not job.batch.abandoned:
                process = self._run(process, job)
        if process:
            self._retire(process)

    def _run(self, process: _Process, job: _Job) -> _Process | None:
        """Post the job's result; give the process back if it can go on."""
        try:
            item = pickle.dumps(job.item, protocol=pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # noqa: BLE001 - this item's failure
            job.batch.results.put((job.index, Crash("error", f"the item cannot be sent: {describe(error)}")))
            return process
        answer = process.ask(item, self._seconds)
        spent = isinstance(answer, Crash) or answer[2]
        if spent:
            self._retire(process)
        if self._closed:
            job.batch.results.put(WorkersError("the workers are closed"))
        else:
            job.batch.results.put((job.index, _outcome(answer)))
        return None if spent else process

    def _start(self) -> _Process | None:
        """A process that is warm, None when closed meanwhile. WorkersError tells why it cannot be."""
        why = ""
        for _ in range(STARTS):
            process = _Process(self._setup)
            with self._lock:
                self._processes.add(process)
                if self._closed:
                    process.kill()
            answer = process.ask(None, START_SECONDS)
            if not isinstance(answer, Crash) and answer[0] == "done":
                return process
            self._retire(process)
            if self._closed:
                return None
            why = answer.detail if isinstance(answer, Crash) else str(answer[1])
            if not isinstance(answer, Crash):
                break  # the warm-up raised: it will again
        raise WorkersError(f"worker process does not start: {why}")

    def _retire(self, process: _Process) -> None:
        with self._lock:
            self._processes.discard(process)
        process.end()


def _outcome(answer: Answer | Crash) -> Any:
    """What the caller of `map` sees."""
    if isinstance(answer, Crash):
        return answer
    verdict, value, _ = answer
    return value if verdict == "done" else Crash(verdict, str(value))
