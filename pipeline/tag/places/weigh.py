"""How well each reading of a place name fits its document: the evidence, its weights, each reading's share of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log10
from typing import TypeVar

from pipeline.records import Mention
from pipeline.spelling import normal_name
from pipeline.tag.names.nations import country_of
from pipeline.tag.places.evidence import PlaceName
from pipeline.tag.places.gazetteer import Candidate
from pipeline.tag.places.geometry import distance_km, lies_in

Key = TypeVar("Key")

# Weights of the evidence, chosen on development articles; each is in units of ten times the population.
WEIGHT = {
    "inside": 6.0,  # it is said to lie in this place's country, province or district
    "country": 4.8,  # share of the document's names that speak of its country
    "admin1": 4.0,  # … of its province
    "near": 3.2,  # … that lie near it
    "feature": 3.0,  # it is of the kind of place that is named beside it
    "state": 2.5,  # it is a state
    "capital": 1.0,
    "admin": 1.0,  # it is a first-level division
    "exact": 0.6,  # this is its main name
    "unsaid": -1.0,  # it is a district, which is not said beside it: its town is meant
    "listed": 4.5,  # it is on our own list of what news speaks of, where few have people
    "beside": 2.0,  # share of the names in its sentences that speak of its country
    "home": 2.5,  # it lies in the country of the feed or of the dateline
    "outranked": -8.0,  # another place bears the name by right: Niger is no state of Nigeria (see `precedence`)
}
NEAR_KM = 150.0
ROUNDS = 4
VILLAGE = 5_000  # people
LARGER = 20  # times: "Labour won Wakefield" is not Wakefield in Quebec, though a party lost in Quebec
OWN = 0.5  # of what a name says of countries and provinces itself is counted in its favor


Division = tuple[str | None, str | None]  # country, admin1


@dataclass(slots=True)
class Said:
    """What names say of countries and provinces: how often each is spoken of, a doubtful reading counting in part."""

    countries: defaultdict[str | None, float] = field(default_factory=lambda: defaultdict(float))
    admin1s: defaultdict[Division, float] = field(default_factory=lambda: defaultdict(float))


@dataclass(slots=True)
class Context:
    """What the document speaks of: in all and by name, the points of its places, and the feed's country."""

    said: Said
    by_name: Mapping[str, Said]  # by `PlaceName.name`
    points: Sequence[tuple[str, Candidate]]  # with `PlaceName.name`
    home: str | None

    def country_share(self, country: str | None, name: str) -> float:
        """How much of what is said of countries (0..1), what that name says counting in part, is said of this one."""
        return _share(self.said.countries, self.by_name[name].countries if name in self.by_name else {}, country)

    def admin1_share(self, division: Division, name: str) -> float:
        """The same of provinces."""
        return _share(self.said.admin1s, self.by_name[name].admin1s if name in self.by_name else {}, division)


def _share(all_said: Mapping[Key, float], own: Mapping[Key, float], key: Key) -> float:
    """How much of all is said of one, what a name says itself counting in part."""
    total = sum(all_said.values()) - (1 - OWN) * sum(own.values())
    return (all_said.get(key, 0.0) - (1 - OWN) * own.get(key, 0.0)) / total if total > 0 else 0.0


def settle(names: Mapping[str, PlaceName], mentions: Sequence[Mention], home: str | None) -> Context:
    """Give every reading its share of the evidence: first by itself, then in the light of the other names."""
    context = _context({}, mentions, home)
    for _ in range(ROUNDS):
        for key, name in names.items():
            weights = [sum(evidence_for(c, key, name, context, names).values()) for c in name.candidates]
            odds = [exp(w - max(weights)) for w in weights]
            name.shares = tuple(o / sum(odds) for o in odds)
        context = _context(names, mentions, home)
    return context


def _context(names: Mapping[str, PlaceName], mentions: Iterable[Mention], home: str | None) -> Context:
    """What all names say together, each reading with its share; and the states of peoples and bodies."""
    said, by_name, points = Said(), defaultdict[str, Said](Said), []
    for mention in mentions:
        if mention.label in {"NORP", "ORG"} and (iso3 := country_of(mention.text)):
            said.countries[iso3] += 1
    for name in names.values():
        if name.is_guess:
            continue
        for candidate, share in zip(name.candidates, name.shares, strict=False):
            for one in (said, by_name[name.name]):
                one.countries[candidate.country] += share * (1 + log10(name.count))
                if candidate.admin1:
                    one.admin1s[candidate.country, candidate.admin1] += share
        if name.best is not None:
            points.append((name.name, name.candidates[name.best]))
    return Context(said, by_name, points, home)


