"""When to ask: pure decisions over values and `now`.

`jitter` is a number from 0 to 1 that the caller draws, so that feeds which failed together do not come back
together and a decision can be repeated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DAY_SECONDS = 86_400.0
FIRST_RETRY_SECONDS = 300.0
_SPREAD = 0.25  # a back-off is lengthened by up to this part of itself
_ASKS_TO_WAIT = {429, 503}  # where Retry-After means "then, and not sooner" (RFC 6585, 4; RFC 9110, 15.6.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed's polls. Times are aware; None: never."""

    last_poll_at: datetime | None = None
    next_poll_at: datetime | None = None
    consecutive_failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """How one poll went. `status` is None where no answer came; `retry_after` is the header to the letter."""

    ok: bool
    status: int | None = None
    retry_after: str | None = None
    ttl_minutes: int | None = None


def is_due(state: FeedState, now: datetime) -> bool:
    """Is it time to poll this feed? One never polled is due."""
    return state.next_poll_at is None or state.next_poll_at <= now


def next_poll(
    state: FeedState, outcome: PollOutcome, now: datetime, *, interval_seconds: float, jitter: float
) -> datetime:
    """When to poll next, given the state before this poll. Always after `now`, at most a day or the interval
        away.

    Success: the operator's interval, or the feed's `ttl` where that is longer (RSS 2.0: minutes it may be
    cached). Failure: the interval, doubled for each failure before this one. 429 and 503 with Retry-After:
    that wait, or the interval where that is longer.
    """
    interval = max(1.0, interval_seconds)
    asked = retry_after_seconds(outcome.retry_after, now) if outcome.status in _ASKS_TO_WAIT else None
    if outcome.ok:
        # 5 to 15 % early: a tick every 15 minutes must not find a feed of 15 minutes due in 3 seconds.
        seconds = max(interval, (outcome.ttl_minutes or 0) * 60.0) * (0.95 - 0.1 * _unit(jitter))
    elif asked is not None:
        seconds = max(interval, asked)
    else:
        seconds = _backed_off(interval, state.consecutive_failures, jitter)
    return _after(now, min(seconds, max(DAY_SECONDS, interval)))


def retry_at(attempts: int, now: datetime, *, max_attempts: int, jitter: float) -> datetime | None:
    """When an entry that failed `attempts` times is tried again: in 5 minutes, 10, 20 … a day; None: never."""
    if attempts >= max_attempts:
        return None
    return _after(now, min(_backed_off(FIRST_RETRY_SECONDS, attempts - 1, jitter), DAY_SECONDS))


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks to wait, 0 to a day; None where it says nothing readable.

    Seconds or an HTTP date (RFC 9110, 10.2.3).
    """
    text = (header or "").strip()
    if re.fullmatch(r"[0-9]+", text):
        return DAY_SECONDS if len(text) > 6 else min(float(text), DAY_SECONDS)
    try:
        then = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    seconds = (then if then.tzinfo else then.replace(tzinfo=UTC)) - now
    return min(max(seconds.total_seconds(), 0.0), DAY_SECONDS)


def _backed_off(first_seconds: float, times: int, jitter: float) -> float:
    doubled = first_seconds * 2.0 ** min(max(times, 0), 20)  # 20: the cap of a day is long passed
    return doubled * (1 + _SPREAD * _unit(jitter))


def _unit(jitter: float) -> float:
    return min(max(jitter, 0.0), 1.0)


def _after(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=max(1.0, seconds))
