"""When to poll and when to try again, as tables and as properties."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch import FeedState, PollOutcome, is_due, next_poll, retry_after_seconds, retry_at

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = 86_400
OK = PollOutcome(ok=True, status=200)


def failed(status: int | None = 500, retry_after: str | None = None) -> PollOutcome:
    return PollOutcome(ok=False, status=status, retry_after=retry_after)


@pytest.mark.parametrize(
    ("next_poll_at", "expected"),
    [(None, True), (NOW, True), (NOW - timedelta(days=9), True), (NOW + timedelta(seconds=1), False)],
)
def test_a_feed_is_due_when_its_time_has_come(next_poll_at: datetime | None, expected: bool) -> None:
    assert is_due(FeedState(next_poll_at=next_poll_at), NOW) is expected


@pytest.mark.parametrize(
    ("failures", "outcome", "interval", "jitter", "seconds"),
    [
        (0, OK, 900, 0.0, 855),  # 5 % early
        (0, OK, 900, 1.0, 765),  # 15 % early
        (7, OK, 900, 0.0, 855),  # past failures are forgiven
        (0, PollOutcome(ok=True, status=304, ttl_minutes=60), 900, 0.0, 3420),  # the feed may be cached for an hour
        (0, PollOutcome(ok=True, ttl_minutes=1), 900, 0.0, 855),  # the operator asks less often
        (0, PollOutcome(ok=True, ttl_minutes=525_600), 900, 0.0, DAY),
        (0, PollOutcome(ok=True, ttl_minutes=-5), 900, 0.0, 855),
        (0, OK, 7 * DAY, 0.0, 7 * DAY * 0.95),  # an interval longer than a day is the operator's wish
        (0, failed(), 900, 0.0, 900),
        (1, failed(), 900, 0.0, 1800),
        (3, failed(), 900, 0.0, 7200),
        (3, failed(), 900, 1.0, 9000),  # spread by a quarter
        (3, failed(status=None), 900, 0.0, 7200),  # no answer at all
        (10_000, failed(), 900, 1.0, DAY),
        (3, failed(429, "3600"), 900, 0.5, 3600),  # what the server asks for counts
        (0, failed(503, "60"), 900, 0.5, 900),  # but not to come sooner than usual
        (0, failed(503, "Sun, 22 Nov 2026 14:00:00 GMT"), 900, 0.5, 7200),
        (0, failed(503, "Sun, 29 Nov 2026 14:00:00 GMT"), 900, 0.5, DAY),
        (0, failed(429, "9" * 5000), 900, 0.5, DAY),
        (1, failed(429, "soon"), 900, 0.0, 1800),
        (1, failed(404, "7200"), 900, 0.0, 1800),  # Retry-After means nothing with a 404
    ],
)
def test_the_next_poll(failures: int, outcome: PollOutcome, interval: int, jitter: float, seconds: float) -> None:
    state = FeedState(last_poll_at=NOW, next_poll_at=NOW, consecutive_failures=failures)
    then = next_poll(state, outcome, NOW, interval_seconds=interval, jitter=jitter)
    assert (then - NOW).total_seconds() == pytest.approx(seconds)


@given(
    failures=st.integers(0, 10**6),
    ok=st.booleans(),
    status=st.sampled_from([None, 200, 304, 404, 429, 500, 503]),
    retry_after=st.none() | st.text(string.printable, max_size=30) | st.integers(-5, 10**12).map(str),
    ttl=st.none() | st.integers(-(10**6), 10**9),
    interval=st.floats(0, 7 * DAY),
    jitter=st.floats(0, 1),
)
def test_the_next_poll_lies_ahead_and_within_a_day_or_the_interval(
    failures: int,
    ok: bool,
    status: int | None,
    retry_after: str | None,
    ttl: int | None,
    interval: float,
    jitter: float,
) -> None:
    outcome = PollOutcome(ok=ok, status=status, retry_after=retry_after, ttl_minutes=ttl)
    state = FeedState(consecutive_failures=failures)
    then = next_poll(state, outcome, NOW, interval_seconds=interval, jitter=jitter)
    assert NOW < then <= NOW + timedelta(seconds=max(DAY, interval))


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
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 22 Nov 2026 12:10:00 GMT", 600),
        ("Sunday, 22-Nov-26 12:10:00 GMT", 600),  # RFC 850
        ("Sun Nov 22 12:10:00 2026", 600),  # asctime, which names no zone and means UTC
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("", None),
        (None, None),
        ("Sun, 32 Nov 2026 12:10:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOW) == seconds
