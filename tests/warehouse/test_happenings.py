"""Events: settled once, made anew where something changed, and by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pipeline.records import Event, Span
from tests.warehouse.build import NOON, TEXT, assault, entry, fetch, poll, reading
from tests.warehouse.conftest import Ask
from warehouse.grouping import group_all
from warehouse.happenings import place_mentions
from warehouse.load import load_readings
from warehouse.pages import unread_captures
from warehouse.store import Warehouse

TRIGGERS = ("attacked", "killed", "burnt")
# What makes three reports independent: more of words of their own than of those of TEXT.
OTHERWISE = {n: " ".join(f"word{n}x{m}" for m in range(150)) for n in (1, 2, 3)}
STATE = ("SELECT * FROM event ORDER BY ALL", "SELECT event_mention_id, event_id FROM event_mention ORDER BY ALL")


def load(warehouse: Warehouse, number: int, text: str, events: list[Event], hours: int, run_id: str) -> None:
    """What stands at address `number` so many hours after noon."""
    at = NOON + timedelta(hours=hours)
    poll(warehouse, [entry(number, published_at=NOON, updated_at=at)], at=at)
    fetch(warehouse, f"https://wire.example/{number}", at=at)
    load_readings(warehouse, run_id, at, [reading(u, text, events) for u in unread_captures(warehouse)], [])


@pytest.fixture
def grouped(warehouse: Warehouse) -> Warehouse:
    """An attack that one article tells of, and a seizure that only a superseded text tells of."""
    load(warehouse, 1, TEXT, [assault()], 0, "run-1")
    load(warehouse, 2, TEXT, [replace(assault(), type="COERCE")], 0, "run-1")
    group_all(warehouse, "run-1")
    assert len(state_of(warehouse)[0]) == 2
    load(warehouse, 2, TEXT + " Nobody could tell who they were.", [], 1, "run-1")
    group_all(warehouse, "run-1")
    return warehouse


def state_of(warehouse: Warehouse) -> list[list[tuple[Any, ...]]]:
    """Events, and what event mentions are of which."""
    with warehouse.transaction() as cursor:
        return [cursor.execute(query).fetchall() for query in STATE]


def test_grouping_what_is_grouped_writes_nothing(grouped: Warehouse) -> None:
    grouped.unpublished = False
    assert group_all(grouped, "run-2") == 0
    assert not grouped.unpublished


def test_what_only_superseded_texts_tell_of_is_no_event_and_is_not_looked_for_again(grouped: Warehouse) -> None:
    before = state_of(grouped)
    assert len(before[0]) == 1
    assert [event_id is None for _, event_id in before[1]].count(True) == 1
    with grouped.transaction() as cursor:
        cursor.execute("UPDATE event_mention SET event_day = NULL")
        place_mentions(cursor, "run-2")
        assert cursor.execute("SELECT count(*) FROM relinked").fetchall() == [(0,)]
    assert state_of(grouped) == before


@pytest.mark.lake
def test_an_event_names_the_last_run_that_changed_it(grouped: Warehouse, ask: Ask) -> None:
    load(grouped, 3, TEXT + " More was not known.", [assault()], 2, "run-2")
    group_all(grouped, "run-2")
    assert ask("SELECT mention_count, run_id FROM event") == [(2, "run-2")]
    assert ask("SELECT DISTINCT grouped_run_id FROM provenance WHERE event_id IS NOT NULL") == [("run-2",)]


def test_of_two_reports_that_name_nobody_the_one_with_a_toll_leads(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, 1, TEXT, [replace(assault(), actors=(), confidence=0.5)], 0, "run-1")
    load(warehouse, 2, TEXT + " More.", [replace(assault(), actors=(), killed=None, confidence=0.9)], 1, "run-1")
    group_all(warehouse, "run-1")
    leads = (
        "SELECT m.killed_low FROM event AS e JOIN event_mention AS m ON m.event_mention_id = e.lead_event_mention_id"
    )
    assert ask(leads) == [(3,)]


TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)
LAST_YEAR = (date(TODAY.year - 1, 1, 1), date(TODAY.year - 1, 12, 31))


@pytest.mark.parametrize(
    ("told", "events"),
    [
        ([(TODAY, TODAY), LAST_YEAR], [(LAST_YEAR[1], *LAST_YEAR), (TODAY, TODAY, TODAY)]),
        ([None, LAST_YEAR], [(LAST_YEAR[1], *LAST_YEAR), (TODAY, None, None)]),
        ([(TODAY, TODAY), (LAST_YEAR[0], TODAY)], [(TODAY, TODAY, TODAY)]),
        ([(YESTERDAY, TODAY), (TODAY, TODAY)], [(TODAY, TODAY, TODAY)]),
        ([(YESTERDAY, TODAY), None], [(TODAY, YESTERDAY, TODAY)]),
    ],
    ids=["today, last year", "undated, last year", "today, since last year", "overnight, today", "overnight, undated"],
)
def test_an_event_is_of_one_time_and_counted_to_a_day_of_it(
    told: list[tuple[date, date] | None],
    events: list[tuple[date, date | None, date | None]],
    warehouse: Warehouse,
    ask: Ask,
) -> None:
    for number, dates in enumerate(told, 1):
        first, last = dates or (None, None)
        load(warehouse, number, f"{TEXT} More.", [replace(assault(), date_start=first, date_end=last)], 0, "run-1")
    group_all(warehouse, "run-1")
    assert ask("SELECT event_day, date_start, date_end FROM event ORDER BY ALL") == events
    assert ask("SELECT count(*) FROM event_mention WHERE event_day NOT BETWEEN date_start AND date_end") == [(0,)]


def with_mode(mode: str | None, of: str = "attacked") -> Event:
    """The attack, told by other words of TEXT and in that mode."""
    told = replace(assault(), mode=mode, scale=-8.5 if mode else -9.0, happening=1)
    start = TEXT.index(of)
    return replace(told, trigger=Span(start, start + len(of), of))


@pytest.mark.parametrize(
    ("reports", "mode", "scale"),
    [
        ([["firearms"], ["firearms"], [None]], "firearms", -8.5),
        ([["firearms"], [None]], "firearms", -8.5),
        ([["firearms"], [None], [None]], None, -9.0),
        ([["firearms", None, None]], None, -9.0),
        ([["firearms", None]], "firearms", -8.5),
        ([["firearms", None], ["firearms", None], [None]], None, -9.0),
    ],
)
def test_a_mode_stands_for_half_of_the_independent_reports(
    reports: list[list[str | None]], mode: str | None, scale: float, warehouse: Warehouse, ask: Ask
) -> None:
    for number, modes in enumerate(reports, 1):
        text = f"{TEXT} {OTHERWISE[number]}"
        load(warehouse, number, text, [with_mode(m, of) for m, of in zip(modes, TRIGGERS, strict=False)], 0, "run-1")
    group_all(warehouse, "run-1")
    assert ask("SELECT mode, scale, report_count FROM event") == [(mode, scale, len(reports))]
