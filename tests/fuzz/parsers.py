"""Every reader of bytes from outside, with inputs to start from; none of them may crash, hang or fill memory.

A reader may refuse its input: with one of Dateline's own errors, of one line. Anything else that it raises is a bug.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.fuzz.archives import archive, crawl, items_of, json_lines, lines, saved, saved_page, warc
from tests.fuzz.inputs import NOW, Parser, cases, in_file, made

TODAY = date(2026, 11, 29)


def feed(body: bytes) -> None:
    from pipeline.parse import parse_feed

    parse_feed(body, url="https://wire.example/feed", now=NOW)


def page(body: bytes) -> None:
    from pipeline.extract import extract_article
    from pipeline.records import Page

    extract_article(Page(page_id="1", url="https://wire.example/1", html=body, fetched_at=NOW))


def fragment(body: bytes) -> None:
    """A full text from a feed, read as a page and as what the feed told beside one."""
    from pipeline.extract import extract_article
    from pipeline.records import Page

    text = body.decode("utf-8", "replace")
    page = "<html><body><article><p>The quay stayed closed on Friday, the harbour board said.</p></article>"
    extract_article(Page(page_id="1", url="https://wire.example/1", html=page, summary=text, title=text[:300]))
    extract_article(Page(page_id="1", url=None, html=text, byline=(text[:100],)))


def cleaner(body: bytes) -> None:
    from pipeline.extract import clean
    from pipeline.extract.language import language_of

    cleaned = clean(body.decode("utf-8", "replace"))
    language_of(cleaned.text)


def links(body: bytes) -> None:
    """A page's feeds, and a robots.txt's news sitemaps and rules."""
    from protego import Protego

    from pipeline.fetch.robots import _delay, text_of
    from pipeline.sources import feed_links, sitemap_links

    feed_links(body, "https://wire.example/")
    text = text_of(body)
    sitemap_links(text)
    rules = Protego.parse(text)
    rules.can_fetch("https://wire.example/a?b=c", "dateline")
    _delay(rules, "dateline")


def dates(body: bytes) -> None:
    """A time as feeds and pages write it, a phrase of a sentence, a text of another language."""
    from pipeline.parse.dates import parse_date
    from pipeline.tag.dates.when import read_date
    from pipeline.tag.languages.dates import find_plain_dates

    text = body.decode("utf-8", "replace")
    for line in text.split("\n")[:50]:
        for language in (None, "de"):
            parse_date(line, language=language)
        for tense in (None, "past", "future"):
            read_date(line, TODAY, tense=tense)  # type: ignore[arg-type]
        read_date(line, None)
    for language in ("es", "ru", "ar", "th", "fa"):
        find_plain_dates(text, language, TODAY)


def amounts(body: bytes) -> None:
    from pipeline.tag.amounts.numbers import find_numerals

    find_numerals(body.decode("utf-8", "replace"))


def addresses(body: bytes) -> None:
    """Addresses as feeds, pages and operators write them."""
    from pipeline.ids import host_of, normal_url, site_of
    from pipeline.sources import common_paths, feed_id_from, is_private_host
    from pipeline.sources.addresses import web_address, wrong_address

    for line in body.decode("utf-8", "replace").split("\n")[:50]:
        for reader in (normal_url, host_of, site_of, is_private_host, web_address, wrong_address, common_paths):
            reader(line)
        feed_id_from(line, set())


def opml(body: bytes) -> None:
    from pipeline.records import Feed
    from pipeline.sources import read_opml, write_opml
    from pipeline.sources.feeds import feed_id_from

    found = read_opml(body, "list.opml")
    taken: set[str] = set()
    feeds = []
    for each in found.feeds[:200]:
        feeds.append(Feed(feed_id=feed_id_from(each.url, taken), url=each.url, title=each.title, note=each.note))
        taken.add(feeds[-1].feed_id)
    again = read_opml(write_opml(feeds, title="Again"), "again.opml")
    assert [f.url for f in again.feeds] == [f.url for f in feeds], "what is written can be read"


def feeds_toml(body: bytes) -> None:
    """The operator's list, read and changed."""
    from pipeline.records import Feed
    from pipeline.sources import add_feed, load_feeds, remove_feed, set_enabled

    with TemporaryDirectory() as folder:
        path = Path(folder) / "feeds.toml"
        path.write_bytes(body)
        before = load_feeds(path)
        for listed in before[:2]:
            set_enabled(path, listed.feed_id, False)
        add_feed(path, Feed(feed_id="fuzz-added", url="https://fuzz.example/added", title='"]\n[x'))
        remove_feed(path, "fuzz-added")
        assert [f.feed_id for f in load_feeds(path)] == [f.feed_id for f in before]


