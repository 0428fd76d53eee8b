"""What an id or a name stands for and all that is tied to it, in one state of the published warehouse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import ConfigError
from warehouse.evidence import Evidence, evidence
from warehouse.finding import Namesakes, by_name_or_id
from warehouse.query import reader
from warehouse.shown import (
    ArticleFacts,
    ArticleLine,
    Claim,
    Counterpart,
    Deeds,
    EntityFacts,
    EventFacts,
    EventLine,
    Often,
    Party,
    PlaceLine,
    Shown,
    ShownArticle,
    ShownEntity,
    ShownEvent,
    ShownStory,
    Some,
    StoryLine,
    TextSpan,
)
from warehouse.store import Cursor, fetch_rows, statement

Item = TypeVar("Item")


def show(published: Path, wanted: str, most: int) -> Shown | Namesakes:
    """The thing that an id, the beginning of one or a name stands for, with at most `most` of each kind tied to it.

    An event mention stands for its event. A name that fits several entities, or parts of several names, gives these.
    ConfigError where it stands for nothing, or an id for several.
    """
    with reader(published) as cursor:
        found = by_name_or_id(cursor, wanted)
        return found if isinstance(found, Namesakes) else READERS[found.kind](cursor, found.id, most)


def read_told(cursor: Cursor, event_mention_id: str, most: int) -> ShownEvent:
    """The event of an event mention; ConfigError where it tells of none."""
    (row,) = fetch_rows(cursor, "show_told_event", id=event_mention_id)
    if row["event_id"] is None:
        where = f"id {event_mention_id!r}"
        wrong = f"an event mention that counts in no event ({row['polarity']}, {row['modality']})"
        raise ConfigError(where, wrong, f"dateline why {event_mention_id}")
    return read_event(cursor, row["event_id"], most)


def read_event(cursor: Cursor, event_id: str, most: int) -> ShownEvent:
    """An event; ConfigError where only superseded texts tell of it."""
    rows = fetch_rows(cursor, "show_event", id=event_id)
    if not rows:
        wrong = "an event that no text tells of that stands"
        raise ConfigError(f"id {event_id!r}", wrong, f"dateline why {event_id} shows the superseded ones")
    event = EventFacts(**rows[0])
    told = [found for found in sentences(cursor, "event", event_id) if found.source.is_latest]
    tellings = articles(cursor, [found.source.article_id for found in told])
    stories = sorted({line.story_id for line in tellings if line.story_id})
    claims = fetch_rows(cursor, "show_claims", events=[event_id])
    parties = fetch_rows(cursor, "show_parties", entities=[*event.actor_ids, *event.recipient_ids])
    related = [line for line in events(cursor, members(cursor, stories)) if line.event_id != event_id]
    return ShownEvent(
        event=event,
        parties=tuple(Party(**row) for row in parties),
        claims=some([Claim(**row) for row in claims], most),
        sentences=some(told, most),
        articles=some(tellings, most),
        stories=some([StoryLine(**row) for row in fetch_rows(cursor, "show_stories", stories=stories)], most),
        related=some(related, most),
    )


def read_article(cursor: Cursor, article_id: str, most: int) -> ShownArticle:
    """An article."""
    article = ArticleFacts(**fetch_rows(cursor, "show_article", id=article_id)[0])
    versions = fetch_rows(cursor, "show_versions", id=article_id, url=article.url)
    (own,) = articles(cursor, [article_id])
    stories = [own.story_id] if own.story_id else []
    story = fetch_rows(cursor, "show_stories", stories=stories)
    return ShownArticle(
        article=article,
        spans=tuple(TextSpan(**row) for row in fetch_rows(cursor, "show_spans", id=article_id)),
        versions=some(articles(cursor, [row["article_id"] for row in versions]), most),
        story=StoryLine(**story[0]) if story else None,
        telling=some(articles(cursor, members(cursor, stories)), most),
        events=some(sentences(cursor, "article", article_id), most),
    )


def read_story(cursor: Cursor, story_id: str, most: int) -> ShownStory:
    """A story."""
    told_by = members(cursor, [story_id])
    told = events(cursor, told_by)
    claims = fetch_rows(cursor, "show_claims", events=[line.event_id for line in told])
    return ShownStory(
        story=StoryLine(**fetch_rows(cursor, "show_stories", stories=[story_id])[0]),
        articles=some(articles(cursor, told_by), most),
        events=some(told, most),
        claims=some([Claim(**row) for row in claims], most),
    )


def read_entity(cursor: Cursor, entity_id: str, most: int) -> ShownEntity:
    """An entity."""
    entity = EntityFacts(**fetch_rows(cursor, "show_entity", id=entity_id)[0])
    cursor.execute(statement("show_deeds"), {"id": entity_id})
    named_in = fetch_rows(cursor, "show_named_in", id=entity_id, most=most)
    order = {row["article_id"]: place for place, row in enumerate(named_in)}
    latest, total = articles(cursor, order), named_in[0]["total"] if named_in else 0
    return ShownEntity(
        entity=entity,
        names=some([Often(**row) for row in fetch_rows(cursor, "show_aliases", id=entity_id)], most),
        offices=some([Often(**row) for row in fetch_rows(cursor, "show_offices", id=entity_id)], most),
        deeds=tuple(Deeds(**row) for row in fetch_rows(cursor, "show_deed_types")),
        counterparts=counted(Counterpart, fetch_rows(cursor, "show_deed_others", id=entity_id, most=most)),
        places=counted(PlaceLine, fetch_rows(cursor, "show_deed_places", most=most)),
        events=counted(EventLine, fetch_rows(cursor, "show_deed_events", most=most)),
        articles=Some(tuple(sorted(latest, key=lambda line: order[line.article_id])), total),
    )


def sentences(cursor: Cursor, kind: str, thing_id: str) -> list[Evidence]:
    """The coded sentences of an event or article."""
    return [evidence(row, {}) for row in fetch_rows(cursor, "why_mentions", id=thing_id, kind=kind)]


def articles(cursor: Cursor, ids: Iterable[str]) -> list[ArticleLine]:
    """Articles by their ids, the first report at the head."""
    return [ArticleLine(**row) for row in fetch_rows(cursor, "show_articles", articles=sorted(set(ids)))]


def members(cursor: Cursor, stories: Sequence[str]) -> list[str]:
    """The ids of the articles that tell some stories."""
    return [row["article_id"] for row in fetch_rows(cursor, "show_story_articles", stories=list(stories))]


def events(cursor: Cursor, article_ids: Sequence[str]) -> list[EventLine]:
    """The events that some articles tell of."""
    return [EventLine(**row) for row in fetch_rows(cursor, "show_events", articles=list(article_ids))]


def some(items: Sequence[Item], most: int) -> Some[Item]:
    """The first of items that are all there."""
    return Some(tuple(items[:most]), len(items))


def counted(noun: Callable[..., Item], rows: list[dict[str, Any]]) -> Some[Item]:
    """Rows that each tell how many there are in all."""
    total = rows[0]["total"] if rows else 0
    return Some(tuple(noun(**{k: v for k, v in row.items() if k != "total"}) for row in rows), total)


READERS: dict[str, Callable[[Cursor, str, int], Shown]] = {
    "event": read_event,
    "event mention": read_told,
    "article": read_article,
    "story": read_story,
    "entity": read_entity,
}
