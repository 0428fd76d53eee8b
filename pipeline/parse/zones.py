"""Time zones as dates name them: by offset, by abbreviation (zones.toml), by place (IANA)."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

_OFFSET = re.compile(r"(?:UTC?|GMT)?\s?(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", re.IGNORECASE)
MOST_HOURS = 14  # Kiribati's +14:00 is the largest offset of any place


def zone_of(written: str) -> tzinfo | None:
    """The zone that a date's last word names; None for a word that names none, ValueError for an offset of no place.

    Single letters are military zones, which writers got the wrong way round: all mean UTC (RFC 5322, 4.3), but for J,
    which is none, and for the h of "15:07 h", which is an hour.

    >>> str(zone_of("+0530")), zone_of("XQT")
    ('UTC+05:30', None)
    """
    name = written.strip("()[] ")
    if match := _OFFSET.fullmatch(name):
        hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
        if hours > MOST_HOURS or minutes > 59:
            raise ValueError(written)
        return timezone(timedelta(hours=hours, minutes=minutes) * (1 if match["sign"] == "+" else -1))
    if "/" in name:
        return place_zone(name)
    if len(name) == 1 and name.isascii() and name.isalpha():
        return None if name in "jJhH" else UTC
    return named_zones().get(name.upper())


def place_zone(name: str) -> ZoneInfo | None:
    """The zone of the IANA database, whatever the case of its name; None for none."""
    known = _places().get(name.strip().lower())
    return ZoneInfo(known) if known else None


@cache
def named_zones() -> dict[str, tzinfo]:
    """zones.toml by name in upper case."""
    table = tomllib.loads(files("pipeline.parse").joinpath("zones.toml").read_text(encoding="utf-8"))
    zones: dict[str, tzinfo] = {name: timezone(timedelta(hours=hours)) for name, hours in table["hours"].items()}
    return zones | {name: ZoneInfo(place) for name, place in table["places"].items()}


@cache
def _places() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}
