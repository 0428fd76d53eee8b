"""`dateline backup`: an installation in a folder of its own, renewed by the next one.

<folder>/manifest.json         what belongs to the backup: it is this one from the moment this file is renamed
<folder>/2026-11-29T…Z/        the warehouse and the operator's files
<folder>/raw/2026/11/22/…      raw pages, kept from one backup to the next
"""

from __future__ import annotations

import os
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
from warehouse.snapshot import files_known, snapshot

WAREHOUSE = "live/warehouse.duckdb"
LOCK = ".dateline-backup.lock"  # also the mark of a folder that is ours


def back_up(settings: Settings, folder: Path) -> str:
    """Make or renew the backup in `folder`; a line on what was copied. Runs go on meanwhile.

    Raises BackupError, ConfigError, WarehouseError; the backup that was there before stays good until the last moment.
    """
    if not settings.live.exists():
        raise ConfigError(str(settings.live), "there is no warehouse here", "set DATELINE_HOME")
    if folder.resolve().is_relative_to(settings.home.resolve()):
        raise ConfigError(str(folder), "lies in the home itself", "give a folder elsewhere, best on another disk")
    before = ours(folder)
    with alone(folder):
        now = datetime.now(UTC)
        fresh = folder / f"{now:%Y-%m-%dT%H-%M-%S-%f}Z"
        (fresh / "live").mkdir(parents=True)
        source = snapshot(
            settings.live, settings.lock, settings.published, fresh / WAREHOUSE, memory_mb=settings.memory_mb
        )
        raw, copied = keep_raw(settings.home, folder, files_known(fresh / WAREHOUSE), before)
        manifest = Manifest(
            made_at=now.isoformat(),
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
        tidy(folder, manifest)
    return (
        f"{len(manifest.items)} files, {manifest.size_bytes / 1e6:.1f} MB in {folder}, "
        f"{copied} raw files copied now, warehouse from {manifest.source}"
    )


def ours(folder: Path) -> dict[str, Item]:
    """The files of an earlier backup, by their place in the home; ConfigError for a folder of another use."""
    if folder.exists() and any(folder.iterdir()) and not (folder / LOCK).exists():
        raise ConfigError(str(folder), "is not empty and holds no backup", "give a new folder")
    if not (folder / NAME).exists():
        return {}  # new, or its first backup was killed
    return {item.path: item for item in read_manifest(folder).items}


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other backup into the same folder while the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout as error:
        raise BackupError(f"{folder}: another backup is being made there") from error


def keep_raw(home: Path, folder: Path, files: list[str], before: dict[str, Item]) -> tuple[list[Item], int]:
    """The raw files in the backup, and how many had to be copied: one that is there in its size is there."""
    items, copied = [], 0
    for file in files:
        source, target = home / file, folder / file
        if not source.exists():
            raise BackupError(
                f"{source}: is gone; `dateline doctor` tells more, and a pruned file is known as such then"
            )
        known, size = before.get(file), source.stat().st_size
        if known and known.size_bytes == size and target.is_file() and target.stat().st_size == size:
            items.append(known)
            continue
        put(source, target)
        items.append(item_of(folder, file, file))
        copied += 1
    return items, copied


def keep_lists(settings: Settings, folder: Path, fresh: str) -> Iterator[Item]:
    """The operator's files."""
    for source in (settings.feeds_file, settings.actors_file, settings.rules_file):
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


def tidy(folder: Path, manifest: Manifest) -> None:
    """Remove what belongs to earlier backups, and what killed ones left."""
    kept = {folder / item.stored for item in manifest.items} | {folder / NAME, folder / LOCK}
    for path in sorted(folder.rglob("*"), reverse=True):  # files before their folders
        if path.is_file() and path not in kept:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
