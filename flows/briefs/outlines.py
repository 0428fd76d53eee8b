"""Outlines of countries for the brief's map: Natural Earth 1:110m, public domain, in the Equal Earth projection.

`world.json` is `countries-110m.json` of the package world-atlas 2.0.2 (Natural Earth 4.1.0; ISC), a TopoJSON file, with
ISO 3166 alpha-3 for ids and without Antarctica. Small states are not in it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

Point = tuple[float, float]
Ring = tuple[Point, ...]

# Šavrič, Patterson, Jenny: The Equal Earth map projection (2018), doi:10.1080/13658816.2018.1504949.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
ROOT = math.sqrt(3)
HALF_TURN = 180  # degrees


def projected(longitude: float, latitude: float) -> Point:
    """A place in degrees on the plane of the map, x to the east, y to the south, in radii of the Earth."""
    theta = math.asin(ROOT / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = 2 * ROOT * math.radians(longitude) * math.cos(theta)
    x /= 3 * (9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1)
    return x, -theta * (A4 * sixth * square + A3 * sixth + A2 * square + A1)


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """The rings of each country on the plane of the map, by ISO 3166 alpha-3."""
    world = json.loads((files("flows.briefs") / "world.json").read_text("utf-8"))
    arcs = [_arc(arc, world["transform"]) for arc in world["arcs"]]
    found: dict[str, tuple[Ring, ...]] = {}
    for shape in world["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = tuple(_ring(ring, arcs) for polygon in polygons for ring in polygon)
        found[shape["id"]] = found.get(shape["id"], ()) + rings
    return found


def _arc(arc: Sequence[Sequence[int]], transform: dict[str, Any]) -> Ring:
    """A line of the file, whose points are steps in whole numbers (TopoJSON, 2.1.3), in degrees."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
    return tuple((x * scale_x + left, y * scale_y + bottom) for x, y in zip(xs, ys, strict=True))


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """A ring of lines, projected: each line by its number, ~number is it backwards, and neighbours share a point."""
    lines = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return tuple(projected(*point) for point in _whole([point for line in lines for point in line[1:]]))


def _whole(ring: Sequence[Point]) -> Iterator[Point]:
    """A ring that crosses 180°, as Russia's and Fiji's do, goes on there instead of leaping across the map."""
    turn, before = 0, ring[0][0]
    for longitude, latitude in ring:
        if abs(longitude - before) > HALF_TURN:
            turn += 2 * HALF_TURN if longitude < before else -2 * HALF_TURN
        before = longitude
        yield longitude + turn, latitude
