"""A watched folder as a feed: agencies drop files into it, each is read once, and again when it changes.

Files are never moved, changed or deleted. What may still grow is left for the next look: a file that changed within the
last two seconds, and names under which transfers are made (`.x`, `x.tmp`, `x.part`, `x.filepart`, `x~`). Pictures and
recordings that come with the news are passed over. `x.xml.gz` is read unpacked; other archives are not opened.
"""

from __future__ import annotations

import heapq
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

from pipeline.errors import FetchError
from pipeline.fetch.decode import DecodeError, decoded

SETTLE_SECONDS = 2.0
ASKED_AT_ONCE = 1_000  # names, so that a folder of years costs no memory
MOST_FILES = 500  # read in one look; the rest waits for the next
_UNFINISHED = (".tmp", ".part", ".filepart", "~")  # names that FTP and SFTP servers give to a transfer under way
_MEDIA = (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".mp3", ".mp4", ".mov", ".wav", ".pdf")
_DEPTH = 8  # folders below the watched one: agencies sort by day, desk and language
_GZIP = b"\x1f\x8b"
_CHUNK_BYTES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """A file as it was when it was listed. `name` is its path within the folder, with slashes.

    A name that is not UTF-8 is percent-encoded, as in its address.
    """

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


Seen = Callable[[Sequence[str]], Mapping[str, SeenFile]]
"""Of some names: those of them that were read before, as they were then."""


def list_new(
    url: str,
    seen: Seen,
    now: datetime,
    *,
    settle_seconds: float = SETTLE_SECONDS,
    most: int = MOST_FILES,
) -> tuple[list[SeenFile], int]:
    """Files that have not been read as they are now, the oldest first, and how many more than `most` there are.

    `url` is the folder's file: address; `seen` tells, of some names, what was read before. A file whose time is later
    than `now` is listed at once: a sender's clock that is wrong cannot tell whether it still grows, and if it does, it
    is read again.
    A folder below that is closed to us is listed as a file would be, and reading it tells why. FetchError "no_folder"
    where there is no such folder, or it cannot be looked into.
    """
    now_ns = int(now.timestamp() * 1e9)
    settled_ns = now_ns - int(settle_seconds * 1e9)
    folder, count = folder_of(url), 0

    def new() -> Iterator[SeenFile]:
        nonlocal count
        files = _files(folder, url)
        while some := list(islice(files, ASKED_AT_ONCE)):
            known = seen([file.name for file in some])
            for file in some:
                if known.get(file.name) != file and not settled_ns < file.modified_ns <= now_ns:
                    count += 1
                    yield file

    oldest = heapq.nsmallest(most, new(), key=lambda file: (file.modified_ns, file.name))
    return oldest, count - len(oldest)


def read_file(url: str, name: str, *, max_bytes: int) -> DroppedFile:
    """One file of the folder; `name` as `list_new` gave it.

    FetchError "gone", "too_large" (more than `max_bytes`, also unpacked), or "unreadable" with what the system says.
    """
    path = _path_of(url, name)
    address = path.as_uri()
    try:
        body, modified = _read(path, max_bytes)
        if body.startswith(_GZIP):
            body = _unpacked(body, max_bytes)
    except FileNotFoundError as error:
        raise FetchError(address, "gone", f"{name}: was taken away before it was read") from error
    except (OSError, DecodeError) as error:
        raise FetchError(address, "unreadable", f"{name}: {getattr(error, 'strerror', None) or error}") from error
    if len(body) > max_bytes:
        raise FetchError(address, "too_large", f"{name}: more than {max_bytes} bytes", retryable=False)
    return DroppedFile(name=name, body=body, address=address, modified_at=datetime.fromtimestamp(modified, UTC))


def folder_of(url: str) -> Path:
    """The folder that a file: address names (RFC 8089)."""
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(url).path)))


def _path_of(url: str, name: str) -> Path:
    """Where the file lies: never outside the folder."""
    folder = folder_of(url)
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or "\0" in name:
        raise FetchError(url, "unreadable", f"{name!r} is no name within {folder}", retryable=False)
    path = folder / parts
    if "%" in name and not os.path.lexists(path):
        return folder / os.fsdecode(unquote_to_bytes(name))
    return path


def _read(path: Path, max_bytes: int) -> tuple[bytes, float]:
    """At most a byte more than `max_bytes`, and the time of the last change.

    Between listing and reading, a link or a pipe may have taken the file's place: one is refused, the other never
    answers, and is not waited for.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError("is no file")
        return file.read(max_bytes + 1), status.st_mtime


def _unpacked(body: bytes, max_bytes: int) -> bytes:
    """The gzip file's content; stops when it passes `max_bytes`, so that a bomb costs no memory."""
    source, pieces, size = BytesIO(body), list[bytes](), 0
    for piece in decoded(iter(lambda: source.read(_CHUNK_BYTES), b""), "gzip"):
        pieces.append(piece)
        size += len(piece)
        if size > max_bytes:
            break
    return b"".join(pieces)


def _files(folder: Path, url: str) -> Iterator[SeenFile]:
    """All finished files below the folder; links are not followed, so that none leads out of it."""
    try:
        with os.scandir(folder) as entries:
            yield from _within(entries, folder, 0)
    except (OSError, ValueError) as error:  # ValueError: a zero byte
        raise FetchError(url, "no_folder", f"{folder}: {getattr(error, 'strerror', None) or error}") from error


def _within(entries: Iterator[os.DirEntry[str]], folder: Path, depth: int) -> Iterator[SeenFile]:
    for entry in entries:
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry, folder, depth + 1)
        elif entry.is_file(follow_symlinks=False) and not entry.name.lower().endswith(_UNFINISHED + _MEDIA):
            yield from _seen(entry, folder)


def _below(entry: os.DirEntry[str], folder: Path, depth: int) -> Iterator[SeenFile]:
    if depth > _DEPTH:
        return
    try:
        entries = os.scandir(entry.path)
    except PermissionError:
        yield from _seen(entry, folder)
        return
    except OSError:  # gone since it was listed
        return
    with entries:
        yield from _within(entries, folder, depth)


def _seen(entry: os.DirEntry[str], folder: Path) -> Iterator[SeenFile]:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:  # gone since it was listed
        return
    name = Path(entry.path).relative_to(folder).as_posix()
    yield SeenFile(name=_writable(name), size_bytes=status.st_size, modified_ns=status.st_mtime_ns)


def _writable(name: str) -> str:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return quote_from_bytes(os.fsencode(name))
    return name