def evidence_for(
    candidate: Candidate, key: str, name: PlaceName, context: Context, names: Mapping[str, PlaceName]
) -> dict[str, float]:
    """What speaks for a reading, by kind of evidence; the sum says how well it fits."""
    found = {"population": log10(candidate.population + 10), **_rank(candidate)}
    if name.feature:
        found["feature"] = WEIGHT["feature"] if _same_kind(candidate.feature, name.feature) else -WEIGHT["feature"]
    elif candidate.feature.startswith("ADM2"):
        found["feature"] = WEIGHT["unsaid"]
    if name.feature is None and candidate.geonameid in name.precedence.outranked:
        found["outranked"] = WEIGHT["outranked"]
    if name.feature is None and candidate.geonameid in name.precedence.cities:
        found["admin"] = WEIGHT["admin"]
    if normal_name(candidate.name) == name.name:
        found["exact"] = WEIGHT["exact"]
    outer = [names[o] for o in name.outer if o in names]
    inside = any(lies_in(candidate, whole) for o in outer for whole in o.candidates)
    if inside or (candidate.admin1, candidate.country) in name.states:
        found["inside"] = WEIGHT["inside"]
    found["country"] = WEIGHT["country"] * context.country_share(candidate.country, name.name)
    found["admin1"] = WEIGHT["admin1"] * context.admin1_share((candidate.country, candidate.admin1), name.name)
    found["near"] = WEIGHT["near"] * _nearness(candidate, name.name, context)
    found["beside"] = WEIGHT["beside"] * _beside(candidate, name, names)
    if context.home is not None and candidate.country == context.home:
        found["home"] = WEIGHT["home"]
    return found


def _rank(candidate: Candidate) -> dict[str, float]:
    """States, provinces and capitals are meant more often than their people make them."""
    if candidate.feature == "PCLI":
        return {"state": WEIGHT["state"]}
    if candidate.feature == "ADM1":
        return {"admin": WEIGHT["admin"]}
    if candidate.geonameid < 0 or candidate.feature == "CONT":
        return {"listed": WEIGHT["listed"]}
    return {"capital": WEIGHT["capital"]} if candidate.feature == "PPLC" else {}


def _same_kind(feature: str, wanted: str) -> bool:
    """Is the place of the kind named beside it? ADM1 and ADM2 are one: states name their divisions differently."""
    return feature[:3] == wanted[:3]


def _nearness(candidate: Candidate, name: str, context: Context) -> float:
    """Share of the document's other places that lie near."""
    others = [c for n, c in context.points if n != name and c.feature != "PCLI"]
    near = [c for c in others if (km := distance_km(candidate, c)) is not None and km < NEAR_KM]
    return len(near) / len(others) if others else 0.0


def speaks_of(country: str | None, name: str, context: Context) -> float:
    """Share of the document's other places that lie in the country."""
    others = [c for n, c in context.points if n != name]
    return sum(c.country == country for c in others) / len(others) if others else 0.0


def is_near(place: Candidate, name: str, context: Context, *, towns: bool = False) -> bool:
    """Does the document name another place near it or, unless it must be one of `towns`, in its province?"""
    others = [c for n, c in context.points if n != name and c.feature != "PCLI"]
    if towns:
        others = [c for c in others if c.feature != "ADM1"]
    elif any(c.admin1 and (c.country, c.admin1) == (place.country, place.admin1) for c in others):
        return True
    return any((km := distance_km(place, c)) is not None and km < NEAR_KM for c in others)


def _beside(candidate: Candidate, name: PlaceName, names: Mapping[str, PlaceName]) -> float:
    """Share of the names in its sentences that speak of its country; of other countries a sentence may well speak."""
    if candidate.feature == "PCLI":
        return 1.0
    others = [names[k] for k in name.beside if names[k].name != name.name]
    taken = [o.candidates[o.best] for o in others if o.best is not None and not o.is_guess]
    return sum(c.country == candidate.country for c in taken) / len(taken) if taken else 0.0


def is_far_fetched(place: Candidate, name: PlaceName, context: Context) -> bool:
    """Is it a village, beside larger towns of its name, for which one other name of its country speaks at most?"""
    if not place.feature.startswith("PPL") or place.population >= VILLAGE or name.outer or name.states:
        return False
    if all(c.population < LARGER * place.population for c in name.candidates):
        return False
    others = [c for n, c in context.points if n != name.name and c.country == place.country]
    return len(others) <= 1 and place.country != context.home and not is_near(place, name.name, context, towns=True)
