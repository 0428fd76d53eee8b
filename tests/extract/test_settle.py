"""Where page, feed and text disagree, a written rule chooses and all that was said is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.extract.about.flags import TextFacts, flags_of, words_told
from pipeline.extract.about.metadata import Kind, Metadata
from pipeline.extract.about.settle import CHOICES, settle
from pipeline.extract.about.stamps import Stamp
from pipeline.records.articles import Claim, Flag, Page

NOON = datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
LATER = datetime(2026, 11, 26, 12, 0, 5, tzinfo=UTC)
URL = "https://harbourpost.example/ferries"
BARE = Metadata(
    title=None,
    byline=(),
    agency=None,
    url=URL,
    html_language=None,
    sites=frozenset({"harbour post", "harbourpost example"}),
)


@dataclass(frozen=True, slots=True)
class Text:
    """What the story's text says."""

    agency: str | None = None
    byline: tuple[str, ...] = ()


def settled(page: dict[str, Any], feed: dict[str, Any], text: Text | None = None) -> Any:
    return settle(Page(page_id="x", url=URL, html="", **feed), replace(BARE, **page), text or Text())


@pytest.mark.parametrize(
    ("page", "feed", "title"),
    [
        ("Ferries stay in harbour", "Boats wait", "Ferries stay in harbour"),
        (None, "Ferries stay in harbour | Harbour Post", "Ferries stay in harbour"),
        ("Harbour Post", "Ferries stay in harbour", "Ferries stay in harbour"),
        ("Ferries stay in …", "Ferries stay in harbour", "Ferries stay in harbour"),
        ("Ferries stay in …", "Ferries stay in har...", "Ferries stay in …"),
        ("Ferries stay in …", "Boats wait", "Ferries stay in …"),
        (None, None, None),
    ],
)
def test_the_pages_title_is_taken_unless_it_is_cut_or_the_sites(
    page: str | None, feed: str | None, title: str | None
) -> None:
    assert settled({"title": page}, {"title": feed}).title == title


@pytest.mark.parametrize(
    ("page", "feed", "text", "byline"),
    [
        (("Ann Vale",), ("Bo Ek",), (), ("Ann Vale",)),
        (("Ann Vale",), (), ("Cy Dun",), ("Ann Vale", "Cy Dun")),
        (("The Associated Press",), (), ("AP",), ("The Associated Press",)),
        ((), ("Bo Ek",), (), ("Bo Ek",)),
        (("Harbour Post",), (), ("Cy Dun",), ("Cy Dun",)),
        (("Harbour Post",), ("Bo Ek",), (), ("Bo Ek",)),
        (("Harbour Post",), (), (), ("Harbour Post",)),
        (("Ann Vale",), (), ("Harbour Post",), ("Ann Vale",)),
        ((), (), (), ()),
    ],
)
def test_a_person_goes_before_the_house_that_prints_the_page(
    page: tuple[str, ...], feed: tuple[str, ...], text: tuple[str, ...], byline: tuple[str, ...]
) -> None:
    assert settled({"byline": page}, {"byline": feed}, Text(byline=text)).byline == byline


def test_the_texts_agency_goes_before_the_pages_and_the_feeds() -> None:
    assert settled({"agency": "Harbour News"}, {"agency": "AP"}, Text(agency="AFP")).agency == "AFP"
    assert settled({"agency": "Harbour News"}, {"agency": "AP"}).agency == "Harbour News"
    assert settled({}, {"agency": "AP"}).agency == "AP"


@pytest.mark.parametrize(
    ("page", "precision", "feed", "at", "source"),
    [
        (NOON, "second", LATER, NOON, "json-ld"),
        (MIDNIGHT, "day", NOON, NOON, "feed"),
        (MIDNIGHT, "day", LATER, MIDNIGHT, "json-ld"),
        (MIDNIGHT, "day", MIDNIGHT, MIDNIGHT, "json-ld"),  # the feed has but a day as well
        (MIDNIGHT, "day", None, MIDNIGHT, "json-ld"),
        (None, None, NOON, NOON, "feed"),
    ],
)
def test_a_feeds_time_is_taken_where_the_page_has_only_its_day(
    page: datetime | None, precision: Any, feed: datetime | None, at: datetime, source: str
) -> None:
    stamp = Stamp(at=page, precision=precision, source="json-ld") if page else None
    for field in ("published", "modified"):
        chosen = getattr(settled({field: stamp}, {f"{field}_at": feed}), field)
        assert (chosen.at, chosen.source) == (at, source)


