"""Dates: what is written is read, what is not written is not made up."""

from __future__ import annotations

import re
import time
import tomllib
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from babel import Locale  # a dependency of courlan
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.parse.dates import FIRST_YEAR, FORMS, LAST_YEAR, parse_date, read_time
from pipeline.parse.months import ENGLISH, fold, month_number, months, words
from pipeline.parse.zones import named_zones, place_zone, zone_of

WORDS = tomllib.loads(files("pipeline.parse").joinpath("months.toml").read_text(encoding="utf-8"))
ZONES_TEXT = files("pipeline.parse").joinpath("zones.toml").read_text(encoding="utf-8")
LANGUAGES = WORDS["months"]
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30), timezones=OFFSETS)  # noqa: DTZ001


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Tue, 10 Jun 2025 15:07:00 GMT", "2025-06-10T15:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 +0200", "2025-06-10T13:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 EDT", "2025-06-10T19:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 EST", "2025-06-10T20:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 CEST", "2025-06-10T13:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 IST", "2025-06-10T09:37:00"),
        ("Fri, 10 Jun 2025 15:07:00 Z", "2025-06-10T15:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 A", "2025-06-10T15:07:00"),
        ("10 June 2025 15:07", "2025-06-10T15:07:00"),
        ("10 Jun 25 15:07:00 -0000", "2025-06-10T15:07:00"),
        ("10 Jun 95 15:07:00 GMT", "1995-06-10T15:07:00"),
        ("Tuesday, 10-Jun-25 15:07:00 UTC", "2025-06-10T15:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 +0200 (CEST)", "2025-06-10T13:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 (CEST)", "2025-06-10T13:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 UTC+05:30", "2025-06-10T09:37:00"),
        ("Tue, 10 Jun 2025 15:07:00 XQT", "2025-06-10T15:07:00"),
        ("Tues., 10 Sept 2025 15:07", "2025-09-10T15:07:00"),
        ("  Tue,\n 10 Jun 2025\t15:07:00 GMT ", "2025-06-10T15:07:00"),
        ("Tue Jun 10 15:07:00 2025", "2025-06-10T15:07:00"),
        ("Tue Jun 10 15:07:00 EDT 2025", "2025-06-10T19:07:00"),
        ("Tue Jun 10 2025 15:07:00 GMT+0200 (Central European Summer Time)", "2025-06-10T13:07:00"),
        ("June 10, 2025 3:07 PM", "2025-06-10T15:07:00"),
        ("June 10, 2025 15:07 PM", "2025-06-10T15:07:00"),
        ("June 10, 2025 00:07 AM", "2025-06-10T00:07:00"),
        ("June 10th, 2025 at 3 PM ET", "2025-06-10T19:00:00"),
        ("January 10, 2025 3:07 PM ET", "2025-01-10T20:07:00"),
        ("Jun. 10, 2025, 12:07 a.m. EDT", "2025-06-10T04:07:00"),
        ("15:07, 10 June 2025", "2025-06-10T15:07:00"),
        ("2025-06-10T15:07:00Z", "2025-06-10T15:07:00"),
        ("2025-06-10T15:07:00.123456789+02:00", "2025-06-10T13:07:00.123456"),
        ("2025-06-10T15:07:00+0200", "2025-06-10T13:07:00"),
        ("2025-06-10T15:07+02", "2025-06-10T13:07:00"),
        ("2025-06-10 15:07:00 GMT+00:00", "2025-06-10T15:07:00"),
        ("2025-06-10 15:07:00.5 +0000 UTC", "2025-06-10T15:07:00.5"),
        ("2025-06-10T15:07:00+02:00[Europe/Berlin]", "2025-06-10T13:07:00"),
        ("2025-01-10T15:07:00[Europe/Berlin]", "2025-01-10T14:07:00"),
        ("2025-06-10", "2025-06-10T00:00:00"),
        ("2025-06-10+02:00", "2025-06-09T22:00:00"),
        ("20250610T150700+1100", "2025-06-10T04:07:00"),
        ("20250610150700", "2025-06-10T15:07:00"),
        ("2025-W24-2", "2025-06-10T00:00:00"),
        ("2025-W24-2T15:07:00+02:00", "2025-06-10T13:07:00"),
        ("2025W242T1507Z", "2025-06-10T15:07:00"),
        ("2026-W01-1", "2025-12-29T00:00:00"),
        ("2025-161", "2025-06-10T00:00:00"),
        ("2025-161T15:07Z", "2025-06-10T15:07:00"),
        ("2024-366", "2024-12-31T00:00:00"),
        ("2025161T1507Z", "2025-06-10T15:07:00"),
        ("2025/06/10 15:07", "2025-06-10T15:07:00"),
        ("2025/06/10 15:07:41", "2025-06-10T15:07:41"),
        ("2025.6.10 15:07", "2025-06-10T15:07:00"),
        ("10.06.2025 15:07", "2025-06-10T15:07:00"),
        ("10. 6. 2025, 15.07", "2025-06-10T15:07:00"),
        ("2025-06-10T24:00:00Z", "2025-06-11T00:00:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00"),
        ("1749568020", "2025-06-10T15:07:00"),
        ("1749568020.25", "2025-06-10T15:07:00"),
        ("1749568020123", "2025-06-10T15:07:00.123"),
        ("2025年6月10日 15時07分", "2025-06-10T15:07:00"),
        ("2025年06月10日（火）15時07分08秒", "2025-06-10T15:07:08"),
        ("２０２５年６月１０日　１５：０７", "2025-06-10T15:07:00"),
        ("2025年6月10日星期二 下午3:07", "2025-06-10T15:07:00"),
        ("2025年6月10日 上午3点", "2025-06-10T03:00:00"),
        ("2025. 6. 10. 오후 3:07", "2025-06-10T15:07:00"),
        ("2025년 6월 10일 화요일 오후 3시 7분", "2025-06-10T15:07:00"),
        ("١٠ يونيو ٢٠٢٥ ١٥:٠٧", "2025-06-10T15:07:00"),
        ("10 كانون الثاني/يناير 2025", "2025-01-10T00:00:00"),
        ("mar. 10 juin 2025 15:07", "2025-06-10T15:07:00"),
        ("1er juin 2025 à 9h", "2025-06-01T09:00:00"),
        ("Mi, 10 Mär 2025 15:07:00 +0100", "2025-03-10T14:07:00"),
        ("10 FEVRIER 2025", "2025-02-10T00:00:00"),
        ("SALI, 10 ŞUBAT 2025 15:07", "2025-02-10T15:07:00"),
        ("10 июня 2025 года, 15:07 MSK", "2025-06-10T12:07:00"),
    ],
)
def test_a_time_is_read_in_utc(raw: str, expected: str) -> None:
    assert parse_date(raw) == utc(expected)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "now",
        "yesterday",
        "2025",
        "2025-06",
        "June 2025",
        "06/10/2025",
        "31 Feb 2025 10:00:00 GMT",
        "2025-13-01",
        "2025-06-10T25:00:00Z",
        "2025-06-10T24:00:01Z",
        "2025-06-10T10:61:00Z",
        "2025-06-10T10:00:61Z",
        "2025-06-10T10:00:00+25:00",
        "June 10, 2025 13:07 AM",
        "June 10, 2025 0:07 PM",
        "10 Juin Juillet 2025",
        "2025-W54-1",
        "2025-W24-8",
        "2025-366",
        "2025-000",
        "174956802",
        "17495680201",
        "-1749568020",
        "0",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "0000000000",
        "1989-12-31T23:59:59Z",
        "1990-01-01T00:00:00+01:00",
        "2101-01-01",
        "9999-12-31T23:59:59Z",
        "9999-12-31T24:00:00-14:00",
        "9999999999999",
        "۲۰ خرداد ۱۴۰۴",  # the Persian calendar's year
        "10 มิถุนายน 2568",  # the Buddhist one
        "2025-06-10T15:07:00Z and more",
        "10 Jun 2025 " + "15:07 " * 100,
    ],
)
def test_what_is_no_time_is_unknown(raw: str) -> None:
    assert parse_date(raw) is None


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_example_of_every_language_is_read(language: str) -> None:
    read = read_time(LANGUAGES[language]["example"])
    assert read is not None
    assert read.clock == utc("2025-06-10T15:07:00")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_months_of_every_language_are_those_of_cldr(language: str) -> None:
    locale = Locale.parse({"no": "nb"}.get(language, language))
    for context in locale.months.values():
        for width in ("wide", "abbreviated"):
            for number, name in context.get(width, {}).items():
                assert parse_date(f"10 {name} 2025", language=language) == datetime(2025, number, 10, tzinfo=UTC), name


