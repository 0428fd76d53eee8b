"""The simulation keeps its promise in small, and counts rightly."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.fetch.policy import PollOutcome
from tests.bench.polling_simulation import (
    DATED,
    WINDOW_HOURS,
    Watch,
    class_rows,
    compare,
    interval_with_median,
    median,
    percentile,
    poll,
    poll_fixed,
    poll_learnt,
)
from tests.bench.polling_worlds import KINDS, World, make_worlds


def world(published: list[float], *, shown: int = 100, **more: object) -> World:
    times = np.array(published)
    old = int((times < 0).sum())
    return World(kind="daily", host=0, published=times, old=old, visible=times, shown=shown, **more)  # type: ignore[arg-type]


def test_learnt_polling_sends_fewer_than_half_the_requests_for_the_same_median_delay() -> None:
    learnt_requests = fixed_requests = 0.0
    for seed in (1, 2, 3):
        worlds = make_worlds(200, 3, seed)
        learnt = poll_learnt(worlds, 3, 15, seed)
        fixed = poll_fixed(worlds, 3, interval_with_median(worlds, 3, median(learnt.delays()), seed), seed)
        assert median(fixed.delays()) == pytest.approx(median(learnt.delays()), rel=0.05)
        assert np.isinf(learnt.delays()).mean() < 0.02
        learnt_requests += learnt.requests_a_day
        fixed_requests += fixed.requests_a_day
    assert learnt_requests < 0.5 * fixed_requests


def test_quiet_feeds_are_seen_within_the_ceiling() -> None:
    quiet = [w for w in make_worlds(600, 3, 4) if not w.outages and 0 < len(w.published) - w.old <= 3]
    delays = poll_learnt(quiet, 3, 15, 4).delays()
    assert len(delays) > 100
    assert percentile(delays, 95) <= 6 * 60


def test_the_same_seed_makes_the_same_run() -> None:
    first, second = (poll_learnt(make_worlds(30, 2, 5), 2, 15, 6) for _ in range(2))
    assert np.array_equal(first.requests, second.requests)
    assert np.array_equal(first.delays(), second.delays())


def test_every_kind_of_feed_is_made_and_publishes_in_order() -> None:
    worlds = make_worlds(300, 2, 7)
    assert {w.kind for w in worlds} == set(KINDS)
    for w in worlds:
        assert (np.diff(w.published) >= 0).all()
        assert (w.visible >= w.published).all()
        assert w.old == (w.published < 0).sum()


@pytest.mark.parametrize("minutes", [15.0, 37.0, 60.0])
def test_a_fixed_interval_waits_half_of_itself_in_the_median(minutes: float) -> None:
    even = [world(np.linspace(0.01, 47.9, 2000).tolist()) for _ in range(20)]
    ledger = poll_fixed(even, 2, minutes, 1)
    assert median(ledger.delays()) == pytest.approx(minutes / 2, rel=0.05)
    assert percentile(ledger.delays(), 100) <= minutes
    assert ledger.requests_a_day == pytest.approx(20 * 1440 / minutes, rel=0.03)
    assert ledger.by_host.sum() == ledger.requests.sum()


def test_entries_that_leave_a_short_document_between_polls_are_missed() -> None:
    burst = [world([10.01 + n / 10_000 for n in range(30)], shown=10)]
    for ledger in (poll_fixed(burst, 1, 60, 1), poll_learnt(burst, 1, 15, 1)):
        assert np.isinf(ledger.delays()).tolist() == [True] * 20 + [False] * 10


def test_an_outage_delays_what_is_published_in_it_and_no_more() -> None:
    ill = [world([5.0, 11.0, 17.0], outages=((10.0, 13.0, "timeout"),))]
    for ledger in (poll_fixed(ill, 1, 30, 1), poll_learnt(ill, 1, 15, 1)):
        before, within, after = ledger.delays()
        assert within >= 120
        assert max(before, after) < 6 * 60


@pytest.mark.parametrize("dated", DATED)
def test_habits_hold_what_was_sighted_in_the_window(dated: str) -> None:
    rng = np.random.default_rng(8)
    feed = world(np.sort(rng.uniform(-600, 480, size=900)).tolist(), dated=dated)
    watch = Watch(feed.visible.tolist(), good=PollOutcome(ok=True, status=200))
    sighted = np.full(len(feed.published) - feed.old, np.inf)
    seen: list[tuple[float, float]] = []  # what the document says of each entry, and when it was sighted
    for at in np.arange(0, 480, 0.75).tolist():
        end = int((feed.visible <= at).sum())
        if dated != "not" or at:
            seen += [(min(DATED[dated](t, at), at), at) for t in feed.published[max(watch.known, end - 100) : end]]
        poll(watch, feed, at, 0.5, sighted)
    watch.remember(480.0)
    dates = [date for date, at in seen if date > 480 - WINDOW_HOURS]
    assert watch.habit.by_hour == tuple(np.bincount(np.array(dates).astype(int) % 24, minlength=24).tolist())
    assert watch.habit.watched_days == 14


def test_the_tables_are_whole() -> None:
    lines = compare(40, 1, 9)
    columns = {line.count("|") for line in lines if line.startswith("|")}
    assert columns == {8, 9}
    assert sum(line.startswith("| learnt") for line in lines) == 2


def test_each_feed_is_in_one_class() -> None:
    worlds = make_worlds(80, 2, 10)
    ledger = poll_fixed(worlds, 2, 60, 1)
    assert sum(int(row.split("|")[2]) for row in class_rows(ledger, ledger)) == 80
