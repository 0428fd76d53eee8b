"""When a page says that its story was published and last changed, how exactly, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lxml.html import HtmlElement

from pipeline.extract.about.linked import Linked
from pipeline.extract.about.times import Moment, read_moment
from pipeline.records.articles import Precision, Source

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "date.available", "parsely-pub-date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime", "published_at",
    "published", "publish-date", "publish_date", "pubdate", "publication_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "date.created", "dc.date", "citation_publication_date", "sailthru.date", "date",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "article:modified", "og:updated_time", "datemodified",
    "date.modified", "date.updated", "last-modified", "lastmod", "dcterms.modified", "dc.date.modified",
)  # fmt: skip
PUBLISHED_CLASS = re.compile(
    r"publi(?:sh|cation)|pub-?date|posted|entry-date|created|timestamp|dateline", re.IGNORECASE
)
LATE = timedelta(days=2)  # a publication so long after the last change is another thing's time


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time, how exact it is, and who says it."""

    at: datetime  # aware UTC; of a day alone, its midnight UTC
    precision: Precision
    source: Source


def read_stamps(tree: HtmlElement, meta: dict[str, str], linked: Linked) -> tuple[list[Stamp], list[Stamp]]:
    """Times of publication, and of the last change; the surer first. One without zone takes the page's own."""
    published: list[tuple[Source, str | None]] = [("json-ld", linked.first("datePublished"))]
    published += [("meta", value) for value in (meta[name] for name in PUBLISHED_META if name in meta)]
    published += [("html", value) for value in _marked_times(tree, "datePublished")]
    modified: list[tuple[Source, str | None]] = [("json-ld", linked.first("dateModified"))]
    modified += [("meta", value) for value in (meta[name] for name in MODIFIED_META if name in meta)]
    read = [
        [(source, moment) for source, raw in said if (moment := read_moment(raw))] for said in (published, modified)
    ]
    zone = _zone([moment for said in read for _, moment in said])
    first, last = ([_stamp(source, moment, zone) for source, moment in said] for said in read)
    return first, last


def _stamp(source: Source, moment: Moment, zone: timedelta | None) -> Stamp:
    if zone is not None and moment.offset is None and moment.precision in ("second", "minute"):
        moment = moment.in_zone(zone)
    return Stamp(at=moment.at, precision=moment.precision, source=source)


def _zone(moments: Sequence[Moment]) -> timedelta | None:
    """The one zone off UTC in which the page writes, None for none or several."""
    zones = {moment.offset for moment in moments if moment.offset is not None} - {timedelta(0)}
    return zones.pop() if len(zones) == 1 else None


def until(stamps: Sequence[Stamp], latest: datetime | None) -> list[Stamp]:
    """Those that are no later: what lies after the capture is a placeholder."""
    return [stamp for stamp in stamps if latest is None or stamp.at <= latest]


def first_published(published: Sequence[Stamp], modified: Sequence[Stamp]) -> Stamp | None:
    """The first, unless it is days after the last change and another is not: then it is the page's, not the story's."""
    if not published:
        return None
    last = max((stamp.at for stamp in modified), default=datetime.max.replace(tzinfo=UTC) - LATE)
    return next((stamp for stamp in published if stamp.at <= last + LATE), published[0])


def _marked_times(tree: HtmlElement, itemprop: str) -> Iterator[str]:
    """Times in the body that say what they are; then the only one of the page."""
    times = [element for element in tree.iter("time") if element.get("datetime")]
    for element in tree.xpath("//*[@itemprop=$name]", name=itemprop):
        yield element.get("datetime") or element.get("content") or ""
    for element in times:
        if element.get("pubdate") is not None or PUBLISHED_CLASS.search(element.get("class") or ""):
            yield element.get("datetime")
    if len({element.get("datetime") for element in times}) == 1:
        yield times[0].get("datetime")
