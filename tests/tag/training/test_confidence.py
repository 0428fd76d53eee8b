"""Confidence is a share: events of 0.8 are right four times in five, and what is known of an event raises it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.errors import ConfigError
from pipeline.records import Document, Event
from pipeline.settings import load_settings
from pipeline.tag import Options, Tagger, open_tagger
from pipeline.tag.events.confidence import BASE, EVIDENCE, TABLES, confidence_of, load_weights, read_weights
from pipeline.tag.places.build import build, is_current
from pipeline.tag.training.confidence import MODEL, Outcome, bands, fit, outcomes
from pipeline.tag.training.corpus import read_corpus

SENTENCE = "Kenyan police shot dead four Somali fighters in Garissa on Tuesday."
LESS: Mapping[str, Mapping[str, object]] = {
    "not_actual": {"modality": "planned"},
    "mode": {"mode": None},
    "toll": {"killed": None},
    "date": {"date_text": None},
    "both_known": {"recipients": ()},
}


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    path = load_settings().gazetteer
    if not is_current(path):
        build(path)
    return open_tagger(Options(model=MODEL, gazetteer=path, coder="rules"))


@pytest.fixture(scope="module")
def kept(tagger: Tagger) -> list[Outcome]:
    return list(outcomes(tagger, [s for s in read_corpus() if s.is_test]))


def test_confidence_is_the_share_that_is_right(kept: list[Outcome]) -> None:
    assert len(kept) > 300
    said = [o.event.confidence for o in kept]
    assert abs(sum(said) / len(said) - sum(o.right for o in kept) / len(kept)) < 0.05


def test_surer_events_are_right_more_often(kept: list[Outcome]) -> None:
    ranked = sorted(kept, key=lambda o: o.event.confidence)
    third = len(ranked) // 3
    doubtful, sure = ranked[:third], ranked[-third:]
    assert sum(o.right for o in sure) > sum(o.right for o in doubtful) + third * 0.1


def test_confidence_is_of_the_finished_event(tagger: Tagger) -> None:
    event = _event(tagger)
    assert event.confidence == confidence_of(event) > 0.8


@pytest.mark.parametrize("evidence", LESS)
def test_less_known_is_less_sure(tagger: Tagger, evidence: str) -> None:
    event = _event(tagger)
    shown = {name for name, shows in EVIDENCE.items() if shows(event)}
    other = replace(event, **LESS[evidence])  # type: ignore[arg-type]
    assert {name for name, shows in EVIDENCE.items() if shows(other)} ^ shown == {evidence}
    assert confidence_of(other) < confidence_of(event)


def _event(tagger: Tagger) -> Event:
    when = datetime(2024, 5, 1, tzinfo=UTC)
    document = Document(document_id="d", text=SENTENCE, published_at=when, language="en")
    return next(e for e in tagger.tag(document).events if e.type == "ASSAULT")


def test_fit_finds_what_evidence_is_worth(tagger: Tagger) -> None:
    event, chance = _event(tagger), random.Random(7)
    doubted = replace(event, modality="planned")
    events = [event] * 2000 + [doubted] * 2000
    right = [chance.random() < 0.9 for _ in range(2000)] + [chance.random() < 0.5 for _ in range(2000)]
    weights = fit(events, right, EVIDENCE)
    assert weights["not_actual"] == pytest.approx(-2.2, abs=0.25)  # log-odds of .5 less those of .9


def test_weights_and_evidence_have_the_same_names() -> None:
    assert {name: table.keys() for name, table in load_weights().items()} == {
        name: {BASE, *evidence} for name, evidence in TABLES.items()
    }
    with pytest.raises(ConfigError, match=r"confidence.toml.*colour"):
        read_weights(_written("colour"))
    with pytest.raises(ConfigError, match=BASE):
        read_weights(_written().replace("base", "basis"))
    with pytest.raises(ConfigError, match="both"):
        read_weights(_written().replace("[both]", "[none]"))


def _written(*more: str) -> str:
    tables = {name: [BASE, *evidence, *more] for name, evidence in TABLES.items()}
    return "".join(f"[{name}]\n" + "".join(f"{n} = 0.1\n" for n in names) for name, names in tables.items())


def test_what_the_learned_coder_thinks_counts_where_it_was_asked(tagger: Tagger) -> None:
    event = _event(tagger)
    agreed = replace(event, learned_type=event.type, learned_share=0.95)
    denied = replace(event, learned_type="NONE", learned_share=0.95)
    assert confidence_of(agreed) > confidence_of(denied)


def test_bands_tell_mean_and_share() -> None:
    assert list(bands([0.71, 0.79, 1.0], [True, False, True])) == [
        "| 0.7 to 0.8 | 2 | 0.75 | 0.50 |",
        "| 0.9 to 1.0 | 1 | 1.00 | 1.00 |",
    ]
