"""What a document says of its place names: their readings, and the evidence that stands beside each mention."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.records import Mention
from pipeline.spelling import normal_name
from pipeline.tag.places.apart import is_inside, told_apart
from pipeline.tag.places.gazetteer import Candidate, Gazetteer
from pipeline.tag.places.geometry import lies_in
from pipeline.tag.places.inner import Part, may_be_part
from pipeline.tag.places.precedence import Precedence, precedence
from pipeline.tag.places.readings import is_code, may_be_code, readings_of
from pipeline.tag.places.words import bare_name, patterns, place_words


@dataclass(slots=True)
class PlaceName:
    """One name of the document: its readings and what the text says of it."""

    name: str  # in normal form
    candidates: tuple[Candidate, ...]
    feature: str | None = None
    outer: list[str] = field(default_factory=list)  # names it is said to lie in, as keys
    states: list[tuple[str | None, str | None]] = field(default_factory=list)  # (admin1, country) it is said to lie in
    count: int = 0
    beside: set[str] = field(default_factory=set)  # keys of the names before and after it in its sentences
    is_part: bool = False  # of the name of a body that may be named after anything
    is_guess: bool = False  # no place bears the name; the readings are spelt like it
    shares: tuple[float, ...] = ()  # of the evidence, one a reading; they sum to 1
    precedence: Precedence = field(default_factory=Precedence)  # among the readings of the bare name

    @property
    def best(self) -> int | None:
        """Index of the reading with the most evidence."""
        return max(range(len(self.shares)), key=self.shares.__getitem__) if self.shares else None

    @property
    def is_state(self) -> bool:
        """Is the reading with the most evidence a state?"""
        return self.best is not None and self.candidates[self.best].feature == "PCLI"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a document by key, and the key of each mention.

    Mentions of one name share a key, and so a place. Five kinds have a key of their own: those that the text tells
    apart ("Salamanca, Mexico" and "Salamanca, Spain"; see `apart`), those with a word for another
    kind of place than the bare name means ("Niger state"), those after a place that lies in another of its bearers
    ("Atlanta, Georgia"), short ones in capitals ("FLA"), and parts of the names of bodies that never stand alone.
    """

    by_key: Mapping[str, PlaceName]
    keys: Sequence[str]


def collect(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer, parts: Sequence[Part] = ()) -> Names:
    """The names of the document, with the evidence that stands beside each of their mentions."""
    names: dict[str, PlaceName] = {}
    told = told_apart(text, mentions, gazetteer)
    part_of = {(p.mention.start, p.mention.end): p for p in parts if not p.alone}
    keys: list[str] = []
    for index, mention in enumerate(mentions):
        key, name = _named(text, mention, part_of.get((mention.start, mention.end)), gazetteer)
        if within := told.get(index):
            kept = tuple(c for c in name.candidates if c.geonameid in within.ids)
            key, name = f"{key} (in {within.whole})", replace(name, candidates=kept or name.candidates)
        if index and is_inside(text, mentions[index - 1], mention):
            key, name = _whole(key, name, names[keys[-1]])
        keys.append(key)
        name = names.setdefault(key, name)
        name.count += 1
        _read_around(text, mention, name, gazetteer)
    _relate(text, mentions, keys, names)
    return Names(names, keys)


NAMES_BESIDE = 5  # names of one sentence that are near enough to say where another lies
_SENTENCE = re.compile(r"[a-z0-9)][.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])|\n")


def _relate(text: str, mentions: Sequence[Mention], keys: Sequence[str], names: Mapping[str, PlaceName]) -> None:
    """Note which names are said to lie in others, and which stand beside each other in a sentence."""
    pairs = list(zip(mentions, keys, strict=True))
    for index, (mention, key) in enumerate(pairs):
        following = pairs[index + 1 : index + 1 + NAMES_BESIDE]
        if following and is_inside(text, mention, following[0][0]):
            names[key].outer.append(following[0][1])
        for other, other_key in following:
            if _SENTENCE.search(text, mention.end, other.start + 1):
                break
            names[key].beside.add(other_key)
            names[other_key].beside.add(key)


def _named(text: str, mention: Mention, part: Part | None, gazetteer: Gazetteer) -> tuple[str, PlaceName]:
    """The key of a mention's name, and the name with its readings."""
    key, found, feature = normal_name(mention.text), readings_of(mention.text, gazetteer), bare_name(mention.text)[1]
    if not found and key not in place_words().regions:
        return key, PlaceName(key, gazetteer.lookup_fuzzy(mention.text), feature, is_guess=True)
    first = precedence(mention.text, found)
    if part is not None:
        kept = found if part.civic else tuple(c for c in found if may_be_part(part, c))
        is_part, first = not part.civic, precedence(mention.text, kept)
        return f"{key} (part)", PlaceName(key, kept, feature, is_part=is_part, precedence=first)
    if is_code(text, mention):
        kept = tuple(c for c in found if may_be_code(text, mention, c))
        return f"{key} (code)", PlaceName(key, kept, feature, precedence=precedence(mention.text, kept))
    if first.outranked and (kind := feature or _kind_beside(text, mention)):
        return f"{key} ({kind})", PlaceName(key, _of_kind(found, kind), kind)
    return key, PlaceName(key, found, feature, precedence=first)


def _of_kind(found: tuple[Candidate, ...], kind: str) -> tuple[Candidate, ...]:
    """The places of a kind, but for the capital's own division: "Washington state" is not D.C."""
    capitals = {(c.country, c.admin1) for c in found if c.feature == "PPLC"}
    same = tuple(c for c in found if c.feature[:3] == kind[:3])
    return tuple(c for c in same if c.feature != "ADM1" or (c.country, c.admin1) not in capitals) or same or found


def _whole(key: str, name: PlaceName, inner: PlaceName) -> tuple[str, PlaceName]:
    """A country's name after a place that lies in another of its bearers: "Atlanta, Georgia" leaves "Georgia" alone."""
    around = tuple(c for c in name.candidates if any(lies_in(i, c) for i in inner.candidates))
    if not around or len(around) == len(name.candidates) or all(c.feature != "PCLI" for c in name.candidates):
        return key, name
    return f"{key} (of {inner.name})", replace(name, candidates=around)


def _kind_beside(text: str, mention: Mention) -> str | None:
    """Feature code of a word for a kind of place before or after the name."""
    after, before, _ = patterns()
    kind = after.match(text[mention.end : mention.end + 40])
    kind = kind or before.search(text[max(0, mention.start - 30) : mention.start])
    return place_words().features[kind[1].lower()] if kind else None


def _read_around(text: str, mention: Mention, name: PlaceName, gazetteer: Gazetteer) -> None:
    """Type words and abbreviated states beside the mention."""
    if name.feature is None:
        name.feature = _kind_beside(text, mention)
    if found := patterns()[2].match(text[mention.end : mention.end + 40]):
        state, iso3 = place_words().states[found[1]]
        divisions = (c for c in gazetteer.lookup(state) if c.country == iso3 and c.feature in {"ADM1", "PPLC"})
        name.states += [(c.admin1, c.country) for c in divisions]
