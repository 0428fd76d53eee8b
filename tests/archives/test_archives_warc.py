"""WARC files as crawlers leave them: packed by record, packed whole, plain, torn, harmed."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.archives import ArchivedPage, Broken, Item, PassedOver
from pipeline.archives.warc import read_warc

MOST = 50_000


def record(number: int, body: bytes | None = None, *, headers: str = "", kind: str = "response") -> bytes:
    """A record; bodies differ in every byte, so that gzip cannot make them small."""
    body = body if body is not None else f"<p>{number}</p>".encode() + bytes(range(256)) * 4
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://a.example/{number}>\r\n"
        f"WARC-Date: 2021-03-01T00:00:0{number}Z\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def read(path: Path, start: int = 0) -> list[Item]:
    return list(read_warc(path, start, MOST))


def told(items: list[Item]) -> list[str]:
    """Each item in a word: the last part of a page's address, or the reason."""
    return [i.response.url[-1] if isinstance(i, ArchivedPage) else getattr(i, "reason", "") for i in items]


def written(path: Path, records: list[bytes], how: str) -> Path:
    """The records as a file."""
    parts = [gzip.compress(r) if how == "by record" else r for r in records]
    path.write_bytes(gzip.compress(b"".join(parts)) if how == "whole" else b"".join(parts))
    return path


@pytest.mark.parametrize("how", ["by record", "whole", "plain"])
def test_reading_goes_on_at_the_end_of_any_item(tmp_path: Path, how: str) -> None:
    path = written(tmp_path / "x", [record(n) for n in range(5)], how)
    items = read(path)
    assert told(items) == list("01234")
    first = items[0]
    assert isinstance(first, ArchivedPage)
    assert first.response.url == "https://a.example/0"
    assert first.response.fetched_at == datetime(2021, 3, 1, tzinfo=UTC)
    for number, item in enumerate(items[:-1], 1):
        assert read(path, item.end) == items[number:]
    assert read(path, items[-1].end) == []


@pytest.mark.parametrize("lost", [1, 400, 3000])
def test_of_a_damaged_file_that_was_packed_whole_the_same_is_left_wherever_reading_goes_on(
    tmp_path: Path, lost: int
) -> None:
    bodies = [os.urandom(30_000) for _ in range(9)]
    path = written(tmp_path / "x", [record(n, b"<p>" + body) for n, body in enumerate(bodies)], "whole")
    path.write_bytes(path.read_bytes()[:-lost])
    *pages, damage = read(path)
    assert isinstance(damage, Broken)
    assert len(pages) >= 8, "all that stands before the damage"
    for number, page in enumerate(pages[:-1], 1):
        assert told(read(path, page.end)) == [*told(pages)[number:], "damaged"]


def test_what_is_no_news_page_is_passed_over(tmp_path: Path) -> None:
    picture = record(2).replace(b"text/html", b"image/png")
    moved = record(3).replace(b"200 OK", b"301 Moved")
    no_http = record(4).replace(b"HTTP/1.1 200 OK", b"dns: a.example 1")
    items = read(written(tmp_path / "x", [record(1, kind="request"), picture, moved, no_http], "by record"))
    assert all(isinstance(item, PassedOver) for item in items)
    assert told(items) == ["record_type", "content_type", "status", "status"]


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(b"<p>news</p>", mtime=0)),
        ("Content-Encoding: br\r\n", brotli.compress(b"<p>news</p>")),
        ("Transfer-Encoding: chunked\r\n", b"b\r\n<p>news</p>\r\n0\r\n\r\n"),
        ("Content-Encoding: gzip\r\n", b"<p>news</p>"),  # unpacked by the crawler, the header left
        ("Transfer-Encoding: chunked\r\n", b"<p>news</p>"),
    ],
)
def test_bodies_are_unpacked_whatever_their_headers_say(tmp_path: Path, headers: str, sent: bytes) -> None:
    [item] = read(written(tmp_path / "x", [record(1, sent, headers=headers)], "by record"))
    assert isinstance(item, ArchivedPage)
    assert item.response.body == b"<p>news</p>"


def test_a_page_that_is_too_large_is_broken_and_a_large_picture_is_passed_over(tmp_path: Path) -> None:
    large = record(1, b"x" * 3_000_000)
    items = read(written(tmp_path / "x", [large, large.replace(b"text/html", b"image/png"), record(3)], "by record"))
    assert told(items) == ["too_large", "content_type", "3"]


@pytest.mark.parametrize("cut", [1, 30, 400])
def test_a_torn_last_record_is_broken_at_its_place(tmp_path: Path, cut: int) -> None:
    path = written(tmp_path / "x", [record(n) for n in range(3)], "by record")
    start = read(path)[2].start
    path.write_bytes(path.read_bytes()[:-cut])
    items = read(path)
    assert told(items) == ["0", "1", "cut_off"]
    assert (items[2].start, items[2].end) == (start, path.stat().st_size)


def test_a_plain_file_that_is_torn_says_how_much_is_there(tmp_path: Path) -> None:
    path = written(tmp_path / "x", [record(n) for n in range(3)], "plain")
    path.write_bytes(path.read_bytes()[:-500])
    items = read(path)
    assert told(items) == ["0", "1", "cut_off"]
    assert isinstance(items[2], Broken)
    assert " bytes are there" in items[2].detail


def test_damage_in_the_middle_costs_one_record(tmp_path: Path) -> None:
    path = written(tmp_path / "x", [record(n) for n in range(4)], "by record")
    whole, start = path.read_bytes(), read(path)[1].start
    path.write_bytes(whole[: start + 40] + b"\xff" * 20 + whole[start + 60 :])
    assert told(read(path)) == ["0", "damaged", "2", "3"]
    path.write_bytes(whole[:start] + b"something else" + whole[start:])
    assert told(read(path)) == ["0", "damaged", "1", "2", "3"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=300), st.integers(0, 1500), st.sampled_from(["by record", "whole", "plain"]))
def test_no_damage_stops_reading_or_turns_it_back(tmp_path: Path, damage: bytes, at: int, how: str) -> None:
    path = written(tmp_path / "x", [record(n) for n in range(3)], how)
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + damage + whole[at + len(damage) :])
    items = read(path)
    assert [item.start for item in items] == sorted(item.start for item in items)
    assert all(item.end >= item.start for item in items)
