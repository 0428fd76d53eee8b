"""Signatures find copies and keep strangers apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.group import band_keys, minhash, similarity

WORDS = [f"word{i}" for i in range(300)]


def test_equal_texts_have_equal_signatures_whatever_their_case_and_punctuation() -> None:
    assert minhash("The convoy left the port, at dawn!") == minhash("the convoy left the port at dawn")


def test_a_text_without_words_has_no_signature_and_resembles_nothing() -> None:
    assert minhash(" … ") == ()
    assert similarity(minhash("…"), minhash("…")) == 0.0


def test_the_estimate_is_near_the_true_resemblance() -> None:
    a, b = " ".join(WORDS[:200]), " ".join(WORDS[50:250])
    true = 146 / 246  # runs of five in common, of all
    assert abs(similarity(minhash(a), minhash(b)) - true) < 0.13


def test_a_copy_shares_a_band_and_a_stranger_does_not() -> None:
    text = " ".join(WORDS[:200])
    copy = text.replace("word100", "another")
    stranger = " ".join(reversed(WORDS))
    assert set(band_keys(minhash(text))) & set(band_keys(minhash(copy)))
    assert not set(band_keys(minhash(text))) & set(band_keys(minhash(stranger)))


def test_a_signature_is_the_same_in_every_release() -> None:
    assert minhash("one two three four five six")[:2] == (3400852023, 1408144134)
    assert len(minhash("one")) == 128


@given(st.text(max_size=200), st.text(max_size=200))
def test_resemblance_is_a_share_and_knows_no_order(a: str, b: str) -> None:
    x, y = minhash(a), minhash(b)
    assert 0.0 <= similarity(x, y) == similarity(y, x) <= 1.0
