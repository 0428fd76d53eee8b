"""How well each reading of a place name fits its document: the evidence, its weights, each reading's share of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log10
from typing import TypeVar

from pipeline.records import Mention
from pipeline.spelling import normal_name
from pipeline.tag.names.nations import country_of
from pipeline.tag.places.evidence import PlaceName
from pipeline.tag.places.gazetteer import Candidate
from pipeline.tag.places.geometry import distance_km

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
    "home": 2.5,  # it lies in the country of the feed or of the dateline
}
NEAR_KM = 150.0
ROUNDS = 4


@dataclass(slots=True)
class Context:
    """What the document speaks of: shares of countries and provinces (0..1), points, and the feed's country."""

    countries: Mapping[str | None, float]
    admin1s: Mapping[tuple[str | None, str | None], float]
    points: Sequence[tuple[str, Candidate]]
    home: str | None


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
    countries: defaultdict[str | None, float] = defaultdict(float)
    admin1s: defaultdict[tuple[str | None, str | None], float] = defaultdict(float)
    for mention in mentions:
        if mention.label in {"NORP", "ORG"} and (iso3 := country_of(mention.text)):
            countries[iso3] += 1
    points = []
    for key, name in names.items():
        if name.is_guess:
            continue
        for candidate, share in zip(name.candidates, name.shares, strict=False):
            countries[candidate.country] += share * (1 + log10(name.count))
            if candidate.admin1:
                admin1s[candidate.country, candidate.admin1] += share
        if name.best is not None:
            points.append((key, name.candidates[name.best]))
    return Context(_shares(countries), _shares(admin1s), points, home)


def _shares(counts: Mapping[Key, float]) -> dict[Key, float]:
    """Each count as a share of the whole."""
    total = sum(counts.values()) or 1.0
    return {key: value / total for key, value in counts.items()}


def evidence_for(
    candidate: Candidate, key: str, name: PlaceName, context: Context, names: Mapping[str, PlaceName]
) -> dict[str, float]:
    """What speaks for a reading, by kind of evidence; the sum says how well it fits."""
    found = {"population": log10(candidate.population + 10), **_rank(candidate)}
    if name.feature:
        found["feature"] = WEIGHT["feature"] if _same_kind(candidate.feature, name.feature) else -WEIGHT["feature"]
    elif candidate.feature.startswith("ADM2"):
        found["feature"] = WEIGHT["unsaid"]
    if normal_name(candidate.name) == key:
        found["exact"] = WEIGHT["exact"]
    outer = [names[o] for o in name.outer if o in names]
    if any(_inside(candidate, o) for o in outer) or (candidate.admin1, candidate.country) in name.states:
        found["inside"] = WEIGHT["inside"]
    found["country"] = WEIGHT["country"] * context.countries.get(candidate.country, 0.0)
    found["admin1"] = WEIGHT["admin1"] * context.admin1s.get((candidate.country, candidate.admin1), 0.0)
    found["near"] = WEIGHT["near"] * _nearness(candidate, key, context)
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


def _inside(candidate: Candidate, outer: PlaceName) -> bool:
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


def _nearness(candidate: Candidate, key: str, context: Context) -> float:
    """Share of the document's other places that lie near."""
    others = [c for k, c in context.points if k != key and c.feature != "PCLI"]
    near = [c for c in others if (km := distance_km(candidate, c)) is not None and km < NEAR_KM]
    return len(near) / len(others) if others else 0.0
