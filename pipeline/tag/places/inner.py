"""Places in other names: "Mansfield" in "Mansfield Police Department", "Michigan" in "University of Michigan".

Bodies are named after people and ideas as often as after towns: "Columbia University", "Save the Children". So a place
is read in a body's name when it is a state, its capital or a first-level division, which few people are named after;
a city of half a million; a town of 30,000 where the body is one that towns have ("Police Department") or where the
text speaks of places near; and what the text also names by itself. Of an actor that is known nothing is read but its
own state: who it is says more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Mention
from pipeline.spelling import normal_name
from pipeline.tag.names.nations import country_of, is_demonym, name_of
from pipeline.tag.places.gazetteer import Candidate, Gazetteer
from pipeline.tag.places.words import place_words

LABELS = frozenset({"ORG", "FAC", "EVENT"})
LEAST_PEOPLE = 30_000
LEAST_PEOPLE_ANYWHERE = 500_000
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_OF = re.compile(r"\b(?:of|in) (?:the )?(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Part:
    """A place name in the name of a body.

    `civic`: the name says that it is one, by "of" or as that of a body that towns have; `alone`: it stands alone
    elsewhere in the text.
    """

    mention: Mention
    civic: bool
    alone: bool


def inner_names(mentions: Sequence[Mention], named: Sequence[Mention], gazetteer: Gazetteer) -> list[Part]:
    """Place names at the beginning, or after "of", of names of bodies and buildings."""
    alone = {normal_name(m.text) for m in named}
    taken = {(m.start, m.end) for m in named}
    found = []
    for mention in mentions:
        if mention.label in LABELS:
            inside = _inside(mention, alone, gazetteer)
            found += [p for p in inside if not _overlaps(p.mention, taken) and _is_said(p, mention)]
    return found


def _is_said(part: Part, body: Mention) -> bool:
    """Of a known actor only its own state is: the "U.S." of "U.S. Army", not the Lebanon of a force of the UN there."""
    return body.known is None or (body.country is not None and _state(part.mention.text) == body.country)


def _state(words: str) -> str | None:
    """ISO 3166 alpha-3 of a state's name or its adjective."""
    return name_of(words) or (country_of(words) if is_demonym(words) else None)


def _overlaps(mention: Mention, taken: set[tuple[int, int]]) -> bool:
    return any(s < mention.end and mention.start < e for s, e in taken)


def _inside(mention: Mention, alone: set[str], gazetteer: Gazetteer) -> Iterator[Part]:
    """The longest name at each beginning."""
    civic = any(word.lower() in place_words().civic for word in _WORD.findall(mention.text))
    starts = [0, *(m.end() for m in _OF.finditer(mention.text))]
    for start in starts:
        words = list(_WORD.finditer(mention.text, start))[:3]
        for last in reversed(words):
            text = mention.text[start : last.end()]
            if (last.end() < len(mention.text) or start) and text[0].isupper():
                name = Mention(start=mention.start + start, end=mention.start + last.end(), text=text, label="GPE")
                part = Part(name, civic or start > 0, normal_name(text) in alone)
                if _is_place(part, gazetteer):
                    yield part
                    break


def _is_place(part: Part, gazetteer: Gazetteer) -> bool:
    text = part.mention.text
    key = normal_name(text)
    if key in place_words().ordinary or key in place_words().regions:
        return False
    if part.alone or _state(text):
        return True
    found = gazetteer.lookup(text) if len(text) > 3 else ()
    return any(may_be_part(part, c) and (c.population >= LEAST_PEOPLE or is_large(c)) for c in found)


def may_be_part(part: Part, place: Candidate) -> bool:
    """May a name that never stands alone mean this place? Of others than states only the main name."""
    if place.feature == "PCLI":
        return _state(part.mention.text) == place.country
    return normal_name(place.name) == normal_name(part.mention.text)


def is_large(place: Candidate) -> bool:
    """Is it known widely enough that a body anywhere is taken to be named after it?"""
    return place.feature in {"PCLI", "PPLC", "ADM1"} or place.population >= LEAST_PEOPLE_ANYWHERE
