"""What a text says, as rows: names, places, dates, quantities, events and their parties."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ids import stable_id
from pipeline.records import Count, DateMention, Event, Mention, Participant, Place, Quantity, Tags
from warehouse.entities import TaggedArticle
from warehouse.store import Row

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
        "office": mention.role,
        "country": mention.country,
        "sector": mention.sector,
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
        "place_precision": place.precision,
        "decided_by": place.decided_by,
        "score": place.score,
        "run_id": run_id,
    }


def date_rows(run_id: str, tagged: Tagged) -> list[Row]:
    """Date expressions as rows."""
    return [date_row(run_id, article_id, d) for article_id, tags in tagged for d in tags.dates]


def date_row(run_id: str, article_id: str, date: DateMention) -> Row:
    """A date expression as a row."""
    return {
        "date_mention_id": stable_id(article_id, date.start, date.end),
        "article_id": article_id,
        "date_text": date.text,
        "start_offset": date.start,
        "end_offset": date.end,
        "date_start": date.date_start,
        "date_end": date.date_end,
        "date_precision": date.precision,
        "run_id": run_id,
    }


def quantity_rows(run_id: str, tagged: Tagged) -> list[Row]:
    """Numbers as rows."""
    return [quantity_row(run_id, article_id, q) for article_id, tags in tagged for q in tags.quantities]


def quantity_row(run_id: str, article_id: str, quantity: Quantity) -> Row:
    """A number as a row."""
    return {
        "quantity_id": stable_id(article_id, quantity.start, quantity.end),
        "article_id": article_id,
        "quantity_text": quantity.text,
        "start_offset": quantity.start,
        "end_offset": quantity.end,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "fate": quantity.fate,
        "counted": quantity.counted,
        "source_text": quantity.source,
        "run_id": run_id,
    }


def event_mention_id(article_id: str, event: Event) -> str:
    """Identifies a coded event: its trigger, code and parties in one article version."""
    parties = [(p.start, p.end) for p in (*event.actors, *event.recipients)]
    return stable_id(article_id, event.trigger.start, event.trigger.end, event.type, event.rule, parties)


def event_rows(run_id: str, articles: Sequence[TaggedArticle]) -> list[Row]:
    """Event mentions as rows."""
    return [event_row(run_id, a.article_id, a.text, event) for a in articles for event in a.tags.events]


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
        "place_from": event.place_from,
        "date_start": event.date_start,
        "date_end": event.date_end,
        "date_text": event.date_text,
        "date_precision": event.date_precision,
        **count_columns("killed", event.killed),
        **count_columns("wounded", event.wounded),
        **count_columns("arrested", event.arrested),
        **count_columns("captured", event.captured),
        **count_columns("displaced", event.displaced),
        "polarity": event.polarity,
        "modality": event.modality,
        "attribution": event.attribution,
        "speech": event.speech,
        "part": event.part,
        "in_headline": event.in_headline,
        "happening": event.happening,
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
