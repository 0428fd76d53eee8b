"""What an article is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.group import article_terms, content_words, party_words


def alike(a: dict[str, float], b: dict[str, float]) -> float:
    return sum(weight * b.get(term, 0.0) for term, weight in a.items())


BLAST = article_terms("Blast kills 12 in Karo market", "A bomb exploded in the market of Karo, police said.")
REWRITE = article_terms("Dozen dead in Karo", "An explosion tore through Karo's crowded market, killing many.")
OTHER = article_terms("Parliament passes budget", "Lawmakers in Varn approved the budget on Monday, officials said.")


def test_the_same_news_in_other_words_is_alike_and_other_news_is_not() -> None:
    assert alike(BLAST, REWRITE) > 0.3
    assert alike(BLAST, OTHER) < 0.05


def test_an_article_is_wholly_like_itself() -> None:
    assert alike(BLAST, BLAST) == pytest.approx(1)


def test_places_count_whatever_their_spelling() -> None:
    assert alike(article_terms("", "Shots in Rawah", [7]), article_terms("", "Fire at Raua", [7])) > 0.3


def test_common_words_and_numbers_tell_nothing() -> None:
    assert content_words("The 12 of them, who were there") == frozenset()
    assert article_terms("", "") == {}


def test_how_many_they_are_is_not_who_they_are() -> None:
    assert party_words("at least nine militiamen") == {"militiamen"}
    assert party_words("at least nine militiamen") & party_words("at least nine women") == set()


@given(st.text(max_size=200), st.text(max_size=200))
def test_weights_are_a_unit_vector_or_nothing(title: str, text: str) -> None:
    terms = article_terms(title, text)
    assert all(weight > 0 for weight in terms.values())
    assert sum(weight**2 for weight in terms.values()) == pytest.approx(1 if terms else 0)
