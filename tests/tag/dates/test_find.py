"""Date expressions in sentences: `tests/cases/tag/dates.toml`."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

from pipeline.records import DateMention
from pipeline.tag.dates.find import find_dates
from pipeline.tag.dates.when import local_day
from pipeline.tag.models.spacy_model import load_model

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "tag" / "dates.toml").read_text("utf-8")
)["case"]


@cache
def parsed() -> dict[str, Doc]:
    texts = sorted({case["text"] for case in CASES})
    return dict(zip(texts, load_model().pipe(texts), strict=True))


def said(found: tuple[DateMention, ...], words: str) -> tuple[str, str, str]:
    """First day, last day and precision of the mention that has these words; empty where there is none."""
    mention = next((d for d in found if words in d.text or d.text in words), None)
    if mention is None:
        return "", "", ""
    days = (day.isoformat() if day else "" for day in (mention.date_start, mention.date_end))
    return (*days, mention.precision or "")  # type: ignore[return-value]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['published']} {case['text']}")
def test_a_date_means_these_days(case: dict[str, Any]) -> None:
    found = find_dates(parsed()[case["text"]], case["published"])
    assert said(found, case["words"]) == (case["first"], case["last"], case["precision"])


@pytest.mark.parametrize(
    "text",
    [
        "The mayor, 86, spoke for 30 years of service.",
        "The 34-year-old left after 13 hours.",
        "The shop opens at 10:30am and the queue lasted three days.",
    ],
)
def test_ages_times_and_durations_are_no_dates(text: str) -> None:
    assert find_dates(load_model()(text), date(2024, 3, 14)) == ()


def test_a_number_behind_a_dateline_is_no_part_of_its_date() -> None:
    found = find_dates(load_model()("SYDNEY, Feb 29 - 2,000 homes burned."), date(2024, 3, 14))
    assert [(d.text, d.date_start) for d in found] == [("Feb 29", date(2024, 2, 29))]


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Baghdad", 24), ("America/Lima", 23), (None, 23)], ids=["ahead", "behind", "unknown"]
)
def test_the_day_of_publication_is_that_of_the_zone(zone: str | None, day: int) -> None:
    assert local_day(datetime(2017, 11, 23, 22, 30, tzinfo=UTC), zone) == date(2017, 11, day)
