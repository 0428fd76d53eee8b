"""WARC files: what is written is read back, by us and by warcio, also after a kill."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.fetch.archive import Archive, ArchiveError, read_capture
from pipeline.ids import stable_id
from pipeline.records import Capture, Redirect, Response
from tests.fetch.warc_readers import assert_readers_accept, captures_in

AT = datetime(2026, 11, 22, 23, 59, 58, 123456, tzinfo=UTC)
PAGE = Response(
    url="http://news.example/a",
    final_url="https://news.example/a",
    status=200,
    headers=(("Content-Type", "text/html; charset=windows-1251"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
    body="<p>Взрыв в Багдаде</p>".encode("windows-1251"),
    fetched_at=AT,
    elapsed_ms=321,
    redirects=(Redirect(302, "https://news.example/old"), Redirect(301, "https://news.example/a")),
)
ASKED = (("Host", "news.example"), ("User-Agent", "Dateline/0.1.0"), ("Accept", "text/html"))
LATER = replace(PAGE, fetched_at=AT + timedelta(seconds=1), headers=(("ETag", '"2"'),), elapsed_ms=5)


def whole(file: IO[bytes]) -> Iterator[ArcWarcRecord]:
    """Every record, its body read and its digests checked."""
    for record in ArchiveIterator(file, check_digests="raise"):
        record.raw_stream.read()
        yield record


def archive(home: Path, run_id: str = "run1") -> Archive:
    return Archive(home, home / "raw", run_id)


def test_a_response_is_read_back_as_it_was(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        capture = out.write(PAGE)
    stored = read_capture(tmp_path, capture)
    assert replace(stored, headers=()) == replace(PAGE, headers=())
    assert stored.headers == (*PAGE.headers, ("Content-Length", str(len(PAGE.body))))
    assert read_capture(tmp_path, capture.warc_file, capture.warc_offset) == stored


def test_a_capture_says_what_was_stored_and_where(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        capture = out.write(PAGE)
    assert capture.warc_file == "raw/2026/11/22/run1-1.warc.gz"
    assert capture.warc_offset > 0
    assert capture.size_bytes == len(PAGE.body)
    assert capture.content_type == "text/html; charset=windows-1251"
    assert capture.capture_id == stable_id(PAGE.url, capture.sha256, AT.isoformat())


def test_warcio_finds_the_file_in_order_and_begun_by_its_own_description(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        captures = [out.write(PAGE), out.write(replace(PAGE, body=b"", status=204, headers=()))]
    path = tmp_path / captures[0].warc_file
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(warcio(["check", str(path)]) or 0)
    assert ended.value.code == 0
    with path.open("rb") as file:
        assert [record.rec_type for record in ArchiveIterator(file)] == ["warcinfo", "response", "response"]


def test_headers_that_do_not_fit_the_decoded_body_are_kept_under_another_name(tmp_path: Path) -> None:
    packed = (("Content-Encoding", "gzip"), ("content-length", "17"), ("Transfer-Encoding", "chunked"))
    with archive(tmp_path) as out:
        capture = out.write(replace(PAGE, headers=packed))
    with gzip.open(tmp_path / capture.warc_file) as file:
        assert b"X-Archive-Orig-Content-Encoding: gzip\r\n" in file.read()
    stored = read_capture(tmp_path, capture)
    assert stored.body == PAGE.body
    assert stored.headers == (("Content-Length", str(len(PAGE.body))),)


def test_threads_may_write_at_once(tmp_path: Path) -> None:
    pages = [replace(PAGE, body=bytes([n]) * n * 100, url=f"http://news.example/{n}") for n in range(60)]
    with archive(tmp_path) as out, ThreadPoolExecutor(8) as pool:
        captures = list(pool.map(out.write, pages))
    assert [read_capture(tmp_path, c).body for c in captures] == [p.body for p in pages]
    assert len({c.warc_file for c in captures}) == 1


def test_each_day_has_its_file_and_a_late_page_opens_none(tmp_path: Path) -> None:
    morrow = replace(PAGE, fetched_at=AT + timedelta(seconds=5))
    with archive(tmp_path) as out:
        names = [out.write(page).warc_file for page in (PAGE, morrow, PAGE)]
    assert names == ["raw/2026/11/22/run1-1.warc.gz"] + ["raw/2026/11/23/run1-1.warc.gz"] * 2


def test_a_file_is_never_opened_for_writing_again(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        first = out.write(PAGE)
    before = (tmp_path / first.warc_file).read_bytes()
    with archive(tmp_path) as out:
        second = out.write(PAGE)
    assert second.warc_file == "raw/2026/11/22/run1-2.warc.gz"
    assert (tmp_path / first.warc_file).read_bytes() == before


def test_a_full_file_is_followed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.fetch.archive.MAX_FILE_BYTES", 900)
    with archive(tmp_path) as out:
        captures = [out.write(PAGE) for _ in range(3)]
    assert len({c.warc_file for c in captures}) > 1
    assert all(read_capture(tmp_path, c).body == PAGE.body for c in captures)


def test_what_was_flushed_is_on_the_disk_before_the_file_is_closed(tmp_path: Path) -> None:
    out = archive(tmp_path)
    out.flush()  # nothing written yet
    capture = out.write(PAGE)
    out.flush()
    assert read_capture(tmp_path, capture).body == PAGE.body
    out.close()


@pytest.mark.parametrize("cut", [1, 8, 60, 200])
def test_a_record_cut_off_by_a_kill_harms_no_other(tmp_path: Path, cut: int) -> None:
    with archive(tmp_path) as out:
        good, torn = out.write(PAGE), out.write(replace(PAGE, body=bytes(range(256)) * 4))
    path = tmp_path / good.warc_file
    path.write_bytes(path.read_bytes()[:-cut])
    assert read_capture(tmp_path, good).body == PAGE.body
    if cut > 8:  # 8 bytes and fewer are gzip's own check sum: the body before them is whole
        with pytest.raises(ArchiveError):
            read_capture(tmp_path, torn)


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = archive(tmp_path)
    first = out.write(PAGE)
    real = out._file
    assert real is not None

    class Full:
        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def write(self, data: bytes) -> int:
            real.write(data[: len(data) // 2])
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(out, "_file", Full())
    with pytest.raises(OSError, match="No space"):
        out.write(PAGE)
    monkeypatch.setattr(out, "_file", real)
    second = out.write(replace(PAGE, body=b"after"))
    out.close()
    assert read_capture(tmp_path, first).body == PAGE.body
    assert read_capture(tmp_path, second).body == b"after"


@pytest.mark.parametrize("offset", [0, 3, 10**9])
def test_a_place_without_a_capture_is_told(tmp_path: Path, offset: int) -> None:
    with archive(tmp_path) as out:
        capture = out.write(PAGE)
    with pytest.raises(ArchiveError, match=f"at {offset}"):
        read_capture(tmp_path, capture.warc_file, offset)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"raw/x\.warc\.gz"):
        read_capture(tmp_path, "raw/x.warc.gz", 0)


def test_a_body_that_is_not_the_captured_one_is_told(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        capture = out.write(PAGE)
    with pytest.raises(ArchiveError, match="not the one"):
        read_capture(tmp_path, replace(capture, sha256="0" * 64))


def test_a_record_of_another_maker_is_read_unpacked(tmp_path: Path) -> None:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    packed = gzip.compress(PAGE.body)
    headers = [("Content-Encoding", "gzip"), ("Content-Length", str(len(packed))), ("Content-Type", "text/html")]
    record = writer.create_warc_record(
        "http://other.example/",
        "response",
        payload=BytesIO(packed),
        http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
    )
    writer.write_record(record)
    (tmp_path / "other.warc.gz").write_bytes(out.getvalue())
    stored = read_capture(tmp_path, "other.warc.gz", 0)
    assert (stored.url, stored.body, stored.header("content-type")) == ("http://other.example/", PAGE.body, "text/html")


def test_what_was_asked_stands_before_what_was_answered(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        capture = out.write(replace(PAGE, final_url="https://news.example/a?b=1", request_headers=ASKED))
    with (tmp_path / capture.warc_file).open("rb") as file:
        _, asked, answered = list(whole(file))
    assert (asked.rec_type, answered.rec_type) == ("request", "response")
    assert asked.rec_headers.get_header("WARC-Concurrent-To") == answered.rec_headers.get_header("WARC-Record-ID")
    assert asked.http_headers.protocol == "GET"
    assert asked.http_headers.statusline == "/a?b=1 HTTP/1.1"
    assert asked.http_headers.headers == list(ASKED)


@pytest.mark.parametrize(
    ("final_url", "sent", "start"),
    [
        ("http://news.example:8080", (("accept", "*/*"),), b"GET / HTTP/1.1\r\nHost: news.example:8080\r\naccept:"),
        ("https://[::1]/x", ((":authority", "[::1]"), ("a", "b")), b"GET /x HTTP/1.1\r\nHost: [::1]\r\na: b\r\n\r\n"),
        ("http://news.example?q=1", (("host", "n"),), b"GET /?q=1 HTTP/1.1\r\nhost: n\r\n\r\n"),
    ],
)
def test_a_request_names_its_host(
    tmp_path: Path, final_url: str, sent: tuple[tuple[str, str], ...], start: bytes
) -> None:
    with archive(tmp_path) as out:
        capture = out.write(replace(PAGE, final_url=final_url, request_headers=sent))
    assert b"\r\n\r\n" + start in gzip.decompress((tmp_path / capture.warc_file).read_bytes())
    assert read_capture(tmp_path, capture).final_url == final_url


def test_a_capture_knows_the_compressed_length_of_its_record(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        captures = [out.write(replace(PAGE, request_headers=ASKED)), out.write(PAGE)]
        captures.append(out.write(LATER, captures[0]))
    stored = (tmp_path / captures[0].warc_file).read_bytes()
    for capture, kind in zip(captures, (b"response", b"response", b"revisit"), strict=True):
        assert capture.warc_length is not None
        record = gzip.decompress(stored[capture.warc_offset : capture.warc_offset + capture.warc_length])
        assert record.startswith(b"WARC/1.1\r\nWARC-Type: " + kind)
        assert record.count(b"WARC/1.1") == 1


def test_the_same_body_again_is_a_revisit_with_its_own_headers(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        first = out.write(PAGE)
    with archive(tmp_path, "run2") as out:
        again = out.write(LATER, first)
    assert (again.sha256, again.size_bytes) == (first.sha256, first.size_bytes)
    stored = read_capture(tmp_path, again)
    assert replace(stored, headers=()) == replace(LATER, headers=())
    assert stored.headers == (*LATER.headers, ("Content-Length", str(len(PAGE.body))))
    assert PAGE.body not in gzip.decompress((tmp_path / again.warc_file).read_bytes())


def test_a_revisit_says_in_the_fields_words_what_it_is_of(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        first = out.write(PAGE)
        out.write(replace(LATER, final_url="https://news.example/new"), first)
    with (tmp_path / first.warc_file).open("rb") as file:
        _, response, revisit = (record.rec_headers for record in whole(file))
    assert revisit.get_header("WARC-Type") == "revisit"
    assert revisit.get_header("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit.get_header("WARC-Refers-To") == response.get_header("WARC-Record-ID")
    assert revisit.get_header("WARC-Refers-To-Target-URI") == "https://news.example/a"
    assert revisit.get_header("WARC-Refers-To-Date") == "2026-11-22T23:59:58.123456Z"
    assert revisit.get_header("WARC-Payload-Digest") == response.get_header("WARC-Payload-Digest")


def test_a_revisit_of_a_revisit_refers_to_the_record_with_the_body(tmp_path: Path) -> None:
    captures: list[Capture] = []
    for number in range(4):
        with archive(tmp_path, f"run{number}") as out:
            captures.append(out.write(replace(LATER, elapsed_ms=number), captures[-1] if captures else None))
    for middle in captures[1:3]:
        (tmp_path / middle.warc_file).unlink()
    assert read_capture(tmp_path, captures[3]).body == PAGE.body


def test_a_changed_body_is_stored_whole(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        first = out.write(PAGE)
        changed = out.write(replace(LATER, body=b"changed"), first)
    (tmp_path / first.warc_file).rename(tmp_path / "other.warc.gz")
    moved = replace(changed, warc_file="other.warc.gz")
    assert read_capture(tmp_path, moved).body == b"changed"


@pytest.mark.parametrize("harm", ["gone", "cut", "another"])
def test_a_body_that_cannot_be_read_any_more_is_written_anew(tmp_path: Path, harm: str) -> None:
    with archive(tmp_path) as out:
        first = out.write(PAGE)
        other = out.write(replace(PAGE, body=b"another"))
    path = tmp_path / first.warc_file
    previous = first
    if harm == "gone":
        path.unlink()
    elif harm == "cut":
        os.truncate(path, first.warc_offset + 300)
    else:
        previous = replace(first, warc_offset=other.warc_offset)
    with archive(tmp_path, "run2") as out:
        again = out.write(LATER, previous)
    path.unlink(missing_ok=True)
    assert read_capture(tmp_path, again).body == PAGE.body


def test_a_revisit_whose_body_is_gone_says_so(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        first = out.write(PAGE)
    with archive(tmp_path, "run2") as out:
        again = out.write(LATER, first)
    (tmp_path / first.warc_file).unlink()
    with pytest.raises(
        ArchiveError, match=r"run2-1\.warc\.gz at \d+: .*body lies in raw/2026/11/22/run1-1\.warc\.gz.*gone"
    ):
        read_capture(tmp_path, again)


def test_an_empty_body_is_no_revisit(tmp_path: Path) -> None:
    empty = replace(PAGE, body=b"")
    with archive(tmp_path) as out:
        first = out.write(empty)
        again = out.write(empty, first)
    with (tmp_path / again.warc_file).open("rb") as file:
        assert [record.rec_type for record in whole(file)] == ["warcinfo", "response", "response"]


def test_a_revisit_of_another_maker_is_no_capture(tmp_path: Path) -> None:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_revisit_record("http://o.example/", "sha1:A", "http://o.example/", "2020-01-01"))
    (tmp_path / "other.warc.gz").write_bytes(out.getvalue())
    with pytest.raises(ArchiveError, match="Dateline-Refers-To-File"):
        read_capture(tmp_path, "other.warc.gz", 0)


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("http://news.example/a", "http://news.example/a"),
        ("tag:agency.example,2026:flood 12", "tag:agency.example,2026:flood%2012"),
        ("file:///drop/item<1>.xml", "file:///drop/item%3C1%3E.xml"),
        ("20261122-flood/12", "urn:dateline:20261122-flood%2F12"),
        ("наводнение", "urn:dateline:" + "".join(f"%{b:02X}" for b in "наводнение".encode())),
    ],
)
def test_text_that_a_feed_carried_is_a_resource(tmp_path: Path, url: str, uri: str) -> None:
    with archive(tmp_path) as out:
        capture = out.write_text(url, "<p>Взрыв</p>", AT)
    stored = read_capture(tmp_path, capture)
    assert (stored.url, stored.final_url, stored.fetched_at) == (url, url, AT)
    assert (stored.status, stored.headers) == (200, (("Content-Type", "text/html; charset=utf-8"),))
    assert stored.body.decode() == "<!doctype html><html><body><article><p>Взрыв</p></article></body></html>"
    assert (capture.url, capture.final_url, capture.content_type) == (url, url, "text/html; charset=utf-8")
    with (tmp_path / capture.warc_file).open("rb") as file:
        record = list(whole(file))[1]
    assert record.rec_type == "resource"
    assert record.rec_headers.get_header("WARC-Target-URI") == uri


def test_what_was_not_fetched_over_http_is_a_resource(tmp_path: Path) -> None:
    dropped = replace(PAGE, url="file:///drop/1.xml", final_url="file:///drop/1.xml", redirects=())
    with archive(tmp_path) as out:
        capture = out.write(dropped)
    stored = read_capture(tmp_path, capture)
    assert (stored.final_url, stored.body) == (dropped.final_url, PAGE.body)
    assert stored.headers == PAGE.headers[:1]


def test_text_with_half_a_character_is_kept(tmp_path: Path) -> None:
    with archive(tmp_path) as out:
        capture = out.write_text("tag:\ud800", "a\ud800b", AT)
    assert b"a?b" in read_capture(tmp_path, capture).body


BODIES = st.one_of(
    st.binary(max_size=300),
    st.sampled_from(
        [b"", b"\r\n\r\n", b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\n", b"\0" * 70_000]
    ),
    st.binary(max_size=60).map(lambda data: gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\n\r\n" + data)),
    st.binary(max_size=60).map(lambda data: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + data),
)
NAMES = st.from_regex(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}", fullmatch=True)
VALUES = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=30).map(lambda v: v.strip(" \t"))
HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=4).map(tuple)
VISITS = st.tuples(st.sampled_from("abc"), BODIES | st.none(), HEADERS, st.sampled_from([200, 203, 304, 599]))


@settings(max_examples=80, deadline=None)
@given(visits=st.lists(VISITS, min_size=1, max_size=8), restarts=st.sets(st.integers(0, 7)))
def test_any_sequence_of_visits_is_read_back_by_us_and_by_the_fields_readers(
    tmp_path_factory: pytest.TempPathFactory,
    visits: list[tuple[str, bytes | None, tuple[tuple[str, str], ...], int]],
    restarts: set[int],
) -> None:
    home, out = tmp_path_factory.mktemp("home"), None
    last: dict[str, tuple[Capture, bytes]] = {}
    written: list[tuple[Capture, Response]] = []
    for number, (name, body, headers, status) in enumerate(visits):
        if out is None or number in restarts:
            if out:
                out.close()
            out = archive(home, f"run{number}")
        previous, before = last.get(name, (None, b""))
        response = replace(
            PAGE,
            url=f"http://news.example/{name}",
            body=before if body is None else body,  # None: the page is as it was
            headers=headers,
            status=status,
            fetched_at=AT + timedelta(milliseconds=number),
            request_headers=headers[:2],
        )
        capture = out.write(response, previous)
        last[name] = capture, response.body
        written.append((capture, response))
    assert out is not None
    out.close()
    for capture, response in reversed(written):
        stored = read_capture(home, capture)
        unfit = {"content-length", "content-encoding", "transfer-encoding"}
        kept = tuple((k, v) for k, v in response.headers if k.lower() not in unfit)
        assert stored.headers == (*kept, ("Content-Length", str(len(response.body))))
        assert replace(stored, headers=()) == replace(response, headers=(), request_headers=())
    offsets = {(c.warc_file, c.warc_offset): c.warc_length for c, _ in written}
    for path in sorted((home / "raw").rglob("*.warc.gz")):
        assert_readers_accept(path)
        name = path.relative_to(home).as_posix()
        expected = {offset: length for (file, offset), length in offsets.items() if file == name}
        assert captures_in(path) == expected
