"""What speaks for one happening, and what against it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.group import Side, Spot, likeness
from pipeline.group.likeness import NEVER, distance_km
from tests.group.test_events import KARO, PORT_SEL, telling

BARE: dict[str, Any] = {"spot": None, "actors": Side(), "recipients": Side(), "tolls": {}, "words": frozenset()}

SAME_STORY: dict[str, tuple[object, object]] = {"story_id": ("s", "s")}


def alike(**changes: tuple[object, object]) -> float:
    """Likeness of two mentions that have nothing but these in common."""
    one = telling("a", **BARE | {name: pair[0] for name, pair in changes.items()})
    other = telling("b", **BARE | {name: pair[1] for name, pair in changes.items()})
    assert likeness(one, other) == likeness(other, one)
    return likeness(one, other)


def test_distance_is_that_of_the_globe() -> None:
    berlin, paris = Spot(1, 52.52, 13.405, "city", "DEU", None), Spot(2, 48.8566, 2.3522, "city", "FRA", None)
    assert distance_km(berlin, paris) == pytest.approx(878, abs=2)
    assert distance_km(berlin, replace(paris, latitude=None)) is None


def test_nothing_known_says_nothing() -> None:
    assert alike() == 0


def test_the_same_town_says_more_than_the_same_country() -> None:
    nigeria = Spot(9, 9.0, 8.0, "country", "NGA", None)
    assert alike(spot=(KARO, KARO)) > alike(spot=(KARO, nigeria)) > 0


def test_two_towns_or_two_countries_rule_it_out() -> None:
    assert alike(spot=(KARO, PORT_SEL)) == NEVER
    assert alike(spot=(KARO, replace(KARO, geonameid=5, country="TCD"))) == NEVER


def test_a_quarter_of_the_town_is_in_the_town() -> None:
    assert alike(spot=(KARO, Spot(3, 10.02, 10.02, "point", "NGA", "Karo"))) > 0


@pytest.mark.parametrize(
    ("one", "other", "says"), [((12, 12), (12, 12), 1), ((12, 12), (14, 14), 1), ((2, 2), (40, 40), -1)]
)
def test_tolls_may_differ_a_little(one: tuple[int, int], other: tuple[int, int], says: int) -> None:
    points = alike(tolls=({"killed": one}, {"killed": other}), **SAME_STORY) - alike(**SAME_STORY)
    assert (points > 0) - (points < 0) == says


def test_equal_tolls_and_like_words_are_no_ground_by_themselves() -> None:
    words = frozenset({"bomb", "market"})
    assert alike(tolls=({"killed": (9, 9)}, {"killed": (9, 9)}), words=(words, words)) == 0


def test_the_same_entity_says_more_than_the_same_kind() -> None:
    army = Side(frozenset({"e1"}), frozenset({("NGA", "MIL")}), frozenset({"army"}))
    troops = Side(frozenset({"e2"}), frozenset({("NGA", "MIL")}), frozenset({"troop"}))
    police = Side(frozenset({"e3"}), frozenset({("TCD", "COP")}), frozenset({"polic"}))
    assert alike(actors=(army, army)) > alike(actors=(army, troops)) > 0 > alike(actors=(army, police))


def test_modes_of_one_deed_do_not_contradict() -> None:
    bare = alike(**SAME_STORY)
    assert alike(mode=("explosives", "suicide-attack"), **SAME_STORY) == bare
    assert alike(mode=("explosives", "explosives"), **SAME_STORY) > bare
    assert alike(mode=("explosives", "abduct"), **SAME_STORY) < 0
