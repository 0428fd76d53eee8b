"""What a date expression means that names a stretch of time: from one day to another, seasons, quarters, decades.

As in `periods`, all spans are inclusive, and None where the days cannot be told.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.tag.dates.periods import (
    MONTHS,
    WEEKDAYS,
    Days,
    count_of,
    dated,
    day_number,
    make_date,
    month_of,
    third_of,
)


def two_dates(match: re.Match[str], published: date | None) -> Days | None:
    """From one day of one month to a day of another: "28 February to 3 March 2016"."""
    last = dated(match["year"], MONTHS[match["until_month"]], day_number(match["until"]), published)
    if last is None:
        return None
    for year in (last[1].year, last[1].year - 1):
        first = make_date(year, MONTHS[match["month"]], day_number(match["day"]))
        if first and first <= last[1]:
            return first, last[1]
    return None


def past_hours(match: re.Match[str], published: date | None) -> Days | None:
    """Hours that end now, as the days they touch: 24 hours are yesterday and today."""
    if published is None:
        return None
    days = -(-count_of(match["number"]) // 24)
    return published - timedelta(days=days), published


def past_stretch(match: re.Match[str], published: date | None) -> Days | None:
    """A stretch that ends on the day of publication."""
    if published is None:
        return None
    count = count_of(match["number"] or "one")
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"]] * count
    return published - timedelta(days=days - 1), published


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
    return month_of(year if begin <= last else year - 1, begin)[0], month_of(year, last)[1]


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
        spans = [(month_of(y, begin)[0], month_of(y, begin + 2)[1]) for y in around]
        if match["word"] == "next":
            return next(span for span in spans if span[0] > published)
        end = 1 if match["word"] == "last" else 0
        return [span for span in spans if span[end] <= published][-1]
    return month_of(year, begin)[0], month_of(year, begin + 2)[1]


def quarter(match: re.Match[str], published: date | None) -> Days | None:
    """Three months of a year, of the one of publication if none is named."""
    if published is None and not match["year"]:
        return None
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}[match["quarter"]]
    year = int(match["year"]) if match["year"] else published.year if published else 0
    return month_of(year, 3 * number - 2)[0], month_of(year, 3 * number)[1]


def half(match: re.Match[str], published: date | None) -> Days | None:
    """Six months of a year, of the one of publication if none is named."""
    if published is None and not match["year"]:
        return None
    year = int(match["year"]) if match["year"] else published.year if published else 0
    begin = 1 if match["half"] == "first" else 7
    return month_of(year, begin)[0], month_of(year, begin + 5)[1]


def century(match: re.Match[str], _: date | None) -> Days | None:
    """A hundred years: the 20th century began in 1901."""
    last = 100 * int(match["century"])
    return (date(last - 99, 1, 1), date(last, 12, 31)) if last else None


def decade(match: re.Match[str], _: date | None) -> Days | None:
    """Ten years."""
    first = int(match["year"])
    return third_of(match["part"], date(first, 1, 1), date(first + 9, 12, 31))


def weekend(match: re.Match[str], published: date | None) -> Days | None:
    """The last Saturday and Sunday that have begun; "last": that are over; "next": to come."""
    if published is None:
        return None
    back = (published.weekday() - 5) % 7
    over = back + 7 if match["word"] == "last" and back < 2 else back
    saturday = published - timedelta(days=over if match["word"] != "next" else back - 7)
    return saturday, saturday + timedelta(days=1)
