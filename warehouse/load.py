"""Load what was read: a batch of articles with all that their sentences say, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from pipeline.ids import stable_id
from pipeline.records import Article, Count, Event, Mention, Participant, Place, Tags
from warehouse.pages import PageFailure, UnreadCapture, record_page_failures
from warehouse.store import Cursor, Row, Warehouse, append, batch, fetch_rows, update


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that came of one captured page."""

    unread: UnreadCapture
    article: Article
    tags: Tags
    minhash: tuple[int, ...]
    url: str  # what identifies the article


@dataclass(frozen=True, slots=True)
class Version:
    """A text's place among the texts of its address. `is_new`: the warehouse does not hold it yet."""

    article_id: str
    number: int
    is_new: bool


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
        versions = place_versions(readings, latest_versions(cursor, readings))
        fresh = {v.article_id: (r, v) for r, v in zip(readings, versions, strict=True) if v.is_new}
        events = write_articles(cursor, run_id, now, fresh)
        rows: list[Row] = [
            {"capture_id": r.unread.capture.capture_id, "article_id": v.article_id}
            for r, v in zip(readings, versions, strict=True)
        ]
        update(cursor, "mark_loaded", "entry", rows)
        record_page_failures(cursor, run_id, now, failures)
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
        is_new = digest != known_digest
        if is_new:
            number += 1
            article_id = stable_id(reading.url, number)
            latest[reading.url] = (number, article_id, digest)
        placed.append(Version(article_id, number, is_new))
    return placed


def write_articles(cursor: Cursor, run_id: str, now: datetime, fresh: Mapping[str, tuple[Reading, Version]]) -> int:
    """Insert the new texts with their mentions, places and events; the number of event mentions."""
    articles = [article_row(run_id, now, r, v) for r, v in fresh.values()]
    newest = {str(row["url"]): row["article_id"] for row in articles}
    for row in articles:
        row["is_latest"] = newest[str(row["url"])] == row["article_id"]
    append(cursor, "article", articles, "article_id")
    update(cursor, "supersede", "article", [{"url": u, "article_id": i} for u, i in newest.items()])
    tagged = [(article_id, r.tags) for article_id, (r, _) in fresh.items()]
    append(cursor, "mention", unique("mention_id", mention_rows(run_id, tagged)), "mention_id")
    append(cursor, "place", unique("place_id", place_rows(run_id, tagged)), "place_id")
    events = unique("event_mention_id", event_rows(run_id, fresh))
    append(cursor, "event_mention", events, "event_mention_id")
    append(cursor, "event_participant", participant_rows(run_id, tagged), "event_mention_id", "role", "ordinal")
    return len(events)


def unique(key: str, rows: Sequence[Row]) -> list[Row]:
    """The first row of each key."""
    return list({row[key]: row for row in reversed(rows)}.values())[::-1]


def text_hash(article: Article) -> str:
    """SHA-256 of the text."""
    return sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def article_row(run_id: str, now: datetime, reading: Reading, version: Version) -> Row:
    """An article version as a row."""
    article, unread = reading.article, reading.unread
    return {
        "article_id": version.article_id,
        "url": reading.url,
        "version": version.number,
        "is_latest": True,
        "capture_id": unread.capture.capture_id,
        "feed_id": unread.feed_id,
        "title": article.title or unread.title,
        "byline": list(article.byline or unread.authors),
        "agency": article.agency or unread.agency,
        "dateline": article.dateline,
        "published_at": article.published_at or unread.published_at,
        "modified_at": article.modified_at,
        "language": article.language,
        "text": article.text,
        "text_sha256": text_hash(article),
        "word_count": len(article.text.split()),
        "removed": [asdict(r) for r in article.removed],
        "quality": json.dumps(article.quality),
        "minhash": list(reading.minhash),
        "extractor": article.extractor,
        "tagger": reading.tags.tagger,
        "loaded_at": now,
        "run_id": run_id,
    }


Tagged = Sequence[tuple[str, Tags]]


def mention_rows(run_id: str, tagged: Tagged) -> list[Row]:
    """Mentions as rows."""
    return [mention_row(run_id, article_id, m) for article_id, tags in tagged for m in tags.mentions]


