"""Which of many listed words a text holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tag.events.wordings import Wordings

LISTS = {"sport": ["goal", "semi-final", "in the cup", "cup*"], "trade": ["shares", "price war", "film's"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A goal was scored.", {"sport": 1}),
        ("Goals were scored.", {}),
        ("The SEMI-FINAL and the semi final", {"sport": 1}),
        ("He won in the cup, of all cups.", {"sport": 2}),
        ("Shares fell in a price war; the film's profit", {"trade": 3}),
        ("sharesholders", {}),
        ("", {}),
    ],
)
def test_words_and_phrases_are_found_whole_and_in_any_case(text: str, found: dict[str, int]) -> None:
    assert {name: len(words) for name, words in Wordings.of(LISTS).find(text).items()} == found


@given(st.lists(st.sampled_from(["goal", "goals", "cup", "cups", "in", "the", "shares", "price", "war"]), max_size=9))
def test_what_is_found_is_what_a_pattern_finds(words: list[str]) -> None:
    text = " ".join(words)
    patterns = {w: re.compile(rf"\b{w.replace('*', r'[a-z]*')}\b") for ws in LISTS.values() for w in ws}
    expected = sum(bool(p.search(text)) for w, p in patterns.items() if "-" not in w and "'" not in w)
    assert sum(map(len, Wordings.of(LISTS).find(text).values())) == expected
