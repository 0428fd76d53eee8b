"""The client against a real server on loopback."""

from __future__ import annotations

import gzip
import pickle
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import brotli
import pytest
import zstandard

from pipeline.errors import FetchError
from pipeline.fetch import Client, Limits, StatusError, user_agent
from pipeline.records import Redirect, Response, Validators
from tests.fetch.loopback import ANY_PORT, FAST, Elsewhere, Site, raw, reply

RUSSIAN = "Взрыв прогремел в Багдаде".encode("windows-1251")
PUBLIC = "93.184.215.14"


def get(client: Client, url: str, **options: object) -> Response:
    return client.get(url, accept="*/*", allow_private=True, **options)  # type: ignore[arg-type]


def refusal(client: Client, url: str, **options: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client.get(url, accept="*/*", **{"allow_private": True, **options})  # type: ignore[arg-type]
    assert caught.value.url == url
    return caught.value


def test_a_body_comes_with_the_bytes_it_was_sent_in(site: Site, client: Client) -> None:
    url = site.serve("/a", reply(200, RUSSIAN, Content_Type="text/html; charset=windows-1251"))
    response = get(client, url)
    assert response.body == RUSSIAN
    assert response.header("content-type") == "text/html; charset=windows-1251"
    assert (response.url, response.final_url, response.status) == (url, url, 200)
    assert response.fetched_at.utcoffset() is not None
    assert 0 <= response.elapsed_ms < 1000


def test_a_request_says_who_asks_and_for_what(site: Site, client: Client) -> None:
    client.get(site.serve("/a", reply(200)), accept="application/rss+xml", allow_private=True)
    headers = site.seen[0][1]
    assert headers["User-Agent"] == "Dateline/0.1.0 (+desk@news.example)"
    assert headers["Accept"] == "application/rss+xml"
    assert headers["Accept-Encoding"] == "gzip, br, zstd"
    assert "If-None-Match" not in headers


def test_without_a_contact_the_user_agent_is_name_and_version() -> None:
    assert user_agent("0.1.0", None) == "Dateline/0.1.0"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(RUSSIAN, mtime=0)),
        ("x-gzip", gzip.compress(RUSSIAN, mtime=0)),
        ("deflate", zlib.compress(RUSSIAN)),
        ("br", brotli.compress(RUSSIAN)),
        ("zstd", zstandard.compress(RUSSIAN)),
        ("gzip, br", brotli.compress(gzip.compress(RUSSIAN, mtime=0))),
        ("identity", RUSSIAN),
    ],
)
def test_a_compressed_body_is_unpacked(site: Site, client: Client, coding: str, packed: bytes) -> None:
    assert get(client, site.serve("/a", reply(200, packed, Content_Encoding=coding))).body == RUSSIAN


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", b"not gzip"),
        ("gzip", gzip.compress(RUSSIAN, mtime=0)[:-9]),
        ("compress", b"\x1f\x9d"),
        ("br", b"\xff\xff"),
    ],
)
def test_a_body_that_belies_its_coding_is_refused(site: Site, client: Client, coding: str, packed: bytes) -> None:
    error = refusal(client, site.serve("/a", reply(200, packed, Content_Encoding=coding)))
    assert (error.reason, error.retryable) == ("protocol", True)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_is_told(site: Site, client: Client, status: int) -> None:
    url = site.serve("/old?x=1", reply(status, Location="sub/new#part"))
    site.serve("/sub/new", reply(200, b"here"))
    response = get(client, url)
    assert (response.url, response.final_url, response.body) == (url, site.url("/sub/new"), b"here")
    assert response.redirects == (Redirect(status, site.url("/sub/new")),)


def test_each_hop_is_told_in_order_with_its_absolute_address(site: Site, client: Client) -> None:
    url = site.serve("/a/1", reply(301, Location="2?x=%C3%A9"))
    site.serve("/a/2?x=%C3%A9", reply(307, Location=f"//127.0.0.1:{site.port}/b"))
    site.serve("/b", reply(302, Location="../c#top"))
    site.serve("/c", reply(200))
    expected = ((301, site.url("/a/2?x=%C3%A9")), (307, site.url("/b")), (302, site.url("/c")))
    assert get(client, url).redirects == tuple(Redirect(*hop) for hop in expected)


def test_an_answer_without_redirects_has_none(site: Site, client: Client) -> None:
    assert get(client, site.serve("/a", reply(200))).redirects == ()


