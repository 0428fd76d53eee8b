"""WARC files (ISO 28500) as crawlers write them; CC-NEWS is one gzip member a record.

Such members are unpacked one by one, so that each record's place in the file is known, a damaged one costs only itself,
and reading goes on at any of them. A plain file, or one that was packed as a whole, is read in one stream; of the
latter places are counted unpacked. FastWARC reads the records.
"""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO, UnsupportedOperation
from pathlib import Path
from typing import IO, Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from pipeline.archives.items import ArchivedPage, Broken, Item, PassedOver
from pipeline.records import Response

PAGES = frozenset({"text/html", "application/xhtml+xml"})
HEAD_BYTES = 1 << 20  # of a record: WARC and HTTP headers, above what a body may have
_MAGIC = b"\x1f\x8b\x08"
_GZIP = zlib.MAX_WBITS + 16
_READ_BYTES = 1 << 16
_RECORD = b"WARC/"
_DAMAGE = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class _Member:
    """A gzip member: where it ends, and its content or the beginning of it."""

    end: int
    content: bytes
    is_whole: bool


class _Unpacked:
    """A file that was packed as a whole, from its beginning, in the same pieces wherever reading goes on: all that can
    be unpacked before damage is there each time, then the damage is raised.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._pieces = _unpacked(file)
        self._ready = b""
        self._at = 0

    def read(self, size: int = _READ_BYTES) -> bytes:
        """At most so many bytes; none at the end. Raises EOFError, zlib.error."""
        while not self._ready:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._ready = piece
        found, self._ready = self._ready[:size], self._ready[size:]
        self._at += len(found)
        return found

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go on to a place further on; there is no way back, nor one from the end."""
        if whence != os.SEEK_SET or offset < self._at:
            raise UnsupportedOperation("a stream of unpacked bytes is read forwards")
        while self._at < offset and self.read(offset - self._at):
            pass
        return self._at

    def tell(self) -> int:
        """The place."""
        return self._at

    def close(self) -> None:
        """Nothing to do: the file is its opener's."""


def _unpacked(file: IO[bytes]) -> Iterator[bytes]:
    """What a file's first gzip member holds, piece by piece."""
    unpacker = zlib.decompressobj(_GZIP)
    file.seek(0)
    while not unpacker.eof:
        packed = unpacker.unconsumed_tail or file.read(_READ_BYTES)
        if not packed:
            raise EOFError("the file ends before its content does")
        yield unpacker.decompress(packed, _READ_BYTES)


def read_warc(path: Path, start: int, max_bytes: int) -> Iterator[Item]:
    """The records from `start` on. A page of more than `max_bytes` is broken. Raises OSError for the file itself."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if file.read(len(_MAGIC)) != _MAGIC:
            yield from _with_ends(_stream(file, start, max_bytes), lambda: size)
        elif _is_one_member(file, size):
            unpacked = _Unpacked(file)
            yield from _with_ends(_stream(unpacked, start, max_bytes), unpacked.tell)
        else:
            yield from _members(file, start, size, max_bytes)


def _members(file: IO[bytes], start: int, size: int, max_bytes: int) -> Iterator[Item]:
    """Record by record; after damage, on from the next place where one begins."""
    while start < size:
        member = _member(file, start, max_bytes + HEAD_BYTES)
        if member:
            yield _item(BytesIO(member.content), start, member.end, max_bytes, is_whole=member.is_whole)
            start = member.end
            continue
        after = _next_record(file, start + 1, size)
        if after < size:
            yield Broken(start=start, end=after, reason="damaged", detail="no whole record can be unpacked there")
        else:
            yield Broken(start=start, end=size, reason="cut_off", detail="the file ends there within a record")
        start = after


def _member(file: IO[bytes], start: int, most: int) -> _Member | None:
    """The gzip member at `start` with at most `most` bytes of its content; None for one that is cut short or harmed."""
    unpacker = zlib.decompressobj(_GZIP)
    content, size = [], 0
    file.seek(start)
    try:
        while not unpacker.eof:
            packed = unpacker.unconsumed_tail or file.read(_READ_BYTES)
            if not packed:
                return None
            piece = unpacker.decompress(packed, _READ_BYTES * 16)
            if size < most:
                content.append(piece[: most - size])
            size += len(piece)
    except zlib.error:
        return None
    return _Member(file.tell() - len(unpacker.unused_data), b"".join(content), size <= most)


def _next_record(file: IO[bytes], start: int, size: int) -> int:
    """Where the next gzip member begins that holds a record; `size` where there is none."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(_MAGIC, start)
        while at >= 0:
            try:
                if zlib.decompressobj(_GZIP).decompress(data[at : at + _READ_BYTES], len(_RECORD)) == _RECORD:
                    return at
            except zlib.error:
                pass
            at = data.find(_MAGIC, at + 1)
    return size


