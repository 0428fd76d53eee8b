"""What the wire puts around a headline goes to columns; the headline keeps its words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.wire.headline import Headline, Mark, marks, read_headline, table

UPDATE, AGENCY = table()["update"], table()["agency"]
SPARES = [*UPDATE["spares"], *AGENCY["spares"], *(title for mark in marks() for title in mark.spares)]


def name(value: object) -> str | None:
    return value.id if isinstance(value, Mark) else None


@pytest.mark.parametrize(("title", "update", "found", "rest"), UPDATE["takes"])
def test_the_number_of_an_update_is_read(title: str, update: int, found: list[str], rest: str) -> None:
    assert read_headline(title) == Headline(title=rest, update=update, marks=tuple(found))


@pytest.mark.parametrize(("mark", "taken"), [(mark, taken) for mark in marks() for taken in mark.takes], ids=name)
def test_each_mark_leaves_the_headline(mark: Mark, taken: tuple[str, str]) -> None:
    title, rest = taken
    assert read_headline(title) == Headline(title=rest, marks=(mark.id,))


@pytest.mark.parametrize(("title", "agency", "rest"), AGENCY["takes"])
def test_an_agency_before_the_headline_leaves_it(title: str, agency: str, rest: str) -> None:
    assert read_headline(title) == Headline(title=rest, agency=agency)


@pytest.mark.parametrize("title", SPARES)
def test_words_that_are_part_of_the_sense_stay(title: str) -> None:
    assert read_headline(title) == Headline(title=title)


@pytest.mark.parametrize("mark", marks(), ids=name)
def test_each_mark_has_examples_on_both_sides(mark: Mark) -> None:
    assert mark.takes
    assert mark.spares


def test_several_marks_are_read_one_after_the_other() -> None:
    read = read_headline("RPT-CORRECTED-UPDATE 2-EXCLUSIVE-Rebels take the port")
    assert read == Headline(title="Rebels take the port", update=2, marks=("REPEATED", "CORRECTED", "EXCLUSIVE"))


@pytest.mark.parametrize("title", ["URGENT", "UPDATE 2-", "Watch:", "BREAKING: Fire", ""])
def test_a_headline_never_loses_all_its_words(title: str) -> None:
    assert read_headline(title).title == title


LABELS = st.sampled_from(
    ["UPDATE 2-", "URGENT: ", "(LEAD) ", "[속보] ", "AFP: ", "CORRECTED-", " (2nd LD)", "Watch: ", "- ", ": "]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(LABELS, st.sampled_from(SPARES), st.text(max_size=8)), max_size=6).map("".join))
def test_a_headline_that_was_read_has_nothing_more_to_read(title: str) -> None:
    once = read_headline(title).title
    assert read_headline(once).title == once
