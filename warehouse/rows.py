"""What was read, as rows: records of the pipeline with the warehouse's column names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from pipeline.ids import stable_id
from pipeline.records import Article, Claim, Count, Event, Mention, Participant, Place, Quality, Tags
from warehouse.pages import UnreadCapture
from warehouse.store import Row

QUALITY = {  # column of `article` → field of Quality; words are counted for every text
    "character_count": "characters",
    "removed_count": "removed_lines",
    "link_share": "link_share",
    "second_ratio": "second_ratio",
    "second_overlap": "second_overlap",
    "quality_score": "score",
    "extract_reason": "reason",
    "extract_ms": "milliseconds",
}


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


def text_hash(article: Article) -> str:
    """SHA-256 of the text."""
    return sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def article_row(run_id: str, now: datetime, reading: Reading, version: Version) -> Row:
    """An article version as a row."""
    return {
        "article_id": version.article_id,
        "url": reading.url,
        "version": version.number,
        "is_latest": True,
        "capture_id": reading.unread.capture.capture_id,
        "feed_id": reading.unread.feed_id,
        "text": reading.article.text,
        "text_sha256": text_hash(reading.article),
        "word_count": len(reading.article.text.split()),
        "minhash": list(reading.minhash),
        "tagger": reading.tags.tagger,
        "loaded_at": now,
        "run_id": run_id,
        **metadata_columns(reading.article),
        **quality_columns(reading.article.quality),
    }


def metadata_columns(article: Article) -> Row:
    """What a page says about its article, and what made the text; the same for each version of the same text."""
    return {
        "title": article.title,
        "byline": list(article.byline),
        "agency": article.agency,
        "dateline": article.dateline,
        "dateline_date": article.dateline_date,
        "published_at": article.published_at,
        "published_source": article.published_source,
        "published_precision": article.published_precision,
        "modified_at": article.modified_at,
        "modified_source": article.modified_source,
        "modified_precision": article.modified_precision,
        "language": article.language,
        "section": article.section,
        "image_url": article.image_url,
        "update_number": article.update,
        "marks": list(article.marks),
        "corrections": list(article.corrections),
        "flags": list(article.flags),
        "removed": [asdict(r) for r in article.removed],
        "extractor": article.extractor,
    }


def quality_columns(quality: Quality | None) -> Row:
    """How well the reading went, as columns; NULL where nobody judged it."""
    return {column: getattr(quality, name, None) for column, name in QUALITY.items()}


def claim_rows(run_id: str, article_id: str, claims: Sequence[Claim]) -> list[Row]:
    """What each source says of an article, as rows."""
    ordinals: Counter[str] = Counter()
    rows: list[Row] = []
    for claim in claims:
        ordinals[claim.field] += 1
        rows.append(
            {
                "article_id": article_id,
                "field": claim.field,
                "ordinal": ordinals[claim.field],
                "source": claim.source,
                "claim": claim.value,
                "claim_precision": claim.precision,
                "chosen": claim.chosen,
                "run_id": run_id,
            }
        )
    return rows


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
