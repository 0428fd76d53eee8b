"""The timeline as shapes: a column a day, conflict above the line and cooperation below it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from warehouse.brief_parts import DayCount, Period

WIDTH, HEIGHT = 1000.0, 200.0  # the picture is stretched to its place: no text stands in it
SHARE = 0.78  # of a day's width that its column has
FEWEST_DAYS, MOST_DAYS = 14, 120
TICKS = 6
UPWARD = ("material_conflict", "verbal_conflict")
DOWNWARD = ("material_cooperation", "verbal_cooperation")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a column: one quad's events."""

    quad: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A day that has events."""

    day: date
    x: float
    width: float
    events: int
    conflict: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A day that is named below the picture, and where, in hundredths of its width."""

    day: date
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A picture of days. `base`: where conflict ends and cooperation begins; earlier and later events are outside."""

    first: date
    last: date
    base: float
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    earlier: int
    later: int
    most: int


def timeline(days: Sequence[DayCount], period: Period) -> Timeline:
    """The days of a period, two weeks at least and the last 120 at most."""
    last = period.until.date()
    first = min(period.since.date(), last - timedelta(days=FEWEST_DAYS - 1))
    first = max(first, last - timedelta(days=MOST_DAYS - 1))
    inside = [day for day in days if first <= day.event_day <= last]
    up = max((stacked(day, UPWARD) for day in inside), default=0)
    down = max((stacked(day, DOWNWARD) for day in inside), default=0)
    unit = HEIGHT / max(up + down, 1)
    width = WIDTH / ((last - first).days + 1)
    return Timeline(
        first=first,
        last=last,
        base=round(up * unit, 1),
        columns=tuple(column(day, (day.event_day - first).days * width, width, up * unit, unit) for day in inside),
        ticks=ticks(first, last),
        earlier=sum(day.events for day in days if day.event_day < first),
        later=sum(day.events for day in days if day.event_day > last),
        most=max((day.events for day in inside), default=0),
    )


def column(day: DayCount, x: float, width: float, base: float, unit: float) -> Column:
    """A day's column: conflict is piled up from the line, cooperation down."""
    pieces, top, bottom = [], base, base
    for quad in UPWARD:
        height = getattr(day, quad) * unit
        top -= height
        pieces.append(Piece(quad, round(top, 1), round(height, 1)))
    for quad in DOWNWARD:
        height = getattr(day, quad) * unit
        pieces.append(Piece(quad, round(bottom, 1), round(height, 1)))
        bottom += height
    kept = tuple(piece for piece in pieces if piece.height)
    margin = width * (1 - SHARE) / 2
    return Column(day.event_day, round(x + margin, 1), round(width * SHARE, 1), day.events, stacked(day, UPWARD), kept)


def stacked(day: DayCount, quads: Sequence[str]) -> int:
    """A day's events of some quads."""
    return sum(getattr(day, quad) for quad in quads)


def ticks(first: date, last: date) -> tuple[Tick, ...]:
    """Days to be named, evenly spread, each in the middle of its column."""
    count = (last - first).days + 1
    step = -(-count // TICKS)
    return tuple(Tick(first + timedelta(days=n), round(100 * (n + 0.5) / count, 1)) for n in range(0, count, step))
