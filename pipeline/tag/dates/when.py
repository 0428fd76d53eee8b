"""Days that a date expression means, seen from the day of publication.

News counts from the day it appears: "Thursday" is the last one, today included. What cannot be told is None, never the
day of publication. All spans are inclusive, a span of one day has equal ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from pipeline.records import DatePrecision
from pipeline.tag.dates.periods import (
    MONTHS,
    NUMBERS,
    WEEKDAYS,
    Days,
    Resolver,
    ago,
    day_of_month,
    days_from_now,
    full_date,
    holiday,
    iso_date,
    month_named,
    period_around,
    slash_date,
    weekday,
    weekday_of_week,
    year_named,
)
from pipeline.tag.dates.stretches import (
    century,
    decade,
    half,
    months_between,
    past_hours,
    past_stretch,
    quarter,
    season,
    two_dates,
    weekdays_between,
    weekend,
    years_between,
)

# The parts that patterns are made of.
_PARTS = {
    "WEEKDAY": "|".join(WEEKDAYS),
    "MONTH": "|".join(MONTHS),
    "DAY": r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?",
    "YEAR": r"(?:1[5-9]|20)\d\d",
    "NUMBER": r"\d{1,3}|" + "|".join(NUMBERS),
    "UNIT": "day|week|month|year",
    "PART": "morning|afternoon|evening|night",
}
_SHORT = {m[:3]: m for m in MONTHS} | {"sept": "september"} | {d[:3]: d for d in WEEKDAYS}
_SHORT |= {"tues": "tuesday", "weds": "wednesday", "thur": "thursday", "thurs": "thursday"}
# "may" and "sun", "sat", "mar" are words too, but not inside of what the model calls a date.
_SHORTENED = re.compile(rf"\b({'|'.join(sorted(_SHORT, key=len, reverse=True))})\b\.?")
_LEAD = re.compile(r"^(?:(?:on|in|during|at|of|the|years?|about|around|sometime|some time|also|as early as) )+")
# "the end of January" is late January.
_PART_OF = re.compile(r"^(?:very )?(beginning|start|middle|end|close) of (the (?=week|month|year))?(?:the )?")
_PARTS_OF = {"beginning": "early", "start": "early", "middle": "mid", "end": "late", "close": "late"}
_UNTIL = re.compile(r"(?:(?P<bound>from|between) )?(?P<first>.+?) (?P<join>to|until|through|and|-) (?P<last>.+)")
_PART_OF_DAY = re.compile(rf"^(?:(?:early|late|midday|noon) (?:on )?)?(?=(?:{_PARTS['WEEKDAY']})\b)")
_AFTER_DAY = re.compile(rf"(?<=day)(?: (?:early|late|mid))?(?:[ -](?:{_PARTS['PART']}|noon|midnight))$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of date expression: the example it exists for, its pattern, and what it means."""

    example: str
    pattern: str
    meaning: Resolver
    precision: DatePrecision | None = None  # None: that of the unit it names ("two weeks ago"), or of its length

    def match(self, text: str) -> re.Match[str] | None:
        """The whole of `text`, or nothing."""
        return _compiled(self.pattern).fullmatch(text)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with its <PARTS> filled in."""
    return re.compile(re.sub(r"<([A-Z]+)>", lambda m: f"(?:{_PARTS[m[1]]})", pattern))


_DATE = r"(?:<WEEKDAY>,? )?"
_PERIOD = r"(?:(?P<part>early|mid|late|earlier|later)[ -](?:in |on )?)?"
RULES = (
    Rule("2017-11-23", r"(\d{4})-(\d\d)-(\d\d)", iso_date),
    Rule(
        "Thursday, November 23, 2017",
        _DATE + r"(?P<month><MONTH>) (?P<day><DAY>)(?:(?: ?- ?| to | and )(?P<until><DAY>))?(?:,? (?P<year><YEAR>))?",
        full_date,
    ),
    Rule(
        "23 November 2017",
        _DATE + r"(?:(?:from|between) )?(?P<day><DAY>)(?:(?: ?- ?| to | and )(?P<until><DAY>))? (?:of )?"
        r"(?P<month><MONTH>)(?:,? (?P<year><YEAR>))?",
        full_date,
    ),
    Rule("last Friday", r"(?:(?P<word>last|next|this|this past|this coming|past) )?(?P<day><WEEKDAY>)", weekday),
    Rule("Friday last week", r"(?P<day><WEEKDAY>)(?: of)? (?P<word>last|next) week", weekday_of_week),
    Rule("today", r"today|tonight|(?:earlier|later|late|early) today|this <PART>", days_from_now(0)),
    Rule("yesterday", r"(?:earlier |early |late )?yesterday(?: <PART>)?|last (?:night|evening)", days_from_now(-1)),
    Rule("tomorrow", r"tomorrow(?: <PART>)?", days_from_now(1)),
    Rule("the day before yesterday", r"day before yesterday", days_from_now(-2)),
    Rule("the day after tomorrow", r"day after tomorrow", days_from_now(2)),
    Rule("overnight", r"overnight", days_from_now(-1, 2)),
    Rule("two days ago", r"(?:just |only )?(?P<number><NUMBER>) (?P<unit><UNIT>)s? ago(?: today)?", ago),
    Rule("the past two weeks", r"(?:past|last) (?:(?P<number><NUMBER>) (?P<unit><UNIT>)s)", past_stretch, "span"),
    Rule("the past week", r"past (?P<number>)(?P<unit><UNIT>)", past_stretch, "span"),
    Rule(
        "earlier this month",
        _PERIOD + r"(?P<word>this|last|next|previous|coming) (?P<unit>week|month|year)",
        period_around,
    ),
    Rule(
        "late November",
        _PERIOD + r"(?:(?P<word>last|next|this|this past) )?(?P<month><MONTH>)(?:,? (?:of )?(?P<year><YEAR>))?",
        month_named,
    ),
    Rule("the first half of 2023", r"(?P<half>first|second) half(?: of)? (?:(?P<year><YEAR>)|the year)", half, "span"),
    Rule("the 20th century", r"(?P<century>\d\d?)(?:st|nd|rd|th) century", century, "span"),
    Rule("2014", r"(?P<part>)(?P<year><YEAR>)", year_named, "year"),
    Rule("early 2014", _PERIOD + r"(?P<year><YEAR>)", year_named),
    Rule("23/11/2017", r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<year>(?:19|20)\d\d|\d\d)", slash_date, "day"),
    Rule("the 15th", r"(?P<day>(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th))", day_of_month, "day"),
    Rule("the last 24 hours", r"(?:past|last) (?P<number><NUMBER>) hours", past_hours, "span"),
    Rule(
        "28 February to 3 March 2016",
        r"(?:(?:from|between) )?(?P<day><DAY>) (?P<month><MONTH>) ?(?:-|to|and|until|through) ?"
        r"(?P<until><DAY>) (?P<until_month><MONTH>)(?:,? (?P<year><YEAR>))?",
        two_dates,
        "span",
    ),
    Rule(
        "May 30 to June 2",
        r"(?:(?:from|between) )?(?P<month><MONTH>) (?P<day><DAY>) ?(?:-|to|and|until|through) ?"
        r"(?P<until_month><MONTH>) (?P<until><DAY>)(?:,? (?P<year><YEAR>))?",
        two_dates,
        "span",
    ),
    Rule(
        "2011-2014",
        r"(?:(?:from|between) )?(?P<first><YEAR>) ?(?:-|to|and|until|through) ?(?P<last><YEAR>|\d\d)",
        years_between,
        "span",
    ),
    Rule(
        "between June and August 2016",
        r"(?:(?:from|between) )?(?P<month><MONTH>) ?(?:-|to|and|until|through) ?(?P<until><MONTH>)"
        r"(?:,? (?P<year><YEAR>))?",
        months_between,
        "span",
    ),
    Rule(
        "Monday to Wednesday",
        r"(?:(?:from|between) )?(?P<day><WEEKDAY>) ?(?:-|to|and|until|through) ?(?P<until><WEEKDAY>)",
        weekdays_between,
        "span",
    ),
    Rule(
        "the summer of 2015",
        r"(?:(?P<word>last|this|next) )?(?P<season>spring|summer|autumn|fall|winter)(?:,? (?:of )?(?P<year><YEAR>))?",
        season,
        "season",
    ),
    Rule(
        "the first quarter of 2020",
        r"(?P<quarter>(?:first|second|third|fourth)(?= quarter)|q[1-4])(?: quarter)?(?: (?:of )?(?P<year><YEAR>))?",
        quarter,
        "quarter",
    ),
    Rule(
        "New Year's Eve",
        r"(?P<holiday>christmas(?: day| eve)?|boxing day|new year['’]?s (?:day|eve)|valentine['’]s day|halloween)"
        r"(?:,? (?P<year><YEAR>))?",
        holiday,
        "day",
    ),
    Rule("the 1990s", r"(?P<part>)(?P<year>\d{3}0)['’]?s", decade, "decade"),
    Rule("the early 1980s", r"(?P<part>early|mid|late)[ -](?P<year>\d{3}0)['’]?s", decade, "span"),
    Rule("last weekend", r"(?:(?P<word>last|next|this|this past|past) )?weekend", weekend),
)


def _normal(text: str) -> str:
    """Lower case, one space, whole names of months and days, no leading "on the", no part of the day."""
    text = re.sub(r"['’]s$", "", re.sub(r"\s+", " ", text.strip().lower().replace("–", "-")))
    text = _SHORTENED.sub(lambda m: _SHORT[m[1]], text).strip(" ,.")
    text = _LEAD.sub("", text)
    text = _PART_OF.sub(lambda m: f"{_PARTS_OF[m[1]]} {'this ' if m[2] else ''}", text)
    return _AFTER_DAY.sub("", _PART_OF_DAY.sub("", text))


Tense = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The days that an expression means, both inclusive, and how exactly it says so."""

    first: date
    last: date
    precision: DatePrecision


