"""Where a site's feeds are: what its pages and robots.txt name, and where feeds mostly lie. Pure; fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

# MIME types of `<link rel="alternate">` that name a feed, and what it is.
KINDS = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
    "application/x-rss+xml": "rss",
    "text/rss+xml": "rss",
}
# Where content systems keep feeds, the commonest first; the example is one that does.
PATHS = (
    "feed",  # WordPress
    "rss",  # Ghost, Medium's publications
    "rss.xml",  # Drupal, Astro
    "feed.xml",  # Jekyll
    "atom.xml",  # Blogger, Hexo
    "index.xml",  # Hugo
    "feed.json",  # JSON Feed's own advice
    "feeds/posts/default",  # Blogger
    "?feed=rss2",  # WordPress without pretty addresses
    "news-sitemap.xml",  # publishers in Google News
    "sitemap-news.xml",
)
_LOOKS_LIKE = re.compile(r"(?:^|[/._-])(?:rss|feeds?|atom|rdf)(?:$|[/._?-])|\.(?:rss|atom|rdf)$", re.IGNORECASE)
_COMMENTS = re.compile(r"comments?[/_-]?(?:feed|rss)|(?:feed|rss)[/_-]?comments?|/comments/", re.IGNORECASE)
_MOST_LINKS = 50
_MAX_BYTES = 2_000_000  # of a page; links stand in its head


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names. `kind` is rss, atom, rdf, json, or link for one that only looks like a feed."""

    url: str
    title: str | None
    kind: str


def feed_links(page: bytes | str, base_url: str) -> tuple[FeedLink, ...]:
    """The feeds that a page names, each once: those it declares, then links that look like one, comments last."""
    root = _tree(page)
    if root is None:
        return ()
    base = next((urljoin(base_url, node.get("href")) for node in root.iter("base") if node.get("href")), base_url)
    found: dict[str, FeedLink] = {}
    for link in (*_declared(root, base), *_linked(root, base)):
        found.setdefault(link.url, link)
    return tuple(sorted(found.values(), key=lambda link: bool(_COMMENTS.search(link.url))))[:_MOST_LINKS]


def sitemap_links(robots_text: str) -> tuple[str, ...]:
    """Addresses of news sitemaps that a robots.txt names; others list all pages ever, and are no feed."""
    found = re.findall(r"^\s*sitemap\s*:\s*(https?://\S+)", robots_text, re.IGNORECASE | re.MULTILINE)
    return tuple(dict.fromkeys(url for url in found if "news" in url.lower()))


def common_paths(url: str) -> tuple[str, ...]:
    """Addresses at which a feed may lie, in the order to try: in the page's own folder, then at the site's root."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}/"
    folder = urljoin(url if parts.path.endswith("/") else f"{url.split('?')[0].rstrip('/')}/", ".")
    return tuple(dict.fromkeys(place + path for place in (folder, root) for path in PATHS))


def _tree(page: bytes | str) -> Any:
    data = page[:_MAX_BYTES].encode("utf-8", "replace") if isinstance(page, str) else page[:_MAX_BYTES]
    try:
        return html.document_fromstring(
            data, parser=html.HTMLParser(encoding="utf-8" if isinstance(page, str) else None)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _declared(root: Any, base: str) -> Iterator[FeedLink]:
    for node in root.iter("link"):
        rels = (node.get("rel") or "").lower().split()
        kind = KINDS.get((node.get("type") or "").split(";")[0].strip().lower())
        if ("alternate" in rels and kind) or "feed" in rels:
            yield from _link(node, base, kind or "link", node.get("title"))


def _linked(root: Any, base: str) -> Iterator[FeedLink]:
    for node in root.iter("a"):
        path = urlsplit_path(node.get("href"))
        if path is not None and (
            _LOOKS_LIKE.search(path) or (node.text or "").strip().lower() in ("rss", "atom", "rss feed")
        ):
            yield from _link(node, base, "link", " ".join(node.itertext()))


def _link(node: Any, base: str, kind: str, title: str | None) -> Iterator[FeedLink]:
    """The link with its whole address; nothing where that is no web address."""
    try:
        url = urljoin(base, (node.get("href") or "").strip())
        parts = urlsplit(url)
    except ValueError:
        return
    if node.get("href") and parts.scheme in ("http", "https") and parts.hostname:
        yield FeedLink(url.split("#", 1)[0], " ".join((title or "").split())[:200] or None, kind)


def urlsplit_path(href: str | None) -> str | None:
    """Path and query of a link; None where there is none."""
    try:
        parts = urlsplit((href or "").strip())
    except ValueError:
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
