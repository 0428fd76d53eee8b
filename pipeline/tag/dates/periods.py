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


def _day(text: str) -> int:
    """Day of the month."""
    return int(re.sub(r"\D", "", text))


def _count(text: str) -> int:
    """A number in digits or words."""
    return NUMBERS.get(text) or int(text)


def _make(year: int, month: int, day: int) -> date | None:
    """The date, None when the month has no such day."""
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _month(year: int, month: int) -> Days:
    """The month; months 0 and 13 are those of the neighbouring years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _period(unit: str, day: date, shift: int) -> Days:
    """The day, week (Monday first), month or year that holds `day`, moved by `shift` of them."""
    if unit == "day":
        return (day + timedelta(days=shift),) * 2
    if unit == "week":
        monday = day + timedelta(days=7 * shift - day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return _month(day.year, day.month + shift)
    return date(day.year + shift, 1, 1), date(day.year + shift, 12, 31)


def _nearest(month: int, day: int, published: date | None) -> Days | None:
    """That day in the year that brings it closest to publication; None without one."""
    if published is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    days = [d for year in years if (d := _make(year, month, day))]
    # News tells of what was more than of what will be: a day to come counts as twice as far.
    best = min(days, key=lambda d: max(published - d, 2 * (d - published)), default=None)
    return (best, best) if best else None


def full_date(match: re.Match[str], published: date | None) -> Days | None:
    """Day, month and maybe year; maybe a second day of the month."""
    month, year = MONTHS[match["month"]], match["year"]
    first = _dated(year, month, _day(match["day"]), published)
    until = match.groupdict().get("until")
    last = _dated(year, month, _day(until), published) if until else first
    if first is None or last is None or last[0] < first[0]:
        return None
    return first[0], last[1]


def _dated(year: str | None, month: int, day: int, published: date | None) -> Days | None:
    """One day, with or without its year."""
    if year is None:
        return _nearest(month, day, published)
    found = _make(int(year), month, day)
    return (found, found) if found else None


def iso_date(match: re.Match[str], published: date | None) -> Days | None:
    """Year, month, day in digits."""
    month = int(match[2])
    found = _make(int(match[1]), month, int(match[3])) if 1 <= month <= 12 else None
    return (found, found) if found else None


def slash_date(match: re.Match[str], _: date | None) -> Days | None:
    """Day, month, year in digits; the day first unless that is no date, as most of the world writes it."""
    first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
    year += 2000 if year < 100 else 0
    orders = ((first, second), (second, first))
    found = [d for day, month in orders if 1 <= month <= 12 and (d := _make(year, month, day))]
    return (found[0], found[0]) if found else None


def day_of_month(match: re.Match[str], published: date | None) -> Days | None:
    """The last such day that has begun: "the 15th"."""
    if published is None:
        return None
    day = _day(match["day"])
    for back in range(3):
        first, _ = _month(published.year, published.month - back)
        found = _make(first.year, first.month, day)
        if found and found <= published:
            return found, found
    return None


def two_dates(match: re.Match[str], published: date | None) -> Days | None:
    """From one day of one month to a day of another: "28 February to 3 March 2016"."""
    last = _dated(match["year"], MONTHS[match["until_month"]], _day(match["until"]), published)
    if last is None:
        return None
    for year in (last[1].year, last[1].year - 1):
        first = _make(year, MONTHS[match["month"]], _day(match["day"]))
        if first and first <= last[1]:
            return first, last[1]
    return None


def past_hours(match: re.Match[str], published: date | None) -> Days | None:
    """Hours that end now, as the days they touch: 24 hours are yesterday and today."""
    if published is None:
        return None
    days = -(-_count(match["number"]) // 24)
    return published - timedelta(days=days), published


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
    monday, _ = _period("week", published, -1 if match["word"] == "last" else 1)
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
    return _period(match["unit"], published, -_count(match["number"])) if published else None


def past_stretch(match: re.Match[str], published: date | None) -> Days | None:
    """A stretch that ends on the day of publication."""
    if published is None:
        return None
    count = _count(match["number"] or "one")
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"]] * count
    return published - timedelta(days=days - 1), published


def period_around(match: re.Match[str], published: date | None) -> Days | None:
    """The week, month or year around, before or after the one of publication; its part before or after that day."""
    if published is None:
        return None
    shift = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(match["word"], 0)
    first, last = _period(match["unit"], published, shift)
    if match["part"] in ("earlier", "later") and shift == 0:
        return (first, published) if match["part"] == "earlier" else (published, last)
    return _third(match["part"], first, last)


def _third(part: str | None, first: date, last: date) -> Days:
    """The early, middle or late third of a span; the whole span without a part."""
    if part not in ("early", "mid", "late"):
        return first, last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
        return _month(first.year, months[0])[0], _month(first.year, months[1])[1]
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
        return _third(match["part"], *_month(int(match["year"]), month))
    if published is None:
        return None
    later = month > published.month
    years = {"last": 0 if month < published.month else -1, "next": 1 if month <= published.month else 0, "this": 0}
    year = published.year + years.get(match["word"] or "", -1 if later else 0)
    return _third(match["part"], *_month(year, month))


def year_named(match: re.Match[str], _: date | None) -> Days | None:
    """A year, or its early, middle or late third."""
    year = int(match["year"])
    return _third(match["part"], date(year, 1, 1), date(year, 12, 31))


def years_between(match: re.Match[str], _: date | None) -> Days | None:
    """From the first day of one year to the last of another, the second perhaps by its last two digits."""
    first, last = int(match["first"]), match["last"]
    until = int(last) if len(last) == 4 else first - first % 100 + int(last)
    return (date(first, 1, 1), date(until, 12, 31)) if until > first else None


def months_between(match: re.Match[str], published: date | None) -> Days | None:
    """From the first day of one month to the last of another, of the year that is named or the last that has begun."""
    year = int(match["year"]) if match["year"] else None
    if year is None and published is None:
        return None
    last = MONTHS[match["until"]]
    year = year or (published.year if published and last <= published.month else published.year - 1 if published else 0)
    begin = MONTHS[match["month"]]
    return _month(year if begin <= last else year - 1, begin)[0], _month(year, last)[1]


def weekdays_between(match: re.Match[str], published: date | None) -> Days | None:
    """The last such days: the later of them at or before publication."""
    if published is None:
        return None
    first, last = WEEKDAYS[match["day"]], WEEKDAYS[match["until"]]
    end = published - timedelta(days=(published.weekday() - last) % 7)
    return end - timedelta(days=(last - first) % 7), end


def season(match: re.Match[str], published: date | None) -> Days | None:
    """Three months of the northern year: spring from March; winter from December, named by the year it ends in."""
    begin = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[match["season"]]
    if published is None and not match["year"]:
        return None
    year = int(match["year"]) if match["year"] else 0
    if published is not None and not year:
        around = range(published.year - 2, published.year + 2)
        spans = [(_month(y, begin)[0], _month(y, begin + 2)[1]) for y in around]
        if match["word"] == "next":
            return next(span for span in spans if span[0] > published)
        end = 1 if match["word"] == "last" else 0
        return [span for span in spans if span[end] <= published][-1]
    return _month(year, begin)[0], _month(year, begin + 2)[1]


def quarter(match: re.Match[str], published: date | None) -> Days | None:
    """Three months of a year, of the one of publication if none is named."""
    if published is None and not match["year"]:
        return None
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}[match["quarter"]]
    year = int(match["year"]) if match["year"] else published.year if published else 0
    return _month(year, 3 * number - 2)[0], _month(year, 3 * number)[1]


def holiday(match: re.Match[str], published: date | None) -> Days | None:
    """A fixed day of the year: the one nearest to publication, or of the year that is named."""
    month, day = {
        "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
        "new year's day": (1, 1), "new years day": (1, 1), "new year's eve": (12, 31), "new years eve": (12, 31),
        "valentine's day": (2, 14), "halloween": (10, 31),
    }[match["holiday"].replace("’", "'")]  # fmt: skip
    return _dated(match["year"], month, day, published)


def decade(match: re.Match[str], _: date | None) -> Days | None:
    """Ten years."""
    first = int(match["year"])
    return _third(match["part"], date(first, 1, 1), date(first + 9, 12, 31))


def weekend(match: re.Match[str], published: date | None) -> Days | None:
    """The last Saturday and Sunday that have begun; "last": that are over; "next": to come."""
    if published is None:
        return None
    back = (published.weekday() - 5) % 7
    over = back + 7 if match["word"] == "last" and back < 2 else back
    saturday = published - timedelta(days=over if match["word"] != "next" else back - 7)
    return saturday, saturday + timedelta(days=1)
