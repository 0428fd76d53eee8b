"""When to ask: pure decisions over values and `now`.

`jitter` is a number from 0 to 1 that the caller draws, so that feeds which failed together do not come back
together and a decision can be repeated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.fetch.habits import Habit, expected_entries, wait_seconds
from pipeline.fetch.hints import DAY_SECONDS, retry_after_seconds

FIRST_RETRY_SECONDS = 300.0
_SPREAD = 0.25  # an entry's back-off is lengthened by up to this part of itself
_ASKS_TO_WAIT = {429, 503}  # where Retry-After means "then, and not sooner" (RFC 6585, 4; RFC 9110, 15.6.4)

_HINT_CAP_SECONDS = 3600.0  # what a hint may ask of a feed that is faster than its hint, or has the operator's pace
_FASTER = 3.0  # entries expected within the hint: ttl 60 is a default of generators, not a wish

_FULL_EVERY = timedelta(hours=24)  # servers lie about 304: a lie costs a day at most
_WELL_BEFORE = timedelta(hours=1)  # entries show up some minutes after their date; caches hold old copies
_GONE_FAILURES = 6  # 404s in a row …
_GONE_OVER = timedelta(days=3)  # … over so long: a weekend with a broken deployment is not the end of a feed

# Seconds to wait after a first failure of each kind; doubled with each further one, up to a day.
FIRST_WAIT_SECONDS: Mapping[str, float] = {
    "connect": 600,  # a restart takes minutes
    "timeout": 600,  # overloaded, or a slow moment of the network
    "protocol": 900,  # an answer cut off in the middle
    "dns": 900,  # resolvers stumble for minutes; a domain that has lapsed reaches a day after 7 failures
    "no_folder": 900,  # a share that is not mounted yet
    "unreadable": 900,
    "http_408": 900,  # a slow moment
    "http_425": 900,  # "too early"
    "http_5xx": 900,  # deployments and crashed back ends: mostly over within the hour
    "not_a_feed": 1800,  # "We'll be back soon" with status 200
    "http_429": 3600,  # each request while blocked prolongs the block
    "http_403": 3600,  # a bot defence lifts after hours, if at all
    "http_401": 3600,  # a password was put before it, by mistake or for good
    "http_404": 3600,  # half of a deployment, or the end
    "http_4xx": 3600,  # our request is wrong for this server: it needs a change of mind there
    "tls": 3600,  # a certificate that ran out is renewed by a person
    "robots_unreachable": 3600,  # as a 5xx, but on the way to it: one request more for the same host
    "robots": 21_600,  # "not you": seldom changed
    "redirects": 21_600,  # a loop in the configuration
    "too_large": 21_600,  # shrinks when its publisher notices
    "refused_address": 21_600,  # DNS names a private address
    "refused_port": DAY_SECONDS,  # the address itself is the trouble, and stays so until somebody changes it
    "bad_url": DAY_SECONDS,  # as above
    "http_410": DAY_SECONDS,  # "gone", on purpose
}
OTHER_FIRST_WAIT_SECONDS = 1800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed's polls. Times are aware; None: never."""

    last_poll_at: datetime | None = None
    next_poll_at: datetime | None = None
    consecutive_failures: int = 0
    failing_since: datetime | None = None
    gone_since: datetime | None = None
    last_full_at: datetime | None = None  # last answer with a body
    distrusted_until: datetime | None = None  # its "not modified" was found to be a lie


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOutcome:
    """How one poll went.

    `status` is None where no answer came; `reason` is FetchError's, or not_a_feed; `retry_after` is the header to
    the letter; `hint_seconds` the longest wait that the document and the headers ask for (see `longest_hint`).
    """

    ok: bool
    status: int | None = None
    reason: str | None = None
    retry_after: str | None = None
    hint_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Between which paces a feed is polled. `interval_seconds`: the operator's own pace; None: learnt."""

    floor_seconds: float = 300.0
    ceiling_seconds: float = 6 * 3600.0
    interval_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When to poll next, and why in a line for a person."""

    next_poll_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a feed stands after a poll; all empty: good."""

    consecutive_failures: int = 0
    failing_since: datetime | None = None
    gone_since: datetime | None = None


def is_due(state: FeedState, now: datetime) -> bool:
    """Is it time to poll this feed? One never polled is due, and one polled in the future: the clock was set back."""
    if state.next_poll_at is None or state.next_poll_at <= now:
        return True
    return state.last_poll_at is not None and state.last_poll_at > now


def asks_fully(state: FeedState, now: datetime) -> bool:
    """Is the whole document wanted this time, without "only if it has changed"?"""
    if state.last_full_at is None or abs(now - state.last_full_at) > _FULL_EVERY:  # ahead: the clock was set back
        return True
    return state.distrusted_until is not None and now < state.distrusted_until


def is_lying(
    state: FeedState, last_unchanged_at: datetime | None, published: Sequence[datetime], now: datetime
) -> bool:
    """Does a full document at `now` show that the last "not modified" was a lie?

    `state` is the one before this poll, `published` the dates of the entries that were new in the document. It is a
    lie when the document was forced, no other body came since that 304, and an entry is well older than it. Dates on
    the half hour to the second do not count: they are days without a time, which are always hours old.
    """
    if last_unchanged_at is None or state.last_full_at is None or not asks_fully(state, now):
        return False
    if last_unchanged_at <= state.last_full_at:
        return False
    return any(at < last_unchanged_at - _WELL_BEFORE for at in published if at.minute % 30 or at.second)


