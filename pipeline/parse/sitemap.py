"""News sitemaps (sitemaps.org 0.9 with Google's news extension 0.9)."""

from __future__ import annotations

from typing import Any

from pipeline.parse.document import Dialect, Document, Found, FoundEntry
from pipeline.parse.xmltree import child, children, read_tree, text_of


def read(document: Document) -> Found:
    """One entry a `url`; plain sitemaps give links and times of change only."""
    root, problems = read_tree(document.text)
    urls = list(children(root, "url"))
    first = child(root, "url", "news", "publication")
    return Found(
        format="sitemap",
        title=text_of(child(first, "name")) or None,
        language=text_of(child(first, "language")) or None,
        entries=tuple(_entry(url) for url in _newest(urls, document.max_entries)),
        left_out=max(0, len(urls) - document.max_entries),
        problems=problems,
    )


def _newest(urls: list[Any], most: int) -> list[Any]:
    """Of too many, those with the latest dates, in their order: sitemaps run either way, and hold years."""
    if len(urls) <= most:
        return urls
    dated = [(text_of(child(url, "news", "publication_date")) or text_of(child(url, "lastmod"))) for url in urls]
    # ISO 8601 is in order as text; of equal ones the first stay
    latest = sorted(range(len(urls)), key=lambda place: dated[place], reverse=True)[:most]
    return [urls[place] for place in sorted(latest)]


def _entry(url: Any) -> FoundEntry:
    """What one `url` says; its address is what identifies it."""
    news = child(url, "news")
    return FoundEntry(
        link=text_of(child(url, "loc")) or None,
        title=text_of(child(news, "title")) or None,
        categories=tuple(part.strip() for part in text_of(child(news, "keywords")).split(",")),
        published=_time(child(news, "publication_date")),
        updated=_time(child(url, "lastmod")),
    )


def _time(element: Any) -> tuple[str, ...]:
    text = text_of(element)
    return (text,) if text else ()


DIALECT = Dialect("sitemap", ("sitemap",), read, roots=frozenset({"urlset"}))
