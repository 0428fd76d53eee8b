"""Distances on the globe, and what lies in what."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from pipeline.tag.places.gazetteer import Candidate

EARTH_KM = 6371.0
DISTRICT_KM = 150.0  # from the middle of a district to places in it


def distance_km(a: Candidate, b: Candidate) -> float | None:
    """Great-circle distance, None when a point is unknown."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    la, lo, lb, lp = map(radians, (a.latitude, a.longitude, b.latitude, b.longitude))
    chord = sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin((lp - lo) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def lies_in(candidate: Candidate, whole: Candidate) -> bool:
    """Is the second a state, a province or a district, and the first a place in it?"""
    if whole.geonameid == candidate.geonameid:
        return False
    if whole.feature == "PCLI":
        return whole.country == candidate.country and candidate.feature != "PCLI"
    if whole.feature == "ADM1":
        return (whole.country, whole.admin1) == (candidate.country, candidate.admin1)
    if whole.feature == "ADM2" and whole.admin1 == candidate.admin1:
        km = distance_km(whole, candidate)
        return km is not None and km < DISTRICT_KM
    return False
