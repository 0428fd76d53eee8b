"""`dateline restore`: a home made of a backup, verified before and checked after."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from flows.backup import put
from flows.manifest import BackupError, Manifest, faults, read_manifest
from pipeline.errors import ConfigError
from pipeline.settings import Settings
from warehouse.checks import checks, choose, run_checks
from warehouse.publish import everything, publish
from warehouse.store import Warehouse, take_lock

SHOWN_FAULTS = 3
RUNNING = "runs_left_running"  # of a run that was at work when the backup was made: the next run sees to it


def restore(settings: Settings, folder: Path, *, force: bool) -> Iterator[str]:
    """Put a backup back as the home of the settings; lines on what was done.

    Nothing is touched until every file has been found to be what the manifest says. A home that is there is in the way;
    `force` moves it aside. The new home is made beside its place, opened, checked, and renamed. Raises BackupError,
    ConfigError, LockedError (a run works in the old home), WarehouseError.
    """
    manifest = read_manifest(folder)
    verify(folder, manifest)
    home = settings.home.resolve()
    if home.is_mount():
        raise ConfigError(str(settings.home), "is mounted, so that no other can take its place", "give a folder in it")
    if is_in_use(home) and not force:
        raise ConfigError(str(settings.home), "is there already", "--force moves it aside")
    fresh = home.with_name(f".{home.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for item in manifest.items:
            put(folder / item.stored, fresh / item.path)
        articles = open_and_check(settings.model_copy(update={"home": fresh}))
        with moved_aside(settings, home) as old:
            fresh.rename(home)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    yield f"{len(manifest.items)} files of {manifest.made_at[:16]} UTC are in {settings.home}, {articles} articles"
    if old:
        yield f"the home that was there is {old}"
    for name, value in manifest.settings.items():
        if name != "home":
            yield f"was set: DATELINE_{name.upper()}={value}"


def verify(folder: Path, manifest: Manifest) -> None:
    """BackupError when a file of the backup is missing or changed."""
    found = list(islice(faults(folder, manifest), SHOWN_FAULTS + 1))
    if found:
        more = ", and more" if len(found) > SHOWN_FAULTS else ""
        raise BackupError(f"{folder}: {'; '.join(found[:SHOWN_FAULTS])}{more}; nothing was restored")


def open_and_check(settings: Settings) -> int:
    """Open the warehouse as a run does, publish it and check it; the number of its articles."""
    with Warehouse.open(settings.live, settings.lock, memory_mb=settings.memory_mb) as warehouse:
        warehouse.unpublished = True
        publish(warehouse, settings.published, since=settings.publish_since(datetime.now(UTC)))
        with warehouse.transaction() as cursor:
            row = cursor.execute("SELECT count(*) FROM article").fetchone()
    chosen = [check for check in choose([], checks(), quick=True) if check.name != RUNNING]
    broken = [found.check.name for found in run_checks(everything(settings.published), chosen, 1) if not found.is_kept]
    if broken:
        raise BackupError(f"{settings.home}: made of the backup, but it breaks promises: {', '.join(broken)}")
    return int(row[0]) if row else 0


def is_in_use(home: Path) -> bool:
    """Whether there is anything in the way."""
    return home.exists() and (not home.is_dir() or any(home.iterdir()))


@contextmanager
def moved_aside(settings: Settings, home: Path) -> Iterator[Path | None]:
    """Move the old home out of the way, under its lock, and back again if the block fails; where it is now."""
    if not is_in_use(home):
        if home.exists():
            home.rmdir()
        yield None
        return
    aside = home.with_name(f"{home.name}.until-{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}")
    lock = take_lock(settings.lock, 0)
    try:
        home.rename(aside)
        try:
            yield aside
        except BaseException:
            aside.rename(home)
            raise
    finally:
        lock.release()