@cache
def lexicon() -> Any:
    """What the operator's entries are read beside: words, types, shipped entries, and the shipped tables by type."""
    import tomllib

    from pipeline.tag.events.triggers import _read_all, load_lexicon

    shipped = load_lexicon()
    tables = [tomllib.loads(text) for name, text in _read_all() if name.startswith("events/")]
    return shipped, {table["type"]: table for table in tables}


def rules_toml(path: Path) -> None:
    from pipeline.tag.events.triggers import _own_rules, _own_triggers

    shipped, tables = lexicon()
    rules = _own_rules(path, shipped.words, shipped.types, shipped.triggers)
    list(_own_triggers(rules, tables, shipped.words))


def actors_toml(path: Path) -> None:
    """Only the operator's file: the shipped one is read once and for all."""
    from pipeline.tag.names.actors import Actors, _actors, _read

    Actors(_actors(str(path), _read(path)))


def labels_toml(path: Path) -> None:
    from pipeline.tag.models.labels import load_schemes

    load_schemes(path)


def encoded(body: bytes) -> None:
    """A body as it is transferred; its first byte says which coding the server names."""
    from pipeline.fetch.decode import DecodeError, decoded

    name = ("gzip", "deflate", "br", "zstd", "gzip, br", "x-gzip", "identity", "unknown")[body[0] % 8 if body else 0]
    size = 0
    try:
        for piece in decoded([body[1:]], name):
            size += len(piece)
            if size > 20_000_000:  # the client stops here
                return
    except DecodeError:
        return


@cache
def packed() -> Sequence[bytes]:
    import brotli
    import zstandard

    text = b"The quay stayed closed on Friday. " * 200
    bomb = bytes(50_000_000)
    return [
        b"\0" + gzip.compress(text),
        b"\0" + gzip.compress(bomb, 1),
        b"\1" + zlib.compress(text),
        b"\2" + brotli.compress(text),
        b"\2" + brotli.compress(bomb, quality=1),
        b"\3" + zstandard.compress(text),
        b"\3" + zstandard.compress(bomb),
        b"\4" + brotli.compress(gzip.compress(text)),
    ]


