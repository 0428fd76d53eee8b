"""What `dateline brief` is asked for: since when, and which countries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.errors import ConfigError
from warehouse.brief import country_names

SPAN = re.compile(r"([1-9]\d{0,4})([hd])")
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1)}


def since_when(given: str) -> date | timedelta:
    """A day, or hours or days before the last report; ConfigError when it is neither.

    >>> since_when("24h"), since_when("2026-11-20")
    (datetime.timedelta(days=1), datetime.date(2026, 11, 20))
    """
    if span := SPAN.fullmatch(given):
        return int(span[1]) * UNITS[span[2]]
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        wrong = f"{given!r} is neither a span of time nor a day"
        raise ConfigError("--since", wrong, "write 24h or 7d (before the last report), or 2026-11-20") from error


def known_countries(given: Sequence[str]) -> tuple[str, ...]:
    """The countries in capitals, each once; ConfigError where one is none."""
    codes = tuple(dict.fromkeys(code.upper() for code in given))
    for code in codes:
        if code not in country_names():
            raise ConfigError("--country", f"{code!r} is no country", "an ISO 3166 code of three letters: IRQ")
    return codes
