"""What a document says of its place names: their readings, and the evidence that stands beside each mention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.records import Mention
from pipeline.spelling import normal_name
from pipeline.tag.names.nations import NATIONS, country_of, is_demonym, name_of
from pipeline.tag.places.gazetteer import Candidate, Gazetteer
from pipeline.tag.places.words import bare_name, patterns, place_words


@dataclass(slots=True)
class PlaceName:
    """One name of the document: its readings and what the text says of it."""

    candidates: tuple[Candidate, ...]
    feature: str | None = None
    outer: list[str] = field(default_factory=list)  # names it is said to lie in, as keys
    states: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0
    is_guess: bool = False  # no place bears the name; the readings are spelt like it
    shares: tuple[float, ...] = ()  # of the evidence, one a reading; they sum to 1

    @property
    def best(self) -> int | None:
        """Index of the reading with the most evidence."""
        return max(range(len(self.shares)), key=self.shares.__getitem__) if self.shares else None


def _candidates(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """All readings: of the name as it stands, without its type word, else of the place that it is a part of."""
    words = place_words()
    if normal_name(name) in words.regions:
        return ()
    if state := words.states.get(name.rstrip(".")):
        name = state[0]
    found = gazetteer.lookup(name)
    if is_demonym(name) and (iso3 := country_of(name)):
        return tuple(
            c for n in NATIONS[iso3].names[:1] for c in gazetteer.lookup(n) if c.country == iso3 and c.feature == "PCLI"
        )
    bare, feature = bare_name(name)
    if feature:
        found += tuple(c for c in gazetteer.lookup(bare) if c not in found)
    if iso3 := name_of(name):
        found = tuple(c for c in found if c.feature != "PCLI" or c.country == iso3)
    if not found and (part := _PART.match(name)):
        return _candidates(name[part.end() :], gazetteer)
    return found


def _place_name(text: str, gazetteer: Gazetteer) -> PlaceName:
    """A name with its readings; those of names that are only spelt like it where it has none of its own."""
    found, feature = _candidates(text, gazetteer), bare_name(text)[1]
    if found or normal_name(text) in place_words().regions:
        return PlaceName(found, feature)
    return PlaceName(gazetteer.lookup_fuzzy(text), feature, is_guess=True)


def collect(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> dict[str, PlaceName]:
    """The names of the document by key, with the evidence that stands beside each of their mentions."""
    names: dict[str, PlaceName] = {}
    for index, mention in enumerate(mentions):
        key = normal_name(mention.text)
        if key not in names:
            names[key] = _place_name(mention.text, gazetteer)
        name = names[key]
        name.count += 1
        _read_around(text, mention, name)
        follower = mentions[index + 1] if index + 1 < len(mentions) else None
        if follower and _CONTAINS.fullmatch(text[mention.end : follower.start]):
            name.outer.append(normal_name(follower.text))
    return names


# "Western Canada", "Greater Manchester", "southern Baghdad": placed where the whole is, if the part has no entry.
_PART = re.compile(
    r"(?:(?:the|greater|metro|central|upper|lower|downtown|(?:north|south)?(?:east|west)?(?:north|south)?(?:ern)?|north-east(?:ern)?"
    r"|north-west(?:ern)?|south-east(?:ern)?|south-west(?:ern)?|mid)\s+)+(?=\w)",
    re.IGNORECASE,
)
# "Rawa, Anbar province", "Rawa in Anbar", "Rawa, a town in western Anbar".
_CONTAINS = re.compile(
    r"(?:\s+\w+)?(?:,\s*|\s+in\s+(?:the\s+)?(?:\w+\s+)?|,\s+(?:a|the)\s+[\w ]{1,30}\s(?:in|of)\s+(?:\w+\s+)?|\s+\()"
)


def _read_around(text: str, mention: Mention, name: PlaceName) -> None:
    """Type words and abbreviated states beside the mention."""
    after, before, state = patterns()
    tail = text[mention.end : mention.end + 40]
    kind = after.match(tail) or before.search(text[max(0, mention.start - 30) : mention.start])
    if kind and name.feature is None:
        name.feature = place_words().features[kind[1].lower()]
    if found := state.match(tail):
        name.states.append(place_words().states[found[1]])