STORY = (
    "AVDARA, Nov 27 (Harbour Wire) - Soldiers shelled Karo on Friday, killing at least 12 people, police said.\n\n"
    "ADVERTISEMENT\n\nBy Ana Moreno\n\nThe harbour board closed the quay `for the week'.\n\nRead also: Ferries stay\n\n"
    "(Reporting by Ana Moreno; Editing by B. Lund)\n© 2026 Harbour Wire\n"
)
TIMES = (
    "Fri, 27 Nov 2026 08:00:00 +0100\n2026-11-27T08:00:00Z\n27 ноября 2026, 15:07\n27. November 2026\n1795000000",
    "last Friday\nearlier this month\nin late November 2025\nbetween 3 and 5 May\ntwo weeks ago\nthe 1990s\n"
    "the third quarter of 2024\nFriday night\n27/11/2026\nMay 3-5\nthe past 48 hours\nRamadan\nthe 19th century",
    "El 27 de noviembre de 2026 y hace tres días\n27 ноября и вчера\nفي 27 نوفمبر 2026\n27 พฤศจิกายน 2569\n۵ آذر ۱۴۰۵",
)
NUMBERS = (
    "at least 1.5 million people, dozens of villages, 3-4 men, two thirds, 12,000 or more, some twenty-three, 1,2,3"
)
URLS = (
    "https://user:pw@www.wire.example:8443/a/../b;c?utm_source=x&b=%41#top\nhttps://zürich.example/ä?q=ö\n"
    "http://[::1]/feed\nhttp://192.168.0.1/\nfile:///srv/drops\n//wire.example/x\nwire.example/a\nhttp://0x7f.1/",
)
OPML = (
    '<?xml version="1.0"?><opml version="2.0"><head><title>Wires</title></head><body><outline text="Sea">'
    '<outline type="rss" text="Harbour &amp; Sons" xmlUrl="https://wire.example/rss" language="en-GB"/>'
    '<outline type="rss" title="Two" xmlUrl="https://two.example/rss" description="a note"/></outline></body></opml>',
)
FEEDS = (
    '# mine\n[[feed]]\nid = "harbour"\nurl = "https://wire.example/rss"\ntitle = "Harbour"\ninterval = "15m"\n\n'
    '[[feed]] # second\nid = "two"\nurl = "https://two.example/rss"\nenabled = false\nzone = "Europe/Berlin"\n'
    'language = "en"\ncountry = "DEU"\nfull_text = true\nnote = """a\nb"""\n',
)
RULES = (
    '[[trigger]]\ntype = "PROTEST"\nid = "pot-banging"\nmode = "demo"\nverbs = ["bang pot|pan"]\n'
    'not_subject = ["cook", "@militias"]\nneeds = ["subj"]\npassive = true\n'
    'example = "Residents {verb} in Karo on Monday."\ncounter = "The cook banged a pot in Karo."\n\n'
    '[[mute]]\nrule = "assault.attack"\n',
)
ACTORS = (
    '[[actor]]\nid = "harbour-board"\nname = "Harbour Board"\naliases = ["the board"]\ncountry = "IRQ"\n'
    'sector = "GOV"\nsource = "its web page"\nsince = 1990\nuntil = 2020\n',
)
LABELS = ('[mine]\ncovers = ["PERSON", "ORG"]\n[mine.labels]\nPER = "PERSON"\nORG = "ORG"\nMISC = ""\n',)
ROBOTS = (
    "User-agent: *\nDisallow: /old*\nAllow: /old/a$\nCrawl-delay: 5\nRequest-rate: 1/10s\n"
    "Sitemap: https://wire.example/news.xml\n",
    '<html><head><base href="/x/"><link rel="alternate" type="application/rss+xml" title="News" href="/rss">'
    '</head><body><a href="feed.xml">RSS</a></body></html>',
)
PARSERS: dict[str, Parser] = {
    parser.name: parser
    for parser in (
        Parser("feeds", cases("parse", "rss", "atom", "jsonfeed"), feed),
        Parser("sitemaps", cases("parse", "sitemap"), feed),
        Parser("agencies", cases("parse", "newsml", "ninjs", "nitf"), feed),
        Parser("warc", archive, warc),
        Parser("archive_warc", crawl, in_file(items_of, "crawl.warc.gz")),
        Parser("archive_lines", lines, json_lines),
        Parser("archive_html", saved, saved_page),
        Parser("archive_agency", cases("parse", "newsml", "ninjs", "nitf"), in_file(items_of, "drop.xml.gz")),
        Parser("pages", cases("extract", ".html"), page),
        Parser("fragments", cases("extract", ".html"), fragment),
        Parser("cleaner", made(STORY), cleaner),
        Parser("dates", made(*TIMES), dates),
        Parser("amounts", made(NUMBERS), amounts),
        Parser("addresses", made(*URLS), addresses),
        Parser("links", made(*ROBOTS), links),
        Parser("encoded", packed, encoded),
        Parser("opml", made(*OPML), opml),
        Parser("feeds_toml", made(*FEEDS), feeds_toml),
        Parser("rules_toml", made(*RULES), in_file(rules_toml, "rules.toml")),
        Parser("actors_toml", made(*ACTORS), in_file(actors_toml, "actors.toml")),
        Parser("labels_toml", made(*LABELS), in_file(labels_toml, "labels.toml")),
    )
}
