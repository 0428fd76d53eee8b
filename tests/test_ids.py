"""Normal forms of addresses: what makes two links one page, and what must not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ids import TRACKING, TRACKING_PREFIXES, host_of, normal_url, site_of, stable_id

PLAIN = "https://news.example/a"


def test_ids_of_stored_rows_do_not_change() -> None:
    assert stable_id("https://news.example/feed") == "198206044508b032"
    assert stable_id("a", None, "", 7) == "a2c33cd9b8f38b5f"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("HTTPS://News.Example/a", PLAIN),
        ("  https://news.example/a\n", PLAIN),
        ("https://news.example:443/a", PLAIN),
        ("https://news.example:/a", PLAIN),
        ("https://news.example./a", PLAIN),
        ("http://news.example:80/a", "http://news.example/a"),
        ("http://news.example:443/a", "http://news.example:443/a"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example?id=7", "https://news.example/?id=7"),
        ("https://news.example/x/../a", PLAIN),
        ("https://news.example/./a", PLAIN),
        ("https://news.example/../../a", PLAIN),
        ("https://news.example/x/%2e%2e/a", PLAIN),
        ("https://news.example/a/b/..", "https://news.example/a/"),
        ("https://news.example//a", PLAIN),
        ("https://news.example/%7Ejo/%c3%a9", "https://news.example/~jo/%C3%A9"),
        ("https://news.example/é b", "https://news.example/%C3%A9%20b"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://news.example/a%2Fb", "https://news.example/a%2Fb"),
        ("https://Bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://xn--bcher-kva.example/a", "https://xn--bcher-kva.example/a"),
        ("https://новости.example/a", "https://xn--b1amnebsh.example/a"),
        ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
        ("https://news.example/a?", PLAIN),
        ("https://news.example/a?&&", PLAIN),
        ("https://news.example/a#comments", PLAIN),
        ("https://news.example/a#", PLAIN),
        ("https://news.example/#!/story/7", "https://news.example/#!/story/7"),
        ("https://news.example/a#!", PLAIN),
        ("https://news.example/a;jsessionid=0A1B?id=7", "https://news.example/a?id=7"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
        ("https://news.example/a?id=2&id=1", "https://news.example/a?id=2&id=1"),
        ("https://news.example/a?q=a+b", "https://news.example/a?q=a+b"),
        ("https://jo:pw@news.example/a", "https://jo:pw@news.example/a"),
    ],
)
def test_addresses_take_their_normal_form(written: str, normal: str) -> None:
    assert normal_url(written) == normal


@pytest.mark.parametrize(
    "query",
    [
        *(f"{name}=x" for name in sorted(TRACKING)),
        *(f"{prefix}x=1" for prefix in TRACKING_PREFIXES),
        "utm_source=rss&utm_medium=feed",
        "UTM_Source=rss",
        "at_medium=RSS&at_campaign=KARANGA",
        "CMP=rss_b-gb",
        "ref=rss",
        "ref=feed",
        "source=rss",
        "src=rss-2",
        "from=rss_world",
        "cid=feed:top",
        "&amp;utm_source=rss",
        "amp",
        "outputType=amp",
    ],
)
def test_parameters_that_track_readers_are_dropped(query: str) -> None:
    assert normal_url(f"{PLAIN}?{query}") == PLAIN
    assert normal_url(f"{PLAIN}?id=7&{query}") == f"{PLAIN}?id=7"


@pytest.mark.parametrize(
    "query",
    [
        "id=7", "p=123", "ref=123", "source=reuters", "cid=4711", "mod=news", "session=3", "gallery=2", "keyword=flood",
        "from=2025-06-10", "uid=9", "campaign=relief", "page=2", "ns=main", "atlas=1", "medium=oil", "feature=7",
        "f=12",
    ],
)  # fmt: skip
def test_parameters_that_may_name_the_page_are_kept(query: str) -> None:
    assert normal_url(f"{PLAIN}?{query}") == f"{PLAIN}?{query}"


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("https://www.wsj.com/articles/a-1?mod=rss_world", "https://www.wsj.com/articles/a-1"),
        ("https://notwsj.com/index.php?mod=news", "https://notwsj.com/index.php?mod=news"),
        ("https://www.youtube.com/watch?v=abc&feature=youtu.be", "https://www.youtube.com/watch?v=abc"),
    ],
)
def test_some_parameters_track_on_one_site_only(written: str, normal: str) -> None:
    assert normal_url(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("https://news.example/flood-kills-12/amp/", "https://news.example/flood-kills-12/"),
        ("https://news.example/flood-kills-12/amp", "https://news.example/flood-kills-12"),
        ("https://news.example/flood.amp.html", "https://news.example/flood.html"),
        ("https://news.example/flood-101_amp.html", "https://news.example/flood-101.html"),
        ("https://news.example/world/flood-101.amp", "https://news.example/world/flood-101"),
        ("https://news.example/amp/2025/06/flood", "https://news.example/2025/06/flood"),
        ("https://news.example/guitars/amp/", "https://news.example/guitars/amp/"),
        ("https://news.example/amp/", "https://news.example/amp/"),
        ("https://news.example/champ", "https://news.example/champ"),
        ("https://amp.news.example/a", "https://www.news.example/a"),
        ("https://m.news.example/a", "https://www.news.example/a"),
        ("https://mobile.news.example/a", "https://www.news.example/a"),
        ("https://touch.news.example/a", "https://www.news.example/a"),
        ("https://m.news.co.uk/a", "https://www.news.co.uk/a"),
        ("https://m.co.uk/a", "https://m.co.uk/a"),
        ("https://amp.dev/a", "https://amp.dev/a"),
        ("https://m.news.example:8080/a", "https://m.news.example:8080/a"),
        ("https://en.m.wikipedia.org/wiki/Flood", "https://en.wikipedia.org/wiki/Flood"),
        ("https://news-example.cdn.ampproject.org/c/s/news.example/a", PLAIN),
        ("https://news-example.cdn.ampproject.org/v/s/news.example/a?amp_js_v=0.1&amp=1", f"{PLAIN}?amp_js_v=0.1"),
        ("https://news-example.cdn.ampproject.org/c/news.example/a", "http://news.example/a"),
        ("https://www-news-example.bing-amp.com/c/s/m.news.example/a", "https://www.news.example/a"),
        ("https://www.google.com/amp/s/news.example/a-1/amp", "https://news.example/a-1"),
        ("https://www.google.co.uk/amp/s/news.example/a", PLAIN),
        ("https://www.google.com/url?rct=j&url=https%3A%2F%2Fnews.example%2Fa&ct=ga", PLAIN),
        ("https://www.google.com/url?q=x", "https://www.google.com/url?q=x"),
        ("https://cdn.ampproject.org/", "https://cdn.ampproject.org/"),
    ],
)
def test_variants_of_a_page_become_its_plain_address(written: str, normal: str) -> None:
    assert normal_url(written) == normal


@pytest.mark.parametrize(
    "text",
    [
        "", "urn:newsml:agency.example:20250610:Quake", "tag:example.com,2025:A?utm_source=x", "file:///drop/A.xml",
        "mailto:jo@example.com", "no address", "/a?utm_source=rss", "https://", "https://:80/", "https://[::1/a",
        "https://news.example:port/a", "javascript:void(0)",
    ],
)  # fmt: skip
def test_what_is_no_web_address_comes_back_as_it_is(text: str) -> None:
    assert normal_url(f" {text} ") == text


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    for address in (text, f"https://{text}", f"https://news.example/{text}", f"http://news.example/a?{text}#{text}"):
        normal = normal_url(address)
        assert normal_url(normal) == normal
        assert isinstance(site_of(address), str)


PIECES = st.sampled_from([
    "amp", "m.", "www.", "/", "//", "..", ".", "%2e", "%", "%C3", "é", "?", "&", "=", "utm_source=rss", "id=7", "#",
    "#!", ":80", "@", "google.com", "/url?url=", "https://", "http%3A%2F%2F", "cdn.ampproject.org", "/c/s/",
    "news.example", "story-1", "_amp.html", ".amp", ";jsessionid=1", "\\", " ", "[", "]", "ß", "ʼ", "com",
])  # fmt: skip


@settings(deadline=None)  # the machine may be busy
@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_normal_form_is_its_own(tail: str) -> None:
    normal = normal_url(f"https://{tail}")
    assert normal_url(normal) == normal


@settings(deadline=None)  # the machine may be busy
@given(st.permutations(["id=7", "utm_source=rss", "p=2", "fbclid=x"]))
def test_the_order_of_parameters_does_not_matter(pairs: list[str]) -> None:
    assert normal_url(f"{PLAIN}?{'&'.join(pairs)}") == f"{PLAIN}?id=7&p=2"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.News.example/a", "news.example"),
        ("https://m.news.example", "news.example"),
        ("https://www.amp.news.example", "news.example"),
        ("https://mobile.news.example:81/", "news.example"),
        ("https://world.news.example/", "world.news.example"),
        ("https://www.com/", "www.com"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("urn:x:1", ""),
        ("https://[broken", ""),
    ],
)
def test_a_site_is_its_host_without_prefixes(url: str, site: str) -> None:
    assert site_of(url) == site


def test_hosts_are_in_lower_case_or_empty() -> None:
    assert host_of("https://News.Example:81/a") == "news.example"
    assert host_of("https://[broken") == host_of("urn:x:1") == ""


@pytest.mark.parametrize("piece", ["/", "../", "a-1/amp/", "a=1&", "%", "1.amp", "m.", ";jsessionid=", "é", "-1"])
def test_a_long_address_takes_no_long_time(piece: str) -> None:
    started = time.perf_counter()
    for start in ("https://news.example/", "https://news.example/a?", "https://", "https://www.google.com/amp/s/"):
        normal_url(start + piece * (100_000 // len(piece)))
    assert time.perf_counter() - started < 5
