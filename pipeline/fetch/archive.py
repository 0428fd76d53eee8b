"""Captures in WARC files (ISO 28500, WARC/1.1), the field's archive format.

A file belongs to one run and one day, is made fresh and is never opened for writing again, but to cut off what a kill
left torn (`upkeep.repair`). A record counts once the database names its file and offset, and that is committed only
after `flush`: what a kill cuts off is never read.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Self

from pipeline.errors import DatelineError
from pipeline.fetch.captured import (
    Holder,
    exchange_records,
    place_of_body,
    read_response,
    run_record,
    text_record,
    text_response,
)
from pipeline.fetch.warc import UNREADABLE, Record, Stored, member, read_record
from pipeline.ids import stable_id
from pipeline.records import Capture, Response

MAX_FILE_BYTES = 1_000_000_000  # the size that ISO 28500, annex C recommends


class ArchiveError(DatelineError):
    """A capture cannot be read back: its file is gone, cut off, or holds something else there."""


class Archive:
    """Appends captures to `<folder>/YYYY/MM/DD/<run_id>-<n>.warc.gz`; may be used from many threads.

    The day is the UTC day of `fetched_at`. `folder` lies in `home`, against which captures name their file.
    """

    def __init__(self, home: Path, folder: Path, run_id: str) -> None:
        self._home, self._folder, self._run_id = home, folder, run_id
        self._lock = threading.Lock()
        self._day: date | None = None
        self._path = folder
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, response: Response, previous: Capture | None = None) -> Capture:
        """Append one exchange, and say where the answer lies. Not safe from a kill before `flush`. Raises OSError.

        `previous` is an earlier capture of the same address: where the body is still that one, and can be read, only
        a revisit record is written (ISO 28500, 6.7), which names the record that holds the body.
        """
        digest = sha256(response.body).hexdigest()
        same = previous is not None and previous.sha256 == digest and response.body
        holder = self._holder(previous, response.body) if previous and same else None
        return self._keep(response, digest, exchange_records(response, holder))

    def write_text(self, url: str, html: str, at: datetime) -> Capture:
        """Append an article that a feed itself carried as HTML: a resource record, nothing was transferred for it.

        `url` may be any name, such as a `tag:` or a bare guid. Raises OSError.
        """
        response = text_response(url, html, at)
        return self._keep(response, sha256(response.body).hexdigest(), (text_record(response),))

    def flush(self) -> None:
        """Put all that was written onto the disk itself; to be called before the database names it."""
        with self._lock:
            if self._file:
                _sync(self._file)

    def close(self) -> None:
        """Flush and close the file; the next write makes a new one."""
        with self._lock:
            self._end_file()

    def _holder(self, previous: Capture, body: bytes) -> Holder | None:
        """The record that holds `body` since an earlier capture; None when it is gone, or holds another."""
        try:
            stored = read_record(self._home / previous.warc_file, previous.warc_offset)
            holder = _holder_of(self._home, previous.warc_file, previous.warc_offset, stored)
            same = read_response(holder.stored, holder.stored).body == body
        except UNREADABLE:
            return None  # pruned, or lost: the body is written anew
        return holder if same else None

    def _keep(self, response: Response, digest: str, records: Sequence[Record]) -> Capture:
        """Append the records, the last of which is the capture's."""
        members = [member(record) for record in records]
        with self._lock:
            file = self._file_for(response.fetched_at.date())
            start = _append(file, b"".join(members))
            path = self._path
        return replace(
            unwritten(response, digest),
            warc_file=path.relative_to(self._home).as_posix(),
            warc_offset=start + sum(map(len, members[:-1])),
            warc_length=len(members[-1]),
        )

    def _file_for(self, day: date) -> IO[bytes]:
        # A page asked for before midnight may be written after a later one: the file stays with the later day.
        late = self._day is not None and day > self._day
        if self._file is None or late or self._file.tell() >= MAX_FILE_BYTES:
            self._end_file()
            self._day = max(day, self._day or day)
            self._file = self._new_file(self._folder / f"{self._day:%Y/%m/%d}")
        return self._file

    def _new_file(self, folder: Path) -> IO[bytes]:
        folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            self._path = folder / f"{self._run_id}-{number}.warc.gz"
            try:
                file = self._path.open("xb")
            except FileExistsError:  # of this run before it was killed and taken up again
                number += 1
                continue
            _append(file, member(run_record(self._path.name, self._run_id, datetime.now(UTC))))
            return file

    def _end_file(self) -> None:
        if self._file:
            _sync(self._file)
            self._file.close()
            self._file = None
            sync_folder(self._path.parent)


def unwritten(response: Response, digest: str | None = None) -> Capture:
    """The capture that writing the response makes, but for its place in a file. `digest`: of its body, if known."""
    digest = digest or sha256(response.body).hexdigest()
    return Capture(
        capture_id=stable_id(response.url, digest, response.fetched_at.isoformat()),
        url=response.url,
        final_url=response.final_url,
        fetched_at=response.fetched_at,
        status=response.status,
        content_type=response.header("Content-Type"),
        sha256=digest,
        size_bytes=len(response.body),
        warc_file="",
        warc_offset=0,
    )


def read_capture(home: Path, capture: Capture | str, offset: int | None = None) -> Response:
    """The response that `Archive` stored: by its capture, or by its file (relative to `home`) and offset.

    Headers are those that fit the body as stored: decoded. The body of a revisit comes from the record that
    it refers to. What was sent (`request_headers`) is not read back: it is in the record before. Raises ArchiveError
    when there is no such record, its body's file is gone, or the body is not the one the capture describes.
    """
    name = capture.warc_file if isinstance(capture, Capture) else capture
    start = capture.warc_offset if isinstance(capture, Capture) else offset or 0
    where = f"{name} at {start}"
    try:
        stored = read_record(home / name, start)
        response = read_response(stored, _holder_of(home, name, start, stored).stored)
    except UNREADABLE as error:
        raise ArchiveError(f"{where}: no capture can be read ({error})") from error
    if isinstance(capture, Capture) and sha256(response.body).hexdigest() != capture.sha256:
        raise ArchiveError(f"{where}: the body there is not the one that was captured")
    return response


def _holder_of(home: Path, file: str, offset: int, stored: Stored) -> Holder:
    """The record that holds the body of `stored`, which lies at `offset` of `file`: itself, or one other."""
    place = place_of_body(stored)
    if place is None:
        return Holder(file=file, offset=offset, stored=stored)
    file, offset = place
    try:
        return Holder(file=file, offset=offset, stored=read_record(home / file, offset))
    except FileNotFoundError as error:
        raise ValueError(f"its body lies in {file}, which is gone") from error


def _append(file: IO[bytes], data: bytes) -> int:
    """Where `data` begins; the file is as before when it cannot be written whole."""
    offset = file.tell()
    try:
        file.write(data)
        file.flush()
    except OSError:
        file.seek(offset)
        file.truncate()
        raise
    return offset


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Put the names in `folder` onto the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
