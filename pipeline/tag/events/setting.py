"""Where and when: the place and the date that belong to a trigger, out of those found in its sentence."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from pipeline.records import DateMention, Participant, Place
from pipeline.tag.events.matches import Match
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import governing_verb

SPATIAL_TYPES = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "AID"})


def place_of(
    match: Match, sentence: Span, places: Iterable[Place], parties: tuple[Participant, ...], kind: str, lexicon: Lexicon
) -> Place | None:
    """The place attached to the trigger ("in Varn", "near the border"), else the nearest told as a place.

    A country that only acts ("Norland attacked") is no place; a place that is the target of a deed is one.
    """
    here = [p for p in places if sentence.start_char <= p.start < sentence.end_char]
    ranked = [
        (rank, _distance(p, match), p) for p in here if (rank := _rank(p, match, parties, kind, lexicon)) is not None
    ]
    return min(ranked, key=lambda r: (r[0], r[1], r[2].start))[2] if ranked else None


def _rank(place: Place, match: Match, parties: tuple[Participant, ...], kind: str, lexicon: Lexicon) -> int | None:
    root = _root_token(match.head.doc, place)
    if root is None:
        return None
    preposition = next((a for a in (root, *root.ancestors) if a.dep_ == "prep"), None)
    if preposition is not None and preposition.lower_ in lexicon.words["locative"]:
        near = root.head == preposition or root.head.head == preposition
        if near and preposition.lower_ != "of":
            attached = {t.i for t in match.tokens} | ({match.light.i} if match.light is not None else set())
            verb = governing_verb(match.head) if match.trigger.kind == "noun" else None
            if preposition.head.i in attached:
                return 0
            return 1 if verb is not None and preposition.head == verb else 2
    if kind in SPATIAL_TYPES and any(p.start <= place.start < p.end for p in parties):
        return 3
    return None


def _root_token(doc: Doc, place: Place) -> Token | None:
    span = doc.char_span(place.start, place.end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _distance(place: Place, match: Match) -> int:
    return abs(place.start - match.head.idx)


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
