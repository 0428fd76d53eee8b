"""What a brief reads, from a file and from a lake."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.warehouse.news import ATTACK, TALKS, fill
from warehouse.brief import read_brief
from warehouse.publish import publish
from warehouse.store import Warehouse

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)


@pytest.mark.lake
def test_all_figures_are_of_the_same_events(warehouse: Warehouse, published: Path) -> None:
    with warehouse.transaction() as cursor:
        fill(cursor)
    publish(warehouse, published)
    brief = read_brief(published, date(2026, 11, 1), (), NOW)
    assert [event.event_id for event in brief.events] == [ATTACK, TALKS]
    assert (brief.totals.events, brief.totals.told_twice, brief.totals.killed) == (2, 1, "3–5")
    assert [(count.event_type, count.events, count.numbers) for count in brief.types] == [
        ("ASSAULT", 1, (1,)), ("CONSULT", 1, (2,)),
    ]  # fmt: skip
    assert [(count.event_day.day, count.numbers) for count in brief.days] == [(19, (2,)), (20, (1,))]
    assert [(count.country, count.placed, count.numbers) for count in brief.countries] == [
        ("IRQ", 1, (1,)), (None, 0, (2,)),
    ]  # fmt: skip
    assert [(pair.actor, pair.recipient, pair.mutual) for pair in brief.dyads] == [
        ("Karo Front", "IRQ CVL", False), ("Norland", "Sudria", True),
    ]  # fmt: skip
    ((toll, claims),) = [(toll.toll, toll.claims) for toll in brief.tolls]
    assert (toll, [(claim.toll, claim.articles, claim.attribution) for claim in claims]) == (
        "3+", [("3", 2, None), ("5+", 1, "a doctor")],
    )  # fmt: skip
    assert {feed.feed_id: feed.health for feed in brief.feeds} == {"wire": "new", "paper": "new"}


@pytest.mark.lake
def test_a_day_after_the_last_report_has_nothing(warehouse: Warehouse, published: Path) -> None:
    with warehouse.transaction() as cursor:
        fill(cursor)
    publish(warehouse, published)
    assert read_brief(published, date(2026, 11, 21), (), NOW).events == ()
