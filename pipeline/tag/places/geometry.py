"""Distances on the globe."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from pipeline.tag.places.gazetteer import Candidate

EARTH_KM = 6371.0


def distance_km(a: Candidate, b: Candidate) -> float | None:
    """Great-circle distance, None when a point is unknown."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    la, lo, lb, lp = map(radians, (a.latitude, a.longitude, b.latitude, b.longitude))
    chord = sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin((lp - lo) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))
