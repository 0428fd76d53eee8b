"""`dateline backup`: an installation in a folder of its own, renewed by the next one.

<folder>/manifest.json         what belongs to the backup: it is this one from the moment this file is renamed
<folder>/2026-11-29T…Z/        the warehouse and the operator's files
<folder>/raw/2026/11/22/…      raw pages, kept from one backup to the next
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout

from flows.manifest import NAME, BackupError, Item, Manifest, digest_of, read_manifest, write_manifest
from pipeline.errors import ConfigError
from pipeline.settings import Settings
from warehouse.query import NEW_HOME
from warehouse.snapshot import files_known, snapshot

WAREHOUSE = "live/warehouse.duckdb"
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{6}Z")  # folder of what is copied each time
RAW = ("*.warc.gz", ".*.part")  # names of what is copied below raw/
LOCK = ".dateline-backup.lock"  # also the mark of a folder that is ours


def back_up(settings: Settings, folder: Path) -> str:
    """Make or renew the backup in `folder`; a line on what was copied. Runs go on meanwhile.

    Raises BackupError, ConfigError, WarehouseError; the backup that was there before stays good until the last moment.
    """
    if not settings.live.exists():
        raise ConfigError(str(settings.live), "there is no warehouse here", NEW_HOME)
    if folder.resolve().is_relative_to(settings.home.resolve()):
        raise ConfigError(str(folder), "lies in the home itself", "give a folder elsewhere, best on another disk")
    home = str(settings.home.resolve())
    ours(folder, home)  # before anything is made in it
    with alone(folder):
        before = ours(folder, home)  # another may have ended a backup there meanwhile
        now = datetime.now(UTC)
        fresh = folder / f"{now:%Y-%m-%dT%H-%M-%S-%f}Z"
        (fresh / "live").mkdir(parents=True)
        source = snapshot(
            settings.live, settings.lock, settings.published, fresh / WAREHOUSE, memory_mb=settings.memory_mb
        )
        raw, copied = keep_raw(settings.home, folder, fresh.name, files_known(fresh / WAREHOUSE), before)
        manifest = Manifest(
            made_at=now.isoformat(),
            home=home,
            program_version=version("dateline"),
            source=source.relative_to(settings.home).as_posix(),
            settings={name: str(getattr(settings, name)) for name in sorted(settings.model_fields_set)},
            items=(
                item_of(folder, f"{fresh.name}/{WAREHOUSE}", WAREHOUSE),
                *keep_lists(settings, folder, fresh.name),
                *raw,
            ),
        )
        write_manifest(folder, manifest)
        tidy(folder, manifest, before)
    return (
        f"{len(manifest.items)} files, {manifest.size_bytes / 1e6:.1f} MB in {folder}, "
        f"{copied} raw files copied now, warehouse from {manifest.source}"
    )


def ours(folder: Path, home: str) -> dict[str, Item]:
    """The files of an earlier backup of this home, by their place in it; ConfigError for a folder of another use."""
    if folder.exists() and not folder.is_dir():
        raise ConfigError(str(folder), "is a file", "give a folder")
    if any((above / LOCK).exists() for above in folder.resolve().parents):
        raise ConfigError(str(folder), "lies in another backup", "give a folder elsewhere")
    if folder.exists() and any(folder.iterdir()) and not (folder / LOCK).exists():
        raise ConfigError(str(folder), "is not empty and holds no backup", "give a new folder")
    if not (folder / NAME).exists():
        return {}  # new, or its first backup was killed
    manifest = read_manifest(folder)
    if manifest.home not in (None, home):
        raise ConfigError(str(folder), f"holds the backup of {manifest.home}", "give each home a folder of its own")
    return {item.path: item for item in manifest.items}


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other backup into the same folder while the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout as error:
        raise BackupError(f"{folder}: another backup is being made there") from error


def keep_raw(home: Path, folder: Path, fresh: str, files: list[str], before: dict[str, Item]) -> tuple[list[Item], int]:
    """The raw files in the backup, and how many had to be copied: one that is there in its size is there.

    One of another size (its torn end was cut off) lies beside the earlier one, which is still needed.
    """
    items, copied = [], 0
    for file in files:
        source, known = home / file, before.get(file)
        if not source.exists():
            raise BackupError(
                f"{source}: is gone; `dateline doctor` tells more, and a pruned file is known as such then"
            )
        if known and is_there(folder / known.stored, known.size_bytes) and is_there(source, known.size_bytes):
            items.append(known)
            continue
        stored = f"{fresh}/{file}" if known else file
        put(source, folder / stored)
        items.append(item_of(folder, stored, file))
        copied += 1
    return items, copied


def is_there(file: Path, size: int) -> bool:
    """Whether there is a file of that size."""
    return file.is_file() and file.stat().st_size == size


def keep_lists(settings: Settings, folder: Path, fresh: str) -> Iterator[Item]:
    """The operator's files, and what people said of coded events; a line more of that is in the next backup."""
    for source in (settings.feeds_file, settings.actors_file, settings.rules_file, settings.labels_file):
        if source.exists():
            put(source, folder / fresh / source.name)
            yield item_of(folder, f"{fresh}/{source.name}", source.name)


def put(source: Path, target: Path) -> None:
    """Copy a file, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(target)


def item_of(folder: Path, stored: str, path: str) -> Item:
    """A stored file as the manifest has it."""
    file = folder / stored
    return Item(path=path, stored=stored, size_bytes=file.stat().st_size, sha256=digest_of(file))


def tidy(folder: Path, manifest: Manifest, before: dict[str, Item]) -> None:
    """Remove what belongs to earlier backups, and what killed ones left; nothing that was put there by others."""
    kept = {folder / item.stored for item in manifest.items}
    stamped = [path for path in folder.iterdir() if STAMP.fullmatch(path.name)]
    old = {folder / item.stored for item in before.values()}
    old.update(path for place in stamped for path in place.rglob("*") if path.is_file())
    old.update(path for name in RAW for path in (folder / "raw").rglob(name))
    for path in old - kept:
        path.unlink(missing_ok=True)
    around = {above for path in old - kept for above in path.parents if folder in above.parents}
    around.update(*((place, place / "live") for place in stamped))
    for path in sorted(around, reverse=True):  # those within before those around
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
