"""Events of one document that tell of the same happening: `happening` is one number for all of them.

"A bomb killed 12 people in Karo. … Police said the blast in Karo killed 12." Two are one only where something speaks
for it and nothing against it: nothing is merged that the text may mean apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Count, Event, Participant, Place

TOLLS = ("killed", "wounded", "arrested", "captured", "displaced")
WIDE_PRECISIONS = frozenset({"country", "region", "admin1"})
TAIL = re.compile(r"(?<=\w) (?:of|in|from|for) ")
ANYBODY = frozenset(
    {"people", "person", "persons", "others", "civilians", "victims", "dozens", "hundreds", "thousands"}
)


def with_happenings(events: Sequence[Event]) -> list[Event]:
    """The events with the number of what they tell of, counted from 1 in the order given."""
    groups: list[list[Event]] = []
    found: list[Event] = []
    for event in events:
        number = next((n for n, group in enumerate(groups) if _joins(event, group)), len(groups))
        if number == len(groups):
            groups.append([])
        groups[number].append(event)
        found.append(replace(event, happening=number + 1))
    return found


def _joins(event: Event, group: Sequence[Event]) -> bool:
    """Does it tell of what one of the group tells of, without contradicting any?"""
    return not any(_contradict(event, other) for other in group) and any(_speaks_for(event, other) for other in group)


def _contradict(one: Event, other: Event) -> bool:
    if (one.type, one.polarity, one.modality) != (other.type, other.polarity, other.modality):
        return True
    if one.modality == "hypothetical" or (one.mode and other.mode and one.mode != other.mode):
        return True
    if not (_dates_meet(one, other) and places_meet(one.place, other.place)):
        return True
    tolls = [(getattr(one, t), getattr(other, t)) for t in TOLLS]
    if any(a and b and not counts_meet(a, b) for a, b in tolls):
        return True
    return not (_sides_meet(one.actors, other.actors) and _sides_meet(one.recipients, other.recipients))


def may_be_one(one: Event, other: Event) -> bool:
    """Does nothing of when, where and by whom speak against it?"""
    if (one.type, one.polarity, one.modality) != (other.type, other.polarity, other.modality):
        return False
    together = _dates_meet(one, other) and places_meet(one.place, other.place)
    return together and _sides_meet(one.actors, other.actors)


def _speaks_for(one: Event, other: Event) -> bool:
    """A toll, a victim, or both who and where in common."""
    if any(a and b and a.low == b.low for a, b in ((getattr(one, t), getattr(other, t)) for t in TOLLS)):
        return True
    if _share(one.recipients, other.recipients):
        return True
    same_place = one.place is not None and other.place is not None and one.place.name == other.place.name
    same_deed = one.mode is not None and one.mode == other.mode
    return same_place and (same_deed or _share(one.actors, other.actors))


def _dates_meet(one: Event, other: Event) -> bool:
    if not (one.date_start and one.date_end and other.date_start and other.date_end):
        return True
    return one.date_start <= other.date_end and other.date_start <= one.date_end


def places_meet(one: Place | None, other: Place | None) -> bool:
    """The same place, or one in the other."""
    if one is None or other is None or one.name == other.name:
        return True
    if one.country != other.country:
        return False
    for wide, narrow in ((one, other), (other, one)):
        if wide.precision in WIDE_PRECISIONS and wide.admin1 in {None, narrow.admin1}:
            return True
    return False


def counts_meet(one: Count, other: Count) -> bool:
    """Can both counts be of the same people?"""
    return one.low <= (other.high or one.low) and other.low <= (one.high or other.low)


def _sides_meet(one: Sequence[Participant], other: Sequence[Participant]) -> bool:
    """Nobody on one of the two sides, somebody on both, or only "people"."""
    if not one or not other or _share(one, other):
        return True
    return any(all(_head(p) in ANYBODY for p in side) for side in (one, other))


def _share(one: Sequence[Participant], other: Sequence[Participant]) -> bool:
    return bool({n for p in one for n in _names(p)} & {n for p in other for n in _names(p)})


def _names(party: Participant) -> list[object]:
    """What a party can be known by again: its entity and its words; a name may be found in only one of two places."""
    words: list[object] = [] if _head(party) in ANYBODY else [party.text.lower().removeprefix("the ")]
    return [party.entity_id, *words] if party.entity_id is not None else words


def _head(party: Participant) -> str:
    """ "people" of "12 people in Karo"."""
    return TAIL.split(party.text.lower())[0].split()[-1]
