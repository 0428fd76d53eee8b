"""Scenarios: documents in every dialect and encoding, broken ones, hostile ones, and what is no feed at all."""

from __future__ import annotations

from pathlib import Path

from tests.flows.wire_documents import BRIDGE, FERRY, Item, atom, json_feed, many, news_sitemap, rss
from tests.flows.wire_scenario import Check, Scenario, Seen, column, failed, read, unchanged
from tests.flows.wire_server import Answer, reply

CAFE = Item(guid="item-1", title="Café „Größe“ im Tal geöffnet", link="/cafe")
PLAIN_CAFE = Item(guid="item-1", title="Café Größe geöffnet", link="/cafe")
MOSCOW = Item(guid="item-1", title="Мост закрыт", link="/most")
BODY = rss(BRIDGE)
SECRET = "a line of a file that no feed may show"
HERE = Path(__file__).resolve().as_uri()
LAUGHS = "<!DOCTYPE rss [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
) + "]>"  # fmt: skip
EXTERNAL = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{HERE}"><!ENTITY y SYSTEM "http://external-entity.example/y">]>'
MAINTENANCE = b"<!doctype html><html><head><title>We will be back soon</title></head><body>Sorry</body></html>"


def in_charset(item: Item, codec: str, *, declared: str, header: str | None, mark: bytes = b"") -> Answer:
    """A document in one encoding that names another."""
    text = rss(item, declaration=f'<?xml version="1.0" encoding="{declared}"?>').decode()
    content_type = "application/rss+xml" + (f"; charset={header}" if header else "")
    return reply(200, mark + text.encode(codec), Content_Type=content_type)


def titled(*titles: str) -> Check:
    """The titles of all entries, in order of the alphabet."""

    def check(seen: Seen) -> None:
        assert column(seen.entries, "title") == sorted(titles)

    return check


def of_format(name: str) -> Check:
    """The dialect that was seen."""

    def check(seen: Seen) -> None:
        assert column(seen.polls, "feed_format") == [name]
        assert column(seen.entries, "title") == [BRIDGE.title, FERRY.title]
        assert column(seen.entries, "published_at") == [BRIDGE.published, FERRY.published]

    return check


def short(seen: Seen) -> None:
    """No entity was expanded, and that is said."""
    assert all(len(entry["title"] or "") < 100 for entry in seen.entries)
    assert "defines entities" in str(seen.polls[0]["problems"])


def without_the_secret(seen: Seen) -> None:
    short(seen)
    assert SECRET not in str(seen.entries)
    assert seen.targets == ["/feed"]


def left_out_is_told(seen: Seen) -> None:
    assert len(seen.entries) == seen.polls[0]["entries_seen"] == 40
    assert "15 were left out" in str(seen.polls[0]["problems"])


def what_came_is_kept(seen: Seen) -> None:
    assert column(seen.entries, "title") == [BRIDGE.title]
    assert seen.polls[0]["problems"]


def says(words: str) -> Check:
    """The failure is told in these words."""

    def check(seen: Seen) -> None:
        assert words in seen.feed["last_error"]

    return check


def encoded(name: str, answer: Answer, item: Item) -> Scenario:
    return Scenario(name=name, answers=(answer,), polls=(read(1),), check=titled(item.title))


def no_feed(name: str, body: bytes, words: str) -> Scenario:
    """Status 200, and no feed: a failure that is told, and is weighed like a page of maintenance."""
    return Scenario(
        name=name,
        answers=(reply(200, body, Content_Type="application/rss+xml"),),
        polls=(failed("not_a_feed", 200),),
        next_hours=(0.42, 0.5),
        check=says(words),
    )


