"""A copy of the warehouse for a backup: whole and consistent, also while a run writes."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import LockedError, WarehouseError
from pipeline.secrets import MASK
from warehouse.connection import MEMORY_MB, connected
from warehouse.copies import clone, contents, verify
from warehouse.publish import everything
from warehouse.store import Warehouse, statement

TRIES = 3  # of copying a readers' copy, which a run may exchange meanwhile


def snapshot(live: Path, lock: Path, published: Path, target: Path, *, memory_mb: int = MEMORY_MB) -> Path:
    """Copy the warehouse to `target`, and say what was copied: the writer's copy, or the whole readers' copy while a
    run has the lock. That one is as the last run left it; what the present run adds is in the next backup.

    Raises WarehouseError when there is nothing to copy or the copy is not what it should be.
    """
    try:
        with Warehouse.open(live, lock, memory_mb=memory_mb) as warehouse, warehouse.standstill() as path:
            clone(path, target)
            with warehouse.transaction(of_book=True) as cursor:
                promised = contents(cursor)
        verify(target, promised)
        return live
    except LockedError:
        return copy_published(everything(published), target)


def copy_published(source: Path, target: Path) -> Path:
    """A readers' copy, copied as it was at one moment: it is exchanged by rename, never written."""
    for _ in range(TRIES):
        try:
            clone(source, target)
            verify(target, {})
            break
        except FileNotFoundError as error:
            raise WarehouseError(f"{source}: the first run has published nothing yet; wait for its end") from error
        except WarehouseError:
            continue  # it was exchanged while its size was compared
    else:
        raise WarehouseError(f"{source}: cannot be copied; see `dateline doctor`")
    if is_masked(target):
        target.unlink()
        raise WarehouseError(f"{source}: a run is at work, and readers' secrets are masked: back up when it has ended")
    return source


def is_masked(path: Path) -> bool:
    """Whether a copy is one whose feeds have a secret in their address, which it does not hold."""
    with connected(path, read_only=True) as cursor:
        return any(MASK in url for (url,) in cursor.execute(statement("feed_urls")).fetchall())


def files_known(path: Path) -> list[str]:
    """The raw files, relative to the home, that a warehouse file knows of."""
    with connected(path, read_only=True) as cursor:
        return [file for (file,) in cursor.execute(statement("files_known")).fetchall()]
