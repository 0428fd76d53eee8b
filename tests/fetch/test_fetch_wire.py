"""The client against servers that break the rules of the wire, or have no end."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import FetchError
from pipeline.fetch import Client
from pipeline.fetch.connect import HEAD_BYTES
from pipeline.records import Response
from tests.fetch.loopback import (
    ANY_PORT,
    FAST,
    Answer,
    Elsewhere,
    Site,
    certificate,
    endless,
    listening,
    raw,
    reply,
    reset,
    serving,
)

PUBLIC = "93.184.215.14"
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PATIENT = replace(FAST, connect_seconds=5.0, read_seconds=5.0, total_seconds=0.25)  # only the total limit can end it


def get(client: Client, url: str) -> Response:
    return client.get(url, accept="*/*", allow_private=True)


def refusal(client: Client, url: str, *, allow_private: bool = True) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client.get(url, accept="*/*", allow_private=allow_private)
    return caught.value


# Ports


@pytest.mark.parametrize("port", [0, 21, 22, 25, 79, 81, 110, 443 + 1, 5432, 6379, 8000, 9200, 11211, 27017, 65535])
def test_ports_that_serve_no_web_pages_are_refused_before_anything_is_asked(port: int) -> None:
    sockets = Elsewhere()
    with Client(FAST, "t", resolve=lambda *_: [PUBLIC], sockets=sockets) as client:
        error = refusal(client, f"http://news.example:{port}/", allow_private=False)
    assert (error.reason, error.retryable, sockets.asked) == ("refused_port", False, [])


@pytest.mark.parametrize("address", ["http://{}/", "http://{}:443/", "https://{}:8443/", "http://{}:8080/"])
def test_the_webs_ports_are_asked(address: str) -> None:
    sockets = Elsewhere()
    with Client(FAST, "t", resolve=lambda *_: [PUBLIC], sockets=sockets) as client:
        refusal(client, address.format("news.example"), allow_private=False)
    assert sockets.asked == [PUBLIC]


def test_a_redirect_to_another_port_is_refused(site: Site) -> None:
    site.serve("/a", reply(302, Location="http://news.example:6379/"))
    with Client(FAST, "t", resolve=lambda *_: [PUBLIC], sockets=Elsewhere(), ports={site.port}) as client:
        error = refusal(client, site.url("/a", "news.example"), allow_private=False)
    assert (error.reason, error.status, len(site.seen)) == ("refused_port", 302, 1)


def test_the_operators_own_feeds_may_be_at_any_port(site: Site) -> None:
    with Client(FAST, "t") as client:
        assert get(client, site.serve("/a", reply(200, b"own"))).body == b"own"


# Headers


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("one header without end", b"x" * 8000),
        ("headers without end", b"X-More: " + b"y" * 92 + b"\r\n"),
        ("empty headers without end", b"a:\r\n" * 1000),
    ],
)
def test_headers_without_end_are_cut(site: Site, name: str, piece: bytes) -> None:
    with Client(replace(FAST, read_seconds=20, total_seconds=20), "t") as client:
        started = time.monotonic()
        error = refusal(client, site.serve("/a", endless(OK + b"X-First: 1\r\n", piece, site.over)))
    assert (error.reason, error.retryable) == ("protocol", True), name
    assert time.monotonic() - started < 10


def test_answers_of_100_continue_without_end_are_cut(site: Site) -> None:
    with Client(replace(FAST, read_seconds=20, total_seconds=20), "t") as client:
        started = time.monotonic()
        error = refusal(client, site.serve("/a", endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50, site.over)))
    assert (error.reason, str(HEAD_BYTES) in error.detail) == ("protocol", True)
    assert time.monotonic() - started < 10


def test_early_hints_before_an_answer_are_read_over(site: Site, client: Client) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" * 2
    assert get(client, site.serve("/a", raw(hints, OK + b"Content-Length: 2\r\n\r\nok"))).body == b"ok"


def test_a_large_head_is_taken(site: Site, client: Client) -> None:
    policy = "img-src " + "https://cdn.example " * 2000
    response = get(client, site.serve("/a", reply(200, b"text", Content_Security_Policy=policy)))
    assert (response.body, len(response.header("content-security-policy") or "")) == (b"text", len(policy.strip()))


@pytest.mark.parametrize(("lines", "taken"), [(150, True), (300, False), (12_000, False)])
def test_the_number_of_header_lines_is_bounded(site: Site, client: Client, lines: int, taken: bool) -> None:
    url = site.serve("/a", raw(OK + b"a:\r\n" * lines + b"Content-Length: 2\r\n\r\nok"))
    if taken:
        assert get(client, url).body == b"ok"
    else:
        assert refusal(client, url).reason == "protocol"


def test_a_trailer_without_end_is_cut(site: Site) -> None:
    with Client(replace(FAST, read_seconds=20, total_seconds=20), "t") as client:
        error = refusal(client, site.serve("/a", endless(CHUNKED + b"2\r\nok\r\n0\r\n", b"X: y\r\n" * 99, site.over)))
    assert error.reason == "protocol"


# Bodies


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("shorter than announced", raw(OK + b"Content-Length: 9\r\n\r\nabc")),
        ("reset before the answer", reset()),
        ("reset in the headers", reset(OK + b"Content-Le")),
        ("reset in the body", reset(OK + b"Content-Length: 9\r\n\r\nabc")),
        ("reset in a body without length", reset(OK + b"\r\nabc")),
        ("reset in a chunk", reset(CHUNKED + b"5\r\nab")),
        ("chunk longer than its size", raw(CHUNKED + b"2\r\nabc\r\n0\r\n\r\n")),
        ("chunk size of no digits", raw(CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n")),
        ("chunk size below zero", raw(CHUNKED + b"-1\r\nabc\r\n0\r\n\r\n")),
        ("chunk size of forty digits", raw(CHUNKED + b"f" * 40 + b"\r\nabc\r\n0\r\n\r\n")),
        ("no last chunk", raw(CHUNKED + b"3\r\nabc\r\n")),
        ("length below zero", raw(OK + b"Content-Length: -1\r\n\r\nabc")),
        ("an unknown transfer coding", raw(OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")),
        ("HTTP/2 in the clear", raw(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00")),
        ("a switch of protocols", raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n")),
        ("a status below 100", raw(b"HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n")),
        ("a name with a space", raw(OK + b"Bad Name: x\r\nContent-Length: 0\r\n\r\n")),
        ("a thousand codings", raw(OK + b"Content-Encoding: " + b"gzip," * 999 + b"gzip\r\n\r\nabc")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_answer_is_a_protocol_error(site: Site, client: Client, name: str, answer: Answer) -> None:
    error = refusal(client, site.serve("/a", answer))
    assert (error.reason, error.retryable) == ("protocol", True), name


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("a header", raw(OK + b"bad " * 10_000 + b"\r\n\r\n")),
        ("a status line", raw(b"HTTP/9.9 " + b"x" * 50_000 + b"\r\n\r\n")),
        ("a chunk size", raw(CHUNKED + b"z" * 15_000 + b"\r\n")),
        ("a host", reply(302, Location="http://" + "a" * 50_000 + "/")),
        ("an address", reply(302, Location="ftp://" + "a" * 50_000)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_went_wrong_is_told_in_one_line(site: Site, client: Client, name: str, answer: Answer) -> None:
    detail = refusal(client, site.serve("/a", answer)).detail
    assert 10 < len(detail) <= 301, name
    assert detail.splitlines() == [detail]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("longer than announced", raw(OK + b"Content-Length: 3\r\n\r\nabcdef")),
        ("the same length twice", raw(OK + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc")),
        ("HTTP/1.0 without length", raw(b"HTTP/1.0 200 OK\r\n\r\nabc")),
        ("HTTP/1.0 with length", raw(b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc")),
        ("HTTP/1.1 without length", raw(OK + b"\r\n", b"abc")),
        ("without a phrase", raw(b"HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc")),
        ("bare line feeds", raw(b"HTTP/1.1 200 OK\nContent-Length: 3\n\nabc")),
        ("chunks beat a length", raw(OK + b"Content-Length: 9\r\n" + CHUNKED[len(OK) :] + b"3\r\nabc\r\n0\r\n\r\n")),
        ("chunk extension", raw(CHUNKED + b'3;name="value"\r\nabc\r\n0\r\n\r\n')),
        ("trailer", raw(CHUNKED + b"3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_odd_answer_is_read(site: Site, client: Client, name: str, answer: Answer) -> None:
    assert get(client, site.serve("/a", answer)).body == b"abc", name


def test_a_compressed_body_that_unpacks_to_nothing_is_cut_at_the_cap(site: Site) -> None:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    head = gzip.compress(b"")[:10]
    empty_blocks = engine.flush(zlib.Z_FULL_FLUSH) * 1000
    url = site.serve("/a", endless(OK + b"Content-Encoding: gzip\r\n\r\n" + head, empty_blocks, site.over))
    with Client(replace(FAST, read_seconds=20, total_seconds=20), "t") as client:
        started = time.monotonic()
        assert refusal(client, url).reason == "too_large"
    assert time.monotonic() - started < 10


def test_a_body_may_be_asked_for_in_part(site: Site, client: Client) -> None:
    url = site.serve("/a", reply(200, b"0123456789", Content_Type="text/plain"))
    packed = site.serve("/b", reply(200, gzip.compress(bytes(2_000_000)), Content_Encoding="gzip"))
    unending = site.serve("/c", endless(OK + b"\r\n", b"x" * 1000, site.over))
    ask = {"accept": "*/*", "allow_private": True, "truncate": True}
    assert client.get(url, max_bytes=4, **ask).body == b"0123"
    assert client.get(url, max_bytes=10, **ask).body == b"0123456789"
    assert client.get(packed, max_bytes=1500, **ask).body == bytes(1500)
    assert client.get(unending, max_bytes=5000, **ask).body == b"x" * 5000
    assert get(client, url).body == b"0123456789"


# Kept connections


def test_a_connection_that_the_server_closed_while_idle_is_not_used(site: Site, client: Client) -> None:
    def once(handler: object) -> None:
        reply(200, b"text")(handler)  # type: ignore[arg-type]
        handler.close_connection = True  # type: ignore[attr-defined]

    url = site.serve("/a", once)
    assert [get(client, url).body for _ in range(3)] == [b"text"] * 3


@pytest.mark.parametrize("end", [raw(), reset()], ids=["closed", "reset"])
def test_a_connection_that_ends_in_the_moment_of_its_second_use_is_replaced(site: Site, end: Answer) -> None:
    handlers: list[object] = []

    def answer(handler: object) -> None:
        (end if handler in handlers else reply(200, b"text"))(handler)  # type: ignore[arg-type]
        handlers.append(handler)

    url = site.serve("/a", answer)
    with Client(FAST, "t") as client:
        assert [get(client, url).body for _ in range(3)] == [b"text"] * 3
    assert len(site.seen) == 5  # the second and third are asked twice


def test_a_fresh_connection_that_ends_is_not_tried_again(site: Site, client: Client) -> None:
    refusal(client, site.serve("/a", raw()))
    assert len(site.seen) == 1


def test_what_a_server_sends_beyond_its_answer_is_not_the_next_answer(site: Site, client: Client) -> None:
    forged = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
    first = site.serve(
        "/a", lambda handler: handler.wfile.write(OK + b"Content-Length: 4\r\n\r\ntrue" + forged) and None
    )
    second = site.serve("/b", reply(200, b"second"))
    assert [get(client, url).body for url in (first, second)] == [b"true", b"second"]


# Time


@pytest.mark.parametrize(
    ("name", "head", "piece"),
    [
        ("status line", b"", b"H"),
        ("headers", OK, b"X"),
        ("whole headers", OK, b"X-Drop: 1\r\n"),
        ("100 Continue", b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        ("body", OK + b"Content-Length: 5000\r\n\r\n", b"x"),
        ("body without length", OK + b"\r\n", b"x"),
        ("chunks", CHUNKED, b"1\r\nx\r\n"),
        ("a chunk size", CHUNKED, b"0"),
        ("a chunk extension", CHUNKED + b"1;", b"x"),
        ("a trailer", CHUNKED + b"0\r\n", b"X-Drop: 1\r\n"),
        (
            "compressed body",
            OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"", mtime=0)[:10],
            b"\x00\x00\x00\xff\xff",
        ),
        ("redirect", b"HTTP/1.1 302 Found\r\nLocation: /a\r\n", b"X"),
        ("refusal", b"HTTP/1.1 503 Busy\r\n", b"X"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_drip_outlasts_the_total_limit(site: Site, name: str, head: bytes, piece: bytes) -> None:
    url = site.serve("/a", endless(head, piece, site.over, pause=0.02))
    with Client(PATIENT, "t") as client:
        started = time.monotonic()
        error = refusal(client, url)
    assert (error.reason, error.retryable) == ("timeout", True), name
    assert 0.2 < time.monotonic() - started < 2


def test_a_dripping_tls_handshake_does_not_outlast_the_total_limit() -> None:
    over = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03")  # a ServerHello of 16 KiB begins
        while not over.wait(0.04):
            connection.sendall(b"x")

    with listening(drip) as port, Client(PATIENT, "t") as client:
        started = time.monotonic()
        error = refusal(client, f"https://127.0.0.1:{port}/")
        over.set()
    assert error.reason == "timeout"
    assert 0.2 < time.monotonic() - started < 2


def test_several_dead_addresses_share_the_total_limit() -> None:
    limits = replace(FAST, connect_seconds=1.0, total_seconds=0.4)
    dead = [f"127.0.0.{n}" for n in range(1, 9)]
    with FullHouse() as port, Client(limits, "t", resolve=lambda *_: dead) as client:
        started = time.monotonic()
        error = refusal(client, f"http://dead.example:{port}/")
    assert error.reason == "timeout"
    assert 0.35 < time.monotonic() - started < 4


def test_a_dead_address_is_followed_by_the_next(site: Site) -> None:
    with Client(FAST, "t", resolve=lambda *_: ["127.0.0.2", "127.0.0.1"]) as client:  # nobody listens at 127.0.0.2
        site.serve("/a", reply(200, b"text"))
        assert get(client, site.url("/a", "two.example")).body == b"text"


def test_a_slow_answer_does_not_hold_up_another_of_its_host(site: Site) -> None:
    slow = site.serve("/slow", endless(OK + b"\r\n", b"x", site.over, pause=0.04))
    quick = site.serve("/quick", reply(200, b"text"))
    with Client(replace(FAST, host_connections=2), "t") as client, ThreadPoolExecutor(2) as pool:
        held = pool.submit(refusal, client, slow)
        assert get(client, quick).body == b"text"
        assert not held.done()
        assert held.result().reason == "timeout"


class FullHouse:
    """A port of loopback whose queue is full: connecting to any of its addresses gets no answer at all."""

    def __enter__(self) -> int:
        self._open = ExitStack()
        server = self._open.enter_context(socket.socket())
        server.bind(("0.0.0.0", 0))
        server.listen(0)
        port = int(server.getsockname()[1])
        for _ in range(4):
            waiting = self._open.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
        return port

    def __exit__(self, *_: object) -> None:
        self._open.close()


# TLS


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    import ssl

    pem = certificate(tmp_path_factory.mktemp("tls"), "news.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with serving(context) as site:
        site.serve("/a", reply(200, b"text"))
        yield site, pem


def secure_client(**options: object) -> Client:
    return Client(FAST, "t", resolve=lambda *_: ["127.0.0.1"], ports=ANY_PORT, **options)  # type: ignore[arg-type]


def test_a_certificate_that_nobody_signed_is_refused(secure: tuple[Site, Path]) -> None:
    with secure_client() as client:
        error = refusal(client, secure[0].url("/a", "news.example"))
    assert (error.reason, error.retryable) == ("tls", True)


def test_a_certificate_of_the_operators_own_authority_is_trusted(
    secure: tuple[Site, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure[1]))
    with secure_client() as client:
        assert get(client, secure[0].url("/a", "news.example")).body == b"text"


def test_a_certificate_for_another_name_is_refused(secure: tuple[Site, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure[1]))
    with secure_client() as client:
        assert refusal(client, secure[0].url("/a", "other.example")).reason == "tls"


# Permission


def test_each_hop_is_asked_for_before_it_is_fetched(site: Site, client: Client) -> None:
    url = site.serve("/a?x=1", reply(302, Location="b#part"))
    site.serve("/b", reply(200, b"text"))
    asked: list[tuple[str, int]] = []

    def permit(hop: str) -> float:
        asked.append((hop, len(site.seen)))
        return 0.0

    client.get(url, accept="*/*", allow_private=True, permit=permit)
    assert asked == [(url, 0), (site.url("/b"), 1)]


def test_a_hop_that_is_not_permitted_is_not_fetched(site: Site, client: Client) -> None:
    url = site.serve("/a", reply(302, Location="/secret"))

    def permit(hop: str) -> float:
        if hop.endswith("/secret"):
            raise FetchError(hop, "robots", "no", retryable=False)
        return 0.0

    with pytest.raises(FetchError) as caught:
        client.get(url, accept="*/*", allow_private=True, permit=permit)
    assert (caught.value.reason, [path for path, _ in site.seen]) == ("robots", ["/a"])


@pytest.mark.parametrize(("interval", "delay"), [(0.0, 0.2), (0.2, 0.0), (0.2, 0.1)])
def test_the_longer_of_crawl_delay_and_interval_is_kept(site: Site, interval: float, delay: float) -> None:
    site.serve("/a", reply(200))
    url = site.url("/a", "polite.example")
    limits = replace(FAST, host_interval_seconds=interval)
    with Client(limits, "t", resolve=lambda *_: [PUBLIC], sockets=Elsewhere(), ports=ANY_PORT) as client:
        started = time.monotonic()
        for _ in range(3):
            client.get(url, accept="*/*", permit=lambda _: delay)
    assert time.monotonic() - started >= 0.4


def test_a_host_is_one_whatever_its_spelling(site: Site) -> None:
    site.serve("/a", reply(200))
    limits = replace(FAST, host_interval_seconds=0.15)
    with Client(limits, "t", resolve=lambda *_: [PUBLIC], sockets=Elsewhere(), ports=ANY_PORT) as client:
        started = time.monotonic()
        for host in ("münchen.example", "XN--mnchen-3ya.example", "xn--mnchen-3ya.example."):
            client.get(site.url("/a", host), accept="*/*")
    assert time.monotonic() - started >= 0.3
