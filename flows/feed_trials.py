"""Feeds tried now, nothing written: what `dateline feeds check` and `discover` do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Self
from urllib.parse import urljoin, urlsplit

from flows.answers import table_of, wide_console
from flows.asking import Asker, open_client
from flows.parsing import open_parsers
from pipeline.errors import FetchError
from pipeline.fetch import Client, StatusError
from pipeline.records import Failure, Feed, ParsedFeed
from pipeline.secrets import masked, masked_text
from pipeline.settings import Settings
from pipeline.sources import common_paths, feed_links, sitemap_links
from warehouse.query import Answer

PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
ROBOTS_BYTES = 500 * 1024
COLUMNS = ("feed", "answer", "format", "entries", "newest", "remarks")


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of asking a feed."""

    name: str
    outcome: ParsedFeed | Failure

    @property
    def works(self) -> bool:
        """Did it give a feed document?"""
        return isinstance(self.outcome, ParsedFeed)

    def row(self) -> tuple[object, ...]:
        """For the table."""
        if isinstance(self.outcome, Failure):
            return (masked(self.name), self.outcome.reason, None, None, None, masked_text(self.outcome.detail))
        entries = self.outcome.entries
        newest = max((e.published_at for e in entries if e.published_at), default=None)
        return (
            masked(self.name),
            "good",
            self.outcome.format,
            len(entries),
            newest,
            masked_text("; ".join(self.outcome.problems)),
        )


class Trials:
    """Asks feeds as a run would, many at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._closing = ExitStack()
        self.client: Client = self._closing.enter_context(open_client(settings))
        parsers = self._closing.enter_context(open_parsers(1, settings.parse_seconds))
        self._asker = Asker(settings, self.client, parsers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def run(self, feeds: Sequence[tuple[str, Feed]]) -> list[Trial]:
        """Ask each (name to show, feed)."""
        with ThreadPoolExecutor(max_workers=self._settings.connections) as pool:
            return list(pool.map(lambda pair: Trial(pair[0], self._asker.try_now(pair[1])), feeds))


def check_feeds(settings: Settings, feeds: Sequence[Feed]) -> int:
    """Ask feeds and print what they answer; how many of them are broken."""
    with Trials(settings) as trials:
        results = trials.run([(feed.feed_id, feed) for feed in feeds])
    show(results)
    return sum(not trial.works for trial in results)


def discover_feeds(settings: Settings, url: str, *, allow_private: bool) -> int:
    """Find the feeds of a page or site, try each and print those that work; how many they are.

    Raises FetchError when nobody answers at that address.
    """
    with Trials(settings) as trials:
        found = search(trials, url, allow_private)
    show(found)
    return len(found)


def search(trials: Trials, url: str, allow_private: bool) -> list[Trial]:
    """Feeds that work: the address itself, those that its page names, else those at common paths."""
    stated = [url, *stated_links(trials.client, url, allow_private)]
    return working(trials, stated, allow_private) or working(trials, list(common_paths(url)), allow_private)


def working(trials: Trials, urls: Sequence[str], allow_private: bool) -> list[Trial]:
    """Those of the addresses that give a feed document."""
    feeds = [(u, Feed(feed_id="trial", url=u, allow_private=allow_private)) for u in dict.fromkeys(urls)]
    return [trial for trial in trials.run(feeds) if trial.works]


def stated_links(client: Client, url: str, allow_private: bool) -> list[str]:
    """What the page and its host's robots.txt name as feeds and news sitemaps.

    Nothing when the page answers with an error; FetchError when nobody answers at all.
    """
    try:
        page = client.get(url, accept=PAGE_TYPES, allow_private=allow_private)
    except StatusError:
        return []
    links = [link.url for link in feed_links(page.body, page.final_url)]
    parts = urlsplit(page.final_url)
    try:
        robots = client.get(
            urljoin(f"{parts.scheme}://{parts.netloc}", "/robots.txt"),
            accept="text/plain",
            allow_private=allow_private,
            max_bytes=ROBOTS_BYTES,
            truncate=True,
        )
    except FetchError:
        return links
    return [*links, *sitemap_links(robots.body.decode("utf-8", "replace"))]


def show(trials: Sequence[Trial]) -> None:
    """The table."""
    if trials:
        wide_console(sys.stdout).print(table_of(Answer(COLUMNS, [trial.row() for trial in trials])))
