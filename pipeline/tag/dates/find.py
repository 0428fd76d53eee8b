"""Date expressions in a text, and the days they mean there: by day of publication, by tense, by "since"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from spacy.tokens import Doc, Span, Token

from pipeline.records import DateMention, DatePrecision
from pipeline.tag.dates.periods import MONTHS, NUMBERS, WEEKDAYS, Days, count_of, moved
from pipeline.tag.dates.when import Tense, read_date

# "since June" has no end yet, "until Friday" and "by June" no beginning that they tell.
STARTS = frozenset({"since"})
TO_COME_ENDS = frozenset({"until", "till"})
ENDS = TO_COME_ENDS | {"by"}
# "before Monday": neither end can be told.
UNTOLD = frozenset({"before", "after", "beyond"})
WIDENING = frozenset({"earlier", "later", "early", "late", "mid", "next", "last"})
RANGE = frozenset({"to", "until", "through", "and", "-", "–"})
ANY_DAY = date(2000, 1, 1)
ALWAYS = frozenset({"overnight", "yesterday", "tomorrow", "today", "tonight"})
DAYS = frozenset(name.capitalize() for name in WEEKDAYS)
RELATIVE = {"previous day": -1, "day before": -1, "following day": 1, "next day": 1, "day after": 1}
COUNTED = re.compile(
    rf"(?P<number>\d{{1,3}}|{'|'.join(NUMBERS)}) (?P<unit>day|week|month|year)s? (?P<way>later|afterwards?|earlier)"
)
LATER = frozenset({"later", "afterward", "afterwards"})
UNITS: dict[str, DatePrecision] = {"day": "day", "week": "week", "month": "month", "year": "year"}
RELATIVE |= {"previous night": -1, "following night": 1, "next morning": 1, "following morning": 1}
SET = frozenset({"scheduled", "due", "set", "slated", "planned", "expected"})  # "scheduled for Wednesday"
# "The truce ends on Saturday": in the present tense these tell of what is arranged.
ARRANGED = frozenset((
    "expire", "end", "begin", "start", "open", "close", "meet", "vote", "arrive", "resume", "leave", "take", "host",
    "run", "fall", "kick", "reopen", "return",
))  # fmt: skip
# Without any of these it is an age, a time of day or a duration: "86", "10:30am", "30 years".
_WORDS = (*MONTHS, *WEEKDAYS, *(name[:3] for name in MONTHS), "sept", "yesterday", "today", "tomorrow", "tonight")
_WORDS += ("overnight", "last", "next", "this", "past", "previous", "following", "ago", "earlier", "later", "weekend")
_WORDS += ("spring", "summer", "autumn", "winter", "century", "decade", "same", "that", "eve", "christmas", "easter")
_WORDS += ("ramadan", "eid", "new year", r"(?:1[5-9]|20)\d\d", r"\d{3}0s", r"\d+(?:st|nd|rd|th)")
_WORDS += (r"(?:end|start|beginning|middle) of the (?:week|month|year)", "half of the year")
COUNT = re.compile(r"\d{3}|\d{1,3}(?:,\d{3})+")  # no day and no year
CALENDAR = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
PAST = frozenset({"was", "were", "had", "has", "have", "did"})
TO_COME = frozenset({"will", "shall", "'ll", "wo", "would"})
PLANS = frozenset(
    {"plan", "expect", "schedule", "intend", "due", "set", "hope", "prepare", "vow", "agree", "want", "promise"}
)


def find_dates(doc: Doc, published: date | None) -> tuple[DateMention, ...]:
    """Date expressions in the order of the text; what cannot be told has neither days nor precision.

    Ages, times of day and durations are none.
    """
    spans = [_cut(_widened(doc, span)) for span in doc.ents if _is_date(span)]
    spans += (_widened(doc, span) for span in _missed(doc, {token.i for span in doc.ents for token in span}))
    found: list[DateMention] = []
    for span in _joined(doc, sorted(spans, key=lambda span: span.start)):
        mention = _relative(span, found) or _mention(span, published)
        if mention.precision or CALENDAR.search(mention.text):
            found.append(mention)
    return tuple(found)


def _joined(doc: Doc, spans: Iterable[Span]) -> list[Span]:
    """Spans with a weekday and the date behind it as one ("Thursday" + "7 March 2024"), and the ends of a range."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        both = (_day_and_date(doc, last, span) or _from_to(doc, last, span)) if last is not None else None
        if both is not None:
            joined[-1] = both
        else:
            joined.append(span)
    return joined


def _day_and_date(doc: Doc, day: Span, span: Span) -> Span | None:
    if day.text.lower() not in WEEKDAYS or span.start - day.end not in {0, 1}:
        return None
    both = doc[day.start : span.end]
    is_one = doc[day.end].text in {",", span[0].text} and read_date(both.text, ANY_DAY) is not None
    return both if is_one else None


def _from_to(doc: Doc, first: Span, last: Span) -> Span | None:
    """ "From 5 April 1992" + "to" + "29 February 1996", "between 2011 and" + "2014"."""
    start = first.start - 1 if first.start and doc[first.start - 1].lower_ in {"from", "between"} else first.start
    joint = doc[first.end - 1] if last.start == first.end else doc[first.end]
    if last.start - first.end > 1 or joint.lower_ not in RANGE or doc[start].lower_ not in {"from", "between"}:
        return None
    both = doc[start : last.end]
    return both if read_date(both.text, ANY_DAY) is not None else None


