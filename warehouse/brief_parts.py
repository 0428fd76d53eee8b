"""The nouns of a brief: what each of its parts counts or tells. Column by column what `sql/brief_*.sql` answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

Numbers = tuple[int, ...]  # of the events that are shown and that a figure counts


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a brief is of, UTC, and the countries (ISO 3166 alpha-3); without countries the world."""

    since: datetime
    until: datetime
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """All events in a line. `killed` and `wounded` are the sums of what is told of single events; None: nothing is."""

    events: int
    told_twice: int
    killed: str | None
    wounded: str | None
    nowhere: int
    countries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvent:
    """An event with the sentence, article and address of its fullest report; `is_dated` when a text tells its day."""

    number: int
    event_id: str
    event_day: date
    is_dated: bool
    event_type: str
    mode: str | None
    quad: int
    actors: Sequence[str]
    recipients: Sequence[str]
    place_name: str | None
    admin1: str | None
    country: str | None
    actor_country: str | None
    recipient_country: str | None
    place_precision: str | None
    killed: str | None
    wounded: str | None
    report_count: int
    article_count: int
    attribution: str | None
    sentence_text: str | None
    title: str | None
    agency: str | None
    url: str | None
    first_reported_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeCount:
    """How often a type of event."""

    event_type: str
    quad: int
    events: int
    numbers: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How much happened on a day, by quad."""

    event_day: date
    events: int
    material_conflict: int
    verbal_conflict: int
    material_cooperation: int
    verbal_cooperation: int
    numbers: Numbers
    material_conflict_numbers: Numbers = ()
    verbal_conflict_numbers: Numbers = ()
    material_cooperation_numbers: Numbers = ()
    verbal_cooperation_numbers: Numbers = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryCount:
    """How much happened in a country (None: nobody said where). `placed`: events at a place known to a town; `deadly`:
    events of which somebody says how many were killed.
    """

    country: str | None
    events: int
    material_conflict: int
    killed: str | None
    placed: int
    deadly: int
    numbers: Numbers
    conflict_numbers: Numbers = ()
    deadly_numbers: Numbers = ()
    placed_numbers: Numbers = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """How much happened at a place that is known to a town or better, in degrees."""

    place_name: str | None
    country: str | None
    latitude: float
    longitude: float
    place_precision: str
    events: int
    numbers: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """Who did what to whom. `mutual`: both did it (talks, clashes). `deadly`: as of CountryCount."""

    actor: str
    recipient: str
    mutual: bool
    events: int
    conflict: int
    types: Sequence[str]
    killed: str | None
    deadly: int
    numbers: Numbers
    conflict_numbers: Numbers
    deadly_numbers: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A count by one independent report, and by whom it is quoted. `articles`: that report and its copies."""

    toll_low: int
    toll: str
    agency: str | None
    attribution: str | None
    title: str | None
    url: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What befell people in an event, as a range over all that say so."""

    number: int
    fate: str
    toll: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An article of a story."""

    story_id: str
    published_at: datetime | None
    minutes_after_first: float | None
    relation: str
    title: str | None
    agency: str | None
    url: str
    article_id: str
    copied_from: str | None
    is_latest: bool
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story and who told it, the first at the head."""

    story_id: str
    title: str | None
    article_count: int
    report_count: int
    outlet_count: int
    numbers: Numbers
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rising:
    """A name that the last day's reports have more often than the four weeks before."""

    entity_name: str
    kind: str
    country: str | None
    today: date
    reports_today: int
    reports_usual: float
    times_usual: float | None
    numbers: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """How a feed is."""

    feed_id: str
    feed_title: str | None
    health: str
    failing_since: datetime | None
    last_error: str | None
    last_poll_at: datetime | None
    last_new_entry_at: datetime | None
    entries: int
    loaded: int
    failed: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All that a brief tells."""

    period: Period
    totals: Totals
    events: tuple[ShownEvent, ...]
    types: tuple[TypeCount, ...]
    days: tuple[DayCount, ...]
    countries: tuple[CountryCount, ...]
    places: tuple[PlaceCount, ...]
    dyads: tuple[Dyad, ...]
    tolls: tuple[Toll, ...]
    stories: tuple[Story, ...]
    names: tuple[Rising, ...]
    feeds: tuple[FeedState, ...]
