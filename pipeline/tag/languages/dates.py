"""Dates in a text whose language has no model: what dateparser's language data lets us find, and dateparser reads.

Candidates come first, by patterns: a day beside a month's name, a date in digits, a weekday's name, "yesterday",
"3 days ago". Never a bare number, nor a month without day or year. Weekdays and missing years are read as in English:
the last such weekday, today included; of years the one nearest to publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import islice
from typing import Literal

from pipeline.records import DateMention, DatePrecision
from pipeline.tag.languages.calendar import Calendar, calendar_of

MOST_CHARACTERS = 100_000
MOST_DATES = 300  # of one text: a page with more is a table
BUDDHIST = 543  # years that Thai texts are ahead
# Days are written small there: Plácido Domingo is no Sunday.
_LOWER_DAYS = frozenset(
    {"es", "fr", "it", "pt", "ca", "ro", "ru", "uk", "pl", "cs", "bg", "hr", "sr", "sl", "nl", "sv", "da", "no", "fi"}
)
_SENTENCE = re.compile(r"(?:^|[.!?:\n«„\"“¿¡]\s*)$")

_PARTS: dict[str, DatePrecision] = {"day": "day", "week": "week", "month": "month", "year": "year"}
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    days: Days | None
    precision: DatePrecision
    kind: Literal["dated", "weekday", "relative"]


def find_plain_dates(text: str, language: str, published: date | None) -> tuple[DateMention, ...]:
    """The dates in the text's first 100,000 characters, in their order, at most 300. `language` is ISO 639-1.

    Both ends are None where the day cannot be told without `published`, the day of publication. Dates in digits are
    found in any language, words only in those that dateparser knows (200).
    """
    calendar, text = calendar_of(language), text[:MOST_CHARACTERS]
    found = list(islice(_digits(text, language), MOST_DATES))
    if calendar is not None:
        found += islice(_named(text, language, calendar, published), MOST_DATES)
        found += islice(_relative(text, language, calendar, published), MOST_DATES)
    return tuple(
        DateMention(
            start=f.start,
            end=f.end,
            text=text[f.start : f.end],
            date_start=f.days[0] if f.days else None,
            date_end=f.days[1] if f.days else None,
            precision=f.precision,
        )
        for f in _picked(text, found)[:MOST_DATES]
    )


def _picked(text: str, found: Iterable[_Found]) -> list[_Found]:
    """Of dates that overlap the one that begins first, and of those the longest; no weekday that a date explains."""
    picked: list[_Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if picked and one.start < picked[-1].end:
            continue
        if picked and _explains(text, picked[-1], one):
            if one.kind == "weekday":
                continue
            picked.pop()
        picked.append(one)
    return picked


# "Donnerstag, dem 12. März", "jeudi 12 mars", "2017年3月12日（木曜日）": one date, not two.
_BESIDE = re.compile(r"[,،]?\s?(?:dem |den |le |el |il )?[（(]?")


def _explains(text: str, one: _Found, other: _Found) -> bool:
    """Is one of the two the other's weekday?"""
    if {one.kind, other.kind} != {"weekday", "dated"} or not _BESIDE.fullmatch(text, one.end, other.start):
        return False
    return not one.days or not other.days or one.days[0].weekday() == other.days[0].weekday()


_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<![\d./-])", r"(?![\d/-]|\.\d)"
_ISO = re.compile(
    _NO_DIGIT_BEFORE + r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})" + _NO_DIGIT_AFTER
)
_DAY_FIRST = re.compile(
    _NO_DIGIT_BEFORE + r"(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})" + _NO_DIGIT_AFTER
)


def _digits(text: str, language: str) -> Iterator[_Found]:
    """ "2017-11-23" and "2017/11/23" anywhere; "23.11.2017" and "23/11/2017" but in English, where it may be either."""
    patterns = (_ISO,) if language == "en" else (_ISO, _DAY_FIRST)
    for pattern in patterns:
        for match in pattern.finditer(text):
            day = _make(int(match["year"]), int(match["month"]), int(match["day"]))
            if day is not None:
                yield _Found(match.start(), match.end(), (day, day), "day", "dated")


def _make(year: int, month: int, day: int) -> date | None:
    """The date; None when there is none, or when no newspaper could mean it."""
    year = year - BUDDHIST if year > 2400 else year
    try:
        return date(year, month, day) if 1500 <= year <= 2100 else None
    except ValueError:
        return None


_EAST = re.compile(
    r"(?:(?P<year>\d{4})\s?[年년]\s?)?(?<!\d)(?P<month>\d{1,2})\s?[月월](?:\s?(?P<day>\d{1,2})\s?[日号號일])?(?![份]?\d)"
)


def _named(text: str, language: str, calendar: Calendar, published: date | None) -> Iterator[_Found]:
    """A month with its day or its year."""
    if language in {"zh", "ja", "ko"}:
        for match in _EAST.finditer(text):
            yield from _eastern(match, published)
        return
    for match in _month_pattern(language).finditer(text):
        month = calendar.months[match["month"].lower()]
        if match["day"]:
            days = _read(match[0], language, calendar, match["year"] is not None, published)
            unknown = days is None and published is None and match["year"] is None and int(match["day"]) <= 31
            if unknown or (days and days[0].month == month and days[0].day == int(match["day"])):
                yield _Found(match.start(), match.end(), days, "day", "dated")
        elif match["year"] and (first := _make(int(match["year"]), month, 1)):
            yield _Found(match.start("month"), match.end(), _month(first), "month", "dated")


