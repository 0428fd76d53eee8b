"""What a text says: names, places, events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Polarity = Literal["affirmed", "negated"]
Modality = Literal["actual", "planned", "hypothetical", "historical"]
PlacePrecision = Literal["point", "city", "admin2", "admin1", "country", "region"]
PlaceFrom = Literal["attached", "sentence", "previous sentence", "dateline"]
Speech = Literal["direct", "indirect"]
Part = Literal["lead", "body"]
DatePrecision = Literal["day", "week", "month", "season", "quarter", "year", "decade", "span"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text to tag. `country` is the feed's (ISO 3166 alpha-3), `dateline` the place it was filed from, as written."""

    document_id: str
    text: str
    title: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    country: str | None = None
    dateline: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that names an entity. `label` is OntoNotes' (PERSON, ORG, NORP, GPE, LOC, FAC, …).

    Mentions of one referent share `entity_id` and `name`, its canonical form: the fullest that the document gives, or
    the lexicon's, or the gazetteer's; both are None of forces and groups without a name of their own, and of a surname
    that several bear. `role` is the title or office that
    stands beside this mention ("General", "prime minister"). `country` and `sector` are known of referents in the
    lexicon and of forces with a nation ("Iraqi army").
    """

    start: int
    end: int
    text: str
    label: str
    entity_id: str | None = None
    score: float | None = None
    name: str | None = None
    role: str | None = None
    country: str | None = None  # ISO 3166 alpha-3 or PLOVER's code of a body beyond states
    sector: str | None = None  # PLOVER sector
    known: str | None = None  # id of the referent in the lexicon of actors, "geonames:95446" in the gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A span that names a place, resolved to a gazetteer row where that is possible.

    The place of the article's dateline has an empty span at 0.
    """

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
    precision: PlacePrecision | None = None  # how large what is meant is; None when nothing was found
    decided_by: str | None = None  # the evidence that weighed most


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date expression and the days it means, both inclusive; None where they cannot be told.

    An open span has one end only: "since June" has no `date_end`, "until Friday" no `date_start`.
    """

    start: int
    end: int
    text: str
    date_start: date | None
    date_end: date | None
    precision: DatePrecision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit and bounds: "at least 12 soldiers" is low 12, high None, unit "soldier".

    `fate` is what befell the people that are counted, if the text says so: killed, wounded, missing …
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    unit: str | None
    fate: str | None = None
    counted: str | None = None  # who or what is counted, in the text's words
    source: str | None = None  # who says so, in the text's words


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
    """One coded event in one sentence (an event mention). Codes are PLOVER's.

    `place_from` says what ties the place to the event: the grammar, the sentence alone, an event just before, or the
    article's dateline. `speech` is how somebody says so, `part` where in the text it stands: its first paragraph or
    below. `in_headline` says whether the headline tells of it, too; None where there is no headline. `happening` is
    one number for all events of a document that tell of the same. `rule` is the lexicon's entry, or "learned"; where
    the learned coder was asked, `learned_type` is what it says by itself ("NONE": no event), `learned_share` how likely
    it finds that.
    """

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
    place_from: PlaceFrom | None = None
    date_start: date | None
    date_end: date | None
    date_text: str | None
    date_precision: DatePrecision | None = None
    killed: Count | None
    wounded: Count | None
    arrested: Count | None
    captured: Count | None = None
    displaced: Count | None = None
    polarity: Polarity
    modality: Modality
    attribution: str | None
    speech: Speech | None = None
    part: Part | None = None
    in_headline: bool | None = None
    happening: int | None = None
    confidence: float
    rule: str
    learned_type: str | None = None
    learned_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """What an article is about, as a point: the nearer two are (cosine), the more alike. Of one `model` only."""

    model: str
    values: tuple[float, ...]  # 384 of them, together of length 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """All that was read in one document. `status` is "tagged" or why there is nothing: "no model for ar" …"""

    document_id: str
    status: str = "tagged"
    tagger: str  # name and version of model, rules and lexicon
    mentions: tuple[Mention, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    events: tuple[Event, ...] = ()
    vector: Vector | None = None
