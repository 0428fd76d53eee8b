"""Numbers in digits and words: from strings to bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tag.amounts.numbers import find_numerals, number, read_numeral

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MIX = (
    "12", "5", "half", "a", "two", "hundred", "million", "to", "-", "and", "or", "of", "dozens", "at least", "up to",
    "between", "third", "$", "m", ".", ",",
)  # fmt: skip


def spelled(n: int, *, joiner: str = " and ") -> str:
    """The English words of 0 to 999,999: 342 is "three hundred and forty-two"."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (f"-{ONES[n % 10]}" if n % 10 else "")
    if n < 1_000:
        return f"{ONES[n // 100]} hundred" + (joiner + spelled(n % 100) if n % 100 else "")
    rest = n % 1_000
    link = joiner if rest < 100 else " "
    return f"{spelled(n // 1_000, joiner=joiner)} thousand" + (link + spelled(rest, joiner=joiner) if rest else "")


@given(st.integers(min_value=0, max_value=999_999), st.sampled_from([" and ", " "]))
def test_number_words_read_back(value: int, joiner: str) -> None:
    numeral = read_numeral(spelled(value, joiner=joiner))
    assert numeral is not None
    assert (numeral.low, numeral.high) == (value, value)


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_with_separators_read_back(value: int) -> None:
    assert number(f"{value:,}") == value


@given(st.integers(min_value=1_000, max_value=10**9))
def test_digits_with_spaces_read_back(value: int) -> None:
    assert number(f"{value:,}".replace(",", " ")) == value


@given(st.text(max_size=60))
def test_any_text_reads_without_error_and_bounds_are_in_order(text: str) -> None:
    for numeral in find_numerals(text):
        assert text[numeral.start : numeral.end] == numeral.text
        assert numeral.low is not None
        assert numeral.high is None or numeral.low <= numeral.high


@given(st.lists(st.sampled_from(MIX), max_size=10))
def test_any_mix_of_number_words_keeps_bounds_in_order(words: list[str]) -> None:
    for numeral in find_numerals(" ".join(words)):
        assert numeral.high is None or numeral.low is None or numeral.low <= numeral.high


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12", 12, 12),
        ("1.5 million", 1_500_000, 1_500_000),
        ("1,5 million", 1_500_000, 1_500_000),
        ("71.6million", 71_600_000, 71_600_000),
        ("$3.2bn", 3_200_000_000, 3_200_000_000),
        ("40k", 40_000, 40_000),
        ("a hundred", 100, 100),
        ("half-dozen", 6, 6),
        ("two and a half thousand", 2_500, 2_500),
        ("300+", 300, None),
        ("300 or fewer", 0, 300),
        ("well over 300", 300, None),
        ("a few thousand", 3_000, None),
        ("hundreds of millions", 200_000_000, None),
        ("10–15", 10, 15),
        ("three fifths of", 0.6, 0.6),
    ],
)
def test_a_phrase_gives_bounds(text: str, low: float, high: float | None) -> None:
    numeral = read_numeral(text)
    assert numeral is not None
    assert (numeral.low, numeral.high) == (low, high)


@pytest.mark.parametrize(
    "text", ["", "third day", "the second half of the year", "AK-47", "10:30", "won 3-1", "someone", "the tens"]
)
def test_a_text_without_a_number_gives_none(text: str) -> None:
    assert read_numeral(text) is None


def test_a_change_from_one_number_to_another_is_no_range() -> None:
    assert [(n.low, n.high) for n in find_numerals("rose from 10 to 15")] == [(10, 10), (15, 15)]
