"""Where the feeds of a page may be: what its HTML names, what robots.txt names, and where feeds usually lie.

Pure: asking those addresses is the caller's.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Literal
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree

from pipeline.sources.addresses import web_address, wrong_address

FeedKind = Literal["rss", "atom", "jsonfeed", "unknown"]
MOST_LINKS = 50  # a page that declares more lists the feeds of others
MOST_GUESSES = 20  # links that only look like feeds
MOST_BYTES = 5_000_000  # of HTML that are looked at; link elements stand at its start

# Types of <link> and <a>; the first is the registered one.
KINDS: dict[str, FeedKind] = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "jsonfeed",
    "application/rdf+xml": "rss",  # RSS 1.0
    "application/x-rss+xml": "rss",
    "application/x.atom+xml": "atom",
    "application/x-atom+xml": "atom",
    "application/json": "jsonfeed",  # JSON Feed 1.0; WordPress's API has it too: see _NO_FEED
    "application/rss": "rss",
    "application/atom": "atom",
    "application/xml": "unknown",
    "text/rss+xml": "rss",
    "text/atom+xml": "atom",
    "text/rss": "rss",
    "text/atom": "atom",
    "text/xml": "unknown",
}
# Where feeds lie on most sites, in the order to try, and who puts them there.
FOLDER_PATHS = (
    "feed",  # WordPress
    "rss",  # Ghost
    "rss.xml",  # Eleventy, Drupal
    "feed.xml",  # Jekyll
    "index.xml",  # Hugo
    "atom.xml",  # Hexo
)
ROOT_PATHS = (
    *FOLDER_PATHS,
    "index.rdf",  # Movable Type
    "feed/json",  # JSON Feed's plug-in for WordPress
    "feed.json",
    "feeds/posts/default",  # Blogger
    "rss/all.xml",  # newsrooms' own: DW, Al Jazeera
    "news-sitemap.xml",  # Yoast
    "sitemap-news.xml",
)

# An address that says "feed" as a word of its path or query: /world/rss, /news.rdf, /?feed=rss2, /all.xml
_FEED_PATH = re.compile(
    r"(?:^|[/._-])(?:rss2?|atom|rdf|feeds?|webfeed|xml)(?=$|[/._-])|\.(?:rss|atom|rdf|xml)$", re.IGNORECASE
)
_FEED_QUERY = re.compile(
    r"(?:^|&)(?:(?:feed|format|type|alt|output|outputtype)=(?:rss2?|atom|xml|rdf)|rss2?(?:=|&|$))", re.I
)
_FEED_HOST = re.compile(r"(?:rss|feeds?)\d?\.")
_FEED_TEXT = re.compile(r"\b(?:RSS|Atom|JSON feed|news ?feed|web ?feed)\b", re.IGNORECASE)
# What looks like one and is none: WordPress's API, oEmbed, sitemaps of all pages, what asks for an account.
_NO_FEED = re.compile(
    r"/wp-json/|oembed|/xmlrpc\.php|/(?:opensearch|osd|manifest|browserconfig|crossdomain)\b|/sitemap(?:_index|-index)?\.xml$"
    r"|\.(?:css|js|png|jpe?g|gif|svg|ico|pdf|mp3|mp4)$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"/comments?/(?:feed|default|rss|atom)|comments[._-](?:rss|atom|feed|xml)|[?&]feed=comments|withcomments=1", re.I
)
_COMMENTS_TITLE = re.compile(r"\b(?:comments?|replies)\b", re.IGNORECASE)
_NEWS_SITEMAP = re.compile(r"news(?!letter)|latest|recent", re.IGNORECASE)
_OLD_SITEMAP = re.compile(r"archive|(?<!\d)(?:19|20)\d\d(?!\d)", re.IGNORECASE)  # sitemap-news-2019-03.xml


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """An address that a page names as a feed, or that looks like one."""

    url: str
    title: str | None = None
    kind: FeedKind = "unknown"


def feed_links(html: bytes | str, base_url: str) -> tuple[FeedLink, ...]:
    """The feeds that a page names, each address once: declared ones (<link>) in their order, then links in the text
    that look like feeds, feeds of comments last of all.

    `base_url` is where the page was got from. Anything may be given as HTML: what is none names no feed.
    """
    page = _read_page(html)
    base = _resolved(base_url, page.base) or base_url
    declared = [link for found in page.declared if (link := _link(found, base))]
    guessed = [link for found in page.anchors if (link := _guess(found, base))][:MOST_GUESSES]
    links: dict[str, FeedLink] = {}
    for link in sorted([*declared, *guessed], key=_is_of_comments):
        links.setdefault(link.url, link)
    return tuple(links.values())[:MOST_LINKS]


def sitemap_links(robots_text: str) -> tuple[str, ...]:
    """The news sitemaps that a robots.txt names (sitemaps.org, "Specifying the Sitemap location"), each once.

    Told by their address: a sitemap of all pages of a site is no feed. Yearly archives are left out.

    >>> sitemap_links("Sitemap: https://a.example/sitemap.xml\\nsitemap: https://a.example/sitemap-news.xml # 48 h")
    ('https://a.example/sitemap-news.xml',)
    """
    named = re.findall(
        r"^[ \t\ufeff]*sitemap[ \t]*:[ \t]*([^\s#]+)", robots_text[:500_000], re.IGNORECASE | re.MULTILINE
    )
    found = dict.fromkeys(url for url in named if wrong_address(url) is None and _is_news(url))
    return tuple(found)[:MOST_GUESSES]


def common_paths(url: str) -> tuple[str, ...]:
    """Addresses where the feed of this page, then of its whole site, may lie, in the order to try.

    >>> common_paths("https://news.example/world")[:2], common_paths("https://news.example/world")[-1]
    (('https://news.example/world/feed', 'https://news.example/world/rss'), 'https://news.example/sitemap-news.xml')
    """
    if wrong_address(url):
        return ()
    parts = urlsplit(url)
    folder, _, last = parts.path.rpartition("/")
    if last and "." not in last:  # /world is a section, /world/index.html a file in one
        folder = parts.path
    root = f"{parts.scheme}://{parts.netloc}/"
    own = [f"{root}{folder.strip('/')}/{path}" for path in FOLDER_PATHS] if folder.strip("/") else []
    return tuple(dict.fromkeys([*own, *(f"{root}{path}" for path in ROOT_PATHS)]))


@dataclass(slots=True)
class _Found:
    """A <link> or <a>: its attributes, and the text in it."""

    values: dict[str, str]
    text: str = ""

    @property
    def kind(self) -> FeedKind | None:
        """What its type says that it leads to; None for no feed, or no type."""
        return KINDS.get(self.values.get("type", "").partition(";")[0].strip().lower())


@dataclass(slots=True)
class _Page:
    """Receives a page's elements as they are parsed: no tree is built, so depth and size cost nothing."""

    base: str = ""
    declared: list[_Found] = field(default_factory=list)
    anchors: list[_Found] = field(default_factory=list)
    _open: _Found | None = None

    def start(self, tag: str, attributes: Any) -> None:
        """An element begins."""
        if tag not in ("base", "link", "a", "area", "img"):
            return
        found = _Found({key.lower(): value or "" for key, value in attributes.items()})
        if tag == "base":
            self.base = self.base or found.values.get("href", "")
        elif tag == "img":
            self.data(" " + found.values.get("alt", ""))
        elif tag == "link" or found.kind:
            self._declare(found)
        elif len(self.anchors) < 10_000:
            self._open = found
            self.anchors.append(found)

    def data(self, text: str) -> None:
        """Text, of which a link's first words are kept."""
        if self._open is not None and len(self._open.text) < 200:
            self._open.text += text[:200]

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("a", "area"):
            self._open = None

    def close(self) -> None:
        """The page ends."""

    def _declare(self, found: _Found) -> None:
        words = found.values.get("rel", "").lower().split()
        if ("alternate" in words and found.kind) or "feed" in words:
            self.declared.append(found)


