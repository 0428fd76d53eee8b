"""Where a row comes from: the sentences of an event, event mention or article, with all that leads back to the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.records import Count, DateMention, Event, Participant, Place, Quantity, Span
from warehouse.finding import Found, by_id
from warehouse.query import reader
from warehouse.store import Cursor, fetch_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The article of a sentence, its page and its run."""

    article_id: str
    title: str | None
    agency: str | None
    url: str
    published_at: datetime | None
    version: int
    is_latest: bool
    feed_id: str
    feed_title: str | None
    final_url: str | None
    fetched_at: datetime | None
    warc_file: str | None
    warc_offset: int | None
    tagger: str
    run_id: str
    flow: str | None
    program_version: str | None
    started_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Another sentence that reports the same event."""

    event_mention_id: str
    sentence: str
    article_id: str
    agency: str | None
    feed_id: str
    url: str
    published_at: datetime | None
    is_latest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A coded sentence and what it was coded from. `names` are those of its parties' entities, by their ids."""

    event_mention_id: str
    event_id: str | None
    event: Event
    sentence: str
    names: Mapping[str, str]
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]
    source: Source
    others: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The coded sentences behind an id; `article` tells of an article without any."""

    found: Found
    evidence: tuple[Evidence, ...]
    article: str | None = None


def evidence_for(published: Path, wanted: str) -> Answered:
    """What stands behind an id or the unique beginning of one, in one state of the published warehouse.

    ConfigError where it is too short, is none, or may be several.
    """
    with reader(published) as cursor:
        found = by_id(cursor, wanted)
        rows = fetch_rows(cursor, "why_mentions", id=found.id, kind=found.kind)
        others = reports(cursor, sorted({row["event_id"] for row in rows if row["event_id"]}))
        article = without_events(cursor, found.id) if not rows else None
    return Answered(found, tuple(evidence(row, others) for row in rows), article)


def without_events(cursor: Cursor, article_id: str) -> str:
    """A line on an article in which nothing was coded."""
    row = fetch_rows(cursor, "why_article", id=article_id)[0]
    return (
        f"{row['title'] or 'without a title'} ({row['url']}): no event was coded in it; its text is {row['tag_status']}"
    )


def reports(cursor: Cursor, event_ids: list[str]) -> dict[str, list[Report]]:
    """All sentences of those events, by event."""
    found: dict[str, list[Report]] = {event_id: [] for event_id in event_ids}
    for row in fetch_rows(cursor, "why_others", event_ids=event_ids) if event_ids else []:
        found[row.pop("event_id")].append(Report(sentence=row.pop("sentence_text"), **row))
    return found


def evidence(row: Mapping[str, Any], reported: Mapping[str, list[Report]]) -> Evidence:
    """A row of `why_mentions` as a record."""
    others = reported.get(row["event_id"], [])
    return Evidence(
        event_mention_id=row["event_mention_id"],
        event_id=row["event_id"],
        event=event_of(row),
        sentence=row["sentence_text"],
        names={p["entity_id"]: p["name"] for p in row["parties"] or () if p["entity_id"] and p["name"]},
        dates=tuple(DateMention(**d) for d in row["dates"] or ()),
        quantities=tuple(Quantity(**q) for q in row["quantities"] or ()),
        source=Source(**{name: row[name] for name in Source.__dataclass_fields__}),
        others=tuple(o for o in others if o.event_mention_id != row["event_mention_id"]),
    )


def event_of(row: Mapping[str, Any]) -> Event:
    """The event as the coder wrote it; of the words that tell a toll only the figures are stored."""
    return Event(
        type=row["event_type"],
        mode=row["mode"],
        contexts=tuple(row["contexts"]),
        quad=row["quad"],
        scale=row["scale"],
        trigger=Span(row["start_offset"], row["end_offset"], row["trigger_text"]),
        sentence_start=row["sentence_start"],
        sentence_end=row["sentence_end"],
        actors=parties_of(row, "actor"),
        recipients=parties_of(row, "recipient"),
        place=place_of(row),
        place_from=row["place_from"],
        date_start=row["date_start"],
        date_end=row["date_end"],
        date_text=row["date_text"],
        date_precision=row["date_precision"],
        killed=count_of(row, "killed"),
        wounded=count_of(row, "wounded"),
        arrested=count_of(row, "arrested"),
        captured=count_of(row, "captured"),
        displaced=count_of(row, "displaced"),
        polarity=row["polarity"],
        modality=row["modality"],
        attribution=row["attribution"],
        speech=row["speech"],
        part=row["part"],
        in_headline=row["in_headline"],
        happening=row["happening"],
        confidence=row["confidence"],
        rule=row["rule"],
        learned_type=row["learned_type"],
        learned_share=row["learned_share"],
    )


def parties_of(row: Mapping[str, Any], role: str) -> tuple[Participant, ...]:
    """The actors or the recipients of a row, in their order."""
    fields = Participant.__dataclass_fields__
    return tuple(Participant(**{f: p[f] for f in fields}) for p in row["parties"] or () if p["role"] == role)


def place_of(row: Mapping[str, Any]) -> Place | None:
    """The place of a row."""
    if row["place_name"] is None:
        return None
    return Place(
        start=row["place_start"],
        end=row["place_end"],
        text=row["place_text"],
        name=row["place_name"],
        geonameid=row["geonameid"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        country=row["country"],
        admin1=row["admin1"],
        feature=row["feature"],
        score=row["place_score"] or 0.0,
        precision=row["place_precision"],
        decided_by=row["decided_by"],
    )


def count_of(row: Mapping[str, Any], name: str) -> Count | None:
    """A toll of a row."""
    low = row[f"{name}_low"]
    return None if low is None else Count(low=low, high=row[f"{name}_high"], text="")
