"""Days that a date expression means, seen from the day of publication.

News counts from the day it appears: "Thursday" is the last one, today included. What cannot be told is None, never the
day of publication. All spans are inclusive, a span of one day has equal ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from spacy.tokens import Doc, Span

from pipeline.tag.dates.periods import (
    MONTHS,
    NUMBERS,
    WEEKDAYS,
    Days,
    Resolver,
    ago,
    days_from_now,
    decade,
    full_date,
    iso_date,
    month_named,
    past_stretch,
    period_around,
    weekday,
    weekday_of_week,
    weekend,
    year_named,
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
_LEAD = re.compile(r"^(?:(?:on|in|during|at|of|the|about|around|sometime|some time|also|as early as) )+")
_PART_OF_DAY = re.compile(rf"^(?:(?:early|late|midday|noon) (?:on )?)?(?=(?:{_PARTS['WEEKDAY']})\b)")
_AFTER_DAY = re.compile(rf"(?<=day)(?: (?:early|late|mid))?(?:[ -](?:{_PARTS['PART']}|noon|midnight))$")


@dataclass(frozen=True, slots=True)
class When:
    """A date expression in the text (offsets in code points) and the days it means; None where they cannot be told."""

    start: int
    end: int
    text: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One form of date expression: the example it exists for, its pattern, and what it means."""

    example: str
    pattern: str
    meaning: Resolver

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
        _DATE
        + r"(?P<day><DAY>)(?:(?: ?- ?| to | and )(?P<until><DAY>))? (?:of )?(?P<month><MONTH>)(?:,? (?P<year><YEAR>))?",
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
    Rule("the past two weeks", r"(?:past|last) (?:(?P<number><NUMBER>) (?P<unit><UNIT>)s)", past_stretch),
    Rule("the past week", r"past (?P<number>)(?P<unit><UNIT>)", past_stretch),
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
    Rule("early 2014", _PERIOD + r"(?P<year><YEAR>)", year_named),
    Rule("the 1990s", r"(\d{3}0)['’]?s", decade),
    Rule("last weekend", r"(?:(?P<word>last|next|this|this past|past) )?weekend", weekend),
)


def _normal(text: str) -> str:
    """Lower case, one space, whole names of months and days, no leading "on the", no part of the day."""
    text = re.sub(r"['’]s$", "", re.sub(r"\s+", " ", text.strip().lower().replace("–", "-")))
    text = _SHORTENED.sub(lambda m: _SHORT[m[1]], text).strip(" ,.")
    text = _LEAD.sub("", text)
    return _AFTER_DAY.sub("", _PART_OF_DAY.sub("", text))


def resolve_date(text: str, published: date | None) -> Days | None:
    """First and last day, inclusive, that `text` means in an article of that day; None where it cannot be told.

    >>> resolve_date("Thursday", date(2017, 11, 25))
    (datetime.date(2017, 11, 23), datetime.date(2017, 11, 23))
    """
    normal = _normal(text)
    for rule in RULES:
        if match := rule.match(normal):
            try:
                return rule.meaning(match, published)
            except (OverflowError, ValueError):  # before year 1 or after 9999: "9999 years ago"
                return None
    return None


# "since Thursday" and "until Friday" tell when something begins or ends, not when it happened.
_BOUNDS = frozenset({"since", "until", "till", "before", "by", "after", "beyond"})


def _is_bound(span: Span) -> bool:
    """Does the date only bound a time ("since Thursday")? "After Thursday's attack" does not."""
    head = span.root.head
    return head.lower_ in _BOUNDS and span.root.dep_ in {"pobj", "pcomp", "npadvmod"} and head.i < span.start


def _widened(doc: Doc, span: Span) -> Span:
    """With the "earlier", "early", "late" or "mid" before it that the model leaves out."""
    before = doc[span.start - 1].lower_ if span.start else ""
    return doc[span.start - 1 : span.end] if before in {"earlier", "later", "early", "late", "mid"} else span


def find_dates(doc: Doc, published: date | None) -> tuple[When, ...]:
    """Date and time expressions in the order of the text, with the days they mean."""
    found = []
    for span in doc.ents:
        if span.label_ not in {"DATE", "TIME"}:
            continue
        wide = _widened(doc, span)
        days = None if _is_bound(span) else resolve_date(wide.text, published)
        first, last = days or (None, None)
        found.append(When(wide.start_char, wide.end_char, wide.text, first, last))
    return tuple(found)
