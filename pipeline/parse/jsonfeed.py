"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

from pipeline.parse.document import Dialect, Document, Found, FoundEntry
from pipeline.parse.jsonvalues import items, lower_keys, number_or_string, string
from pipeline.parse.text import paragraphs


def claims(data: object) -> bool:
    """An object that names JSON Feed as its version, or has a title and items like its."""
    feed = lower_keys(data)
    if "jsonfeed.org/version" in (string(feed, "version") or ""):
        return True
    return isinstance(feed.get("items"), list) and bool({"feed_url", "home_page_url"} & feed.keys())


def read(document: Document) -> Found:
    """The feed; values of the wrong type are as good as missing, and counted."""
    feed = lower_keys(document.data)
    found = [lower_keys(item) for item in items(feed.get("items")) if isinstance(item, dict)]
    authors = _authors(feed)
    odd = sum(_odd(holder) for holder in (feed, *found))
    return Found(
        format="jsonfeed",
        title=string(feed, "title"),
        link=string(feed, "home_page_url"),
        language=string(feed, "language"),
        entries=tuple(_entry(item, authors) for item in found),
        problems=(f"{odd} × value of the wrong type, left out",) if odd else (),
    )


def _odd(holder: dict[str, object]) -> int:
    """How many members that should be strings are not; times may be numbers (`_time`)."""
    texts = ("title", "url", "summary", "content_html", "content_text", "language")
    times = ("date_published", "date_modified")
    return sum(not isinstance(holder.get(name, ""), str | None) for name in texts) + sum(
        not isinstance(holder.get(name, ""), str | int | float | None) for name in times
    )


def _entry(item: dict[str, object], inherited: tuple[str, ...]) -> FoundEntry:
    text = string(item, "content_text")
    return FoundEntry(
        guid=number_or_string(item, "id"),
        link=string(item, "url", "external_url"),
        title=string(item, "title"),
        summary=string(item, "summary"),
        content_html=string(item, "content_html") or (paragraphs(text) if text else None),
        authors=_authors(item) or inherited,
        categories=tuple(tag for tag in items(item.get("tags")) if isinstance(tag, str)),
        published=_time(item, "date_published"),
        updated=_time(item, "date_modified"),
    )


def _time(item: dict[str, object], key: str) -> tuple[str, ...]:
    """RFC 3339 by the specification; some write the seconds since 1970, as a number."""
    written = number_or_string(item, key)
    return (written,) if written else ()


def _authors(holder: dict[str, object]) -> tuple[str, ...]:
    """Names of 1.1's `authors` and 1.0's `author`."""
    people = (*items(holder.get("authors")), *items(holder.get("author")))
    return tuple(name for person in people if (name := string(lower_keys(person), "name")))


DIALECT = Dialect("jsonfeed", ("jsonfeed",), read, claims=claims)
