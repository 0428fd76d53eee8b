"""Which event mentions are one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.group import Side, Spot, Telling, cluster

MONDAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
KARO = Spot(1, 10.0, 10.0, "city", "NGA", "Karo")
PORT_SEL = Spot(2, 12.0, 10.0, "city", "NGA", "Sel")
REBELS = Side(frozenset({"rebels"}), frozenset({("NGA", "REB")}), frozenset({"rebel"}))
SOLDIERS = Side(frozenset(), frozenset({("NGA", "MIL")}), frozenset({"soldi"}))


def telling(name: str, **changes: object) -> Telling:
    """Rebels attack soldiers in Karo on Monday, killing four; each telling in an article and story of its own."""
    values: dict[str, object] = {
        "event_mention_id": name, "article_id": f"article {name}", "story_id": f"story {name}", "day": MONDAY,
        "is_dated": True, "reported_at": NOON, "spot": KARO, "actors": REBELS, "recipients": SOLDIERS,
        "tolls": {"killed": (4, 4)}, "words": frozenset({"rebel", "soldi", name}),
    }  # fmt: skip
    return Telling(**{**values, **changes})  # type: ignore[arg-type]


def groups(*tellings: Telling) -> set[frozenset[str]]:
    """Names of the mentions that are one event."""
    events = cluster(tellings)
    return {frozenset(name for name in events if events[name] == event) for event in events.values()}


def test_two_reports_of_one_attack_are_one_event() -> None:
    assert groups(telling("a"), telling("b")) == {frozenset("ab")}


def test_attacks_in_two_towns_are_two_events() -> None:
    assert groups(telling("a"), telling("b", spot=PORT_SEL)) == {frozenset("a"), frozenset("b")}


def test_attacks_on_two_days_are_two_events() -> None:
    assert len(groups(telling("a"), telling("b", day=MONDAY + timedelta(days=1)))) == 2


def test_a_bomb_and_a_shooting_on_one_day_with_other_tolls_are_two_events() -> None:
    bomb = telling("a", mode="explosives", tolls={"killed": (12, 12)}, actors=Side())
    shooting = telling("b", mode="firearms", tolls={"killed": (2, 2)}, actors=Side())
    assert len(groups(bomb, shooting)) == 2


def test_a_report_without_a_day_joins_the_event_of_the_day_before() -> None:
    undated = telling("b", is_dated=False, day=MONDAY + timedelta(days=1))
    assert groups(telling("a"), undated) == {frozenset("ab")}


def test_a_report_without_a_day_does_not_reach_back_a_week() -> None:
    undated = telling("b", is_dated=False, day=MONDAY + timedelta(days=7))
    assert len(groups(telling("a"), undated)) == 2


OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
WEEK = (date(2026, 11, 9), MONDAY)


@pytest.mark.parametrize(("dates", "joins"), [(OCTOBER, False), (WEEK, True), (None, True)])
def test_a_report_of_a_longer_time_joins_an_event_of_that_time_only(
    dates: tuple[date, date] | None, joins: bool
) -> None:
    told = telling("b", is_dated=False, dates=dates)
    assert (len(groups(telling("a", dates=(MONDAY, MONDAY)), told)) == 1) is joins
    assert (len(groups(telling("a", is_dated=False), told)) == 1) is joins


def test_two_reports_of_the_same_longer_time_are_one_event() -> None:
    assert len(groups(*(telling(name, is_dated=False, dates=OCTOBER) for name in "ab"))) == 1


def test_what_an_article_links_is_of_the_time_that_it_gives_once() -> None:
    one = telling("a", article_id="x", happening=1, is_dated=False, dates=OCTOBER)
    two = replace(one, event_mention_id="b", dates=None)
    other = replace(one, event_mention_id="c", dates=(MONDAY, MONDAY))
    assert groups(one, two, other) == {frozenset("ab"), frozenset("c")}


# A raid of some soldiers on some rebels: of Monday's battle as far as sectors and toll tell.
RAID: dict[str, object] = {
    "is_dated": False, "spot": None, "story_id": "raid", "actors": Side(codes=frozenset({(None, "REB")})),
    "recipients": Side(codes=frozenset({(None, "MIL")})), "words": frozenset({"raid"}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("tie", "joins"),
    [
        ({}, False),
        ({"actors": Side(words=REBELS.words)}, False),
        ({"spot": KARO}, True),
        ({"actors": REBELS}, True),
        ({"story_id": "story a"}, True),
    ],
    ids=["nothing", "like words", "place", "party", "story"],
)
def test_a_report_without_a_day_joins_by_place_party_or_story_only(tie: dict[str, object], joins: bool) -> None:
    assert (len(groups(telling("a"), telling("b", **RAID | tie))) == 1) is joins


def test_with_a_day_the_same_joins() -> None:
    assert len(groups(telling("a"), telling("b", **RAID | {"is_dated": True}))) == 1


def test_reports_that_say_nothing_in_common_are_apart() -> None:
    bare = {"spot": None, "actors": Side(), "recipients": Side(), "tolls": {}}
    assert len(groups(telling("a", **bare), telling("b", **bare))) == 2


def test_sentences_of_one_article_are_one_event_where_it_links_them() -> None:
    one = telling("a", article_id="x", story_id="x", happening=1)
    two = replace(one, event_mention_id="b", spot=None, words=frozenset({"later"}))
    assert groups(one, two) == {frozenset("ab")}


def test_an_event_is_known_by_its_earliest_report() -> None:
    first = cluster([telling("a"), telling("b", reported_at=NOON + timedelta(hours=1))])
    assert cluster([telling("a")])["a"] == first["b"]


SPOTS = st.sampled_from([None, KARO, PORT_SEL, Spot(3, 10.02, 10.02, "point", "NGA", "Karo")])
TELLINGS = st.lists(
    st.builds(
        lambda n, day, dated, dates, spot, actors, killed, story: telling(
            f"m{n:02}", day=MONDAY + timedelta(days=day), is_dated=dated, spot=spot, actors=actors,
            dates=None if dated else dates,
            tolls={"killed": (killed, killed)} if killed else {}, story_id=f"s{story}",
        ),
        st.integers(0, 30), st.integers(0, 3), st.booleans(), st.sampled_from([None, OCTOBER, WEEK]),
        SPOTS, st.sampled_from([REBELS, SOLDIERS, Side()]),
        st.sampled_from([0, 2, 4, 30]), st.integers(0, 3),
    ),
    unique_by=lambda t: t.event_mention_id, max_size=14,
)  # fmt: skip


@given(TELLINGS, st.randoms())
def test_the_order_of_mentions_does_not_matter(tellings: list[Telling], random: object) -> None:
    before = cluster(tellings)
    random.shuffle(tellings)  # type: ignore[attr-defined]
    assert cluster(tellings) == before


@given(TELLINGS)
def test_each_mention_has_an_event_and_what_is_ruled_out_is_apart(tellings: list[Telling]) -> None:
    events = cluster(tellings)
    assert events.keys() == {t.event_mention_id for t in tellings}
    placed = [t for t in tellings if t.spot in (KARO, PORT_SEL) and (t.is_dated or t.day == MONDAY)]
    places = {(events[t.event_mention_id], t.spot) for t in placed}
    assert len({event for event, _ in places}) == len(places)


@given(TELLINGS)
def test_dated_events_stay_as_they_are_when_other_days_are_added(tellings: list[Telling]) -> None:
    alone = [t for t in tellings if t.is_dated and t.day == MONDAY]
    events = cluster(tellings)
    assert cluster(alone) == {t.event_mention_id: events[t.event_mention_id] for t in alone}


@given(TELLINGS)
def test_settled_days_keep_their_events_and_give_the_same_outcome(tellings: list[Telling]) -> None:
    events = cluster(tellings)
    known = [replace(t, event_id=events[t.event_mention_id]) for t in tellings]
    assert cluster(known, settled={t.day for t in tellings}) == events
