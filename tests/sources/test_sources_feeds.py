"""feeds.toml: what is read, and where an error is said to be."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.records import Feed
from pipeline.sources import ensure_feeds_file, feed_id_from, is_private_host, load_feeds
from pipeline.sources.feeds import interval_seconds, parse_feeds

FULL = """\
# my feeds
[[feed]]
id = "bbc-world"   # the world service
url = "https://feeds.bbci.co.uk/news/world/rss.xml"
title = "BBC World"
agency = "BBC"
country = "GBR"
language = "en"
interval = "1h"
enabled = false
full_text = true
zone = "Europe/London"
note = "all keys"

[[feed]]
id = "own"
url = "http://127.0.0.1:8000/feed"
allow_private = true
full_text = false

[[feed]]
id = "drops"
url = "file:///srv/wires/agency%20one"
"""

GOOD = '[[feed]]\nid = "a"\nurl = "https://a.example/rss"\n'


def test_every_key_is_read_and_what_is_left_out_has_its_default() -> None:
    assert parse_feeds(FULL) == (
        Feed(
            feed_id="bbc-world",
            url="https://feeds.bbci.co.uk/news/world/rss.xml",
            title="BBC World",
            agency="BBC",
            country="GBR",
            language="en",
            interval_seconds=3600,
            enabled=False,
            full_text=True,
            zone="Europe/London",
            note="all keys",
        ),
        Feed(feed_id="own", url="http://127.0.0.1:8000/feed", allow_private=True, full_text=False),
        Feed(feed_id="drops", url="file:///srv/wires/agency%20one"),
    )


def test_a_pace_that_is_not_listed_is_left_to_be_learnt() -> None:
    [feed] = parse_feeds(GOOD)
    assert (feed.interval_seconds, feed.full_text, feed.zone, feed.is_folder) == (None, None, None, False)
    assert parse_feeds(FULL)[2].is_folder


def test_a_file_without_feeds_lists_none(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_bytes(b"\xef\xbb\xbf# nothing yet\r\n")
    assert load_feeds(path) == ()


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        (GOOD + "[[feed]\n", 4, "is not TOML"),
        (GOOD + 'title = "no end\n', 4, "is not TOML"),
        ('feed = "', 1, "is not TOML"),
        (GOOD + 'titel = "x"\n', 4, "unknown key 'titel'"),
        (GOOD + "[feed.extra]\nx = 1\n", 1, "unknown key 'extra'"),
        ("\n[[feeds]]\nid = 1\n", 2, "unknown 'feeds'"),
        ("# a\ninterval = 5\n" + GOOD, 2, "unknown 'interval'"),
        ("[feed]\nid = 1\n", 1, "not listed as tables"),
        ('\nfeed = [{id = "a", url = "https://a.example/"}]\n', 2, "not listed as tables"),
        (GOOD + '\n[[feed]]\nid = "b"\n', 5, "the feed has no url"),
        ('[[feed]]\nurl = "https://a.example/rss"\n', 1, "the feed has no id"),
        (GOOD + '[[feed]]\nurl = "https://b.example/"\nid = "a"\n', 6, "id 'a' is already that of line 2"),
        (GOOD + '[[feed]]\nid = "b"\nurl = "https://a.example/rss"\n', 6, "is already that of line 3"),
        ('[[feed]]\nid = "A feed"\nurl = "https://a.example/"\n', 2, "id is 'A feed'"),
        ('[[feed]]\nid = 7\nurl = "https://a.example/"\n', 2, "id is 7"),
        ('[[feed]]\nid = "a"\nurl = "ftp://a.example/"\n', 3, "does not begin with http"),
        ('[[feed]]\nid = "a"\nurl = "a.example/rss"\n', 3, "does not begin with http"),
        ('[[feed]]\nid = "a"\nurl = "https:///rss"\n', 3, "has no host"),
        ('[[feed]]\nid = "a"\nurl = "https://a.example/a b"\n', 3, "a space"),
        ('[[feed]]\nid = "a"\nurl = "https://a.example:x/"\n', 3, "is no address"),
        ('[[feed]]\nid = "a"\nurl = "https://[::1/"\n', 3, "is no address"),
        ('[[feed]]\nid = "a"\nurl = "https://me:pw@a.example/"\n', 3, "name or password"),
        ('[[feed]]\nid = "a"\nurl = "http://localhost/rss"\n', 3, "not on the open internet"),
        ('[[feed]]\nid = "a"\nallow_private = false\nurl = "http://10.0.0.7/rss"\n', 4, "not on the open internet"),
        (GOOD + 'interval = "soon"\n', 4, "interval is 'soon'"),
        (GOOD + 'interval = "5s"\n', 4, "interval is '5s'"),
        (GOOD + "interval = 0\n", 4, "interval is 0"),
        (GOOD + "interval = true\n", 4, "interval is True"),
        (GOOD + 'enabled = "yes"\n', 4, "enabled is 'yes'"),
        (GOOD + 'full_text = "auto"\n', 4, "full_text is 'auto'"),
        (GOOD + 'zone = "CET+1"\n', 4, "zone is 'CET+1'"),
        (GOOD + 'zone = "europe/berlin"\n', 4, "zone is 'europe/berlin'"),
        (GOOD + 'zone = "Europe"\n', 4, "zone is 'Europe'"),
        (GOOD + 'zone = "/etc/localtime"\n', 4, "zone is '/etc/localtime'"),
        (GOOD + "zone = 2\n", 4, "zone is 2"),
        ('[[feed]]\nid = "a"\nurl = "file:drops"\n', 3, "is not an absolute path"),
        ('[[feed]]\nid = "a"\nurl = "file://drops/in"\n', 3, "names a host where the path begins"),
        ('[[feed]]\nid = "a"\nurl = "file:///my drops"\n', 3, "write file:///absolute/path, with %20 for a space"),
        ('[[feed]]\nid = "a"\nurl = "file:///drops?x"\n', 3, "has a space, ? or # in it"),
        ('[[feed]]\nid = "a"\nurl = "file:///a%00b"\n', 3, "holds a zero byte"),
        ('[[feed]]\nid = "a"\nurl = "FILE:///drops"\n', 3, "in small letters"),
        ('[[feed]]\nid = "a"\nurl = "/srv/drops"\n', 3, "file:///absolute/folder"),
        (
            '[[feed]]\nid = "a"\nurl = "file:///d"\n[[feed]]\nid = "b"\nurl = "file:///d/"\n',
            6,
            "url 'file:///d/' is already that of line 3",
        ),
        (GOOD + 'country = "GB"\n', 4, "country is 'GB'"),
        (GOOD + 'language = "eng"\n', 4, "language is 'eng'"),
        (GOOD + "title = 5\n", 4, "title is 5"),
        (GOOD + 'note = """\n[[feed]]\ntitel = 1\n"""\ntitel = "x"\n', 8, "unknown key 'titel'"),
        (GOOD + "note = '''\n\"\"\"'''  # [[feed]]\n\"titel\" = 2\n", 6, "unknown key 'titel'"),
    ],
)
def test_an_error_names_its_line_what_is_wrong_and_what_is_right(
    tmp_path: Path, text: str, line: int, wrong: str
) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=re.escape(wrong)) as caught:
        load_feeds(path)
    assert caught.value.where == f"feeds.toml:{line}"
    assert caught.value.right


def test_a_zone_that_is_nearly_right_is_told_with_the_right_one() -> None:
    with pytest.raises(ConfigError, match='write a name of the IANA time zones, as "Europe/Berlin"'):
        parse_feeds(GOOD + 'zone = "europe/berlin"\n')


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_bytes(GOOD.encode() + b'title = "caf\xe9"\n')
    with pytest.raises(ConfigError, match=r"feeds\.toml:4: is not UTF-8"):
        load_feeds(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"feeds\.toml: cannot be read"):
        load_feeds(tmp_path / "feeds.toml")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, GOOD + text):
        with suppress(ConfigError):
            assert all(isinstance(feed, Feed) for feed in parse_feeds(whole))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (15, 900),
        ("15m", 900),
        ("1h", 3600),
        (" 2 d ", 172800),
        ("90s", 90),
        ("60s", 60),
        (1, 60),
        (10080, 604800),
        ("59s", None),
        (0, None),
        (-5, None),
        ("8d", None),
        ("", None),
        ("m", None),
        ("1.5h", None),
        (1.5, None),
        (True, None),
        (None, None),
        ("1w", None),
        ("٣m", None),
    ],
)
def test_an_interval_is_minutes_or_a_number_with_its_unit(value: object, seconds: int | None) -> None:
    assert interval_seconds(value) == seconds


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://feeds.bbci.co.uk/news/world/rss.xml", "bbci-co-uk-news-world"),
        ("https://www.theguardian.com/world/rss", "theguardian-world"),
        ("http://127.0.0.1:8000/rss/a.xml?x=1#top", "127-0-0-1-a"),
        ("https://xn--80ak6aa92e.example/Лента", "xn-80ak6aa92e-example"),
        ("file:///srv/wires/harbour-agency/incoming/", "harbour-agency-incoming"),
        ("file:///", "feed"),
        ("https://rss.com", "feed"),
        ("", "feed"),
    ],
)
def test_an_id_is_made_from_host_and_path(url: str, expected: str) -> None:
    assert feed_id_from(url, set()) == expected


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert feed_id_from("https://a.example/", {"a-example", "a-example-2"}) == "a-example-3"


@given(st.text(max_size=300))
def test_an_id_is_one_that_the_file_takes(url: str) -> None:
    made = feed_id_from(url, set())
    assert parse_feeds(f'[[feed]]\nid = "{made}"\nurl = "https://a.example/"\n')[0].feed_id == made


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST.",
        "wire.localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "10.1.2.3",
        "[::1]",
        "192.168.0.1:8080",
        "172.16.3.4",
        "169.254.169.254",
        "0.0.0.0",
        "[fe80::1%25eth0]",
        "[fd00::1]",
        "224.0.0.1",
        "[::ffff:127.0.0.1]",
        "100.64.0.1",
    ],
)
def test_private_hosts_are_told_without_dns(host: str) -> None:
    assert is_private_host(f"http://{host}/rss")


@pytest.mark.parametrize(
    "url", ["https://news.example/", "http://8.8.8.8/", "http://[2606:4700::1]/", "", "http://[x/"]
)
def test_other_hosts_are_not(url: str) -> None:
    assert not is_private_host(url)


def test_the_shipped_list_is_good_and_says_why_a_feed_is_off(tmp_path: Path) -> None:
    path = tmp_path / "home" / "feeds.toml"
    assert ensure_feeds_file(path)
    feeds = load_feeds(path)
    assert sum(feed.enabled for feed in feeds) >= 15
    for feed in feeds:
        assert feed.title, feed.feed_id
        assert feed.agency, feed.feed_id
        assert feed.country, feed.feed_id
        assert feed.language, feed.feed_id
        assert feed.enabled or feed.note, feed.feed_id
        assert not feed.allow_private, feed.feed_id
