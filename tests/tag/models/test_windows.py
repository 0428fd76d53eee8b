"""Windows over long texts: nothing unread, nothing answered for twice, nothing too long."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tag.models.windows import Window, units, windows


@given(st.lists(st.integers(0, 50), max_size=60), st.integers(50, 200), st.integers(0, 3))
def test_every_unit_is_owned_once_and_no_window_is_too_long(sizes: list[int], limit: int, context: int) -> None:
    found = windows(sizes, limit, context)
    assert [i for w in found for i in range(w.own_first, w.own_last)] == list(range(len(sizes)))
    for w in found:
        assert 0 <= w.first <= w.own_first < w.own_last <= w.last <= len(sizes)
        assert w.own_first - w.first <= context
        assert w.last - w.own_last <= context
        assert sum(sizes[w.first : w.last]) <= limit


def test_a_window_has_context_on_both_sides() -> None:
    assert windows([10] * 9, 50)[1] == Window(first=3, own_first=4, own_last=7, last=8)


def test_a_unit_beyond_the_limit_is_read_alone() -> None:
    assert windows([5, 500, 5], 50) == [Window(0, 0, 1, 1), Window(1, 1, 2, 2), Window(2, 2, 3, 3)]


def words(texts: Sequence[str]) -> list[int]:
    return [len(t.split()) for t in texts]


@pytest.mark.parametrize("limit", [1, 2, 7, 100])
def test_long_sentences_are_halved_until_they_fit_and_nothing_is_lost(limit: int) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    doc = nlp("one two three four five six seven eight. nine ten.")
    spans, sizes = units(doc, words, limit)
    assert [t.i for s in spans for t in s] == list(range(len(doc)))
    assert all(size <= max(1, limit // 2) or len(s) == 1 for s, size in zip(spans, sizes, strict=True))


def test_a_text_without_sentences_is_one_unit() -> None:
    doc = spacy.blank("en")("one two three.")
    assert [s.text for s in units(doc, words, 50)[0]] == ["one two three."]
