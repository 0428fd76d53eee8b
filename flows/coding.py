"""What a coded event says, for a person: what was made of the parts of its sentence, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from flows.parts import TOLLS, Fact, days, figure, graded, kind
from pipeline.records import Event, Participant, Place
from pipeline.tag.events.examples import example, sentence
from pipeline.tag.events.triggers import LEARNED, NO_EVENT, load_lexicon

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
    contexts = f"; contexts {', '.join(event.contexts)}" if event.contexts else ""
    return f"{kind(event.type, event.mode)}; {graded(event.quad, event.scale)}{contexts}"


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