def test_a_name_of_two_meanings_needs_the_language() -> None:
    assert parse_date("10. listopada 2025") is None
    assert parse_date("10. listopada 2025", language="hr-HR") == utc("2025-10-10")
    assert parse_date("10 listopada 2025", language="pl") == utc("2025-11-10")


def test_no_language_contradicts_the_names_of_rfc_5322() -> None:
    for number, name in enumerate(ENGLISH, 1):
        for written in (name, name[:3]):
            assert month_number(written) in (number, None)
            assert set(months().get(written, {}).values()) <= {number}


def test_no_filler_is_a_month_or_a_zone() -> None:
    assert not words().keys() & months().keys()
    assert not {word.upper() for word in words()} & named_zones().keys()


def test_each_zone_stands_once_in_the_table() -> None:
    names = re.findall(r"^([A-Z]+) =", ZONES_TEXT, re.MULTILINE)
    assert len(names) == len(set(names)) == len(named_zones())


@pytest.mark.parametrize(
    ("name", "place", "month"),
    [
        ("EST", "America/New_York", 1), ("EDT", "America/New_York", 7), ("CST", "America/Chicago", 1),
        ("PDT", "America/Los_Angeles", 7), ("NDT", "America/St_Johns", 7), ("HST", "Pacific/Honolulu", 1),
        ("BRT", "America/Sao_Paulo", 1), ("ART", "America/Argentina/Buenos_Aires", 1), ("CLT", "America/Santiago", 7),
        ("WEST", "Europe/Lisbon", 7), ("BST", "Europe/London", 7), ("CET", "Europe/Paris", 1),
        ("MESZ", "Europe/Berlin", 7), ("EEST", "Europe/Kyiv", 7), ("MSK", "Europe/Moscow", 1),
        ("TRT", "Europe/Istanbul", 1), ("YEKT", "Asia/Yekaterinburg", 1), ("VLAT", "Asia/Vladivostok", 1),
        ("ALMT", "Asia/Almaty", 7), ("AMT", "Asia/Yerevan", 1), ("WAT", "Africa/Lagos", 1), ("CAT", "Africa/Harare", 1),
        ("SAST", "Africa/Johannesburg", 1), ("EAT", "Africa/Nairobi", 1), ("IDT", "Asia/Jerusalem", 7),
        ("IRST", "Asia/Tehran", 1), ("GST", "Asia/Dubai", 1), ("AFT", "Asia/Kabul", 1), ("PKT", "Asia/Karachi", 1),
        ("IST", "Asia/Kolkata", 1), ("NPT", "Asia/Kathmandu", 1), ("BDT", "Asia/Dhaka", 1), ("MMT", "Asia/Yangon", 1),
        ("WIB", "Asia/Jakarta", 1), ("WITA", "Asia/Makassar", 1), ("SGT", "Asia/Singapore", 1),
        ("HKT", "Asia/Hong_Kong", 1), ("PHT", "Asia/Manila", 1), ("JST", "Asia/Tokyo", 1), ("KST", "Asia/Seoul", 1),
        ("ACST", "Australia/Darwin", 1), ("AEDT", "Australia/Sydney", 1), ("NZDT", "Pacific/Auckland", 1),
    ],
)  # fmt: skip
def test_a_named_zone_has_the_offset_of_its_place(name: str, place: str, month: int) -> None:
    day = datetime(2025, month, 15, 12, tzinfo=UTC)
    zone = zone_of(name)
    assert zone is not None
    assert day.astimezone(zone).utcoffset() == day.astimezone(ZoneInfo(place)).utcoffset()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2025-06-10 15:07", "2025-06-10T13:07:00"),
        ("2025-01-10 15:07", "2025-01-10T14:07:00"),
        ("2025-03-30 01:59", "2025-03-30T00:59:00"),
        ("2025-03-30 03:00", "2025-03-30T01:00:00"),
        ("2025-06-10", "2025-06-09T22:00:00"),
        ("Tue, 10 Jun 2025 15:07:00 XQT", "2025-06-10T13:07:00"),
        ("10.06.2025 15:07 h", "2025-06-10T13:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 GMT", "2025-06-10T15:07:00"),
        ("1749568020", "2025-06-10T15:07:00"),
    ],
)
def test_a_time_without_zone_is_in_the_zone_that_is_given_summer_and_winter(raw: str, expected: str) -> None:
    assert parse_date(raw, ZoneInfo("Europe/Berlin")) == utc(expected)