def test_a_failure_after_redirects_tells_them_too(site: Site, client: Client) -> None:
    url = site.serve("/a", reply(308, Location="/gone"))
    site.serve("/gone", reply(410))
    error = refusal(client, url)
    assert isinstance(error, StatusError)
    assert error.response.redirects == (Redirect(308, site.url("/gone")),)
    assert dict(error.response.request_headers)["Accept"] == "*/*"


def test_of_two_locations_the_first_counts(site: Site, client: Client) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nLocation: /c\r\nContent-Length: 0\r\n\r\n"
    site.serve("/b", reply(200, b"first"))
    assert get(client, site.serve("/a", raw(head))).body == b"first"


def test_a_redirect_that_names_no_address_is_no_answer(site: Site, client: Client) -> None:
    assert refusal(client, site.serve("/a", reply(302))).reason == "http_302"


def test_the_request_headers_of_the_last_hop_are_told_as_sent(site: Site, client: Client) -> None:
    url = site.serve("/wall", reply(302, Location="/page", Set_Cookie="seen=yes; Path=/"))
    site.serve("/page", reply(200))
    response = get(client, url, validators=Validators(etag='"é"'))
    sent = dict(response.request_headers)
    assert sent == dict(site.seen[-1][1])
    assert (sent["Host"], sent["Cookie"], sent["If-None-Match"]) == (f"127.0.0.1:{site.port}", "seen=yes", '"é"')


def test_validators_go_to_every_hop(site: Site, client: Client) -> None:
    url = site.serve("/old", reply(301, Location="/new"))
    site.serve("/new", reply(304))
    response = get(client, url, validators=Validators(etag='"1"', last_modified="Thu, 1 Jan 2026 7:00:00 GMT"))
    assert (response.status, response.final_url) == (304, site.url("/new"))
    assert [(seen["If-None-Match"], seen["If-Modified-Since"]) for _, seen in site.seen] == [
        ('"1"', "Thu, 1 Jan 2026 7:00:00 GMT")
    ] * 2


def test_a_cookie_set_by_a_redirect_is_sent_back_in_that_exchange_only(site: Site, client: Client) -> None:
    url = site.serve("/wall", reply(302, Location="/page", Set_Cookie="seen=yes; Path=/"))
    site.serve("/page", reply(200, b"text"))
    get(client, url)
    get(client, site.url("/page"))
    assert [headers.get("Cookie") for _, headers in site.seen] == [None, "seen=yes", None]


@pytest.mark.parametrize(
    "cookie",
    [b"\xff", b"a=\xff", b"\xff=1", b'x="', b"=", b"; ;", b"a=b; Max-Age=x; Expires=Thu, 99 Foo 9", b"a" * 20_000],
)
def test_an_odd_cookie_does_no_harm(site: Site, client: Client, cookie: bytes) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\nSet-Cookie: good=1\r\nSet-Cookie: "
    url = site.serve("/a", raw(head + cookie + b"\r\n\r\n"))
    site.serve("/b", reply(200, b"text"))
    assert get(client, url).body == b"text"
    assert "good=1" in site.seen[-1][1]["Cookie"]


def test_a_circle_of_redirects_ends(site: Site, client: Client) -> None:
    error = refusal(client, site.serve("/a", reply(302, Location="/a")))
    assert (error.reason, error.retryable, len(site.seen)) == ("redirects", False, FAST.max_redirects + 1)


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://news.example/a", "gopher://x/", "http://xn--/", "http://[", "//u:p@a/"]
)
def test_a_redirect_leads_only_to_http(site: Site, client: Client, target: str) -> None:
    error = refusal(client, site.serve("/a", reply(302, Location=target)))
    assert (error.reason, error.retryable) == ("bad_url", False)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/a",
        "ftp://news.example/",
        "http://",
        "http://:80/",
        "http://news.example:port/",
        "http://[::1/",
        "http://user:secret@news.example/",
        "http://a\x00b/",
        "javascript:alert(1)",
        "http://good@127.0.0.1/",
        "http://news.example\\@127.0.0.1/",
        "http://127.0.0.1\\.news.example/",
        "http://127.0.0.1%2f@news.example/",
        "http://%31%32%37.0.0.1/",
        "http://a%00b/",
        "http://exa mple/",
        "http://[fe80::1%25eth0]/",
        "http://xn--/",
        "http://xn--a.example/",
        "http://0177.0.0.1/",
        "http://[fe80::1%eth0]/",
        "http://①②⑦.⓪.⓪.①/",
        "http://news.example:80:81/",
        "http://" + "a" * 70_000,
    ],
)
def test_what_is_no_web_address_is_refused_at_once(client: Client, url: str) -> None:
    error = refusal(client, url)
    assert (error.reason, error.retryable) == ("bad_url", False)


