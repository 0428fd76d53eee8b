"""What a page says about itself: title, byline, times, section, address, language. Nothing here is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape

from lxml.html import HtmlElement

from pipeline.agencies import agency_of
from pipeline.extract.about.address import absolute_url, canonical
from pipeline.extract.about.authors import marked_authors
from pipeline.extract.about.linked import Linked
from pipeline.extract.about.names import Signatory, agency_among, read_signatories
from pipeline.extract.about.stamps import Stamp as Stamp
from pipeline.extract.about.stamps import first_published, read_stamps, until
from pipeline.extract.about.titles import choose_title, site_key, without_site
from pipeline.extract.text import folded, one_line
from pipeline.ids import host_of
from pipeline.records.articles import Claim, ClaimField, Source

AUTHOR_META = (
    "author", "article:author", "article:author_name", "og:author", "og:article:author", "byl", "dc.creator",
    "dcterms.creator", "sailthru.author", "parsely-author", "cxenseparse:author", "citation_author",
)  # fmt: skip
SECTION_META = (
    "article:section",
    "og:article:section",
    "parsely-section",
    "cxenseparse:section",
    "sailthru.section",
    "section",
)
IMAGE_META = (
    "og:image",
    "og:image:secure_url",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "parsely-image-url",
)
NO_SECTION = frozenset((
    "home", "homepage", "front page", "all", "uncategorized", "uncategorised", "post", "posts", "article", "articles",
    "story", "page", "blog", "startseite", "accueil", "inicio", "início", "главная", "головна", "anasayfa", "الرئيسية",
    "首页", "ホーム", "홈", "none", "null", "default",
))  # fmt: skip
LONGEST_SECTION = 60  # characters
LONGEST_SITE = 7  # words; some templates give the headline as the site's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What the page says of what it is; see `flags.py`."""

    types: frozenset[str] = frozenset()  # of the main JSON-LD node, in lower case
    og_type: str | None = None
    is_free: bool | None = None  # whether all may read it; None where nothing is said
    word_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Each as the page states it, None or empty where it does not."""

    title: str | None
    byline: tuple[str, ...]  # who signs, people and houses
    agency: str | None
    url: str | None
    html_language: str | None  # what the html element claims, often the template's
    published: Stamp | None = None
    modified: Stamp | None = None
    section: str | None = None
    image_url: str | None = None
    article_body: str | None = None  # the whole text as told to machines, paragraphs as lines
    kind: Kind = Kind()
    sites: frozenset[str] = frozenset()  # folded names of who publishes the page
    claims: tuple[Claim, ...] = ()  # what each source says; `chosen` where a field above took it

    @property
    def is_signed_by_itself(self) -> bool:
        """Whether nobody signs but who publishes the page: a template's default."""
        return bool(self.byline) and all(folded(name) in self.sites for name in self.byline)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a page's statements stand: its elements, its meta elements by name, its JSON-LD."""

    tree: HtmlElement
    meta: dict[str, str]
    linked: Linked
    url: str | None


Said = list[tuple[Source, str]]  # the surer first