def _eastern(match: re.Match[str], published: date | None) -> Iterator[_Found]:
    """ "2017年11月23日", "11月23日", "2017年11月", "11月"."""
    year, month = match["year"], int(match["month"])
    if not 1 <= month <= 12:
        return
    if match["day"]:
        day = int(match["day"])
        made = _make(int(year), month, day) if year else _nearest(month, day, published)
        if made or (published is None and not year and day <= 31):
            yield _Found(match.start(), match.end(), (made, made) if made else None, "day", "dated")
    elif year and (first := _make(int(year), month, 1)):
        yield _Found(match.start(), match.end(), _month(first), "month", "dated")
    elif not year:
        later = published is not None and month > published.month
        base = date(published.year - later, month, 1) if published else None
        yield _Found(match.start(), match.end(), _month(base) if base else None, "month", "dated")


# No letter or digit before it, but "and" and "in" that Arabic and Hebrew write together with the word after them.
_START = r"(?:(?<!\w)|(?<=\b[وبلבוה])|(?<=\bוב))"


@cache
def _month_pattern(language: str) -> re.Pattern[str]:
    """ "12. März 2017", "1er mars", "12 de marzo de 2017", "١٢ مارس", "март 2017"."""
    calendar = calendar_of(language)
    names = "|".join(re.escape(m) for m in sorted(calendar.months if calendar else (), key=len, reverse=True))
    return re.compile(
        rf"(?:{_START}(?<!\d[.,:/-])(?P<day>\d{{1,2}})(?:er|\.|º|°|-го|-е)?,? ?(?:de |من |ב)?)?"
        rf"{_START}(?P<month>{names})(?!\w)\.?(?:,? ?(?:de |del |عام |г\. )?(?P<year>\d{{4}})(?!\w))?",
        re.IGNORECASE,
    )


def _read(words: str, language: str, calendar: Calendar, dated: bool, published: date | None) -> Days | None:
    """What dateparser makes of "12. März 2017"; without a year the day nearest to publication."""
    from dateparser import parse  # 0.1 s, and only texts in other languages need it

    plain = words.lower()
    for name, listed in calendar.translated.items():
        plain = plain.replace(name, listed)
    base = datetime(published.year, 1, 1) if published else datetime(2000, 1, 1)  # noqa: DTZ001 - a day has no zone
    parsed = parse(
        plain.replace(" من ", " "),
        languages=[language],
        settings={
            "RELATIVE_BASE": base,
            "PREFER_DATES_FROM": "current_period",
            "REQUIRE_PARTS": ["day", "month"],
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],
        },
    )
    if parsed is None:
        return None
    found = _make(parsed.year, parsed.month, parsed.day) if dated else _nearest(parsed.month, parsed.day, published)
    return (found, found) if found else None


def _nearest(month: int, day: int, published: date | None) -> date | None:
    """That day in the year that brings it closest to publication."""
    if published is None:
        return None
    days = [d for year in (published.year - 1, published.year, published.year + 1) if (d := _make(year, month, day))]
    return min(days, key=lambda d: abs(d - published), default=None)


def _month(first: date) -> Days:
    return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _relative(text: str, language: str, calendar: Calendar, published: date | None) -> Iterator[_Found]:
    """Weekdays, "yesterday", "last week", "3 days ago"."""
    for match in _word_pattern(language).finditer(text):
        word = match[0].lower()
        if (wanted := calendar.weekdays.get(word)) is not None:
            if not _is_name(text, match, language):
                day = published - timedelta(days=(published.weekday() - wanted) % 7) if published else None
                yield _Found(match.start(), match.end(), (day, day) if day else None, "day", "weekday")
        elif word in calendar.shifts:
            count, unit = calendar.shifts[word]
            yield _Found(match.start(), match.end(), _period(unit, published, count), _PARTS[unit], "relative")
    for pattern, sign, unit in _counted_patterns(language):
        for match in pattern.finditer(text):
            yield _Found(
                match.start(), match.end(), _period(unit, published, sign * int(match[1])), _PARTS[unit], "relative"
            )


def _is_name(text: str, match: re.Match[str], language: str) -> bool:
    """Plácido Domingo is no Sunday where days are written small."""
    return language in _LOWER_DAYS and match[0][0].isupper() and not _SENTENCE.search(text[: match.start()][-3:])


@cache
def _word_pattern(language: str) -> re.Pattern[str]:
    """Weekdays and words for days and periods; whole words where the script has spaces."""
    calendar = calendar_of(language)
    words = sorted([*calendar.weekdays, *calendar.shifts] if calendar else [], key=len, reverse=True)
    either = "|".join(re.escape(w) for w in words) or r"(?!)"
    return re.compile(
        either if language in {"zh", "ja", "th"} else rf"{_START}(?<!-)(?:{either})(?![\w-])", re.IGNORECASE
    )


@cache
def _counted_patterns(language: str) -> tuple[tuple[re.Pattern[str], int, str], ...]:
    calendar = calendar_of(language)
    edge = "" if language in {"zh", "ja", "th"} else r"(?!\w)"
    return tuple(
        (re.compile(rf"(?<![\w.,]){pattern}{edge}", re.IGNORECASE), sign, unit)
        for pattern, sign, unit in (calendar.counted if calendar else ())
    )


def _period(unit: str, published: date | None, shift: int) -> Days | None:
    """The day, week (Monday first), month or year of publication, moved by `shift` of them."""
    if published is None or (unit == "year" and not 1500 <= published.year + shift <= 2100):
        return None
    if unit == "day":
        return (published + timedelta(days=shift),) * 2
    if unit == "week":
        monday = published + timedelta(days=7 * shift - published.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return _month(date(months // 12, months % 12 + 1, 1))
    return date(published.year + shift, 1, 1), date(published.year + shift, 12, 31)