def test_what_was_not_chosen_is_kept_as_a_claim() -> None:
    claims = (
        Claim(field="published_at", source="json-ld", value=MIDNIGHT.isoformat(), precision="day", chosen=True),
        Claim(field="title", source="meta", value="Ferries stay in harbour", chosen=True),
    )
    stamp = Stamp(at=MIDNIGHT, precision="day", source="json-ld")
    page = {"title": "Ferries stay in harbour", "published": stamp, "claims": claims}
    got = settled(page, {"title": "Boats wait", "published_at": NOON}).claims
    assert [(claim.field, claim.source, claim.chosen) for claim in got] == [
        ("published_at", "json-ld", False),
        ("title", "meta", True),
        ("title", "feed", False),
        ("published_at", "feed", True),
    ]


def test_the_feeds_language_is_a_hint_where_the_page_has_none() -> None:
    assert settled({}, {"language": "fr"}).language_hint == "fr"
    assert settled({"html_language": "en"}, {"language": "fr"}).language_hint == "en"


def test_each_settled_field_has_its_written_rule() -> None:
    assert {field for choice in CHOICES for field in choice.fields} == {
        "title", "byline", "agency", "published_at", "modified_at", "language", "url", "section", "image_url",
    }  # fmt: skip
    assert all(choice.why and choice.example for choice in CHOICES)


PAID = Kind(is_free=False, word_count=800)


@pytest.mark.parametrize(
    ("title", "section", "kind", "facts", "flags"),
    [
        ("Ferries stay in", "World", Kind(), TextFacts(words=400), ()),
        ("Ferries stay in", None, PAID, TextFacts(words=90, told_words=800), ("paywall",)),
        ("Ferries stay in", None, PAID, TextFacts(words=780, told_words=800), ()),  # a metered paper's whole story
        ("Ferries stay in", None, Kind(is_free=False), TextFacts(words=90, breaks_off=True), ("paywall",)),
        ("Ferries stay in", None, Kind(is_free=True), TextFacts(words=90, breaks_off=True, paywall_lines=1), ()),
        ("Ferries stay in", None, Kind(), TextFacts(words=90, breaks_off=True, paywall_lines=1), ("paywall",)),
        ("Ferries stay in", None, Kind(), TextFacts(words=900, paywall_lines=1), ()),
        ("Storm", None, Kind(types=frozenset({"liveblogposting"})), TextFacts(words=900), ("live_blog",)),
        ("Storm live updates: ferries stay in", None, Kind(), TextFacts(words=900), ("live_blog",)),
        ("How fish live on the sea floor", None, Kind(), TextFacts(words=900), ()),
        ("Storm", None, Kind(types=frozenset({"videoobject"})), TextFacts(words=40), ("video_only",)),
        ("Storm", None, Kind(og_type="video.other"), TextFacts(words=700), ()),
        ("Storm", None, Kind(), TextFacts(words=200, link_share=0.9), ("links_only",)),
        ("In pictures: the storm", None, Kind(), TextFacts(words=100), ("photo_gallery",)),
        ("Let them sail", "Opinion", Kind(), TextFacts(words=700), ("opinion",)),
        ("Opinion | Let them sail", None, Kind(), TextFacts(words=700), ("opinion",)),
        ("The court's opinion: let them sail", "World", Kind(), TextFacts(words=700), ()),
        ("Lasst sie fahren", "Meinung", Kind(), TextFacts(words=700), ("opinion",)),
        ("Ann Vale, who sailed alone", "Obituaries", Kind(), TextFacts(words=700), ("obituary",)),
        ("Ann Vale obituary", None, Kind(), TextFacts(words=700), ("obituary",)),
        ("Five fine boats", "Partner Content", Kind(), TextFacts(words=700), ("sponsored",)),
        ("Boats", None, Kind(types=frozenset({"advertisercontentarticle"})), TextFacts(words=700), ("sponsored",)),
    ],
)
def test_a_flag_is_set_where_the_page_leaves_no_doubt(
    title: str, section: str | None, kind: Kind, facts: TextFacts, flags: tuple[Flag, ...]
) -> None:
    assert flags_of(title, section, kind, facts) == flags


def test_the_told_length_is_the_longer_of_count_and_body() -> None:
    assert words_told(Kind(word_count=800), "A free beginning") == 800
    assert words_told(Kind(), "One two three") == 3
    assert words_told(Kind(), None) == 0