def mention_row(run_id: str, article_id: str, mention: Mention) -> Row:
    """A mention as a row."""
    return {
        "mention_id": stable_id(article_id, mention.start, mention.end, mention.label),
        "article_id": article_id,
        "entity_id": mention.entity_id,
        "label": mention.label,
        "mention_text": mention.text,
        "start_offset": mention.start,
        "end_offset": mention.end,
        "score": mention.score,
        "run_id": run_id,
    }


def place_id(article_id: str, place: Place) -> str:
    """Identifies a place span."""
    return stable_id(article_id, place.start, place.end)


def place_rows(run_id: str, tagged: Tagged) -> list[Row]:
    """Places as rows; an event's place among them, should it stand alone."""
    rows = []
    for article_id, tags in tagged:
        of_events = [e.place for e in tags.events if e.place]
        rows += [place_row(run_id, article_id, p) for p in (*tags.places, *of_events)]
    return rows


def place_row(run_id: str, article_id: str, place: Place) -> Row:
    """A place as a row."""
    return {
        "place_id": place_id(article_id, place),
        "article_id": article_id,
        "place_text": place.text,
        "start_offset": place.start,
        "end_offset": place.end,
        "place_name": place.name,
        "geonameid": place.geonameid,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country": place.country,
        "admin1": place.admin1,
        "feature": place.feature,
        "score": place.score,
        "run_id": run_id,
    }


def event_mention_id(article_id: str, event: Event) -> str:
    """Identifies a coded event: its trigger, code and parties in one article version."""
    parties = [(p.start, p.end) for p in (*event.actors, *event.recipients)]
    return stable_id(article_id, event.trigger.start, event.trigger.end, event.type, event.rule, parties)


def event_rows(run_id: str, fresh: Mapping[str, tuple[Reading, Version]]) -> list[Row]:
    """Event mentions as rows."""
    return [
        event_row(run_id, article_id, reading.article.text, event)
        for article_id, (reading, _) in fresh.items()
        for event in reading.tags.events
    ]


def event_row(run_id: str, article_id: str, text: str, event: Event) -> Row:
    """An event mention as a row."""
    return {
        "event_mention_id": event_mention_id(article_id, event),
        "article_id": article_id,
        "event_type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "quad": event.quad,
        "scale": event.scale,
        "trigger_text": event.trigger.text,
        "start_offset": event.trigger.start,
        "end_offset": event.trigger.end,
        "sentence_text": text[event.sentence_start : event.sentence_end],
        "sentence_start": event.sentence_start,
        "sentence_end": event.sentence_end,
        "place_id": place_id(article_id, event.place) if event.place else None,
        "date_start": event.date_start,
        "date_end": event.date_end,
        "date_text": event.date_text,
        **count_columns("killed", event.killed),
        **count_columns("wounded", event.wounded),
        **count_columns("arrested", event.arrested),
        "polarity": event.polarity,
        "modality": event.modality,
        "attribution": event.attribution,
        "confidence": event.confidence,
        "rule": event.rule,
        "run_id": run_id,
    }


def count_columns(name: str, count: Count | None) -> Row:
    """A count as its two columns."""
    return {f"{name}_low": count.low if count else None, f"{name}_high": count.high if count else None}


def participant_rows(run_id: str, tagged: Tagged) -> list[Row]:
    """Actors and recipients as rows."""
    rows = {}
    for article_id, tags in tagged:
        for event in tags.events:
            mention = event_mention_id(article_id, event)
            for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
                for ordinal, party in enumerate(parties, 1):
                    rows[mention, role, ordinal] = participant_row(run_id, mention, role, ordinal, party)
    return list(rows.values())


def participant_row(run_id: str, mention: str, role: str, ordinal: int, party: Participant) -> Row:
    """An actor or recipient as a row."""
    return {
        "event_mention_id": mention,
        "role": role,
        "ordinal": ordinal,
        "participant_text": party.text,
        "start_offset": party.start,
        "end_offset": party.end,
        "entity_id": party.entity_id,
        "country": party.country,
        "sector": party.sector,
        "run_id": run_id,
    }
