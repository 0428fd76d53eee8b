"""WARC files: what is written is read back, by us and by warcio, also after a kill."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.fetch import Archive, ArchiveError, read_capture
from pipeline.ids import stable_id
from pipeline.records import Response

AT = datetime(2026, 11, 22, 23, 59, 58, 123456, tzinfo=UTC)
PAGE = Response(
    url="http://news.example/a",
    final_url="https://news.example/a",
    status=200,
    headers=(("Content-Type", "text/html; charset=windows-1251"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
    body="<p>Взрыв в Багдаде</p>".encode("windows-1251"),
    fetched_at=AT,
    elapsed_ms=321,
)


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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(body=st.binary(max_size=2000), value=st.text(st.characters(max_codepoint=255), max_size=40))
def test_any_body_and_header_value_survives(tmp_path: Path, body: bytes, value: str) -> None:
    with archive(tmp_path) as out:
        capture = out.write(replace(PAGE, body=body, headers=(("X-Odd", value), ("ETag", '"x"'))))
    stored = read_capture(tmp_path, capture)
    assert stored.body == body
    assert stored.header("ETag") == '"x"'


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
