"""A page becomes the article that its case file tells; what is no page says why."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ExtractError
from pipeline.extract import EXTRACTOR, extract_article
from pipeline.extract.about.times import read_time
from pipeline.extract.language import language_of
from pipeline.extract.page.decode import decode
from pipeline.extract.page.kinds import Kind
from pipeline.records import Page

STORY = (
    "<p>The ferries stayed in harbour for the third week, and nobody on the islands knew when they would sail.</p>"
    "<p>Rain kept falling on the lower town, where shops had closed on Friday and bread was brought by the navy.</p>"
)
CASES = sorted((Path(__file__).parents[1] / "cases" / "extract").glob("*.html"))


def page_of(case: Path, said: dict[str, Any]) -> Page:
    if at := said.pop("published_at", None):
        said["published_at"] = datetime.fromisoformat(at)
    return Page(page_id=case.stem, html=case.read_bytes(), url=said.pop("url", None), **said)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_page_becomes_the_article_of_its_case(case: Path) -> None:
    expected = json.loads(case.with_suffix(".json").read_text("utf-8"))
    page = page_of(case, expected.pop("page", {}))
    if reason := expected.pop("error", None):
        with pytest.raises(ExtractError) as caught:
            extract_article(page)
        assert caught.value.reason == reason
        return
    article = asdict(extract_article(page))
    got = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in article.items()}
    got["byline"] = list(article["byline"])
    got["removed"] = [[line["text"], line["reason"]] for line in article["removed"]]
    assert {key: got[key] for key in expected} == expected
    assert got["extractor"] == EXTRACTOR


@pytest.mark.parametrize(
    ("html", "content_type", "reason"),
    [
        (b"", None, "empty"),
        (b" \n\0", "text/html", "empty"),
        (b"%PDF-1.7 ...", "application/pdf", "pdf"),
        (b"%PDF-1.7 ...", "text/html", "pdf"),
        (b'{"items": []}', "application/json", "json"),
        (b"Just some words.", "text/plain; charset=utf-8", "plain_text"),
        (b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'></feed>", "text/xml", "feed"),
        (b"<html>" + b" " * 20_000_000, "text/html", "too_large"),
        (b"<html><body></body></html>", "text/html", "no_text"),
    ],
)
def test_no_page_says_why(html: bytes, content_type: str | None, reason: str) -> None:
    with pytest.raises(ExtractError) as caught:
        extract_article(Page(page_id="x", url=None, html=html, content_type=content_type))
    assert caught.value.reason == reason
    assert caught.value.detail
    assert "\n" not in caught.value.detail


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<html><body><p>{text}</p></body></html>"))
def test_any_bytes_give_an_article_or_a_reason(html: bytes | str) -> None:
    try:
        reason, text = None, extract_article(Page(page_id="x", url=None, html=html)).text
    except ExtractError as error:
        reason, text = error.reason, ""
    assert text or reason in {*Kind, "not_html", "no_text"}


@pytest.mark.parametrize(
    ("raw", "content_type", "expected"),
    [
        ("naïve".encode(), None, "naïve"),
        ("naïve".encode(), "text/html; charset=iso-8859-1", "naïve"),  # valid UTF-8 is UTF-8, whatever it claims
        ("“naïve”".encode("cp1252"), "text/html; charset=ISO-8859-1", "“naïve”"),
        ("\ufeffnaïve".encode("utf-16-le"), None, "naïve"),
        ("<meta charset=shift_jis>東京".encode("cp932"), None, "<meta charset=shift_jis>東京"),
        ("東京".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "東京"),
        (b"<meta charset=utf-8>\xc3\xa9\xc3\xa9 broken \xff", None, "<meta charset=utf-8>éé broken \ufffd"),
    ],
)
def test_bytes_are_decoded_as_meant(raw: bytes, content_type: str | None, expected: str) -> None:
    assert decode(raw, content_type) == expected


@pytest.mark.parametrize("label", ["base64", "no-such-set", "rot13"])
def test_a_charset_that_makes_no_text_is_passed_over(label: str) -> None:
    raw = f"<meta charset={label}>un café, un thé".encode("cp1252")
    assert decode(raw, f"text/html; charset={label}").startswith(f"<meta charset={label}>un caf")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2026-11-23T09:30:00+03:00", "2026-11-23T06:30:00+00:00"),
        ("2026-11-23 09:30:00 +0300", "2026-11-23T06:30:00+00:00"),
        ("2026-11-23T09:30:00Z", "2026-11-23T09:30:00+00:00"),
        ("2026-11-23", "2026-11-23T00:00:00+00:00"),
        ("Mon, 23 Nov 2026 09:30:00 GMT", "2026-11-23T09:30:00+00:00"),
        ("Mon Nov 23 2026 09:30:00 GMT+0300 (Arabian Standard Time)", "2026-11-23T06:30:00+00:00"),
        ("November 23, 2026", "2026-11-23T00:00:00+00:00"),
        ("23 Nov. 2026", "2026-11-23T00:00:00+00:00"),
        ("1795426200000", "2026-11-23T09:30:00+00:00"),
        ("2026-11-23 half past nine", "2026-11-23T00:00:00+00:00"),
        ("11/12/2026", None),
        ("2 hours ago", None),
        ("2019", None),
        ("0001-01-01T00:00:00Z", None),
        ("1970-01-01", None),
        ("", None),
    ],
)
def test_a_time_is_read_for_sure_or_not_at_all(raw: str, expected: str | None) -> None:
    time = read_time(raw)
    assert (time.isoformat() if time else None) == expected


def test_the_agency_of_the_dateline_goes_before_the_house_that_signs() -> None:
    html = (
        '<html><head><meta name="author" content="Boreal Press"></head><body><article><h1>Ferries stay in</h1>'
        f"{STORY.replace('<p>', '<p>OTTAWA, Nov 23 (Boreal) - ', 1)}</article></body></html>"
    )
    article = extract_article(Page(page_id="x", url=None, html=html))
    assert (article.byline, article.agency, article.dateline) == (("Boreal Press",), "Boreal", "OTTAWA")


def test_a_text_too_short_to_tell_has_no_language() -> None:
    assert language_of("Ja, 2026.", "de") is None
    assert (
        language_of("The ferries stayed in harbour for the third week, and nobody knew when they would sail.") == "en"
    )
    assert (
        language_of("Die Fähren blieben die dritte Woche im Hafen, und niemand wusste, wann sie fahren.", "en") == "de"
    )


def test_a_flash_whose_sentence_is_its_headline_is_an_article() -> None:
    told = "Explosion heard in Orsk"
    html = f"<html><head><title>{told}</title></head><body><h1>{told}</h1><p>{told}</p></body></html>"
    assert extract_article(Page(page_id="p", url="https://wire.example/1", html=html)).text == told


def test_a_flash_of_one_sentence_beside_a_large_menu_is_an_article() -> None:
    menu = "".join(f"<li><a href='/{n}'>Section number {n} of it</a></li>" for n in range(60))
    told = "An explosion was heard in the centre of Orsk on Monday, a reporter said."
    html = (
        f"<html><body><div class='top'>{menu}</div><article><h1>Blast in Orsk</h1><p>{told}</p></article></body></html>"
    )
    assert extract_article(Page(page_id="p", url="https://wire.example/1", html=html)).text == told


def html_of(inner: str, head: str = "") -> str:
    return f"<html><head><title>Ferries stay in</title>{head}</head><body><article>{inner}</article></body></html>"


def test_a_flash_with_a_line_of_furniture_under_it_is_its_headline() -> None:
    html = html_of("<h1>Explosion heard in Orsk</h1><p>More to follow...</p>")
    assert extract_article(Page(page_id="p", url=None, html=html)).text == "Explosion heard in Orsk"


def test_the_rest_of_a_story_behind_a_button_is_read() -> None:
    lines = [
        f"Ferry {n} stayed in harbour for the third week, and nobody knew when it would sail again." for n in range(6)
    ]
    rest = "".join(f"<p>{line}</p>" for line in lines[1:])
    html = html_of(f"<p>{lines[0]}</p><div class='more' style='display:none'>{rest}</div>")
    assert extract_article(Page(page_id="p", url=None, html=html)).text.split("\n") == lines


def test_the_posts_of_a_live_blog_that_stand_only_in_its_json_ld_are_read() -> None:
    said = [f"At noon ship number {n} had left the harbour, the coast guard said on Monday." for n in range(4)]
    posts = [{"@type": "BlogPosting", "articleBody": post} for post in said]
    data = {"@type": "LiveBlogPosting", "headline": "Ferries", "datePublished": "2026-11-23", "liveBlogUpdate": posts}
    html = html_of("", f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert extract_article(Page(page_id="p", url=None, html=html)).text.split("\n") == said


def test_a_date_after_the_capture_is_a_placeholder() -> None:
    later = "<meta property='article:published_time' content='2099-12-31T00:00:00Z'>"
    told = "<p>The ferries stayed in harbour for the third week, and nobody knew when they would sail.</p>"
    html = html_of(told, later + "<meta name='date' content='2026-11-20'>")
    page = Page(page_id="p", url=None, html=html, fetched_at=datetime(2026, 11, 23, tzinfo=UTC))
    assert extract_article(page).published_at == datetime(2026, 11, 20, tzinfo=UTC)


def test_the_chosen_claim_of_a_title_is_the_column() -> None:
    head = "<meta property='og:title' content='UPDATE 2-Ferries stay in'>"
    html = html_of("<p>The ferries stayed in harbour for the third week, she said.</p>", head)
    article = extract_article(Page(page_id="p", url=None, html=html))
    assert article.title == "Ferries stay in"
    assert {claim.value for claim in article.claims if claim.field == "title" and claim.chosen} == {"Ferries stay in"}


def test_an_amp_page_reads_as_the_page_that_it_is_a_variant_of() -> None:
    lines = [
        f"Ferry {n} stayed in harbour for the third week, and nobody knew when it would sail again." for n in range(5)
    ]
    beside = "We and our partners would like to tell you about things that you may want to buy one day."
    parts = ["amp-ad", "amp-embed", "amp-consent", "amp-sidebar", "amp-next-page"]
    inner = "".join(
        f"<p>{line}</p><{part}><div>{beside}</div></{part}>" for line, part in zip(lines, parts, strict=True)
    )
    html = f"<html amp><head><link rel='canonical' href='https://n.example/a'></head><body>{inner}</body></html>"
    article = extract_article(Page(page_id="p", url="https://n.example/amp/a", html=html))
    assert (article.url, article.text.split("\n")) == ("https://n.example/a", lines)
