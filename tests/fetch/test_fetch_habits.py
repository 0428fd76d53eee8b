"""What a feed's history teaches, as tables and as properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch.habits import WINDOW_DAYS, Habit, expected_entries, wait_seconds, with_new

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FLOOR, CEILING = 300.0, 6 * 3600.0
BY_DAY = (0,) * 7 + (14,) * 10 + (0,) * 7  # ten entries a day, between 07:00 and 17:00


def moments(days: float) -> st.SearchStrategy[datetime]:
    """Times of up to so many days around now."""
    return st.floats(-days, days).map(lambda d: NOW + timedelta(days=d))


habits = st.builds(
    Habit,
    by_hour=st.lists(st.integers(0, 10_000), min_size=24, max_size=24).map(tuple),
    watched_days=st.floats(-1, WINDOW_DAYS),
    last_new_at=st.none() | moments(20),
)
times = moments(2)


def even(entries: int, watched_days: float = 14.0) -> Habit:
    """So many publications, spread over the day; the newest just now."""
    counts = tuple((entries * (hour + 1)) // 24 - (entries * hour) // 24 for hour in range(24))
    return Habit(by_hour=counts, watched_days=watched_days, last_new_at=NOW if entries else None)


def wait(habit: Habit, now: datetime = NOW) -> float:
    return wait_seconds(habit, now, floor_seconds=FLOOR, ceiling_seconds=CEILING)


@pytest.mark.parametrize(
    ("habit", "minutes"),
    [
        (Habit(), 46.5),  # nothing known
        (even(0, 0.5), 104),  # half a day without a word
        (even(0), 360),  # two weeks without a word: the ceiling
        (even(2), 280),  # 1 a week
        (even(14), 134),  # 1 a day
        (even(168), 38),  # 12 a day
        (even(14 * 24 * 4), 13.5),  # 4 an hour
        (even(14 * 24 * 60), 5),  # 60 an hour: the floor
    ],
)
def test_the_more_a_feed_gives_the_sooner_it_is_polled(habit: Habit, minutes: float) -> None:
    assert wait(habit) / 60 == pytest.approx(minutes, rel=0.02)


def test_four_times_the_entries_are_worth_twice_the_polls() -> None:
    assert wait(even(14 * 24)) / wait(even(4 * 14 * 24)) == pytest.approx(2, rel=0.02)


def test_a_feed_that_sleeps_at_night_is_left_alone_then_and_met_in_the_morning() -> None:
    habit = Habit(by_hour=BY_DAY, watched_days=14, last_new_at=NOW.replace(hour=16, minute=50))
    assert wait(habit, NOW) < 2400 < 3 * 3600 < wait(habit, NOW.replace(hour=18))
    tomorrow = NOW + timedelta(days=1)
    first_poll = tomorrow.replace(hour=2) + timedelta(seconds=wait(habit, tomorrow.replace(hour=2)))
    assert tomorrow.replace(hour=5) < first_poll < tomorrow.replace(hour=8)


@pytest.mark.parametrize(
    ("quiet", "times"), [(timedelta(0), 1.0), (timedelta(hours=10), 1.5), (timedelta(days=3), 3.0)]
)
def test_a_feed_that_has_fallen_silent_is_polled_less_before_its_window_is_over(quiet: timedelta, times: float) -> None:
    busy = even(14 * 12)
    silent = Habit(by_hour=busy.by_hour, watched_days=14, last_new_at=NOW - quiet)
    assert wait(silent) / wait(busy) == pytest.approx(times, rel=0.15)


def test_a_first_document_teaches_a_pace_by_the_dates_of_its_entries() -> None:
    published = [NOW - timedelta(minutes=6 * n) for n in range(20)]
    habit = with_new(Habit(), published, NOW)
    assert habit == Habit(
        by_hour=(*(0,) * 10, 9, 10, 1, *(0,) * 11), watched_days=114 / 1440, last_new_at=NOW
    )  # 10 an hour, from 10:06 to 12:00
    assert wait(habit) < 900


def test_entries_from_before_the_window_teach_nothing() -> None:
    assert with_new(Habit(), [NOW - timedelta(days=14), datetime(1970, 1, 1, tzinfo=UTC)], NOW) == Habit()


def test_dates_in_the_future_count_as_now() -> None:
    habit = with_new(Habit(), [NOW + timedelta(days=900)], NOW)
    assert (habit.by_hour[12], habit.watched_days, habit.last_new_at) == (1, 0.0, NOW)


@pytest.mark.parametrize(
    "published",
    [[NOW] * 30, [NOW - timedelta(days=13)] * 30, [NOW + timedelta(hours=9)] * 30, []],
    ids=["all now", "all on one old day", "all ahead", "none has a date"],
)
def test_documents_with_useless_dates_still_give_a_sensible_pace(published: list[datetime]) -> None:
    first = with_new(Habit(), published, NOW)
    later = Habit(by_hour=first.by_hour, watched_days=first.watched_days + 1 / 8, last_new_at=first.last_new_at)
    assert FLOOR < wait(first) < 4 * 3600
    assert 1500 < wait(later, NOW + timedelta(hours=3)) <= CEILING


def test_new_entries_join_what_is_known() -> None:
    known = Habit(by_hour=BY_DAY, watched_days=3.0, last_new_at=NOW - timedelta(hours=2))
    habit = with_new(known, [NOW - timedelta(minutes=5), NOW - timedelta(days=5)], NOW)
    assert habit.entries == known.entries + 2
    assert (habit.by_hour[11], habit.by_hour[12]) == (15, 15)
    assert (habit.watched_days, habit.last_new_at) == (5.0, NOW - timedelta(minutes=5))


def test_no_new_entries_change_nothing() -> None:
    known = Habit(by_hour=BY_DAY, watched_days=3.0, last_new_at=NOW)
    assert with_new(known, [], NOW) is known


@given(habit=habits, now=times, floor=st.floats(1, 3600), more=st.floats(0, 14 * 86_400))
def test_the_wait_lies_between_floor_and_ceiling(habit: Habit, now: datetime, floor: float, more: float) -> None:
    assert floor <= wait_seconds(habit, now, floor_seconds=floor, ceiling_seconds=floor + more) <= floor + more


@given(habit=habits, now=times, hour=st.integers(0, 23))
def test_one_publication_more_never_makes_the_wait_longer_by_much(habit: Habit, now: datetime, hour: int) -> None:
    """It may lend an hour of the day weight that others lose, but not shift the pace to another scale."""
    counts = list(habit.by_hour)
    counts[hour] += 1
    more = Habit(by_hour=tuple(counts), watched_days=habit.watched_days, last_new_at=now)
    assert wait(more, now) <= 1.2 * wait(Habit(by_hour=habit.by_hour, watched_days=habit.watched_days), now) + 1


@given(habit=habits, now=times, first=st.floats(0, 200_000), second=st.floats(0, 200_000))
def test_what_is_expected_adds_up_over_time(habit: Habit, now: datetime, first: float, second: float) -> None:
    steady = Habit(by_hour=habit.by_hour, watched_days=habit.watched_days)  # so that `now` changes no rate
    whole = expected_entries(steady, now, first + second)
    parts = expected_entries(steady, now, first) + expected_entries(steady, now + timedelta(seconds=first), second)
    assert whole == pytest.approx(parts, rel=1e-3, abs=1e-3)


@given(now=times, days=st.integers(0, 30), entries=st.integers(0, 10_000))
def test_a_day_is_expected_to_bring_what_a_day_has_brought(now: datetime, days: int, entries: int) -> None:
    habit = Habit(by_hour=even(entries).by_hour, watched_days=14.0)
    assert expected_entries(habit, now, days * 86_400.0) == pytest.approx(days * habit.per_day, rel=1e-6, abs=1e-9)
