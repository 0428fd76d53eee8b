"""Upkeep of the archive: torn tails are cut off after a crash, and whole files go when nobody needs them any more."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from pipeline.fetch.archive import sync_folder

_NAME = re.compile(r"(?P<run_id>.+)-\d+\.warc\.gz")
_FILES = "[0-9]*/[0-9]*/[0-9]*/*.warc.gz"
_READ_BYTES = 64 * 1024
_UNPACKED_BYTES = 1024 * 1024  # at once: a member may hold a page of any size
_GZIP = zlib.MAX_WBITS + 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What `repair` did to a file. `kept_bytes` 0: nothing in it was whole, and it is gone.

    `damaged_at` is the offset at which the file's bytes are wrong, not torn: something else than a kill did that. Such
    a file is left alone (`cut_bytes` 0), since records behind may be whole; readers of whole files stop there.
    """

    file: Path
    kept_bytes: int
    cut_bytes: int
    damaged_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcFile:
    """A file of the archive."""

    path: str  # relative to the home, as in Capture.warc_file
    day: date
    size_bytes: int

    @property
    def run_id(self) -> str | None:
        """The run that wrote it; None for a name of another maker's."""
        return _run_id(self.path.rpartition("/")[2])


def repair(folder: Path, run_ids: Sequence[str], *, aside: Path | None = None) -> tuple[Repaired, ...]:
    """Cut what a kill left torn off the files that these runs wrote below `folder`; those that were touched or damaged.

    To be called with the runs that are dead, under the writer's lock. A file then ends with its last whole record, and
    the field's readers accept it; one without any is removed. Torn are a record that is cut short, and zeros that a
    power loss left where data was to come. A second call changes nothing. Reads the files through, 1 GB in about 25 s,
    in constant memory. `aside`: a folder for the bytes that are cut off. Raises OSError.
    """
    found = find_torn(folder, run_ids)
    for repaired in found:
        if repaired.damaged_at is None:
            _cut(repaired, aside)
    return found


def find_torn(folder: Path, run_ids: Sequence[str]) -> tuple[Repaired, ...]:
    """What `repair` would do, without doing it."""
    wanted = frozenset(run_ids)
    found = (_state(path) for path in sorted(folder.glob(_FILES)) if _run_id(path.name) in wanted)
    return tuple(state for state in found if state)


def warc_files(home: Path, folder: Path) -> tuple[WarcFile, ...]:
    """The archive's files in `folder`, by path; empty where there is no such folder."""
    return tuple(
        WarcFile(path=path.relative_to(home).as_posix(), day=day, size_bytes=path.stat().st_size)
        for path in sorted(folder.glob(_FILES))
        if (day := _day(path)) is not None
    )


def prunable(
    files: Sequence[WarcFile],
    in_use: Set[str],
    keep_days: int,
    today: date,
    *,
    running: Collection[str] = (),
    even_in_use: bool = False,
) -> tuple[WarcFile, ...]:
    """The files that may go: older than `keep_days` whole days and not `in_use`, or `even_in_use`.

    `in_use` are paths relative to the home. A revisit's body lies in the file of an earlier capture with the same
    address and sha256 (see `Archive.write`), so `in_use` has to hold the files of all captures that share both with one
    in use. Files of today, of later days, and of the runs in `running` always stay.
    """
    return tuple(
        file
        for file in files
        if (today - file.day).days > max(keep_days, 0)
        and file.run_id not in running
        and (even_in_use or file.path not in in_use)
    )


def prune(home: Path, files: Sequence[WarcFile]) -> int:
    """Remove the files and the day folders that this leaves empty; the number of bytes freed.

    A file that is gone already counts for nothing. Raises OSError.
    """
    freed = 0
    for file in files:
        path = home / file.path
        if path.exists():
            freed += path.stat().st_size
            path.unlink()
        _remove_empty(path.parent)
    return freed


def _state(path: Path) -> Repaired | None:
    """What is to be done to a file; None where it is whole."""
    size = path.stat().st_size
    with path.open("rb") as file:
        end = _end_of_whole_members(file)
        if end == size > 0:
            return None
        if not _is_torn(file, end, size):
            return Repaired(file=path, kept_bytes=size, cut_bytes=0, damaged_at=end)
    return Repaired(file=path, kept_bytes=end, cut_bytes=size - end)


def _cut(torn: Repaired, aside: Path | None) -> None:
    """Cut the torn bytes off, kept in a file of their own where there is a folder for them."""
    path = torn.file
    with path.open("r+b") as file:
        if aside and torn.cut_bytes:
            _keep(file, torn, aside)
        if torn.kept_bytes:
            file.truncate(torn.kept_bytes)
            file.flush()
            os.fsync(file.fileno())
    if not torn.kept_bytes:
        path.unlink()
        sync_folder(path.parent)
        _remove_empty(path.parent)


def _keep(file: IO[bytes], torn: Repaired, aside: Path) -> None:
    aside.mkdir(parents=True, exist_ok=True)
    with (aside / f"{torn.file.name}.from-{torn.kept_bytes}").open("wb") as kept:
        kept.writelines(_pieces(file, torn.kept_bytes))
        kept.flush()
        os.fsync(kept.fileno())


def _end_of_whole_members(file: IO[bytes]) -> int:
    """Where the last gzip member ends, of those in a row from the start that are whole and unharmed."""
    end = 0
    while (after := _end_of_member(file, end)) is not None:
        end = after
    return end


def _end_of_member(file: IO[bytes], start: int) -> int | None:
    """Where the gzip member at `start` ends; None for one that is cut short, harmed or none."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for packed in _pieces(file, start):
            while packed and not unpacker.eof:
                unpacker.decompress(packed, _UNPACKED_BYTES)
                packed = unpacker.unconsumed_tail
            if unpacker.eof:
                return file.tell() - len(unpacker.unused_data)
    except zlib.error:
        pass
    return None


def _is_torn(file: IO[bytes], start: int, size: int) -> bool:
    """Whether what begins at `start` is the beginning of a gzip member, zeros, or the one and then the other."""
    last = _end_of_data(file, start, size)
    unpacker = zlib.decompressobj(_GZIP)
    try:
        for packed in _pieces(file, start, last):
            while packed and not unpacker.eof:
                unpacker.decompress(packed, _UNPACKED_BYTES)
                packed = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return True


def _end_of_data(file: IO[bytes], start: int, size: int) -> int:
    """Where the zeros begin that the file ends with; `size` where it ends with none."""
    end = size
    while end > start:
        begin = max(start, end - _READ_BYTES)
        file.seek(begin)
        data = file.read(end - begin).rstrip(b"\0")
        if data:
            return begin + len(data)
        end = begin
    return start


def _pieces(file: IO[bytes], start: int, end: int | None = None) -> Iterator[bytes]:
    file.seek(start)
    while piece := file.read(_READ_BYTES if end is None else min(_READ_BYTES, end - file.tell())):
        yield piece


def _remove_empty(folder: Path) -> None:
    """Remove the folder of a day, then of its month and its year, as far as they are empty."""
    for level in (folder, folder.parent, folder.parent.parent):
        try:
            level.rmdir()
        except OSError:  # not empty, or gone already
            return


def _run_id(name: str) -> str | None:
    match = _NAME.fullmatch(name)
    return match["run_id"] if match else None


def _day(path: Path) -> date | None:
    """The day that the folders above a file name."""
    year, month, day = path.parts[-4:-1]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
