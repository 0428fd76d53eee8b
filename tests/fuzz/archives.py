"""Readers of files that hold pages: our own raw files, and the archives of others."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.inputs import NOW, cases, in_file, made

LINES = (
    '{"url": "https://wire.example/1", "text": "The quay stayed closed.\\n\\nIt is open.", '
    '"title": "Quay \\ud83d\\ude00", "published_at": "2026-11-27T08:00:00+01:00", "language": "en-GB"}\n'
    '{"url": "https://wire.example/2", "html": "<html lang=de><p>Der Kai</p>", "fetched_at": "2026-11-27"}\n\n'
)
SAVED = (
    '<html><head><link rel="canonical" href="https://wire.example/1"><meta property="og:url" '
    'content="https://wire.example/o?a=1&amp;b=2"><![CDATA[x]]><!--[if IE]>x<![endif]--></head><body><p>A.</p></body>',
    '{"url": "https://wire.example/1", "title": "Quay", "fetched_at": "2026-11-27T08:00:00Z", "published_at": null}',
)


@cache
def archive() -> Sequence[bytes]:
    """A WARC file of ours as it is, and its records without compression."""
    from pipeline.fetch import Archive
    from pipeline.records import Response

    body = b"<html><body><p>The quay stayed closed on Friday.</p></body></html>"
    with TemporaryDirectory() as folder:
        home = Path(folder)
        headers = (("Content-Type", "text/html"), ("Last-Modified", "Fri, 27 Nov 2026 08:00:00 GMT"))
        answer = Response(
            url="https://wire.example/1",
            final_url="https://wire.example/1",
            status=200,
            headers=headers,
            body=body,
            fetched_at=NOW,
            elapsed_ms=5,
        )
        with Archive(home, home / "raw", "0" * 32) as store:
            first = store.write(answer)
            store.write(answer, first)
            store.write_text("tag:wire.example,2026:1", "<p>A full text.</p>", NOW)
        file = next((home / "raw").rglob("*.warc.gz")).read_bytes()
    return [file, gzip.decompress(file), *members(file)]


def members(file: bytes) -> list[bytes]:
    """The gzip members of a file, unpacked: a record each."""
    found = []
    while file:
        unpacker = zlib.decompressobj(31)
        found.append(unpacker.decompress(file))
        file = unpacker.unused_data
    return found


def warc(body: bytes) -> None:
    """A file of another's or a damaged one of ours: mended, and each place in it read."""
    from pipeline.fetch import ArchiveError, read_capture, repair, warc_files

    with TemporaryDirectory() as folder:
        home = Path(folder)
        path = home / "raw" / "2026" / "11" / "29" / f"{'0' * 32}-1.warc.gz"
        path.parent.mkdir(parents=True)
        for file in (body, gzip.compress(body, 1)):
            path.write_bytes(file)
            for offset in (0, len(file) // 2, len(file)):
                try:
                    read_capture(home, path.relative_to(home).as_posix(), offset)
                except ArchiveError:
                    continue
            repair(home / "raw", ["0" * 32])
            assert repair(home / "raw", ["0" * 32]) in ((), repair(home / "raw", ["0" * 32]))
            warc_files(home, home / "raw")
            path.parent.mkdir(parents=True, exist_ok=True)


ARCHIVE_BYTES = 2_000_000  # of a page in an archive


def items_of(path: Path) -> None:
    """An archive's file: what is told of it can be stored, and any item can be gone on from."""
    from pipeline.archives import ArchivedPage, find_inputs, read_archive

    [file] = find_inputs([path]).files
    place, items = 0, list(read_archive(file, 0, ARCHIVE_BYTES))
    for item in items:
        assert place <= item.start <= item.end, "places go on"
        place = item.start
        if isinstance(item, ArchivedPage):
            f"{item.response.url} {item.title}".encode()
            assert len(item.response.body) <= ARCHIVE_BYTES, "a page has its limit"
    kept = [item for item in items if not is_damage(item)]
    for number, item in enumerate(kept[:3], 1):
        rest = [item for item in read_archive(file, item.end, ARCHIVE_BYTES) if not is_damage(item)]
        again = kept[number - 1 :] if item.end == item.start else None  # of the last before damage no end can be told
        assert rest in (kept[number:], again), "the rest is the same"


def is_damage(item: object) -> bool:
    """Whether it tells only that something cannot be read, which may be told again."""
    from pipeline.archives import Broken

    return isinstance(item, Broken) and item.reason in ("damaged", "cut_off")


def json_lines(body: bytes) -> None:
    """As they are, and packed in both ways."""
    for ending in (".jsonl", ".jsonl.gz", ".jsonl.zst"):
        in_file(items_of, f"news{ending}")(body)


def saved_page(body: bytes) -> None:
    """As a page, and as what a sidecar tells of one."""
    in_file(items_of, "page.html")(body)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text("<p>The quay stayed closed on Friday.")
        path.with_name("page.html.json").write_bytes(body)
        items_of(path)


@cache
def crawl() -> Sequence[bytes]:
    """A crawler's WARC file: as it is, a gzip member a record, and packed as a whole; one of ours."""
    page = b"<html><body><p>The quay stayed closed on Friday.</p></body></html>"
    answers = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(page),
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n42\r\n"
        + page
        + b"\r\n0\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n",
    ]
    records = [
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://wire.example/%d\r\n"
        b"WARC-Date: 2026-11-27T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:%032d>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
        % (number, number, len(answer), answer)
        for number, answer in enumerate(answers)
    ]
    whole = b"".join(records)
    return [whole, b"".join(map(gzip.compress, records)), gzip.compress(whole), archive()[0]]


@cache
def saved() -> Sequence[bytes]:
    """Pages, and a sidecar."""
    return [*made(*SAVED)(), *cases("extract", ".html")()]


@cache
def lines() -> Sequence[bytes]:
    """JSON Lines, also packed."""
    import zstandard

    plain = LINES.encode()
    return [plain, gzip.compress(plain), zstandard.compress(plain)]
