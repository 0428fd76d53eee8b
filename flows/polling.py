"""A batch of feeds polled: asked at once, understood against what is known of each, and written together."""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from flows.asking import Asked, Asker
from pipeline.fetch import Answer, Bounds, FeedMemory, PollOutcome, after_answer, after_failure
from pipeline.logs import about
from pipeline.parse.identity import Sighting, choose_policy, match
from pipeline.records import Entry, Feed, ParsedFeed
from pipeline.settings import Settings
from warehouse.entries import Shown, known_sightings
from warehouse.pages import PageFailure
from warehouse.polls import PollResult, feed_memories, record_polls, seen_files
from warehouse.store import Warehouse

log = logging.getLogger(__name__)


class Poller:
    """Polls batches of feeds for one run; may be called from many threads."""

    def __init__(self, settings: Settings, asker: Asker, warehouse: Warehouse, run_id: str) -> None:
        self._settings, self._asker, self._warehouse, self._run_id = settings, asker, warehouse, run_id

    def poll(self, feeds: Sequence[Feed]) -> int:
        """Ask the feeds, and write all that they say in one transaction; the number of new entries."""
        memories = feed_memories(self._warehouse, [feed.feed_id for feed in feeds], self._asker.clock())

        def ask(feed: Feed) -> Asked:
            return self._asker.ask(feed, memories[feed.feed_id], partial(seen_files, self._warehouse, feed.feed_id))

        with ThreadPoolExecutor(min(len(feeds), self._settings.connections) or 1, "poll") as pool:
            asked = list(pool.map(ask, feeds))
        known = known_sightings(self._warehouse, [shown(a) for a in asked])
        results = [self._understand(a, memories[a.feed.feed_id], known[a.feed.feed_id]) for a in asked]
        for result in results:
            tell(result)
        return record_polls(self._warehouse, self._run_id, results)

    def _understand(self, asked: Asked, memory: FeedMemory, known: Sequence[Sighting]) -> PollResult:
        """What the answer means, and what is remembered of the feed from now on."""
        bounds = bounds_of(self._settings, asked.feed)
        if asked.failure:
            after = after_failure(
                memory, outcome_of(asked), asked.failure.detail, bounds, asked.asked_at, jitter=jitter()
            )
            return result_of(asked, after)
        entries: tuple[Entry, ...] = ()
        if asked.parsed:
            asked = replace(asked, parsed=whole(asked.parsed))
            assert asked.parsed
            policy, reason = choose_policy(memory.identity, asked.parsed.entries, known)
            entries = match(policy, asked.parsed.entries, known)
            if policy != memory.identity:
                memory = replace(memory, identity=policy, identity_reason=reason)
            asked = replace(asked, parsed=replace(asked.parsed, entries=entries))
        ids = {sighting.entry_id for sighting in known}
        new = tuple(entry for entry in entries if entry.entry_id not in ids)
        answer = Answer(response=asked.response, body_sha256=asked.body_sha256, document=asked.parsed, new=new)
        after = after_answer(memory, answer, bounds, asked.asked_at, jitter=jitter())
        if asked.feed.is_folder and asked.feed.interval_seconds is None:
            after = replace(after, next_poll_reason="a folder: looked into in every run")
        return result_of(asked, after)


def tell(result: PollResult) -> None:
    """A record of a poll: a failure is no more than information, for it is written down and tried again."""
    with about(feed=result.feed.feed_id):
        if result.failure:
            log.info("poll failed: %s: %s", result.failure.reason, result.failure.detail)
        else:
            log.debug("%s, %d entries", result.outcome, len(result.entries))


def whole(document: ParsedFeed) -> ParsedFeed:
    """Without the last entry of a document that broke off, unless it is the only one: the next poll brings it whole."""
    return replace(document, entries=document.entries[:-1] or document.entries) if document.broken_off else document


def bounds_of(settings: Settings, feed: Feed) -> Bounds:
    """Between which paces a feed is polled. A folder costs nobody anything: it is looked into at every tick."""
    floor = settings.min_interval_minutes * 60
    own = feed.interval_seconds or (floor if feed.is_folder else None)
    return Bounds(floor_seconds=floor, ceiling_seconds=settings.max_interval_minutes * 60, interval_seconds=own)


def outcome_of(asked: Asked) -> PollOutcome:
    """A failed attempt as the policy weighs it."""
    assert asked.failure is not None
    response = asked.response
    return PollOutcome(
        ok=False,
        status=response.status if response else None,
        reason=asked.failure.reason,
        retry_after=response.header("Retry-After") if response else None,
    )


def shown(asked: Asked) -> Shown:
    """What the feed shows."""
    return Shown(feed=asked.feed, polled_at=asked.asked_at, entries=asked.parsed.entries if asked.parsed else ())


def result_of(asked: Asked, after: FeedMemory) -> PollResult:
    """The poll as it is written down."""
    return PollResult(
        feed=asked.feed,
        polled_at=asked.asked_at,
        outcome="failed" if asked.failure else "read" if asked.parsed else "unchanged",
        memory=after,
        asked_url=asked.asked_url,
        asked_fully=asked.asked_fully,
        response=asked.response,
        size_bytes=asked.size_bytes,
        parsed=asked.parsed,
        failure=asked.failure,
        files=asked.files,
        broken=tuple(
            PageFailure(url=url, feed_id=asked.feed.feed_id, failure=failure, next_attempt_at=None)
            for url, failure in asked.broken
        ),
    )


def jitter() -> float:
    """A number from 0 to 1, so that feeds do not come back in step."""
    return random.random()
