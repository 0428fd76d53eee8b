"""What learnt polling saves: many feeds under a virtual clock, against fixed intervals.

    python -m tests.bench.polling_simulation [--feeds 10000] [--days 14] [--seed 1]

The learnt pace is the real policy, called for each poll, with habits made of what it has sighted itself, as the
warehouse makes them. It begins knowing nothing, and all counts: there is no warm-up. Fixed intervals are simulated
at their best: each feed is polled exactly on time, from a phase of its own, while the learnt pace waits for the next
tick of the schedule. Delay is from publication to sighting; an entry that left its document unseen is missed, and
counts as never sighted in the percentiles.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from pipeline.fetch.habits import WINDOW_DAYS, Habit, with_new
from pipeline.fetch.policy import Bounds, FeedState, PollOutcome, plan_poll, standing_after
from tests.bench.polling_worlds import Floats, World, make_worlds

START = datetime(2026, 11, 2, tzinfo=UTC)  # a Monday
TAIL_HOURS = 12  # what was published at the end is still sighted; requests of that time do not count
WINDOW_HOURS = WINDOW_DAYS * 24
BOUNDS, WELL = Bounds(), FeedState()
CLASSES = (  # entries a day from, name
    (24.0, "24 a day or more"),
    (5.0, "5 to 24 a day"),
    (1.0, "1 to 5 a day"),
    (1 / 7, "1 a week to 1 a day"),
    (0.0, "fewer"),
)
# What a feed says of an entry that was published and sighted then.
DATED: dict[str, Callable[[float, float], float]] = {
    "well": lambda published, sighted: published,
    "not": lambda published, sighted: sighted,
    "by_day": lambda published, sighted: published // 24 * 24,
    "ahead": lambda published, sighted: published + 3,
}


@dataclass(slots=True)
class Ledger:
    """What one policy did to a set of feeds: requests by feed, by host and hour, and when entries were sighted."""

    worlds: Sequence[World]
    days: float
    requests: Floats = field(init=False)
    by_host: Floats = field(init=False)
    sighted: list[Floats] = field(init=False)  # hours, of the entries since the start; inf: missed

    def __post_init__(self) -> None:
        hosts = max(world.host for world in self.worlds) + 1
        self.requests = np.zeros(len(self.worlds))
        self.by_host = np.zeros((hosts, round(self.days * 24)), dtype=np.float32)
        self.sighted = [np.full(len(world.published) - world.old, np.inf) for world in self.worlds]

    def ask(self, feed: int, at: Floats) -> None:
        """Note requests to a feed."""
        hours = at[at < self.by_host.shape[1]].astype(int)
        self.requests[feed] += len(hours)
        np.add.at(self.by_host[self.worlds[feed].host], hours, 1)

    def delays(self, feeds: Sequence[int] | None = None) -> Floats:
        """Minutes from publication to sighting, of all entries of these (all) feeds."""
        chosen = range(len(self.worlds)) if feeds is None else feeds
        parts = [self.sighted[i] - self.worlds[i].published[self.worlds[i].old :] for i in chosen]
        return np.concatenate([np.empty(0), *parts]) * 60

    @property
    def requests_a_day(self) -> float:
        """Requests a day to all feeds."""
        return float(self.requests.sum()) / self.days

    @property
    def busiest_host(self) -> Floats:
        """Requests in each hour to the host that got the most of them."""
        return self.by_host[self.by_host.sum(axis=1).argmax()]


@dataclass(slots=True)
class Watch:
    """One feed as the learnt policy knows it."""

    shown: list[float]  # the world's `visible`
    good: PollOutcome
    state: FeedState = WELL
    habit: Habit = field(default_factory=Habit)
    dates: deque[float] = field(default_factory=deque)  # of the entries in the window
    polls: list[float] = field(default_factory=list)
    known: int = 0  # entries up to here were sighted or missed
    since: float | None = None  # of the first good poll

    def remember(self, at: float) -> None:
        """The habit as the warehouse computes it: publications of the window that were sighted."""
        by_hour = self.habit.by_hour
        while self.dates and self.dates[0] <= at - WINDOW_HOURS:
            hour = int(self.dates.popleft() % 24)
            by_hour = (*by_hour[:hour], by_hour[hour] - 1, *by_hour[hour + 1 :])
        first = at if self.since is None else self.since
        if self.dates and self.dates[0] < first:
            first = self.dates[0]
        last = self.habit.last_new_at if self.dates else None
        self.habit = Habit(by_hour=by_hour, watched_days=min((at - first) / 24, WINDOW_DAYS), last_new_at=last)

    def learn(self, world: World, new: list[float], at: float) -> None:
        """Take in the entries of a document that are new, by the dates that it gives them."""
        if not new or (world.dated == "not" and self.since is None):
            return  # without dates, and of a first document: old, for all that is known
        dates = [min(DATED[world.dated](published, at), at) for published in new]
        self.habit = with_new(self.habit, [clock(date) for date in dates], clock(at))
        self.dates.extend(date for date in dates if date > at - WINDOW_HOURS)


def clock(hours: float) -> datetime:
    """Hours since the start as a time."""
    return START + timedelta(hours=hours)


def poll_learnt(worlds: Sequence[World], days: float, tick_minutes: float, seed: int) -> Ledger:
    """Polled by the policy at the ticks of a schedule."""
    ledger, rng = Ledger(worlds, days), np.random.default_rng(seed)
    watches = [Watch(w.visible.tolist(), PollOutcome(ok=True, status=200, hint_seconds=w.hint_seconds)) for w in worlds]
    due = np.zeros(len(worlds))
    for tick in range(round((days * 24 + TAIL_HOURS) * 60 / tick_minutes)):
        at = tick * tick_minutes / 60
        feeds = np.flatnonzero(due <= at)
        for feed, jitter in zip(feeds.tolist(), rng.uniform(size=len(feeds)).tolist(), strict=True):
            due[feed] = poll(watches[feed], worlds[feed], at, jitter, ledger.sighted[feed])
    for feed, watch in enumerate(watches):
        ledger.ask(feed, np.array(watch.polls))
    return ledger


def poll(watch: Watch, world: World, at: float, jitter: float, sighted: Floats) -> float:
    """One poll at that time, which notes what it sights; the time from which the next is due."""
    watch.polls.append(at)
    watch.remember(at)
    reason = world.outage(at) if world.outages else None
    outcome = failed(reason) if reason else watch.good
    if outcome.ok:
        end = bisect_right(watch.shown, at, lo=watch.known)
        if end > watch.known or watch.since is None:
            first = max(watch.known, end - world.shown)
            watch.learn(world, world.published[first:end].tolist(), at)
            sighted[max(first - world.old, 0) : max(end - world.old, 0)] = at
            watch.known, watch.since = end, at if watch.since is None else watch.since
    now = clock(at)
    plan = plan_poll(watch.state, outcome, watch.habit, BOUNDS, now, jitter=jitter)
    watch.state = WELL if outcome.ok else after_failure(watch.state, outcome, now)
    return (plan.next_poll_at - START).total_seconds() / 3600


def failed(reason: str) -> PollOutcome:
    """How a poll went wrong, as the fetcher tells it."""
    status = int(reason[5:]) if reason.startswith("http_") else None
    return PollOutcome(ok=False, status=status, reason=reason, retry_after="600" if status == 503 else None)


def after_failure(state: FeedState, outcome: PollOutcome, now: datetime) -> FeedState:
    """What is remembered of a failure."""
    standing = standing_after(state, outcome, now)
    return FeedState(
        consecutive_failures=standing.consecutive_failures,
        failing_since=standing.failing_since,
        gone_since=standing.gone_since,
    )


def poll_fixed(worlds: Sequence[World], days: float, interval_minutes: float, seed: int) -> Ledger:
    """Polled at an interval, each feed from a phase of its own, whatever it answers."""
    ledger, rng = Ledger(worlds, days), np.random.default_rng(seed)
    every = interval_minutes / 60
    grid = np.arange(0, days * 24 + TAIL_HOURS, every)
    for feed, (world, phase) in enumerate(zip(worlds, rng.uniform(size=len(worlds)), strict=True)):
        polls = grid + phase * every
        ledger.ask(feed, polls)
        for start, end, _ in world.outages:
            polls = polls[(polls < start) | (polls >= end)]
        if len(polls) and len(ledger.sighted[feed]):
            entries = np.arange(world.old, len(world.published))
            at = np.append(polls, np.inf)[np.searchsorted(polls, world.visible[entries])]
            newer = np.searchsorted(world.visible, at, side="right") - entries
            ledger.sighted[feed][:] = np.where(newer <= world.shown, at, np.inf)
    return ledger


def interval_with_median(worlds: Sequence[World], days: float, minutes: float, seed: int) -> float:
    """The fixed interval, in minutes, whose median delay is this, to about 1 %."""
    interval = 2 * minutes
    for _ in range(4):  # the median is nearly in proportion to the interval: each round closes most of the gap
        interval *= minutes / median(poll_fixed(worlds, days, interval, seed).delays())
    return interval


def median(delays: Floats) -> float:
    """The delay that half of the entries do not exceed, in minutes."""
    return percentile(delays, 50)


def percentile(delays: Floats, share: float) -> float:
    """The delay that so many of 100 entries do not exceed, in minutes; inf where they were missed."""
    return float(np.percentile(delays, share, method="higher")) if len(delays) else float("nan")


def row(name: str, ledger: Ledger) -> str:
    """One policy as a row of the first table."""
    delays, host = ledger.delays(), ledger.busiest_host
    return (
        f"| {name} | {ledger.requests_a_day:,.0f} | {median(delays):.1f} | {percentile(delays, 95):.0f} "
        f"| {100 * np.isinf(delays).mean():.2f} | {np.percentile(host, 50):,.0f} | {np.percentile(host, 99):,.0f} |"
    )


def class_rows(learnt: Ledger, fixed: Ledger) -> list[str]:
    """Feeds by how much they give: what each policy does to them."""
    a_day = np.array([len(sighted) for sighted in learnt.sighted]) / learnt.days
    rows, below = [], float("inf")
    for least, name in CLASSES:
        feeds = np.flatnonzero((a_day >= least) & (a_day < below)).tolist()
        cells = [f"| {name} | {len(feeds):,} "]
        for ledger in (learnt, fixed):
            delays = ledger.delays(feeds)
            pace = ledger.requests[feeds].sum() / ledger.days / max(len(feeds), 1)
            cells.append(f"| {pace:.1f} | {median(delays):.0f} | {percentile(delays, 95):.0f} ")
        rows.append("".join(cells) + "|")
        below = least
    return rows


def compare(feeds: int, days: float, seed: int) -> list[str]:
    """Both tables, in Markdown."""
    worlds = make_worlds(feeds, days, seed)
    learnt = {tick: poll_learnt(worlds, days, tick, seed) for tick in (15, 5)}
    equal = {tick: interval_with_median(worlds, days, median(ledger.delays()), seed) for tick, ledger in learnt.items()}
    fixed = {every: poll_fixed(worlds, days, every, seed) for every in {15.0, 60.0, *equal.values()}}
    part = {tick: learnt[tick].requests_a_day / fixed[equal[tick]].requests_a_day for tick in learnt}
    return [
        "| policy | requests a day | median delay, min | 95th percentile | missed, % "
        "| busiest host, requests an hour | its 99th percentile |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(row(f"learnt, a tick every {tick} min", ledger) for tick, ledger in learnt.items()),
        row("every 15 min", fixed[15.0]),
        row("every 60 min", fixed[60.0]),
        *(row(f"every {equal[t]:.0f} min: same median as learnt at {t}", fixed[equal[t]]) for t in learnt),
        "",
        *(f"Requests at equal median, tick of {tick} min: {100 * share:.0f} %." for tick, share in part.items()),
        "",
        f"| entries | feeds | learnt: requests a day | median | 95th | every {equal[15]:.0f} min: requests a day "
        "| median | 95th |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *class_rows(learnt[15], fixed[equal[15]]),
    ]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--days", type=float, default=14)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.stdout.write("\n".join(compare(options.feeds, options.days, options.seed)) + "\n")


if __name__ == "__main__":
    main()
