"""A watched folder as a feed: agencies drop files into it, each is read once, and again when it changes.

Files are never moved, changed or deleted. What still grows is left for the next look: a file that changed within the
last two seconds, and names under which transfers are made (`.x`, `x.tmp`, `x.part`, `x.filepart`, `x~`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.errors import FetchError

SETTLE_SECONDS = 2.0
MOST_FILES = 500  # read in one look; the rest waits for the next
_UNFINISHED = (".tmp", ".part", ".filepart", "~")  # names that FTP and SFTP servers give to a transfer under way
_DEPTH = 4  # folders below the watched one: agencies sort by desk, language or day


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """A file as it was when it was read. `name` is its path within the folder, with slashes."""

    name: str
    size_bytes: int
    modified_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedFile:
    """What is in a file. `address` is its file: URI."""

    name: str
    body: bytes
    address: str
    modified_at: datetime


def list_new(
    url: str, seen: Mapping[str, SeenFile], now: datetime, *, most: int = MOST_FILES
) -> tuple[list[SeenFile], int]:
    """Files that have not been read as they are now, the oldest first, and how many more than `most` there are.

    `url` is the folder's file: address, `seen` what was read before by name. FetchError "no_folder" where there is no
    such folder, or it cannot be looked into.
    """
    folder = folder_of(url)
    latest_ns = int((now.timestamp() - SETTLE_SECONDS) * 1e9)
    new = [f for f in _files(folder, url) if seen.get(f.name) != f and f.modified_ns <= latest_ns]
    new.sort(key=lambda file: (file.modified_ns, file.name))
    return new[:most], max(0, len(new) - most)


def read_file(url: str, name: str, *, max_bytes: int) -> DroppedFile:
    """One file of the folder. FetchError "too_large", or "unreadable" with what the system says."""
    path = folder_of(url) / name
    try:
        with path.open("rb") as file:
            body = file.read(max_bytes + 1)
            changed = os.fstat(file.fileno()).st_mtime
    except OSError as error:
        raise FetchError(path.as_uri(), "unreadable", f"{path.name}: {error.strerror or error}") from error
    if len(body) > max_bytes:
        raise FetchError(path.as_uri(), "too_large", f"{path.name}: more than {max_bytes} bytes", retryable=False)
    return DroppedFile(name=name, body=body, address=path.as_uri(), modified_at=datetime.fromtimestamp(changed, UTC))


def folder_of(url: str) -> Path:
    """The folder that a file: address names."""
    return Path(unquote(urlsplit(url).path))


def _files(folder: Path, url: str) -> Iterator[SeenFile]:
    """All finished files below the folder; links are not followed, so that none leads out of it."""
    try:
        found = list(os.scandir(folder))
    except OSError as error:
        raise FetchError(url, "no_folder", f"{folder}: {error.strerror or error}") from error
    pending = [(entry, 0) for entry in found]
    while pending:
        entry, depth = pending.pop()
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                pending += [(inner, depth + 1) for inner in os.scandir(entry.path)] if depth < _DEPTH else []
            elif entry.is_file(follow_symlinks=False) and not entry.name.lower().endswith(_UNFINISHED):
                stat = entry.stat(follow_symlinks=False)
                name = Path(entry.path).relative_to(folder).as_posix()
                yield SeenFile(name=name, size_bytes=stat.st_size, modified_ns=stat.st_mtime_ns)
        except OSError:  # gone since it was listed, or a folder that is closed to us: the next look tells
            continue
