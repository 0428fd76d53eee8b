"""How the writer's copy remembers, from one opening to the next, that readers have all that it holds.

The stamp lies beside it only while nobody has it open: a program that is killed leaves none, and so the next one
publishes. It names size and time of the file, so that a file put there by hand is published too.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Trace = tuple[tuple[int, int] | None, tuple[int, int] | None]


def trace(path: Path) -> Trace:
    """Size and time of change of the file and of its write-ahead log: a commit that changed anything changes these.

    Small changes go into the log; one above `checkpoint_threshold` goes into the file at once.
    """
    return mark(path), mark(path.with_name(f"{path.name}.wal"))


def mark(path: Path) -> tuple[int, int] | None:
    """Size in bytes and time of change in nanoseconds; None where there is no file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_size, found.st_mtime_ns


def copies_file(path: Path) -> Path:
    """Where it is written down how the readers' copies of a writer's copy were when they were put in place."""
    return path.with_name("copies")


def note_copies(path: Path, copies: Sequence[Path]) -> None:
    """Write down how these copies are now."""
    copies_file(path).write_text(repr([mark(copy) for copy in copies]), "utf-8")


def was_noted(path: Path) -> bool:
    """Whether it is written down how the copies were."""
    return copies_file(path).exists()


def are_untouched(path: Path, copies: Sequence[Path]) -> bool:
    """Whether these copies are as they were put in place: not cut short, overwritten or exchanged since."""
    try:
        return copies_file(path).read_text("utf-8") == repr([mark(copy) for copy in copies])
    except FileNotFoundError:
        return False


def stamp_file(path: Path) -> Path:
    """Where the stamp of a writer's copy lies."""
    return path.with_name("published")


def leave_stamp(path: Path) -> None:
    """Say of a closed file that readers have all that it holds."""
    stamp_file(path).write_text(repr(trace(path)), "utf-8")


def take_stamp(path: Path) -> bool:
    """Whether readers have all that the file holds; its stamp is gone after that."""
    try:
        left = stamp_file(path).read_text("utf-8")
    except FileNotFoundError:
        return False
    stamp_file(path).unlink()
    return left == repr(trace(path))
