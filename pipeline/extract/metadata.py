"""What a page says about itself: title, byline, times, address, language. Nothing here is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from pipeline.extract.linked import Linked
from pipeline.extract.names import agency_of, read_names
from pipeline.extract.text import folded, one_line
from pipeline.extract.times import read_time
from pipeline.ids import host_of, normal_url

AUTHOR_META = (
    "author", "article:author", "article:author_name", "og:author", "og:article:author", "byl", "dc.creator",
    "dcterms.creator", "sailthru.author", "parsely-author", "cxenseparse:author", "citation_author",
)  # fmt: skip
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
SUFFIX = re.compile(r"^(?P<title>.+?)\s*(?:[|•·«»]|\s[-–—:])\s+(?P<site>[^|•·«»]{2,40})$")
SITE_WORDS = re.compile(r"^(?:the|www)\b|\b(?:com|co|org|net|news|uk|online|eu|tv)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Each as the page states it, None or empty where it does not."""

    title: str | None
    byline: tuple[str, ...]
    agency: str | None
    url: str | None
    published_at: datetime | None
    modified_at: datetime | None
    html_language: str | None  # what the html element claims, often the template's


def read_metadata(tree: HtmlElement, url: str | None) -> Metadata:
    """Read the page's head, JSON-LD, h1 and marked times; `url` is where it was fetched."""
    meta, linked = _meta(tree), Linked(tree)
    own_url = _canonical(tree, meta, url)
    sites = [meta.get("og:site_name"), meta.get("application-name"), linked.publisher(), host_of(own_url or url or "")]
    byline, agency = _byline(tree, meta, linked, {folded(site) for site in sites if site})
    return Metadata(
        title=_title(tree, meta, linked, {_site(site) for site in sites if site}),
        byline=byline,
        agency=agency,
        url=own_url,
        published_at=_first_time(
            linked.first("datePublished"), *_from(meta, PUBLISHED_META), *_marked_times(tree, "datePublished")
        ),
        modified_at=_first_time(linked.first("dateModified"), *_from(meta, MODIFIED_META)),
        html_language=_html_language(tree, meta),
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Name (property, name or itemprop, in lower case) → content of the first such meta element that has any."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := one_line(element.get("content")):
            found.setdefault(name.strip().lower(), content)
    return found


def _from(meta: dict[str, str], names: tuple[str, ...]) -> Iterator[str]:
    return (meta[name] for name in names if name in meta)


def _first_time(*raw: str | None) -> datetime | None:
    return next((time for value in raw if (time := read_time(value))), None)


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


def _canonical(tree: HtmlElement, meta: dict[str, str], url: str | None) -> str | None:
    """link rel=canonical, else og:url, else `url`; a home page given for an article's page is a template's mistake."""
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for stated in (*links, meta.get("og:url"), url):
        try:
            address = urljoin(url or "", (stated or "").strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname:
            continue
        if stated is url or parts.path.strip("/") or parts.query:
            return normal_url(address)
    return None


def _title(tree: HtmlElement, meta: dict[str, str], linked: Linked, sites: set[str]) -> str | None:
    """The headline that two of og:title, JSON-LD and h1 agree on; else the first of them; else the window's title."""
    headings = [one_line(h1.text_content()) for h1 in tree.iter("h1")]
    candidates = [meta.get("og:title"), linked.headline(), *headings[:3]]
    stated = [_without_site(one_line(title), sites) for title in candidates if one_line(title)]
    keys = [folded(title) for title in stated]
    agreed = next((title for title, key in zip(stated, keys, strict=True) if keys.count(key) > 1), None)
    window = one_line(tree.findtext(".//title"))
    return agreed or next(iter(stated), None) or meta.get("twitter:title") or _without_site(window, sites) or None


def _without_site(title: str, sites: set[str]) -> str:
    """The title less " | Site", " - Section | Site" and the like, where the last part is the site's name."""
    match = SUFFIX.match(title)
    if not match or not (_site(match["site"]) in sites or _site(match["site"]).replace(" ", "") in sites):
        return title
    shorter = match["title"].strip()
    return _without_site(shorter, sites) if shorter else title


def _site(name: str) -> str:
    """What is left of a site's name when the words that come and go are off: "www.daily-post.com" → "dailypost"."""
    return SITE_WORDS.sub("", folded(name.replace(".", " "))).replace(" ", "")


def _byline(
    tree: HtmlElement, meta: dict[str, str], linked: Linked, sites: set[str]
) -> tuple[tuple[str, ...], str | None]:
    """Names and agency from the first source that has names: JSON-LD, meta elements, marked-up bylines.

    Without names, a listed agency goes before the house that publishes: "台北時報" is no news, "AFP" beside it is.
    """
    found: list[str] = []
    for raw in (linked.authors(), *([value] for value in _from(meta, AUTHOR_META))):
        names, agency = read_names(raw, sites)
        found += [agency] if agency else []
        if names:
            return names, next(iter(found), None)
    if any(agency_of(agency) for agency in found):
        return (), next(agency for agency in found if agency_of(agency))
    names, agency = read_names((extract_author(tree) or "").split(";"), sites)
    return names, agency or next(iter(found), None)


def _html_language(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    claim = tree.get("lang") or tree.get("xml:lang") or meta.get("og:locale") or meta.get("language") or ""
    code = re.match(r"([a-z]{2,3})\b", claim.strip().lower().replace("_", "-"))
    return code[1] if code else None
