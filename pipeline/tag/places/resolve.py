"""Which place a name means: every reading of it in the gazetteer is weighed by what the document says.

Evidence, strongest first: what it is said to lie in ("Rawa, Anbar province, Iraq"), the kind of place named beside it
("province"), the countries and provinces that the rest of the document speaks of, nearness to its other places, and
how many people live there. All mentions of one name in a document mean one place.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import asin, cos, exp, log10, radians, sin, sqrt
from typing import TypeVar

from spacy.tokens import Doc

from pipeline.records import Mention, Place
from pipeline.spelling import normal_name
from pipeline.tag.names.nations import NATIONS, country_of, is_demonym, name_of
from pipeline.tag.places.gazetteer import Candidate, Gazetteer

Key = TypeVar("Key")

LABELS = frozenset({"GPE", "LOC", "FAC"})

# Weights of the evidence, chosen on development articles; each is in units of ten times the population.
WEIGHT = {
    "inside": 6.0,
    "country": 4.8,
    "admin1": 4.0,
    "near": 3.2,
    "feature": 3.0,
    "state": 2.5,
    "capital": 1.0,
    "admin": 1.0,
    "exact": 0.6,
}
NEAR_KM = 150.0
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class _Words:
    """What places.toml knows: feature codes by word, states' names by abbreviation."""

    features: Mapping[str, str]
    states: Mapping[str, tuple[str, str]]  # "Ala" → ("Alabama", "USA")
    regions: frozenset[str]


@cache
def _words() -> _Words:
    """The table, read once."""
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "places.toml").read_text(encoding="utf-8"))
    states = {
        short: (name, iso3)
        for iso3, rows in table["states"].items()
        for name, shorts in rows.items()
        for short in (name, *shorts)
    }
    return _Words(table["features"], states, frozenset(map(normal_name, table["regions"])))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A type word after a name, one before it ("town of"), and a state after a comma."""
    kinds = "|".join(_words().features)
    states = "|".join(re.escape(s) for s in sorted(_words().states, key=len, reverse=True))
    return (
        re.compile(rf"^[\s-]({kinds})\b", re.IGNORECASE),
        re.compile(rf"\b({kinds}) of (?:the )?$", re.IGNORECASE),
        re.compile(rf"^,\s*({states})(?![\w])"),
    )


@dataclass(slots=True)
class _Name:
    """One name of the document: its readings and what the text says of it."""

    candidates: tuple[Candidate, ...]
    feature: str | None = None
    outer: list[str] = field(default_factory=list)  # names it is said to lie in, as keys
    states: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0
    shares: tuple[float, ...] = ()  # of the evidence, one a reading; they sum to 1

    @property
    def best(self) -> int | None:
        """Index of the reading with the most evidence."""
        return max(range(len(self.shares)), key=self.shares.__getitem__) if self.shares else None


@dataclass(slots=True)
class _Context:
    """What the document speaks of: shares of countries and provinces (0..1), and points."""

    countries: Mapping[str | None, float]
    admin1s: Mapping[tuple[str | None, str | None], float]
    points: Sequence[tuple[str, Candidate]]


def distance_km(a: Candidate, b: Candidate) -> float | None:
    """Great-circle distance, None when a point is unknown."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    la, lo, lb, lp = map(radians, (a.latitude, a.longitude, b.latitude, b.longitude))
    return 2 * 6371 * asin(min(1.0, sqrt(sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin((lp - lo) / 2) ** 2)))


def _bare(name: str) -> tuple[str, str | None]:
    """The name without its type word, and the feature code of that word: "Anbar province" → "Anbar", ADM1."""
    words = name.split()
    features = _words().features
    if len(words) > 1 and words[-1].lower() in features:
        return " ".join(words[:-1]), features[words[-1].lower()]
    if len(words) > 2 and words[1].lower() == "of" and words[0].lower() in features:
        return " ".join(words[2:]), features[words[0].lower()]
    return name, None


