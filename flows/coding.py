"""What a coded event says, for a person: the parts of its sentence as marks, and what was made of them as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.marking import Mark
from pipeline.records import Count, DateMention, Event, Participant, Place, Quantity
from pipeline.tag.events.examples import example, sentence
from pipeline.tag.events.triggers import LEARNED, NO_EVENT, load_lexicon

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
TOLLS = ("killed", "wounded", "arrested", "captured", "displaced")
TIED_BY = {
    "attached": "the grammar ties it to the trigger",
    "sentence": "it stands in the same sentence",
    "previous sentence": "an event just before has it",
    "dateline": "the report was filed there, and its lead names no other place",
}
# The kinds of evidence of `pipeline.tag.places.weigh`, in words.
DECIDED_BY = {
    "only": "the gazetteer has one place of the name",
    "inside": "the text says that it lies there",
    "country": "the text names others of its country",
    "admin1": "the text names others of its province",
    "near": "the text names others near it",
    "feature": "it is of the kind that is named beside it",
    "state": "it is a state",
    "capital": "it is a capital",
    "admin": "it is a province or its namesake city",
    "exact": "it is its main name",
    "unsaid": "the other is a district, which nothing says",
    "listed": "it is on the list of what news speaks of",
    "beside": "its sentence names others of its country",
    "home": "it lies in the country of the feed or dateline",
    "outranked": "the name is first of all its own",
    "population": "it has the most people",
    "contains": "it holds the place named before it",
    "dateline": "it has the most people of those with the dateline's name",
}


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


def facts_of(event: Event, names: Mapping[str, str], rules: Path | None = None) -> Iterator[Fact]:
    """What was made of the sentence; `names` are those of entities, by their ids, `rules` the operator's own."""
    yield Fact("what", what(event))
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        yield from (Fact(role, party(p, names)) for p in parties)
        if not parties:
            yield Fact(role, "nobody is named")
    yield Fact("place", where(event.place, event.place_from) if event.place else "none is told")
    yield Fact("date", when(event))
    tolls = [f"{name} {figure(count)}" for name in TOLLS if (count := getattr(event, name))]
    if tolls:
        yield Fact("tolls", ", ".join(tolls))
    yield Fact("truth", f"{event.polarity}, {event.modality}")
    if event.happening:
        yield Fact("happening", f"number {event.happening} of those that the article tells of")
    yield Fact("says", who_says(event))
    yield Fact("confidence", f"{event.confidence:.2f}")
    if event.learned_type is not None:
        says = "no event" if event.learned_type == NO_EVENT else event.learned_type
        yield Fact("learned", f"by itself the learned coder says {says} ({event.learned_share:.2f})")
    yield from rule_facts(event, rules)


def what(event: Event) -> str:
    """Type, mode, quad, scale and contexts."""
    coded = " ".join(filter(None, (event.type, event.mode)))
    contexts = f"; contexts {', '.join(event.contexts)}" if event.contexts else ""
    quad = QUADS.get(event.quad, "unknown")
    return f"{coded}; quad {event.quad} ({quad}), scale {event.scale:+g} of -10 to +10{contexts}"


def party(somebody: Participant, names: Mapping[str, str]) -> str:
    """A party and who that is."""
    name = names.get(somebody.entity_id or "")
    known = [
        *([f"{name} (entity {somebody.entity_id})"] if name else []),
        *([f"entity {somebody.entity_id}"] if somebody.entity_id and not name else []),
        *([f"country {somebody.country}"] if somebody.country else []),
        *([f"sector {somebody.sector}"] if somebody.sector else []),
    ]
    return f"{somebody.text} → {', '.join(known) or 'not known further'}"


def where(place: Place, place_from: str | None) -> str:
    """A place, what ties it to the event, and why it is this one of its name."""
    kind = f"GeoNames {place.geonameid} {place.feature or ''}".strip() if place.geonameid else place.feature
    means = ", ".join(filter(None, (place.name, place.admin1, place.country, kind)))
    means = means if place.country or kind else "no gazetteer entry fits"
    tie = f"; {TIED_BY.get(place_from, place_from)}" if place_from else ""
    why = f"; this one: {DECIDED_BY.get(place.decided_by, place.decided_by)}" if place.decided_by else ""
    return f"{place.text} → {means}{tie}{why} (score {place.score:.2f})"


def when(event: Event) -> str:
    """The words of a date and the days that they mean."""
    if not event.date_text:
        return "none that can be dated"  # "on Friday" cannot where the day of publication is unknown
    precision = f" ({event.date_precision})" if event.date_precision else ""
    return f"{event.date_text} → {days(event.date_start, event.date_end)}{precision}"


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


def who_says(event: Event) -> str:
    """Who says so and how, and where in the text."""
    speech = f" ({event.speech} speech)" if event.speech else ""
    part = f", in the {event.part}" if event.part else ""
    part += " and in the headline" if event.in_headline else ""
    return f"{event.attribution or 'the text itself'}{speech}{part}"


def rule_facts(event: Event, rules: Path | None) -> Iterator[Fact]:
    """The rule, the sentence that it was written for and one that it must leave alone."""
    if event.rule == LEARNED:
        yield Fact("rule", "none: the learned coder found it")
        return
    trigger = {t.id: t for t in load_lexicon(rules).triggers}.get(event.rule)
    if trigger is None:
        yield Fact("rule", f"{event.rule} (not in this version's lexicon)")
        return
    # "is expected to free" is no RETREAT but a promise: CONCEDE
    why = "the learned coder" if event.learned_type == event.type else "how it is told"
    becomes = f", alone {trigger.type}; {why} makes it {event.type}" if trigger.type != event.type else ""
    yield Fact("rule", f'{event.rule}: {trigger.kind} "{trigger.pattern}"{becomes}')
    yield Fact("example", example(trigger))
    yield Fact("not", sentence(trigger.counter, trigger))
