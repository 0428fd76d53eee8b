"""Datelines and agency tags leave the text for their columns."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.extract.cleaner import clean
from pipeline.extract.wire.dateline import Shape, shapes
from pipeline.extract.wire.days import dateline_day, months, weekdays
from pipeline.extract.wire.days import dates as day_rules
from pipeline.records import Removed

BEFORE = "Rain kept falling on the lower town, where nobody had slept since Friday."
AFTER = "By noon the water had reached the chapel steps and the last shop had closed."


def name(value: object) -> str | None:
    return value.id if isinstance(value, Shape) else None


@pytest.mark.parametrize(("shape", "taken"), [(s, t) for s in shapes() for t in s.takes], ids=name)
def test_the_dateline_moves_to_its_column(shape: Shape, taken: tuple[str, str, str, str]) -> None:
    line, dateline, agency, rest = taken
    cleaned = clean(f"{line}\n{AFTER}")
    assert (cleaned.dateline or "", cleaned.agency or "", cleaned.text) == (dateline, agency, f"{rest}\n{AFTER}")


@pytest.mark.parametrize(("shape", "line"), [(s, line) for s in shapes() for line in s.spares], ids=name)
def test_what_only_looks_like_a_dateline_stays(shape: Shape, line: str) -> None:
    cleaned = clean(f"{line}\n{AFTER}")
    assert (cleaned.dateline, cleaned.agency, cleaned.text) == (None, None, f"{line}\n{AFTER}")


@pytest.mark.parametrize("shape", shapes(), ids=name)
def test_each_shape_has_examples_on_both_sides(shape: Shape) -> None:
    assert shape.takes
    assert shape.spares


def test_an_unmistakable_dateline_may_follow_a_standfirst() -> None:
    cleaned = clean(f"{AFTER}\nAVDARA, Nov 23 (Harbourwire) - {BEFORE}")
    assert (cleaned.dateline, cleaned.agency, cleaned.text) == ("AVDARA", "Harbourwire", f"{AFTER}\n{BEFORE}")


def test_a_bracket_without_date_is_no_dateline_further_down() -> None:
    text = f"{AFTER}\nAVDARA (Harbourwire) - {BEFORE}"
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("end", "agency", "rest"),
    [
        ("The road is shut. (AFP)", "AFP", "The road is shut."),
        ("The road is shut. – AFP/Reuters", "AFP", "The road is shut."),
        ("The road is shut.\nPTI", "PTI", "The road is shut."),
        ("The road is shut (to all)", None, "The road is shut (to all)"),
        ("He works for the (pa) office.", None, "He works for the (pa) office."),
    ],
)
def test_an_agency_tag_at_the_end_moves_to_its_column(end: str, agency: str | None, rest: str) -> None:
    cleaned = clean(f"{BEFORE}\n{end}")
    assert (cleaned.agency, cleaned.text) == (agency, f"{BEFORE}\n{rest}")


def test_an_agency_unknown_but_from_its_dateline_may_tag_the_end() -> None:
    cleaned = clean(f"AVDARA, Nov 23 (Harbourwire) - {BEFORE}\n{AFTER} (Harbourwire)")
    assert (cleaned.agency, cleaned.text) == ("Harbourwire", f"{BEFORE}\n{AFTER}")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("AVDARA, Nov 23 (Harbourwire) - " + BEFORE, "Nov 23"),
        ("Madrid, 23 nov (EFE).- " + BEFORE, "23 nov"),
        ("(ANSA) - ROME, NOV 23 - " + BEFORE, "NOV 23"),
        ("Monday, Nov 23 (Reuters) - " + BEFORE, "Monday, Nov 23"),
        ("АВДАРА, 23 ноября (Гавань) – " + BEFORE, "23 ноября"),
        ("BEIRUT — " + BEFORE, None),
    ],
)
def test_the_date_of_a_dateline_is_kept_as_written(line: str, date: str | None) -> None:
    cleaned = clean(f"{line}\n{AFTER}")
    assert (cleaned.text, cleaned.dateline_date) == (f"{BEFORE}\n{AFTER}", date)


@pytest.mark.parametrize(
    ("line", "dateline", "agency", "later"),
    [
        (f"GENEVA: Paris: {BEFORE}", "GENEVA", None, "Paris:"),
        (f"NEW YORK (Reuters) - GENEVA - {BEFORE}", "NEW YORK", "Reuters", "GENEVA -"),
        (
            f"AVDARA, Nov 23 (Harbourwire) - PARIS, Nov 24 (AFP) - {BEFORE}",
            "AVDARA",
            "Harbourwire",
            "PARIS, Nov 24 (AFP) -",
        ),
    ],
)
def test_a_second_dateline_is_kept_among_what_was_removed(
    line: str, dateline: str, agency: str | None, later: str
) -> None:
    cleaned = clean(f"{line}\n{AFTER}")
    assert (cleaned.text, cleaned.dateline, cleaned.agency) == (f"{BEFORE}\n{AFTER}", dateline, agency)
    assert cleaned.removed == (Removed(later, "dateline"),)


def test_a_dateline_in_two_parts_is_one() -> None:
    cleaned = clean(f"(ANSA) - ROMA, 23 NOV - {BEFORE}\n{AFTER}")
    assert (cleaned.dateline, cleaned.dateline_date, cleaned.agency) == ("ROMA", "23 NOV", "ANSA")
    assert cleaned.removed == ()


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("新华社北京11月23日电（记者安薇、柏克）军队星期一进入该城。", ("安薇", "柏克")),
        ("(서울=연합뉴스) 안베일 기자 = 군이 도시에 들어왔다.", ("안베일",)),
    ],
)
def test_who_signs_in_a_dateline_joins_the_byline(line: str, byline: tuple[str, ...]) -> None:
    assert clean(line).byline == byline


def at_nine(day: str) -> datetime | None:
    return datetime.fromisoformat(f"{day}T09:00+00:00") if day else None


@pytest.mark.parametrize(("written", "published", "day"), day_rules()["takes"])
def test_the_year_of_a_dateline_is_the_nearest_to_publication(written: str, published: str, day: str) -> None:
    assert str(dateline_day(written, at_nine(published))) == day


@pytest.mark.parametrize(("written", "published"), day_rules()["spares"])
def test_a_day_that_nothing_tells_stays_unknown(written: str, published: str) -> None:
    assert dateline_day(written, at_nine(published)) is None


@pytest.mark.parametrize(("month", "number"), months().items())
def test_each_month_is_read_in_a_dateline(month: str, number: int) -> None:
    day = dateline_day(f"5 {month}", datetime(2026, number, 9, tzinfo=UTC))
    assert day is not None
    assert (day.year, day.month, day.day) == (2026, number, 5)


@pytest.mark.parametrize(("weekday", "number"), weekdays().items())
def test_each_weekday_is_the_last_one_before_publication(weekday: str, number: int) -> None:
    published = datetime(2026, 11, 25, tzinfo=UTC)
    day = dateline_day(weekday, published)
    assert day is not None
    assert day.weekday() == number
    assert 0 <= (published.date() - day).days < 7
