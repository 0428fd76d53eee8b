"""The map as shapes: countries by how much happened there, and a point for each place that is known to a town.

What is only known to lie in a country, province or district is no point: the middle of an area is not where it was.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flows.briefs.outlines import Point, Ring, outlines, projected
from warehouse.brief_parts import CountryCount, PlaceCount

UNITS = 4000  # the picture's width: whole numbers are fine enough on a wide screen
ASPECT = 0.5  # height by width
MARGIN = 0.12  # around what has happened, by its width
LEAST_WIDTH = 0.9  # of the picture, in radii of the Earth: half a continent
WORLD = (-2.72, -1.31, 2.72, 0.98)  # without the ice in the south
STEPS = (1, 2, 5, 10)  # least number of events of each shade
SMALLEST, GROWTH, GREATEST = 12.0, 14.0, 100.0  # radius of a point, in units

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Land:
    """A country: its outline as the path of an SVG, its shade from 0 (nothing) to 4."""

    country: str
    path: str
    shade: int
    events: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A place. `order`: its row in the table of places."""

    x: int
    y: int
    radius: float
    place: PlaceCount
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldMap:
    """A picture `UNITS` wide. `unseen`: countries with events that have no outline, which the list beside it has."""

    height: int
    lands: tuple[Land, ...]
    dots: tuple[Dot, ...]
    unseen: tuple[str, ...]


def world_map(countries: Sequence[CountryCount], places: Sequence[PlaceCount]) -> WorldMap:
    """The part of the world where something happened; all of it where that is most of it, or nothing happened."""
    counts = {count.country: count.events for count in countries if count.country}
    points = [projected(place.longitude, place.latitude) for place in places]
    box = view(seen(counts, points))
    scale = UNITS / (box[2] - box[0])
    found = [
        Dot(round((x - box[0]) * scale), round((y - box[1]) * scale), radius(place.events), place, order)
        for order, ((x, y), place) in enumerate(zip(points, places, strict=True), 1)
    ]
    return WorldMap(
        height=round((box[3] - box[1]) * scale),
        lands=tuple(lands(counts, box, scale)),
        dots=tuple(sorted(found, key=lambda dot: -dot.radius)),  # small ones above great ones
        unseen=tuple(sorted(counts.keys() - outlines().keys())),
    )


def seen(counts: Iterable[str], points: Iterable[Point]) -> list[Point]:
    """What must be in the picture: the points, and of each country its greatest piece of land."""
    found = list(points)
    for country in counts:
        if rings := outlines().get(country):
            greatest: Ring = max(rings, key=len)
            found += greatest
    return found


def view(points: Sequence[Point]) -> Box:
    """The box of the picture around these points."""
    if not points:
        return WORLD
    xs, ys = [x for x, _ in points], [y for _, y in points]
    least = max(LEAST_WIDTH, (max(xs) - min(xs)) * (1 + MARGIN), (max(ys) - min(ys)) * (1 + MARGIN) / ASPECT)
    if least > 0.85 * (WORLD[2] - WORLD[0]):
        return WORLD
    left = within((min(xs) + max(xs) - least) / 2, WORLD[0], WORLD[2] - least)
    height = least * ASPECT
    top = within((min(ys) + max(ys) - height) / 2, WORLD[1], max(WORLD[1], WORLD[3] - height))
    return left, top, left + least, top + height


def within(value: float, least: float, most: float) -> float:
    """The value, or the nearer of the two bounds."""
    return min(max(value, least), most)


def lands(counts: dict[str, int], box: Box, scale: float) -> Iterable[Land]:
    """The countries that the picture shows."""
    for country, rings in outlines().items():
        events = counts.get(country, 0)
        if path := "".join(trace(ring, box, scale) for ring in rings if touches(ring, box)):
            yield Land(country, path, shade(events), events)


def touches(ring: Ring, box: Box) -> bool:
    """Whether any of a ring may be in the picture."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) >= box[0] and min(xs) <= box[2] and max(ys) >= box[1] and min(ys) <= box[3]


def trace(ring: Ring, box: Box, scale: float) -> str:
    """A ring as the path of an SVG, in whole steps from point to point; nothing where it is smaller than a step."""
    points = [(round((x - box[0]) * scale), round((y - box[1]) * scale)) for x, y in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points) if a != b]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}z" if steps else ""


def shade(events: int) -> int:
    """The shade of so many events, 0 for none."""
    return sum(events >= step for step in STEPS)


def radius(events: int) -> float:
    """The radius of a point: its area grows with the number of events."""
    return round(min(SMALLEST + GROWTH * math.sqrt(events), GREATEST), 1)