def _cut(span: Span) -> Span:
    """Without what is no date: "Feb 29 - 2,000 homes burned", "sentenced on Friday to 12 years", "May 2,000"."""
    if len(span) > 1 and COUNT.fullmatch(span[-1].text) and read_date(span.text, ANY_DAY) is None:
        span = span[:-1] if read_date(span[:-1].text, ANY_DAY) is not None else span
    ends = [t.i for t in span if t.lower_ in {"to", "for"} and t.i > span.start]
    if ends and read_date(span.text, ANY_DAY) is None and read_date(span.doc[span.start : ends[0]].text, ANY_DAY):
        return span.doc[span.start : ends[0]]
    dash = next((t.i for t in span if t.text in {"-", "–", "—"} and t.whitespace_ and t.i > span.start), None)
    behind = span.doc[dash + 1 : span.end].text if dash is not None else ""
    return span.doc[span.start : dash] if dash and re.fullmatch(r"(?:\d{1,3}(?:,\d{3})+)?", behind) else span


def _relative(span: Span, before: Sequence[DateMention]) -> DateMention | None:
    """ "The previous day", "three days later": counted from the last day that the text told."""
    shift = RELATIVE.get(span.text.lower().removeprefix("the "))
    counted = COUNTED.fullmatch(span.text.lower())
    if shift is None and counted is None:
        return None
    told = next((d.date_end for d in reversed(before) if d.precision == "day" and d.date_end), None)
    days, precision = _from_told(told, shift or 0, counted) if told else (None, None)
    first, last = days or (None, None)
    return DateMention(
        start=span.start_char, end=span.end_char, text=span.text, date_start=first, date_end=last, precision=precision
    )


def _from_told(told: date, shift: int, counted: re.Match[str] | None) -> tuple[Days | None, DatePrecision | None]:
    """The days that lie so far from the one told."""
    if counted is None:
        return moved("day", told, shift), "day"
    sign = 1 if counted["way"] in LATER else -1
    precision: DatePrecision = UNITS[counted["unit"]]
    days = moved(counted["unit"], told, sign * count_of(counted["number"]))
    return days, precision if days else None


def _is_date(span: Span) -> bool:
    """The model calls "New Year's Day" an event."""
    return span.label_ in {"DATE", "TIME"} or (span.label_ == "EVENT" and read_date(span.text, ANY_DAY) is not None)


def _missed(doc: Doc, taken: set[int]) -> list[Span]:
    """Words that are dates wherever they stand outside of names: "overnight", "yesterday", "Thursday"."""
    found = []
    for token in doc:
        is_day = token.lower_ in ALWAYS or (token.text in DAYS and token.pos_ in {"PROPN", "NOUN"})
        if is_day and token.i not in taken:
            found.append(doc[token.i : token.i + 1])
    return found


def _widened(doc: Doc, span: Span) -> Span:
    """With the "earlier", "early", "late" or "mid" before it that the model leaves out."""
    before = doc[span.start - 1].lower_ if span.start else ""
    return doc[span.start - 1 : span.end] if before in WIDENING else span


def _mention(span: Span, published: date | None) -> DateMention:
    bound = _bound(span)
    tense = "future" if bound in TO_COME_ENDS else _tense(span.root) or ("future" if bound else None)
    found = None if bound in UNTOLD else read_date(span.text, published, tense=tense)
    return DateMention(
        start=span.start_char,
        end=span.end_char,
        text=span.text,
        date_start=found.first if found and bound not in ENDS else None,
        date_end=found.last if found and bound not in STARTS else None,
        precision=found.precision if found else None,
    )


def _bound(span: Span) -> str | None:
    """The word that makes the date an end of a time ("since Thursday"); none in "after Thursday's attack"."""
    head = span.root.head
    is_bound = span.root.dep_ in {"pobj", "pcomp", "npadvmod"} and head.i < span.start
    return head.lower_ if is_bound and head.lower_ in STARTS | ENDS | UNTOLD else None


def _tense(token: Token) -> Tense | None:
    """Is it said of what was, or of what will be: "will meet on Thursday", "plans to vote on Sunday", "due on Monday"?

    What owns a deed ("Sunday's attack") tells when that was, whatever will come of it.
    """
    if token.dep_ == "poss":
        return "past"
    verb = _governor(token)
    if verb.lower_ in SET and verb.tag_ != "VBD":
        return "future"
    aux = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if aux & TO_COME or ("to" in aux and (verb.head.lemma_.lower() in PLANS or verb.head.lower_ in {"is", "are"})):
        return "future"
    if verb.tag_ in {"VBZ", "VBP"} and verb.lemma_.lower() in ARRANGED and not aux:
        return "future"
    return "past" if verb.tag_ == "VBD" or aux & PAST else None


def _governor(token: Token) -> Token:
    """The verb, or the word like "due", that the date hangs on."""
    verb = token
    for _ in range(6):
        if verb.head.i == verb.i or verb.pos_ in {"VERB", "AUX"} or verb.lower_ in SET:
            break
        verb = verb.head
    return verb
