"""What a feed's history teaches about when to poll it: pure, given `now`.

A poll pays once the entries that it may be expected to find have waited long enough, all taken together. For a feed
of an even pace that is the square-root rule: polls in proportion to the square root of the rate give the least mean
delay for a given number of polls (Sia, Cho & Cho 2007, "Efficient Monitoring Algorithm for Fast News Alerts"). The
same sum holds for feeds that sleep at night: little waits then, and the first poll of the morning comes in time.

The constants are flat near their best in `tests/bench/polling_simulation.py`: halved or doubled, they cost less than
5 % more requests for the same delay. Without the hours of the day it is 20 %. Counting the entries of the last hours
apart, to see a burst begin, saved 2 to 4 % and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

WINDOW_DAYS = 14

_HOUR = 3600.0
_WINDOW = timedelta(days=WINDOW_DAYS)
# A poll is worth 6 minutes of waiting. Of an even pace: 12 entries a day are polled every 38 minutes, 1 a day every
# 2 hours, 1 a week every 5 hours.
_WORTH_HOURS = 6 / 60
# Before anything is known a feed counts as one that gave 1 entry in 3 hours: polled every 46 minutes.
_PRIOR_ENTRIES = 1.0
_PRIOR_DAYS = 1 / 8
# As many entries are spread evenly over the day: after 3 entries nobody knows when a feed sleeps, after 100 one does.
_EVEN_ENTRIES = 6.0
# How far the pace of today may differ from that of two weeks: none where 4 were due halves the pace, as on a weekend.
_STEADINESS = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """When a feed has published of late.

    `by_hour`: publications of the last `WINDOW_DAYS` by hour of the day, UTC. `watched_days`: how much of that time
    is known, by polls or by what the first document reached back to.
    """

    by_hour: tuple[int, ...] = (0,) * 24
    watched_days: float = 0.0
    last_new_at: datetime | None = None  # publication of the newest

    @property
    def entries(self) -> int:
        """Publications in the time that is known."""
        return sum(self.by_hour)

    @property
    def per_day(self) -> float:
        """Entries a day that may be expected; of an unknown feed a guess, so never 0."""
        return (self.entries + _PRIOR_ENTRIES) / (max(self.watched_days, 0.0) + _PRIOR_DAYS)


def with_new(habit: Habit, published: Sequence[datetime], now: datetime) -> Habit:
    """The habit with new entries in it.

    Dates after `now` count as now, dates before the window do not count. Entries without a date are the caller's:
    new ones of a known feed were published about now, those of a first document at nobody knows when.
    """
    recent = [min(at, now) for at in published if at > now - _WINDOW]
    if not recent:
        return habit
    by_hour = list(habit.by_hour)
    for at in recent:
        by_hour[int(at.timestamp() // _HOUR) % 24] += 1
    reach_days = (now - min(recent)).total_seconds() / (24 * _HOUR)
    return Habit(
        by_hour=tuple(by_hour),
        watched_days=min(max(habit.watched_days, reach_days), float(WINDOW_DAYS)),
        last_new_at=max([*recent, habit.last_new_at] if habit.last_new_at else recent),
    )


def wait_seconds(habit: Habit, now: datetime, *, floor_seconds: float, ceiling_seconds: float) -> float:
    """Seconds from `now`, when all is known, until the next poll pays; between floor and ceiling."""
    rates, start, most = hourly_rates(habit, now), _in_hours(now), ceiling_seconds / _HOUR
    waited = due = hours = 0.0  # entry-hours, entries, hours from now
    while hours < most:
        rate, length = rates[int(start + hours) % 24], 1.0 - (start + hours) % 1.0
        at_end = waited + due * length + rate * length * length / 2
        if at_end >= _WORTH_HOURS:
            missing = _WORTH_HOURS - waited
            hours += 2 * missing / (due + sqrt(due * due + 2 * rate * missing))  # of rate/2·h² + due·h = missing
            break
        waited, due, hours = at_end, due + rate * length, hours + length
    return max(floor_seconds, min(hours * _HOUR, ceiling_seconds))


def expected_entries(habit: Habit, now: datetime, seconds: float) -> float:
    """How many entries may be expected to come within so many seconds of `now`."""
    return _expected(hourly_rates(habit, now), _in_hours(now), seconds / _HOUR)


def hourly_rates(habit: Habit, now: datetime) -> list[float]:
    """Entries an hour that may be expected in each hour of the day, UTC."""
    counts, entries = habit.by_hour, habit.entries
    # 20 entries in the 2 hours that are known say nothing of the other 22: those count as the same.
    unknown = max(0.0, 1 / max(habit.watched_days, 0.01) - 1)
    spread = _EVEN_ENTRIES + entries * unknown
    scale = habit.per_day / (entries + spread)
    even, quarter = scale * spread / 24, scale / 4
    # An hour's neighbours lend it half of its weight: feeds are not on time to the minute.
    shifted = zip(counts[-1:] + counts[:-1], counts, counts[1:] + counts[:1], strict=True)
    usual = [even + (before + 2 * at + after) * quarter for before, at, after in shifted]
    if habit.last_new_at is None or not entries:
        return usual
    then = _in_hours(habit.last_new_at)
    missing = _expected(usual, then, _in_hours(now) - then)
    today = _STEADINESS / (_STEADINESS + missing)
    return [rate * today for rate in usual]


def _expected(rates: list[float], start: float, hours: float) -> float:
    """Entries in so many hours from `start`, which is in hours since 1970."""
    if hours <= 0:
        return 0.0
    days, rest = divmod(hours, 24.0)
    first, end = int(start), start + rest
    last = int(end)
    between = (rates[first % 24 :] + rates[: first % 24] + rates[first % 24 :])[: last - first]
    return days * sum(rates) + sum(between) - rates[first % 24] * (start - first) + rates[last % 24] * (end - last)


def _in_hours(at: datetime) -> float:
    return at.timestamp() / _HOUR
