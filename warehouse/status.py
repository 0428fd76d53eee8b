"""The numbers behind `dateline status`: how the runs of a home go, read from its readers' copy alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from warehouse.connection import Cursor
from warehouse.migrate import VIEWS, scripts
from warehouse.query import reader
from warehouse.runs import Run
from warehouse.store import fetch_rows, statement

RUNS = 8  # that are shown
FAILED_RUNS = 20  # whose failures are counted
STARTS = 30
# Reasons for which a page that is a page could not be read; a PDF or a video says nothing of a site's layout.
LAYOUT_REASONS = ["no_text", "empty", "too_deep", "too_many_tags", "timeout", "memory", "crashed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits for each stage."""

    entries_pending: int
    entries_again: int  # failed, to be tried again
    captures_unread: int
    articles_without_story: int
    mentions_without_event: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureGroup:
    """Failures of the last runs of one stage, reason and flow, and what has become of them."""

    stage: str
    reason: str
    flow: str
    times: int
    failing: int  # feeds or pages that fail still
    again: int  # of those, how many are tried again by themselves
    again_at: datetime | None  # the first of them
    kept: int  # of those that fail still, how many have their page in the raw files
    feeds: tuple[str, ...]  # of those that fail still
    detail: str  # of the last


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """A feed: off, new, gone, failing or good, and since when where it is bad."""

    feed_id: str
    health: str
    since: datetime | None
    last_error: str | None
    last_poll_at: datetime | None
    next_poll_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """How long a feed has shown nothing new, and what is usual: the longest silence of a week, in seconds."""

    feed_id: str
    weeks: int  # that are known, of 12
    usual_seconds: float  # of the middle one
    longest_seconds: float  # of all
    silent_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadDay:
    """What runs loaded in 24 hours, so many days before the newest run ended."""

    days_ago: int
    runs: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePages:
    """Pages of a site that were read or should have been, of the last three days and of the four weeks before."""

    host: str
    pages: int
    failed: int
    pages_before: int
    failed_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Articles that stand and were read by one extractor and one tagger."""

    extractor: str
    tagger: str
    articles: int
    pruned: int  # whose page is deleted
    loaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """How far the migrations of a copy go. `wanted`: shipped and not applied; `strange`: applied and not known here."""

    migration: str
    wanted: tuple[str, ...]
    strange: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """All of it, of one state of the copy."""

    runs: tuple[Run, ...]
    starts: tuple[datetime, ...]  # of runs that poll, the newest first
    backlog: Backlog
    failures: tuple[FailureGroup, ...]
    feeds: tuple[FeedLine, ...]
    silences: tuple[Silence, ...]
    days: tuple[LoadDay, ...]
    sites: tuple[SitePages, ...]
    readings: tuple[Reading, ...]
    schema: Schema


def read_numbers(published: Path, now: datetime) -> Numbers:
    """Ask a readers' copy; WarehouseError where it cannot be opened, or is of a schema that lacks what is asked for."""
    with reader(published) as cursor:
        return Numbers(
            runs=tuple(Run(**row) for row in fetch_rows(cursor, "status_runs", most=RUNS)),
            starts=tuple(row["started_at"] for row in fetch_rows(cursor, "status_starts", most=STARTS)),
            backlog=Backlog(**fetch_rows(cursor, "status_backlog")[0]),
            failures=tuple(failure_group(row) for row in fetch_rows(cursor, "status_failures", runs=FAILED_RUNS)),
            feeds=tuple(FeedLine(**row) for row in fetch_rows(cursor, "status_feeds")),
            silences=tuple(Silence(**row) for row in fetch_rows(cursor, "status_silences", now=now)),
            days=tuple(LoadDay(**row) for row in fetch_rows(cursor, "status_days")),
            sites=tuple(SitePages(**r) for r in fetch_rows(cursor, "status_sites", now=now, reasons=LAYOUT_REASONS)),
            readings=tuple(Reading(**row) for row in fetch_rows(cursor, "status_versions")),
            schema=schema_of(cursor),
        )


def last_runs(published: Path) -> tuple[Run, ...]:
    """The last runs that a readers' copy knows, the newest first; WarehouseError as `read_numbers`."""
    with reader(published) as cursor:
        return tuple(Run(**row) for row in fetch_rows(cursor, "status_runs", most=RUNS))


def last_good_start(published: Path) -> datetime | None:
    """When the last run that polled and ended well began; None: there is none. WarehouseError as `read_numbers`."""
    with reader(published) as cursor:
        ((started_at,),) = cursor.execute(statement("last_good_start")).fetchall()
    return cast("datetime | None", started_at)


def failure_group(row: dict[str, object]) -> FailureGroup:
    """A row of status_failures; a list without members comes as NULL."""
    feeds = row["feeds"]
    return FailureGroup(**{**row, "feeds": tuple(feeds) if isinstance(feeds, list) else ()})  # type: ignore[arg-type]


def schema_of(cursor: Cursor) -> Schema:
    """How far the migrations go."""
    applied = {name for (name,) in cursor.execute("SELECT migration FROM schema_migration").fetchall()} - {VIEWS}
    shipped = {name for name, _ in scripts("schema")}
    return Schema(
        migration=max(applied, default="none"),
        wanted=tuple(sorted(shipped - applied)),
        strange=tuple(sorted(applied - shipped)),
    )
