"""The JSON of the command line's contracts: records to plain objects, keys in the order that was promised."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pipeline.records import Article, Count, Entry, Event, ParsedFeed, Participant, Place, Tags

Json = dict[str, Any]


def feed_json(file: str, parsed: ParsedFeed, error: str | None) -> Json:
    """A feed document by the contract of `parse-feed`."""
    return {
        "file": file,
        "format": parsed.format,
        "feed": {
            "title": parsed.title,
            "link": parsed.link,
            "language": parsed.language,
            "ttl_minutes": parsed.ttl_minutes,
        },
        "entries": [entry_json(entry) for entry in parsed.entries],
        "problems": list(parsed.problems),
        "error": error,
    }


def entry_json(entry: Entry) -> Json:
    """An entry by the contract of `parse-feed`."""
    return {
        "entry_id": entry.entry_id,
        "guid": entry.guid,
        "link": entry.link,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content_html,
        "authors": list(entry.authors),
        "categories": list(entry.categories),
        "published_at": iso(entry.published_at),
        "updated_at": iso(entry.updated_at),
        "published_raw": entry.published_raw,
        "version": entry.version,
        "status": entry.status,
    }


def article_json(article: Article, error: str | None) -> Json:
    """An article by the contract of `extract`."""
    return {
        "id": article.page_id,
        "url": article.url,
        "title": article.title,
        "byline": list(article.byline),
        "agency": article.agency,
        "dateline": article.dateline,
        "published_at": iso(article.published_at),
        "modified_at": iso(article.modified_at),
        "language": article.language,
        "text": article.text,
        "removed": [{"text": r.text, "reason": r.reason} for r in article.removed],
        "extractor": article.extractor,
        "quality": asdict(article.quality) if article.quality else {},
        "error": error,
    }


def tags_json(tags: Tags, error: str | None) -> Json:
    """A document's tags by the contract of `tag`."""
    return {
        "id": tags.document_id,
        "mentions": [
            {
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "label": m.label,
                "entity_id": m.entity_id,
                "score": m.score,
            }
            for m in tags.mentions
        ],
        "places": [place_json(p) for p in tags.places],
        "events": [event_json(e) for e in tags.events],
        "error": error,
    }


def place_json(place: Place) -> Json:
    """A place by the contract of `tag`."""
    return {
        "start": place.start,
        "end": place.end,
        "text": place.text,
        "name": place.name,
        "geonameid": place.geonameid,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country": place.country,
        "admin1": place.admin1,
        "feature": place.feature,
        "score": place.score,
    }


def event_json(event: Event) -> Json:
    """A coded event by the contract of `tag`."""
    return {
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "quad": event.quad,
        "scale": event.scale,
        "trigger": {"start": event.trigger.start, "end": event.trigger.end, "text": event.trigger.text},
        "sentence": {"start": event.sentence_start, "end": event.sentence_end},
        "actors": [participant_json(p) for p in event.actors],
        "recipients": [participant_json(p) for p in event.recipients],
        "place": place_json(event.place) if event.place else None,
        "date_start": iso(event.date_start),
        "date_end": iso(event.date_end),
        "date_text": event.date_text,
        "killed": count_json(event.killed),
        "wounded": count_json(event.wounded),
        "arrested": count_json(event.arrested),
        "polarity": event.polarity,
        "modality": event.modality,
        "attribution": event.attribution,
        "confidence": event.confidence,
        "rule": event.rule,
    }


def participant_json(party: Participant) -> Json:
    """An actor or recipient by the contract of `tag`."""
    return {
        "start": party.start,
        "end": party.end,
        "text": party.text,
        "entity_id": party.entity_id,
        "country": party.country,
        "sector": party.sector,
    }


def count_json(count: Count | None) -> Json | None:
    """A count of people by the contract of `tag`."""
    return {"low": count.low, "high": count.high, "text": count.text} if count else None


def iso(value: date | datetime | None) -> str | None:
    """ISO 8601, None for unknown."""
    return value.isoformat() if value else None