def test_places_are_known_whatever_their_case() -> None:
    assert place_zone("europe/BERLIN") == ZoneInfo("Europe/Berlin")
    assert place_zone("../etc/passwd") is None


@given(TIMES)
def test_what_the_standard_library_writes_comes_back(time: datetime) -> None:
    assert parse_date(time.isoformat()) == time
    assert parse_date(time.isoformat(sep=" ").replace("-", "/", 2)) == time
    assert parse_date(time.strftime("%Y%m%dT%H%M%S%z")) == time.replace(microsecond=0)
    assert parse_date(time.strftime("%G-W%V-%uT%H:%M:%S%z")) == time.replace(microsecond=0)
    assert parse_date(time.strftime("%Y-%jT%H:%M:%S%z")) == time.replace(microsecond=0)
    assert parse_date(format_datetime(time)) == time.replace(microsecond=0)


@given(TIMES, st.sampled_from("٠۰०０"))
def test_digits_of_any_script_are_digits(time: datetime, zero: str) -> None:
    written = "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in time.isoformat())
    assert parse_date(written) == time


PIECES = st.sampled_from(
    [
        *"0123456789:./-+ ,()[]TZ年月日時",
        " ",
        "2025",
        "10",
        "Jun",
        "juin",
        "15:07",
        "am",
        "下午",
        "GMT",
        "de",
        "Tue, ",
        "a",
    ]
)


