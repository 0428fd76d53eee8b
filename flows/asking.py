"""One feed asked once: over the network or in its folder, and its document parsed apart. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from flows.parsing import FeedDocument, Parsers, parse_apart
from pipeline.errors import FetchError
from pipeline.fetch import (
    Client,
    FeedMemory,
    Fetcher,
    Limits,
    Seen,
    SeenFile,
    StatusError,
    list_new,
    read_file,
    user_agent,
)
from pipeline.records import Entry, Failure, Feed, ParsedFeed, Response, Stage, Validators
from pipeline.settings import Settings

FEED_TYPES = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


def utc_now() -> datetime:
    """The time, aware, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a feed answered. One of `parsed` and `failure`, or neither: it is unchanged."""

    feed: Feed
    asked_at: datetime
    asked_url: str
    asked_fully: bool = True
    response: Response | None = None  # without its body
    size_bytes: int | None = None
    body_sha256: str | None = None  # None: no body came
    parsed: ParsedFeed | None = None
    failure: Failure | None = None
    files: tuple[SeenFile, ...] = ()  # of a folder: what was read now
    broken: tuple[tuple[str, Failure], ...] = ()  # address and trouble of those that are no feed document


class Asker:
    """Asks feeds, each as the operator lists it and as its memory advises; from many threads."""

    def __init__(
        self, settings: Settings, client: Fetcher, parsers: Parsers, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._settings, self._client, self._parsers, self.clock = settings, client, parsers, clock

    def try_now(self, feed: Feed) -> ParsedFeed | Failure:
        """The feed's document, asked for as if for the first time."""
        asked = self.ask(feed, FeedMemory(feed_url=feed.url, listed_url=feed.url), lambda _: {})
        if asked.broken:
            address, failure = asked.broken[0]
            more = f" and {len(asked.broken) - 1} more files" if len(asked.broken) > 1 else ""
            return replace(failure, detail=f"{address}: {failure.detail}{more}")
        return asked.failure or asked.parsed or ParsedFeed(format="unknown")

    def ask(self, feed: Feed, memory: FeedMemory, seen: Seen) -> Asked:
        """One poll, whatever comes of it. `seen`: which files of its folder were read before."""
        at = self.clock()
        try:
            return self._look_into_folder(feed, seen, at) if feed.is_folder else self._get(feed, memory, at)
        except FetchError as error:
            failure = Failure(stage=Stage.POLL, reason=error.reason, detail=error.detail, retryable=error.retryable)
            response = error.response if isinstance(error, StatusError) else None
            return Asked(feed=feed, asked_at=at, asked_url=memory.feed_url, response=response, failure=failure)

    def _get(self, feed: Feed, memory: FeedMemory, at: datetime) -> Asked:
        validators = memory.validators_for(at)
        response = fetched(
            self._client,
            memory.feed_url,
            accept=FEED_TYPES,
            validators=validators,
            allow_private=feed.allow_private,
            max_bytes=self._settings.max_feed_bytes,
        )
        asked = Asked(
            feed=feed,
            asked_at=at,
            asked_url=memory.feed_url,
            asked_fully=validators == Validators(),
            response=replace(response, body=b""),
            size_bytes=len(response.body),
        )
        if response.status == 304:
            return asked
        digest = sha256(response.body).hexdigest()
        if digest == memory.body_sha256:
            return replace(asked, body_sha256=digest)
        found = self._parse(feed, response.body, response.final_url, response.header("Content-Type"), at)
        if isinstance(found, Failure):
            return replace(asked, failure=found)
        return replace(asked, body_sha256=digest, parsed=found)

    def _look_into_folder(self, feed: Feed, seen: Seen, at: datetime) -> Asked:
        """The files that are new; one that cannot be read, or is no feed document, does not stop the rest."""
        files, left_out = list_new(feed.url, seen, at)
        read: list[SeenFile] = []  # also those that are no feed document; what could not be read is tried again
        found: list[ParsedFeed] = []
        broken: list[tuple[str, Failure]] = []
        for file in files:
            address, parsed = self._read_file(feed, file, at)
            if isinstance(parsed, ParsedFeed):
                found.append(parsed)
            else:
                broken.append((address, parsed))
            if isinstance(parsed, ParsedFeed) or not parsed.retryable:
                read.append(file)
        return Asked(
            feed=feed,
            asked_at=at,
            asked_url=feed.url,
            size_bytes=sum(file.size_bytes for file in read),
            parsed=merged(found, left_out) if files else None,
            files=tuple(read),
            broken=tuple(broken),
        )

    def _read_file(self, feed: Feed, file: SeenFile, at: datetime) -> tuple[str, ParsedFeed | Failure]:
        """The file's address and what it says."""
        try:
            dropped = read_file(feed.url, file.name, max_bytes=self._settings.max_feed_bytes)
        except FetchError as error:
            failure = Failure(stage=Stage.POLL, reason=error.reason, detail=error.detail, retryable=error.retryable)
            return error.url, failure
        parsed = self._parse(feed, dropped.body, dropped.address, None, at)
        if isinstance(parsed, Failure):
            return dropped.address, replace(parsed, retryable=False)  # until the file changes
        return dropped.address, parsed

    def _parse(self, feed: Feed, body: bytes, url: str, content_type: str | None, at: datetime) -> ParsedFeed | Failure:
        return parse_apart(
            self._parsers,
            FeedDocument(
                body=body,
                url=url,
                content_type=content_type,
                zone=feed.zone,
                max_entries=self._settings.max_entries,
                now=at,
            ),
        )


def fetched(client: Fetcher, url: str, **options: Any) -> Response:
    """`client.get`; what it did not foresee is this address's failure, not that of all that are asked with it."""
    try:
        return client.get(url, **options)
    except (FetchError, OSError):
        raise
    except Exception as error:
        raise FetchError(url, "error", f"{type(error).__name__}: {error}"[:200]) from error


def merged(documents: list[ParsedFeed], left_out: int) -> ParsedFeed:
    """The documents of a folder as one, in their order; of an item in several files, the last or highest version."""
    entries: dict[str, Entry] = {}
    for entry in (e for document in documents for e in document.entries):
        other = entries.pop(entry.entry_id, entry)
        older = (entry.version or 0) < (other.version or 0)
        entries[entry.entry_id] = other if older else entry
    return ParsedFeed(
        format=documents[-1].format if documents else "unknown",
        entries=tuple(entries.values()),
        left_out=left_out + sum(document.left_out for document in documents),
        problems=tuple(dict.fromkeys(line for document in documents for line in document.problems)),
    )


def open_client(settings: Settings) -> Client:
    """The one door to the network, with the operator's limits and name."""
    limits = Limits(
        connect_seconds=settings.connect_seconds,
        read_seconds=settings.read_seconds,
        total_seconds=settings.total_seconds,
        max_bytes=settings.max_page_bytes,
        host_interval_seconds=settings.host_interval_seconds,
        host_connections=settings.host_connections,
        connections=settings.connections,
    )
    return Client(limits, agent_of(settings))


def agent_of(settings: Settings) -> str:
    """Who is asking."""
    return user_agent(version("dateline"), settings.contact)
