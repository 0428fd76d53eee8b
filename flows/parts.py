"""Parts of coded events: where they stand in their sentence, as marks, and how they are worded. Loads no model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flows.marking import Mark
from pipeline.records import Count, DateMention, Event, Quantity

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
TOLLS = ("killed", "wounded", "arrested", "captured", "displaced")


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of what was made of a sentence."""

    label: str
    value: str


def marks_of(
    event: Event, sentence: str, dates: Iterable[DateMention] = (), quantities: Sequence[Quantity] = ()
) -> list[Mark]:
    """The event's parts in its sentence, as offsets into it; a part that stands elsewhere in the text has no mark."""
    base, end = event.sentence_start, event.sentence_end
    spans = [
        ("trigger", event.trigger.start, event.trigger.end),
        *(("actor", p.start, p.end) for p in event.actors),
        *(("recipient", p.start, p.end) for p in event.recipients),
        *((("place", event.place.start, event.place.end),) if event.place else ()),
        *(("date", d.start, d.end) for d in dates if d.text == event.date_text and d.date_start == event.date_start),
        *toll_spans(event, quantities),
    ]
    marks = [Mark(start - base, stop - base, label) for label, start, stop in spans if base <= start < stop <= end]
    return [*marks, *marks_by_words(event, sentence, {m.label for m in marks})]


def toll_spans(event: Event, quantities: Sequence[Quantity]) -> Iterator[tuple[str, int, int]]:
    """The numbers of the sentence that tell the event's tolls, those first whose own fate says so."""
    for name in TOLLS:
        count: Count | None = getattr(event, name)
        equal = [
            q
            for q in quantities
            if count and q.low == count.low and event.sentence_start <= q.start < event.sentence_end
        ]
        best = min(equal, key=lambda q: (q.fate != name, abs(q.start - event.trigger.start)), default=None)
        if best is not None and best.fate in (name, None):
            yield name, best.start, best.end


def marks_by_words(event: Event, sentence: str, marked: set[str]) -> Iterator[Mark]:
    """Parts that are known by their words alone: who says so, a toll or date that no span tells."""
    words = {"says": event.attribution, "date": event.date_text}
    words |= {name: count.text for name in TOLLS if (count := getattr(event, name))}
    for label, text in words.items():
        if text and label not in marked and (start := sentence.find(text)) >= 0:
            yield Mark(start, start + len(text), label)


def kind(event_type: str, mode: str | None) -> str:
    """A type and mode as one reads it: "ASSAULT explosives"."""
    return f"{event_type} {mode}" if mode else event_type


def graded(quad: int, scale: float) -> str:
    """The quad in words, and the scale."""
    return f"quad {quad} ({QUADS.get(quad, 'unknown')}), scale {scale:+g} of -10 to +10"


def days(start: date | None, end: date | None) -> str:
    """A span of days, both ends in it."""
    if start and start == end:
        return start.isoformat()
    return f"{start or '…'} to {end or '…'}" if start or end else "unknown"


def figure(count: Count) -> str:
    """A count of people as it is told: "3", "12 or more", "20 to 30"."""
    if count.high is None:
        return f"{count.low} or more"
    return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"
