"""Who is believed where rules and model differ."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.records import Participant
from pipeline.tag.learned.combine import Verdict, Weights, adds, as_worded, judged, outermost
from pipeline.tag.learned.heads import Labels
from pipeline.tag.learned.opinions import LIKELY, Opinion
from tests.warehouse.build import assault

LABELS = Labels(
    ("NONE", "ASSAULT", "COERCE"),
    (("ASSAULT", None), ("ASSAULT", "firearms"), ("COERCE", None), ("COERCE", "arrest")),
    ("affirmed", "negated"), ("actual", "planned", "hypothetical", "historical"), {},
)  # fmt: skip
WEIGHTS = Weights(keep=0.1, change=0.5, add=0.6)


def opinion(none: float, force: float, arrest: float) -> Opinion:
    shares = np.array([none, force, arrest], dtype=np.float32)
    modes = np.array([0.1, 0.9, 0.2, 0.8], dtype=np.float32)
    return Opinion(Doc(Vocab(), ["struck"])[0], LABELS, shares, shares, modes, "affirmed", "actual")


@pytest.mark.parametrize(("shares", "verdict"), [
    ((0.05, 0.9, 0.05), Verdict("ASSAULT", "explosives")),  # of one mind: the rules' mode stays
    ((0.5, 0.2, 0.3), Verdict("ASSAULT", "explosives")),  # in doubt the rules stand
    ((0.1, 0.1, 0.8), Verdict("COERCE", "arrest")),
    ((0.95, 0.03, 0.02), None),
])  # fmt: skip
def test_the_rules_stand_unless_the_model_is_sure(shares: tuple[float, ...], verdict: Verdict | None) -> None:
    event = replace(assault(), type="ASSAULT", mode="explosives")
    found = judged(event, opinion(*shares), 1 - shares[0], WEIGHTS)
    assert found == verdict


def test_an_event_stays_where_any_word_of_its_trigger_tells() -> None:
    event = replace(assault(), type="ASSAULT", mode="explosives")
    doubted = opinion(0.95, 0.03, 0.02)
    assert judged(event, doubted, 0.9, WEIGHTS) == Verdict("ASSAULT", "explosives")


@pytest.mark.parametrize(("shares", "added"), [((0.3, 0.65, 0.05), True), ((0.3, 0.35, 0.35), False)])
def test_the_model_adds_what_it_is_sure_of(shares: tuple[float, ...], added: bool) -> None:
    assert adds(opinion(*shares), WEIGHTS) is added


def test_an_opinion_is_none_too() -> None:
    assert opinion(0.7, 0.2, 0.1).own_type == ("NONE", pytest.approx(0.7))
    assert opinion(0.7, 0.2, 0.1).type == "ASSAULT"
    assert opinion(0.7, 0.2, 0.1).mode("COERCE") == "arrest"


def party(text: str, start: int) -> Participant:
    return Participant(start=start, end=start + len(text), text=text)


CANAL, TAJIK, FARMERS = party("a Tajik canal", 30), party("Tajik", 32), party("farmers", 6)


@pytest.mark.parametrize(("found", "ruled", "worded"), [
    ((TAJIK,), (CANAL,), (CANAL,)),  # the same party, as the rules write it
    ((TAJIK, CANAL), (CANAL,), (CANAL,)),
    ((TAJIK,), (FARMERS,), (TAJIK,)),
    ((), (CANAL,), ()),
])  # fmt: skip
def test_a_party_that_the_rules_name_too_keeps_their_words(
    found: tuple[Participant, ...], ruled: tuple[Participant, ...], worded: tuple[Participant, ...]
) -> None:
    assert as_worded(found, ruled) == worded


def test_a_party_within_another_s_words_is_none() -> None:
    assert outermost([CANAL, TAJIK, FARMERS, CANAL]) == (CANAL, FARMERS)


def test_where_the_rules_name_somebody_the_model_must_be_surer() -> None:
    sure = Weights(swap=0.9).sure
    event = assault()
    assert sure.least(replace(event, actors=(FARMERS,), recipients=(), place=None)) == [0.9, LIKELY, LIKELY]
    assert sure.least(None) == [LIKELY, LIKELY, LIKELY]