@given(
    st.text()
    | st.lists(PIECES, max_size=40).map("".join)
    | st.from_regex(r"[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} \d+ \d+:\d+(:\d+)? [-+A-Z\d]{1,6}")
)
@example("١٠ Jun 2025 10:00:00")
@example("2025-06-10T10:00:00 (" * 1000)
def test_any_text_gives_an_aware_time_or_none(text: str) -> None:
    time = parse_date(text)
    if time is not None:
        assert time.utcoffset() == timedelta(0)
        assert FIRST_YEAR <= time.year <= LAST_YEAR


@pytest.mark.parametrize("piece", ["a ", "a", "1 ", "1", "10 jun 2025 ", "年", "ﷺ", "(", "[", " ", "é", "-", ",", "h "])
def test_no_text_costs_much_time(piece: str) -> None:
    started = time.process_time()
    for text in (piece * 5000, "10 June 2025 " + piece * 40, piece * 40 + " 2025"):
        parse_date(text)
    assert time.process_time() - started < 0.2


def test_folded_words_are_equal_however_they_are_written() -> None:
    assert fold("MÄRZ") == fold("märz") == fold("marz")
    assert fold("İYUN") == fold("iyun") == "iyun"
    assert len({form.pattern for form in FORMS}) == len(FORMS)
