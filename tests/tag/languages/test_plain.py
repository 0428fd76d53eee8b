"""Places in languages without a model. The table: tests/cases/tag/plain_places.toml."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from platformdirs import user_cache_path

from pipeline.tag.languages.plain import find_plain_places, is_safe
from pipeline.tag.languages.words import words_of
from pipeline.tag.places.gazetteer import Candidate, Gazetteer

TABLE = Path(__file__).parents[2] / "cases" / "tag" / "plain_places.toml"
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
LEAST_RECALL = 0.9


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open(user_cache_path("dateline") / "gazetteer.sqlite")


@pytest.mark.parametrize(
    ("language", "case"), [pytest.param(k, c, id=f"{k}: {c['text'][:40]}") for k, cs in CASES.items() for c in cs]
)
def test_nothing_that_is_no_place_is_taken_for_one(gazetteer: Gazetteer, language: str, case: dict[str, Any]) -> None:
    found = find_plain_places(case["text"], language, gazetteer)
    assert {p.text for p in found.places} <= {*case["places"], *case.get("may", ())}
    assert all(case["text"][m.start : m.end] == m.text for m in found.mentions)
    assert all(case["text"][p.start : p.end] == p.text for p in found.places)


@pytest.mark.parametrize("language", CASES)
def test_nearly_all_well_known_places_are_found(gazetteer: Gazetteer, language: str) -> None:
    wanted = [(c["text"], name) for c in CASES[language] for name in c["places"]]
    found = {
        (c["text"], p.text) for c in CASES[language] for p in find_plain_places(c["text"], language, gazetteer).places
    }
    missed = [w for w in wanted if w not in found]
    assert 1 - len(missed) / len(wanted) >= LEAST_RECALL, missed


@pytest.mark.parametrize(
    ("language", "text", "name", "country"),
    [
        ("ru", "В Москве прошли переговоры.", "Moscow", "RUS"),
        ("de", "Der Präsident Syriens sprach.", "Syria", "SYR"),
        ("tr", "Irak'ın kuzeyinde", "Iraq", "IRQ"),
        ("ar", "وصل الوفد إلى بغداد للقاء الوزير.", "Baghdad", "IRQ"),
        ("zh", "代表团抵达北京。", "Beijing", "CHN"),
        ("ja", "代表団はイラクに到着した。", "Iraq", "IRQ"),
        ("ko", "대표단이 이라크에 도착했다.", "Iraq", "IRQ"),
        ("he", "המשלחת הגיעה לירושלים.", "Jerusalem", "ISR"),
        ("uk", "У Києві та Харкові лунали вибухи.", "Kyiv", "UKR"),
        ("el", "Η αντιπροσωπεία έφτασε στην Αθήνα.", "Athens", "GRC"),
    ],
)
def test_a_place_has_the_name_and_country_of_the_gazetteer(
    gazetteer: Gazetteer, language: str, text: str, name: str, country: str
) -> None:
    (first, *_) = find_plain_places(text, language, gazetteer).places
    assert (first.name, first.country) == (name, country)


@pytest.mark.parametrize(
    ("key", "feature", "people", "safe"),
    [
        ("atlantis", "PCLI", 0, True),
        ("quelltal", "PPL", 99_000, False),
        ("quelltal", "PPL", 101_000, True),
        ("van", "PPLC", 5_000_000, False),
        ("quelltal", "ADM2", 5_000_000, False),
        ("quelltal", "ADM1", 300_000, True),
    ],
)
def test_how_large_a_place_must_be(key: str, feature: str, people: int, safe: bool) -> None:
    place = Candidate(1, "Somewhere", 0.0, 0.0, "DEU", None, feature, people)
    assert is_safe(place, key, "capitals") is safe


def test_a_short_alias_counts_only_as_the_places_own_name() -> None:
    ulm = Candidate(1, "Ulm", 48.4, 10.0, "DEU", None, "PPL", 120_000)
    assert is_safe(ulm, "ulm", "capitals")
    assert not is_safe(ulm, "uhl", "capitals")


@pytest.mark.parametrize("language", ["de", "ar", "zh", "tr", "qq", "", "x-y"])
def test_any_language_has_words(language: str) -> None:
    assert "" not in words_of(language).ordinary


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["de", "ru", "ar", "zh", "th", "qq"]))
def test_any_text_gives_places_in_order_within_it(text: str, language: str) -> None:
    with Gazetteer.open(user_cache_path("dateline") / "gazetteer.sqlite") as places:
        found = find_plain_places(text, language, places).places
    assert all(text[p.start : p.end] == p.text for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("language", ["de", "ar", "zh"])
def test_a_long_text_takes_bounded_time(gazetteer: Gazetteer, language: str) -> None:
    text = "".join(case["text"] for case in CASES[language])
    begin = time.perf_counter()
    find_plain_places(text * (200_000 // len(text)), language, gazetteer)
    assert time.perf_counter() - begin < 15
