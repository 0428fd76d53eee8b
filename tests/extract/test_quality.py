"""How sure a reading is: agreement of two readers, lowered by signs of trouble."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import extract_article
from pipeline.extract.quality import SIGNS, overlap_of, score_of
from pipeline.extract.text import words
from pipeline.records import Page

SENTENCES = (
    "The ferries stayed in harbour for the third week, and nobody on the islands knew when they would sail again.",
    "Rain kept falling on the lower town, where shops had closed on Friday and bread was brought by the navy.",
    "The harbour master said on Monday that the engines of two ships had been flooded by salt water.",
)
STORY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
LINKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferries", "articleBody": "%s"%s}</script>'
)


def article_of(body: str, head: str = "", **feed: object) -> object:
    html = f"<html><head><title>Ferries</title>{head}</head><body>{body}</body></html>"
    return extract_article(Page(page_id="x", url="https://harbour.example/a", html=html, **feed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("a b c d e", "a b c d e", 1.0),
        ("a b c d e", "a b c d f", 0.5),
        ("a b c d", "e f g h", 0.0),
        ("a b", "a b", 1.0),
        ("A (b), c: d", "a b c d", 0.0),  # words are compared as written
        ("", "", 1.0),
    ],
)
def test_overlap_is_the_share_of_common_runs(one: str, other: str, share: float) -> None:
    assert overlap_of(one, other) == share


@given(st.text(max_size=80), st.text(max_size=80))
def test_overlap_has_no_order_and_stays_within_bounds(one: str, other: str) -> None:
    assert overlap_of(one, other) == overlap_of(other, one)
    assert 0.0 <= overlap_of(one, other) <= 1.0


@given(st.floats(0, 1), st.lists(st.sampled_from(sorted(SIGNS)), unique=True))
def test_each_sign_lowers_the_score(overlap: float, signs: list[str]) -> None:
    scores = [score_of(overlap, signs[:count]) for count in range(len(signs) + 1)]
    assert scores == sorted(scores, reverse=True)
    assert 0.0 <= scores[-1] <= 1.0


def test_a_plain_page_is_read_surely() -> None:
    quality = article_of(f"<article>{STORY}</article>").quality  # type: ignore[attr-defined]
    assert (quality.score, quality.second_overlap, quality.reason) == (1.0, 1.0, "first")
    assert (quality.words, quality.paragraphs, quality.removed_lines) == (58, 3, 0)
    assert quality.characters == len("\n".join(SENTENCES))
    assert quality.milliseconds > 0


def test_a_line_is_less_sure_than_a_story() -> None:
    assert article_of(f"<p>{SENTENCES[0]}</p>").quality.score == SIGNS["short"]  # type: ignore[attr-defined]


def test_what_is_behind_a_paywall_is_a_stub() -> None:
    whole = " ".join(SENTENCES * 4)
    free = article_of(f"<article>{STORY}</article>", LINKED % (SENTENCES[0], ', "isAccessibleForFree": true'))
    paid = article_of(
        f"<article>{STORY}</article>", LINKED % (whole.replace("e", "o"), ', "isAccessibleForFree": false')
    )
    assert (free.flags, paid.flags) == ((), ("paywall",))  # type: ignore[attr-defined]
    assert paid.quality.score == SIGNS["stub"]  # type: ignore[attr-defined]


def test_a_page_that_only_a_browser_fills_gives_what_it_tells_machines() -> None:
    whole = " ".join(SENTENCES)
    article = article_of("<div id='app'></div>", LINKED % (whole, ""))
    assert (article.text, article.quality.reason) == (whole, "told")  # type: ignore[attr-defined]


def test_the_feed_has_the_rest_of_a_story_that_its_page_cuts() -> None:
    more = [
        f"Ship number {n} lay at the northern pier with water in her engine room, the pilot said." for n in range(20)
    ]
    told = STORY + "".join(f"<p>{line}</p>" for line in more)
    article = article_of(f"<article>{STORY}</article>", summary=told)
    assert article.text.split("\n") == [*SENTENCES, *more]  # type: ignore[attr-defined]
    assert article.quality.reason == "told"  # type: ignore[attr-defined]


def test_the_language_is_that_of_the_words_and_the_claims_are_kept() -> None:
    html = f"<html lang='fr'><head><title>Ferries</title></head><body><article>{STORY}</article></body></html>"
    article = extract_article(Page(page_id="x", url=None, html=html, language="de"))
    said = [(claim.source, claim.value, claim.chosen) for claim in article.claims if claim.field == "language"]
    assert article.language == "en"
    assert said == [("html", "fr", False), ("feed", "de", False), ("text", "en", True)]


@pytest.mark.parametrize(
    ("text", "count"), [("two words", 2), ("奥尔斯克市中心爆炸", 5), ("AFP 说, 十二人", 4), ("", 0)]
)
def test_words_are_counted_where_they_are_not_set_apart(text: str, count: int) -> None:
    assert words(text) == count
