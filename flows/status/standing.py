"""What `dateline status` looks at: the readers' copy, the run at work, the disk. Nothing is locked, nothing changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.status.at_work import AtWork, at_work, progress_path
from pipeline.errors import WarehouseError
from pipeline.settings import Settings
from warehouse.publish import everything, whole
from warehouse.status import Numbers, read_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Room that a home takes, and what is free beside it, in bytes."""

    warehouse_bytes: int  # the writer's copy, or the files of a lake where they lie on this machine
    copies_bytes: int
    raw_bytes: int
    free_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A home as it was found. `numbers` is None where no copy is there, or where it cannot be asked (`trouble`)."""

    home: Path
    now: datetime
    has_warehouse: bool  # a writer's copy in the home
    is_lake: bool = False
    copied_at: datetime | None = None  # when readers were given their copy; None: there is none
    work: AtWork | None = None  # at work, or how it ended where that was not well
    numbers: Numbers | None = None
    trouble: str | None = None
    disk: Disk | None = None  # None: there is no home


def look_at(settings: Settings) -> Standing:
    """How a home stands now."""
    home, now = settings.home, datetime.now(UTC)
    if not home.is_dir():
        return Standing(home=home, now=now, has_warehouse=False)
    published = readers_copy(settings)
    work = at_work(progress_path(settings))
    numbers, trouble, copied_at = None, None, None
    if published.exists():
        copied_at = datetime.fromtimestamp(published.stat().st_mtime, UTC)
        try:
            numbers = read_numbers(everything(published), now)
        except WarehouseError as error:
            trouble = str(error)
    return Standing(
        home=home,
        now=now,
        has_warehouse=settings.live.exists(),
        is_lake=published.suffix == ".lake",
        copied_at=copied_at,
        work=work,
        numbers=numbers,
        trouble=trouble,
        disk=disk_of(settings),
    )


def readers_copy(settings: Settings) -> Path:
    """What readers of the home open: of one that has moved to a lake, the file that names it."""
    lake = settings.home / "dateline.lake"
    return lake if lake.exists() else settings.published


def disk_of(settings: Settings) -> Disk:
    """The room that a home takes."""
    copies = (settings.published, whole(settings.published))
    return Disk(
        warehouse_bytes=sum(sizes(settings.live)) + sum(sizes(Path(settings.lake_files))),
        copies_bytes=sum(size for path in copies for size in sizes(path)),
        raw_bytes=sum(sizes(settings.raw)),
        free_bytes=shutil.disk_usage(settings.home).free,
    )


def sizes(path: Path) -> Iterator[int]:
    """Of a file, or of all below a folder, in bytes; nothing where there is none. Files may go meanwhile."""
    if path.is_file():
        yield path.stat().st_size
        return
    for folder, _, names in os.walk(path):
        for name in names:
            with suppress(OSError):
                yield Path(folder, name).stat().st_size