def read_metadata(tree: HtmlElement, url: str | None, latest: datetime | None = None) -> Metadata:
    """Read the page's head, JSON-LD, h1 and marked times; `url` is where it was fetched. No time after `latest` is
    believed."""
    head = Head(tree, _meta(tree), Linked(tree), url)
    addresses = _addresses(head)
    own_url = canonical((address for _, address in addresses), url)
    names = _site_names(head, own_url)
    sites = frozenset(map(folded, names))
    keys = frozenset(map(site_key, names)) - {""}
    (titles, spare), sections, images = _titles(head), _sections(head, keys), _images(head)
    signed = _signed(head, sites)
    published, modified = read_stamps(tree, head.meta, head.linked)
    byline, agency = _byline(signed, sites)
    found = Metadata(
        title=choose_title(_values(titles), _values(spare), keys, set(map(folded, _values(sections)))),
        byline=byline,
        agency=agency,
        url=own_url,
        html_language=_html_language(tree, head.meta),
        published=first_published(until(published, latest), until(modified, latest)),
        modified=next(iter(until(modified, latest)), None),
        section=next(iter(_values(sections)), None),
        image_url=next(iter(_values(images)), None),
        article_body=head.linked.body(),
        kind=_kind(head),
        sites=sites,
    )
    claims = (
        *_told("title", ((source, without_site(title, keys)) for source, title in (*titles, *spare)), found.title),
        *_told("byline", ((source, "; ".join(_names(who))) for source, who in signed), "; ".join(byline)),
        *_told("agency", ((source, agency_among(who, sites) or "") for source, who in signed), agency),
        *_told_times("published_at", published, found.published),
        *_told_times("modified_at", modified, found.modified),
        *_told("language", [("html", found.html_language or "")], found.html_language),
        *_told("url", ((source, canonical([address], None) or "") for source, address in addresses), own_url),
        *_told("section", sections, found.section),
        *_told("image_url", images, found.image_url),
    )
    return replace(found, claims=claims)


def _values(said: Said) -> list[str]:
    return [value for _, value in said]


def _site_names(head: Head, own_url: str | None) -> list[str]:
    """What who publishes the page is called."""
    names = [head.meta.get("og:site_name"), head.meta.get("application-name"), head.linked.publisher()]
    names.append(host_of(own_url or head.url or ""))
    return [name for name in names if name and len(name.split()) <= LONGEST_SITE]


def _kind(head: Head) -> Kind:
    linked = head.linked
    return Kind(
        types=linked.types(), og_type=head.meta.get("og:type"), is_free=linked.is_free(), word_count=linked.word_count()
    )


def _told(field: ClaimField, said: Iterable[tuple[Source, str]], chosen: str | None) -> Iterator[Claim]:
    """One claim a source: the chosen value where it says that among others, else its first."""
    by_source: dict[Source, list[str]] = {}
    for source, value in said:
        if value:
            by_source.setdefault(source, []).append(value)
    taken = next((source for source, values in by_source.items() if chosen in values), None)
    for source, values in by_source.items():
        value = chosen if source == taken and chosen else values[0]
        yield Claim(field=field, source=source, value=value, chosen=source == taken)


def _told_times(field: ClaimField, stamps: Sequence[Stamp], chosen: Stamp | None) -> Iterator[Claim]:
    """One claim a source, of a time."""
    first: dict[Source, Stamp] = {}
    for stamp in stamps:
        first.setdefault(stamp.source, stamp)
    if chosen:
        first[chosen.source] = chosen
    for source, stamp in first.items():
        yield Claim(
            field=field, source=source, value=stamp.at.isoformat(), precision=stamp.precision, chosen=stamp is chosen
        )


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Name (property, name or itemprop, in lower case) → content of the first such meta element that has any."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := (element.get("content") or "").strip():
            found.setdefault(name.strip().lower(), content)
    return found


def _from(meta: dict[str, str], names: tuple[str, ...]) -> Iterator[str]:
    return (meta[name] for name in names if name in meta)


