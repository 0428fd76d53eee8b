"""Places of one name that the text tells apart: "Salamanca, in Mexico's Guanajuato state", "Salamanca, Spain"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Mention
from pipeline.spelling import normal_name
from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.geometry import lies_in
from pipeline.tag.places.readings import readings_of

# "A town 27 km west of Goma" lies outside of it.
BEARING = "(?<!north)(?<!south)(?<!east)(?<!west)(?<!km)(?<!miles)(?<!outside)"
# "Rawa, Anbar province", "Rawa in Anbar", "Rawa, in northern Anbar", "Rawa, a town in western Anbar".
_CONTAINS = re.compile(
    r"(?:\s+\w+)?(?:,\s*|,?\s+in\s+(?:the\s+)?(?:\w+\s+)?|\s+\("
    rf"|,\s+(?:a|the)\s+[\w ]{{1,30}}{BEARING}\s(?:in|of)\s+(?:\w+\s+)?)"
)


def is_inside(text: str, mention: Mention, follower: Mention) -> bool:
    """Does the text say that the first place lies in the second?"""
    return follower.start >= mention.end and _CONTAINS.fullmatch(text[mention.end : follower.start]) is not None


@dataclass(frozen=True, slots=True)
class Within:
    """What a mention is said to lie in, and the ids of the places of its name that lie there."""

    whole: str
    ids: frozenset[int]


def told_apart(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Mapping[int, Within]:
    """By index, the mentions of names that are said to lie in two wholes; one without a whole is the last that had one.

    Nothing for a name that is said to lie in one whole only, or in wholes that share it.
    """
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        by_name[normal_name(mention.text)].append(index)
    found: dict[int, Within] = {}
    for indices in by_name.values():
        said = {i: w for i in indices if len(indices) > 1 and (w := _within(text, mentions, i, gazetteer))}
        if len(said) > 1 and not frozenset.intersection(*(w.ids for w in said.values())):
            found |= _carried_on(indices, said)
    return found


def _carried_on(indices: Sequence[int], said: Mapping[int, Within]) -> Mapping[int, Within]:
    last = next(iter(said.values()))
    return {i: (last := said.get(i, last)) for i in indices}


def _within(text: str, mentions: Sequence[Mention], index: int, gazetteer: Gazetteer) -> Within | None:
    """What stands behind the mention as the whole that it lies in, if a place of its name does."""
    for whole in mentions[index + 1 : index + 3]:  # "Salamanca, in Mexico's Guanajuato state"
        if not is_inside(text, mentions[index], whole):
            return None
        outer = readings_of(whole.text, gazetteer)
        inner = readings_of(mentions[index].text, gazetteer)
        ids = frozenset(c.geonameid for c in inner if any(lies_in(c, o) for o in outer))
        if ids:
            return Within(normal_name(whole.text), ids)
    return None
