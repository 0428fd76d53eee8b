"""Numbers of people: from words to bounds."""

from __future__ import annotations

import pytest

from pipeline.tag.amounts.numbers import number
from pipeline.tag.amounts.tolls import find_tolls
from pipeline.tag.events.triggers import load_lexicon
from pipeline.tag.models.spacy_model import load_model


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("1,200", 1200),
        ("twelve", 12),
        ("twenty-five", 25),
        ("two hundred", 200),
        ("three hundred and five", 305),
        ("1.5 million", 1_500_000),
        ("a dozen", 12),
        ("two dozen", 24),
        ("six thousand", 6000),
        ("people", None),
    ],
)
def test_a_number_is_read_from_digits_or_words(text: str, value: int | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "tolls"),
    [
        ("Rebels killed at least 12 people and wounded dozens.", [("killed", 12, None), ("wounded", 24, None)]),
        ("Two soldiers were killed near the river.", [("killed", 2, 2)]),
        ("Nine people died in the raid.", [("killed", 9, 9)]),
        ("The raid left five people dead.", [("killed", 5, 5)]),
        ("A soldier was killed near the river.", [("killed", 1, 1)]),
        ("Police arrested 56 people.", [("arrested", 56, 56)]),
        ("The police were attacked.", []),
        ("Gunmen killed five soldiers and three policemen.", [("killed", 8, 8)]),
        ("The death toll rose to 40.", [("killed", 40, 40)]),
        ("A family of five was killed.", [("killed", 5, 5)]),
        ("Forty people are missing.", [("missing", 40, 40)]),
        ("About 3,000 families fled.", [("displaced", 3000, 3000)]),
        ("Rebels captured 12 villages.", []),
    ],
)
def test_tolls_are_found_in_a_sentence(text: str, tolls: list[tuple[str, int, int | None]]) -> None:
    found = [(t.kind, t.count.low, t.count.high) for t in find_tolls(load_model()(text), load_lexicon())]
    assert found == tolls