def read_date(text: str, published: date | None, *, tense: Tense | None = None) -> Meaning | None:
    """What `text` means in an article of that day; None where it cannot be told.

    `tense`: of what it is said: a bare "Thursday" is the next one of what is to come, and "Christmas Day" the last one
    of what was.
    """
    normal = _normal(text)
    if tense == "future" and normal in WEEKDAYS:
        normal = f"this {normal}"
    for rule in RULES:
        if match := rule.match(normal):
            try:
                days = _in_tense(rule.meaning(match, published), match, published, tense)
            except (OverflowError, ValueError):  # before year 1 or after 9999: "9999 years ago"
                return None
            return Meaning(*days, rule.precision or _precision(match, *days)) if days else None
    return _from_to(normal, published)


def _from_to(text: str, published: date | None) -> Meaning | None:
    """From one date to another, each told in full: "5 April 1992 to 29 February 1996"."""
    match = _UNTIL.fullmatch(text)
    if match is None or (match["join"] == "and" and match["bound"] != "between"):
        return None
    first, last = read_date(match["first"], published), read_date(match["last"], published)
    return Meaning(first.first, last.last, "span") if first and last and first.first <= last.last else None


def _in_tense(days: Days | None, match: re.Match[str], published: date | None, tense: Tense | None) -> Days | None:
    """A month, day or feast without its year: the one before or after publication, as the tense has it."""
    named = match.groupdict()
    is_yearly = ("month" in named or "holiday" in named) and not named.get("year") and not named.get("word")
    if days is None or published is None or tense is None or not is_yearly:
        return days
    if tense == "future" and days[1] < published:
        return _years_on(days, 1)
    return _years_on(days, -1) if tense == "past" and days[0] > published else days


def _years_on(days: Days, years: int) -> Days | None:
    """The same days of another year; None for a 29 February that it lacks."""
    try:
        return days[0].replace(year=days[0].year + years), days[1].replace(year=days[1].year + years)
    except ValueError:
        return None


def _precision(match: re.Match[str], first: date, last: date) -> DatePrecision:
    """The unit that is named, if the days are one of it; a day; else a span."""
    if first == last:
        return "day"
    named = match.groupdict()
    whole: dict[str, DatePrecision] = {"week": "week", "month": "month", "year": "year"}
    if named.get("part") or (named.get("number") and "ago" not in match[0]):
        return "span"
    return whole.get(named.get("unit") or "", "month" if named.get("month") and not named.get("day") else "span")


def local_day(published_at: datetime, zone: str | None) -> date:
    """The day of publication in a zone (IANA name); without one, in the offset that the time itself has.

    >>> local_day(datetime(2017, 11, 23, 22, 30, tzinfo=UTC), "Asia/Baghdad")
    datetime.date(2017, 11, 24)
    """
    return (published_at.astimezone(ZoneInfo(zone)) if zone else published_at).date()
