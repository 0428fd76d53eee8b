"""Pages and the articles that are read in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

# Who says something about an article. `text` is the story's own (a dateline, a sign-off).
Source = Literal["json-ld", "meta", "html", "text", "feed", "address"]
# How exact a stated time is; "second" also where only its zone was missing and UTC was taken.
Precision = Literal["second", "minute", "day", "month", "year"]
ClaimField = Literal[
    "title", "byline", "agency", "published_at", "modified_at", "language", "url", "section", "image_url"
]
# Which reading the text is: trafilatura's, that one with what it passed over, a second reader's where trafilatura found
# nothing, spilt the page's menus or took a consent notice, or a whole text that the page's JSON-LD or its feed told.
Reason = Literal["first", "completed", "nothing", "spill", "consent", "told"]
# What kind of page the text stands on, where it is not a plain article. Several may hold.
Flag = Literal["paywall", "live_blog", "video_only", "links_only", "photo_gallery", "opinion", "obituary", "sponsored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to extract from. `html` is bytes as fetched, or text already decoded. The rest is what its feed said."""

    page_id: str
    url: str | None
    html: bytes | str
    content_type: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    byline: tuple[str, ...] = ()
    agency: str | None = None
    language: str | None = None
    fetched_at: datetime | None = None  # when the page was captured: it cannot have been published later
    summary: str | None = None  # HTML or text; a full-text feed's whole article


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says of one field of an article; `chosen` where the article's column took it."""

    field: ClaimField
    source: Source
    value: str  # as the article's column would hold it: a time in ISO 8601 (UTC), names joined by "; "
    precision: Precision | None = None  # of times
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    """A line taken out of the text, and the rule's name that took it."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How the reading of a page went. `score` puts it into one number; `pipeline.extract.quality` says how."""

    score: float  # how sure it is that the text is the whole story and nothing else, 0 to 1
    words: int
    characters: int
    paragraphs: int
    removed_lines: int
    link_share: float  # of the page's characters, those that stand in links: 0.9 is an index page
    second_ratio: float | None = None  # length by that of a second, simpler reader's text; None: that found nothing
    second_overlap: float | None = None  # four-word runs in common with that text (Dice), 0 to 1
    reason: Reason = "first"
    milliseconds: float = field(default=0.0, compare=False)  # of processor time


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Clean text of one page with what the page says about itself."""

    page_id: str
    url: str | None  # the page's own canonical address
    title: str | None
    byline: tuple[str, ...] = ()
    agency: str | None = None
    dateline: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    section: str | None = None
    image_url: str | None = None
    dateline_date: date | None = None
    update: int | None = None  # "UPDATE 2-" before its headline
    marks: tuple[str, ...] = ()  # what else stood there: "CORRECTED", "URGENT", "EXCLUSIVE" …
    corrections: tuple[str, ...] = ()  # what it says was mended in it, as written
    flags: tuple[Flag, ...] = ()
    claims: tuple[Claim, ...] = ()
    text: str
    removed: tuple[Removed, ...] = ()
    extractor: str
    quality: Quality | None = None
    published_source: Source | None = None
    published_precision: Precision | None = None
    modified_source: Source | None = None
    modified_precision: Precision | None = None