def standing_after(state: FeedState, outcome: PollOutcome, now: datetime) -> Standing:
    """How the feed stands after this poll, given the state before it.

    410 means gone at once, 404 when the feed has failed 6 times in a row over 3 days; a good poll clears all.
    """
    if outcome.ok:
        return Standing()
    failures, since = state.consecutive_failures + 1, state.failing_since or now
    lost = outcome.status == 404 and failures >= _GONE_FAILURES and now - since >= _GONE_OVER
    gone = state.gone_since or (now if lost or outcome.status == 410 else None)
    return Standing(consecutive_failures=failures, failing_since=since, gone_since=gone)


def plan_poll(
    state: FeedState, outcome: PollOutcome, habit: Habit, bounds: Bounds, now: datetime, *, jitter: float
) -> Plan:
    """When to poll next, given the state before this poll and the habit after it.

    Always after `now`; at most a day, the ceiling or the operator's interval away, whichever is longest. A good poll:
    at the pace that the operator set or that was learnt, or later where the feed asks for it. A failed one: later
    with each failure, weighed by its kind; 429 and 503 with Retry-After: then, but not sooner than usual.
    """
    early = 0.95 - 0.1 * _unit(jitter)  # a tick every 15 minutes must not find a feed of 15 minutes due in 3 seconds
    seconds, reason = _pace(habit, bounds, now)
    if outcome.ok:
        asked = _heeded_hint(outcome.hint_seconds, habit, bounds, now)
        if asked > seconds:
            seconds, reason = asked, f"the feed asks for {span_text(asked)}"
        return Plan(next_poll_at=_after(now, seconds * early), reason=reason)
    standing = standing_after(state, outcome, now)
    reason = _trouble(outcome, standing)
    asked_wait = retry_after_seconds(outcome.retry_after, now) if outcome.status in _ASKS_TO_WAIT else None
    if asked_wait is None:
        seconds = max(_backed_off(outcome, standing), bounds.interval_seconds or bounds.floor_seconds)
        return Plan(next_poll_at=_after(now, seconds * early), reason=reason)
    if asked_wait > seconds * early:
        reason += f", Retry-After {span_text(asked_wait)}"
    return Plan(next_poll_at=_after(now, max(asked_wait, seconds * early)), reason=reason)


def retry_at(attempts: int, now: datetime, *, max_attempts: int, jitter: float) -> datetime | None:
    """When an entry that failed `attempts` times is tried again: in 5 minutes, 10, 20 … a day; None: never."""
    if attempts >= max_attempts:
        return None
    lengthened = _doubled(FIRST_RETRY_SECONDS, attempts - 1) * (1 + _SPREAD * _unit(jitter))
    return _after(now, min(lengthened, DAY_SECONDS))


def span_text(seconds: float) -> str:
    """A length of time for a person: 40 s, 90 min, 6 h, 2 d."""
    for unit, size, most in (("s", 1.0, 120.0), ("min", 60.0, 120 * 60.0), ("h", 3600.0, 48 * 3600.0)):
        if seconds < most:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / DAY_SECONDS:.3g} d"


def _pace(habit: Habit, bounds: Bounds, now: datetime) -> tuple[float, str]:
    """The usual wait of a feed that is well, and why."""
    if bounds.interval_seconds is not None:
        return bounds.interval_seconds, f"operator's interval of {span_text(bounds.interval_seconds)}"
    floor, ceiling = bounds.floor_seconds, max(bounds.floor_seconds, bounds.ceiling_seconds)
    seconds = wait_seconds(habit, now, floor_seconds=floor, ceiling_seconds=ceiling)
    if not habit.entries and not habit.watched_days:
        return seconds, "new: no history yet"
    return seconds, f"{'ceiling' if seconds == ceiling else 'learnt'}: {_rate_text(habit.per_day)}"


def _rate_text(per_day: float) -> str:
    for unit, times in (("an hour", 1 / 24), ("a day", 1.0), ("a week", 7.0)):
        if per_day * times >= 1:
            return f"{per_day * times:.2g} entries {unit}"
    return f"{per_day * 30:.2g} entries a month"


def _heeded_hint(hint: float | None, habit: Habit, bounds: Bounds, now: datetime) -> float:
    """The part of a hint that is heeded, in seconds: up to the ceiling, or an hour (see `_FASTER`)."""
    if hint is None:
        return 0.0
    if bounds.interval_seconds is not None:
        return min(hint, _HINT_CAP_SECONDS)
    heeded = min(hint, bounds.ceiling_seconds)
    if heeded > _HINT_CAP_SECONDS and expected_entries(habit, now, heeded) >= _FASTER:
        return _HINT_CAP_SECONDS
    return heeded


def _backed_off(outcome: PollOutcome, standing: Standing) -> float:
    if standing.gone_since is not None:
        return DAY_SECONDS
    return min(_doubled(_first_wait(outcome), standing.consecutive_failures - 1), DAY_SECONDS)


def _first_wait(outcome: PollOutcome) -> float:
    status, reason = outcome.status or 0, outcome.reason or ""
    if status >= 400 and not outcome.reason:
        reason = f"http_{status}"
    kind = f"http_{status // 100}xx"
    return FIRST_WAIT_SECONDS.get(reason) or FIRST_WAIT_SECONDS.get(kind) or OTHER_FIRST_WAIT_SECONDS


def _trouble(outcome: PollOutcome, standing: Standing) -> str:
    if standing.gone_since is not None:
        return "gone: tried daily"
    times = standing.consecutive_failures
    what = outcome.reason or (f"http_{outcome.status}" if outcome.status else "no answer")
    return f"after {times} failure{'' if times == 1 else 's'} ({what})"


def _doubled(first_seconds: float, times: int) -> float:
    return first_seconds * 2.0 ** min(max(times, 0), 20)  # 20: the cap of a day is long passed


def _unit(jitter: float) -> float:
    return min(max(jitter, 0.0), 1.0)


def _after(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=max(1.0, seconds))
