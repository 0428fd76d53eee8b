"""The story is found among a page's furniture, and found again where the first reading fails."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.page.blocks import blocks_of, key_of
from pipeline.extract.page.body import Body, read_body
from pipeline.extract.page.furniture import furniture_of, kind_of, kind_of_name, kinds
from pipeline.extract.page.opinions import CONSENT, CONSENT_STEMS
from pipeline.extract.page.tree import parse_page

SENTENCES = [
    "The ferries stayed in harbour for the third week, and nobody on the islands knew when they would sail again.",
    "Rain kept falling on the lower town, where shops had closed on Friday and bread was brought by the navy.",
    "The harbour master said on Monday that the engines of two ships had been flooded by salt water.",
    "Families with small children were taken to the mainland by helicopters of the coast guard at dawn.",
    "A third storm is forecast for Thursday, and the mayor asked everybody to stay away from the sea wall.",
    "Insurers put the damage to the fishing fleet at four million crowns, the largest sum since the great flood.",
    "Schools will open on Wednesday if the power station can be repaired before the weekend, the council said.",
    "The last ferry had left the islands with ninety passengers an hour before the harbour mouth was closed.",
]
STORY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[:4])
NAV = "<nav><ul>" + "".join(f"<li><a href='/{n}'>Part {n}</a></li>" for n in range(20)) + "</ul></nav>"


def page(inner: str) -> str:
    return f"<html><head><title>Ferries</title></head><body>{NAV}{inner}<footer>Imprint</footer></body></html>"


def body_of(inner: str, *told: str) -> Body:
    return read_body(parse_page(page(inner)), told)


NAMES = [(kind, name) for kind, entry in kinds().items() for name in entry.takes]
SPARED = [(kind, name) for kind, entry in kinds().items() for name in entry.spares]


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_a_name_of_furniture_tells_its_kind(kind: str, name: str) -> None:
    assert kind_of(name, None) == kind


@pytest.mark.parametrize(("kind", "name"), SPARED)
def test_a_name_that_only_looks_like_furniture_is_spared(kind: str, name: str) -> None:
    assert kind_of(name, None) is None


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_of_furniture_has_examples(kind: str) -> None:
    assert kinds()[kind].takes
    assert kinds()[kind].spares


@pytest.mark.parametrize(
    ("classes", "id_", "kind"),
    [
        ("entry-content entry-content-read-more", None, None),  # a story with a button is a story
        ("box", "related-links", "related"),
        (None, None, None),
        ("a-slug-of-a-headline-on-newsletter-reform-that-goes-on-for-very-long", None, None),
    ],
)
def test_all_names_of_an_element_are_heard(classes: str | None, id_: str | None, kind: str | None) -> None:
    assert kind_of(classes, id_) == kind


def test_furniture_inside_the_story_goes_and_is_told() -> None:
    promo = "<div class='newsletter-box'><p>Have the harbour's news every morning before anybody else is up.</p></div>"
    inner = f"<article>{STORY}{promo}<p>{SENTENCES[4]}</p></article>"
    body = body_of(inner)
    assert body.text.split("\n") == SENTENCES[:5]
    assert [(line.text[:9], line.reason) for line in body.removed] == [("Have the ", "newsletter")]


def test_what_holds_the_story_is_no_furniture_whatever_it_is_called() -> None:
    body = body_of(f"<div class='promo related'>{STORY}</div>")
    assert body.text.split("\n") == SENTENCES[:4]


def test_hidden_text_is_no_story() -> None:
    hidden = (
        "<div style='display:none'><p>Thank you for your message, we shall answer it within two days or so.</p></div>"
    )
    assert body_of(f"<article>{STORY}{hidden}<p>{SENTENCES[4]}</p></article>").text.split("\n") == SENTENCES[:5]


def test_a_paragraph_that_is_only_a_link_leads_away() -> None:
    link = "<p><strong><a href='/other'>MINISTER VISITS THE FLOODED HARBOUR TOWNS</a></strong></p>"
    quoted = "<p>The council said <a href='/x'>in its report</a> that no ship was lost in either of the storms.</p>"
    body = body_of(f"<article>{STORY}{link}{quoted}<p>{SENTENCES[4]}</p></article>")
    assert "MINISTER" not in body.text
    assert "in its report" in body.text
    assert [line.reason for line in body.removed] == ["related"]


def test_a_story_cut_into_many_containers_is_put_together() -> None:
    part = "<div class='grid'><div class='body-part'>{}</div></div>".format
    advert = "<div class='slot'><span>x</span></div>"
    sentences = SENTENCES[:2], SENTENCES[2:4], SENTENCES[4:6], SENTENCES[6:]
    parts = advert.join(part("".join(f"<p>{s}</p>" for s in few)) for few in sentences)
    story = f"<main><div class='first-part'><h2>The sea wall</h2></div>{parts}</main>"
    body = body_of(story)
    assert [line for line in body.text.split("\n") if line in SENTENCES] == SENTENCES


def test_comments_below_a_story_are_not_taken_for_its_missing_parts() -> None:
    comments = "".join(
        f"<li class='reader'><div><p>I never liked ferries, number {n}, and I say so again now.</p></div></li>"
        for n in range(9)
    )
    body = body_of(
        f"<article>{STORY}{''.join(f'<p>{s}</p>' for s in SENTENCES[4:])}</article><ol id='x'>{comments}</ol>"
    )
    assert "I never liked" not in body.text
    assert body.reason == "first"


def test_menus_spilt_over_a_short_story_give_way_to_the_densest_place() -> None:
    menus = "".join(f"<div><ul>{''.join(f'<li>Item {m} {n}</li>' for n in range(25))}</ul></div>" for m in range(12))
    body = body_of(f"{menus}<table><tr><td><font>{'<br>'.join(SENTENCES[:3])}</font></td></tr></table>{menus}")
    assert "Item 3 4" not in body.text
    assert SENTENCES[1] in body.text


def test_a_consent_notice_gives_way_to_the_story() -> None:
    purposes = ("measure our audience", "choose what you see", "keep the site running", "show fitting offers")
    notice = "".join(
        f"<p>We store cookies on your device with your consent to {p}, day and night.</p>" for p in purposes
    )
    story = "".join(f"<div class='line'>{sentence}</div>" for sentence in SENTENCES[:3])
    body = body_of(f"<article class='post-content'>{notice * 2}</article><form>{story}</form>")
    assert body.reason == "consent"
    assert body.text.split("\n") == SENTENCES[:3]


NOTICE = (
    "<p>We value your privacy. We and our 842 partners store information on a device, such as cookies, and read it.</p>"
    "<p>You can accept or manage your choices below, or object where legitimate interest is claimed for it.</p>"
)


def test_a_consent_notice_that_was_sent_alone_gives_way_to_what_the_page_tells() -> None:
    whole = "\n".join(SENTENCES[:4])
    body = body_of(f"<div class='main'>{NOTICE}</div>", whole)
    assert (body.reason, body.text, body.second) == ("told", whole, "")
    assert body_of(f"<div class='main'>{NOTICE}</div>").reason == "consent"


def test_a_paragraph_before_the_first_mark_of_one_belongs_to_the_story() -> None:
    menu = "<td>" + "<br>".join(f"<a href='/{n}'>Port {n}</a>" for n in range(40)) + "</td>"
    story = "<td><font>" + "<p>".join(SENTENCES[:5]) + "</font></td>"
    assert body_of(f"<table><tr>{menu}{story}</tr></table>").text.split("\n") == SENTENCES[:5]


def test_a_text_that_the_page_tells_in_full_is_believed_where_they_agree() -> None:
    whole = "\n".join(SENTENCES)
    short = f"<article><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p></article>"
    assert body_of(short, whole).text == whole
    assert body_of(short, whole).reason == "told"
    assert body_of(short, whole.replace("e", "o")).reason == "first", "another story's text"
    assert body_of(short, SENTENCES[0]).reason == "first", "a teaser"


def test_the_link_share_of_an_index_page_is_high() -> None:
    items = "".join(f"<div><a href='/{n}'>{SENTENCES[n % 8]}</a></div>" for n in range(20))
    assert body_of(items).link_share > 0.9
    assert body_of(f"<article>{STORY}</article>").link_share < 0.3


def test_blocks_are_cut_at_breaks_and_go_on_over_inline_marks() -> None:
    tree = parse_page(
        page("<div>One <b>two</b><br>three<p>four <a href='/'>five</a></p>six<script>seven</script></div>")
    )
    texts = [block.text for block in blocks_of(tree, {})]
    assert texts[20:24] == ["One two", "three", "four five", "six"]
    assert blocks_of(tree, {})[22].linked == 4


def test_a_block_knows_the_furniture_that_it_stands_in() -> None:
    tree = parse_page(page("<div class='newsletter'><p>One</p><div><p>two</p></div></div><p>three</p>"))
    furniture = {found.element: found.kind for found in furniture_of(tree)}
    told = {block.text: block.furniture for block in blocks_of(tree, furniture)}
    assert (told["One"], told["two"], told["three"]) == ("newsletter", "newsletter", None)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_name_of_a_class_is_read(name: str) -> None:
    assert kind_of_name(name) in {None, "story", *kinds()}
    assert key_of(name) == key_of(key_of(name)) or not name.isascii()


def test_a_story_cut_into_sections_that_are_called_like_furniture_is_kept() -> None:
    cut = "".join(
        f"<section class='topics'><p>{one}</p><p>{two}</p></section>"
        for one, two in zip(SENTENCES[::2], SENTENCES[1::2], strict=True)
    )
    body = body_of(f"<article><h1>Ferries</h1>{cut}</article>")
    assert all(sentence in body.text for sentence in SENTENCES)


def test_boxes_of_links_stay_furniture_where_nothing_else_is() -> None:
    links = "".join(f"<div class='related'><a href='/{n}'>{sentence}</a></div>" for n, sentence in enumerate(SENTENCES))
    assert body_of(links).text == ""


def test_a_told_text_stands_where_menus_and_a_notice_are_all_that_was_read() -> None:
    told = " ".join(SENTENCES)
    body = body_of(
        "<div id='root'>Please enable JavaScript to read this page, or accept our cookies to go on.</div>", told
    )
    assert (body.reason, body.text) == ("told", told)


def test_a_story_about_cookies_is_no_consent_notice() -> None:
    story = [
        f"The court ruled that cookies of kind {n} break the privacy law, and fined the harbour board."
        for n in range(6)
    ]
    assert body_of("".join(f"<p>{line}</p>" for line in story)).text.split("\n") == story


def test_many_links_in_one_element_take_bounded_time() -> None:
    links = "".join(f"<a href='/{n}'>A link that is long enough, number {n}</a><br>" for n in range(8000))
    assert SENTENCES[0] in body_of(f"{STORY}<div>{links}</div>").text


def test_the_stems_of_consent_lose_none_of_its_words() -> None:
    words = (word for word in re.findall(r"[^\W\d_]{5,}(?: [^\W\d_]+)?", CONSENT.pattern) if CONSENT.search(word))
    assert [word for word in words if not any(stem in word for stem in CONSENT_STEMS)] == []
