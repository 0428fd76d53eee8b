"""Days that date expressions mean. Publication is Saturday, 25 November 2017."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tag.dates.find import find_dates
from pipeline.tag.dates.when import RULES, read_date
from pipeline.tag.models.spacy_model import load_model

PUBLISHED = date(2017, 11, 25)


def resolve_date(text: str, published: date | None) -> tuple[date, date] | None:
    found = read_date(text, published)
    return (found.first, found.last) if found else None


def november(first: int, last: int | None = None) -> tuple[date, date]:
    return date(2017, 11, first), date(2017, 11, last or first)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Thursday", november(23)),
        ("Saturday", november(25)),
        ("early on Friday", november(24)),
        ("Wednesday night", november(22)),
        ("last Friday", november(24)),
        ("last Saturday", november(18)),
        ("next Monday", november(27)),
        ("this Sunday", november(26)),
        ("Monday last week", november(13)),
        ("today", november(25)),
        ("Tonight", november(25)),
        ("yesterday", november(24)),
        ("late yesterday", november(24)),
        ("tomorrow", november(26)),
        ("overnight", november(24, 25)),
        ("November 23", november(23)),
        ("Thursday, Nov. 23", november(23)),
        ("23 Nov 2017", november(23)),
        ("2017-11-23", november(23)),
        ("the 3rd of November", november(3)),
        ("November 20-23", november(20, 23)),
        ("January 4", (date(2018, 1, 4), date(2018, 1, 4))),
        ("May 4, 1999", (date(1999, 5, 4), date(1999, 5, 4))),
        ("in 2014", (date(2014, 1, 1), date(2014, 12, 31))),
        ("early 2014", (date(2014, 1, 1), date(2014, 4, 30))),
        ("the 1990s", (date(1990, 1, 1), date(1999, 12, 31))),
        ("October", (date(2017, 10, 1), date(2017, 10, 31))),
        ("December", (date(2016, 12, 1), date(2016, 12, 31))),
        ("February 2016", (date(2016, 2, 1), date(2016, 2, 29))),
        ("late October", (date(2017, 10, 21), date(2017, 10, 31))),
        ("mid-November", november(11, 20)),
        ("this week", november(20, 26)),
        ("last week", november(13, 19)),
        ("this month", november(1, 30)),
        ("last month", (date(2017, 10, 1), date(2017, 10, 31))),
        ("earlier this month", november(1, 25)),
        ("later this month", november(25, 30)),
        ("last year", (date(2016, 1, 1), date(2016, 12, 31))),
        ("two days ago", november(23)),
        ("a week ago", november(13, 19)),
        ("three years ago", (date(2014, 1, 1), date(2014, 12, 31))),
        ("the past two weeks", november(12, 25)),
        ("weekend", november(25, 26)),
        ("last weekend", november(18, 19)),
    ],
)
def test_an_expression_means_these_days(text: str, days: tuple[date, date]) -> None:
    assert resolve_date(text, PUBLISHED) == days


@pytest.mark.parametrize(
    "text", ["since Thursday", "recently", "daily", "three hours", "February 30", "that day", "9999 years ago", ""]
)
def test_what_cannot_be_told_is_unknown(text: str) -> None:
    assert resolve_date(text, PUBLISHED) is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
def test_every_rule_reads_its_own_example(rule: object) -> None:
    assert resolve_date(rule.example, PUBLISHED) is not None  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["Thursday", "today", "last month", "November 23", "two days ago", "weekend", "May"])
def test_without_publication_nothing_relative_is_known(text: str) -> None:
    assert resolve_date(text, None) is None


def test_whole_dates_need_no_publication() -> None:
    assert resolve_date("23 November 2017", None) == november(23)


@given(st.sampled_from([rule.example for rule in RULES]), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_spans_run_forwards(example: str, published: date) -> None:
    days = resolve_date(example, published)
    assert days is None or days[0] <= days[1]


@given(st.text(max_size=30), st.dates())
def test_no_text_breaks_it(text: str, published: date) -> None:
    resolve_date(text, published)


def test_dates_of_a_text_are_found_with_their_days() -> None:
    doc = load_model()("The governor resigned on Thursday. He had been in office since Monday.")
    thursday, monday = find_dates(doc, PUBLISHED)
    assert (thursday.text, thursday.date_start) == ("Thursday", date(2017, 11, 23))
    assert doc.text[thursday.start : thursday.end] == "Thursday"
    assert (monday.text, monday.date_start, monday.date_end) == ("Monday", date(2017, 11, 20), None)
