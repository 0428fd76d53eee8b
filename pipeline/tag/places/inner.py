"""Places in other names: "Mansfield" in "Mansfield Police Department", "Michigan" in "University of Michigan"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.records import Mention
from pipeline.spelling import normal_name
from pipeline.tag.names.nations import name_of
from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.words import place_words

LABELS = frozenset({"ORG", "FAC", "EVENT"})
LEAST_PEOPLE = 30_000  # of a town that the text does not name by itself
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_OF = re.compile(r"\b(?:of|in) (?:the )?(?=[A-Z])")


def inner_names(mentions: Sequence[Mention], named: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Place names at the beginning, or after "of", of names of bodies and buildings, as mentions of their own.

    Only states, provinces, towns of some size and places that the text also names by themselves.
    """
    alone = {normal_name(m.text) for m in named}
    taken = {(m.start, m.end) for m in named}
    found = []
    for mention in mentions:
        if mention.label in LABELS:
            found += [m for m in _inside(mention, alone, gazetteer) if not _overlaps(m, taken)]
    return found


def _overlaps(mention: Mention, taken: set[tuple[int, int]]) -> bool:
    return any(s < mention.end and mention.start < e for s, e in taken)


def _inside(mention: Mention, alone: set[str], gazetteer: Gazetteer) -> Iterator[Mention]:
    """The longest name at each beginning."""
    starts = [0, *(m.end() for m in _OF.finditer(mention.text))]
    for start in starts:
        words = list(_WORD.finditer(mention.text, start))[:3]
        for last in reversed(words):
            text = mention.text[start : last.end()]
            if (last.end() < len(mention.text) or start) and text[0].isupper() and _is_place(text, alone, gazetteer):
                yield Mention(start=mention.start + start, end=mention.start + last.end(), text=text, label="GPE")
                break


def _is_place(text: str, alone: set[str], gazetteer: Gazetteer) -> bool:
    key = normal_name(text)
    if key in place_words().ordinary or key in place_words().regions:
        return False
    if key in alone or name_of(text):
        return True
    found = gazetteer.lookup(text) if len(text) > 3 else ()
    return any(
        c.feature in {"ADM1", "PCLI"} or (c.population >= LEAST_PEOPLE and normal_name(c.name) == key) for c in found
    )
