"""OPML: what readers export is read whole, what is broken is told by its line, and what we write comes back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import ConfigError
from pipeline.records import Feed
from pipeline.sources import OpmlFeed, read_opml, write_opml

URL = "https://one.example/rss"
ONE = '<outline xmlUrl="https://one.example/rss"/>'


def opml(*lines: str, version: str = "2.0") -> bytes:
    """A file whose body's outlines begin in line 3."""
    return "\n".join([f'<opml version="{version}">', "<body>", *lines, "</body></opml>"]).encode()


@pytest.mark.parametrize(
    ("outline", "feed"),
    [
        (ONE, OpmlFeed(url="https://one.example/rss")),
        ('<outline text="One" xmlurl=" https://one.example/rss "/>', OpmlFeed(url=URL, title="One")),
        ('<outline text="a" title="One" XMLURL="https://one.example/rss"/>', OpmlFeed(url=URL, title="One")),
        ('<outline type="rss" url="https://one.example/rss"/>', OpmlFeed(url="https://one.example/rss")),
        ('<outline xmlUrl="feed://one.example/rss"/>', OpmlFeed(url="https://one.example/rss")),
        ('<outline xmlUrl="feed:http://one.example/rss"/>', OpmlFeed(url="http://one.example/rss")),
        ('<outline xmlUrl="https://one.example/rss" language="en-GB"/>', OpmlFeed(url=URL, language="en")),
        ('<outline xmlUrl="https://one.example/rss" language="?"/>', OpmlFeed(url="https://one.example/rss")),
        (
            f'<outline text="World"><outline text="Asia">{ONE}</outline></outline>',
            OpmlFeed(url="https://one.example/rss", note="World / Asia"),
        ),
        (
            '<outline xmlUrl="https://one.example/?a=1&amp;b=2" description="all of it"/>',
            OpmlFeed(url="https://one.example/?a=1&b=2", note="all of it"),
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("version", ["1.0", "1.1", "2.0"])
def test_outlines_are_read_as_readers_write_them(outline: str, feed: OpmlFeed, version: str) -> None:
    listed = read_opml(opml(outline, version=version), "list.opml")
    assert (listed.feeds, listed.problems) == ((feed,), ())


@pytest.mark.parametrize(
    ("outline", "words"),
    [
        ('<outline text="nothing"/>', "without xmlUrl"),
        ('<outline xmlUrl="ftp://one.example/rss"/>', "no web address"),
        ('<outline xmlUrl="https://"/>', "no web address"),
        ('<outline xmlUrl="https://[::1/rss"/>', "no web address"),
        ('<outline xmlUrl="https://ann:secret@one.example/rss"/>', "no web address"),
        ('<outline xmlUrl="https://two.example/rss"/>', "a second time"),
    ],
)
def test_what_is_wrong_is_told_by_its_line_and_the_rest_is_read(outline: str, words: str) -> None:
    two = '<outline xmlUrl="https://two.example/rss"/>'
    listed = read_opml(opml(two, outline, ONE), "list.opml")
    assert [feed.url for feed in listed.feeds] == ["https://two.example/rss", "https://one.example/rss"]
    [problem] = listed.problems
    assert problem.startswith("list.opml:4: ")
    assert words in problem


@pytest.mark.parametrize(
    "data",
    [
        opml(ONE)[:-14],
        opml(ONE, "<outline text='a & b'>"),
        opml(ONE).replace(b"</body>", b"</head>"),
    ],
)
def test_broken_xml_gives_what_can_be_read_and_says_where_it_broke(data: bytes) -> None:
    listed = read_opml(data, "list.opml")
    assert [feed.url for feed in listed.feeds] == ["https://one.example/rss"]
    assert listed.problems[0].startswith("list.opml:")
    assert "not well-formed" in listed.problems[0]


@pytest.mark.parametrize("data", [b"", b"\0\0", b"<html><body>404</body></html>", b"{}", b"<rss version='2.0'/>"])
def test_what_is_no_opml_is_refused(data: bytes) -> None:
    with pytest.raises(ConfigError, match=r"list\.opml: is no OPML"):
        read_opml(data, "list.opml")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_any_declared_encoding_is_read(codec: str) -> None:
    text = (
        f'<?xml version="1.0" encoding="{codec.removesuffix("-sig")}"?>'
        + opml('<outline text="Köln" xmlUrl="https://one.example/rss"/>').decode()
    )
    assert read_opml(text.encode(codec), "list.opml").feeds[0].title == "Köln"


def test_entities_and_depth_cost_nothing() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))
    secret = '<!ENTITY file SYSTEM "file:///etc/passwd">'
    hostile = f'<!DOCTYPE opml [{bomb}{secret}]><opml><body><outline text="&e9;&file;" {ONE[9:]}</body></opml>'
    started = time.process_time()
    feeds = read_opml(hostile.encode(), "list.opml").feeds
    assert all("root:" not in (feed.title or "") and len(feed.title or "") < 1000 for feed in feeds)
    deep = read_opml(opml("<outline text='x'>" * 50_000 + ONE), "list.opml")
    assert deep.problems
    assert time.process_time() - started < 5


def test_five_thousand_feeds_are_read_at_once() -> None:
    started = time.process_time()
    listed = read_opml(opml(*(f'<outline xmlUrl="https://f{n}.example/rss"/>' for n in range(5000))), "list.opml")
    assert len(listed.feeds) == 5000
    assert time.process_time() - started < 5


TEXTS = st.text(max_size=30)
FEEDS = st.lists(
    st.builds(
        lambda n, title, note, language: Feed(
            feed_id=f"f{n}", url=f"https://f{n}.example/rss?a=1&b=<x>", title=title, note=note, language=language
        ),
        st.integers(0, 10**6),
        st.none() | TEXTS,
        st.none() | TEXTS,
        st.sampled_from([None, "en", "fr"]),
    ),
    unique_by=lambda feed: feed.url,
    max_size=8,
)


@given(FEEDS, TEXTS)
def test_what_is_written_is_opml_2_and_comes_back(feeds: list[Feed], title: str) -> None:
    data = write_opml(feeds, title=title)
    assert etree.fromstring(data).get("version") == "2.0"
    back = read_opml(data, "list.opml")
    assert back.problems == ()
    assert [(f.url, f.language) for f in back.feeds] == [(f.url, f.language) for f in feeds]
