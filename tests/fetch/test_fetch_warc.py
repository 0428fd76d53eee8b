"""One WARC record: its bytes are the format's, and come back as they went in."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from base64 import b32encode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch.captured import place_of_body, read_response
from pipeline.fetch.warc import (
    HTTP_RESPONSE,
    UNREADABLE,
    Record,
    Stored,
    as_uri,
    digest_of,
    http_head,
    is_digest_of,
    member,
    read_answer,
    read_record,
    status_line,
)
from tests.fetch.warc_readers import kinds_by_fastwarc, kinds_by_warcio

AT = datetime(2026, 11, 22, 23, 59, 58, tzinfo=UTC)
RECORD = Record(
    kind="response",
    at=AT,
    content_type=HTTP_RESPONSE,
    uri="http://news.example/",
    head=b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n",
    payload=b"hello",
    record_id="<urn:uuid:5b1a8f0a-0000-4000-8000-000000000000>",
)


def sha1(data: bytes) -> str:
    return "sha1:" + b32encode(hashlib.sha1(data).digest()).decode()


def stored(kind: str, block: bytes, *fields: tuple[str, str]) -> Stored:
    named = (("WARC-Target-URI", "http://o.example/"), ("WARC-Date", "2020-01-01T00:00:00Z"), *fields)
    return Stored(kind=kind, fields=named, block=block)


def test_a_record_is_one_gzip_member_of_the_formats_lines() -> None:
    expected = f"""WARC/1.1
WARC-Type: response
WARC-Target-URI: http://news.example/
WARC-Date: 2026-11-22T23:59:58Z
WARC-Record-ID: <urn:uuid:5b1a8f0a-0000-4000-8000-000000000000>
WARC-Payload-Digest: {sha1(b"hello")}
WARC-Block-Digest: {sha1(RECORD.head + b"hello")}
Content-Type: application/http; msgtype=response
Content-Length: 30

HTTP/1.1 200 OK
A: b

hello

