"""Province and time zone of places that come with a point and a country alone: those of the nearest city."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import cos, floor, hypot, radians
from typing import NamedTuple

from pipeline.tag.places.features import features
from pipeline.tag.places.rows import Row

WITHIN_DEGREES = 1.0


class _City(NamedTuple):
    """What is remembered of a city; a tuple, as there are a quarter of a million."""

    latitude: float
    longitude: float
    country: str | None
    admin1: str
    timezone: str | None


class Nearest:
    """The cities by square degree; only near the places that will be asked for, few of a dump's 5 million."""

    def __init__(self, asked: Iterable[Row]) -> None:
        self._squares: dict[tuple[int, int], list[_City]] = {
            square: []
            for row in asked
            if row.latitude is not None and row.longitude is not None
            for square in _around(row)
        }

    def note(self, row: Row) -> None:
        """Remember a city."""
        if row.feature.startswith("PPL") and row.admin1 and row.latitude is not None and row.longitude is not None:
            square = self._squares.get((floor(row.latitude), floor(row.longitude)))
            if square is not None:
                square.append(_City(row.latitude, row.longitude, row.country, row.admin1, row.timezone))

    def placed(self, row: Row) -> Row:
        """The place with province and zone, if they were not given and a city of its country is near."""
        if row.country is None or row.feature not in features().small or row.latitude is None or row.longitude is None:
            return row
        around = [city for square in _around(row) for city in self._squares.get(square, ())]
        shrink = cos(radians(row.latitude))
        near = [
            (hypot(c.latitude - row.latitude, (c.longitude - row.longitude) * shrink), c)
            for c in around
            if c.country == row.country
        ]
        distance, city = min(near, key=lambda found: found[0], default=(WITHIN_DEGREES, None))
        if city is None or distance >= WITHIN_DEGREES:
            return row
        return replace(row, admin1=row.admin1 or city.admin1, timezone=row.timezone or city.timezone)


def _around(row: Row) -> Iterator[tuple[int, int]]:
    """The square degree that a place lies in, and its eight neighbours."""
    south, west = floor(row.latitude or 0), floor(row.longitude or 0)
    return ((south + a, west + o) for a in (-1, 0, 1) for o in (-1, 0, 1))