def test_validators_are_replayed_to_the_letter_and_304_is_an_answer(site: Site, client: Client) -> None:
    url = site.serve("/feed", reply(304, ETag='W/"x-é"'))
    validators = Validators(etag='W/"0af-é"', last_modified="Thu, 1 Jan 2026 7:00:00 GMT")
    response = get(client, url, validators=validators)
    assert (response.status, response.body, response.header("etag")) == (304, b"", 'W/"x-é"')
    headers = site.seen[0][1]
    assert headers["If-None-Match"] == 'W/"0af-é"'
    assert headers["If-Modified-Since"] == "Thu, 1 Jan 2026 7:00:00 GMT"


def test_304_to_a_request_without_validators_is_no_answer(site: Site, client: Client) -> None:
    assert refusal(client, site.serve("/feed", reply(304)), validators=Validators()).reason == "http_304"


@pytest.mark.parametrize(
    ("status", "retryable"),
    [
        (400, False),
        (401, False),
        (403, False),
        (404, False),
        (410, False),
        (451, False),
        (408, True),
        (425, True),
        (429, True),
        (500, True),
        (503, True),
        (300, False),
    ],
)
def test_a_status_that_is_no_success_is_an_error(site: Site, client: Client, status: int, retryable: bool) -> None:
    error = refusal(client, site.serve("/a", reply(status, b"sorry", Retry_After="120")))
    assert (error.reason, error.status, error.retryable) == (f"http_{status}", status, retryable)
    assert isinstance(error, StatusError)
    assert error.retry_after == "120"
    assert pickle.loads(pickle.dumps(error)).response == error.response


def test_a_body_over_the_cap_is_refused_by_its_length_before_it_is_read(site: Site, client: Client) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
    error = refusal(client, site.serve("/a", raw(head, hang=site.over)))
    assert (error.reason, error.retryable) == ("too_large", False)


def test_a_body_without_length_is_cut_at_the_cap(site: Site, client: Client) -> None:
    pieces = [b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 60_000, b"x" * 60_000]
    url = site.serve("/a", raw(*pieces))
    assert refusal(client, url).reason == "too_large"
    assert len(get(client, url, max_bytes=120_000).body) == 120_000


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(20_000_000), mtime=0)),
        ("br", brotli.compress(bytes(20_000_000), quality=5)),
        ("zstd", zstandard.compress(bytes(20_000_000))),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(20_000_000), mtime=0), mtime=0)),
    ],
)
def test_a_decompression_bomb_stops_at_the_cap(site: Site, client: Client, coding: str, bomb: bytes) -> None:
    url = site.serve("/a", reply(200, bomb, Content_Encoding=coding))
    assert len(bomb) < FAST.max_bytes
    assert refusal(client, url).reason == "too_large"


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"",
    ],
)
def test_an_answer_that_breaks_the_protocol_is_refused(site: Site, client: Client, head: bytes) -> None:
    error = refusal(client, site.serve("/a", raw(head)))
    assert (error.reason, error.retryable) == ("protocol", True)


def test_a_server_that_says_nothing_is_left_after_the_read_limit(site: Site, client: Client) -> None:
    started = time.monotonic()
    error = refusal(client, site.serve("/a", raw(hang=site.over)))
    assert (error.reason, error.retryable) == ("timeout", True)
    assert time.monotonic() - started < 2


def test_redirects_share_one_total_limit(site: Site) -> None:
    slow = b"HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n"
    url = site.serve("/a", lambda handler: (threading.Event().wait(0.2), raw(slow)(handler))[1])
    with Client(replace(FAST, max_redirects=50), "t") as client:
        started = time.monotonic()
        assert refusal(client, url).reason == "timeout"
    assert time.monotonic() - started < 3


def test_nobody_at_the_door_is_a_connect_error(client: Client) -> None:
    error = refusal(client, "http://127.0.0.1:1/")
    assert (error.reason, error.retryable) == ("connect", True)


def test_a_server_without_tls_is_a_tls_error(site: Site, client: Client) -> None:
    assert refusal(client, site.url("/").replace("http:", "https:")).reason == "tls"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "169.254.169.254",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]",
        "2130706433",
        "127.1",
        "0x7f.1",
        "0",
        "127。0。0。1",
        "LOCALHOST",
        "[::FFFF:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b:1::7f00:1]",
        "168.63.129.16",
        "100.100.100.200",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ],
)
def test_addresses_outside_the_open_internet_are_refused(site: Site, client: Client, host: str) -> None:
    error = refusal(client, site.url("/secret", host), allow_private=False)
    assert (error.reason, error.retryable) == ("refused_address", False)
    assert site.seen == []


