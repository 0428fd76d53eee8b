"""What a run is told to suffer, patched into its process; nothing of that is in the product."""

from __future__ import annotations

import errno
import os
import resource
import signal
import threading
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import IO, Any

import flows.asking
import pipeline.fetch.archive

# Where a run can be struck, before and after: each place at which something has been or will be written for good.
SHARED = (
    "warehouse.store.take_lock",
    "warehouse.storage.file.take_stamp",
    "warehouse.storage.file.migrate",
    "warehouse.migrate.apply",
    "flows.reap.repair",
    "flows.reap.mark_crashed",
    "flows.session.sync_feeds",
    "pipeline.fetch.archive._append",
    "pipeline.fetch.archive._sync",
    "warehouse.load.write_articles",
    "warehouse.load.write_tags",
    "flows.session.group_all",
    "warehouse.grouping.place_articles",
    "warehouse.grouping.place_mentions",
    "warehouse.grouping.tally",
    "warehouse.publish.clone",
    "warehouse.publish.write_into",
    "warehouse.publish.verify",
    "warehouse.publish.swap",
    "flows.session.end_run",
    "warehouse.storage.file.leave_stamp",
)
INGEST = (
    *SHARED,
    "flows.ingest.begin_run",
    "flows.polling.record_polls",
    "warehouse.polls.record_entries",
    "flows.session.record_fetches",
    "flows.session.load_readings",
)
BACKFILL = (
    *SHARED,
    "flows.backfill.begin_run",
    "flows.backfilling.known_pages",
    "flows.backfilling.load_archived",
    "warehouse.backfill.add_versions",
    "warehouse.backfill.log_failure",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What a run suffers. Nothing by default."""

    step: str | None = None  # SIGKILL there …
    after: bool = False  # … when it is done, not when it begins …
    number: int = 1  # … for that time
    torn_append: int = 0  # SIGKILL in the middle of that write into the archive
    full_append: int = 0  # from that write into the archive on, the disk is full
    most_bytes: int | None = None  # no file may grow beyond
    late: timedelta = timedelta()  # the clock's fault
    model: str | None = None  # another language model, in processes of its own
    keep: Path | None = None  # where to write down what was read of the pages
    cheap: bool = True  # what was read of a page before is not read again


def suffer(trouble: Trouble) -> None:
    """Patch the trouble into this process."""
    if trouble.step:
        strike(trouble.step, after=trouble.after, number=trouble.number)
    if trouble.torn_append or trouble.full_append:
        spoil_archive(trouble)
    if trouble.most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (trouble.most_bytes, resource.RLIM_INFINITY))
    if trouble.late:
        set_clock(trouble.late)
    if trouble.model:
        os.environ["DATELINE_SPACY_MODEL"] = trouble.model


def strike(step: str, *, after: bool, number: int) -> None:
    """SIGKILL this process at a step."""
    module, _, name = step.rpartition(".")
    place = import_module(module)
    real, lock, calls = getattr(place, name), threading.Lock(), 0

    def struck(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        with lock:
            calls += 1
            mine = calls == number
        if mine and not after:
            die()
        result = real(*arguments, **named)
        if mine:
            die()
        return result

    setattr(place, name, struck)


def trace(told: Path) -> None:
    """Have each step written down when it begins, so that it is seen where a kill at random has fallen."""
    file = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)

    def traced(step: str, real: Any) -> Any:
        def begun(*arguments: Any, **named: Any) -> Any:
            os.write(file, f"{step}\n".encode())
            return real(*arguments, **named)

        return begun

    for step in {*INGEST, *BACKFILL}:
        module, _, name = step.rpartition(".")
        place = import_module(module)
        setattr(place, name, traced(step, getattr(place, name)))


def spoil_archive(trouble: Trouble) -> None:
    """Writes into the archive that stop half-way: by a kill, or on a full disk."""
    archive: Any = pipeline.fetch.archive
    real, calls = archive._append, 0

    def spoilt(file: IO[bytes], data: bytes) -> int:
        nonlocal calls
        calls += 1
        if calls == trouble.torn_append:
            file.write(data[: len(data) // 2])
            file.flush()
            die()
        if trouble.full_append and calls >= trouble.full_append:
            return int(real(Full(file), data))
        return int(real(file, data))

    archive._append = spoilt


class Full:
    """A file on a disk that has room for half of what is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        self._file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def set_clock(late: timedelta) -> None:
    """All that reads the time through `utc_now` is off by so much, however it was imported."""
    place: Any = flows.asking
    place.LATE = late
    exec("def off():\n    return datetime.now(UTC) + LATE", place.__dict__)
    place.utc_now.__code__ = place.off.__code__


def die() -> None:
    """As the kernel or an operator ends a process."""
    os.kill(os.getpid(), signal.SIGKILL)
