"""Dates in languages without a model. The table: tests/cases/tag/plain_dates.toml."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tag.languages.calendar import calendar_of
from pipeline.tag.languages.dates import MOST_DATES, find_plain_dates

TABLE = Path(__file__).parents[2] / "cases" / "tag" / "plain_dates.toml"
CASES: list[Any] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["cases"]
PUBLISHED = date(2026, 11, 23)


def days(text: str, language: str, published: date | None) -> list[list[str]]:
    return [
        [d.text, str(d.date_start or ""), str(d.date_end or "")] for d in find_plain_dates(text, language, published)
    ]


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[f"{c[0]}: {c[1][:40]}" for c in CASES])
def test_a_date_means_these_days(language: str, text: str, expected: list[list[str]]) -> None:
    assert days(text, language, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "Am Donnerstag"), ("fr", "hier"), ("de", "am 5. Januar"), ("zh", "11月20日"), ("ru", "3 дня назад")],
)
def test_without_a_day_of_publication_nothing_is_made_up(language: str, text: str) -> None:
    (found,) = find_plain_dates(text, language, None)
    assert (found.date_start, found.date_end) == (None, None)
    assert found.precision == "day"


def test_a_whole_date_needs_no_day_of_publication() -> None:
    assert days("12 марта 2017 года", "ru", None) == [["12 марта 2017", "2017-03-12", "2017-03-12"]]


@pytest.mark.parametrize("language", ["de", "ru", "ar", "zh", "th", "qq", "x-y", ""])
@given(text=st.text(st.sampled_from("0123456789./- aäяم年月日周\n\u0e01"), max_size=200))
def test_any_text_gives_dates_in_order_within_it(language: str, text: str) -> None:
    found = find_plain_dates(text, language, PUBLISHED)
    assert all(text[d.start : d.end] == d.text for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(d.date_start <= d.date_end for d in found if d.date_start and d.date_end)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Am 12. März 2017 kamen 5. "),
        ("zh", "3月12日星期四3天前"),
        ("ar", "في 12 مارس 2017 "),
        ("de", "5 "),
        ("de", "März "),
    ],
)
def test_a_long_text_takes_bounded_time(language: str, sentence: str) -> None:
    begin = time.perf_counter()
    found = find_plain_dates(sentence * (200_000 // len(sentence)), language, PUBLISHED)
    assert len(found) <= MOST_DATES
    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize("language", ["de", "fr", "es", "ru", "ar", "zh", "tr", "ja", "fa", "he", "uk", "pl", "hi"])
def test_every_language_has_all_months_and_days(language: str) -> None:
    calendar = calendar_of(language)
    assert calendar is not None
    assert set(calendar.months.values()) == set(range(1, 13))
    assert set(calendar.weekdays.values()) == set(range(7))


@pytest.mark.parametrize("language", ["qq", "", "../de", "de.fr", "DE"])
def test_a_language_that_nobody_knows_has_no_calendar(language: str) -> None:
    assert calendar_of(language) is None
