"""Pages that no newsroom writes are thinned until they can be read; others are not touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from lxml.html import HtmlElement

from pipeline.errors import ExtractError
from pipeline.extract.page.lighten import DEEPEST, MANY, MOST, MOST_ROWS, lighten, was_cut, without_levels
from tests.extract.hard_pages import around, nested, normal_page, sentences, story, table

STORY = sentences(1, 12)


def parsed(page: str) -> tuple[HtmlElement, bool]:
    """The page's tree, and whether it was cut."""
    parser = html.HTMLParser(huge_tree=True)
    tree = etree.fromstring(page, parser)
    return tree, was_cut(parser)


def depth(tree: HtmlElement) -> int:
    return max(sum(1 for _ in element.iterancestors()) for element in tree.iter()) + 1


def text(tree: HtmlElement) -> str:
    return " ".join(tree.text_content().split())


@pytest.mark.parametrize("body", [story(1), story(1) + table(MOST_ROWS + 1), nested("div", DEEPEST - 9)])
def test_a_page_like_any_other_stays_as_it_is(body: str) -> None:
    tree, _ = parsed(around(body))
    before = etree.tostring(tree)
    assert lighten(tree) == ()
    assert etree.tostring(tree) == before


def test_a_table_of_data_goes_and_the_story_stays() -> None:
    tree, _ = parsed(around(story(1) + table(MANY // 3) + "<p>Boats were counted.</p>" + table(5)))
    assert lighten(tree) == ("tables",)
    assert len(tree.findall(".//table")) == 1
    assert all(line in text(tree) for line in [*STORY, "Boats were counted."])


def test_marks_go_and_their_text_stays_in_its_place() -> None:
    tree, _ = parsed(around(story(1) + "<p>" + "<span>boat <b>four</b>, </span>" * MANY + "end</p>"))
    before = text(tree)
    assert lighten(tree) == ("marks",)
    assert text(tree) == before
    assert tree.find(".//span") is None
    assert len(tree.xpath("(//p)[last()]/text()")) == 1  # one piece, not one a mark


@pytest.mark.parametrize("tag", ["div", "ul", "blockquote", "span"])
def test_what_is_too_deep_comes_up_in_its_order(tag: str) -> None:
    tree, cut = parsed(around(f"<{tag}>boat " * 1_000 + story(1) + f" tail</{tag}>" * 1_000))
    before = text(tree)
    assert not cut
    assert lighten(tree) == ("levels",)
    assert depth(tree) <= DEEPEST + 1
    assert text(tree) == before


def test_what_is_left_of_too_much_is_refused() -> None:
    tree, _ = parsed(around("<p>boat</p>" * (MOST + 1)))
    with pytest.raises(ExtractError) as caught:
        lighten(tree)
    assert caught.value.reason == "too_many_tags"
    assert "50,0" in caught.value.detail


@pytest.mark.parametrize(
    "opening", ["<div>", "<span class='x y'>", "<ul><li>boat ", "<table><tr><td>", "<made-up a='1'>"]
)
def test_a_page_that_the_parser_cuts_is_read_without_its_levels(opening: str) -> None:
    page = around(opening * 3_000 + story(1))
    tree, cut = parsed(page)
    assert cut
    assert STORY[0] not in text(tree)
    tree, cut = parsed(without_levels(page))
    assert not cut
    assert [" ".join(p.text_content().split()) for p in tree.iter("p")][-6:] == [
        f"{first} {second}" for first, second in zip(STORY[::2], STORY[1::2], strict=True)
    ]
    assert tree.findtext(".//title") == "Ferries stay in harbour - Harbour Post"


def test_a_page_that_is_not_cut_is_not_said_to_be() -> None:
    assert not parsed("<p><b>boat</p></b></article><made-up>")[1]


@given(st.lists(st.sampled_from(["<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "a ", "b ", "< ", "<i x='<'>"])))
def test_levels_go_and_no_word_with_them(pieces: list[str]) -> None:
    page = "".join(pieces)
    words = [piece.strip() for piece in pieces if piece in ("a ", "b ")]
    left = parsed(f"<body>{without_levels(page)}</body>")[0]
    assert [word for word in text(left).split() if word in ("a", "b")] == words


def test_a_normal_page_is_read_alike() -> None:
    page = normal_page(3).html
    assert isinstance(page, str)
    tree, cut = parsed(page)
    assert (cut, lighten(tree)) == (False, ())
