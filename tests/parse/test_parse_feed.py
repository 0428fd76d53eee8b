"""What holds for every document: nothing but ParseError, nothing opened, nothing unclean, no bomb."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ParseError
from pipeline.parse import parse_feed
from pipeline.parse.text import absolute_url, clean, plain_text
from pipeline.records import ParsedFeed

FOLDER = Path(__file__).parent.parent / "cases" / "parse"
DOCUMENTS = [path.read_bytes() for path in sorted(FOLDER.iterdir()) if not path.name.endswith(".expect.json")]
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rss(items: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def check(body: bytes, content_type: str | None = None) -> None:
    """What must hold of any bytes."""
    try:
        feed = parse_feed(body, url="https://wire.example/feed", content_type=content_type)
    except ParseError:
        return
    ids = [entry.entry_id for entry in feed.entries]
    assert len(set(ids)) == len(ids)
    for entry in feed.entries:
        assert entry.link is None or entry.link.startswith(("http://", "https://"))
        for text in (entry.guid, entry.title, entry.summary, entry.content_html, *entry.authors, *entry.categories):
            assert text is None or (text and clean(text) == text)
    json.dumps([entry.title for entry in feed.entries]).encode("utf-8")


@FUZZ
@given(st.binary(max_size=300), st.none() | st.text(max_size=40).map("text/xml; charset=".__add__))
def test_arbitrary_bytes_raise_nothing_but_parse_error(body: bytes, content_type: str | None) -> None:
    check(body, content_type)


@FUZZ
@given(st.sampled_from(DOCUMENTS), st.integers(0, 4000), st.integers(0, 40), st.binary(max_size=12))
def test_damaged_feeds_raise_nothing_but_parse_error(body: bytes, at: int, length: int, patch: bytes) -> None:
    at = at % (len(body) + 1)
    check(body[:at] + patch + body[at + length :])


@FUZZ
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["version", "items", "id", "uri", "headline", "bodies", "title", "url", "authors"]),
                inner,
            )
        ),
        max_leaves=12,
    )
)
def test_arbitrary_json_raises_nothing_but_parse_error(data: object) -> None:
    check(json.dumps(data).encode())
    check(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": data}).encode())
    check(json.dumps([{"uri": "u", "headline": data, "bodies": data, "subject": data}]).encode())


def test_bytes_that_name_a_file_are_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_bytes(rss("<item><title>secret</title></item>"))
    for body in (bytes(secret), f"file://{secret}".encode(), b"https://wire.example/feed"):
        with pytest.raises(ParseError, match="neither XML nor JSON"):
            parse_feed(body)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_entities_of_a_document_are_not_expanded(codec: str) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 5000}">' for n in range(9))
    body = rss("<item><title>&e8;x</title><link>https://wire.example/1</link></item>", f"<!DOCTYPE rss [{bomb}]>")
    started = time.process_time()
    feed = parse_feed(body.decode().encode(codec))
    assert time.process_time() - started < 2
    assert len(feed.entries[0].title or "") < 20
    assert "the document defines entities: they were not read" in feed.problems


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    head = f'<!DOCTYPE nitf [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    body = f"{head}<nitf><head><title>A &x; z</title></head><body/></nitf>".encode()
    assert "hidden" not in repr(parse_feed(body))


def test_an_unclosed_doctype_costs_one_pass() -> None:
    started = time.process_time()
    with pytest.raises(ParseError):
        parse_feed(b"<!DOCTYPE rss [" + b"<!-- ' -->" * 50_000)
    assert time.process_time() - started < 2


@pytest.mark.parametrize("markup", ["<script>", "<!--", "<head>", "<!DOCTYPE ", "<p", "&a", "</script "])
def test_hostile_markup_costs_one_pass(markup: str) -> None:
    item = {
        "uri": "u",
        "headline": markup * 100_000,
        "description_text": markup * 100_000,
        "body_text": markup * 100_000,
    }
    started = time.process_time()
    parse_feed(json.dumps([item]).encode())
    assert time.process_time() - started < 2


def test_an_error_is_one_line() -> None:
    with pytest.raises(ParseError) as caught:
        parse_feed(b"words\nand more words\r\nwithout an end")
    assert "\n" not in str(caught.value)


def test_many_unknown_elements_cost_one_pass() -> None:
    body = b"<nitf><body><body.content>" + b"<x>a</x>" * 30_000 + b"</body.content></body></nitf>"
    started = time.process_time()
    parse_feed(body)
    assert time.process_time() - started < 3


def test_entries_beyond_the_limit_are_cut_and_said() -> None:
    items = "".join(f"<item><guid>{n}</guid><title>News {n}</title></item>" for n in range(30))
    feed = parse_feed(rss(items), max_entries=10)
    assert [entry.guid for entry in feed.entries] == [str(n) for n in range(10)]
    assert feed.left_out == 20
    assert feed.problems == ("more than 10 entries: 20 were left out",)


def test_a_feed_of_20000_entries_is_cut_before_it_costs_time() -> None:
    items = "<item><title>News</title><description>&lt;p>words&lt;/p></description></item>" * 20_000
    started = time.process_time()
    assert parse_feed(rss(items), max_entries=50).problems
    assert time.process_time() - started < 3


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32-le"])
def test_unicode_encodings_need_no_declaration(codec: str) -> None:
    assert title_of(rss("<item><title>Überfall in Köln – 3 Tote</title></item>").decode().encode(codec)) == (
        "Überfall in Köln – 3 Tote"
    )


def title_of(body: bytes, content_type: str | None = None) -> str | None:
    feed: ParsedFeed = parse_feed(body, content_type=content_type)
    return feed.entries[0].title


def test_the_charset_of_the_content_type_counts() -> None:
    body = rss("<item><title>Москва</title></item>").decode().encode("koi8-r")
    assert title_of(body, "text/xml; charset=koi8-r") == "Москва"


def test_valid_utf8_is_utf8_whatever_is_declared() -> None:
    body = rss("<item><title>Žižek</title></item>")
    assert title_of(body, "text/xml; charset=iso-8859-1") == "Žižek"


def test_stray_windows_1252_bytes_in_utf8_are_read_one_by_one() -> None:
    body = rss("<item><title>Köln @quoted@</title></item>").replace(b"@q", b"\x93q").replace(b"d@", b"d\x94")
    feed = parse_feed(body)
    assert feed.entries[0].title == "Köln “quoted”"
    assert feed.problems == ("2 bytes are not UTF-8 and no encoding is declared that fits: read as windows-1252",)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "empty: 0 bytes"),
        (b" \n", "empty: 2 bytes with nothing in them"),
        (b"\x1f\x8b\x08\x00", "gzip data that is cut off"),
        (b"\x1f\x8b\xff\xff", "gzip data that is damaged"),
        (gzip.compress(bytes(60_000_000), 9, mtime=0), "gzip data of too large a document"),
        (b"%PDF-1.7", "a PDF, no feed"),
        (b"Service unavailable", "no feed, neither XML nor JSON: 'Service unavailable'"),
        (b"<!-- nothing -->", "no feed: XML without an element"),
        (b"<!doctype html><title>404 Not &amp; Found</title>", "an HTML page titled '404 Not & Found', no feed"),
        (b"<html><body>Hi</body></html>", "an HTML page, no feed"),
        (b"<catalog><book/></catalog>", "XML that is no feed: its root element is <catalog>"),
        (b'{"error": "gone", "code": 410}', "JSON that is no feed: an object with the keys code, error"),
        (b"[1, 2]", "JSON that is no feed: a list"),
        (b'{"version": "https://jsonfeed.org/ver', "JSON that is broken at line 1: Unterminated string starting at"),
        (b"[" * 100_000, "JSON that is nested too deeply, or holds a number that is too long"),
    ],
)
def test_an_error_says_what_the_bytes_are(body: bytes, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse_feed(body)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("link", "base", "address"),
    [
        ("/a?b=1", "https://wire.example/feeds/all", "https://wire.example/a?b=1"),
        (" https://wire.example/two words \n", None, "https://wire.example/two%20words"),
        ("//wire.example/a", "https://other.example/", "https://wire.example/a"),
        ("a", None, None),
        ("mailto:desk@wire.example", "https://wire.example/", None),
        ("javascript:alert(1)", "https://wire.example/", None),
        ("http://[broken/", None, None),
        ("http:///nowhere", None, None),
        ("", "https://wire.example/", None),
    ],
)
def test_links_are_absolute_web_addresses_or_none(link: str, base: str | None, address: str | None) -> None:
    assert absolute_url(link, base) == address


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One Two"),
        ("Fish &amp; <b>chips</b>", "Fish & chips"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("&lt;Breaking&gt;", "<Breaking>"),
        ("a<script>alert(1)</script>b", "a b"),
        ("it\x92s", "it’s"),
    ],
)
def test_plain_text_has_neither_tags_nor_entities(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_references_to_characters_that_xml_forbids_are_removed() -> None:
    body = b"<nitf><head><title>A&#0;b&#55296;c&#xFFFE;d&#x00DfFf; e&#233;</title></head><body></nitf>"
    feed = parse_feed(body)
    assert feed.entries[0].title == "Abcd eé"
    assert feed.problems[0] == "4 characters that XML does not allow were removed"


def test_a_gzip_file_is_read_as_what_is_in_it() -> None:
    body = b"<rss version='2.0'><channel><item><title>A bridge</title><link>https://a.example/1</link></item></channel></rss>"
    assert parse_feed(gzip.compress(body)) == parse_feed(body)


WHOLE = (
    "<rss version='2.0'><channel><title>Harbour</title><item><guid>1</guid><title>First</title></item>"
    "<item><guid>https://a.example/2</guid><title>Second</title><pubDate>Thu, 19 Nov 2026 10:00:00 GMT</pubDate></item>"
    "</channel></rss>"
)


@pytest.mark.parametrize("cut", range(WHOLE.index("<item><guid>https") + 6, WHOLE.rindex("</item>") + 6))
def test_a_document_that_breaks_off_says_so_and_gives_no_half_values(cut: int) -> None:
    whole, parsed = parse_feed(WHOLE.encode()).entries, parse_feed(WHOLE[:cut].encode())
    assert parsed.broken_off
    assert parsed.entries[0] == whole[0]
    for entry in parsed.entries[1:]:
        assert entry.title in (None, "Second")
        assert entry.published_at in (None, whole[1].published_at)


@pytest.mark.parametrize("days", [range(1, 10), range(9, 0, -1)], ids=["oldest first", "newest first"])
def test_of_too_long_a_sitemap_the_newest_are_read(days: range) -> None:
    urls = "".join(f"<url><loc>https://a.example/{d}</loc><lastmod>2026-11-{d:02}</lastmod></url>" for d in days)
    parsed = parse_feed(f"<urlset>{urls}</urlset>".encode(), max_entries=3)
    assert {entry.link for entry in parsed.entries} == {f"https://a.example/{d}" for d in (7, 8, 9)}
    assert parsed.left_out == 6