""".replace("\n", "\r\n")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    assert unpacker.decompress(member(RECORD)).decode() == expected
    assert unpacker.eof
    assert unpacker.unused_data == b""


@given(payload=st.binary(max_size=2000), kind=st.sampled_from(["warcinfo", "resource"]))
def test_a_block_comes_back_from_any_place_in_a_file(
    tmp_path_factory: pytest.TempPathFactory, payload: bytes, kind: str
) -> None:
    path = tmp_path_factory.mktemp("warc") / "a.warc.gz"
    first = member(RECORD)
    path.write_bytes(first + member(Record(kind=kind, at=AT, content_type="a/b", uri="urn:x:y", payload=payload)))  # type: ignore[arg-type]
    read = read_record(path, len(first))
    assert (read.kind, read.block, read.field("content-type")) == (kind, payload, "a/b")
    assert kinds_by_warcio(path) == kinds_by_fastwarc(path) == ["response", kind]


def test_a_field_cannot_break_out_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    hostile = (("Dateline-Requested-URI", "http://x/\r\nWARC-Type: warcinfo\r\n\r\nWARC/1.1"),)
    path.write_bytes(member(Record(kind="resource", at=AT, content_type="a/b", uri="urn:x:y", fields=hostile)))
    read = read_record(path, 0)
    assert read.kind == "resource"
    assert read.field("Dateline-Requested-URI") == "http://x/ WARC-Type: warcinfo WARC/1.1"


@pytest.mark.parametrize("cut", [20, 100, 200])
def test_a_record_cut_short_is_told(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.warc.gz"
    data = member(RECORD)
    path.write_bytes(data[:-cut])
    with pytest.raises(UNREADABLE):
        read_record(path, 0)


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("https://news.example/a?b=1&c=[x]#d", "https://news.example/a?b=1&c=[x]#d"),
        ("https://news.example/50%/%41", "https://news.example/50%25/%41"),
        ('https://news.example/ü "<>\\^`{|}', "https://news.example/%C3%BC%20%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("urn:newsml:agency.example:20261122:flood:1", "urn:newsml:agency.example:20261122:flood:1"),
        (" tag:a\n", "tag:a"),
        ("12345", "urn:dateline:12345"),
        ("/a/b?c#d", "urn:dateline:%2Fa%2Fb%3Fc%23d"),
        ("1a:b", "urn:dateline:1a%3Ab"),
    ],
)
def test_any_name_becomes_a_legal_uri(text: str, uri: str) -> None:
    assert as_uri(text) == uri


@given(text=st.text())
def test_a_legal_uri_stays_as_it_is(text: str) -> None:
    uri = as_uri(text)
    assert uri.isascii()
    assert not set(uri) & set(' "<>\\^`{|}\r\n\0\x7f')
    assert as_uri(uri) == uri


@pytest.mark.parametrize(
    ("digest", "fits"),
    [
        (sha1(b"a"), True),
        (sha1(b"b"), False),
        ("sha1:" + hashlib.sha1(b"b").hexdigest(), True),  # of a form that is not judged
        ("sha256:" + hashlib.sha256(b"b").hexdigest(), True),
    ],
)
def test_a_digest_of_our_form_is_held_against_the_payload(digest: str, fits: bool) -> None:
    assert is_digest_of(digest, b"a") == fits
    assert digest_of(b"a", b"b") == digest_of(b"ab")


def test_http_heads_are_the_bytes_that_crossed_the_wire() -> None:
    assert (
        http_head("GET / HTTP/1.1", [("A", "\xe9\r\nX: y"), ("B", "")])
        == b"GET / HTTP/1.1\r\nA: \xe9 X: y\r\nB: \r\n\r\n"
    )
    assert status_line(404) == "HTTP/1.1 404 Not Found"
    assert status_line(599) == "HTTP/1.1 599 Unknown"


@pytest.mark.parametrize(
    ("block", "status", "headers", "body"),
    [
        (b"HTTP/1.1 200\r\n\r\n", 200, (), b""),
        (b"HTTP/1.0 404 Not Found\nA:b\n\nbody\n", 404, (("A", "b"),), b"body\n"),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n  c\r\n\td\r\nE: f\r\n\r\n", 200, (("A", "b c d"), ("E", "f")), b""),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\nx", 200, (("no colon", ""),), b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200, None, b"hello"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello", mtime=0), 200, None, b"hello"),
    ],
)
def test_answers_of_other_makers_are_read(
    block: bytes, status: int, headers: tuple[tuple[str, str], ...] | None, body: bytes
) -> None:
    answer = read_answer(stored("response", block))
    assert (answer.status, answer.body) == (status, body)
    if headers is None:
        assert answer.is_coded
    else:
        assert answer.headers == headers


@pytest.mark.parametrize(
    "block", [b"", b"hello", b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 OK\r\n\r\n"]
)
def test_a_block_that_is_no_answer_is_told(block: bytes) -> None:
    with pytest.raises(ValueError, match=r"no HTTP answer|invalid literal"):
        read_answer(stored("response", block))


@pytest.mark.parametrize(
    ("kind", "name", "block"),
    [
        ("resource", "WARC-Block-Digest", b"hello"),
        ("response", "WARC-Payload-Digest", b"HTTP/1.1 200 OK\r\n\r\nhello"),
    ],
)
def test_a_body_that_is_not_the_digests_is_told(kind: str, name: str, block: bytes) -> None:
    record = stored(kind, block, (name, sha1(b"other")))
    with pytest.raises(ValueError, match="not the one that was written"):
        read_response(record, record)


def test_a_digest_of_a_packed_body_is_not_held_against_the_unpacked_one() -> None:
    packed = gzip.compress(b"hello")
    block = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 25\r\n\r\n" + packed
    record = stored("response", block, ("WARC-Payload-Digest", sha1(packed)))
    response = read_response(record, record)
    assert (response.body, response.headers) == (b"hello", (("Content-Length", "5"),))


def test_a_revisit_of_a_revisit_is_told() -> None:
    record = stored(
        "revisit", b"HTTP/1.1 200 OK\r\n\r\n", ("Dateline-Refers-To-File", "a"), ("Dateline-Refers-To-Offset", "7")
    )
    assert place_of_body(record) == ("a", 7)
    with pytest.raises(ValueError, match="holds no body"):
        read_response(record, stored("revisit", b"HTTP/1.1 200 OK\r\n\r\n"))
