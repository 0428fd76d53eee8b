"""Feeds, what is seen in them, what is fetched, and what goes wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Stage(StrEnum):
    """Where in its life an entry is, or failed."""

    POLL = "poll"
    FETCH = "fetch"
    EXTRACT = "extract"
    TAG = "tag"
    LOAD = "load"


class EntryStatus(StrEnum):
    """State of an entry; see "Life of an entry" in the README."""

    PENDING = "pending"
    FETCHED = "fetched"
    LOADED = "loaded"
    FAILED = "failed"
    SKIPPED = "skipped"


FeedFormat = Literal["rss20", "rss10", "rss09", "atom", "jsonfeed", "sitemap", "newsml-g2", "nitf", "ninjs", "unknown"]
ItemStatus = Literal["usable", "canceled", "withheld"]
IdentityPolicy = Literal["guid", "link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A URL that is polled, as the operator lists it in feeds.toml."""

    feed_id: str
    url: str
    title: str | None = None
    agency: str | None = None
    country: str | None = None  # ISO 3166 alpha-3
    language: str | None = None  # ISO 639-1
    interval_seconds: int | None = None  # the operator's own pace; None: learnt from the feed's history
    enabled: bool = True
    allow_private: bool = False  # may loopback and private addresses be fetched for this feed?
    full_text: bool | None = None  # do entries carry the whole article? None: judged entry by entry
    zone: str | None = None  # IANA name of the time zone that its times without an offset are in
    note: str | None = None

    @property
    def is_folder(self) -> bool:
        """Is it a watched folder (file:///…) that an agency drops files into?"""
        return self.url.startswith("file:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item seen in a feed: a sighting."""

    entry_id: str
    guid: str | None = None
    link: str | None = None
    title: str | None = None
    summary: str | None = None
    content_html: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    published_raw: str | None = None
    version: int | None = None
    status: ItemStatus | None = None
    # What agencies say besides (NewsML-G2, NITF, ninjs); not part of `parse-feed`'s JSON.
    embargoed_until: datetime | None = None
    urgency: int | None = None  # IPTC: 1 (flash) to 9
    subjects: tuple[str, ...] = ()  # IPTC codes as written, such as medtop:16000000
    agency: str | None = None  # who sends the item
    slug: str | None = None  # what editors call the story across its versions


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What one feed document says."""

    format: FeedFormat
    title: str | None = None
    link: str | None = None
    language: str | None = None
    ttl_minutes: int | None = None
    entries: tuple[Entry, ...] = ()
    left_out: int = 0  # entries beyond the most that are read
    broken_off: bool = False  # it ends before its end: what it says is not all that the feed has
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave to ask "has it changed?" with; replayed to the letter."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Redirect:
    """One hop of an exchange: the status that sent us on, and the absolute address that it named."""

    status: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A complete answer to one request, after redirects and decompression."""

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    elapsed_ms: int
    redirects: tuple[Redirect, ...] = ()  # in the order they were followed
    request_headers: tuple[tuple[str, str], ...] = ()  # of the last hop, as sent

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One fetched page (or full-text entry), and where in the archive its bytes lie."""

    capture_id: str
    url: str
    final_url: str
    fetched_at: datetime
    status: int
    content_type: str | None
    sha256: str
    size_bytes: int
    warc_file: str  # relative to the home
    warc_offset: int
    warc_length: int | None = None  # compressed bytes of the record; None: not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What went wrong with one record, where, and when it is tried again (None: never, by itself)."""

    stage: Stage
    reason: str  # short stable word, such as http_404 or no_text
    detail: str  # one line for a person
    retryable: bool = True
