"""When: the date that belongs to a trigger, out of those found in its sentence."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from pipeline.records import DateMention
from pipeline.tag.events.matches import Match
from pipeline.tag.grammar import governing_verb


def date_of(match: Match, sentence: Span, dates: Iterable[DateMention], *, planned: bool) -> DateMention | None:
    """The date that hangs on the trigger or its verb, else the nearest in the sentence; None without one.

    What is planned has only a date of its own clause: "said on Thursday that it will send troops" tells none.
    """
    here = [d for d in dates if sentence.start_char <= d.start < sentence.end_char and d.date_start and d.date_end]
    verb = match.verb if match.verb is not None else governing_verb(match.head)
    if planned:
        clause = {t.i for t in _clause(match).subtree}
        here = [d for d in here if _is_within(d, match.head.doc, clause)]
    carriers = {t.i for t in match.tokens} | ({verb.i} if verb is not None else set())
    return min(
        here, key=lambda d: (not _hangs_on(d, match.head.doc, carriers), abs(d.start - match.head.idx)), default=None
    )


def _clause(match: Match) -> Token:
    """The word that a planned deed's clause hangs on: the verb of "a march is planned for Friday"."""
    if match.verb is not None:
        return match.verb
    return match.head.head if match.head.dep_ in {"nsubj", "nsubjpass"} else match.head


def _is_within(when: DateMention, doc: Doc, clause: set[int]) -> bool:
    span = doc.char_span(when.start, when.end, alignment_mode="expand")
    return span is not None and bool(len(span)) and span.root.i in clause


def _hangs_on(when: DateMention, doc: Doc, carriers: set[int]) -> bool:
    span = doc.char_span(when.start, when.end, alignment_mode="expand")
    if span is None or not len(span):
        return False
    head = span.root.head
    return head.i in carriers or (head.dep_ == "prep" and head.head.i in carriers)
