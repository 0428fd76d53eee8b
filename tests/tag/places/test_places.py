"""Which place a name means, in the light of the text around it."""

from __future__ import annotations

import pytest
from platformdirs import user_cache_path

from pipeline.records import Place
from pipeline.tag.models.spacy_model import load_model
from pipeline.tag.names.actors import load_actors
from pipeline.tag.names.mentions import Knowledge, find_mentions
from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.resolve import find_places, precision_of


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open(user_cache_path("dateline") / "gazetteer.sqlite")


def places(text: str, gazetteer: Gazetteer) -> dict[str, Place]:
    doc = load_model()(text)
    return {
        p.text: p for p in find_places(doc.text, find_mentions(doc, Knowledge(load_actors(), gazetteer)), gazetteer)
    }


def test_what_it_is_said_to_lie_in_decides(gazetteer: Gazetteer) -> None:
    ontario = places("A fire broke out in London, Ontario, on Monday.", gazetteer)["London"]
    england = places("A fire broke out in London, England, on Monday.", gazetteer)["London"]
    assert (ontario.country, ontario.admin1) == ("CAN", "Ontario")
    assert england.country == "GBR"


def test_an_abbreviated_state_decides(gazetteer: Gazetteer) -> None:
    found = places("Police in Portland, Ore., arrested two men. Portland has seen many protests.", gazetteer)
    assert found["Portland"].admin1 == "Oregon"


def test_the_rest_of_the_text_decides(gazetteer: Gazetteer) -> None:
    text = "Iraqi troops left Ramadi and Fallujah for Rawa. The Iraqi army then moved towards Mosul in northern Iraq."
    found = places(text, gazetteer)
    assert {found[name].country for name in ("Ramadi", "Fallujah", "Mosul", "Iraq")} == {"IRQ"}


def test_the_kind_of_place_beside_the_name_decides(gazetteer: Gazetteer) -> None:
    found = places("Soldiers combed Nineveh province in Iraq.", gazetteer)["Nineveh"]
    assert (found.feature, found.country) == ("ADM1", "IRQ")


def test_a_country_is_itself(gazetteer: Gazetteer) -> None:
    turkey = places("Ministers met in Turkey to discuss the border.", gazetteer)["Turkey"]
    assert (turkey.name, turkey.country, turkey.feature, turkey.latitude) == ("Turkey", "TUR", "PCLI", 39.0)


def test_a_demonym_points_to_its_state(gazetteer: Gazetteer) -> None:
    assert places("French officers met Japanese officials.", gazetteer)["Japanese"].country == "JPN"


def test_part_of_a_place_lies_where_the_whole_does(gazetteer: Gazetteer) -> None:
    assert places("The storm hit western Canada and North Texas.", gazetteer)["North Texas"].admin1 == "Texas"


def test_a_part_of_the_world_is_no_town_of_that_name(gazetteer: Gazetteer) -> None:
    found = places("The envoy will travel to the Middle East next week.", gazetteer)["Middle East"]
    assert (found.geonameid, found.country, found.feature, found.precision) == (None, None, "RGN", "region")


def test_a_place_within_a_name_of_a_body_is_found(gazetteer: Gazetteer) -> None:
    found = places("The Mansfield Police Department asked the University of Michigan for help.", gazetteer)
    assert {"Mansfield", "Michigan"} <= found.keys()
    assert "White" not in places("The White House called the First Bank.", gazetteer)


def test_a_doubtful_name_has_no_place_rather_than_a_wrong_one(gazetteer: Gazetteer) -> None:
    found = places("The mayor of the town was born in Greenville.", gazetteer)["Greenville"]
    assert (found.latitude, found.country, found.precision, found.decided_by) == (None, None, None, None)
    assert 0 < found.score < 0.4


@pytest.mark.parametrize(
    ("feature", "precision"),
    [
        ("PCLI", "country"),
        ("ADM1", "admin1"),
        ("ADM2", "admin2"),
        ("PPLC", "city"),
        ("SEA", "region"),
        ("DAM", "point"),
    ],
)
def test_a_feature_says_how_large_a_place_is(feature: str, precision: str) -> None:
    assert precision_of(feature) == precision


def test_the_feed_s_country_decides_between_equals(gazetteer: Gazetteer) -> None:
    doc = load_model()("A bus overturned near Cordoba on Monday.")
    mentions = find_mentions(doc, Knowledge(load_actors(), gazetteer))
    for home in ("ESP", "ARG"):
        (place,) = find_places(doc.text, mentions, gazetteer, home)
        assert (place.country, place.decided_by is not None) == (home, True)


def test_scores_are_shares_and_offsets_cut_the_name_out(gazetteer: Gazetteer) -> None:
    text = "Talks in Vienna, Austria, ended. Delegates from Springfield and Damascus left."
    for place in places(text, gazetteer).values():
        assert 0 <= place.score <= 1
        assert text[place.start : place.end] == place.text


def test_a_text_without_names_has_no_places(gazetteer: Gazetteer) -> None:
    assert places("It rained.", gazetteer) == {}


def test_another_spelling_is_a_place_only_where_the_text_speaks_of_its_country(gazetteer: Gazetteer) -> None:
    here = places("Iraqi troops left the town of Felujah on Monday, the Iraqi army said.", gazetteer)["Felujah"]
    assert (here.country, here.precision is not None) == ("IRQ", True)
    there = places("Congo's army shelled the hills near Kitsombiro. Congo said so.", gazetteer)["Kitsombiro"]
    assert (there.latitude, there.country) == (None, None)
