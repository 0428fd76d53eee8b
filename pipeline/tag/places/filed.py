"""Where a report was filed: the place that a dateline as written means."""

from __future__ import annotations

from pipeline.tag.names.nations import country_of
from pipeline.tag.places.gazetteer import Candidate, Gazetteer

WELL_KNOWN_PEOPLE = 500_000  # so large is a town that alone before a colon is a dateline: "Baghdad:", not "Mobile:"


def filed_from(dateline: str, gazetteer: Gazetteer) -> Candidate | None:
    """The town, where a province has its name; behind a comma stands the land that it lies in. None where unknown.

    "PARIS, Texas" is none of France; a land that has no such town is left aside.
    """
    town, *around = (part.strip() for part in dateline.split(","))
    places = gazetteer.lookup(town)
    if around:
        places = _lying_in(around[-1], places, gazetteer) or places
    if not places or not places[0].feature.startswith("ADM"):
        return places[0] if places else None
    towns = (p for p in places if p.feature.startswith("PPL") and p.country == places[0].country)
    return next(towns, places[0])


def _lying_in(land: str, places: tuple[Candidate, ...], gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Those of the places that lie in a province of that name, else in that state."""
    provinces = {(p.country, p.admin1) for p in gazetteer.lookup(land) if p.feature == "ADM1"}
    within = tuple(p for p in places if (p.country, p.admin1) in provinces)
    return within or tuple(p for p in places if p.country is not None and p.country == country_of(land))


def is_well_known(place: Candidate) -> bool:
    """Is it a capital or a large town?"""
    return place.feature == "PPLC" or place.population >= WELL_KNOWN_PEOPLE
