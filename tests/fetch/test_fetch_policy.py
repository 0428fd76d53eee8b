"""When to poll, what to ask for, how a feed stands and when to try again, as tables and as properties."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch.habits import Habit
from pipeline.fetch.policy import (
    FIRST_WAIT_SECONDS,
    Bounds,
    FeedState,
    PollOutcome,
    Standing,
    asks_fully,
    is_due,
    is_lying,
    plan_poll,
    retry_at,
    span_text,
    standing_after,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = 86_400.0
BOUNDS = Bounds()
QUARTERS = Bounds(interval_seconds=900)  # the operator's own pace
WEEKLY = Bounds(interval_seconds=7 * DAY)
BUSY = Habit(by_hour=(56,) * 24, watched_days=14, last_new_at=NOW)  # 4 an hour
CALM = Habit(by_hour=(7,) * 24, watched_days=14, last_new_at=NOW)  # 12 a day
SILENT = Habit(watched_days=14)


def good(hint_seconds: float | None = None) -> PollOutcome:
    return PollOutcome(ok=True, status=200, hint_seconds=hint_seconds)


def failed(reason: str, retry_after: str | None = None) -> PollOutcome:
    status = int(reason[5:]) if reason.startswith("http_") else None
    return PollOutcome(ok=False, status=status, reason=reason, retry_after=retry_after)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


@pytest.mark.parametrize(
    ("next_poll_at", "expected"),
    [(None, True), (NOW, True), (ago(days=9), True), (NOW + timedelta(seconds=1), False)],
)
def test_a_feed_is_due_when_its_time_has_come(next_poll_at: datetime | None, expected: bool) -> None:
    assert is_due(FeedState(next_poll_at=next_poll_at), NOW) is expected


def test_a_feed_that_was_polled_in_the_future_is_due_and_asked_fully() -> None:
    ahead = NOW + timedelta(days=400)
    state = FeedState(last_poll_at=ahead, next_poll_at=ahead + timedelta(hours=1), last_full_at=ahead)
    assert is_due(state, NOW)
    assert asks_fully(state, NOW)


@pytest.mark.parametrize(
    ("habit", "bounds", "hint", "minutes", "reason"),
    [
        (Habit(), BOUNDS, None, 46.5, "new: no history yet"),
        (BUSY, BOUNDS, None, 13.4, "learnt: 4 entries an hour"),
        (CALM, BOUNDS, None, 38, "learnt: 12 entries a day"),
        (SILENT, BOUNDS, None, 360, "ceiling: 2.1 entries a month"),
        (BUSY, replace(BOUNDS, floor_seconds=1800), None, 30, "learnt: 4 entries an hour"),
        (SILENT, replace(BOUNDS, ceiling_seconds=7200), None, 120, "ceiling: 2.1 entries a month"),
        (SILENT, Bounds(floor_seconds=7200, ceiling_seconds=60), None, 120, "ceiling: 2.1 entries a month"),
        (BUSY, BOUNDS, 1800, 30, "the feed asks for 30 min"),
        (BUSY, BOUNDS, 60, 13.4, "learnt: 4 entries an hour"),  # a hint never makes us come sooner
        (BUSY, BOUNDS, 3600, 60, "the feed asks for 60 min"),
        (BUSY, BOUNDS, DAY, 60, "the feed asks for 60 min"),  # it gives 24 until then, and cannot mean it
        (CALM, BOUNDS, 3 * 3600, 180, "the feed asks for 3 h"),  # 1.5 until then: it may
        (SILENT, BOUNDS, 7 * DAY, 360, "ceiling: 2.1 entries a month"),
        (CALM, replace(BOUNDS, ceiling_seconds=1800), 3600, 30, "ceiling: 12 entries a day"),
        (BUSY, QUARTERS, None, 15, "operator's interval of 15 min"),
        (SILENT, QUARTERS, 1800, 30, "the feed asks for 30 min"),
        (SILENT, QUARTERS, DAY, 60, "the feed asks for 60 min"),  # the operator wants it every 15 minutes
        (BUSY, WEEKLY, 3600, 7 * 1440, "operator's interval of 7 d"),
        (BUSY, Bounds(interval_seconds=60), None, 1, "operator's interval of 60 s"),  # the floor binds the learnt pace
        (BUSY, BOUNDS, float("nan"), 13.4, "learnt: 4 entries an hour"),
    ],
)
def test_the_next_poll_of_a_feed_that_is_well(
    habit: Habit, bounds: Bounds, hint: float | None, minutes: float, reason: str
) -> None:
    state = FeedState(consecutive_failures=7, failing_since=ago(days=2))  # past failures are forgiven
    plan = plan_poll(state, good(hint), habit, bounds, NOW, jitter=0.0)
    assert (plan.next_poll_at - NOW).total_seconds() / 60 == pytest.approx(0.95 * minutes, rel=0.01)
    assert plan.reason == reason


@pytest.mark.parametrize(("jitter", "part"), [(0.0, 0.95), (0.5, 0.9), (1.0, 0.85), (-3.0, 0.95), (7.0, 0.85)])
def test_polls_come_slightly_early_by_jitter(jitter: float, part: float) -> None:
    for outcome in (good(), failed("timeout")):
        plan = plan_poll(FeedState(), outcome, SILENT, QUARTERS, NOW, jitter=jitter)
        assert (plan.next_poll_at - NOW).total_seconds() == pytest.approx(900 * part)


@pytest.mark.parametrize(
    ("failures", "outcome", "bounds", "seconds", "reason"),
    [
        (0, failed("timeout"), BOUNDS, 600, "after 1 failure (timeout)"),
        (1, failed("timeout"), BOUNDS, 1200, "after 2 failures (timeout)"),
        (5, failed("dns"), BOUNDS, 900 * 32, "after 6 failures (dns)"),
        (10_000, failed("dns"), BOUNDS, DAY, "after 10001 failures (dns)"),  # still tried daily
        (0, failed("http_500"), BOUNDS, 900, "after 1 failure (http_500)"),
        (0, failed("http_599"), BOUNDS, 900, "after 1 failure (http_599)"),
        (0, failed("http_418"), BOUNDS, 3600, "after 1 failure (http_418)"),
        (0, failed("http_410"), BOUNDS, DAY, "gone: tried daily"),
        (0, failed("unheard_of"), BOUNDS, 1800, "after 1 failure (unheard_of)"),
        (0, PollOutcome(ok=False), BOUNDS, 1800, "after 1 failure (no answer)"),
        (2, PollOutcome(ok=False, status=502), BOUNDS, 3600, "after 3 failures (http_502)"),
        (0, failed("timeout"), replace(BOUNDS, floor_seconds=3600), 3600, "after 1 failure (timeout)"),
        (1, failed("timeout"), WEEKLY, 7 * DAY, "after 2 failures (timeout)"),  # never sooner than the operator asks
        (1, failed("http_429", "soon"), BOUNDS, 7200, "after 2 failures (http_429)"),
        (1, failed("http_404", "7200"), BOUNDS, 7200, "after 2 failures (http_404)"),  # it means nothing with a 404
    ],
)
def test_the_next_poll_of_a_feed_that_fails(
    failures: int, outcome: PollOutcome, bounds: Bounds, seconds: float, reason: str
) -> None:
    plan = plan_poll(FeedState(consecutive_failures=failures), outcome, CALM, bounds, NOW, jitter=0.0)
    assert (plan.next_poll_at - NOW).total_seconds() == pytest.approx(0.95 * seconds)
    assert plan.reason == reason


@pytest.mark.parametrize("reason", FIRST_WAIT_SECONDS)
def test_every_kind_of_failure_backs_off_to_a_day_and_no_further(reason: str) -> None:
    outcome = failed(reason.replace("xx", "99"))
    waits = []
    for failures in range(12):
        state = FeedState(consecutive_failures=failures, failing_since=NOW)
        waits.append((plan_poll(state, outcome, SILENT, BOUNDS, NOW, jitter=0.0).next_poll_at - NOW).total_seconds())
    assert waits == sorted(waits)
    assert waits[0] == pytest.approx(0.95 * FIRST_WAIT_SECONDS[reason])
    assert waits[-1] == pytest.approx(0.95 * DAY)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("header", "seconds", "tail"),
    [
        ("7200", 7200, ", Retry-After 2 h"),
        ("Sun, 22 Nov 2026 14:00:00 GMT", 7200, ", Retry-After 2 h"),
        ("Sun, 29 Nov 2026 14:00:00 GMT", DAY, ", Retry-After 24 h"),
        ("9" * 5000, DAY, ", Retry-After 24 h"),
        ("60", 0.95 * 900, ""),  # not sooner than usual
        ("0", 0.95 * 900, ""),
    ],
)
def test_what_a_busy_server_asks_for_counts(status: int, header: str, seconds: float, tail: str) -> None:
    outcome = failed(f"http_{status}", header)
    plan = plan_poll(FeedState(consecutive_failures=3), outcome, CALM, QUARTERS, NOW, jitter=0.0)
    assert (plan.next_poll_at - NOW).total_seconds() == pytest.approx(seconds)
    assert plan.reason == f"after 4 failures (http_{status}){tail}"


@given(
    failures=st.integers(0, 10**6),
    ok=st.booleans(),
    reason=st.sampled_from([None, *FIRST_WAIT_SECONDS]),
    status=st.sampled_from([None, 200, 304, 404, 410, 429, 500, 503]),
    retry_after=st.none() | st.text(string.printable, max_size=30) | st.integers(-5, 10**12).map(str),
    hint=st.none() | st.floats(),
    interval=st.none() | st.floats(0, 7 * DAY),
    by_hour=st.lists(st.integers(0, 10_000), min_size=24, max_size=24),
    jitter=st.floats(0, 1),
)
def test_the_next_poll_lies_ahead_and_within_a_day_or_the_interval(
    failures: int,
    ok: bool,
    reason: str | None,
    status: int | None,
    retry_after: str | None,
    hint: float | None,
    interval: float | None,
    by_hour: list[int],
    jitter: float,
) -> None:
    outcome = PollOutcome(ok=ok, status=status, reason=reason, retry_after=retry_after, hint_seconds=hint)
    habit = Habit(by_hour=tuple(by_hour), watched_days=3.0, last_new_at=NOW)
    state = FeedState(consecutive_failures=failures)
    plan = plan_poll(state, outcome, habit, Bounds(interval_seconds=interval), NOW, jitter=jitter)
    assert NOW < plan.next_poll_at <= NOW + timedelta(seconds=max(DAY, interval or 0))
    assert plan.reason
    assert "\n" not in plan.reason


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (FeedState(), True),
        (FeedState(last_full_at=ago(hours=1)), False),
        (FeedState(last_full_at=ago(hours=24)), False),
        (FeedState(last_full_at=ago(hours=24, seconds=1)), True),  # servers lie about 304
        (FeedState(last_full_at=ago(hours=1), distrusted_until=NOW + timedelta(days=1)), True),
        (FeedState(last_full_at=ago(hours=1), distrusted_until=NOW), False),
    ],
)
def test_the_whole_document_is_asked_for_now_and_then(state: FeedState, expected: bool) -> None:
    assert asks_fully(state, NOW) is expected


FORCED = FeedState(last_full_at=ago(hours=25))


@pytest.mark.parametrize(
    ("state", "last_unchanged_at", "published", "expected"),
    [
        (FORCED, ago(hours=2), [ago(hours=9, minutes=7)], True),
        (FORCED, ago(hours=2), [ago(hours=1), ago(hours=9, minutes=7)], True),
        (FORCED, ago(hours=2), [ago(hours=2, minutes=40)], False),  # feeds are some minutes late
        (FORCED, ago(hours=2), [ago(minutes=7)], False),  # newer than the 304
        (FORCED, ago(hours=2), [], False),
        (FORCED, ago(hours=2), [ago(hours=12)], False),  # midnight: a day, not a time
        (FORCED, ago(hours=2), [ago(hours=17, minutes=30)], False),  # midnight in India
        (FORCED, None, [ago(hours=9, minutes=7)], False),  # never said so
        (FORCED, ago(hours=26), [ago(hours=30, minutes=7)], False),  # a body came since: the entry came late
        (FeedState(), ago(hours=2), [ago(hours=9, minutes=7)], False),
        (FeedState(last_full_at=ago(hours=5)), ago(hours=2), [ago(hours=9, minutes=7)], False),  # it came unforced
    ],
)
def test_a_forced_document_shows_whether_not_modified_was_a_lie(
    state: FeedState, last_unchanged_at: datetime | None, published: list[datetime], expected: bool
) -> None:
    assert is_lying(state, last_unchanged_at, published, NOW) is expected


@pytest.mark.parametrize(
    ("failures", "since", "gone", "outcome", "expected"),
    [
        (0, None, None, good(), (0, None, None)),
        (9, ago(days=9), ago(days=2), good(), (0, None, None)),  # recovery is automatic
        (0, None, None, failed("dns"), (1, NOW, None)),
        (4, ago(days=2), None, failed("dns"), (5, ago(days=2), None)),
        (99, ago(days=99), None, failed("timeout"), (100, ago(days=99), None)),  # ill is not gone
        (0, None, None, failed("http_410"), (1, NOW, NOW)),
        (0, None, None, failed("http_404"), (1, NOW, None)),
        (5, ago(days=3), None, failed("http_404"), (6, ago(days=3), NOW)),
        (4, ago(days=3), None, failed("http_404"), (5, ago(days=3), None)),
        (50, ago(days=2.9), None, failed("http_404"), (51, ago(days=2.9), None)),  # a broken weekend
        (9, ago(days=9), ago(days=2), failed("http_404"), (10, ago(days=9), ago(days=2))),
        (9, ago(days=9), ago(days=2), failed("dns"), (10, ago(days=9), ago(days=2))),  # stays gone until it is well
    ],
)
def test_how_a_feed_stands_after_a_poll(
    failures: int,
    since: datetime | None,
    gone: datetime | None,
    outcome: PollOutcome,
    expected: tuple[int, datetime | None, datetime | None],
) -> None:
    state = FeedState(consecutive_failures=failures, failing_since=since, gone_since=gone)
    standing = standing_after(state, outcome, NOW)
    assert standing == Standing(consecutive_failures=expected[0], failing_since=expected[1], gone_since=expected[2])


def test_a_feed_that_answers_404_for_good_is_soon_gone_and_still_tried_daily() -> None:
    state, now, polls = FeedState(), NOW, []
    while now < NOW + timedelta(days=14):
        plan = plan_poll(state, failed("http_404"), CALM, BOUNDS, now, jitter=0.5)
        standing = standing_after(state, failed("http_404"), now)
        state = FeedState(
            consecutive_failures=standing.consecutive_failures,
            failing_since=standing.failing_since,
            gone_since=standing.gone_since,
        )
        polls.append(now)
        now = plan.next_poll_at
    assert state.failing_since == NOW
    assert state.gone_since is not None
    assert timedelta(days=3) <= state.gone_since - NOW <= timedelta(days=4)
    assert 15 <= len(polls) <= 25
    assert max(b - a for a, b in pairwise(polls)) <= timedelta(days=1)


@pytest.mark.parametrize(
    ("attempts", "jitter", "minutes"),
    [(1, 0.0, 5), (2, 0.0, 10), (3, 0.0, 20), (3, 1.0, 25), (9, 0.0, 1280), (10, 0.0, 1440), (99, 1.0, 1440)],
)
def test_an_entry_is_tried_again_ever_later(attempts: int, jitter: float, minutes: float) -> None:
    then = retry_at(attempts, NOW, max_attempts=100, jitter=jitter)
    assert then == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize("attempts", [5, 6, 400])
def test_an_entry_that_used_up_its_attempts_is_not_tried_again(attempts: int) -> None:
    assert retry_at(attempts, NOW, max_attempts=5, jitter=0.5) is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (40, "40 s"),
        (120, "2 min"),
        (3600, "60 min"),
        (7200, "2 h"),
        (86_400, "24 h"),
        (604_800, "7 d"),
        (5430, "90.5 min"),
    ],
)
def test_lengths_of_time_read_well(seconds: float, text: str) -> None:
    assert span_text(seconds) == text
