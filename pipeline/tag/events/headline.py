"""What the headline tells, found again in the text: what a story is about, and what it tells besides.

A headline is put into the words of a sentence (`headline_english`), coded like one, and compared with the events of the
text: the same deed, with sides that can be the same, is in the headline; so is what tells of the same happening.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Event, Participant, Place
from pipeline.tag.amounts.numbers import find_numerals
from pipeline.tag.events.linked import ANYBODY, TOLLS, counts_meet, places_meet
from pipeline.tag.events.modes import FROM_AFAR

FORCES = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})  # a state under its own name and those of its bodies
FUNCTION_WORDS = frozenset({"the", "and", "for", "from", "with", "who", "that", "its", "his", "her", "their", "some"})
PLACED = re.compile(r"(?<=\w) (?:in|from|at|near|for) ")  # what follows tells where they are
WORD = re.compile(r"[^\W\d]{3,}")


def with_headline(events: Sequence[Event], told: Sequence[Event]) -> list[Event]:
    """The events of a text, each marked with whether the headline, whose events `told` are, tells of it, too."""
    found = {id(event) for event in events if any(_tells(event, other) for other in told)}
    happenings = {event.happening for event in events if id(event) in found and event.happening is not None}
    return [replace(e, in_headline=id(e) in found or e.happening in happenings) for e in events]


def _tells(event: Event, told: Event) -> bool:
    """Do both tell of one deed? A lead says again what the headline says, so there one thing in common is enough."""
    if _is_other(event, told):
        return False
    sides = ((event.actors, told.actors), (_struck(event), _struck(told)))
    both = [(one, other) for one, other in sides if one and other]
    shared = [pair for pair in both if _share(*pair)]
    apart = [pair for pair in both if pair not in shared and not _may_be_same(*pair)]
    if event.part == "lead":
        same_way = event.mode is not None and event.mode == told.mode and _same_place(event, told)
        return bool(shared) or not apart or same_way
    return not apart and (bool(shared) or _same_toll(event, told) or _same_place(event, told))


def _struck(event: Event) -> list[Participant]:
    """The recipients but the place itself: "a bombing in Karo"."""
    return [p for p in event.recipients if event.place is None or p.text != event.place.text]


def _is_other(event: Event, told: Event) -> bool:
    """Another kind of deed, or one that differs in what is told of it."""
    if (event.type, event.polarity, event.modality) != (told.type, told.polarity, told.modality):
        return True
    ways = {event.mode, told.mode} - {None}
    if len(ways) > 1 and not ways <= FROM_AFAR:
        return True
    tolls = [(getattr(event, t), getattr(told, t)) for t in TOLLS]
    return not places_meet(_where(event), _where(told)) or any(a and b and not counts_meet(a, b) for a, b in tolls)


def _where(event: Event) -> Place | None:
    """Its place, where that is known; not the country that only acts: "India and Pakistan held talks"."""
    place = event.place
    if place is None or place.geonameid is None:
        return None
    acts = place.precision == "country" and any(place.text in party.text for party in event.actors)
    return None if acts else place


def _same_toll(event: Event, told: Event) -> bool:
    return any(a and b and a.low == b.low for a, b in ((getattr(event, t), getattr(told, t)) for t in TOLLS))


def _same_place(event: Event, told: Event) -> bool:
    here, there = event.place, told.place
    return bool(here and there and here.name == there.name and here.precision not in {"country", "region"})


def _share(one: Sequence[Participant], other: Sequence[Participant]) -> bool:
    """A referent, a word, a number or the state's own force in common: "Iraqi jets" and "Iraq's army"."""
    return bool({k for p in one for k in _keys(p)} & {k for p in other for k in _keys(p)})


def _keys(party: Participant) -> set[str]:
    """What a party can be known by again."""
    told = PLACED.split(party.text)[0]
    numbers = find_numerals(told)
    for numeral in numbers:
        told = told.replace(numeral.text, " ")
    words = {w.lower().removesuffix("s") for w in WORD.findall(told)} - FUNCTION_WORDS
    keys = {w for w in words if w not in ANYBODY and f"{w}s" not in ANYBODY} | {f"{n.low:g}" for n in numbers if n.low}
    if party.entity_id is not None:
        keys.add(party.entity_id)
    if party.country is not None and (party.sector in FORCES or (party.sector is None and party.entity_id)):
        keys.add(f"state {party.country}")
    return keys


def _may_be_same(one: Sequence[Participant], other: Sequence[Participant]) -> bool:
    """Only "people" or a number on one of the two sides, or a like sector of no other country; no two numbers."""
    numbers = [{k for p in side for k in _keys(p) if k[0].isdigit()} for side in (one, other)]
    if all(numbers):
        return False
    if any(all(k[0].isdigit() for p in side for k in _keys(p)) for side in (one, other)):
        return True
    alike = any(
        a.sector is not None and a.sector == b.sector and None in {a.country, b.country} for a in one for b in other
    )
    return alike and not any(numbers)