def _candidates(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """All readings: of the name as it stands, without its type word, else of the place that it is a part of."""
    words = _words()
    if normal_name(name) in words.regions:
        return ()
    if state := words.states.get(name.rstrip(".")):
        name = state[0]
    found = gazetteer.lookup(name)
    if is_demonym(name) and (iso3 := country_of(name)):
        return tuple(
            c for n in NATIONS[iso3].names[:1] for c in gazetteer.lookup(n) if c.country == iso3 and c.feature == "PCLI"
        )
    bare, feature = _bare(name)
    if feature:
        found += tuple(c for c in gazetteer.lookup(bare) if c not in found)
    if iso3 := name_of(name):
        found = tuple(c for c in found if c.feature != "PCLI" or c.country == iso3)
    if not found and (part := _PART.match(name)):
        return _candidates(name[part.end() :], gazetteer)
    return found


def _collect(doc: Doc, mentions: Sequence[Mention], gazetteer: Gazetteer) -> dict[str, _Name]:
    """The names of the document by key, with the evidence that stands beside each of their mentions."""
    names: dict[str, _Name] = {}
    for index, mention in enumerate(mentions):
        key = normal_name(mention.text)
        if key not in names:
            names[key] = _Name(_candidates(mention.text, gazetteer), _bare(mention.text)[1])
        name = names[key]
        name.count += 1
        _read_around(doc.text, mention, name)
        follower = mentions[index + 1] if index + 1 < len(mentions) else None
        if follower and _CONTAINS.fullmatch(doc.text[mention.end : follower.start]):
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


def _read_around(text: str, mention: Mention, name: _Name) -> None:
    """Type words and abbreviated states beside the mention."""
    after, before, state = _patterns()
    tail = text[mention.end : mention.end + 40]
    kind = after.match(tail) or before.search(text[max(0, mention.start - 30) : mention.start])
    if kind and name.feature is None:
        name.feature = _words().features[kind[1].lower()]
    if found := state.match(tail):
        name.states.append(_words().states[found[1]])


def _inside(candidate: Candidate, outer: _Name) -> bool:
    """Does the place lie in one of the readings of the other name?"""
    for whole in outer.candidates:
        if whole.feature == "PCLI" and whole.country == candidate.country and candidate.feature != "PCLI":
            return True
        if whole.feature == "ADM1" and (whole.country, whole.admin1) == (candidate.country, candidate.admin1):
            return whole.geonameid != candidate.geonameid
        if whole.feature == "ADM2" and whole.admin1 == candidate.admin1:
            km = distance_km(whole, candidate)
            return km is not None and km < NEAR_KM
    return False


def _context(names: Mapping[str, _Name], mentions: Iterable[Mention]) -> _Context:
    """What all names say together, each reading with its share; and the states of peoples and bodies."""
    countries: defaultdict[str | None, float] = defaultdict(float)
    admin1s: defaultdict[tuple[str | None, str | None], float] = defaultdict(float)
    for mention in mentions:
        if mention.label in {"NORP", "ORG"} and (iso3 := country_of(mention.text)):
            countries[iso3] += 1
    points = []
    for key, name in names.items():
        for candidate, share in zip(name.candidates, name.shares, strict=False):
            countries[candidate.country] += share * (1 + log10(name.count))
            if candidate.admin1:
                admin1s[candidate.country, candidate.admin1] += share
        if name.best is not None:
            points.append((key, name.candidates[name.best]))
    return _Context(_shares(countries), _shares(admin1s), points)


def _shares(counts: Mapping[Key, float]) -> dict[Key, float]:
    """Each count as a share of the whole."""
    total = sum(counts.values()) or 1.0
    return {key: value / total for key, value in counts.items()}


def _weigh(candidate: Candidate, key: str, name: _Name, context: _Context, names: Mapping[str, _Name]) -> float:
    """How well a reading fits; more is better."""
    score = log10(candidate.population + 10)
    if candidate.feature == "PCLI":
        score += WEIGHT["state"]
    elif candidate.feature == "ADM1":
        score += WEIGHT["admin"]
    elif candidate.feature == "PPLC":
        score += WEIGHT["capital"]
    if name.feature:
        score += WEIGHT["feature"] if _same_kind(candidate.feature, name.feature) else -WEIGHT["feature"]
    if normal_name(candidate.name) == key:
        score += WEIGHT["exact"]
    outer = [names[o] for o in name.outer if o in names]
    if any(_inside(candidate, o) for o in outer) or (candidate.admin1, candidate.country) in name.states:
        score += WEIGHT["inside"]
    score += WEIGHT["country"] * context.countries.get(candidate.country, 0.0)
    score += WEIGHT["admin1"] * context.admin1s.get((candidate.country, candidate.admin1), 0.0)
    return score + WEIGHT["near"] * _nearness(candidate, key, context)


def _same_kind(feature: str, wanted: str) -> bool:
    """Is the place of the kind named beside it? ADM1 and ADM2 are one: states name their divisions differently."""
    return feature[:3] == wanted[:3]


def _nearness(candidate: Candidate, key: str, context: _Context) -> float:
    """Share of the document's other places that lie near."""
    others = [c for k, c in context.points if k != key and c.feature != "PCLI"]
    near = [c for c in others if (km := distance_km(candidate, c)) is not None and km < NEAR_KM]
    return len(near) / len(others) if others else 0.0


def _resolve(names: Mapping[str, _Name], mentions: Sequence[Mention]) -> None:
    """Settle every name: first by itself, then in the light of the others."""
    context = _context({}, mentions)
    for _ in range(ROUNDS):
        for key, name in names.items():
            weights = [_weigh(c, key, name, context, names) for c in name.candidates]
            odds = [exp(w - max(weights)) for w in weights]
            name.shares = tuple(o / sum(odds) for o in odds)
        context = _context(names, mentions)


def _place(mention: Mention, name: _Name) -> Place:
    """The mention with the reading that was chosen; without one, a place of which nothing is known."""
    best = name.candidates[name.best] if name.best is not None else None
    return Place(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        name=best.name if best else mention.text,
        geonameid=best.geonameid if best else None,
        latitude=best.latitude if best else None,
        longitude=best.longitude if best else None,
        country=best.country if best else None,
        admin1=best.admin1 if best else None,
        feature=best.feature if best else None,
        score=round(max(name.shares, default=0.0), 3),
    )


def find_places(doc: Doc, mentions: tuple[Mention, ...], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that GPE, LOC and FAC mentions mean, and the states that demonyms point to, in the order of the text.

    `score` is the chosen reading's share of the evidence among all readings (0..1). A name that the gazetteer does not
    know has score 0 and None for everything but its text.
    """
    named = [m for m in mentions if m.label in LABELS or (m.label == "NORP" and is_demonym(m.text))]
    names = _collect(doc, named, gazetteer)
    _resolve(names, mentions)
    return tuple(_place(m, names[normal_name(m.text)]) for m in named)
