"""Hostile and damaged documents: refused with ParseError or read as far as they go, in bounded time, never unclean."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit
from xml.parsers import expat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ParseError
from pipeline.parse import parse_feed
from pipeline.parse.dates import FIRST_YEAR, LAST_YEAR
from pipeline.parse.jsonvalues import closed
from pipeline.parse.text import harmless
from pipeline.parse.trim import MOST_DEPTH, MOST_ENTRY_TAGS
from pipeline.parse.wellformed import trimmed, well_formed, xml_trouble
from pipeline.records import FeedFormat, ItemStatus, ParsedFeed

FOLDER = Path(__file__).parent.parent / "cases" / "parse"
CASES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expect.json"))
NOW = datetime(2025, 6, 11, 12, tzinfo=UTC)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
MEGABYTE = 1_000_000
SECONDS = 2  # for a flood; on a quiet machine most take a tenth of one


def rss(items: str, head: str = "", root: str = "") -> bytes:
    text = f'{head}<rss version="2.0"{root}><channel><title>Wire</title>{items}</channel></rss>'
    return f'<?xml version="1.0"?>{text}'.encode()


def hold(feed: ParsedFeed) -> None:
    """The promises of the contract."""
    assert feed.format in get_args(FeedFormat)
    assert feed.link is None or is_web_address(feed.link)
    ids = [entry.entry_id for entry in feed.entries]
    assert len(set(ids)) == len(ids)
    assert all(ids)
    texts = [feed.title, feed.language, *feed.problems]
    for entry in feed.entries:
        assert entry.link is None or is_web_address(entry.link)
        assert entry.status in (*get_args(ItemStatus), None)
        withdrawn = entry.guid and entry.status in ("canceled", "withheld")
        assert entry.title or entry.link or entry.summary or entry.content_html or withdrawn
        for moment in (entry.published_at, entry.updated_at):
            if moment is not None:
                assert moment.utcoffset() == timedelta(0)
                assert FIRST_YEAR <= moment.year <= LAST_YEAR
                assert moment <= NOW + timedelta(days=2)
        texts += [entry.guid, entry.link, entry.title, entry.summary, entry.content_html, entry.published_raw]
        texts += [*entry.authors, *entry.categories, *entry.subjects, entry.agency, entry.slug]
    for text in texts:
        assert text is None or (text and not CONTROL.search(text))


def is_web_address(link: str) -> bool:
    parts = urlsplit(link)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", link)


def check(body: bytes, **options: object) -> ParsedFeed | None:
    """The promises, or a ParseError of one line."""
    try:
        feed = parse_feed(body, now=NOW, **options)  # type: ignore[arg-type]
    except ParseError as error:
        return one_line(error)
    hold(feed)
    return feed


def one_line(error: ParseError) -> None:
    assert "\n" not in str(error)


# Damage: each takes bytes and a source of chance.
Damage = Callable[[bytes, random.Random], bytes]
CODECS = ("koi8-r", "cp1251", "gb18030", "shift_jis", "utf-16", "utf-16-be", "utf-32", "utf-7", "cp037", "iso2022_jp")
SNIPPETS = (
    *(b"<", b">", b"&", b'"', b"\0", b"]]>", b"<![CDATA[", b"<!--", b"<?", b"\xff\xfe", b"\x1b$B", b"\xed\xa0\x80"),
    *(b"&nbsp;", b"&#0;", b"&#x110000;", b"&#99999999999;", b"&undefined;", b"</item>", b"</channel>", b"<entry>"),
    *(b' xmlns:a=""', b' xml:base="http://[x/"', b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"{", b"[", b"\\ud800", b"\x85"),
)


def cut_off(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def recoded(body: bytes, chance: random.Random) -> bytes:
    return body.decode("utf-8", "replace").encode(chance.choice(CODECS), "replace")


def flipped(body: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(body)
    for _ in range(chance.choice((1, 5, 50))):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def spliced(body: bytes, chance: random.Random) -> bytes:
    other = chance.choice(CASES).read_bytes()
    return cut_off(body, chance) + other[chance.randrange(len(other)) :]


def repeated(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body))
    return body[:at] + body[at : at + chance.choice((5, 50, 500))] * chance.choice((2, 20)) + body[at:]


def shortened(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body))
    return body[:at] + body[at + chance.choice((1, 3, 20, 200)) :]


def studded(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body))
    return body[:at] + chance.choice(SNIPPETS) * chance.choice((1, 2, 50)) + body[at:]


DAMAGES: tuple[Damage, ...] = (cut_off, recoded, flipped, spliced, repeated, shortened, studded)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_damaged_feed_keeps_the_promises(case: Path, damage: Damage) -> None:
    chance = random.Random(f"{case.name} {damage.__name__}")
    for _ in range(8):
        check(damage(case.read_bytes(), chance), url=chance.choice((None, "https://wire.example/feed")))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CASES), st.lists(st.sampled_from(DAMAGES), min_size=2, max_size=4), st.integers(0, 2**32))
def test_a_feed_damaged_several_times_keeps_the_promises(case: Path, damages: list[Damage], seed: int) -> None:
    body, chance = case.read_bytes(), random.Random(seed)
    for damage in damages:
        body = damage(body or b"<", chance)
    check(body)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_cases_themselves_keep_the_promises(case: Path) -> None:
    check(case.read_bytes())


# fmt: off
PIECES = (
    *(
        "<",
        ">",
        "&",
        "&x;",
        "&#",
        "&#1;",
        "&#65;",
        '"',
        "<!",
        "<!--",
        "<?",
        "</",
        "<![CDATA[",
        "<!DOCTYPE [",
        "<a",
        "<a ",
    ),
    *(
        '<a b="',
        "\0",
        " ",
        "\n",
        "<item>",
        "<guid ",
        "<guid>",
        "<id> ",
        "<a>",
        "</a>",
        "<br/>",
        "{",
        "[",
        '{"a":',
        "[1,",
    ),
    *(
        "&nbsp;",
        "<script>",
        "<rss>",
        "<br>",
        "<?xml ",
        "<!-- - -- ",
        "]]>",
        "-",
        "<x:y>",
        '<a onclick="',
        "<a href=b ",
        "1 ",
    ),
)
PLACES: dict[str, Callable[[str], bytes]] = {
    "the whole": str.encode,
    "an open title": lambda text: b'<rss version="2.0"><channel><item><title>' + text.encode(),
    "a title": lambda text: rss(f"<item><title>{text}</title></item>"),
    "a CDATA section": lambda text: rss(
        f"<item><description><![CDATA[{text.replace(']]>', '')}]]></description></item>"
    ),
    "an attribute": lambda text: rss("<item><title>a</title></item>", root=f' a="{text}"'),
    "a link and a date": lambda text: rss(
        f"<item><link>http://a.example/{text}</link><pubDate>{text}</pubDate></item>"
    ),
    "an author": lambda text: rss(f"<item><title>a</title><author>{text}</author></item>"),
    "a body": lambda text: f"<nitf><body><body.content><p>{text}</p></body.content></body></nitf>".encode(),
    "an Atom title": lambda text: (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">{text}</title></entry></feed>'.encode()
    ),
    "before the feed": lambda text: text.encode() + rss("<item><title>a</title></item>"),
    "JSON": lambda text: json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": text, "content_html": text}]}
    ).encode(),
}


@pytest.mark.parametrize("place", PLACES)
def test_no_piece_repeated_costs_more_than_its_length(place: str) -> None:
    """60 kB of each: what grows with the square takes minutes."""
    for piece in PIECES:
        body = PLACES[place](piece * (60_000 // len(piece)))
        started = time.process_time()
        check(body)
        assert time.process_time() - started < SECONDS, piece


def numbered(pattern: str, count: int) -> str:
    return "".join(pattern.replace("#", str(number)) for number in range(count))


FLOODS: dict[str, Callable[[], bytes]] = {
    "nested elements": lambda: rss("<item><title>a</title>" + "<a>" * 100_000 + "</a>" * 100_000 + "</item>"),
    "nested paragraphs": lambda: b"<nitf><body><body.content>" + b"<p>" * 100_000 + b"</p>" * 100_000,
    "nested items of agencies": lambda: b"<newsMessage>" + b"<itemSet>" * 100_000,
    "nested XHTML": lambda: (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="xhtml">' + b"<div>" * 100_000
    ),
    "attributes": lambda: rss("<item " + numbered('a#="1" ', 100_000) + "><title>a</title></item>"),
    "equal attributes": lambda: rss("<item " + 'a="1" ' * 200_000 + "><title>a</title></item>"),
    "attributes of the root": lambda: rss("<item><title>a</title></item>", root=numbered(' a#="1"', 100_000)),
    "namespaces": lambda: rss("<item><title>a</title></item>", root=numbered(' xmlns:a#="urn:#"', 50_000)),
    "nested namespaces": lambda: rss(numbered('<a xmlns:a#="urn:#">', 50_000)),
    "a long base": lambda: rss("<item><title>a</title></item>" * 2000, root=" xml:base='http:" + "/b" * 200_000 + "'"),
    "categories": lambda: rss(f"<item><title>a</title>{numbered('<category>#</category>', 50_000)}</item>"),
    "keywords": lambda: rss(f"<item><title>a</title><tags>{numbered('#,', 200_000)}</tags></item>"),
    "authors": lambda: rss(f"<item><title>a</title>{numbered('<author>#</author>', 50_000)}</item>"),
    "titles": lambda: rss("<item>" + "<title>a</title>" * 60_000 + "</item>"),
    "empty items": lambda: rss("<item/>" * 140_000),
    "unclosed items": lambda: rss("<item><title>a</title>" * 50_000),
    "entities": lambda: rss("<item><title>&e;</title></item>", "<!DOCTYPE rss [" + '<!ENTITY e "a">' * 60_000 + "]>"),
    "references to an entity": lambda: rss(
        f"<item><title>{'&e;' * 100_000}</title></item>", "<!DOCTYPE rss [<!ENTITY e '" + "a" * 100_000 + "'>]>"
    ),
    "nested lists": lambda: b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 100_000,
    "nested wrappers": lambda: b'{"items":[' * 400 + b"1" + b"]}" * 400,
    "a long number": lambda: b'{"version":"https://jsonfeed.org/version/1","items":[{"id":' + b"9" * MEGABYTE + b"}]}",
    "an infinite number": lambda: b'{"version":"https://jsonfeed.org/version/1","items":[{"id":1e999,"title":"a"}]}',
    "a sitemap": lambda: f"<urlset>{numbered('<url><loc>http://a.example/#</loc></url>', 30_000)}</urlset>".encode(),
    "UTF-16 of one sign": lambda: b"\xff\xfe" + "<".encode("utf-16-le") * MEGABYTE,
    "an encoding that hides markup": lambda: b'<?xml version="1.0" encoding="utf-7"?>' + rss("+ADw-item+AD4-" * 50_000),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_is_bounded(flood: str) -> None:
    body = FLOODS[flood]()
    started = time.process_time()
    check(body)
    assert time.process_time() - started < SECONDS


def test_xinclude_and_stylesheets_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<item><title>hidden words</title></item>")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    sheet = f'<?xml-stylesheet href="{secret.as_uri()}"?>'
    assert "hidden" not in repr(parse_feed(rss(f"<item><title>a {include}</title></item>", sheet)))
    nitf = f"{sheet}<nitf><head><title>a {include}</title></head><body/></nitf>"
    assert "hidden" not in repr(parse_feed(nitf.encode()))


@pytest.mark.parametrize(
    ("broken", "titles"),
    [
        ("<item><title>One<item><title>Two", ["One", "Two"]),
        ("<item><title>Fish & chips</title></item>", ["Fish & chips"]),
        ("<item><title>3 < 4</title></item>", ["3 < 4"]),
        ("<item><title>One</title><description><p>a<br>b</description></item><item><title>Two</title>", ["One", "Two"]),
        ("<item><TITLE>One</title></Item><item><title>Two</title></item>", ["One", "Two"]),
        ("<item><dc:title>One</dc:title></item>", ["One"]),
        ("<item><title>One</title></item></channel></rss><item><title>Two</title></item>", ["One", "Two"]),
        ("<item><title>One</title><link a=b a='c' d>https://wire.example/1</link></item>", ["One"]),
        ("<item><title>One</title><a\x01b/></item>", ["One"]),
        ('<item><title x="1>One</title></item><item><title>Two</title></item>', ["One", "Two"]),
        ("<item><title><![CDATA[One</title></item>", ["One"]),
        ("<item><title>One</title></item><item><title>Two</title></it", ["One", "Two"]),
    ],
)  # fmt: skip
def test_what_is_broken_is_mended(broken: str, titles: list[str]) -> None:
    feed = parse_feed(rss(broken)[: -len("</channel></rss>")])
    assert [entry.title for entry in feed.entries] == titles
    assert feed.problems


@given(
    st.lists(st.sampled_from([*PIECES, "a", " b", "xml:lang='de'", "</item>", "<dc:x>", "<q:z q:a='1'>"]), max_size=30)
)
@settings(deadline=None)
def test_whatever_is_mended_is_well_formed(pieces: list[str]) -> None:
    text = "<rss><item>" + "".join(pieces).replace("\0", "")
    made = well_formed(text, 5)
    assert xml_trouble(made.text) is None
    expat.ParserCreate().Parse(made.text, True)


def test_well_formed_documents_are_left_as_they_are() -> None:
    text = '<rss><channel><item a="1"><title>x &amp; <![CDATA[<y>]]></title></item></channel></rss>'
    assert trimmed(text, 5).text == text
    assert trimmed(text, 5).problems == ()


def test_tags_beyond_any_feed_are_left_out_and_said() -> None:
    many = "<b>x</b>" * (MOST_ENTRY_TAGS + 10)
    feed = parse_feed(rss(f"<item><title>One</title>{many}</item><item><title>Two</title></item>"))
    assert [entry.title for entry in feed.entries] == ["One", "Two"]
    assert any("left out" in problem for problem in feed.problems)
    deep = trimmed("<rss>" + "<a>" * 3 * MOST_DEPTH + "</a>" * 3 * MOST_DEPTH + "</rss>", 5)
    assert deep.text.count("<a>") == MOST_DEPTH - 1


@pytest.mark.parametrize("end", ["", "</channel></rss>"])
@pytest.mark.parametrize(
    "item",
    [
        "<item><title>N#</title></item>",
        "<item><title>N#</title>",
        "<ITEM><title>N#</title></ITEM >",
        "<item title='#'/>",
    ],
)
def test_entries_that_are_left_out_are_counted(item: str, end: str) -> None:
    body = f'<rss version="2.0"><channel>{numbered(item, 25)}<title>Wire</title>{end}'.encode()
    assert parse_feed(body, max_entries=10).left_out == 15


def test_entries_of_other_dialects_are_counted_too() -> None:
    items = [{"id": str(number), "title": "a"} for number in range(25)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    assert parse_feed(body, max_entries=10).left_out == 15
    sitemap = f"<urlset>{numbered('<url><loc>http://a.example/#</loc></url>', 25)}</urlset>"
    feed = parse_feed(sitemap.encode(), max_entries=10)
    assert (len(feed.entries), feed.left_out) == (10, 15)
    assert "more than 10 entries: 15 were left out" in feed.problems
    assert parse_feed(sitemap.encode()).left_out == 0


WHOLE = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": str(number), "title": f'"{number}", [{{', "tags": ["a", ["b"]]} for number in range(4)],
    }
)


@pytest.mark.parametrize("length", range(90, len(WHOLE)))
def test_json_that_is_broken_off_is_read_up_to_there(length: int) -> None:
    part = WHOLE[:length]
    feed = check(part.encode())
    assert feed is not None
    assert any("broken" in problem for problem in feed.problems)
    whole = part.count('"title": "\\"')  # at most the last of these was not finished
    assert len(feed.entries) >= whole - 1


def test_brackets_are_closed_in_time() -> None:
    started = time.process_time()
    assert closed("[" * 200_000 + "1,") == "[" * 200_000 + "1" + "]" * 200_000
    closed('[{"a":1},' * 100_000)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("zone", "items", "expected", "said"),
    [
        (None, ["2025-06-10 15:07"], "15:07", "1 × time without zone, read as UTC"),
        ("Europe/Berlin", ["2025-06-10 15:07"], "13:07", "1 × time without zone, read as Europe/Berlin"),
        (None, ["2025-06-10 15:07", "2025-06-10T09:00:00+05:30"], "09:37", "1 × time without zone, read as UTC+05:30"),
        ("Europe/Berlin", ["2025-06-10 15:07", "2025-06-10T09:00:00+05:30"], "13:07", "Europe/Berlin"),
        (None, ["2025-06-10 15:07", "2025-06-10T09:00+05:30", "2025-06-10T09:00+01:00"], "15:07", "read as UTC"),
        ("Mars/Olympus", ["2025-06-10 15:07"], "15:07", "time zone that is not known: 'Mars/Olympus'"),
    ],
)
def test_the_zone_is_the_operators_or_the_usual_one(
    zone: str | None, items: list[str], expected: str, said: str
) -> None:
    body = rss("".join(f"<item><title>{raw}</title><pubDate>{raw}</pubDate></item>" for raw in items))
    feed = parse_feed(body, zone=zone)
    assert feed.entries[0].published_at == datetime.fromisoformat(f"2025-06-10T{expected}+00:00")
    assert any(said in problem for problem in feed.problems)


def test_the_time_of_the_channel_tells_the_zone_too() -> None:
    body = rss(
        "<lastBuildDate>Tue, 10 Jun 2025 18:00:00 +0300</lastBuildDate>"
        "<item><title>a</title><pubDate>10 июня 2025, 15:07</pubDate></item>"
    )
    assert parse_feed(body).entries[0].published_at == datetime(2025, 6, 10, 12, 7, tzinfo=UTC)


def test_times_to_come_are_unknown_and_counted() -> None:
    body = rss(
        "".join(f"<item><title>{day}</title><pubDate>2025-06-{day}T11:00Z</pubDate></item>" for day in (12, 13, 14))
    )
    feed = parse_feed(body, now=NOW)
    assert [entry.published_at and entry.published_at.day for entry in feed.entries] == [12, 13, None]
    assert feed.entries[2].published_raw == "2025-06-14T11:00Z"
    assert feed.problems == ("1 × date in the future: '2025-06-14T11:00Z'",)
    assert parse_feed(body).entries[2].published_at is not None


@pytest.mark.parametrize(
    ("markup", "base", "expected"),
    [
        ('<p onclick="x()" class="y">a</p>', None, '<p class="y">a</p>'),
        ("a<script>x</script>b<style>y", None, "ab"),
        ('<iframe src="http://a.example/"></iframe>c', None, "c"),
        ('<a href="/b?c=1&amp;d=2">e</a>', "https://a.example/f", '<a href="https://a.example/b?c=1&amp;d=2">e</a>'),
        ("<img src=b.jpg>", "https://a.example/f/", '<img src="https://a.example/f/b.jpg">'),
        ("<img src=b.jpg>", None, "<img src=b.jpg>"),
        ('<a href="java&#115;cript:x()">e</a>', "https://a.example/", "<a>e</a>"),
        ('<a href="https://b.example/?q=1">e</a>', None, '<a href="https://b.example/?q=1">e</a>'),
        ('<a href="#top">e</a>', "https://a.example/", '<a href="#top">e</a>'),
        ("1 < 2 on=3", None, "1 < 2 on=3"),
    ],
)
def test_content_neither_runs_nor_loads(markup: str, base: str | None, expected: str) -> None:
    assert harmless(markup, base) == expected
