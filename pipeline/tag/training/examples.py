"""The corpus as numbers: of each word that may tell an event what it tells, and who plays which part in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from spacy.tokens import Token

from pipeline.records import Span
from pipeline.records.tags import Modality, Polarity
from pipeline.tag.events.triggers import NO_EVENT, EventType
from pipeline.tag.learned.asked import Asked
from pipeline.tag.learned.encoder import Floats, Pieces
from pipeline.tag.learned.heads import ROLES, Labels, Numbers
from pipeline.tag.learned.words import relation
from pipeline.tag.training.corpus import LabelledEvent

SELDOM = 8  # relations seen less often than so are all one
UNTOLD = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Who plays which part in one event: row `event` of the sentence's words that may tell one.

    `parts` is what a reader says, `ruled` what the rules say (words that may name somebody by roles); `relations` are
    how those words hang on the event.
    """

    event: int
    parts: Floats
    ruled: Floats
    relations: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence as numbers.

    `ids` are its pieces; `events` and `others` number the pieces with which words begin that may tell an event, and
    that may name somebody. `types`, `modes`, `polarities` and `modalities` are what the first tell (all but types -1
    where they tell nothing), `ruled` the rules' types.
    """

    ids: tuple[int, ...]
    events: Numbers
    others: Numbers
    types: Numbers
    modes: Numbers
    polarities: Numbers
    modalities: Numbers
    ruled: Numbers
    parts: tuple[Part, ...]


def labels_of(types: Mapping[str, EventType], asked: Iterable[tuple[Asked, Sequence[LabelledEvent]]]) -> Labels:
    """All types and modes of PLOVER's, and the relations that parties of the corpus have to their events."""
    seen = Counter(
        relation(word, other)
        for one, events in asked
        for word in one.words.telling
        if _event_at(word, events) is not None
        for other in one.words.naming
    )
    common = [name for name, times in seen.most_common() if times >= SELDOM]
    modes = tuple((name, mode) for name, kind in types.items() for mode in (None, *kind.modes))
    relations = {name: n for n, name in enumerate(common, start=1)}
    return Labels((NO_EVENT, *types), modes, get_args(Polarity), get_args(Modality), relations)


def example(asked: Asked, events: Sequence[LabelledEvent], labels: Labels, pieces: Pieces) -> Example | None:
    """The sentence as numbers, of the words that the encoder reads; None where none may tell an event."""
    asked = asked.within(pieces)
    if not asked.words.telling:
        return None
    told = [_event_at(t, events) for t in asked.words.telling]
    return Example(
        ids=pieces.ids,
        events=asked.numbers(asked.words.telling, pieces),
        others=asked.numbers(asked.words.naming, pieces),
        types=_numbers(labels.types.index(e.type) if e else 0 for e in told),
        modes=_numbers(labels.modes.index((e.type, e.mode)) if e else UNTOLD for e in told),
        polarities=_numbers(labels.polarities.index(e.polarity) if e else UNTOLD for e in told),
        modalities=_numbers(labels.modalities.index(e.modality) if e else UNTOLD for e in told),
        ruled=asked.ruled_types(labels),
        parts=tuple(_part(n, asked, e, labels) for n, e in enumerate(told) if e is not None),
    )


def _part(row: int, asked: Asked, event: LabelledEvent, labels: Labels) -> Part:
    place = (event.place,) if event.place else ()
    parts = np.zeros((len(asked.words.naming), len(ROLES)), dtype=np.float32)
    for column, spans in enumerate((event.actors, event.recipients, place)):
        heads = {_head_of(span, asked.words.naming) for span in spans}
        parts[:, column] = [t.i in heads for t in asked.words.naming]
    word = asked.words.telling[row]
    ruled = asked.ruled_parts(asked.rules[row])
    return Part(event=row, parts=parts, ruled=ruled, relations=asked.relations(word, labels))


def _head_of(span: Span, naming: Sequence[Token]) -> int | None:
    """The word that a phrase hangs on: the last whose governor stands outside."""
    inside = [t for t in naming if span.start < t.idx + len(t) and t.idx < span.end]
    tops = [t for t in inside if t.head == t or not span.start <= t.head.idx < span.end]
    return next((t.i for t in reversed(tops or inside)), None)


def _event_at(token: Token, events: Iterable[LabelledEvent]) -> LabelledEvent | None:
    """The event whose trigger holds the word."""
    end = token.idx + len(token)
    return next((e for e in events if e.trigger.start < end and token.idx < e.trigger.end), None)


def _numbers(values: Iterable[int]) -> Numbers:
    return np.array(list(values), dtype=np.int64)
