"""The place file: what it holds and how names find their way. Built once into the user's cache."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platformdirs import user_cache_path

from pipeline.errors import DatelineError
from pipeline.spelling import normal_name
from pipeline.tag.places.build import DATA_VERSION, build, is_current
from pipeline.tag.places.gazetteer import Candidate, Gazetteer

PATH = user_cache_path("dateline") / "gazetteer.sqlite"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open(PATH)


def first(gazetteer: Gazetteer, name: str, feature: str) -> Candidate:
    return next(c for c in gazetteer.lookup(name) if c.feature.startswith(feature))


@pytest.mark.parametrize(
    ("name", "country", "feature"),
    [
        ("Iraq", "IRQ", "PCLI"),
        ("U.S.", "USA", "PCLI"),
        ("Kosovo", "XKX", "PCLI"),
        ("al-Anbar", "IRQ", "ADM1"),
        ("Anbar", "IRQ", "ADM1"),
        ("Anbar Province", "IRQ", "ADM1"),
        ("Dagestan", "RUS", "ADM1"),
        ("Al Qa’im", "IRQ", "PPL"),
        ("Rawa", "IRQ", "PPL"),
        ("Sana'a", "YEM", "PPLC"),
        ("Zurich", "CHE", "PPL"),
        ("Saint Louis", "USA", "PPL"),
        ("St. Louis", "USA", "PPL"),
        ("Rapides Parish", "USA", "ADM2"),
    ],
)
def test_a_name_is_found_as_this_kind_of_place(gazetteer: Gazetteer, name: str, country: str, feature: str) -> None:
    assert any(c.country == country and c.feature.startswith(feature) for c in gazetteer.lookup(name))


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("الموصل", "IRQ"),
        ("الرُّمَادِي", "IRQ"),
        ("أربيل", "IRQ"),
        ("Москва", "RUS"),
        ("Маріуполь", "UKR"),
        ("Мариуполь", "UKR"),
        ("北京", "CHN"),
        ("東京", "JPN"),
        ("서울", "KOR"),
        ("दिल्ली", "IND"),
        ("ירושלים", "ISR"),
        ("Αθήνα", "GRC"),
        ("تهران", "IRN"),
        ("کراچی", "PAK"),
        ("ঢাকা", "BGD"),
        ("กรุงเทพมหานคร", "THA"),
    ],
)
def test_a_city_is_found_in_its_own_script(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert country in [c.country for c in gazetteer.lookup(name)]


def test_a_city_carries_district_and_time_zone(gazetteer: Gazetteer) -> None:
    mosul = first(gazetteer, "Mosul", "PPL")
    assert (mosul.admin1, mosul.admin2, mosul.timezone) == ("Nīnawá", "Mosul", "Asia/Baghdad")


@pytest.mark.parametrize(
    ("name", "feature", "timezone"),
    [
        ("Iraq", "PCLI", "Asia/Baghdad"),
        ("Russia", "PCLI", None),
        ("Bavaria", "ADM1", "Europe/Berlin"),
        ("Sahel", "RGN", None),
    ],
)
def test_an_area_has_a_time_zone_when_all_of_it_has_one(
    gazetteer: Gazetteer, name: str, feature: str, timezone: str | None
) -> None:
    assert first(gazetteer, name, feature).timezone == timezone


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Deir Azzour", "SYR", "Dayr az Zawr"),
        ("Ramady", "IRQ", "Ramadi"),
        ("Falouja", "IRQ", "Al Fallūjah"),
        ("Dzhalalabad", "AFG", "Jalālābād"),
        ("Peshavar", "PAK", "Peshawar"),
        ("Marioupol", "UKR", "Mariupol"),
        ("Kandagar", "AFG", "Kandahār"),
    ],
)
def test_another_transliteration_is_found_as_a_last_resort(
    gazetteer: Gazetteer, name: str, country: str, expected: str
) -> None:
    assert expected in [c.name for c in gazetteer.lookup_fuzzy(name) if c.country == country]


@pytest.mark.parametrize("name", ["Hams", "Rafa", "", "…", "Springfeild", "موصل", "Qwertzuiop"])
def test_short_names_other_scripts_and_other_lands_are_not_guessed(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup_fuzzy(name) == ()


def test_guesses_are_large_places(gazetteer: Gazetteer) -> None:
    for c in gazetteer.lookup_fuzzy("Khalidia") + gazetteer.lookup_fuzzy("Mansoura"):
        assert c.feature.startswith("ADM") or c.population >= 5_000


def test_the_file_is_small() -> None:
    assert PATH.stat().st_size < 60_000_000


def test_the_first_look_up_is_quick(gazetteer: Gazetteer) -> None:
    begin = time.perf_counter()
    with Gazetteer.open(PATH) as opened:
        assert opened.lookup("Mosul")
    assert time.perf_counter() - begin < 0.5  # 5 ms measured


def test_the_most_populous_comes_first(gazetteer: Gazetteer) -> None:
    people = [c.population for c in gazetteer.lookup("Springfield")]
    assert len(people) > 5
    assert people == sorted(people, reverse=True)


def test_a_country_and_a_province_have_points_inside(gazetteer: Gazetteer) -> None:
    turkey, texas = first(gazetteer, "Turkey", "PCLI"), first(gazetteer, "Texas", "ADM1")
    assert (turkey.latitude, turkey.longitude) == (39.0, 35.0)
    assert texas.latitude == pytest.approx(31.3, abs=0.8)
    assert texas.longitude == pytest.approx(-99.2, abs=1.5)
    assert (texas.admin1, texas.country) == ("Texas", "USA")


def test_no_place_lies_at_zero(gazetteer: Gazetteer) -> None:
    with sqlite3.connect(PATH) as connection:
        (zeros,) = connection.execute("SELECT count(*) FROM place WHERE latitude = 0 AND longitude = 0").fetchone()
        (outside,) = connection.execute(
            "SELECT count(*) FROM place WHERE abs(latitude) > 9000000 OR abs(longitude) > 18000000 OR country = ''"
        ).fetchone()
    connection.close()
    assert zeros == outside == 0


def test_an_unknown_name_is_found_nowhere(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Qwertzuiop") == gazetteer.lookup("") == gazetteer.lookup("…") == ()


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("Ḩalab", "halab"),
        ("Al-Qa’im", "al qaim"),
        ("St. John's", "saint johns"),
        ("Łódź", "lodz"),
        ("  A  b ", "a b"),
        ("Zahran al-Qa´im", "zahran al qaim"),
        ("أَرْبِيل", "اربيل"),
        ("مدينة", "مدينه"),
        ("مصطفى", "مصطفي"),
        ("بغـــداد", "بغداد"),
        ("کابل", "كابل"),
        ("خان\u200cیونس", "خان يونس"),
        ("Їжак", "іжак"),
        ("יְרוּשָׁלַיִם", "ירושלים"),
        ("दिल्ली", "दिल्ली"),
        ("서울", "서울"),
        ("ｼﾘｱ", "シリア"),
        ("Straße", "strasse"),
    ],
)
def test_names_are_compared_in_normal_form(given: str, normal: str) -> None:
    assert normal_name(given) == normal


def test_a_file_of_another_version_is_not_current(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    assert not is_current(path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (version TEXT)")
        connection.execute("INSERT INTO meta VALUES ('0')")
    assert not is_current(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET version = ?", (DATA_VERSION,))
    connection.close()
    assert is_current(path)


@given(st.text(max_size=40))
def test_the_normal_form_is_its_own_normal_form(name: str) -> None:
    once = normal_name(name)
    assert normal_name(once) == once


def test_a_current_file_is_left_alone(gazetteer: Gazetteer) -> None:
    before = PATH.stat().st_mtime_ns
    build(PATH)
    assert PATH.stat().st_mtime_ns == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatelineError, match="cannot be built"):
        build(tmp_path / "file" / "gazetteer.sqlite")