def _read_page(html: bytes | str) -> _Page:
    """What the HTML names; the bytes are UTF-8 or UTF-16 where they are that, else as they say themselves."""
    if isinstance(html, bytes) and html.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        html = html[:MOST_BYTES].decode("utf-16", "replace")
    data = html.encode("utf-8", "replace")[:MOST_BYTES] if isinstance(html, str) else html[:MOST_BYTES]
    page = _Page()
    encoding = "utf-8" if isinstance(html, str) or _is_utf8(data) else None
    parser: Any = etree.HTMLParser(target=page, encoding=encoding, recover=True, no_network=True)
    with suppress(etree.XMLSyntaxError):  # an empty document, or one without a tag
        parser.feed(data.replace(b"\0", b""))
        parser.close()
    return page


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)  # it may end within a letter
    except UnicodeDecodeError:
        return False
    return True


def _link(found: _Found, base: str) -> FeedLink | None:
    url = _resolved(base, found.values.get("href", ""))
    if url is None or _NO_FEED.search(url):
        return None
    return FeedLink(url=url, title=_one_line(found.values.get("title", "")), kind=found.kind or _kind_of(url))


def _guess(found: _Found, base: str) -> FeedLink | None:
    """The feed that a link in the text leads to, if its address or its words say so."""
    href = found.values.get("href", "").strip()
    url = _resolved(base, href)
    if url is None or _NO_FEED.search(url):
        return None
    parts = urlsplit(url)
    words = f"{found.text} {found.values.get('title', '')} {found.values.get('aria-label', '')}"
    said = _FEED_PATH.search(parts.path) or _FEED_QUERY.search(parts.query) or _FEED_HOST.match(parts.netloc)
    if not (said or href.lower().startswith("feed:") or (len(words) < 60 and _FEED_TEXT.search(words))):
        return None
    return FeedLink(url=url, title=_one_line(found.values.get("title") or found.text), kind=_kind_of(url))


def _kind_of(url: str) -> FeedKind:
    """What an address says of the format."""
    words: tuple[tuple[str, FeedKind], ...] = (("atom", "atom"), ("rss", "rss"), ("rdf", "rss"), ("json", "jsonfeed"))
    path = urlsplit(url).path.lower()
    return next((kind for word, kind in words if word in path), "unknown")


def _resolved(base: str, href: str) -> str | None:
    """The whole web address, None for what is none (mailto:, javascript:, #top)."""
    href = web_address(href)
    if not href or href.startswith("#"):
        return None
    try:
        url = urldefrag(urljoin(base, href)).url
    except ValueError:
        return None
    url = url.replace(" ", "%20")
    return url if wrong_address(url) is None else None


def _is_of_comments(link: FeedLink) -> bool:
    return bool(_COMMENTS.search(link.url) or _COMMENTS_TITLE.search(link.title or ""))


def _is_news(url: str) -> bool:
    parts = urlsplit(url)
    said = f"{parts.path}?{parts.query}"
    return bool(_NEWS_SITEMAP.search(said)) and not _OLD_SITEMAP.search(said)


def _one_line(text: str) -> str | None:
    return " ".join(unescape(text).split())[:200] or None
