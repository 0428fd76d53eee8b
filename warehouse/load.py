"""Load what was read: a batch of articles with all that their sentences say, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.ids import stable_id
from warehouse.entities import TaggedArticle, link_entities
from warehouse.pages import PageFailure, record_page_failures
from warehouse.rows import Reading, Version, article_row, claim_rows, text_hash
from warehouse.store import Cursor, Row, Warehouse, append, batch, fetch_rows, update
from warehouse.tag_rows import date_rows, event_rows, mention_rows, participant_rows, place_rows, quantity_rows


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
        digest = text_hash(reading.article)
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
    append(cursor, "article", articles, "article_id")
    update(cursor, "supersede", "article", [{"url": u, "article_id": i} for u, i in newest.items()])
    claims = [row for key, (r, _) in fresh.items() for row in claim_rows(run_id, key, r.article.claims)]
    append(cursor, "article_claim", claims)
    return write_tags(
        cursor,
        run_id,
        [
            TaggedArticle(article_id=article_id, published_at=r.article.published_at, text=r.article.text, tags=r.tags)
            for article_id, (r, _) in fresh.items()
        ],
    )


def write_tags(cursor: Cursor, run_id: str, articles: Sequence[TaggedArticle]) -> int:
    """Insert what was read in these texts, of which the warehouse holds nothing; the number of event mentions."""
    tagged = link_entities(cursor, run_id, articles)
    append(cursor, "mention", unique("mention_id", mention_rows(run_id, tagged)))
    append(cursor, "place", unique("place_id", place_rows(run_id, tagged)))
    append(cursor, "date_mention", unique("date_mention_id", date_rows(run_id, tagged)))
    append(cursor, "quantity", unique("quantity_id", quantity_rows(run_id, tagged)))
    events = unique("event_mention_id", event_rows(run_id, articles))
    append(cursor, "event_mention", events, "event_mention_id")
    append(cursor, "event_participant", participant_rows(run_id, tagged))
    return len(events)


def unique(key: str, rows: Sequence[Row]) -> list[Row]:
    """The first row of each key."""
    return list({row[key]: row for row in reversed(rows)}.values())[::-1]
