"""A disk that can be filled: a small file system, where this process may mount one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DISK_BYTES = 2 << 30


def can_mount() -> bool:
    """Whether this process may mount file systems."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def disk(folder: Path) -> Iterator[bool]:
    """A file system of its own at `folder`, whose size can be set; False where this process may not mount one."""
    folder.mkdir()
    if not can_mount():
        yield False
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)], check=True)
    try:
        yield True
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def room(folder: Path, left: int) -> Iterator[None]:
    """So many bytes are left on the disk at `folder` while the block runs."""
    resize(folder, shutil.disk_usage(folder).used + left)
    try:
        yield
    finally:
        resize(folder, DISK_BYTES)


def resize(folder: Path, size: int) -> None:
    """Give a mounted disk another size."""
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)