PAGES = (
    encoded(
        "header of another charset than the declaration",
        in_charset(MOSCOW, "windows-1251", declared="utf-8", header="windows-1251"),
        MOSCOW,
    ),
    encoded(
        "declaration of another charset than the header",
        in_charset(CAFE, "utf-8", declared="utf-8", header="iso-8859-1"),
        CAFE,
    ),
    encoded("declaration alone", in_charset(MOSCOW, "koi8-r", declared="koi8-r", header=None), MOSCOW),
    encoded(
        "UTF-8 with a byte order mark",
        in_charset(CAFE, "utf-8", declared="utf-8", header=None, mark=b"\xef\xbb\xbf"),
        CAFE,
    ),
    encoded(
        "UTF-16 with a byte order mark",
        in_charset(CAFE, "utf-16-le", declared="utf-16", header=None, mark=b"\xff\xfe"),
        CAFE,
    ),
    encoded("UTF-16 that says UTF-8", in_charset(CAFE, "utf-16-be", declared="utf-8", header="utf-8"), CAFE),
    encoded(
        "windows-1252 that says UTF-8",
        in_charset(PLAIN_CAFE, "windows-1252", declared="utf-8", header="utf-8"),
        PLAIN_CAFE,
    ),
    encoded("charset that nobody knows", in_charset(CAFE, "utf-8", declared="x-own", header="x-own"), CAFE),
    encoded("feed that calls itself HTML", reply(200, BODY, Content_Type="text/html"), BRIDGE),
    encoded("warning before the feed", reply(200, b"<br />\n<b>Warning</b>: line 7<br />\n" + BODY), BRIDGE),
    encoded(
        "names of HTML's entities",
        reply(200, rss(CAFE).replace("Café".encode(), b"Caf&eacute;")),
        CAFE,
    ),
    encoded("characters that XML forbids", reply(200, BODY.replace(b"Bridge", b"\x0bBri\x00dge")), BRIDGE),
    no_feed("empty body", b"", "empty: 0 bytes"),
    no_feed("body of blanks", b" \r\n" * 9, "empty"),
    no_feed("HTML page", MAINTENANCE, "We will be back soon"),
    no_feed("picture", b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
    no_feed("plain words", b"Too many connections", "Too many connections"),
    no_feed("JSON of an API", b'{"error": "no such user", "code": 7}', "code, error"),
    no_feed(
        "sitemap index",
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>'
        b"http://x.example/1.xml</loc></sitemap></sitemapindex>",
        "sitemap index",
    ),
    Scenario(
        name="page of maintenance once",
        answers=(reply(200, BODY, ETag='"a"'), reply(200, MAINTENANCE, ETag='"m"'), reply(200, rss(BRIDGE, FERRY))),
        polls=(read(1), failed("not_a_feed", 200), read(1)),
    ),
    Scenario(name="feed without entries", answers=(reply(200, rss()),), polls=(read(0), unchanged(200))),
    Scenario(
        name="document that is cut off in mid-entry",  # half an entry is none: it is whole on the next poll
        answers=(reply(200, rss(BRIDGE, FERRY)[:-150]), reply(200, rss(BRIDGE, FERRY))),
        polls=(read(1), read(1)),
        check=titled(BRIDGE.title, FERRY.title),
    ),
    Scenario(
        name="document that is cut off after an entry",
        answers=(reply(200, rss(BRIDGE)[: -len(b"</channel></rss>")]),),
        polls=(read(1),),
        check=what_came_is_kept,
    ),
    Scenario(name="RSS 2.0", answers=(reply(200, rss(BRIDGE, FERRY)),), polls=(read(2),), check=of_format("rss20")),
    Scenario(name="Atom", answers=(reply(200, atom(BRIDGE, FERRY)),), polls=(read(2),), check=of_format("atom")),
    Scenario(
        name="JSON Feed", answers=(reply(200, json_feed(BRIDGE, FERRY)),), polls=(read(2),), check=of_format("jsonfeed")
    ),
    Scenario(
        name="news sitemap",
        answers=(reply(200, news_sitemap("news-sitemap.example", BRIDGE, FERRY)),),
        polls=(read(2),),
        check=of_format("sitemap"),
    ),
    Scenario(
        name="billion laughs",
        answers=(reply(200, rss(Item(guid="1", title="BOMB"), declaration=LAUGHS).replace(b"BOMB", b"Ho &a9;")),),
        polls=(read(1),),
        check=short,
    ),
    Scenario(
        name="external entity",
        answers=(reply(200, rss(Item(guid="1", title="BOMB"), declaration=EXTERNAL).replace(b"BOMB", b"Ho &x; &y;")),),
        polls=(read(1),),
        check=without_the_secret,
    ),
    Scenario(
        name="deep nesting",
        answers=(reply(200, rss(BRIDGE, head="<deep>" * 12_000 + "</deep>" * 12_000)),),
        polls=(read(1),),
    ),
    Scenario(
        name="deep nesting that is never closed",
        answers=(reply(200, BODY.replace(b"</item>", b"</item>" + b"<deep>" * 25_000)),),
        polls=(read(1),),
        check=what_came_is_kept,
    ),
    Scenario(
        name="JSON that is nested deeply",
        answers=(reply(200, b'{"items":' + b"[" * 90_000 + b"]" * 90_000 + b"}"),),
        polls=(failed("not_a_feed", 200),),
    ),
    Scenario(
        name="parser that takes too long",
        answers=(reply(200, rss(*many(400))),),
        polls=(failed("parse_timeout", 200),),
        hasty=True,
        because="(parse_timeout)",
    ),
    Scenario(
        name="more entries than are read",
        answers=(reply(200, rss(*many(55))),),
        polls=(read(40, left_out=15),),
        check=left_out_is_told,
    ),
)