def _addresses(head: Head) -> Said:
    """link rel=canonical, og:url, the fetched one; as absolute addresses."""
    links = [
        link.get("href") for link in head.tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    stated: list[tuple[Source, str | None]] = [("html", link) for link in links]
    stated += [("meta", head.meta.get("og:url")), ("address", head.url)]
    return [(source, absolute) for source, value in stated if (absolute := absolute_url(value, head.url))]


def _titles(head: Head) -> tuple[Said, Said]:
    """og:title, JSON-LD's headline, the h1s; and to fall back on twitter:title, the window's title."""
    headings = [one_line(h1.text_content()) for h1 in head.tree.iter("h1")]
    stated: list[tuple[Source, str | None]] = [("meta", head.meta.get("og:title")), ("json-ld", head.linked.headline())]
    stated += [("html", heading) for heading in [heading for heading in headings if heading][:3]]
    window = one_line(head.tree.findtext(".//title"))
    if window and not any(text for _, text in stated[:2]):
        stated = [(by, text) for by, text in stated if _share_words(window, text or "")]  # an h1 of the site's name
    spare: list[tuple[Source, str | None]] = [("meta", head.meta.get("twitter:title")), ("html", window)]
    first, last = (
        [(by, title) for by, raw in said if (title := one_line(unescape(raw or "")))] for said in (stated, spare)
    )
    return first, last


def _share_words(window: str, heading: str) -> bool:
    """Whether a heading has a word of the window's title, or stands in it where words are not set apart."""
    known, own = folded(window), folded(heading)
    return bool(set(known.split()) & set(own.split())) or (not own.isascii() and own in known)


def _sections(head: Head, sites: frozenset[str]) -> Said:
    """article:section, JSON-LD's, the last step of the breadcrumbs that is not the article."""
    trail = [step for step in head.linked.trail() if one_line(step)]
    headline = folded(head.linked.headline() or head.meta.get("og:title") or "")
    if trail and headline and (folded(trail[-1]) in headline or headline in folded(trail[-1])):
        trail = trail[:-1]
    stated: list[tuple[Source, str | None]] = [("meta", value) for value in _from(head.meta, SECTION_META)]
    stated += [("json-ld", head.linked.section()), *(("json-ld", step) for step in reversed(trail))]
    found = []
    for source, raw in stated:
        section = re.split(r",(?=\S)|[|>]", one_line(unescape(raw or "")))[0].strip()  # "World,Europe"
        if _is_section(section, sites):
            found.append((source, section))
    return found


def _is_section(section: str, sites: frozenset[str]) -> bool:
    return (
        1 < len(section) <= LONGEST_SECTION
        and folded(section) not in NO_SECTION
        and site_key(section) not in sites
        and not section.isdigit()
        and "://" not in section
    )


def _images(head: Head) -> Said:
    stated: list[tuple[Source, str | None]] = [("meta", value) for value in _from(head.meta, IMAGE_META)]
    stated.append(("json-ld", head.linked.image()))
    return [(source, address) for source, value in stated if (address := absolute_url(value, head.url))]


def _signed(head: Head, sites: frozenset[str]) -> list[tuple[Source, tuple[Signatory, ...]]]:
    """Who signs by JSON-LD, by each meta element, and, where these name nobody but the house, by the page's markup."""
    said: list[tuple[Source, list[str]]] = [("json-ld", head.linked.authors())]
    said += [("meta", [value]) for value in _from(head.meta, AUTHOR_META)]
    signed = [(source, who) for source, raw in said if (who := read_signatories(raw, sites))]
    if not any(who.kind == "person" or agency_of(who.name) for _, names in signed for who in names):
        marked = read_signatories(marked_authors(head.tree), sites)
        signed += [("html", marked)] if marked else []
    return signed


def _names(signed: Iterable[Signatory]) -> list[str]:
    """Who of them signs, each once."""
    return list({folded(who.name): who.name for who in signed if not who.beside}.values())


def _byline(
    signed: Sequence[tuple[Source, tuple[Signatory, ...]]], sites: frozenset[str]
) -> tuple[tuple[str, ...], str | None]:
    """Names from the first source that has a person, else from one with a listed agency, else from one with a house."""
    named = [who for _, who in signed if _names(who)]
    people = next((who for who in named if any(one.kind == "person" for one in who)), None)
    listed = next((who for who in named if agency_among(who, sites) and any(agency_of(one.name) for one in who)), None)
    others = next((who for who in named if not all(folded(one.name) in sites for one in who)), None)
    chosen = people or listed or others or next(iter(named), ())
    agency = agency_among(chosen, sites) or agency_among([one for _, who in signed for one in who], sites)
    return tuple(_names(chosen)), agency


def _html_language(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    claim = tree.get("lang") or tree.get("xml:lang") or meta.get("og:locale") or meta.get("language") or ""
    code = re.match(r"([a-z]{2,3})\b", claim.strip().lower().replace("_", "-"))
    return code[1] if code else None
