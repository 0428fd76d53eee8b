"""What articles are about, as vectors."""

from __future__ import annotations

import pytest

from pipeline.records import Vector
from pipeline.tag.events.coders import open_vectors
from pipeline.tag.learned.vectors import LEAD

QUAKE = (
    "Earthquake kills twelve in Varn",
    "A strong earthquake shook the mountain town of Varn, killing twelve people.",
)
TREMOR = (
    "Tremor flattens homes",
    "Rescuers searched through the rubble in Varn after a tremor that left a dozen dead.",
)
CUP = ("Rovers lift the cup", "Rovers beat United on penalties to win their first trophy in thirty years.")


def vector(title: str | None, text: str) -> Vector:
    made = open_vectors("both")
    assert made is not None
    return made.of(title, [text])


def cosine(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one.values, other.values, strict=True))


def test_a_vector_is_of_length_one_and_says_which_network_made_it() -> None:
    found = vector(*QUAKE)
    assert len(found.values) == 384
    assert cosine(found, found) == pytest.approx(1, abs=0.01)
    assert found.model == vector(*CUP).model


def test_the_same_news_in_other_words_is_nearer_than_other_news() -> None:
    assert cosine(vector(*QUAKE), vector(*TREMOR)) > cosine(vector(*QUAKE), vector(*CUP)) + 0.2


def test_words_are_near_what_they_ask_for() -> None:
    asked = vector(None, "earthquake victims")
    assert cosine(asked, vector(*QUAKE)) > cosine(asked, vector(*CUP)) + 0.2


def test_only_headline_and_lead_count() -> None:
    made = open_vectors("both")
    assert made is not None
    title, lead = QUAKE
    long = [lead] * (LEAD // len(lead) + 1)
    assert made.of(title, long) == made.of(title, [*long, CUP[1]])
    assert made.of(title, [lead]) != made.of(title, [lead, CUP[1]])


def test_the_rules_make_none() -> None:
    assert open_vectors("rules") is None
