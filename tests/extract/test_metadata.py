"""What a page says about itself is read as it says it, with who says it; what it does not say is None."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring

from pipeline.extract.about.address import canonical
from pipeline.extract.about.metadata import Metadata, read_metadata
from pipeline.extract.about.times import read_moment
from pipeline.extract.about.titles import without_site
from pipeline.extract.language import language_of

URL = "https://harbourpost.example/sea/2026/11/23/ferries-stay-in-harbour-for-a-third-week"
SITE = "<meta property='og:site_name' content='Harbour Post'>"
TITLE = "Ferries stay in harbour"


def linked(**article: object) -> str:
    node = {"@type": "NewsArticle", "datePublished": "2026-11-23T09:30:00+03:00"} | article
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def meta(name: str, content: str) -> str:
    return f"<meta property='{name}' content='{content}'>"


def tree(head: str = "", body: str = "") -> HtmlElement:
    return document_fromstring(f"<html lang='en'><head>{head}</head><body>{body}</body></html>")


def read(head: str = "", body: str = "", url: str | None = URL) -> Metadata:
    return read_metadata(tree(head, body), url)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (f"<title>{TITLE} | Harbour Post</title>", "", TITLE),
        (f"<title>{TITLE} - Sea - Harbour Post</title>{meta('article:section', 'Sea')}", "", TITLE),
        (f"<title>Harbour Post: {TITLE}</title>", "", TITLE),
        (f"<title>{TITLE} – harbourpost.example</title>", "", TITLE),
        ("<title>Tides: what they are - and are not</title>", "", "Tides: what they are - and are not"),
        (meta("og:title", "You won`t believe these ferries") + linked(headline=TITLE), f"<h1>{TITLE}</h1>", TITLE),
        (meta("og:title", "Harbour Post"), f"<h1>{TITLE}</h1>", TITLE),
        (meta("og:title", "Ferries stay in …"), f"<h1>{TITLE}</h1>", TITLE),
        (meta("og:title", TITLE) + meta("article:section", "Sea"), "<h1>Sea</h1>", TITLE),
        (meta("og:title", f"Opinion | {TITLE}") + meta("article:section", "Opinion"), f"<h1>{TITLE}</h1>", TITLE),
        (meta("og:title", f"{TITLE} - Sea"), f"<h1>{TITLE}</h1>", TITLE),
        (f"<title>{TITLE}</title>", "<h1>Daily Tide</h1>", TITLE),  # an h1 of which the window knows nothing
        (linked(headline="Ferries &amp;amp; boats"), "", "Ferries & boats"),
        (meta("og:title", "Sea") + meta("article:section", "Sea"), "<h1>Sea</h1>", "Sea"),  # what else is it called?
        ("<title>洪水冲走九座房屋_港口网</title>", "<h1>洪水冲走九座房屋</h1>", "洪水冲走九座房屋"),
        ("<title>北京-上海高铁停运</title>", "", "北京-上海高铁停运"),
        ("<title>Harbour Post</title>", "<h1></h1>", None),
        ("", "", None),
    ],
)
def test_the_title_is_the_storys_and_not_the_sites(head: str, body: str, title: str | None) -> None:
    assert read(SITE + head, body).title == title


@given(st.text(min_size=1, max_size=60))
def test_taking_the_site_off_a_title_twice_takes_no_more(title: str) -> None:
    once = without_site(title, {"harbourpost"})
    assert len(once) <= len(title)
    assert without_site(f"{TITLE} | Harbour Post", {"harbourpost"}) == TITLE


@pytest.mark.parametrize(
    ("head", "body", "byline", "agency"),
    [
        (linked(author={"@type": "Person", "name": "Ann Vale"}), "", ("Ann Vale",), None),
        (linked(author=[{"name": "Ann Vale"}, {"name": "AP"}]), "", ("Ann Vale", "AP"), "AP"),
        (linked(author={"name": "The Associated Press"}), "", ("The Associated Press",), "AP"),
        # a house in the template, a person where the reader looks
        (linked(author={"name": "Harbour Post"}), "<p class='byline'>By Ann Vale</p>", ("Ann Vale",), None),
        (linked(author={"name": "Harbour Post"}) + meta("author", "Reuters"), "", ("Reuters",), "Reuters"),
        (linked(author={"name": "The Harbour Post"}), "", ("The Harbour Post",), "The Harbour Post"),
        (meta("author", "admin"), "<a rel='author'>Ann Vale</a>", ("Ann Vale",), None),
        (meta("author", "https://social.example/annvale"), "", (), None),
    ],
)
def test_who_signs_is_read_from_the_first_place_that_names_a_person(
    head: str, body: str, byline: tuple[str, ...], agency: str | None
) -> None:
    metadata = read(SITE + head, body)
    assert (metadata.byline, metadata.agency) == (byline, agency)


@pytest.mark.parametrize(
    ("raw", "at", "precision"),
    [
        ("2026-11-23T09:30:15+03:00", "2026-11-23T06:30:15", "second"),
        ("2026-11-23T09:30+03:00", "2026-11-23T06:30:00", "minute"),
        ("2026-11-23", "2026-11-23T00:00:00", "day"),
        ("2026-11-24T00:00:00+08:00", "2026-11-24T00:00:00", "day"),  # padded by a template
        ("November 23, 2026", "2026-11-23T00:00:00", "day"),
        ("1795426200", "2026-11-23T09:30:00", "second"),
        ("Mon, 23 Nov 2026 09:30:00 GMT", "2026-11-23T09:30:00", "second"),
    ],
)
def test_a_time_tells_how_exact_it_is(raw: str, at: str, precision: str) -> None:
    moment = read_moment(raw)
    assert moment is not None
    assert (moment.at.isoformat(), moment.precision) == (f"{at}+00:00", precision)


def test_a_time_without_zone_takes_that_of_the_pages_others() -> None:
    head = meta("article:published_time", "2026-11-23 09:30:00") + meta(
        "article:modified_time", "2026-11-23T10:00:00+03:00"
    )
    published = read(head).published
    assert published is not None
    assert published.at.isoformat() == "2026-11-23T06:30:00+00:00"
    alone = read(meta("article:published_time", "2026-11-23 09:30:00")).published
    assert alone is not None
    assert alone.at.isoformat() == "2026-11-23T09:30:00+00:00"


def test_a_publication_days_after_the_last_change_is_another_things() -> None:
    head = linked(datePublished="2026-12-24T00:00:01Z", dateModified="2026-11-23T12:00:00Z")
    metadata = read(head + meta("article:published_time", "2026-11-23T09:30:00Z"))
    assert metadata.published is not None
    assert (metadata.published.at.isoformat(), metadata.published.source) == ("2026-11-23T09:30:00+00:00", "meta")
    assert {claim.value for claim in metadata.claims if claim.field == "published_at"} == {
        "2026-12-24T00:00:01+00:00",
        "2026-11-23T09:30:00+00:00",
    }


def test_a_change_before_publication_is_kept_as_said() -> None:
    metadata = read(linked(dateModified="2026-11-23T06:00:00Z"))
    assert metadata.modified is not None
    assert metadata.published is not None
    assert metadata.modified.at < metadata.published.at


def crumbs(*names: str) -> str:
    steps = [{"@type": "ListItem", "position": n, "name": name} for n, name in enumerate(names, 1)]
    node = {"@type": "BreadcrumbList", "itemListElement": steps}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


@pytest.mark.parametrize(
    ("head", "section"),
    [
        (meta("article:section", "World"), "World"),
        (linked(articleSection=["Sea &amp; Islands", "News"]), "Sea & Islands"),
        (linked(articleSection="World,Europe"), "World"),
        (linked(headline=TITLE) + crumbs("Home", "News", "Sea", TITLE), "Sea"),
        (linked(headline=TITLE) + crumbs("Home", TITLE), None),
        (meta("article:section", "Uncategorized"), None),
        (meta("article:section", "Harbour Post"), None),
        (meta("article:section", "https://harbourpost.example/sea"), None),
        ("", None),
    ],
)
def test_the_section_is_what_the_page_says_and_never_guessed(head: str, section: str | None) -> None:
    assert read(SITE + head).section == section


@pytest.mark.parametrize(
    ("stated", "url", "expected"),
    [
        (["/sea/ferries"], "https://harbour.example/amp/ferries", "https://harbour.example/sea/ferries"),
        (["https://harbour.example/"], URL, URL),
        (["https://harbourpost.example/sea"], URL, URL),  # the folder that the story stands in
        (["https://harbour.example/ferries"], "https://harbour.example/ferries/amp", "https://harbour.example/ferries"),
        (["javascript:void(0)", "http://[bad", None], URL, URL),
        ([], None, None),
    ],
)
def test_the_canonical_address_is_the_storys(stated: list[str | None], url: str | None, expected: str | None) -> None:
    assert canonical(stated, url) == expected


def test_the_head_tells_picture_whole_text_and_kind() -> None:
    body = "<p>Ferries stayed <b>in</b> harbour.</p><p>Nobody sailed.</p>"
    node = linked(articleBody=body, isAccessibleForFree="False", wordCount="812", image=[{"url": "/a.jpg"}])
    metadata = read(node + meta("og:type", "article"))
    assert metadata.image_url == "https://harbourpost.example/a.jpg"
    assert metadata.article_body == "Ferries stayed in harbour.\nNobody sailed."
    assert (metadata.kind.is_free, metadata.kind.word_count, metadata.kind.og_type) == (False, 812, "article")
    assert metadata.kind.types == {"newsarticle"}


def test_each_source_has_its_claim_and_one_is_chosen() -> None:
    metadata = read(
        SITE + meta("og:title", f"{TITLE} | Harbour Post") + linked(headline="Boats wait"), f"<h1>{TITLE}</h1>"
    )
    titles = [(claim.source, claim.value, claim.chosen) for claim in metadata.claims if claim.field == "title"]
    assert titles == [("meta", TITLE, True), ("json-ld", "Boats wait", False), ("html", TITLE, False)]
    (published,) = (claim for claim in metadata.claims if claim.field == "published_at")
    assert (published.value, published.precision, published.chosen) == ("2026-11-23T06:30:00+00:00", "second", True)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_statement_gives_metadata(one: str, two: str) -> None:
    head = linked(
        headline=one, author=[two, {"name": one}], datePublished=two, articleSection=one, image=two, wordCount=one
    )
    page = tree(head)
    element = page.makeelement("meta", {"property": "og:title"})
    page.append(element)
    metadata = read_metadata(page, None)
    assert all(claim.value for claim in metadata.claims)


SENTENCES = {
    "en": "The ferries stayed in harbour for the third week, and nobody knew when they would sail.",
    "de": "Die Fähren blieben die dritte Woche im Hafen, und niemand wusste, wann sie auslaufen würden.",
    "fr": "Les bateaux sont restés au port pour la troisième semaine et personne ne savait quand ils partiraient.",
    "es": "Los barcos se quedaron en el puerto por tercera semana y nadie sabía cuándo iban a salir.",
    "it": "I traghetti sono rimasti in porto per la terza settimana e nessuno sapeva quando sarebbero partiti.",
    "pt": "Os barcos ficaram no porto pela terceira semana e ninguém sabia quando é que iriam sair.",
    "nl": "De veerboten bleven voor de derde week in de haven en niemand wist wanneer ze zouden varen.",
    "pl": "Promy pozostały w porcie już trzeci tydzień i nikt nie wiedział, kiedy znowu wypłyną.",
    "ru": "Паромы третью неделю стоят в порту, и никто не знает, когда они снова выйдут в море.",
    "uk": "Пороми вже третій тиждень стоять у порту, і ніхто не знає, коли вони знову вийдуть у море.",
    "tr": "Feribotlar üçüncü haftadır limanda bekliyor ve ne zaman yola çıkacaklarını kimse bilmiyor.",
    "ar": "بقيت العبارات في الميناء للأسبوع الثالث ولم يكن أحد يعرف متى ستبحر من جديد إلى الجزر.",
    "fa": "کشتی‌ها برای سومین هفته در بندر ماندند و هیچ‌کس نمی‌دانست چه زمانی دوباره حرکت خواهند کرد.",
    "hi": "नावें तीसरे सप्ताह भी बंदरगाह में खड़ी रहीं और किसी को पता नहीं था कि वे कब चलेंगी।",
    "zh": "渡轮连续第三周停在港口，谁也不知道什么时候才能重新开航。",
    "ja": "フェリーは三週間も港にとどまり、いつ出航するのか誰にも分からなかった。",
    "ko": "여객선은 삼 주째 항구에 머물렀고 언제 다시 떠날지 아무도 알지 못했다.",
    "el": "Τα πλοία έμειναν στο λιμάνι για τρίτη εβδομάδα και κανείς δεν ήξερε πότε θα φύγουν.",
    "he": "המעבורות נשארו בנמל זה השבוע השלישי ואיש לא ידע מתי הן יפליגו שוב אל האיים.",
    "th": "เรือข้ามฟากจอดอยู่ในท่าเรือเป็นสัปดาห์ที่สามและไม่มีใครรู้ว่าจะออกเดินทางเมื่อใด",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_tells_its_language_whatever_the_template_claims(language: str) -> None:
    assert language_of(SENTENCES[language], "en") == language


@pytest.mark.parametrize("text", ["", "Ferries 2026", "12.30 – 14.15 / 17:00 " * 20, "港口", "Tarn, Orsk, Ardan"])
def test_a_short_text_is_in_no_language(text: str) -> None:
    assert language_of(text, "en") is None


def test_a_claim_does_not_stand_against_a_sure_guess() -> None:
    assert language_of(SENTENCES["de"] * 3, "fr") == "de"
    assert language_of(SENTENCES["pt"], "pt-BR") == "pt"


def test_a_live_blog_without_a_date_is_no_post_of_its_own() -> None:
    post = {"@type": "BlogPosting", "headline": "Dam holds", "datePublished": "2026-11-23T10:00:00Z"}
    blog = {"@type": "LiveBlogPosting", "headline": "Floods live", "liveBlogUpdate": [post]}
    page = read(f"<script type='application/ld+json'>{json.dumps(blog)}</script>")
    assert (page.title, page.published, page.kind.types) == ("Floods live", None, {"liveblogposting"})
