"""Readings of the headers that ask for a wait."""

from __future__ import annotations

import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fetch.hints import LONGEST_HINT_SECONDS, cache_seconds, longest_hint, retry_after_seconds
from pipeline.records import Response

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NOON, LATER = "Sun, 22 Nov 2026 12:00:00 GMT", "Sun, 22 Nov 2026 12:30:00 GMT"


def response(*headers: tuple[str, str]) -> Response:
    return Response(
        url="https://wire.example/feed",
        final_url="https://wire.example/feed",
        status=200,
        headers=headers,
        body=b"",
        fetched_at=NOW,
        elapsed_ms=1,
    )


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "max-age=600"}, 600),
        ({"cache-control": "Public, MAX-AGE=600"}, 600),
        ({"Cache-Control": 'max-age="600"'}, 600),  # a quoted form that caches are asked to accept (RFC 9111, 5.2)
        ({"Cache-Control": "max-age = 600"}, 600),
        ({"Cache-Control": "max-age=600", "Age": "200"}, 400),
        ({"Cache-Control": "max-age=600", "Age": "600"}, None),
        ({"Cache-Control": "max-age=600", "Age": "soon"}, 600),
        ({"Cache-Control": "max-age=0, must-revalidate"}, None),
        ({"Cache-Control": "max-age=600, must-revalidate"}, 600),
        ({"Cache-Control": "no-cache, max-age=600"}, None),
        ({"Cache-Control": "no-store", "Expires": LATER}, None),
        ({"Cache-Control": 'private="set-cookie, no-cache", max-age=60'}, 60),  # a comma in quotes parts nothing
        ({"Cache-Control": "s-maxage=600"}, None),  # speaks to shared caches
        ({"Cache-Control": "max-age=-1"}, None),
        ({"Cache-Control": "max-age=1.5"}, None),
        ({"Cache-Control": "max-age"}, None),
        ({"Cache-Control": "max-age=31536000"}, None),  # a year
        ({"Cache-Control": "max-age=" + "9" * 4000}, None),
        ({"Cache-Control": "max-age=x", "Expires": LATER}, None),  # max-age outdoes Expires, also where it says nothing
        ({"Expires": LATER, "Date": NOON}, 1800),
        ({"Expires": LATER, "Date": "Sun, 22 Nov 2026 12:10:00 GMT"}, 1200),  # by the server's own clock
        ({"Expires": LATER}, 1800),
        ({"Expires": LATER, "Date": NOON, "Age": "600"}, 1200),
        ({"Expires": NOON, "Date": LATER}, None),
        ({"Expires": "0"}, None),
        ({"Expires": "-1"}, None),
        ({"Expires": "Thu, 22 Nov 2029 12:00:00 GMT", "Date": NOON}, None),
        ({}, None),
    ],
)
def test_how_long_an_answer_stays_fresh(headers: dict[str, str], seconds: float | None) -> None:
    assert cache_seconds(response(*headers.items()), NOW) == seconds


def test_directives_may_stand_in_several_headers() -> None:
    assert cache_seconds(response(("Cache-Control", "public"), ("cache-control", "max-age=60")), NOW) == 60


@given(st.lists(st.tuples(st.sampled_from(["Cache-Control", "Expires", "Date", "Age"]), st.text(string.printable))))
def test_no_header_breaks_the_reading(headers: list[tuple[str, str]]) -> None:
    seconds = cache_seconds(response(*headers), NOW)
    assert seconds is None or 0 < seconds <= LONGEST_HINT_SECONDS


def test_a_hostile_header_is_read_in_no_time() -> None:
    assert cache_seconds(response(("Cache-Control", 'a="' * 100_000)), NOW) is None
    assert cache_seconds(response(("Cache-Control", "a " * 100_000)), NOW) is None


@pytest.mark.parametrize(
    ("hints", "longest"),
    [
        ((), None),
        ((None, None), None),
        ((None, 60.0), 60.0),
        ((60.0, 3600.0, None), 3600.0),
        ((0.0, -5.0), None),
        ((float("nan"), float("inf"), 5.0), 5.0),
    ],
)
def test_the_longest_of_several_hints(hints: tuple[float | None, ...], longest: float | None) -> None:
    assert longest_hint(*hints) == longest


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("9" * 5000, 86_400),
        ("Sun, 22 Nov 2026 12:10:00 GMT", 600),
        ("Sunday, 22-Nov-26 12:10:00 GMT", 600),  # RFC 850
        ("Sun Nov 22 12:10:00 2026", 600),  # asctime, which names no zone and means UTC
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Sun, 29 Nov 2026 12:00:00 GMT", 86_400),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("", None),
        (None, None),
        ("Sun, 32 Nov 2026 12:10:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOW) == seconds
