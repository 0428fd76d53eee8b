"""Captures in WARC files (ISO 28500, WARC/1.1), the field's archive format.

A file belongs to one run and one day, is made fresh and is never opened for writing again. A record counts
once the database names its file and offset, and that is committed only after `flush`: what a kill cuts off is
never read.
"""

from __future__ import annotations

import os
import re
import threading
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.errors import DatelineError
from pipeline.ids import stable_id
from pipeline.records import Capture, Response

MAX_FILE_BYTES = 1_000_000_000  # the size that ISO 28500, annex C recommends
_REQUESTED = "Dateline-Requested-URI"
_ELAPSED = "Dateline-Elapsed-Ms"
_KEPT = "X-Archive-Orig-"  # pywb's prefix for a header that no longer fits the bytes below it
_CODINGS = {"content-encoding", "transfer-encoding"}  # in files of other makers: warcio undoes them when it reads
_UNFIT = _CODINGS | {"content-length"}


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

    def write(self, response: Response) -> Capture:
        """Append one response, and say where it lies. Not safe from a kill before `flush`. Raises OSError."""
        digest = sha256(response.body).hexdigest()
        record = _record_bytes(response)
        with self._lock:
            file = self._file_for(response.fetched_at.date())
            offset = _append(file, record)
            path = self._path
        return Capture(
            capture_id=stable_id(response.url, digest, response.fetched_at.isoformat()),
            url=response.url,
            final_url=response.final_url,
            fetched_at=response.fetched_at,
            status=response.status,
            content_type=response.header("Content-Type"),
            sha256=digest,
            size_bytes=len(response.body),
            warc_file=path.relative_to(self._home).as_posix(),
            warc_offset=offset,
        )

    def flush(self) -> None:
        """Put all that was written onto the disk itself; to be called before the database names it."""
        with self._lock:
            if self._file:
                _sync(self._file)

    def close(self) -> None:
        """Flush and close the file; the next write makes a new one."""
        with self._lock:
            self._end_file()

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
            _append(file, _warcinfo_bytes(self._path.name, self._run_id))
            return file

    def _end_file(self) -> None:
        if self._file:
            _sync(self._file)
            self._file.close()
            self._file = None
            _sync_folder(self._path.parent)


def read_capture(home: Path, capture: Capture | str, offset: int | None = None) -> Response:
    """The response that `Archive.write` stored: by its capture, or by its file (relative to `home`) and
    offset.

    Headers are those of the body as stored: decoded, see `Archive`. Raises ArchiveError when there is no such
    record, or its body is not the one the capture describes.
    """
    name = capture.warc_file if isinstance(capture, Capture) else capture
    start = capture.warc_offset if isinstance(capture, Capture) else offset or 0
    where = f"{name} at {start}"
    try:
        with (home / name).open("rb") as file:
            file.seek(start)
            response = _read(file)
    except (OSError, ArchiveLoadFailed, EOFError, ValueError) as error:
        raise ArchiveError(f"{where}: no capture can be read ({error})") from error
    if isinstance(capture, Capture) and sha256(response.body).hexdigest() != capture.sha256:
        raise ArchiveError(f"{where}: the body there is not the one that was captured")
    return response


def _read(file: IO[bytes]) -> Response:
    record = next(ArchiveIterator(file), None)
    if record is None or record.rec_type != "response" or record.http_headers is None:
        raise ValueError("not a response record")
    final_url = record.rec_headers.get_header("WARC-Target-URI")
    stored = Response(
        url=record.rec_headers.get_header(_REQUESTED) or final_url,
        final_url=final_url,
        status=int(record.http_headers.get_statuscode()),
        headers=tuple((str(k), str(v)) for k, v in record.http_headers.headers),
        body=record.content_stream().read(),
        fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        elapsed_ms=int(record.rec_headers.get_header(_ELAPSED) or 0),
    )
    claimed, coded = stored.header("Content-Length"), any(stored.header(name) for name in _CODINGS)
    if claimed is not None and not coded and int(claimed) != len(stored.body):
        raise ValueError("the record is cut off")
    return replace(stored, headers=_restored(stored.headers))


def _record_bytes(response: Response) -> bytes:
    """One compressed WARC record, made whole in memory so that one write puts it on the disk."""
    writer, out = _writer()
    status = f"{response.status} {_phrase(response.status)}"
    rec_headers = {
        "WARC-Date": _utc(response.fetched_at),
        _REQUESTED: _one_line(response.url),
        _ELAPSED: str(response.elapsed_ms),
    }
    # HTTP/1.1 whatever was spoken: WARC has no form for the frames of HTTP/2.
    http_headers = StatusAndHeaders(status, _stored(response), protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            _one_line(response.final_url),
            "response",
            payload=BytesIO(response.body),
            length=len(response.body),
            http_headers=http_headers,
            warc_headers_dict=rec_headers,
        )
    )
    return out.getvalue()


def _warcinfo_bytes(name: str, run_id: str) -> bytes:
    writer, out = _writer()
    info = {
        "software": "Dateline",
        "format": "WARC File Format 1.1",
        "isPartOf": run_id,
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": f"Bodies are stored decoded; headers that said otherwise are kept as {_KEPT}*",
    }
    writer.write_record(writer.create_warcinfo_record(name, info))
    return out.getvalue()


def _writer() -> tuple[Any, BytesIO]:
    out = BytesIO()
    return WARCWriter(out, gzip=True, warc_version="1.1"), out


def _stored(response: Response) -> list[tuple[str, str]]:
    """The headers that fit the decoded body; those that do not are kept under another name."""
    kept = [(_KEPT + k if k.lower() in _UNFIT else k, _one_line(v)) for k, v in response.headers]
    return [*kept, ("Content-Length", str(len(response.body)))]


def _restored(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The headers that the body came with, less those that no longer fit it."""
    return tuple((k, v) for k, v in headers if not k.startswith(_KEPT) and k.lower() not in _CODINGS)


def _append(file: IO[bytes], record: bytes) -> int:
    """Where `record` begins; the file is as before when it cannot be written whole."""
    offset = file.tell()
    try:
        file.write(record)
        file.flush()
    except OSError:
        file.seek(offset)
        file.truncate()
        raise
    return offset


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _utc(when: datetime) -> str:
    return when.isoformat().replace("+00:00", "Z")


def _one_line(text: str) -> str:
    """A header's value cannot hold line ends."""
    return re.sub(r"[\r\n]+", " ", text)
