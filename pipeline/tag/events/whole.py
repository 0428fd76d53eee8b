"""What is told of a text's events once all of them are known: repeats, background, lead, modes, carried places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from pipeline.records import DateMention, Event
from pipeline.tag.events.background import with_background
from pipeline.tag.events.confidence import confidence_of
from pipeline.tag.events.modes import with_modes
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.events.where import with_carried
from pipeline.tag.opening import story_start


def whole_text(
    doc: Doc,
    text: str,
    found: Iterable[Event],
    dates: Sequence[DateMention],
    published: date | None,
    lexicon: Lexicon,
) -> tuple[Event, ...]:
    """The events of the sentences as those of one text, in the order of their triggers, with their confidence."""
    ordered = sorted(_without_repeats(found), key=lambda e: (e.trigger.start, e.trigger.end, e.type))
    dated = with_background(text, ordered, dates, published)
    lead_end = _lead_end(doc, text)
    whole = with_carried(with_modes(text, [_in_part(e, lead_end) for e in dated], lexicon))
    return tuple(replace(e, confidence=confidence_of(e)) for e in whole)


def _without_repeats(events: Iterable[Event]) -> Iterator[Event]:
    """One event a type and pair of sides in a sentence: the surest, with the first mode that is known."""
    best: dict[tuple[object, ...], Event] = {}
    for event in events:
        sides = (tuple((p.start, p.end) for p in event.actors), tuple((p.start, p.end) for p in event.recipients))
        key = (event.type, event.sentence_start, *sides, event.polarity)
        other = best.get(key)
        if other is None:
            best[key] = event
        elif confidence_of(event) > confidence_of(other):
            best[key] = replace(event, mode=event.mode or other.mode)
    yield from best.values()


def _lead_end(doc: Doc, text: str) -> int:
    """Where the first paragraph ends; the first sentence where the text has no others."""
    first = next((t for t in doc if "\n" in t.text and t.i), None)
    start = story_start(text)
    return first.idx if first is not None else next((s.end_char for s in doc.sents if s.start_char >= start), 0)


def _in_part(event: Event, lead_end: int) -> Event:
    return replace(event, part="lead" if event.trigger.start < lead_end else "body")
