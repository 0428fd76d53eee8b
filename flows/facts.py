"""What `dateline doctor` looks at: everything about a home that can be seen without changing it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from flows.asking import utc_now
from flows.holding import Holder, holder_of, is_alive
from pipeline.errors import ConfigError, DatelineError, LockedError
from pipeline.fetch import Repaired, find_torn, warc_files
from pipeline.settings import Settings
from pipeline.sources import load_feeds
from warehouse.health import Health, copy_trouble, leftovers, warehouse_health
from warehouse.label_file import read_labels
from warehouse.publish import whole
from warehouse.stamp import are_untouched, was_noted
from warehouse.store import holder, take_lock

PAUSE_SECONDS = 1.0  # for a run to say that it has the lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A home as it was found. What only the holder of the lock may look into is empty while a run has it."""

    home: Path
    now: datetime
    is_there: bool
    is_writable: bool
    holder: Holder | None = None  # None: nobody, and the examiner had the lock
    writer: Health | None = None
    failing_feeds: tuple[tuple[str, str, str], ...] = ()  # id, "failing" or "gone", last error
    raw_files: tuple[Repaired, ...] = ()  # that are torn or damaged
    copies: tuple[tuple[Path, str], ...] = ()  # that cannot be read, and why
    copy_missing: bool = False
    copies_touched: bool = False  # by somebody else than `publish`
    left_behind: tuple[Path, ...] = ()
    wrong_files: tuple[str, ...] = ()  # of the operator's
    wrong_labels: tuple[str, ...] = ()  # lines of labels.jsonl
    model: str | None = None  # why it cannot be used
    gazetteer: str | None = None
    gazetteer_wanted: bool = False  # it is not built yet
    free_bytes: int = 0


def look(settings: Settings, *, thorough: bool = False) -> Facts:
    """The facts of a home. `thorough`: every raw file and every block of the readers' copies is read."""
    home = settings.home
    if not home.is_dir():
        return Facts(home=home, now=utc_now(), is_there=False, is_writable=False)
    gazetteer, wanted = gazetteer_state(settings)
    model, lists = model_trouble(settings), wrong_files(settings)  # before the lock is taken: this takes seconds
    copies = (settings.published, whole(settings.published))
    with lock_of(settings.lock) as held_by:  # as short as can be: a run that begins meanwhile is refused
        seen = warehouse_health(settings.published if held_by else settings.live, thorough=thorough)
        writer = None if held_by else seen
        runs = () if held_by else suspects(settings, writer, thorough=thorough)
        missing = settings.live.exists() and not settings.published.exists()
        touched = not held_by and was_noted(settings.live) and not are_untouched(settings.live, copies)
        left = () if held_by else leftovers(settings.live, *copies)
    troubles = ((path, copy_trouble(path, thorough=thorough)) for path in copies)
    return Facts(
        home=home,
        now=utc_now(),
        is_there=True,
        is_writable=os.access(home, os.W_OK),
        holder=held_by,
        writer=writer,
        failing_feeds=seen.failing_feeds if seen else (),
        raw_files=find_torn(settings.raw, runs),
        copies=tuple((path, trouble) for path, trouble in troubles if trouble),
        copy_missing=missing,
        copies_touched=touched,
        left_behind=left,
        wrong_files=lists,
        wrong_labels=tuple(read_labels(settings.labels_file)[1]),
        model=model,
        gazetteer=gazetteer,
        gazetteer_wanted=wanted,
        free_bytes=shutil.disk_usage(home).free,
    )


@contextmanager
def lock_of(path: Path) -> Iterator[Holder | None]:
    """Hold the lock while looking, so that nothing changes meanwhile, and say so in `live/holder`; or who has it."""
    if not path.exists():
        yield None
        return
    try:
        lock = lock_at_last(path)
    except LockedError:
        yield holder_of(path)
        return
    except ConfigError:  # the home cannot be written, and so nobody works in it
        yield None
        return
    try:
        yield None
    finally:
        lock.release()


def lock_at_last(path: Path) -> FileLock:
    """The lock, as `take_lock`. Where its holder is gone, it is tried a moment longer: a run that has taken it just now
    may not have said so yet.
    """
    try:
        return take_lock(path, 0)
    except LockedError:
        if is_alive(holder(path)) is not False:
            raise
    return take_lock(path, PAUSE_SECONDS)


def suspects(settings: Settings, writer: Health | None, *, thorough: bool) -> Sequence[str]:
    """The runs whose raw files are to be read: those that did not end well, or all."""
    if thorough:
        return sorted({file.run_id for file in warc_files(settings.home, settings.raw) if file.run_id})
    return sorted(writer.unfinished) if writer else ()


def wrong_files(settings: Settings) -> tuple[str, ...]:
    """What is wrong in the operator's own files, a line each."""
    from flows.reading import tagger_options

    found = [trouble_of(lambda: tagger_options(settings))]
    if settings.feeds_file.exists():  # else the next run makes it
        found.append(trouble_of(lambda: load_feeds(settings.feeds_file)))
    return tuple(trouble for trouble in found if trouble)


def model_trouble(settings: Settings) -> str | None:
    """Why the language model cannot be used."""
    from pipeline.tag import open_model

    return trouble_of(lambda: open_model(settings.spacy_model, settings.label_table))


def gazetteer_state(settings: Settings) -> tuple[str | None, bool]:
    """Why the place file cannot be used, and whether it is yet to be built."""
    from pipeline.tag.places.build import is_current

    try:
        if is_current(settings.gazetteer):
            return None, False
    except DatelineError as error:
        return str(error), False
    if settings.gazetteer_file is None:
        return None, True
    return f"{settings.gazetteer}: is no place file" if settings.gazetteer.exists() else "it is not there", False


def trouble_of(attempt: Callable[[], object]) -> str | None:
    """Why an attempt fails; None when it does not."""
    try:
        attempt()
    except DatelineError as error:
        return str(error)
    return None
