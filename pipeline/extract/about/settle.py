"""Page, feed and text on the same story: what the article's columns take, and by which rule.

Nothing said is lost: each source's statement stays as a claim, and the chosen one is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from pipeline.agencies import agency_of
from pipeline.extract.about.metadata import Metadata
from pipeline.extract.about.stamps import Stamp
from pipeline.extract.about.titles import CUT, site_key, without_site
from pipeline.extract.text import folded, one_line
from pipeline.records.articles import Claim, ClaimField, Page, Precision, Source

ZONES = timedelta(hours=14)  # east or west of UTC where a day can have been named
EXACT: tuple[Precision, ...] = ("second", "minute")


class Signed(Protocol):
    """What the text itself says; the cleaner finds it."""

    @property
    def agency(self) -> str | None: ...
    @property
    def byline(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A rule of choice: what a column takes, why, and a case for which it exists."""

    fields: tuple[ClaimField, ...]
    rule: str
    why: str
    example: str


# How the columns are filled, as the documentation tells it; `settle` below does so, and each rule has its test.
CHOICES = (
    Choice(
        fields=("title",),
        rule="the page's; the feed's where the page has none, only its site's name, or one cut off",
        why="feeds shorten and re-word titles for readers of lists",
        example="page 'Ferries stay in harbour for a …', feed 'Ferries stay in harbour for a third week': the feed's",
    ),
    Choice(
        fields=("byline",),
        rule="the page's names, then those that only the text has; else the feed's; the page's own house last",
        why="templates fill a missing author with the site's name, while the text or the feed names the reporter",
        example="page 'Harbour Post' on harbourpost.example, text 'Reporting by Ann Vale': Ann Vale",
    ),
    Choice(
        fields=("agency",),
        rule="the text's, else the page's, else the feed's",
        why="a dateline is the agency's own hand; what the page's template adds may be the paper's",
        example="text 'TARN (AFP) -', page by 'Harbour News Service': AFP",
    ),
    Choice(
        fields=("published_at", "modified_at"),
        rule="the page's; the feed's where the page has none, or only a day and the feed a time that lies in it",
        why="a feed's time is often that of its last change, but a time says more than a day",
        example="page 2026-11-23, feed 2026-11-23T06:30:00Z: the feed's",
    ),
    Choice(
        fields=("language",),
        rule="the text's own, by its words; claims of page, then feed, decide between unsure guesses",
        why="templates are copied with their lang attribute",
        example="html lang='en' around a French story: fr",
    ),
    Choice(
        fields=("url",),
        rule="link rel=canonical, else og:url, else where it was fetched; never a front page or the page's folder",
        why="a canonical address joins an article's AMP, print and tracking variants",
        example="/amp/ferries with canonical /ferries: /ferries",
    ),
    Choice(
        fields=("section", "image_url"),
        rule="meta elements, then JSON-LD, then for the section its breadcrumbs",
        why="what a page tells those who share it is what its newsroom keeps in order",
        example="article:section 'World', breadcrumbs Home > News > Ferries stay in: World",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The columns' values, and all claims."""

    title: str | None
    byline: tuple[str, ...]
    agency: str | None
    published: Stamp | None
    modified: Stamp | None
    language_hint: str | None
    url: str | None
    section: str | None
    image_url: str | None
    claims: tuple[Claim, ...]


def settle(page: Page, metadata: Metadata, cleaned: Signed) -> Settled:
    """Choose among what the page's own statements, its feed's (`page`) and its text say; `CHOICES` has the rules."""
    title, title_by = _title(page, metadata)
    byline, byline_by = _byline(page, metadata, cleaned)
    agency, agency_by = _agency(page, metadata, cleaned)
    published = _time(metadata.published, _feed_stamp(page.published_at))
    modified = _time(metadata.modified, _feed_stamp(page.modified_at))
    hint = metadata.html_language or page.language
    others = tuple(_others(page, cleaned))
    language_by: Source | None = "feed" if hint and not metadata.html_language else None
    taken: dict[ClaimField, tuple[Source | None, ...]] = {
        "title": (title_by,),
        "byline": byline_by,
        "agency": (agency_by,),
        "published_at": (published.source if published else None,),
        "modified_at": (modified.source if modified else None,),
        "language": (language_by,),
    }
    return Settled(
        title=title,
        byline=byline,
        agency=agency,
        published=published,
        modified=modified,
        language_hint=hint,
        url=metadata.url,
        section=metadata.section,
        image_url=metadata.image_url,
        claims=(*(_kept(claim, taken) for claim in metadata.claims), *(_taken(claim, taken) for claim in others)),
    )


def _title(page: Page, metadata: Metadata) -> tuple[str | None, Source | None]:
    """(title, "feed" where it is the feed's)."""
    keys = {site_key(site) for site in metadata.sites} - {""}
    told, stated = without_site(one_line(page.title), keys), metadata.title
    if not told or site_key(told) in keys:
        return stated, None
    if not stated or site_key(stated) in keys:
        return told, "feed"
    start = folded(CUT.sub("", stated))
    is_whole = bool(CUT.search(stated) and start and folded(told).startswith(start) and len(told) > len(stated))
    return (told, "feed") if is_whole and not CUT.search(told) else (stated, None)


def _byline(page: Page, metadata: Metadata, cleaned: Signed) -> tuple[tuple[str, ...], tuple[Source | None, ...]]:
    """(names, which sources beside the page have a part in them; None stands for the page)."""
    others = tuple(name for name in cleaned.byline if folded(name) not in metadata.sites)
    if metadata.byline and not metadata.is_signed_by_itself:
        return _each_once((*metadata.byline, *others)), (None, "text") if others else (None,)
    if others:
        return _each_once(others), ("text",)
    if page.byline:
        return _each_once(page.byline), ("feed",)
    return metadata.byline, (None,)


def _each_once(names: Sequence[str]) -> tuple[str, ...]:
    """The names, none twice; an agency under two names ("AP", "The Associated Press") is one."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(agency_of(name) or folded(name), name)
    return tuple(kept.values())


def _agency(page: Page, metadata: Metadata, cleaned: Signed) -> tuple[str | None, Source | None]:
    if cleaned.agency:
        return cleaned.agency, "text"
    return (metadata.agency, None) if metadata.agency else (page.agency, "feed" if page.agency else None)


def _feed_stamp(at: datetime | None) -> Stamp | None:
    """A feed's time; midnight to the second is a day alone."""
    if at is None:
        return None
    at = at.astimezone(UTC)
    is_day = (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)
    return Stamp(at=at, precision="day" if is_day else "second", source="feed")


def _time(stated: Stamp | None, told: Stamp | None) -> Stamp | None:
    """The page's, or the feed's where that is within the page's bare day."""
    if stated is None or told is None:
        return stated or told
    is_within = -ZONES <= told.at - stated.at < timedelta(days=1) + ZONES
    return told if stated.precision == "day" and told.precision in EXACT and is_within else stated


def _others(page: Page, cleaned: Signed) -> Iterator[Claim]:
    """What feed and text say."""
    said: list[tuple[ClaimField, Source, str]] = [
        ("title", "feed", one_line(page.title)),
        ("byline", "text", "; ".join(cleaned.byline)),
        ("byline", "feed", "; ".join(page.byline)),
        ("agency", "text", cleaned.agency or ""),
        ("agency", "feed", page.agency or ""),
        ("language", "feed", page.language or ""),
    ]
    yield from (Claim(field=field, source=source, value=value) for field, source, value in said if value)
    times: list[tuple[ClaimField, datetime | None]] = [
        ("published_at", page.published_at),
        ("modified_at", page.modified_at),
    ]
    for field, at in times:
        if stamp := _feed_stamp(at):
            yield Claim(field=field, source="feed", value=stamp.at.isoformat(), precision=stamp.precision)


def _kept(claim: Claim, taken: dict[ClaimField, tuple[Source | None, ...]]) -> Claim:
    """A page's claim: what the page chose stays chosen unless feed or text took its place."""
    sources = taken.get(claim.field, (None,))
    return claim if None in sources or claim.source in sources else replace(claim, chosen=False)


def _taken(claim: Claim, taken: dict[ClaimField, tuple[Source | None, ...]]) -> Claim:
    return replace(claim, chosen=claim.source in taken.get(claim.field, ()))
