"""What a brief tells: what happened since a time, counted over all of its events, and the first of them in full."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from warehouse.brief_parts import (
    Brief,
    Claim,
    CountryCount,
    DayCount,
    Dyad,
    FeedState,
    Period,
    PlaceCount,
    Rising,
    ShownEvent,
    Story,
    Telling,
    Toll,
    Totals,
    TypeCount,
)
from warehouse.query import reader
from warehouse.store import Cursor, fetch_rows, statement

T = TypeVar("T")
MOST_EVENTS = 1_000  # shown in full, about a kilobyte of HTML each
MOST_REFERENCES = 40  # numbers of events beside a figure
MOST_ROWS = 30  # of pairs, tolls, stories, names
MOST_PLACES = 500  # points on the map
MOST_TELLINGS = 12  # articles of a story


def read_brief(
    published: Path, since: date | timedelta, countries: Sequence[str], now: datetime, *, most: int = MOST_EVENTS
) -> Brief:
    """A brief of what was told since a day, or in a span of time up to the last report, in one state of the warehouse.

    `most`: events that are shown in full; all are counted. WarehouseError when there is no warehouse yet.
    """
    with reader(published) as cursor:
        newest = fetch_rows(cursor, "brief_span", now=now)[0]["newest"] or now
        period = period_of(since, newest, tuple(countries))
        times = {"since": period.since, "until": period.until, "countries": list(period.countries)}
        cursor.execute(statement("brief_window"), {**times, "most": most})
        cursor.execute(statement("brief_shown"))
        return Brief(
            period=period,
            totals=Totals(**fetch_rows(cursor, "brief_totals")[0]),
            events=tuple(ShownEvent(**row) for row in fetch_rows(cursor, "brief_events")),
            types=_counted(cursor, TypeCount, "brief_types"),
            days=_counted(cursor, DayCount, "brief_days"),
            countries=_counted(cursor, CountryCount, "brief_countries"),
            places=_counted(cursor, PlaceCount, "brief_places", rows=MOST_PLACES),
            dyads=_counted(cursor, Dyad, "brief_dyads", rows=MOST_ROWS),
            tolls=_tolls(cursor),
            stories=_stories(cursor, times),
            names=_counted(cursor, Rising, "brief_names", countries=list(countries), rows=MOST_ROWS),
            feeds=tuple(FeedState(**row) for row in fetch_rows(cursor, "brief_feeds")),
        )


def period_of(since: date | timedelta, newest: datetime, countries: tuple[str, ...]) -> Period:
    """From a day on, or so long before the last report, up to that report."""
    if isinstance(since, timedelta):
        return Period(newest - since, newest, countries)
    start = datetime(since.year, since.month, since.day, tzinfo=UTC)
    return Period(start, max(newest, start), countries)


@cache
def country_names() -> dict[str, str]:
    """The names of states by ISO 3166 alpha-3."""
    with (files("warehouse") / "data" / "countries.csv").open(encoding="utf-8") as file:
        return {row["country"]: row["country_name"] for row in csv.DictReader(file)}


def _stories(cursor: Cursor, times: dict[str, Any]) -> tuple[Story, ...]:
    stories = fetch_rows(cursor, "brief_stories", **times, refs=MOST_REFERENCES, rows=MOST_ROWS)
    ids = [row["story_id"] for row in stories]
    told: dict[str, list[Telling]] = {story_id: [] for story_id in ids}
    for row in fetch_rows(cursor, "brief_tellings", stories=ids, most=MOST_TELLINGS):
        told[row["story_id"]].append(Telling(**row))
    return tuple(Story(**_numbered(row), tellings=tuple(told[row["story_id"]])) for row in stories)


def _tolls(cursor: Cursor) -> tuple[Toll, ...]:
    events = [row["event_id"] for row in fetch_rows(cursor, "brief_deadliest", rows=MOST_ROWS)]
    return tuple(
        Toll(**{**row, "claims": tuple(Claim(**claim) for claim in row["claims"])})
        for row in fetch_rows(cursor, "brief_tolls", events=events)
    )


def _counted(cursor: Cursor, kind: Callable[..., T], name: str, **values: object) -> tuple[T, ...]:
    """Figures of one kind, each with the numbers of the first events that it counts."""
    return tuple(kind(**_numbered(row)) for row in fetch_rows(cursor, name, refs=MOST_REFERENCES, **values))


def _numbered(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value or ()) if name.endswith("numbers") else value for name, value in row.items()}
