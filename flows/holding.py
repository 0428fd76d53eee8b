"""Who works in a home, as it said itself, and whether it still lives."""

from __future__ import annotations

import os
import re
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from warehouse.store import holder, holder_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has the lock of the home."""

    told: str  # as it said itself: "pid 12 on desk"
    is_alive: bool | None  # None: of another machine, or not told
    held_seconds: float


def holder_of(path: Path) -> Holder:
    """Who holds the lock, and since when."""
    told, since = holder(path), time.time()
    with suppress(OSError):
        since = holder_file(path).stat().st_mtime
    return Holder(told=told, is_alive=is_alive(told), held_seconds=max(0.0, time.time() - since))


def is_alive(told: str) -> bool | None:
    """Whether the process that is told of runs on this machine; None for one of another machine."""
    match = re.fullmatch(r"pid (\d+) on (.+)", told)
    if not match or match[2] != socket.gethostname():
        return None
    try:
        os.kill(int(match[1]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def process_start(pid: int) -> int | None:
    """When a process of this machine began, in ticks since the machine did (proc(5), field 22 of stat); None where
    that is not told. Numbers of processes are given again: with this, one is told from its successor.
    """
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[19])
    return None
