"""Places that are easily taken for others. The table: tests/cases/tag/hard_places.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_cache_path

from pipeline.records import Place
from pipeline.tag.models.spacy_model import load_model
from pipeline.tag.names.actors import load_actors
from pipeline.tag.names.mentions import Knowledge, find_mentions
from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.resolve import find_places

TABLE = Path(__file__).parents[2] / "cases" / "tag" / "hard_places.toml"
CASES = [
    pytest.param(case, id=f"{kind} {number}")
    for kind, cases in tomllib.loads(TABLE.read_text(encoding="utf-8")).items()
    for number, case in enumerate(cases, start=1)
]


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return Knowledge(load_actors(), Gazetteer.open(user_cache_path("dateline") / "gazetteer.sqlite"))


def places_in(text: str, known: Knowledge) -> list[Place]:
    assert known.gazetteer is not None
    doc = load_model()(text)
    return list(find_places(doc.text, find_mentions(doc, known), known.gazetteer))


@pytest.mark.parametrize("case", CASES)
def test_a_name_means_the_place_that_a_reader_takes_it_for(case: dict[str, Any], known: Knowledge) -> None:
    found = places_in(case["text"], known)
    read = [(p.text.removeprefix("the "), p.country or "", p.feature or "") for p in found]
    left = iter(read)
    for name, country, feature in case.get("places", ()):
        assert any(r[0] == name and r[1] == country and r[2].startswith(feature) for r in left), (name, read)


@pytest.mark.parametrize("case", [c for c in CASES if "none" in c.values[0]])
def test_a_name_of_something_else_is_no_place(case: dict[str, Any], known: Knowledge) -> None:
    found = places_in(case["text"], known)
    assert not [p.text for p in found if p.feature is not None and p.text in case["none"]]
