"""Every reader of bytes from outside, with inputs to start from; none of them may crash, hang or fill memory.

A reader may refuse its input: with one of Dateline's own errors, of one line. Anything else that it raises is a bug.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.errors import DatelineError

CASES = Path(__file__).parents[1] / "cases"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TODAY = date(2026, 11, 29)


@dataclass(frozen=True, slots=True)
class Parser:
    """A reader, and the inputs that damage begins with."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    read: Callable[[bytes], object]

    def try_on(self, body: bytes) -> None:
        """Read; a refusal is fine where it is one line."""
        refusal = self.refusal(body)
        assert refusal is None or refusal, "a refusal says why"
        assert "\n" not in (refusal or ""), f"a refusal is one line: {refusal!r}"

    def refusal(self, body: bytes) -> str | None:
        """What the reader says of an input that it does not take."""
        try:
            self.read(body)
        except DatelineError as error:
            return str(error)
        return None


def cases(folder: str, *words: str) -> Callable[[], Sequence[bytes]]:
    """The recorded inputs of a stage whose names begin or end with one of the words."""

    @cache
    def read() -> Sequence[bytes]:
        found = sorted(p for p in (CASES / folder).iterdir() if p.is_file() and not p.name.endswith(".expect.json"))
        return [p.read_bytes() for p in found if p.name.startswith(words) or p.name.endswith(words)]

    return read


def made(*texts: str) -> Callable[[], Sequence[bytes]]:
    """Inputs written here."""
    return lambda: [text.encode() for text in texts]


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


def in_file(read: Callable[[Path], object], name: str) -> Callable[[bytes], None]:
    """The reader of a file, given bytes."""

    def written(body: bytes) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(body)
            read(path)

    return written


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


@cache
def archive() -> Sequence[bytes]:
    """A WARC file of ours as it is, and its records without compression."""
    from pipeline.fetch import Archive
    from pipeline.records import Response

    body = b"<html><body><p>The quay stayed closed on Friday.</p></body></html>"
    with TemporaryDirectory() as folder:
        home = Path(folder)
        headers = (("Content-Type", "text/html"), ("Last-Modified", "Fri, 27 Nov 2026 08:00:00 GMT"))
        answer = Response(
            url="https://wire.example/1",
            final_url="https://wire.example/1",
            status=200,
            headers=headers,
            body=body,
            fetched_at=NOW,
            elapsed_ms=5,
        )
        with Archive(home, home / "raw", "0" * 32) as store:
            first = store.write(answer)
            store.write(answer, first)
            store.write_text("tag:wire.example,2026:1", "<p>A full text.</p>", NOW)
        file = next((home / "raw").rglob("*.warc.gz")).read_bytes()
    return [file, gzip.decompress(file), *members(file)]


def members(file: bytes) -> list[bytes]:
    """The gzip members of a file, unpacked: a record each."""
    found = []
    while file:
        unpacker = zlib.decompressobj(31)
        found.append(unpacker.decompress(file))
        file = unpacker.unused_data
    return found


def warc(body: bytes) -> None:
    """A file of another's or a damaged one of ours: mended, and each place in it read."""
    from pipeline.fetch import ArchiveError, read_capture, repair, warc_files

    with TemporaryDirectory() as folder:
        home = Path(folder)
        path = home / "raw" / "2026" / "11" / "29" / f"{'0' * 32}-1.warc.gz"
        path.parent.mkdir(parents=True)
        for file in (body, gzip.compress(body, 1)):
            path.write_bytes(file)
            for offset in (0, len(file) // 2, len(file)):
                try:
                    read_capture(home, path.relative_to(home).as_posix(), offset)
                except ArchiveError:
                    continue
            repair(home / "raw", ["0" * 32])
            assert repair(home / "raw", ["0" * 32]) in ((), repair(home / "raw", ["0" * 32]))
            warc_files(home, home / "raw")
            path.parent.mkdir(parents=True, exist_ok=True)


ARCHIVE_BYTES = 2_000_000  # of a page in an archive


def items_of(path: Path) -> None:
    """An archive's file: what is told of it can be stored; where nothing is damaged, any item can be gone on from."""
    from pipeline.archives import ArchivedPage, Broken, find_inputs, read_archive

    [file] = find_inputs([path]).files
    place, items = 0, list(read_archive(file, 0, ARCHIVE_BYTES))
    for item in items:
        assert place <= item.start <= item.end, "places go on"
        place = item.start
        if isinstance(item, ArchivedPage):
            f"{item.response.url} {item.title}".encode()
            assert len(item.response.body) <= ARCHIVE_BYTES, "a page has its limit"
    if any(isinstance(item, Broken) and item.reason in ("damaged", "cut_off") for item in items):
        return
    for number, item in enumerate(items[:3], 1):
        assert list(read_archive(file, item.end, ARCHIVE_BYTES)) == items[number:], "the rest is the same"


def json_lines(body: bytes) -> None:
    """As they are, and packed in both ways."""
    for ending in (".jsonl", ".jsonl.gz", ".jsonl.zst"):
        in_file(items_of, f"news{ending}")(body)


def saved_page(body: bytes) -> None:
    """As a page, and as what a sidecar tells of one."""
    in_file(items_of, "page.html")(body)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text("<p>The quay stayed closed on Friday.")
        path.with_name("page.html.json").write_bytes(body)
        items_of(path)


@cache
def crawl() -> Sequence[bytes]:
    """A crawler's WARC file: as it is, a gzip member a record, and packed as a whole; one of ours."""
    page = b"<html><body><p>The quay stayed closed on Friday.</p></body></html>"
    answers = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(page),
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n42\r\n"
        + page
        + b"\r\n0\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n",
    ]
    records = [
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://wire.example/%d\r\n"
        b"WARC-Date: 2026-11-27T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:%032d>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
        % (number, number, len(answer), answer)
        for number, answer in enumerate(answers)
    ]
    whole = b"".join(records)
    return [whole, b"".join(map(gzip.compress, records)), gzip.compress(whole), archive()[0]]


@cache
def saved() -> Sequence[bytes]:
    """Pages, and a sidecar."""
    return [*made(*SAVED)(), *cases("extract", ".html")()]


@cache
def lines() -> Sequence[bytes]:
    """JSON Lines, also packed."""
    import zstandard

    plain = LINES.encode()
    return [plain, gzip.compress(plain), zstandard.compress(plain)]


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
LINES = (
    '{"url": "https://wire.example/1", "text": "The quay stayed closed.\\n\\nIt is open.", '
    '"title": "Quay \\ud83d\\ude00", "published_at": "2026-11-27T08:00:00+01:00", "language": "en-GB"}\n'
    '{"url": "https://wire.example/2", "html": "<html lang=de><p>Der Kai</p>", "fetched_at": "2026-11-27"}\n\n'
)
SAVED = (
    '<html><head><link rel="canonical" href="https://wire.example/1"><meta property="og:url" '
    'content="https://wire.example/o?a=1&amp;b=2"><![CDATA[x]]><!--[if IE]>x<![endif]--></head><body><p>A.</p></body>',
    '{"url": "https://wire.example/1", "title": "Quay", "fetched_at": "2026-11-27T08:00:00Z", "published_at": null}',
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
