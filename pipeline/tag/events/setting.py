"""When: the date that belongs to a trigger, out of those found in its sentence."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span

from pipeline.records import DateMention
from pipeline.tag.events.matches import Match
from pipeline.tag.grammar import governing_verb


def date_of(match: Match, sentence: Span, dates: Iterable[DateMention]) -> DateMention | None:
    """The date that hangs on the trigger or its verb, else the nearest in the sentence; None without one."""
    here = [d for d in dates if sentence.start_char <= d.start < sentence.end_char and d.date_start and d.date_end]
    verb = match.verb if match.verb is not None else governing_verb(match.head)
    carriers = {t.i for t in match.tokens} | ({verb.i} if verb is not None else set())
    return min(
        here, key=lambda d: (not _hangs_on(d, match.head.doc, carriers), abs(d.start - match.head.idx)), default=None
    )


def _hangs_on(when: DateMention, doc: Doc, carriers: set[int]) -> bool:
    span = doc.char_span(when.start, when.end, alignment_mode="expand")
    if span is None or not len(span):
        return False
    head = span.root.head
    return head.i in carriers or (head.dep_ == "prep" and head.head.i in carriers)
