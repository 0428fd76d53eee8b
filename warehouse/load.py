"""Load what was read: a batch of articles with all that their sentences say, in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from pipeline.ids import stable_id
from pipeline.logs import about
from warehouse.entities import link_entities
from warehouse.gathered import TaggedArticle, gathered, linked
from warehouse.pages import PageFailure, record_page_failures
from warehouse.rows import Reading, Version, article_row, claim_rows
from warehouse.said import COLUMNS
from warehouse.store import Cursor, Row, Warehouse, append, batch, fetch_rows, insert, update

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a batch added."""

    articles: int
    events: int


def load_readings(
    warehouse: Warehouse,
    run_id: str,
    now: datetime,
    readings: Sequence[Reading],
    failures: Sequence[PageFailure],
) -> Loaded:
    """Write a batch of readings and mark its entries loaded, those of failures failed, in one transaction.

    A text that its address already had adds nothing; a changed one is a new version. Loading twice is loading once.
    """
    with warehouse.transaction() as cursor:
        loaded = add_versions(cursor, run_id, now, readings, mark="mark_loaded")
        record_page_failures(cursor, run_id, now, failures)
    return loaded


def add_versions(cursor: Cursor, run_id: str, now: datetime, readings: Sequence[Reading], *, mark: str) -> Loaded:
    """Insert texts that are new at their addresses; `mark` is the statement that tells their entries."""
    versions = place_versions(readings, latest_versions(cursor, readings))
    fresh = {v.article_id: (r, v) for r, v in zip(readings, versions, strict=True) if v.is_new}
    events = write_articles(cursor, run_id, now, fresh)
    for article_id, (read, version) in fresh.items() if log.isEnabledFor(logging.DEBUG) else ():
        with about(feed=read.unread.feed_id, capture=read.unread.capture.capture_id, article=article_id):
            log.debug("version %d of %s", version.number, read.url)
    rows: list[Row] = [
        {"capture_id": r.unread.capture.capture_id, "article_id": v.article_id}
        for r, v in zip(readings, versions, strict=True)
    ]
    update(cursor, mark, "entry", rows)
    return Loaded(articles=len(fresh), events=events)


def latest_versions(cursor: Cursor, readings: Sequence[Reading]) -> dict[str, tuple[int, str, str]]:
    """By address: number, article_id and text hash of the latest version."""
    rows: list[Row] = [{"url": r.url} for r in readings]
    with batch(cursor, "article", rows):
        known = fetch_rows(cursor, "known_versions") if rows else []
    return {r["url"]: (r["version"], r["article_id"], r["text_sha256"]) for r in known}


def place_versions(readings: Sequence[Reading], latest: Mapping[str, tuple[int, str, str]]) -> list[Version]:
    """Decide for each text whether it is known, a new version, or the first of its address."""
    latest = dict(latest)
    placed = []
    for reading in readings:
        digest = reading.told.text_sha256
        number, article_id, known_digest = latest.get(reading.url, (0, "", ""))
        is_new, before = digest != known_digest, None
        if is_new:
            number, before = number + 1, article_id or None
            article_id = stable_id(reading.url, number)
            latest[reading.url] = (number, article_id, digest)
        placed.append(Version(article_id, number, is_new, before))
    return placed


def write_articles(cursor: Cursor, run_id: str, now: datetime, fresh: Mapping[str, tuple[Reading, Version]]) -> int:
    """Insert the new texts with their mentions, places, dates, quantities and events; the number of event mentions."""
    articles = [article_row(run_id, now, r, v) for r, v in fresh.values()]
    newest = {str(row["url"]): row["article_id"] for row in articles}
    for row in articles:
        row["is_latest"] = newest[str(row["url"])] == row["article_id"]
    append(cursor, "article", articles)
    replaced = [row for row in articles if row["is_latest"] and row["supersedes"]]
    update(cursor, "supersede", "article", [{"url": r["url"], "article_id": r["article_id"]} for r in replaced])
    claims = [row for article_id, (r, _) in fresh.items() for row in claim_rows(run_id, article_id, r.article.claims)]
    append(cursor, "article_claim", claims)
    tagged = [
        TaggedArticle(article_id=article_id, published_at=r.article.published_at, told=r.told)
        for article_id, (r, _) in fresh.items()
    ]
    write_tags(cursor, run_id, tagged)
    return sum(article.told.count("event_mention") for article in tagged)


def write_tags(cursor: Cursor, run_id: str, articles: Sequence[TaggedArticle]) -> None:
    """Insert what these texts say; the warehouse holds nothing of it yet."""
    articles = [a if a.told.article_id == a.article_id else a.with_own_ids() for a in articles]
    moved = link_entities(cursor, run_id, articles)
    for table in COLUMNS:
        told = gathered(table, articles)
        if told is not None:
            insert(cursor, table, linked(told, moved).append_column("run_id", pa.repeat(run_id, told.num_rows)))
