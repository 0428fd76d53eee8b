"""What a matched date expression means: functions from the match and the day of publication to days.

All spans are inclusive; None where the day cannot be told.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

Days = tuple[date, date]
Resolver = Callable[[re.Match[str], date | None], Days | None]

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
NUMBER_NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WEEKDAYS = {n: i for i, n in enumerate(DAY_NAMES)}
MONTHS = {n: i for i, n in enumerate(MONTH_NAMES, start=1)}
_NUMBERS = {n: i for i, n in enumerate(NUMBER_NAMES, start=1)}
NUMBERS = _NUMBERS | {"a": 1, "an": 1, "couple": 2, "dozen": 12}


def day_number(text: str) -> int:
    """Day of the month."""
    return int(re.sub(r"\D", "", text))


def count_of(text: str) -> int:
    """A number in digits or words."""
    return NUMBERS.get(text) or int(text)


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, None when the month has no such day."""
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def month_of(year: int, month: int) -> Days:
    """The month; months 0 and 13 are those of the neighbouring years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def period_of(unit: str, day: date, shift: int) -> Days:
    """The day, week (Monday first), month or year that holds `day`, moved by `shift` of them."""
    if unit == "day":
        return (day + timedelta(days=shift),) * 2
    if unit == "week":
        monday = day + timedelta(days=7 * shift - day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return month_of(day.year, day.month + shift)
    return date(day.year + shift, 1, 1), date(day.year + shift, 12, 31)


def moved(unit: str, day: date, shift: int) -> Days | None:
    """`period_of` within the years that dates have."""
    try:
        return period_of(unit, day, shift)
    except (OverflowError, ValueError):
        return None


def _nearest(month: int, day: int, published: date | None) -> Days | None:
    """That day in the year that brings it closest to publication; None without one."""
    if published is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    days = [d for year in years if (d := make_date(year, month, day))]
    # News tells of what was more than of what will be: a day to come counts as twice as far.
    best = min(days, key=lambda d: max(published - d, 2 * (d - published)), default=None)
    return (best, best) if best else None


def full_date(match: re.Match[str], published: date | None) -> Days | None:
    """Day, month and maybe year; maybe a second day of the month."""
    month, year = MONTHS[match["month"]], match["year"]
    first = dated(year, month, day_number(match["day"]), published)
    until = match.groupdict().get("until")
    last = dated(year, month, day_number(until), published) if until else first
    if first is None or last is None or last[0] < first[0]:
        return None
    return first[0], last[1]


def dated(year: str | None, month: int, day: int, published: date | None) -> Days | None:
    """One day, with or without its year."""
    if year is None:
        return _nearest(month, day, published)
    found = make_date(int(year), month, day)
    return (found, found) if found else None


def iso_date(match: re.Match[str], published: date | None) -> Days | None:
    """Year, month, day in digits."""
    month = int(match[2])
    found = make_date(int(match[1]), month, int(match[3])) if 1 <= month <= 12 else None
    return (found, found) if found else None


def slash_date(match: re.Match[str], _: date | None) -> Days | None:
    """Day, month, year in digits; the day first unless that is no date, as most of the world writes it."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
    year += 2000 if year < 100 else 0
    orders = ((first, second), (second, first))
    found = [d for day, month in orders if 1 <= month <= 12 and (d := make_date(year, month, day))]
    return (found[0], found[0]) if found else None


def day_of_month(match: re.Match[str], published: date | None) -> Days | None:
    """The last such day that has begun: "the 15th"."""
    if published is None:
        return None
    day = day_number(match["day"])
    for back in range(3):
        first, _ = month_of(published.year, published.month - back)
        found = make_date(first.year, first.month, day)
        if found and found <= published:
            return found, found
    return None


def weekday(match: re.Match[str], published: date | None) -> Days | None:
    """The last such day, today included; "last": before today; "next": after today; "this": from today on."""
    if published is None:
        return None
    word, wanted = match["word"], WEEKDAYS[match["day"]]
    back = (published.weekday() - wanted) % 7
    shift = {"last": -(back or 7), "next": 7 - back, "coming": (7 - back) % 7, "this": (7 - back) % 7}
    day = published + timedelta(days=shift.get(word or "", -back))
    return day, day


def weekday_of_week(match: re.Match[str], published: date | None) -> Days | None:
    """A weekday of the last or the next calendar week."""
    if published is None:
        return None
    monday, _ = period_of("week", published, -1 if match["word"] == "last" else 1)
    day = monday + timedelta(days=WEEKDAYS[match["day"]])
    return day, day


def days_from_now(days: int, length: int = 1) -> Resolver:
    """So many days from publication on."""

    def meaning(_: re.Match[str], published: date | None) -> Days | None:
        if published is None:
            return None
        first = published + timedelta(days=days)
        return first, first + timedelta(days=length - 1)

    return meaning


def ago(match: re.Match[str], published: date | None) -> Days | None:
    """That day, or the week, month or year that lies so far back."""
    return period_of(match["unit"], published, -count_of(match["number"])) if published else None


def period_around(match: re.Match[str], published: date | None) -> Days | None:
    """The week, month or year around, before or after the one of publication; its part before or after that day."""
    if published is None:
        return None
    shift = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(match["word"], 0)
    first, last = period_of(match["unit"], published, shift)
    if match["part"] in ("earlier", "later") and shift == 0:
        return (first, published) if match["part"] == "earlier" else (published, last)
    return third_of(match["part"], first, last)


def third_of(part: str | None, first: date, last: date) -> Days:
    """The early, middle or late third of a span; the whole span without a part."""
    if part not in ("early", "mid", "late"):
        return first, last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
        return month_of(first.year, months[0])[0], month_of(first.year, months[1])[1]
    if (last.year - first.year, first.year % 10) == (9, 0):  # of a decade: 0 to 3, 4 to 6, 7 to 9
        years = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[part]
        return date(first.year + years[0], 1, 1), date(first.year + years[1], 12, 31)
    third = ((last - first).days + 1) // 3
    starts = {"early": first, "mid": first + timedelta(days=third), "late": first + timedelta(days=2 * third)}
    ends = {"early": starts["mid"], "mid": starts["late"], "late": last + timedelta(days=1)} | {
        "early": first + timedelta(days=third)
    }
    return starts[part], ends[part] - timedelta(days=1)


def month_named(match: re.Match[str], published: date | None) -> Days | None:
    """A month; without a year the last one that has begun, "last": ended, "next": the first to come."""
    month = MONTHS[match["month"]]
    if match["year"]:
        return third_of(match["part"], *month_of(int(match["year"]), month))
    if published is None:
        return None
    later = month > published.month
    years = {"last": 0 if month < published.month else -1, "next": 1 if month <= published.month else 0, "this": 0}
    year = published.year + years.get(match["word"] or "", -1 if later else 0)
    return third_of(match["part"], *month_of(year, month))


def year_named(match: re.Match[str], _: date | None) -> Days | None:
    """A year, or its early, middle or late third."""
    year = int(match["year"])
    return third_of(match["part"], date(year, 1, 1), date(year, 12, 31))


def holiday(match: re.Match[str], published: date | None) -> Days | None:
    """A fixed day of the year: the one nearest to publication, or of the year that is named."""
    month, day = {
        "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
        "new year's day": (1, 1), "new years day": (1, 1), "new year's eve": (12, 31), "new years eve": (12, 31),
        "valentine's day": (2, 14), "halloween": (10, 31),
    }[match["holiday"].replace("’", "'")]  # fmt: skip
    return dated(match["year"], month, day, published)
