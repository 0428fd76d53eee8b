"""What goes into a dialect, and what it hands back: values as written, before anything is read into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.records import FeedFormat


@dataclass(frozen=True, slots=True)
class Document:
    """A feed's text, decoded, without DOCTYPE and without custom entities.

    `data` is parsed JSON where the text is JSON, else None.
    """

    text: str
    url: str | None
    max_entries: int
    data: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntry:
    """An entry as written: titles may hold tags, links may be relative, dates are strings."""

    guid: str | None = None
    link: str | None = None
    title: str | None = None
    summary: str | None = None
    content_html: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    published: tuple[str, ...] = ()  # what may be its time, best first: the first that can be read counts
    updated: tuple[str, ...] = ()
    version: str | None = None
    status: str | None = None
    embargoed: tuple[str, ...] = ()  # what may be the time before which it must not be published, best first
    urgency: str | None = None
    subjects: tuple[str, ...] = ()  # codes as written ("medtop:16000000")
    agency: str | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A document as written."""

    format: FeedFormat
    title: str | None = None
    link: str | None = None
    language: str | None = None
    ttl_minutes: int | None = None
    entries: tuple[FoundEntry, ...] = ()
    broken_off: bool = False  # does the document end before its end?
    left_out: int = 0  # entries that the dialect did not read, being beyond the most allowed
    zone: str | None = None  # time zone that the document declares for its times: IANA name or offset
    dates: tuple[str, ...] = ()  # the document's own times: they tell the zone of entries' times that have none
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to write a feed. `roots` are XML root elements in lower case; `claims` looks at parsed JSON."""

    name: str
    formats: tuple[FeedFormat, ...]
    read: Callable[[Document], Found]
    roots: frozenset[str] = frozenset()
    claims: Callable[[object], bool] = lambda data: False
