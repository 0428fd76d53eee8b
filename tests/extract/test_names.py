"""Bylines become who signs, people and houses, in any of the languages that are listed."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from pipeline.extract.about.authors import marked_authors
from pipeline.extract.about.names import house_of, read_names

FOLDER = files("pipeline.extract.about")
CASES = tomllib.loads((FOLDER / "bylines.toml").read_text("utf-8"))["cases"]
HOUSES = tomllib.loads((FOLDER / "houses.toml").read_text("utf-8"))["houses"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["byline"])
def test_a_byline_names_who_signs(case: dict[str, Any]) -> None:
    names, agency = read_names([case["byline"]])
    assert list(names) == case["signs"]
    if "agency" in case:
        assert agency == case["agency"]


@pytest.mark.parametrize(
    ("raw", "names", "agency"),
    [
        (["Ann Vale", "AP"], ("Ann Vale", "AP"), "AP"),  # two statements: both sign
        (["Ann Vale, Political Editor"], ("Ann Vale",), None),
        (["Ann Vale, Bo Ek, Cy Dun and Di Oster"], ("Ann Vale", "Bo Ek", "Cy Dun", "Di Oster"), None),
        (["Ann Vale, Reuters and Bo Ek, AFP"], ("Ann Vale", "Bo Ek"), "Reuters"),
        (["AFP/Ann Vale"], ("AFP", "Ann Vale"), "AFP"),
        (["Ann Vale, Jr., with Bo Ek in Port Ardan"], ("Ann Vale, Jr", "Bo Ek"), None),
        (["Ann Vale Monday, November 23, 2026"], ("Ann Vale",), None),
        (["Ann Vale commented on"], (), None),
        (["Juana Ortega y Gasset"], ("Juana Ortega y Gasset",), None),
        (["https://social.example/harbour", "ann-vale", "Web Desk", "Staff Reports"], (), None),
        (["ann vale", "Ann Vale", "ANN VALE"], ("Ann Vale",), None),
        (["Harbour Energy Agency"], ("Harbour Energy Agency",), "Harbour Energy Agency"),
    ],
)
def test_names_come_in_their_order_each_once(raw: list[str], names: tuple[str, ...], agency: str | None) -> None:
    assert read_names(raw) == (names, agency)


def test_the_house_that_prints_the_page_signs_but_is_no_agency() -> None:
    assert read_names(["Harbournews"], {"harbournews"}) == (("Harbournews",), None)


@pytest.mark.parametrize("name", HOUSES["takes"])
def test_a_house_is_told_from_a_person(name: str) -> None:
    assert house_of(name) is not None


@pytest.mark.parametrize("name", HOUSES["spares"])
def test_a_person_is_no_house(name: str) -> None:
    assert house_of(name) is None
    assert read_names([name]) == ((name,), None)


@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_byline_is_read(raw: list[str]) -> None:
    names, _ = read_names(raw)
    assert all(name.strip() == name and 1 < len(name) <= 60 for name in names)
    assert len(names) <= 12


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<p class='byline'>By <a>Ann Vale</a> <span>Staff Writer</span></p>", ["Ann Vale, Staff Writer"]),
        ("<div class='article-author'>Ann Vale</div><div class='article-author'>Bo Ek</div>", ["Ann Vale", "Bo Ek"]),
        ("<span class='byline'>Paper</span><a rel='author'>Ann Vale</a>", ["Ann Vale"]),
        ("<span itemprop='author'><meta itemprop='name' content='Ann Vale'></span>", ["Ann Vale"]),
        ("<aside><p class='byline'>Bo Ek</p></aside>", []),
        ("<div class='comments'><span class='author'>Bo Ek</span></div>", []),
        ("<article><footer><span class='author'>Ann Vale</span></footer></article>", ["Ann Vale"]),
        ("<footer><span class='author'>The House</span></footer>", []),
        ("<p class='author-bio'>Ann Vale has sailed all seas.</p>", []),
    ],
)
def test_markup_shows_who_signs(body: str, says: list[str]) -> None:
    assert marked_authors(document_fromstring(f"<html><body>{body}</body></html>")) == says
