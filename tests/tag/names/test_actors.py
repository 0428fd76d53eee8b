"""Known bodies and groups: the shipped lexicon, an operator's own file, and how their names are found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.tag.names.actors import Actor, Actors, load_actors
from pipeline.tag.names.nations import NATIONS
from pipeline.tag.names.sectors import head_sectors

SECTORS = frozenset(head_sectors().values())
BEYOND = {"IGO", "IMG", "ISM", "NGO", "INT", "NGM", "MNC", "UNO", "EUR", "NAT", "VAT"}


def actor(name: str, **values: object) -> Actor:
    given: dict[str, object] = {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "sector": "REB",
        "source": "made up",
    }
    return Actor(**{**given, **values})  # type: ignore[arg-type]


def found(actors: Actors, text: str, *countries: str, year: int | None = None) -> list[tuple[str, str]]:
    return [(text[f.start : f.end], f.actor.id) for f in actors.find(text, countries, year)]


def test_the_shipped_lexicon_has_hundreds_of_actors_each_with_its_source() -> None:
    actors = load_actors().by_id.values()
    assert (
        sum(a.sector in {"REB", "PRM", "CRM", "UAF", "PTY", "NGO", "SOC", "JRN", "BUS", "LAB", "REL"} for a in actors)
        >= 400
    )
    assert all(a.source for a in actors)
    assert {a.sector for a in actors if a.sector} <= SECTORS
    assert {a.country for a in actors if a.country} <= NATIONS.keys() | BEYOND


def test_no_certain_name_is_shared_by_two_shipped_actors() -> None:
    names = Counter(name for a in load_actors().by_id.values() for name in {a.name, *a.aliases})
    assert [name for name, count in names.items() if count > 1] == []


def test_years_are_in_order() -> None:
    assert [a.id for a in load_actors().by_id.values() if a.since and a.until and a.since > a.until] == []


@pytest.mark.parametrize(
    "text",
    ["Hashed al-Shaabi", "the Hashd al-Shaabi", "Popular Mobilization Forces", "the Popular Mobilisation Forces (PMF)"],
)
def test_one_group_is_found_under_all_its_names(text: str) -> None:
    assert {name for _, name in found(load_actors(), f"Fighters of {text} left.", "IRQ")} == {
        "popular-mobilization-forces"
    }


def test_spelling_case_and_quotes_do_not_matter_but_a_capital_does() -> None:
    actors = Actors([actor("Ja'far Front", aliases=("Jabhat Jafar",))])
    assert found(actors, "The Ja’far Front and Jafar front; a jafar front.") == [
        ("Ja’far Front", "ja'far-front"),
        ("Jafar front", "ja'far-front"),
    ]


def test_the_longest_name_is_meant() -> None:
    actors = Actors([actor("Fajr"), actor("Fajr Women League")])
    assert found(actors, "Fajr Women League and Fajr") == [("Fajr Women League", "fajr-women-league"), ("Fajr", "fajr")]


def test_a_short_form_is_believed_beside_the_long_form_or_the_country() -> None:
    actors = Actors([actor("Popular Front", short=("PF",), country="NOR")])
    assert found(actors, "The PF left.") == []
    assert found(actors, "The PF left.", "NOR") == [("PF", "popular-front")]
    assert found(actors, "The Popular Front came. The PF left.")[1:] == [("PF", "popular-front")]


def test_of_two_actors_of_one_name_the_one_that_existed_then_is_meant() -> None:
    one = actor("Front", id="old", until=1990, country="NOR")
    two = actor("Front", id="new", since=2000, country="NOR")
    assert found(Actors([one, two]), "The Front came.", year=1980) == [("Front", "old")]
    assert found(Actors([one, two]), "The Front came.", year=2020) == [("Front", "new")]
    assert found(Actors([one, two]), "The Front came.") == []


def test_an_operators_file_adds_and_replaces(tmp_path: Path) -> None:
    own = tmp_path / "actors.toml"
    own.write_text(
        '[[actor]]\nid = "nato"\nname = "Our NATO"\nsector = "IGO"\nsource = "house rule"\n'
        '[[actor]]\nid = "vale-watch"\nname = "Vale Watch"\nsector = "NGO"\nsource = "its web page"\n'
    )
    actors = load_actors(own)
    assert actors.by_id["nato"].name == "Our NATO"
    assert found(actors, "Vale Watch said so.") == [("Vale Watch", "vale-watch")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[[actor]\n", "is not TOML"),
        ('[[actor]]\nid = "x"\nname = "X"\nsector = "REB"\n', "actor x: has no source"),
        (
            '[[actor]]\nid = "x"\nname = "X"\nsector = "REB"\nsource = "s"\nalias = ["Y"]\n',
            "actor x: cannot read alias",
        ),
        ('[[actor]]\nid = "x"\nname = "X"\nsector = "REB"\nsource = "s"\nsince = "1990"\n', "cannot read since"),
    ],
)
def test_a_wrong_file_is_named_with_what_would_be_right(tmp_path: Path, text: str, wrong: str) -> None:
    own = tmp_path / "actors.toml"
    own.write_text(text)
    with pytest.raises(ConfigError, match=wrong) as caught:
        load_actors(own)
    assert str(own) in str(caught.value)
    assert "[[actor]]" in str(caught.value)
