"""What is remembered of a feed between polls, and what one poll changes in it: pure, given `now`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pipeline.fetch.habits import Habit, with_new
from pipeline.fetch.hints import cache_seconds, longest_hint
from pipeline.fetch.moves import MoveEvidence, is_confirmed, permanent_target, weigh
from pipeline.fetch.policy import (
    Bounds,
    FeedState,
    Plan,
    PollOutcome,
    asks_fully,
    is_lying,
    plan_poll,
    standing_after,
)
from pipeline.records import Entry, IdentityPolicy, ParsedFeed, Response, Validators

RETURN_AFTER = 5  # failures in a row at an address that the feed has moved to, before the listed one is asked again
DISTRUST = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMemory:
    """All that earlier polls have taught about a feed."""

    feed_url: str  # where it is polled
    listed_url: str  # as in feeds.toml
    validators: Validators = field(default_factory=Validators)
    body_sha256: str | None = None
    hint_seconds: float | None = None  # what the document itself asks for
    watched_since: datetime | None = None
    last_unchanged_at: datetime | None = None
    next_poll_reason: str | None = None
    last_error: str | None = None
    state: FeedState = field(default_factory=FeedState)
    habit: Habit = field(default_factory=Habit)
    move: MoveEvidence | None = None
    identity: IdentityPolicy | None = None
    identity_reason: str | None = None

    def validators_for(self, now: datetime) -> Validators:
        """What to ask "has it changed?" with; nothing when the whole document is wanted."""
        return Validators() if asks_fully(self.state, now) else self.validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A usable answer of a feed."""

    response: Response | None  # None: a folder's
    body_sha256: str | None  # None: no body came (304, or a folder)
    document: ParsedFeed | None  # None: unchanged
    new: Sequence[Entry] = ()  # those of its entries that were not known

    @property
    def not_modified(self) -> bool:
        """Did the server say so itself?"""
        return self.response is not None and self.response.status == 304


def after_answer(memory: FeedMemory, answer: Answer, bounds: Bounds, now: datetime, *, jitter: float) -> FeedMemory:
    """The memory after a poll that worked."""
    habit = with_new(memory.habit, publications(memory, answer.new, now), now)
    hint = document_hint(answer.document) if answer.document else memory.hint_seconds
    cache = cache_seconds(answer.response, now) if answer.response else None
    status = answer.response.status if answer.response else None
    outcome = PollOutcome(ok=True, status=status, hint_seconds=longest_hint(hint, cache))
    plan = plan_poll(memory.state, outcome, habit, bounds, now, jitter=jitter)
    return replace(
        moved(memory, answer.response, now),
        validators=validators_after(memory, answer),
        body_sha256=answer.body_sha256 or memory.body_sha256,
        hint_seconds=hint,
        watched_since=memory.watched_since or now,
        last_unchanged_at=now if answer.not_modified else memory.last_unchanged_at,
        next_poll_reason=plan.reason,
        last_error=None,
        habit=habit,
        state=replace(
            state_after(memory.state, outcome, plan, now),
            last_full_at=memory.state.last_full_at if answer.not_modified else now,
            distrusted_until=now + DISTRUST if caught_lying(memory, answer, now) else memory.state.distrusted_until,
        ),
    )


def after_failure(
    memory: FeedMemory, outcome: PollOutcome, detail: str, bounds: Bounds, now: datetime, *, jitter: float
) -> FeedMemory:
    """The memory after a poll that failed: what was learnt stays, and a move that turns out bad is taken back."""
    plan = plan_poll(memory.state, outcome, memory.habit, bounds, now, jitter=jitter)
    state = state_after(memory.state, outcome, plan, now)
    after = replace(memory, state=state, next_poll_reason=plan.reason, last_error=detail)
    if memory.feed_url != memory.listed_url and state.consecutive_failures >= RETURN_AFTER:
        return at_address(after, memory.listed_url)
    return after


def state_after(state: FeedState, outcome: PollOutcome, plan: Plan, now: datetime) -> FeedState:
    """The state with this poll's standing and plan in it."""
    standing = standing_after(state, outcome, now)
    return replace(
        state,
        last_poll_at=now,
        next_poll_at=plan.next_poll_at,
        consecutive_failures=standing.consecutive_failures,
        failing_since=standing.failing_since,
        gone_since=standing.gone_since,
    )


def publications(memory: FeedMemory, new: Sequence[Entry], now: datetime) -> list[datetime]:
    """When new entries were published: one without a date about now, but in a first document nobody knows when."""
    known = memory.watched_since is not None
    return [entry.published_at or now for entry in new if entry.published_at or known]


def moved(memory: FeedMemory, response: Response | None, now: datetime) -> FeedMemory:
    """The memory with what the answer's redirects say of the feed's address; a confirmed one becomes its address."""
    if response is None:
        return memory
    evidence = weigh(memory.move, permanent_target(response), now)
    if evidence is not None and is_confirmed(evidence, now):
        return at_address(memory, evidence.url)
    return replace(memory, move=evidence)


def at_address(memory: FeedMemory, url: str) -> FeedMemory:
    """The feed polled elsewhere from now on: validators belong to an address."""
    return replace(memory, feed_url=url, move=None, validators=Validators(), body_sha256=None)


def validators_after(memory: FeedMemory, answer: Answer) -> Validators:
    """What to replay: the answer's own; where it leaves them out, those that still stand for the same body."""
    if answer.response is None or (answer.document and answer.document.broken_off):
        return Validators()  # of half a document nobody wants to hear that it has not changed
    same_body = answer.body_sha256 in (None, memory.body_sha256)
    old = memory.validators if same_body else Validators()
    return Validators(
        etag=answer.response.header("ETag") or old.etag,
        last_modified=answer.response.header("Last-Modified") or old.last_modified,
    )


def caught_lying(memory: FeedMemory, answer: Answer, now: datetime) -> bool:
    """Has a whole document brought what an earlier "not modified" kept back?"""
    published = [entry.published_at for entry in answer.new if entry.published_at]
    return is_lying(memory.state, memory.last_unchanged_at, published, now)


def document_hint(document: ParsedFeed) -> float | None:
    """Seconds between polls that the document asks for."""
    return document.ttl_minutes * 60.0 if document.ttl_minutes else None
