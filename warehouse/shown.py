"""The nouns of `dateline show`: an event, article, story or entity, and what is tied to it.

Column by column what `sql/show_*.sql` answers. Lists are bounded: each knows how many there are in all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from warehouse.evidence import Evidence

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Some(Generic[Item]):
    """The first of several, and how many there are."""

    shown: tuple[Item, ...]
    total: int

    @property
    def left_out(self) -> int:
        """How many are not shown."""
        return self.total - len(self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An entity that reports name as actor or recipient."""

    entity_id: str
    entity_name: str
    kind: str
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An event in a line. Tolls are of all its reports, None where none gives one; `_high` also where it is open."""

    event_id: str
    event_day: date
    event_type: str
    mode: str | None
    actors: Sequence[str]
    recipients: Sequence[str]
    place_name: str | None
    country: str | None
    place_precision: str | None
    killed_low: int | None
    killed_high: int | None
    report_count: int
    article_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article and how it stands to the reports before it. `minutes_after_first` of its story, by publication."""

    article_id: str
    title: str | None
    agency: str | None
    feed_id: str
    url: str
    published_at: datetime | None
    version: int
    is_latest: bool
    story_id: str | None
    relation: str | None
    similarity: float | None
    copied_from: str | None
    minutes_after_first: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story in a line."""

    story_id: str
    title: str | None
    first_published_at: datetime | None
    last_published_at: datetime | None
    article_count: int
    report_count: int
    outlet_count: int
    feed_count: int
    agencies: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A count by one independent report and whom it quotes. `articles`: that report and its copies."""

    event_id: str
    fate: str
    toll_low: int
    toll_high: int | None
    attribution: str | None
    agency: str | None
    article_id: str
    url: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """The row of an event that says what happened; see table `event`."""

    event_id: str
    event_type: str
    mode: str | None
    quad: int
    scale: float
    actors: Sequence[str]
    actor_ids: Sequence[str]
    recipients: Sequence[str]
    recipient_ids: Sequence[str]
    place_name: str | None
    geonameid: int | None
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    feature: str | None
    place_precision: str | None
    event_day: date
    date_start: date | None
    date_end: date | None
    date_precision: str | None
    first_reported_at: datetime | None
    last_reported_at: datetime | None
    killed_low: int | None
    killed_high: int | None
    wounded_low: int | None
    wounded_high: int | None
    arrested_low: int | None
    arrested_high: int | None
    captured_low: int | None
    captured_high: int | None
    displaced_low: int | None
    displaced_high: int | None
    mention_count: int
    article_count: int
    report_count: int
    story_count: int
    agencies: Sequence[str]
    confidence: float
    lead_event_mention_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvent:
    """An event. `related`: others that the same stories tell; `claims`: who says how many."""

    event: EventFacts
    parties: tuple[Party, ...]
    claims: Some[Claim]
    sentences: Some[Evidence]
    articles: Some[ArticleLine]
    stories: Some[StoryLine]
    related: Some[EventLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacts:
    """The row of an article; see table `article`. `fetched_at`: of its page."""

    article_id: str
    url: str
    version: int
    is_latest: bool
    withdrawn_at: datetime | None
    title: str | None
    byline: Sequence[str]
    agency: str | None
    feed_id: str
    feed_title: str | None
    dateline: str | None
    dateline_date: date | None
    published_at: datetime | None
    published_source: str | None
    published_precision: str | None
    modified_at: datetime | None
    fetched_at: datetime | None
    loaded_at: datetime
    language: str | None
    word_count: int
    quality_score: float | None
    marks: Sequence[str] | None
    flags: Sequence[str] | None
    corrections: Sequence[str] | None
    tag_status: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSpan:
    """A labelled stretch of an article's text; `end` is exclusive, in code points."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownArticle:
    """An article. `versions`: of its address, and what it replaces or is replaced by; `telling`: its story's."""

    article: ArticleFacts
    spans: tuple[TextSpan, ...]
    versions: Some[ArticleLine]
    story: StoryLine | None
    telling: Some[ArticleLine]
    events: Some[Evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStory:
    """A story: its articles in the order of publication, its events by independent reports, and their tolls."""

    story: StoryLine
    articles: Some[ArticleLine]
    events: Some[EventLine]
    claims: Some[Claim]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFacts:
    """The row of an entity; see table `entity`."""

    entity_id: str
    entity_name: str
    kind: str
    country: str | None
    sector: str | None
    known: str | None
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    mentions: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Often:
    """Words (a name, an office), and mentions that have them."""

    words: str
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """Events of a type that an entity is a party of."""

    event_type: str
    quad: int
    as_actor: int
    as_recipient: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """An entity in the same events: those done to it, by it, and with it on one side; `conflict`: of quads 3 and 4."""

    entity_id: str
    entity_name: str
    done_to: int
    done_by: int
    beside: int
    conflict: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """Events at a place; None: nobody said where."""

    place_name: str | None
    admin1: str | None
    country: str | None
    place_precision: str | None
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntity:
    """An entity: how it is named, what it did and suffered, with whom and where, and the latest that tells of it."""

    entity: EntityFacts
    names: Some[Often]
    offices: Some[Often]
    deeds: tuple[Deeds, ...]
    counterparts: Some[Counterpart]
    places: Some[PlaceLine]
    events: Some[EventLine]
    articles: Some[ArticleLine]


Shown = ShownEvent | ShownArticle | ShownStory | ShownEntity
