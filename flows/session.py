"""One run's open things and what its stages do with them: composes pipeline and warehouse, knows no Prefect."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from flows.asking import Asker, agent_of, fetched, open_client
from flows.asking import utc_now as now
from flows.parsing import Parsers, open_parsers
from flows.polling import Poller
from flows.progress import Progress, current
from flows.reading import TOGETHER, ReadJob, ReadPage, open_readers
from flows.runners import Runner
from pipeline.errors import FetchError
from pipeline.extract import Crash, Grouped
from pipeline.fetch import (
    Archive,
    Client,
    Patience,
    Robots,
    StatusError,
    is_due,
    retry_after_seconds,
    retry_at,
)
from pipeline.ids import host_of
from pipeline.logs import about
from pipeline.records import Capture, Failure, Feed, Stage
from pipeline.settings import Settings
from warehouse.grouping import group_all
from warehouse.hosts import StoredRobots
from warehouse.labels import keep_labels
from warehouse.load import Loaded, load_readings
from warehouse.pages import (
    DuePage,
    PageFailure,
    UnreadCapture,
    due_pages,
    full_texts,
    record_fetches,
    unread_captures,
)
from warehouse.polls import feed_times, sync_feeds
from warehouse.publish import publish
from warehouse.rows import Reading
from warehouse.runs import Run, end_run
from warehouse.store import Cursor, Warehouse

T = TypeVar("T")
log = logging.getLogger(__name__)
Readers = Runner[tuple[ReadJob, ...], list[ReadPage | Failure]]
ENOUGH = "crawl_delay"  # why a page that is due is left for the next run
PATIENCE_SECONDS = 600.0  # of one run for one slow host: others, and the readers' copy, must not wait for it

CRASHES = 2  # a page that hung or killed its worker so often is not given to another one

PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"


class Session:
    """A run in one home. Methods are the stages; each may be called from many threads and more than once."""

    def __init__(
        self,
        settings: Settings,
        feeds: Sequence[Feed],
        run_id: str,
        warehouse: Warehouse,
        open_workers: Callable[[Settings], Readers] = open_readers,
    ) -> None:
        self.settings = settings
        self._open_workers = open_workers
        self.feeds = {feed.feed_id: feed for feed in feeds}
        self.run_id = run_id
        self.warehouse = warehouse
        self.progress: Progress = current()
        self.patience = Patience(PATIENCE_SECONDS)
        self._closing = ExitStack()
        sync_feeds(warehouse, feeds, now())

    @cached_property
    def client(self) -> Client:
        """The one door to the network."""
        return self._closing.enter_context(open_client(self.settings))

    @cached_property
    def archive(self) -> Archive:
        """Where captures are written."""
        return self._closing.enter_context(Archive(self.settings.home, self.settings.raw, self.run_id))

    @cached_property
    def workers(self) -> Grouped[ReadJob, ReadPage | Failure]:
        """What extracts and tags, here or elsewhere."""
        return self._closing.enter_context(Grouped(self._open_workers(self.settings), TOGETHER))

    @cached_property
    def parsers(self) -> Parsers:
        """The processes that parse feed documents: where a hostile one hangs or dies, the run does not."""
        return self._closing.enter_context(open_parsers(min(2, self.settings.workers), self.settings.parse_seconds))

    @cached_property
    def poller(self) -> Poller:
        """What polls feeds."""
        return Poller(self.settings, Asker(self.settings, self.client, self.parsers), self.warehouse, self.run_id)

    @cached_property
    def robots(self) -> Robots:
        """What pages the hosts let us fetch."""
        exempt = frozenset(host.strip().lower() for host in self.settings.robots_exempt.split(",") if host.strip())
        return Robots(self.client, StoredRobots(self.warehouse), agent_of(self.settings), exempt=exempt, clock=now)

    def due_feeds(self, chosen: Sequence[str] | None) -> list[str]:
        """Feeds to be polled: those chosen, whether due or not, else all that are enabled and due."""
        if chosen is not None:
            return list(chosen)
        at = now()
        due = [feed_id for feed_id, state in feed_times(self.warehouse).items() if is_due(state, at)]
        return in_turn(due, key=lambda feed_id: host_of(self.feeds[feed_id].url))

    def poll(self, feed_ids: Sequence[str]) -> int:
        """Ask a batch of feeds at once and write what they say; the number of new entries."""
        with about(run=self.run_id):
            new = self.poller.poll([self.feeds[feed_id] for feed_id in feed_ids])
            log.info("%d feeds polled, %d new entries", len(feed_ids), new)
        self.progress.advance("poll", len(feed_ids))
        return new

    def due_pages(self, chosen: Sequence[str] | None, limit: int | None) -> list[DuePage]:
        """Addresses to be fetched now, hosts in turn so that waiting for one is work for another."""
        pages = due_pages(self.warehouse, now(), feeds=list(chosen) if chosen else None, limit=limit)
        return in_turn(pages, key=lambda page: host_of(page.link or page.url))

    def fetch(self, pages: Sequence[DuePage]) -> list[UnreadCapture]:
        """Get a batch of pages, store them raw, and write the captures in one transaction; what is to be read."""
        texts = full_texts(self.warehouse, pages)
        with ThreadPoolExecutor(max_workers=self.settings.connections, thread_name_prefix="fetch") as pool:
            results = list(pool.map(lambda page: self._fetch_one(page, texts.get(page.url)), pages))
        captures = [r for r in results if isinstance(r, Capture)]
        self.archive.flush()
        failures = [r for r in results if isinstance(r, PageFailure)]
        record_fetches(self.warehouse, self.run_id, now(), captures, failures)
        with about(run=self.run_id):
            tell_failures(failures)
            log.info("%d pages fetched, %d failed", len(captures), len(failures))
        self.progress.advance("read", len(pages) - len(captures))
        return unread_captures(self.warehouse, [c.capture_id for c in captures])

    def _fetch_one(self, page: DuePage, full_text: str | None) -> Capture | PageFailure | None:
        """One page, or the text that its feed carried, in the archive. None: left for the next run."""
        try:
            return replace(self._captured(page, full_text), url=page.url)
        except FetchError as error:
            if error.reason == ENOUGH:
                return None
            failure = Failure(stage=Stage.FETCH, reason=error.reason, detail=error.detail, retryable=error.retryable)
            asked = error.retry_after if isinstance(error, StatusError) and error.status in (429, 503) else None
            return self._page_failure(page.url, page.feed_id, page.attempts, failure, retry_after=asked)
        finally:
            self.progress.advance("fetch")

    def _captured(self, page: DuePage, full_text: str | None) -> Capture:
        link = page.link or page.url
        if full_text:
            return self.archive.write_text(link, full_text, now())
        feed = self.feeds.get(page.feed_id)
        allow_private = bool(feed and feed.allow_private)
        response = fetched(
            self.client,
            link,
            accept=PAGE_TYPES,
            allow_private=allow_private,
            permit=lambda url: self._permit(url, allow_private),
        )
        return self.archive.write(response, page.previous)

    def _permit(self, url: str, allow_private: bool) -> float:
        """The crawl delay of the address's host; FetchError when it may not be fetched, or not in this run any more."""
        seconds = self.robots.permit(url, allow_private=allow_private)
        if not self.patience.spend(host_of(url), seconds):
            raise FetchError(url, ENOUGH, "its host asks for long delays; left for the next run")
        return seconds

    def unread(self) -> list[UnreadCapture]:
        """Captured pages that wait to be read."""
        return unread_captures(self.warehouse)

    def read(self, captures: Sequence[UnreadCapture]) -> Loaded:
        """Extract and tag a batch of captured pages and load it in one transaction."""
        jobs = [read_job(self.settings.home, unread) for unread in captures]
        readings, failures = [], []
        for index, result in self.workers.map(jobs):
            unread = captures[index]
            if isinstance(result, ReadPage):
                readings.append(reading_of(unread, result))
            else:
                failures.append(self._unread_failure(unread, result))
            self.progress.advance("read")
        readings.sort(key=lambda r: r.unread.capture.url)  # the same batch makes the same rows
        with about(run=self.run_id):
            loaded = load_readings(self.warehouse, self.run_id, now(), readings, failures)
            tell_failures(failures)
            log.info("%d pages read: %d articles, %d event mentions", len(captures), loaded.articles, loaded.events)
        return loaded

    def _unread_failure(self, unread: UnreadCapture, result: Failure | Crash) -> PageFailure:
        if isinstance(result, Crash):
            again = unread.attempts + 1 < CRASHES
            result = Failure(stage=Stage.EXTRACT, reason=result.reason, detail=result.detail, retryable=again)
        return self._page_failure(unread.capture.url, unread.feed_id, unread.attempts, result)

    def group(self) -> int:
        """Articles join stories, event mentions join events; the number of articles placed."""
        self.progress.stage("group", 1)
        placed = group_all(self.warehouse, self.run_id)
        with about(run=self.run_id):
            log.info("%d articles placed in stories", placed)
        self.progress.advance("group")
        return placed

    def publish(self) -> int:
        """Swap in the readers' copy; its size in bytes."""
        self.progress.stage("publish", 1)
        self.keep_labels()
        since = self.settings.publish_since(now())
        size = publish(self.warehouse, self.settings.published, self.complete, since=since)
        with about(run=self.run_id):
            log.info("published %s, %d bytes", self.settings.published.name, size)
        self.progress.advance("publish")
        return size

    def keep_labels(self) -> None:
        """What people said of codings meanwhile, for readers to see with the codings."""
        _, wrong = keep_labels(self.warehouse, self.settings.labels_file, self.run_id)
        with about(run=self.run_id):
            for line in wrong:
                log.warning("%s", line)

    def complete(self, cursor: Cursor) -> Run:
        """Enter into the book that the run is over, and all is well."""
        return end_run(cursor, self.run_id, now(), "completed")

    def _page_failure(
        self, url: str, feed_id: str, attempts: int, failure: Failure, *, retry_after: str | None = None
    ) -> PageFailure:
        at = now()
        again = retry_at(attempts + 1, at, max_attempts=self.settings.max_attempts, jitter=random.random())
        if again and (seconds := retry_after_seconds(retry_after, at)):
            again = max(again, at + timedelta(seconds=seconds))
        return PageFailure(
            url=url,
            feed_id=feed_id,
            failure=failure,
            next_attempt_at=again if failure.retryable else None,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()


def tell_failures(failures: Sequence[PageFailure]) -> None:
    """A record for each: no more than information, for each is written down and most are tried again."""
    for failed in failures:
        with about(feed=failed.feed_id, url=failed.url):
            log.info("%s failed: %s: %s", failed.failure.stage, failed.failure.reason, failed.failure.detail)


def reading_of(unread: UnreadCapture, page: ReadPage) -> Reading:
    """What came of a captured page, to be loaded."""
    return Reading(unread=unread, article=page.article, told=page.told, minhash=page.minhash, url=page.url)


def last_failure(unread: UnreadCapture, result: Failure | Crash) -> PageFailure:
    """Why a stored page cannot be read; no run tries it by itself."""
    if isinstance(result, Crash):
        result = Failure(stage=Stage.EXTRACT, reason=result.reason, detail=result.detail, retryable=False)
    return PageFailure(url=unread.capture.url, feed_id=unread.feed_id, failure=result, next_attempt_at=None)


def read_job(home: Path, unread: UnreadCapture, body: bytes | None = None) -> ReadJob:
    """The work of reading a captured page; `body` where it is at hand, or cannot be had where the work is done."""
    return ReadJob(
        body=body,
        home=home,
        capture=unread.capture,
        title=unread.title,
        byline=unread.authors,
        agency=unread.agency,
        language=unread.language,
        country=unread.country,
        published_at=unread.published_at,
        modified_at=unread.modified_at,
        content_html=unread.content_html,
    )


def in_turn(items: Sequence[T], key: Callable[[T], str]) -> list[T]:
    """Items reordered so that keys (hosts) take turns, each key's items in their order."""
    turn: Counter[str] = Counter()
    ranked = []
    for item in items:
        ranked.append((turn[key(item)], item))
        turn[key(item)] += 1
    return [item for _, item in sorted(ranked, key=lambda r: r[0])]