def _is_one_member(file: IO[bytes], size: int) -> bool:
    """Whether the file was packed as a whole: its first member holds a second record."""
    first = _member(file, 0, HEAD_BYTES)
    if first is None:  # damaged, or cut short: what is whole behind it is found member by member, if by any
        return _next_record(file, 1, size) == size
    return first.content.count(b"\r\n\r\n" + _RECORD) > 0 and first.end == size


def _stream(file: IO[bytes] | _Unpacked, start: int, max_bytes: int) -> Iterator[Item]:
    """Records one after the other; behind damage nothing can be told."""
    at = start
    try:
        file.seek(start)
        for record in ArchiveIterator(file, parse_http=False):
            at = int(record.stream_pos)
            yield _record_item(record, at, at, max_bytes, is_whole=True)
    except _DAMAGE as error:
        yield Broken(start=at, end=at, reason="damaged", detail=f"the rest of the file cannot be read ({error})")


def _with_ends(items: Iterator[Item], size: Callable[[], int]) -> Iterator[Item]:
    """Items with their ends: where the next begins. `size`: asked when there is none, where the last one ends."""
    held: Item | None = None
    for item in items:
        if held:
            yield replace(held, end=item.start)
        held = item
    if held:
        yield replace(held, end=max(size(), held.start))


def _item(data: BytesIO, start: int, end: int, max_bytes: int, *, is_whole: bool) -> Item:
    """The record in `data`."""
    try:
        record = next(ArchiveIterator(data, parse_http=False), None)
        if record is not None:
            return _record_item(record, start, end, max_bytes, is_whole=is_whole)
    except _DAMAGE as error:
        return Broken(start=start, end=end, reason="damaged", detail=f"the record cannot be read ({error})")
    return Broken(start=start, end=end, reason="damaged", detail="no WARC record stands there")


def _record_item(record: Any, start: int, end: int, max_bytes: int, *, is_whole: bool) -> Item:
    """A record as a page, or why it is none."""
    if record.record_type != WarcRecordType.response:
        return PassedOver(start=start, end=end, reason="record_type")
    length, block = record.content_length, record.reader.read(max_bytes + HEAD_BYTES)
    answer = _answer(block)
    if answer is None or answer.status not in range(200, 300):
        return PassedOver(start=start, end=end, reason="status")
    if (answer.header("Content-Type") or "").partition(";")[0].strip().lower() not in PAGES:
        return PassedOver(start=start, end=end, reason="content_type")
    if not is_whole or length > max_bytes + HEAD_BYTES or len(answer.body) > max_bytes:
        return Broken(start=start, end=end, reason="too_large", detail=f"a page of more than {max_bytes} bytes")
    if len(block) < length:
        return Broken(start=start, end=end, reason="cut_off", detail=f"{len(block)} of {length} bytes are there")
    url, at = (record.headers.get("WARC-Target-URI") or "").strip("<> "), record.record_date
    if not url or at is None:
        return Broken(start=start, end=end, reason="no_address", detail="a response without address or time")
    response = replace(answer, url=url, final_url=url, fetched_at=at.astimezone(UTC))
    return ArchivedPage(start=start, end=end, response=response)


def _answer(block: bytes) -> Response | None:
    """The HTTP answer in a block, its body decoded; as it stands where its headers lie about how it was packed."""
    for decode in ("all", "none"):
        head = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
        data = BytesIO(head + b"Content-Length: %d\r\n\r\n" % len(block) + block)
        try:
            record: Any = next(ArchiveIterator(data, parse_http=False))
            record.parse_http(auto_decode=decode)
            if not record.http_headers or record.http_headers.status_code is None:
                return None
            status, headers = record.http_headers.status_code, tuple(record.http_headers.astuples())
            body = record.reader.read()
        except (*_DAMAGE, StopIteration):
            continue
        at = datetime.min.replace(tzinfo=UTC)  # the WARC record knows
        return Response(url="", final_url="", status=status, headers=headers, body=body, fetched_at=at, elapsed_ms=0)
    return None
