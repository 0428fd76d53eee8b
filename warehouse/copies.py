"""Copies of a whole warehouse file: made without moving bytes where the file system can, verified, swept away."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb

from pipeline.errors import WarehouseError
from warehouse.connection import connected, discard
from warehouse.store import Cursor, first_line, statement

FICLONE = 0x40049409  # Linux, ioctl_ficlone(2): the new file shares the blocks of the old until one is written
KEPT_SECONDS = 86_400.0  # so long what a reader laid down is thought to be in use


def clone(source: Path, target: Path) -> bool:
    """Copy a file; True when it shares its blocks (Btrfs, XFS, bcachefs), so that nothing was read or written.

    Raises WarehouseError when the copy is not as long as its source: the disk is full, or the source is changing.
    """
    shared = reflink(source, target)
    if not shared:
        shutil.copyfile(source, target)
    if (size := target.stat().st_size) != (whole := source.stat().st_size):
        raise WarehouseError(f"{target}: the copy has {size:,} bytes of {whole:,}")
    return shared


def reflink(source: Path, target: Path) -> bool:
    """Make `target` share the blocks of `source`; False where system or file system cannot."""
    if sys.platform != "linux":
        return False
    import fcntl

    with source.open("rb") as old, target.open("wb") as new:
        try:
            fcntl.ioctl(new.fileno(), FICLONE, old.fileno())
        except OSError:
            return False
    return True


def temporary(target: Path) -> Path:
    """Where this process makes what will take the place of `target`: beside it, so that a rename is all there is."""
    return target.with_name(f".{target.name}.{os.getpid()}.tmp")


def sweep(*targets: Path) -> None:
    """Remove unfinished copies, and what readers laid down a day ago.

    Who holds the lock of the home knows that whoever made a copy is dead.
    """
    for target in targets:
        for left in target.parent.glob(f".{target.name}.*.tmp*"):  # a log or a folder may lie beside a copy
            discard(left)
        for left in target.parent.glob(f"{target.name}.*.tmp"):  # of readers, which nobody knows to be dead
            with suppress(FileNotFoundError):  # its reader has just ended
                if time.time() - left.stat().st_mtime > KEPT_SECONDS:
                    discard(left)


def write_into(path: Path, words: Callable[[Cursor], object]) -> None:
    """A transaction of its own in a copy that nobody else has open."""
    with connected(path) as connection:
        connection.begin()
        words(connection)
        connection.commit()
        connection.execute("FORCE CHECKPOINT")


def contents(cursor: Cursor) -> dict[str, str]:
    """What a copy is held to: migrations that it has been through, and rows by table."""
    return dict(cursor.execute(statement("contents")).fetchall())


def read_only(path: Path) -> Cursor:
    """A copy of a file, open as for a reader."""
    return connected(path, read_only=True)


def verify(path: Path, promised: dict[str, str], opened: Callable[[Path], Cursor] = read_only) -> None:
    """Open a copy as a reader does; WarehouseError when it cannot be read or holds something else than promised."""
    try:
        with opened(path) as connection:
            held = contents(connection)
    except duckdb.Error as error:
        raise WarehouseError(f"{path}: the copy cannot be read: {first_line(error)}") from error
    for name, value in promised.items():
        if held.get(name) != value:
            raise WarehouseError(f"{path}: the copy differs: {name} is {held.get(name)}, not {value}")
