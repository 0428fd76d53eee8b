"""RSS 0.9x, 1.0 and 2.0, and Atom, read by feedparser from bytes that we hold; it never opens or fetches anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pipeline.errors import ParseError
from pipeline.parse.document import Dialect, Document, Found, FoundEntry
from pipeline.parse.handler import handled
from pipeline.parse.prolog import read_prolog
from pipeline.parse.text import looks_like_html, paragraphs
from pipeline.parse.wellformed import well_formed
from pipeline.records import FeedFormat

# By the start of feedparser's version; "rss" is RSS whose version nobody knows.
FORMATS: dict[str, FeedFormat] = {"rss09": "rss09", "rss10": "rss10", "rss": "rss20", "atom": "atom"}
# Minutes of the Syndication module's periods (RSS 1.0 modules, 2000): a ttl by another name.
PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
# Ids that are no address. feedparser takes every id for a relative link unless it says isPermaLink="false".
_OPAQUE_ID = re.compile(r"<(guid|id)(?:\s[^<>]*)?>(?=\s*(?!https?://|<!\[CDATA\[\s*https?://|\s))", re.IGNORECASE)


def read(document: Document) -> Found:
    """The document as feedparser reads it; ParseError where it finds neither a version nor an entry."""
    trimmed = well_formed(document.text, document.max_entries)
    text = trimmed.text
    parsed = _handled(text, document.url)
    feed = parsed.feeddata
    format_ = _format(str(parsed.version or ""), text)
    if format_ is None and not parsed.entries:
        raise ParseError("XML that is no feed: it holds neither a channel nor items of RSS or Atom")
    inherited = _people(feed) if format_ == "atom" else ()  # RFC 4287, 4.2.1
    return Found(
        format=format_ or "unknown",
        title=feed.get("title"),
        link=feed.get("link"),
        language=feed.get("language") or None,
        ttl_minutes=_ttl(feed),
        entries=tuple(_entry(entry, format_ or "unknown", inherited) for entry in parsed.entries),
        left_out=trimmed.left_out,
        broken_off=trimmed.broken_off,
        dates=_texts(feed, "published", "created", "updated"),
        problems=trimmed.problems,
    )


def _handled(text: str, url: str | None) -> Any:
    """What feedparser makes of the text."""
    try:
        return handled(_OPAQUE_ID.sub(r'<\1 isPermaLink="false">', text), url)
    except Exception as error:  # whatever hostile bytes make it raise: it is this feed that failed
        raise ParseError(f"a feed that cannot be read: {type(error).__name__}: {error}"[:200]) from error


def _format(version: str, text: str) -> FeedFormat | None:
    """The contract's name of feedparser's version ("rss091u"), else what the root says; None for RDF of other use."""
    for prefix, name in FORMATS.items():
        if version.startswith(prefix):
            return name
    prolog = read_prolog(text)
    root = (prolog.root or "").lower()
    return (
        "rss20"
        if root == "rss"
        else "atom"
        if root in ("feed", "entry") and "atom" in prolog.attributes.lower()
        else None
    )


def _entry(entry: Any, format_: FeedFormat, inherited: tuple[str, ...]) -> FoundEntry:
    """One entry. feedparser's own dates are left alone: it invents them."""
    published = _texts(entry, "published", "created")
    updated = _texts(entry, "updated")
    if not published and format_ != "atom":
        published, updated = updated, ()  # dc:date is when an RSS item was published
    return FoundEntry(
        guid=_text(entry, "id"),
        link=_text(entry, "link"),
        title=_text(entry, "title"),
        # feedparser copies content to summary where there is none; only a summary of its own has details
        summary=_text(entry, "summary") if "summary_detail" in entry else None,
        content_html=_content(entry),
        authors=_people(entry) or inherited,
        categories=tuple(str(tag.get("term") or tag.get("label") or "") for tag in entry.get("tags", ())),
        published=published,
        updated=updated,
    )


def _text(entry: Any, key: str) -> str | None:
    """A string of the entry's own, without feedparser's fallbacks between keys."""
    value = dict.get(entry, key)
    return value if isinstance(value, str) else None


def _texts(entry: Any, *keys: str) -> tuple[str, ...]:
    return tuple(text for key in keys if (text := _text(entry, key)))


def _content(entry: Any) -> str | None:
    """The body as HTML: the first that is, else the first that is text."""
    bodies = [part for part in entry.get("content", ()) if str(part.get("value") or "").strip()]
    for part in bodies:
        if "html" in str(part.get("type")) or looks_like_html(part["value"]):
            return str(part["value"])
    plain = (str(part["value"]) for part in bodies if str(part.get("type")).startswith("text"))
    return next((paragraphs(text) for text in plain), None)


def _people(holder: Any) -> tuple[str, ...]:
    """Names, else addresses, of the authors."""
    people: Iterable[Any] = holder.get("authors", ())
    return tuple(str(person.get("name") or person.get("email") or "") for person in people)


def _ttl(feed: Any) -> int | None:
    """Minutes until the next look makes sense, by `ttl` or by the Syndication module."""
    ttl = str(feed.get("ttl") or "").strip()
    if ttl.isascii() and ttl.isdigit() and int(ttl[:9]) > 0:
        return int(ttl[:9])
    period = PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    times = str(feed.get("sy_updatefrequency") or "1").strip()
    return (
        max(1, period // int(times[:9])) if period and times.isascii() and times.isdigit() and int(times[:9]) else None
    )


DIALECT = Dialect(
    "syndication", ("rss20", "rss10", "rss09", "atom"), read, roots=frozenset({"rss", "rdf", "feed", "entry"})
)
