"""An answer is told for what it is, whatever its header says."""

from __future__ import annotations

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ExtractError
from pipeline.extract.page.decode import page_text
from pipeline.extract.page.kinds import MEDIA_TYPES, SIGNATURES, Kind, Signature, kind_of, sniff

PAGE = "<!DOCTYPE html><html><head><title>Ferries</title></head><body><p>The ferries stayed in.</p></body></html>"
NOISE = random.Random(3).randbytes(4_000)


@pytest.mark.parametrize("signature", SIGNATURES, ids=lambda signature: signature.name)
@pytest.mark.parametrize("content_type", [None, "text/html; charset=utf-8", "application/octet-stream"])
def test_each_signature_tells_its_example(signature: Signature, content_type: str | None) -> None:
    found = sniff(signature.example + NOISE, content_type)
    assert found.kind is signature.kind
    assert signature.name in found.sign


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("application/pdf", Kind.PDF),
        ("image/x-unknown", Kind.IMAGE),
        ("video/mp2t", Kind.VIDEO),
        ("application/vnd.apple.mpegurl", Kind.VIDEO),
        ("audio/aac", Kind.AUDIO),
        ("application/ld+json", Kind.JSON),
        ("application/rss+xml", Kind.FEED),
        ("application/xml", Kind.XML),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Kind.OFFICE),
        ("application/x-zip-compressed", Kind.ARCHIVE),
        ("font/woff2", Kind.BINARY),
    ],
)
def test_a_header_counts_where_the_bytes_say_nothing(media_type: str, kind: Kind) -> None:
    assert kind_of(b"Ferries stay in harbour", media_type.upper() + "; x=1") is kind
    assert kind_of(PAGE, media_type) is Kind.HTML


def test_the_header_cases_name_each_kind_of_the_table() -> None:
    assert {kind for kind, _ in MEDIA_TYPES} == set(Kind) - {Kind.HTML, Kind.TEXT, Kind.EMPTY}


@pytest.mark.parametrize("content_type", [None, "text/html", "text/plain", "application/octet-stream", "image/png"])
@pytest.mark.parametrize(
    "body",
    [
        PAGE,
        PAGE.lower().removeprefix("<!doctype html>"),
        "\n <!-- made by hand -->\n<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>Boats</body>",
        "<p>The ferries stayed in.</p>",
        "<meta charset=utf-8><title>Ferries</title>",
        "<svg width='9'><path d='M0 0'/></svg><p>The ferries stayed in.</p>",
        "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'><TITLE>Ferries</TITLE>",
    ],
)
def test_html_is_html_under_any_label(body: str, content_type: str | None) -> None:
    for raw in (body, body.encode(), b"\xef\xbb\xbf" + body.encode(), body.encode("utf-16"), body.encode("utf-16-be")):
        assert kind_of(raw, content_type) is Kind.HTML, raw[:20]


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"", "text/html", Kind.EMPTY),
        (b"\xef\xbb\xbf \0\r\n", None, Kind.EMPTY),
        ("\ufeff ", None, Kind.EMPTY),
        ("Ferries <b>stay</b> in harbour", None, Kind.HTML),
        ("Ferries stay in harbour", "text/html", Kind.HTML),
        ("Ferries stay in harbour", None, Kind.TEXT),
        ("Ferries <b>stay</b> in harbour", "text/plain", Kind.TEXT),
        ('{"items": [1]}', "text/html", Kind.JSON),
        ('[{"id": 1}]\n', None, Kind.JSON),
        ('{"items": [', "application/json", Kind.JSON),
        ("[Update] The <b>ferries</b> stay in", None, Kind.HTML),
        ("[2 of 3] The <b>ferries</b> stay in [end]", "text/html", Kind.HTML),
        ("{ferries} <b>stay</b> in", "text/html", Kind.HTML),
        ("<?xml version='1.0'?><rss version='2.0'></rss>", "text/html", Kind.FEED),
        ("<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "application/xml", Kind.FEED),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'></rdf:RDF>", None, Kind.FEED),
        ("<urlset></urlset>", "text/xml", Kind.FEED),
        ("<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'></newsItem>", "text/html", Kind.XML),
        ("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'></svg>", None, Kind.IMAGE),
        ("<svg xmlns='http://www.w3.org/2000/svg'></svg>", "image/svg+xml", Kind.IMAGE),
        (NOISE, None, Kind.BINARY),
        (NOISE, "text/html", Kind.BINARY),
        (PAGE.encode() + 20 * NOISE, "text/html", Kind.BINARY),
        (PAGE.encode() + 2_000 * b"\0", "text/html", Kind.HTML),
        (PAGE.encode().replace(b"ferries", b"fer\x01ries\x1f"), "text/html", Kind.HTML),
        ("<p>Паром стоит в порту</p>".encode("cp1251"), None, Kind.HTML),
        ("<p>フェリーは港に</p>".encode("iso2022_jp"), "text/html", Kind.HTML),
    ],
)
def test_what_no_signature_tells_is_told_by_its_text(body: bytes | str, content_type: str | None, kind: Kind) -> None:
    assert kind_of(body, content_type) is kind


@given(st.binary(max_size=3_000), st.sampled_from([None, "text/html", "text/plain", "image/png", "nonsense"]))
def test_any_bytes_are_of_some_kind(body: bytes, content_type: str | None) -> None:
    found = sniff(body, content_type)
    assert found.kind in Kind
    assert found.sign
    assert "\n" not in found.sign


@given(st.text(min_size=1, max_size=300))
def test_a_story_in_a_page_is_never_taken_for_something_else(story: str) -> None:
    page = f"<html><body><p>{story.translate(dict.fromkeys(range(32)))}</p></body></html>"
    for raw in (page, page.encode("utf-8", "surrogatepass"), page.encode("cp1251", "replace")):
        assert kind_of(raw, "text/html") is Kind.HTML


def test_a_page_that_was_compressed_twice_is_read() -> None:
    assert page_text(gzip.compress(PAGE.encode()), "text/html") == PAGE
    for raw in (gzip.compress(PAGE.encode())[:-9], gzip.compress(b"no page"), gzip.compress(NOISE), b"\x1f\x8b\x08"):
        with pytest.raises(ExtractError) as caught:
            page_text(raw, "text/html")
        assert caught.value.reason == "archive"


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(ExtractError, match="archive"):
        page_text(gzip.compress(b"<html>" + bytes(30_000_000)), "text/html")


def test_a_refusal_names_what_the_answer_is() -> None:
    with pytest.raises(ExtractError) as caught:
        page_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "text/html")
    assert str(caught.value) == r"image: the answer is a PNG picture, which starts with b'\x89PNG\r\n\x1a\n'"
