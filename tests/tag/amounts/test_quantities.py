"""Quantities in whole sentences: number, unit, fate, who is counted, who says so."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from pipeline.records import Quantity
from pipeline.tag.amounts.fates import FATES, load_fates
from pipeline.tag.amounts.quantities import find_quantities
from pipeline.tag.models.spacy_model import load_model

TABLE = tomllib.loads((Path(__file__).parents[2] / "cases" / "tag" / "quantities.toml").read_text(encoding="utf-8"))
CASES = [(text, tuple(found)) for group in TABLE.values() for text, *found in group]
FATE_TABLE = tomllib.loads(
    (Path(__file__).parents[3] / "pipeline" / "tag" / "lexicon" / "fates.toml").read_text(encoding="utf-8")
)
EXAMPLES = [
    (fate, role, word, text)
    for fate in FATES
    for role, words in FATE_TABLE[fate].items()
    for word, text in words.items()
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


def bounds(quantity: Quantity) -> str:
    """ "12", "12+", "0..20"."""
    low = f"{quantity.low:.10g}"
    if quantity.high is None:
        return f"{low}+"
    return low if quantity.high == quantity.low else f"{low}..{quantity.high:.10g}"


def described(quantity: Quantity, fields: int) -> str:
    words = (quantity.unit, quantity.fate, quantity.counted, quantity.source)
    return " | ".join([bounds(quantity), *(w or "-" for w in words)][:fields])


def test_the_table_has_at_least_220_cases() -> None:
    assert len(CASES) >= 220
    assert len({text for text, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_sentence_gives_its_quantities(nlp: Language, text: str, expected: tuple[str, ...]) -> None:
    found = find_quantities(nlp(text))
    fields = [e.count("|") + 1 for e in expected] + [5] * len(found)
    assert tuple(described(q, n) for q, n in zip(found, fields, strict=False)) == expected


@pytest.mark.parametrize(("fate", "role", "word", "text"), EXAMPLES, ids=[f"{e[2]}-{e[1]}" for e in EXAMPLES])
def test_every_word_of_a_fate_is_read_in_its_example(nlp: Language, fate: str, role: str, word: str, text: str) -> None:
    assert fate in {q.fate for q in find_quantities(nlp(text))}, (role, word)


def test_offsets_point_at_the_text(nlp: Language) -> None:
    text = "On the hill,\n\nat least 12 soldiers and dozens of rebels met. They had 40 kg of rice."
    found = find_quantities(nlp(text))
    assert [q.text for q in found] == ["at least 12 soldiers", "dozens of rebels", "40 kg"]
    assert all(text[q.start : q.end] == q.text for q in found)


PIECES = (
    "12",
    "1",
    ",",
    ".",
    "-",
    "%",
    "$",
    "km",
    "m",
    "é",
    "\n",
    "dead",
    "of",
    "hundred",
    "to",
    "half",
    "killed",
    "one",
)


@given(words=st.lists(st.sampled_from(PIECES), max_size=12), glue=st.sampled_from(["", " "]))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_without_error(words: list[str], glue: str) -> None:
    text = glue.join(words)
    for quantity in find_quantities(load_model()(text)):
        assert quantity.text == text[quantity.start : quantity.end]
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high


def test_a_text_without_words_has_no_quantities(nlp: Language) -> None:
    assert find_quantities(nlp("")) == ()


def test_fates_of_persons_are_fates() -> None:
    assert load_fates().persons <= set(FATES)
