"""One run's open things and what its stages do with them: composes pipeline and warehouse, knows no Prefect."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from types import TracebackType
from typing import Self

from flows.progress import Progress, current
from flows.reading import Reader, ReadJob, ReadPage
from pipeline.errors import FetchError, ParseError
from pipeline.extract import Crash, Workers
from pipeline.fetch import (
    Archive,
    Client,
    FeedState,
    Limits,
    PollOutcome,
    StatusError,
    is_due,
    next_poll,
    retry_at,
    user_agent,
)
from pipeline.ids import host_of
from pipeline.parse import parse_feed
from pipeline.records import Capture, Failure, Feed, Response, Stage
from pipeline.settings import Settings
from warehouse.grouping import group_all
from warehouse.load import Loaded, Reading, load_readings
from warehouse.pages import DuePage, PageFailure, UnreadCapture, due_pages, record_fetches, unread_captures
from warehouse.polls import FeedMemory, PollResult, feed_memories, record_poll, sync_feeds
from warehouse.publish import publish
from warehouse.runs import Run, end_run
from warehouse.store import Cursor, Warehouse

FEED_TYPES = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"


def now() -> datetime:
    """The time, aware, UTC."""
    return datetime.now(UTC)


class Session:
    """A run in one home. Methods are the stages; each may be called from many threads and more than once."""

    def __init__(self, settings: Settings, feeds: Sequence[Feed], run_id: str, warehouse: Warehouse) -> None:
        self.settings = settings
        self.feeds = {feed.feed_id: feed for feed in feeds}
        self.run_id = run_id
        self.warehouse = warehouse
        self.progress: Progress = current()
        self._closing = ExitStack()
        sync_feeds(warehouse, feeds)
        self.memories = feed_memories(warehouse)

    @cached_property
    def client(self) -> Client:
        """The one door to the network."""
        return self._closing.enter_context(
            Client(limits_of(self.settings), user_agent(version("dateline"), self.settings.contact))
        )

    @cached_property
    def archive(self) -> Archive:
        """Where captures are written."""
        return self._closing.enter_context(Archive(self.settings.home, self.settings.raw, self.run_id))

    @cached_property
    def workers(self) -> Workers[ReadJob, ReadPage | Failure]:
        """The processes that extract and tag."""
        s = self.settings
        reader = Reader(s.spacy_model, s.gazetteer)
        workers = Workers(reader, count=s.workers, seconds=s.page_seconds, warm_up=reader.warm_up)
        return self._closing.enter_context(workers)

    def due_feeds(self, chosen: Sequence[str] | None) -> list[str]:
        """Feeds to be polled: those chosen, whether due or not, else all that are enabled and due."""
        if chosen is not None:
            return list(chosen)
        at = now()
        return [f.feed_id for f in self.feeds.values() if f.enabled and is_due(self._state(f.feed_id), at)]

    def poll(self, feed_ids: Sequence[str]) -> int:
        """Ask a batch of feeds at once and write what they say, a transaction each; the number of new entries."""
        with ThreadPoolExecutor(max_workers=len(feed_ids) or 1, thread_name_prefix="poll") as pool:
            return sum(pool.map(self._poll_one, feed_ids))

    def _poll_one(self, feed_id: str) -> int:
        feed, memory = self.feeds[feed_id], self.memories.get(feed_id, FeedMemory())
        result = self._ask(feed, memory)
        new = record_poll(self.warehouse, self.run_id, result)
        self.progress.advance("poll")
        return new

    def _ask(self, feed: Feed, memory: FeedMemory) -> PollResult:
        """One poll, whatever comes of it."""
        at = now()
        try:
            response = self.client.get(
                feed.url,
                accept=FEED_TYPES,
                validators=memory.validators,
                allow_private=feed.allow_private,
                max_bytes=self.settings.max_feed_bytes,
            )
            return self._understand(feed, memory, response, at)
        except FetchError as error:
            failure = Failure(stage=Stage.POLL, reason=error.reason, detail=error.detail, retryable=error.retryable)
            wait = error.retry_after if isinstance(error, StatusError) else None
            outcome = PollOutcome(ok=False, status=error.status, retry_after=wait)
        except ParseError as error:
            failure = Failure(stage=Stage.POLL, reason="not_a_feed", detail=str(error))
            outcome = PollOutcome(ok=False)
        again = self._next_poll(feed, outcome, at)
        return PollResult(feed=feed, polled_at=at, next_poll_at=again, failure=failure, status=outcome.status)

    def _understand(self, feed: Feed, memory: FeedMemory, response: Response, at: datetime) -> PollResult:
        """A 304 and a body that was read before are "unchanged"; anything else is parsed."""
        digest = sha256(response.body).hexdigest() if response.status != 304 else memory.body_sha256
        parsed = None
        if response.status != 304 and digest != memory.body_sha256:
            parsed = parse_feed(
                response.body,
                url=response.final_url,
                content_type=response.header("Content-Type"),
                max_entries=self.settings.max_entries,
            )
        ttl = parsed.ttl_minutes if parsed else memory.ttl_minutes
        return PollResult(
            feed=feed,
            polled_at=at,
            next_poll_at=self._next_poll(feed, PollOutcome(ok=True, status=response.status, ttl_minutes=ttl), at),
            response=response,
            body_sha256=digest,
            parsed=parsed,
        )

    def due_pages(self, chosen: Sequence[str] | None, limit: int | None) -> list[DuePage]:
        """Addresses to be fetched now, hosts in turn so that waiting for one is work for another."""
        pages = due_pages(self.warehouse, now(), feeds=list(chosen) if chosen else None, limit=limit)
        return in_turn(pages)

    def fetch(self, pages: Sequence[DuePage]) -> list[UnreadCapture]:
        """Get a batch of pages, store them raw, and write the captures in one transaction; what is to be read."""
        with ThreadPoolExecutor(max_workers=self.settings.connections, thread_name_prefix="fetch") as pool:
            results = list(pool.map(self._fetch_one, pages))
        captures = [r for r in results if isinstance(r, Capture)]
        self.archive.flush()
        failures = [r for r in results if isinstance(r, PageFailure)]
        record_fetches(self.warehouse, self.run_id, now(), captures, failures)
        self.progress.advance("read", len(failures))
        return unread_captures(self.warehouse, [c.capture_id for c in captures])

    def _fetch_one(self, page: DuePage) -> Capture | PageFailure:
        feed = self.feeds.get(page.feed_id)
        try:
            if feed and feed.full_text and page.content_html:
                return self.archive.write(as_response(page.url, page.content_html))
            allow_private = bool(feed and feed.allow_private)
            return self.archive.write(self.client.get(page.url, accept=PAGE_TYPES, allow_private=allow_private))
        except FetchError as error:
            failure = Failure(stage=Stage.FETCH, reason=error.reason, detail=error.detail, retryable=error.retryable)
            return self._page_failure(page.url, page.feed_id, page.attempts, failure)
        finally:
            self.progress.advance("fetch")

    def unread(self) -> list[UnreadCapture]:
        """Captured pages that wait to be read."""
        return unread_captures(self.warehouse)

    def read(self, captures: Sequence[UnreadCapture]) -> Loaded:
        """Extract and tag a batch of captured pages and load it in one transaction."""
        jobs = [
            ReadJob(home=self.settings.home, capture=u.capture, title=u.title, published_at=u.published_at)
            for u in captures
        ]
        readings, failures = [], []
        for index, result in self.workers.map(jobs):
            unread = captures[index]
            if isinstance(result, ReadPage):
                readings.append(
                    Reading(
                        unread=unread,
                        article=result.article,
                        tags=result.tags,
                        minhash=result.minhash,
                        url=result.url,
                    )
                )
            else:
                failures.append(self._unread_failure(unread, result))
            self.progress.advance("read")
        readings.sort(key=lambda r: r.unread.capture.url)  # the same batch makes the same rows
        return load_readings(self.warehouse, self.run_id, now(), readings, failures)

    def _unread_failure(self, unread: UnreadCapture, result: Failure | Crash) -> PageFailure:
        if isinstance(result, Crash):
            result = Failure(stage=Stage.EXTRACT, reason=result.reason, detail=result.detail)
        return self._page_failure(unread.capture.url, unread.feed_id, unread.attempts, result)

    def group(self) -> int:
        """Articles join stories, event mentions join events; the number of articles placed."""
        self.progress.stage("group", 1)
        placed = group_all(self.warehouse)
        self.progress.advance("group")
        return placed

    def publish(self) -> int:
        """Swap in the readers' copy; its size in bytes."""
        self.progress.stage("publish", 1)
        size = publish(self.warehouse, self.settings.published, self.complete)
        self.progress.advance("publish")
        return size

    def complete(self, cursor: Cursor) -> Run:
        """Enter into the book that the run is over, and all is well."""
        return end_run(cursor, self.run_id, now(), "completed")

    def _page_failure(self, url: str, feed_id: str, attempts: int, failure: Failure) -> PageFailure:
        again = retry_at(attempts + 1, now(), max_attempts=self.settings.max_attempts, jitter=random.random())
        return PageFailure(
            url=url,
            feed_id=feed_id,
            failure=failure,
            next_attempt_at=again if failure.retryable else None,
        )

    def _state(self, feed_id: str) -> FeedState:
        memory = self.memories.get(feed_id, FeedMemory())
        return FeedState(
            last_poll_at=memory.last_poll_at,
            next_poll_at=memory.next_poll_at,
            consecutive_failures=memory.consecutive_failures,
        )

    def _next_poll(self, feed: Feed, outcome: PollOutcome, at: datetime) -> datetime:
        state = self._state(feed.feed_id)
        return next_poll(state, outcome, at, interval_seconds=feed.interval_seconds, jitter=random.random())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()


def limits_of(settings: Settings) -> Limits:
    """The operator's limits on fetching."""
    return Limits(
        connect_seconds=settings.connect_seconds,
        read_seconds=settings.read_seconds,
        total_seconds=settings.total_seconds,
        max_bytes=settings.max_page_bytes,
        host_interval_seconds=settings.host_interval_seconds,
        host_connections=settings.host_connections,
        connections=settings.connections,
    )


def in_turn(pages: Sequence[DuePage]) -> list[DuePage]:
    """Pages reordered so that hosts take turns, each host's pages in their order."""
    turn: Counter[str] = Counter()
    ranked = []
    for page in pages:
        host = host_of(page.url)
        ranked.append((turn[host], page))
        turn[host] += 1
    return [page for _, page in sorted(ranked, key=lambda r: r[0])]


def as_response(url: str, html: str) -> Response:
    """The full text that a feed carries, as if it had been fetched."""
    body = f"<!doctype html><html><body><article>{html}</article></body></html>".encode()
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Response(url=url, final_url=url, status=200, headers=headers, body=body, fetched_at=now(), elapsed_ms=0)
