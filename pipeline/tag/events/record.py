"""From a draft to an event's record: its tolls, its contexts, its trigger's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Span as DocSpan

from pipeline.records import Count, DateMention, Event, Place, PlaceFrom, Span
from pipeline.tag.amounts.tolls import Toll
from pipeline.tag.events.attribution import attribution, speech_of
from pipeline.tag.events.fold import Draft
from pipeline.tag.events.matches import Match
from pipeline.tag.events.modality import is_attempt
from pipeline.tag.events.roles import Sides
from pipeline.tag.events.triggers import Lexicon

WORDS_ALONE = frozenset({"THREATEN", "REQUEST", "AGREE", "REJECT"})  # what they are about is yet to come


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and when an event was, and its tolls; false where none of it is told."""

    place: Place | None
    place_from: PlaceFrom | None
    when: DateMention | None
    counts: Mapping[str, Count]

    def __bool__(self) -> bool:
        return bool(self.place or self.when or self.counts)


def record(draft: Draft, sides: Sides, told: Circumstances, sentence: DocSpan, whole: str, lexicon: Lexicon) -> Event:
    """The draft as an event of the text that is `whole`; its confidence is told last, when all else is known."""
    match, kind, when, counts = draft.match, lexicon.types[draft.type], told.when, told.counts
    text = whole[sentence.start_char : sentence.end_char]
    said_by = attribution(match, sentence, lexicon)
    return Event(
        type=draft.type,
        mode=draft.mode,
        contexts=_contexts(text, lexicon),
        quad=kind.quad,
        scale=kind.modes.get(draft.mode, kind.scale) if draft.mode else kind.scale,
        trigger=_trigger_span(match),
        sentence_start=sentence.start_char + len(text) - len(text.lstrip()),
        sentence_end=sentence.start_char + len(text.rstrip()),
        actors=sides[0],
        recipients=sides[1],
        place=told.place,
        place_from=told.place_from,
        date_start=when.date_start if when else None,
        date_end=when.date_end if when else None,
        date_text=when.text if when else None,
        date_precision=when.precision if when else None,
        killed=counts.get("killed"),
        wounded=counts.get("wounded"),
        arrested=counts.get("arrested"),
        captured=counts.get("captured"),
        displaced=counts.get("displaced"),
        polarity=draft.truth.polarity,
        modality=draft.truth.modality,
        attribution=said_by,
        speech=speech_of(match, sentence, said_by is not None),
        confidence=0.0,
        rule=match.trigger.id,
    )


def counts_of(draft: Draft, drafts: Sequence[Draft], tolls: Sequence[Toll], lexicon: Lexicon) -> dict[str, Count]:
    """Tolls told by this draft's own words, and those of nobody's words if it is the sentence's only such event.

    What was only threatened, planned, tried or denied has none.
    """
    drafts = [d for d in drafts if _happened(d)]
    if draft not in drafts:
        return {}
    own = {t.i for m in (draft.match, *draft.parts) for t in m.tokens}
    claimed = {t.i for d in drafts for m in (d.match, *d.parts) for t in m.tokens}
    found: dict[str, Count] = {}
    for toll in tolls:
        if is_attempt(toll.token, lexicon) or (toll.kind == "captured" and draft.mode != "abduct"):
            continue  # "captured three towns"
        wanted = "COERCE" if toll.kind == "arrested" else "ASSAULT"
        peers = [d for d in drafts if d.type == wanted] or [d for d in drafts if d.type == "PROTEST"]
        if toll.token.i in own or (toll.token.i not in claimed and peers and peers[0] is draft):
            found.setdefault(toll.kind, toll.count)
    return found


def _happened(draft: Draft) -> bool:
    told = draft.truth.polarity == "affirmed" and draft.truth.modality in {"actual", "historical"}
    return told and draft.type not in WORDS_ALONE


@lru_cache(maxsize=64)  # a sentence often tells of several events
def _contexts(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    found = lexicon.contexts.find(text)
    return tuple(name for name in lexicon.context_names if name in found)


def _trigger_span(match: Match) -> Span:
    """From the first to the last word of the frame, where they stand close together; else the head alone."""
    tokens = sorted(match.tokens, key=lambda t: t.i)
    first, last = tokens[0], tokens[-1]
    if last.i - first.i > len(tokens) + 2:
        first = last = match.head
    span = match.head.doc[first.i : last.i + 1]
    return Span(span.start_char, span.end_char, span.text)
