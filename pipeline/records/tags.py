"""What a text says: names, places, events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Polarity = Literal["affirmed", "negated"]
Modality = Literal["actual", "planned", "hypothetical", "historical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text to tag."""

    document_id: str
    text: str
    title: str | None = None
    published_at: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that names an entity. `label` is OntoNotes' (PERSON, ORG, NORP, GPE, LOC, FAC, …)."""

    start: int
    end: int
    text: str
    label: str
    entity_id: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A span that names a place, resolved to a gazetteer row where that is possible."""

    start: int
    end: int
    text: str
    name: str
    geonameid: int | None
    latitude: float | None
    longitude: float | None
    country: str | None  # ISO 3166 alpha-3
    admin1: str | None
    feature: str | None  # GeoNames feature code: PPL, ADM1, PCLI …
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who takes part in an event: a noun phrase, and who that is."""

    start: int
    end: int
    text: str
    entity_id: str | None = None
    country: str | None = None
    sector: str | None = None  # PLOVER sector


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of people as the text gives it: "at least 12" is low 12, high None."""

    low: int
    high: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One coded event in one sentence (an event mention). Codes are PLOVER's."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int
    scale: float
    trigger: Span
    sentence_start: int
    sentence_end: int
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    place: Place | None
    date_start: date | None
    date_end: date | None
    date_text: str | None
    killed: Count | None
    wounded: Count | None
    arrested: Count | None
    polarity: Polarity
    modality: Modality
    attribution: str | None
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """All that was read in one document."""

    document_id: str
    tagger: str  # name and version of model, rules and lexicon
    mentions: tuple[Mention, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
