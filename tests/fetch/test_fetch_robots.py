"""robots.txt, asked of a real server on loopback by a real client, with a clock of our own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FetchError
from pipeline.fetch import Client
from pipeline.fetch.robots import MAX_BYTES, MAX_DELAY_SECONDS, Robots, RobotsText, is_fresh, origin_of, text_of
from tests.fetch.loopback import ANY_PORT, FAST, Elsewhere, Site, raw, reply

T0 = datetime(2026, 11, 22, 12, tzinfo=UTC)
PUBLIC = "93.184.215.14"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Desk:
    """A Robots with its store and clock."""

    client: Client
    site: Site
    exempt: frozenset[str] = frozenset()
    texts: dict[str, RobotsText] = field(default_factory=dict)
    now: datetime = T0
    looked_up: list[str] = field(default_factory=list)

    def get(self, origin: str) -> RobotsText | None:
        self.looked_up.append(origin)
        return self.texts.get(origin)

    def put(self, text: RobotsText) -> None:
        self.texts[text.origin] = text

    def robots(self) -> Robots:
        agent = "Dateline/0.1.0 (+desk@news.example)"
        return Robots(self.client, self, agent, exempt=self.exempt, clock=lambda: self.now)

    def verdict(self, path: str = "/a", robots: Robots | None = None) -> float | str:
        try:
            return (robots or self.robots()).permit(self.site.url(path), allow_private=True)
        except FetchError as error:
            return error.reason

    def asked(self) -> int:
        return sum(path == "/robots.txt" for path, _ in self.site.seen)


@pytest.fixture
def desk(site: Site, client: Client) -> Desk:
    return Desk(client, site)


@pytest.fixture
def abroad(site: Site) -> Iterator[Client]:
    """A client for which every name leads to the loopback server."""
    with Client(FAST, "t", resolve=lambda *_: [PUBLIC], sockets=Elsewhere(), ports=ANY_PORT) as client:
        yield client


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("", "/a", 0.0),
        ("User-agent: *\nDisallow:\n", "/a", 0.0),
        ("User-agent: *\nDisallow: /\n", "/a", "robots"),
        ("User-agent: *\nDisallow: /\n", "/robots.txt", 0.0),
        ("User-agent: *\nDisallow: /b\n", "/a", 0.0),
        ("User-agent: *\nDisallow: /a\n", "/article?x=1", "robots"),
        ("User-agent: *\nDisallow: /A\n", "/a", 0.0),
        ("User-agent: *\nDisallow: /a/\nAllow: /a/open\n", "/a/open/1", 0.0),  # the longest match counts
        ("User-agent: *\nAllow: /a\nDisallow: /a/closed\n", "/a/closed/1", "robots"),
        ("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", 0.0),  # of equals, Allow
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x.pdf", "robots"),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x.pdf?a", 0.0),
        ("User-agent: *\nDisallow: /*?print=\n", "/x?print=1", "robots"),
        ("User-agent: Dateline\nDisallow: /\n\nUser-agent: *\nDisallow:\n", "/a", "robots"),
        ("User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow: /b\n", "/a", 0.0),
        ("User-agent: Other\nUser-agent: DATELINE\nDisallow: /\n", "/a", "robots"),
        ("User-agent: OtherBot\nDisallow: /\n", "/a", 0.0),
        ("User-agent: desk\nDisallow: /\n", "/a", 0.0),  # a word of the contact is not our name
        ("Disallow: /\n", "/a", 0.0),  # nobody's rule
        ("User-agent: *\nCrawl-delay: 7\n", "/a", 7.0),
        ("User-agent: *\nCrawl-delay: 0.5\n", "/a", 0.5),
        ("User-agent: *\nCrawl-delay: 86400\n", "/a", MAX_DELAY_SECONDS),
        ("User-agent: *\nCrawl-delay: -3\n", "/a", 0.0),
        ("User-agent: *\nCrawl-delay: nan\n", "/a", 0.0),
        ("User-agent: *\nCrawl-delay: soon\n", "/a", 0.0),
        ("User-agent: *\nRequest-rate: 1/10\n", "/a", 10.0),
        ("User-agent: *\nRequest-rate: 2/1m\n", "/a", 30.0),
        ("User-agent: *\nRequest-rate: 1/5\nCrawl-delay: 9\n", "/a", 9.0),
        ("User-agent: *\nRequest-rate: 1/1h\n", "/a", MAX_DELAY_SECONDS),
        ("User-agent: *\nCrawl-delay: 9\n\nUser-agent: Dateline\nDisallow: /b\n", "/a", 0.0),
        ("\ufeffUser-agent: *\nDisallow: /\n", "/a", "robots"),
        ("User-agent: *\r\nDisallow: /\r\n", "/a", "robots"),
        ("User-agent: *\rDisallow: /\r", "/a", "robots"),
        ("<html><body>Not found</body></html>", "/a", 0.0),
        ("User-agent: *\nDisallow: /\u00fcber\n", "/%C3%BCber", "robots"),
    ],
)
def test_pages_are_judged_by_what_is_written(desk: Desk, text: str, path: str, expected: float | str) -> None:
    desk.site.serve("/robots.txt", reply(200, text.encode()))
    assert desk.verdict(path) == expected


def test_a_refusal_says_who_refuses(desk: Desk) -> None:
    desk.site.serve("/robots.txt", reply(200, b"User-agent: *\nDisallow: /a\n"))
    with pytest.raises(FetchError) as caught:
        desk.robots().permit(desk.site.url("/a"), allow_private=True)
    error = caught.value
    assert (error.url, error.reason, error.retryable) == (desk.site.url("/a"), "robots", False)
    assert desk.site.url("/robots.txt") in error.detail


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (204, 0.0),
        (302, 0.0),  # without a Location
        (400, 0.0),
        (401, 0.0),
        (403, 0.0),
        (404, 0.0),
        (410, 0.0),
        (451, 0.0),
        (429, "robots_unreachable"),
        (500, "robots_unreachable"),
        (503, "robots_unreachable"),
    ],
)
def test_a_status_says_that_there_is_none_or_that_nobody_knows(desk: Desk, status: int, expected: float | str) -> None:
    desk.site.serve("/robots.txt", reply(status, b"" if status == 204 else b"User-agent: *\nDisallow: /\n"))
    assert desk.verdict() == expected


def test_what_cannot_be_had_is_tried_again_later(desk: Desk) -> None:
    desk.site.serve("/robots.txt", raw())
    with pytest.raises(FetchError) as caught:
        desk.robots().permit(desk.site.url("/a"), allow_private=True)
    assert (caught.value.reason, caught.value.retryable) == ("robots_unreachable", True)


def test_redirects_are_followed_and_count_for_the_origin_that_was_asked(desk: Desk) -> None:
    for n in range(3):
        desk.site.serve(f"/r{n}", reply(301, Location=f"/r{n + 1}"))
    desk.site.serve("/robots.txt", reply(302, Location="/r1"))
    desk.site.serve("/r3", reply(200, b"User-agent: *\nDisallow: /\n"))
    assert desk.verdict() == "robots"


def test_a_circle_of_redirects_is_no_robots_txt(desk: Desk) -> None:
    desk.site.serve("/robots.txt", reply(302, Location="/robots.txt"))
    assert desk.verdict() == 0.0


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/robots.txt", "http://news.example:6379/robots.txt", "ftp://news.example/robots.txt"]
)
def test_a_redirect_to_an_address_that_may_not_be_asked_is_no_robots_txt(site: Site, target: str) -> None:
    def resolve(host: str, _: int) -> list[str]:
        return [PUBLIC if host == "news.example" else host]

    site.serve("/robots.txt", reply(302, Location=target))
    with Client(FAST, "t", resolve=resolve, sockets=Elsewhere(), ports={site.port, 80}) as client:
        desk = Desk(client, site)
        robots = desk.robots()
        assert [robots.permit(site.url(path, "news.example")) for path in ("/a", "/b")] == [0.0, 0.0]
    assert ([text.status for text in desk.texts.values()], desk.asked()) == ([302], 1)


def test_an_address_that_may_not_be_asked_is_refused_as_such(site: Site, client: Client) -> None:
    desk = Desk(client, site)
    with pytest.raises(FetchError) as caught:
        desk.robots().permit(site.url("/a"))
    assert (caught.value.reason, caught.value.retryable, desk.texts) == ("refused_address", False, {})


def test_it_is_asked_once_a_day(desk: Desk) -> None:
    desk.site.serve("/robots.txt", reply(200, b"User-agent: *\nDisallow: /a\n"))
    robots = desk.robots()
    assert [desk.verdict("/a", robots), desk.verdict("/b", robots), desk.verdict("/a")] == ["robots", 0.0, "robots"]
    desk.now += DAY - HOUR
    assert (desk.verdict("/a", robots), desk.verdict(), desk.asked()) == ("robots", "robots", 1)
    desk.now += 2 * HOUR
    desk.site.serve("/robots.txt", reply(200, b""))
    assert (desk.verdict("/a", robots), desk.verdict(), desk.asked()) == (0.0, 0.0, 2)


def test_one_that_cannot_be_had_is_asked_again_after_an_hour(desk: Desk) -> None:
    desk.site.serve("/robots.txt", reply(503))
    robots = desk.robots()
    assert [desk.verdict("/a", robots), desk.verdict("/b", robots), desk.asked()] == ["robots_unreachable"] * 2 + [1]
    desk.now += 2 * HOUR
    desk.site.serve("/robots.txt", reply(200, b""))
    assert (desk.verdict("/a", robots), desk.asked()) == (0.0, 2)


def test_one_that_cannot_be_had_for_a_month_is_none(desk: Desk) -> None:
    desk.site.serve("/robots.txt", reply(500))
    verdicts = []
    for _ in range(33):
        verdicts.append(desk.verdict())
        desk.now += DAY
    assert verdicts == ["robots_unreachable"] * 30 + [0.0] * 3
    desk.site.serve("/robots.txt", reply(200, b"User-agent: *\nDisallow: /\n"))
    assert desk.verdict() == "robots"
    desk.now += 2 * DAY
    desk.site.serve("/robots.txt", reply(500))
    assert desk.verdict() == "robots_unreachable"  # the month begins anew


@pytest.mark.parametrize(
    ("status", "age", "fresh"),
    [
        (200, DAY - HOUR, True),
        (200, DAY, False),
        (404, DAY - HOUR, True),
        (429, HOUR / 2, True),
        (429, HOUR, False),
        (503, HOUR, False),
        (None, HOUR / 2, True),
        (None, HOUR, False),
        (200, -400 * DAY, False),  # the clock was set back
    ],
)
def test_what_is_known_is_fresh_for_a_day_and_what_is_not_for_an_hour(
    status: int | None, age: timedelta, fresh: bool
) -> None:
    assert is_fresh(RobotsText(origin="http://a:80", status=status, body="", fetched_at=T0), T0 + age) is fresh


def test_of_many_threads_one_asks(desk: Desk) -> None:
    def slowly(handler: object) -> None:
        threading.Event().wait(0.1)
        reply(200, b"User-agent: *\nCrawl-delay: 3\n")(handler)  # type: ignore[arg-type]

    desk.site.serve("/robots.txt", slowly)
    robots = desk.robots()
    with ThreadPoolExecutor(16) as pool:
        delays = list(pool.map(lambda n: desk.verdict(f"/{n}", robots), range(16)))
    assert (delays, desk.asked()) == ([3.0] * 16, 1)


def test_exempt_hosts_are_not_asked(site: Site, client: Client) -> None:
    site.serve("/robots.txt", reply(200, b"User-agent: *\nDisallow: /\n"))
    desk = Desk(client, site, exempt=frozenset({"127.0.0.1"}))
    assert (desk.verdict(), desk.asked()) == (0.0, 0)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://News.Example/a?b", "http://news.example:80"),
        ("https://news.example:443/", "https://news.example:443"),
        ("https://news.example.:8443/", "https://news.example:8443"),
        ("http://[2606:2800::1]/a", "http://[2606:2800::1]:80"),
    ],
)
def test_an_origin_has_one_spelling(url: str, origin: str) -> None:
    assert origin_of(url) == origin


# The text


def test_the_first_500_kib_of_a_huge_one_are_read(desk: Desk) -> None:
    first = b"User-agent: *\nDisallow: /first\n"
    filling = b"# a line\n" * 60_000
    desk.site.serve("/robots.txt", reply(200, first + filling + b"Disallow: /last\n"))
    assert len(first + filling) > MAX_BYTES
    assert [desk.verdict("/first"), desk.verdict("/last")] == ["robots", 0.0]


def test_a_rule_that_is_cut_in_two_is_no_rule() -> None:
    head = b"User-agent: *\n"
    body = (head + b"#" * (MAX_BYTES - len(head) - 12) + b"\nDisallow: /old")[:MAX_BYTES]
    assert body.endswith(b"Disallow: /")
    assert text_of(body).rstrip("#\n") == "User-agent: *"


def test_one_in_latin_1_is_read(desk: Desk) -> None:
    desk.site.serve("/robots.txt", reply(200, "# für alle\nUser-agent: *\nDisallow: /a\n".encode("latin-1")))
    assert desk.verdict() == "robots"


@pytest.mark.parametrize(
    "body", [bytes(range(256)) * 2000, b"\0" * 600_000, b"User-agent: *\n" + b"Disallow: /" + b"*a" * 200_000]
)
def test_a_body_that_is_no_text_does_no_harm(desk: Desk, body: bytes) -> None:
    desk.site.serve("/robots.txt", reply(200, body))
    started = time.monotonic()
    assert desk.verdict("/" + "a" * 2000) == 0.0
    assert time.monotonic() - started < 5
    assert all("\0" not in text.body for text in desk.texts.values())


def test_many_wildcards_are_judged_at_once(desk: Desk) -> None:
    """protego before 0.6.2 takes 13 s for these three and an address of 300 letters, and hours for more."""
    desk.site.serve("/robots.txt", reply(200, b"User-agent: *\nDisallow: /*a*a*a*b\n"))
    started = time.monotonic()
    assert desk.verdict("/" + "a" * 300) == 0.0
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(("chars", "remembered"), [(5_000, True), (500_000, False)])
def test_what_many_large_ones_say_is_not_all_kept_in_memory(desk: Desk, chars: int, remembered: bool) -> None:
    origins = [f"http://host{n}.example:80" for n in range(20)]
    for origin in origins:
        desk.put(RobotsText(origin=origin, status=200, body="#" * chars, fetched_at=T0))
    robots = desk.robots()
    for origin in (*origins, origins[-1], origins[0]):
        assert robots.permit(f"{origin}/a") == 0.0
    assert desk.looked_up == (origins if remembered else [*origins, origins[0]])


@given(st.binary(max_size=300))
def test_any_bytes_have_a_text(body: bytes) -> None:
    assert isinstance(text_of(body), str)


@given(st.lists(st.sampled_from(["User-agent: *", "Disallow: /", "Allow: *$", "Crawl-delay: 1e9", "$*$", "\u2028"])))
def test_no_text_breaks_the_parser(lines: list[str]) -> None:
    from protego import Protego

    Protego.parse("\n".join(lines)).can_fetch("http://a.example/x?y", "Dateline")


# With the client


def test_a_page_that_may_not_be_fetched_is_not(desk: Desk) -> None:
    desk.site.serve("/robots.txt", reply(200, b"User-agent: *\nDisallow: /secret\n"))
    url = desk.site.serve("/a", reply(302, Location="/secret/1"))
    robots = desk.robots()
    with pytest.raises(FetchError, match="robots"):
        desk.client.get(url, accept="*/*", allow_private=True, permit=lambda u: robots.permit(u, allow_private=True))
    assert [path for path, _ in desk.site.seen] == ["/robots.txt", "/a"]


def test_a_redirect_to_another_host_is_judged_by_that_host(site: Site, abroad: Client) -> None:
    def robots_txt(handler: object) -> None:
        closed = handler.headers["Host"].startswith("closed")  # type: ignore[attr-defined]
        reply(200, b"User-agent: *\nDisallow: " + (b"/" if closed else b"") + b"\n")(handler)  # type: ignore[arg-type]

    site.serve("/robots.txt", robots_txt)
    site.serve("/a", reply(302, Location=site.url("/b", "closed.example")))
    permit = Desk(abroad, site).robots().permit
    with pytest.raises(FetchError) as caught:
        abroad.get(site.url("/a", "open.example"), accept="*/*", permit=permit)
    assert (caught.value.reason, caught.value.url) == ("robots", site.url("/b", "closed.example"))
    hosts = [(path, seen["Host"].split(".")[0]) for path, seen in site.seen]
    assert hosts == [("/robots.txt", "open"), ("/a", "open"), ("/robots.txt", "closed")]


def test_the_gate_heeds_the_crawl_delay(desk: Desk) -> None:
    desk.site.serve("/robots.txt", reply(200, b"User-agent: *\nCrawl-delay: 0.2\n"))
    url = desk.site.serve("/a", reply(200, b"text"))
    robots = desk.robots()
    started = time.monotonic()
    for _ in range(3):
        desk.client.get(url, accept="*/*", allow_private=True, permit=lambda u: robots.permit(u, allow_private=True))
    assert time.monotonic() - started >= 0.6  # the first page waits for robots.txt as well