def test_a_public_name_may_not_redirect_to_a_private_address(site: Site) -> None:
    sockets = Elsewhere()
    site.serve("/a", reply(302, Location=site.url("/secret")))
    with Client(
        FAST,
        "t",
        resolve=lambda host, _: [PUBLIC if host == "news.example" else host],
        sockets=sockets,
        ports=ANY_PORT,
    ) as c:
        assert refusal(c, site.url("/a", "news.example"), allow_private=False).reason == "refused_address"
    assert [path for path, _ in site.seen] == ["/a"]
    assert sockets.asked == [PUBLIC]


def test_the_socket_goes_to_the_address_that_was_checked(site: Site) -> None:
    """DNS rebinding: a second look at the name would find loopback; there is no second look."""
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    sockets = Elsewhere()
    site.serve("/a", reply(200, b"text", Connection="close"))
    url = site.url("/a", "rebind.example")
    with Client(FAST, "t", resolve=lambda *_: next(answers), sockets=sockets, ports=ANY_PORT) as client:
        assert client.get(url, accept="*/*").body == b"text"
        assert sockets.asked == [PUBLIC]
        assert refusal(client, url, allow_private=False).reason == "refused_address"
        assert sockets.asked == [PUBLIC]


def test_of_several_addresses_only_public_ones_are_tried(site: Site) -> None:
    sockets = Elsewhere()
    url = site.url(site.serve("/a", reply(200))[-2:], "mixed.example")
    with Client(FAST, "t", resolve=lambda *_: ["10.0.0.1", PUBLIC], sockets=sockets, ports=ANY_PORT) as client:
        client.get(url, accept="*/*")
    assert sockets.asked == [PUBLIC]


@pytest.mark.parametrize("found", [OSError("no such name"), UnicodeError("label too long"), []])
def test_a_name_without_address_is_a_dns_error(found: Exception | list[str]) -> None:
    def resolve(*_: object) -> list[str]:
        if isinstance(found, Exception):
            raise found
        return found

    with Client(FAST, "t", resolve=resolve) as client:
        error = refusal(client, "http://gone.example/")
    assert (error.reason, error.retryable) == ("dns", True)


def test_a_dns_server_that_says_nothing_is_left_after_the_connect_limit(site: Site) -> None:
    def resolve(*_: object) -> list[str]:
        site.over.wait(5)
        return []

    with Client(replace(FAST, connect_seconds=0.1), "t", resolve=resolve) as client:
        assert refusal(client, "http://slow.example/").reason == "timeout"


def test_no_more_requests_run_at_once_than_a_host_may_have(site: Site) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def answer(handler: object) -> None:
        nonlocal running, most
        with lock:
            running, most = running + 1, max(most, running + 1)
        threading.Event().wait(0.02)
        with lock:
            running -= 1
        reply(200, b"ok")(handler)  # type: ignore[arg-type]

    url = site.serve("/a", answer)
    with Client(replace(FAST, host_connections=2), "t") as client, ThreadPoolExecutor(8) as pool:
        bodies = list(pool.map(lambda _: get(client, url).body, range(12)))
    assert bodies == [b"ok"] * 12
    assert most == 2


def test_requests_to_one_host_start_apart(site: Site) -> None:
    limits: Limits = replace(FAST, host_interval_seconds=0.15)
    site.serve("/a", reply(200))
    with Client(limits, "t", resolve=lambda *_: [PUBLIC], sockets=Elsewhere(), ports=ANY_PORT) as client:
        started = time.monotonic()
        for _ in range(3):
            client.get(site.url("/a", "polite.example"), accept="*/*")
    assert time.monotonic() - started >= 0.3


def test_a_developers_own_server_is_not_made_to_wait(site: Site) -> None:
    url = site.serve("/a", reply(200))
    with Client(replace(FAST, host_interval_seconds=10.0), "t") as client:
        started = time.monotonic()
        for _ in range(3):
            get(client, url)
    assert time.monotonic() - started < 10


def test_waiting_for_a_turn_does_not_count_against_the_total_limit(site: Site) -> None:
    site.serve("/a", reply(200))
    limits = replace(FAST, host_interval_seconds=0.25, total_seconds=0.2)
    with Client(limits, "t", resolve=lambda *_: [PUBLIC], sockets=Elsewhere(), ports=ANY_PORT) as client:
        statuses = [client.get(site.url("/a", "polite.example"), accept="*/*").status for _ in range(2)]
    assert statuses == [200, 200]


def test_the_environments_proxy_is_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    url = site.serve("/a", reply(200, b"direct"))
    with Client(FAST, "t") as client:
        assert get(client, url).body == b"direct"
