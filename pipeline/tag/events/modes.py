"""Modes that the words around a deed tell: "A bomb went off in Karo. Two guards were killed in the attack."

PLOVER takes the mode from the sentence or the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import lru_cache

from pipeline.records import Event
from pipeline.tag.events.linked import may_be_one
from pipeline.tag.events.triggers import Lexicon

# How it was done: the outcome of such a deed is often told apart from it.
BY_MEANS = frozenset(
    {"explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "firearms", "primitive", "unconventional"}
)
FROM_AFAR = BY_MEANS - {"firearms", "primitive", "unconventional"}  # what damages houses
THE = re.compile(r"\b(?:the|this|that|these|those) (?:\w+ )?$", re.IGNORECASE)
GAP = 3  # characters between two sentences: a space, or a break of paragraphs


def with_modes(text: str, events: Sequence[Event], lexicon: Lexicon) -> list[Event]:
    """What came of a deed, or the deed told again, takes the mode that the same sentence tells, else the one before."""
    effects = _effects(lexicon)
    scales = lexicon.types["ASSAULT"].modes
    found = list(events)
    for number, event in enumerate(events):
        mode = _told_around(event, found, _open_to(text, event, effects))
        if mode is not None:
            found[number] = replace(event, mode=mode, scale=scales[mode])
    return found


@lru_cache(maxsize=4)
def _effects(lexicon: Lexicon) -> Set[str]:
    """Ids of the entries that tell what came of a deed."""
    return {t.id for t in lexicon.triggers if t.effect}


def _open_to(text: str, event: Event, effects: Set[str]) -> Set[str]:
    """Modes that an event would take: an outcome or "the attack" any, a thing destroyed by nobody those from afar."""
    if event.type != "ASSAULT":
        return frozenset()
    if event.mode == "destroy" and not event.actors:
        return FROM_AFAR
    again = THE.search(text, max(0, event.trigger.start - 30), event.trigger.start) is not None
    return BY_MEANS if event.mode is None and (again or event.rule in effects) else frozenset()


def _told_around(event: Event, events: Sequence[Event], wanted: Set[str]) -> str | None:
    """The one mode that the nearest sentence with any of these tells of what may be the same deed."""
    if not wanted:
        return None
    alike = [e for e in events if e.mode in wanted and may_be_one(e, event)]
    here = {e.mode for e in alike if e.sentence_start == event.sentence_start}
    before = {e.mode for e in alike if 0 <= event.sentence_start - e.sentence_end <= GAP}
    modes = here or before
    return modes.pop() if len(modes) == 1 else None
