"""Made-up feeds for `polling_simulation`: when each publishes, how much it shows, and when it cannot be reached.

Times are hours since the start of the simulation, which is midnight UTC on a Monday; what was published before it
fills the first documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HISTORY_DAYS = 30  # before the start
ZONES = np.array([-8, -6, -5, -3, 0, 1, 1, 2, 3, 4, 5, 7, 8, 9])  # hours from UTC, about where news is made
SHOWN = (10, 10, 15, 20, 20, 25, 30, 50, 100)  # entries in a document

# Share of feeds of each kind.
KINDS = {
    "wire": 0.12,  # around the clock, somewhat less at night
    "daily": 0.38,  # day and night
    "office": 0.25,  # office hours, no weekends
    "batch": 0.12,  # all at once at a fixed time
    "bursts": 0.10,  # as daily, with breaking news
    "dead": 0.03,  # answers, and never says anything new
}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One feed with all that it will do."""

    kind: str
    host: int
    published: Floats  # ascending
    old: int  # so many of them lie before the start
    visible: Floats  # when each entry stands in the document: later than published where a cache is in between
    shown: int  # the newest so many entries stand in the document
    dated: str = "well"  # or: not, by_day, ahead
    outages: tuple[tuple[float, float, str], ...] = ()  # from, to, reason
    hint_seconds: float | None = None

    def outage(self, at: float) -> str | None:
        """Why the feed cannot be read at that time; None: it can."""
        return next((reason for start, end, reason in self.outages if start <= at < end), None)


def make_worlds(count: int, days: float, seed: int) -> list[World]:
    """So many feeds, over the history and `days` days. The same seed makes the same feeds."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice(list(KINDS), size=count, p=list(KINDS.values()))
    hosts = (count * rng.uniform(size=count) ** 3).astype(int)  # of 10,000 feeds some 460 share the largest host
    return [_world(rng, str(kind), int(host), days) for kind, host in zip(kinds, hosts, strict=True)]


def _world(rng: np.random.Generator, kind: str, host: int, days: float) -> World:
    published = np.sort(_publications(rng, kind, days))
    outages = tuple(_outages(rng, days))
    if outages and outages[0][1] == float("inf"):
        published = published[published < 0]  # what nobody can see is nobody's delay
    cache_hours = float(rng.choice([0, 5 / 60, 15 / 60, 1], p=[0.8, 0.1, 0.07, 0.03]))
    visible = published
    if cache_hours:
        visible = (np.floor(published / cache_hours) + 1) * cache_hours
    # Generators' defaults (60), modest and silly wishes, and caches that say how long they hold a copy.
    ttl = rng.choice([0, 5, 15, 60, 180, 1440, 10_080], p=[0.6, 0.04, 0.06, 0.23, 0.03, 0.03, 0.01]) * 60.0
    hint = max(float(ttl), cache_hours * 3600)
    return World(
        kind=kind,
        host=host,
        published=published,
        old=int((published < 0).sum()),
        visible=visible,
        shown=_shown(rng, published),
        dated=str(rng.choice(["well", "not", "by_day", "ahead"], p=[0.92, 0.04, 0.02, 0.02])),
        outages=outages,
        hint_seconds=hint or None,
    )


def _shown(rng: np.random.Generator, published: Floats) -> int:
    """How many entries its document shows: mostly a fifth of what it gives on a busy day, or more."""
    if not len(published):
        return 10
    in_days = np.bincount(((published + HISTORY_DAYS * 24) // 24).astype(int))
    needed = min(np.percentile(in_days, 90) / 5, max(SHOWN)) if rng.uniform() < 0.9 else 0
    return int(rng.choice([shown for shown in SHOWN if shown >= needed]))


def _publications(rng: np.random.Generator, kind: str, days: float) -> Floats:
    # A heavy tail: half of the feeds give less than 1.5 entries a day, the busiest some 10 an hour.
    per_day = float(np.clip(np.exp(rng.normal(np.log(1.5), 1.6)), 1 / 30, 250))
    hours = np.arange(-HISTORY_DAYS * 24, int(days * 24))
    zone = int(rng.choice(ZONES))
    if kind == "batch":
        return _batches(rng, days, zone)
    share = _rhythm(kind, (hours + zone) % 24, (hours + zone) // 24 % 7)
    # No two days have the same news: gamma of mean 1 and shape 4.
    news = rng.gamma(4, 1 / 4, size=HISTORY_DAYS + int(days) + 2)[(hours + HISTORY_DAYS * 24) // 24]
    counts = rng.poisson(per_day * share * news)
    if kind == "dead":
        counts[hours > -24 * rng.uniform(0, 2 * HISTORY_DAYS)] = 0
    times = np.repeat(hours, counts) + rng.uniform(size=int(counts.sum()))
    return np.concatenate([times, *_breaking_news(rng, days)]) if kind == "bursts" else times


def _rhythm(kind: str, hour: NDArray[np.int64], weekday: NDArray[np.int64]) -> Floats:
    """The part of a day's entries that falls into each hour."""
    day = np.clip(np.sin((hour - 5) / 18 * np.pi), 0, None)
    if kind == "wire":
        shape = 0.5 + day
    elif kind == "office":
        shape = np.where((hour >= 8) & (hour < 18) & (weekday < 5), 1.4, 0.01)
    else:
        shape = (0.03 + day) * np.where(weekday < 5, 1.1, 0.7)
    return np.asarray(shape / shape.mean() / 24)


def _batches(rng: np.random.Generator, days: float, zone: int) -> Floats:
    """Some entries at 06:00, on most days; some desks add an edition in the evening."""
    editions = [6, 18] if rng.uniform() < 0.3 else [6]
    size = int(rng.integers(2, 10))
    at = [
        24 * day + hour - zone + rng.normal(0, 0.05)
        for day in range(-HISTORY_DAYS + 1, int(days))
        for hour in editions
        if rng.uniform() < 0.95
    ]
    return np.repeat(np.array(at), rng.poisson(size, size=len(at)))


def _breaking_news(rng: np.random.Generator, days: float) -> Iterator[Floats]:
    """Once in five days, 10 to 40 entries within some hours, most of them at the beginning."""
    for start in rng.uniform(-HISTORY_DAYS * 24, days * 24, size=rng.poisson((HISTORY_DAYS + days) / 5)):
        times = start + rng.exponential(1.5, size=int(rng.integers(10, 40)))
        yield times[times < days * 24]


def _outages(rng: np.random.Generator, days: float) -> Iterator[tuple[float, float, str]]:
    """Some feeds are gone, some are ill for hours now and then, most are well."""
    fate = rng.uniform()
    if fate < 0.02:
        yield 0.0, float("inf"), str(rng.choice(["http_404", "http_410", "dns"]))
    elif fate < 0.10:
        for start in rng.uniform(0, days * 24, size=rng.poisson(2)):
            hours = float(np.clip(np.exp(rng.normal(0, 1.5)), 0.1, 72))
            yield start, start + hours, str(rng.choice(["timeout", "http_500", "http_503", "connect", "not_a_feed"]))
