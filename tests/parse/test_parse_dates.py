"""Dates: what is written is read, what is not written is not made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.parse.dates import FIRST_YEAR, LAST_YEAR, UNSET, parse_date

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1901, 1, 2), datetime(2099, 12, 30), timezones=OFFSETS)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("Tue, 10 Jun 2025 15:07:00 GMT", "2025-06-10T15:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 +0200", "2025-06-10T13:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 EDT", "2025-06-10T19:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 EST", "2025-06-10T20:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 CEST", "2025-06-10T13:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 IST", "2025-06-10T09:37:00"),
        ("Fri, 10 Jun 2025 15:07:00 Z", "2025-06-10T15:07:00"),
        ("10 June 2025 15:07", "2025-06-10T15:07:00"),
        ("10 Jun 25 15:07:00 -0000", "2025-06-10T15:07:00"),
        ("Tuesday, 10-Jun-25 15:07:00 UTC", "2025-06-10T15:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 +0200 (CEST)", "2025-06-10T13:07:00"),
        ("Tue, 10 Jun 2025 15:07:00 XQT", "2025-06-10T15:07:00"),
        ("  Tue,\n 10 Jun 2025\t15:07:00 GMT ", "2025-06-10T15:07:00"),
        ("Tue Jun 10 15:07:00 2025", "2025-06-10T15:07:00"),
        ("Tue Jun 10 15:07:00 EDT 2025", "2025-06-10T19:07:00"),
        ("Tue Jun 10 2025 15:07:00 GMT+0200 (Central European Summer Time)", "2025-06-10T13:07:00"),
        ("June 10, 2025 3:07 PM", "2025-06-10T15:07:00"),
        ("Jun. 10, 2025, 12:07 a.m. EDT", "2025-06-10T04:07:00"),
        ("2025-06-10T15:07:00Z", "2025-06-10T15:07:00"),
        ("2025-06-10T15:07:00.123456789+02:00", "2025-06-10T13:07:00.123456"),
        ("2025-06-10T15:07:00+0200", "2025-06-10T13:07:00"),
        ("2025-06-10T15:07+02", "2025-06-10T13:07:00"),
        ("2025-06-10 15:07:00 GMT+00:00", "2025-06-10T15:07:00"),
        ("2025-06-10", "2025-06-10T00:00:00"),
        ("20250610T150700+1100", "2025-06-10T04:07:00"),
        ("20250610150700", "2025-06-10T15:07:00"),
        ("2025/06/10 15:07", "2025-06-10T15:07:00"),
        ("10.06.2025 15:07", "2025-06-10T15:07:00"),
        ("2025-06-10T24:00:00Z", "2025-06-11T00:00:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00"),
    ],
)
def test_a_time_is_read_in_utc(raw: str, utc: str) -> None:
    assert parse_date(raw) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "now",
        "yesterday",
        "2025",
        "2025-06",
        "06/10/2025",
        "31 Feb 2025 10:00:00 GMT",
        "2025-13-01",
        "2025-06-10T25:00:00Z",
        "2025-06-10T24:00:01Z",
        "2025-06-10T10:61:00Z",
        "2025-06-10T10:00:61Z",
        "2025-06-10T10:00:00+25:00",
        "Tue, 10 Juni 2025 15:07:00 GMT",
        "June 10, 2025 13:07 PM",
        "1749560820",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2025-06-10T15:07:00Z and more",
    ],
)
def test_what_is_no_time_is_unknown(raw: str) -> None:
    assert parse_date(raw) is None


@given(TIMES)
def test_what_the_standard_library_writes_comes_back(time: datetime) -> None:
    if time.replace(microsecond=0) == UNSET:
        return
    assert parse_date(time.isoformat()) == time
    assert parse_date(time.isoformat(sep=" ").replace("-", "/", 2)) == time
    assert parse_date(time.strftime("%Y%m%dT%H%M%S%z")) == time.replace(microsecond=0)
    assert parse_date(format_datetime(time)) == time.replace(microsecond=0)


@given(st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} \d+ \d+:\d+(:\d+)? [-+A-Z\d]{1,6}"))
@example("١٠ Jun 2025 10:00:00")
@example("2025-06-10T10:00:00 (" * 1000)
def test_any_text_gives_an_aware_time_or_none(text: str) -> None:
    time = parse_date(text)
    if time is not None:
        assert time.utcoffset() == timedelta(0)
        assert FIRST_YEAR <= time.year <= LAST_YEAR
