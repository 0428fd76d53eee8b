"""Where events take place: `tests/cases/tag/where.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy

from pipeline.records import Event
from pipeline.settings import load_settings
from pipeline.tag.events.coder import code_events
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.triggers import load_lexicon
from pipeline.tag.models.spacy_model import load_model
from pipeline.tag.names.actors import load_actors
from pipeline.tag.names.mentions import Knowledge, find_mentions
from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.resolve import find_places

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "tag" / "where.toml").read_text("utf-8")
)["case"]
REFERENCE = pytest.mark.skipif(
    not spacy.__version__.startswith("3.7."),
    reason="parses are those of spaCy 3.7",
)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return Knowledge(load_actors(), Gazetteer.open(load_settings().gazetteer))


def events(text: str, known: Knowledge) -> tuple[Event, ...]:
    doc = load_model()(text)
    mentions = find_mentions(doc, known)
    assert known.gazetteer is not None
    places = find_places(text, mentions, known.gazetteer)
    return code_events(ParsedText(doc=doc, mentions=mentions, places=places), load_lexicon())


@REFERENCE
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_an_event_has_the_place_that_the_grammar_ties_to_it(case: dict[str, Any], known: Knowledge) -> None:
    found = events(case["text"], known)
    event = next(e for e in found if case["trigger"] in e.trigger.text)
    assert (event.place.text if event.place else "", event.place_from) == (case["place"], case.get("from"))
