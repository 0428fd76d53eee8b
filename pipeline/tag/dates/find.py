"""Date expressions in a text, and the days they mean there: by day of publication, by tense, by "since"."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Doc, Span, Token

from pipeline.records import DateMention
from pipeline.tag.dates.periods import WEEKDAYS
from pipeline.tag.dates.when import read_date

# "since June" has no end yet, "until Friday" no beginning that it tells.
STARTS = frozenset({"since"})
ENDS = frozenset({"until", "till"})
# "before Monday", "by June": neither end can be told.
UNTOLD = frozenset({"before", "by", "after", "beyond"})
WIDENING = frozenset({"earlier", "later", "early", "late", "mid"})
ANY_DAY = date(2000, 1, 1)
ALWAYS = frozenset({"overnight", "yesterday", "tomorrow", "today", "tonight"})
DAYS = frozenset(name.capitalize() for name in WEEKDAYS)
TO_COME = frozenset({"will", "shall", "'ll", "wo"})
PLANS = frozenset(
    {"plan", "expect", "schedule", "intend", "due", "set", "hope", "prepare", "vow", "agree", "want", "promise"}
)


def find_dates(doc: Doc, published: date | None) -> tuple[DateMention, ...]:
    """Date and time expressions in the order of the text; what cannot be told has neither days nor precision."""
    spans = [_widened(doc, span) for span in doc.ents if _is_date(span)]
    spans += _missed(doc, {token.i for span in doc.ents for token in span})
    return tuple(_mention(span, published) for span in sorted(spans, key=lambda span: span.start))


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
    found = None if bound in UNTOLD else read_date(span.text, published, future=_is_to_come(span.root))
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


def _is_to_come(token: Token) -> bool:
    """Is it said of what will be: "will meet on Thursday", "plans to vote on Sunday"?"""
    verb = token
    for _ in range(6):
        if verb.head.i == verb.i or verb.pos_ == "VERB":
            break
        verb = verb.head
    if any(child.dep_ == "aux" and child.lower_ in TO_COME for child in verb.children):
        return True
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
    governor = verb.head
    return infinitive and (governor.lemma_.lower() in PLANS or governor.lower_ in {"is", "are"})
