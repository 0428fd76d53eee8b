"""The day that a dateline's date means: "Nov 23" says no year, and "Monday" no date."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.extract.text import folded

MONTH_AND_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
NUMBERS = re.compile(r"\d+")
FARTHEST_DAYS = 200  # a day without a year that is farther from publication than this is not known


@cache
def dates() -> dict[str, Any]:
    """The table [dates] of `datelines.toml`."""
    text = (files("pipeline.extract.wire") / "datelines.toml").read_text("utf-8")
    table: dict[str, Any] = tomllib.loads(text)["dates"]
    return table


@cache
def months() -> dict[str, int]:
    """Each name and short form of a month → its number, 1 to 12."""
    return {name: number for number, names in enumerate(dates()["months"], 1) for name in names}


@cache
def weekdays() -> dict[str, int]:
    """Each name and short form of a weekday → its number, 0 (Monday) to 6."""
    return {name: number for number, names in enumerate(dates()["weekdays"]) for name in names}


def dateline_day(written: str, published_at: datetime | None) -> date | None:
    """The day that a dateline's date means; its year is the one that brings it nearest to publication.

    None where nothing tells: a day without a year, or a weekday, on a page without a time of publication.

    >>> dateline_day("Dec. 31", datetime.fromisoformat("2027-01-01T09:00+00:00"))
    datetime.date(2026, 12, 31)
    """
    published = published_at.date() if published_at else None
    days = list(_days(written, published))
    if len(days) == 1 and published is None:
        return days[0]
    if not days or published is None:
        return None
    day = min(days, key=lambda one: abs(one - published))
    return day if abs(day - published).days <= FARTHEST_DAYS or _year(written) else None


def _days(written: str, published: date | None) -> Iterator[date]:
    """All days that the words can mean."""
    numbers = [int(number) for number in NUMBERS.findall(written)]
    month = _named(written, months())
    year = _year(written)
    if not numbers:
        weekday = _named(written, weekdays())
        if weekday is not None and published:
            yield published - timedelta(days=(published.weekday() - weekday) % 7)
        return
    if chinese := MONTH_AND_DAY.search(written):
        numbers, month = [int(chinese[2])], int(chinese[1])
    pairs = [(numbers[0], month)] if month else [(first, second) for first, second in _both_ways(numbers)]
    years = [year] if year else [published.year + step for step in (-1, 0, 1)] if published else []
    for day_number, month_number in pairs:
        for one in years:
            with suppress(ValueError):
                yield date(one, month_number, day_number)


def _both_ways(numbers: list[int]) -> list[tuple[int, int]]:
    """ "3/12" is the 3rd of December or the 12th of March."""
    first, second = (*numbers, 0, 0)[:2]
    return list(dict.fromkeys([(first, second), (second, first)]))


def _year(written: str) -> int | None:
    return next((int(number) for number in NUMBERS.findall(written) if len(number) == 4), None)


def _named(written: str, names: dict[str, int]) -> int | None:
    """The number of the first of these names in the text; the longest that fits."""
    text = f" {folded(written)} "
    fitting = [name for name in names if f" {folded(name)} " in text]
    return names[max(fitting, key=len)] if fitting else None
