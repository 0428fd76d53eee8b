"""Times as feeds write them.

Our own rules, because feedparser's parser invents dates ("2025/06/10 15:07" becomes November): a form that is not
listed here is not read.

| form | example |
|---|---|
| RFC 822/2822/5322, any weekday | Tue, 10 Jun 2025 15:07:00 EDT |
| RFC 3339, ISO 8601 (calendar dates, also compact) | 2025-06-10T15:07:00.5+02:00, 20250610T150700Z |
| the same with slashes or dots | 2025/06/10 15:07 |
| day first with dots | 10.06.2025 15:07 |
| C's asctime, JavaScript, US | Tue Jun 10 15:07:00 UTC 2025, June 10, 2025 3:07 PM |

Not read, because it would be a guess: 06/10/2025 (which is the month?), a year or month without a day, "yesterday".
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

# Hours from UTC. Names with two meanings take the one RFC 5322 gives (CST, EST), else the one seen in feeds
# (IST is India's, BST is British Summer Time).
ZONE_HOURS: dict[str, float] = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET"), 0),
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
    **{
        "AST": -4,
        "ADT": -3,
        "NST": -3.5,
        "NDT": -2.5,
        "AKST": -9,
        "AKDT": -8,
        "HST": -10,
        "BRT": -3,
        "ART": -3,
    },
    **{
        "WEST": 1,
        "BST": 1,
        "CET": 1,
        "MEZ": 1,
        "CEST": 2,
        "MESZ": 2,
        "EET": 2,
        "EEST": 3,
        "MSK": 3,
        "TRT": 3,
    },
    **{
        "WAT": 1,
        "CAT": 2,
        "SAST": 2,
        "EAT": 3,
        "IDT": 3,
        "IRST": 3.5,
        "GST": 4,
        "AFT": 4.5,
        "PKT": 5,
        "IST": 5.5,
    },
    **{
        "NPT": 5.75,
        "BDT": 6,
        "MMT": 6.5,
        "ICT": 7,
        "WIB": 7,
        "SGT": 8,
        "HKT": 8,
        "PHT": 8,
        "AWST": 8,
        "JST": 9,
    },
    **{"KST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
}
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTHS = {name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)}
FIRST_YEAR, LAST_YEAR = 1900, 2100
UNSET = datetime(1970, 1, 1, tzinfo=UTC)  # what software writes when it knows no date

_TIME = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
)
_ZONE = r"\s*(?P<zone>\(?[A-Za-z]{1,5}\)?|(?:UTC?|GMT)?\s?[+\-−]\d{1,2}:?(?:\d{2})?)?(?:\s*\([^()]*\))?"
_WEEKDAY = r"(?:[^\W\d_]+\.?,?\s+)?"
_MONTH = r"(?P<monthname>[A-Za-z]{3,9})\.?"
_CLOCK = rf"(?:(?:,|\s|\bat\b)+{_TIME}{_ZONE})?"
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?:(?:T|,?\s+){_TIME}{_ZONE})?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        rf"(?:T?(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?:(?P<second>\d{{2}})(?:[.,](?P<fraction>\d+))?)?{_ZONE})?",
        rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}){_CLOCK}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:[\s-]|\b\.\s?){_MONTH}[\s-](?P<year>\d{{4}}|\d{{2}}){_CLOCK}",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}){_CLOCK}",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_TIME}(?:\s+(?P<zone>[A-Za-z]{{1,5}}|[+-]\d{{4}}))?\s+(?P<year>\d{{4}})",
    )
)
_OFFSET = re.compile(r"(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?$")


def parse_date(raw: str) -> datetime | None:
    """The time that `raw` states, in UTC; None when it states none that can be read, and never "now".

    Without an offset, and with a zone name that is not known (RFC 5322, 4.3), UTC is assumed; a date alone is its
    midnight. A weekday that does not fit is ignored. Years outside 1900–2100 and the exact Unix epoch are fillers.

    >>> parse_date("Tue, 10 Jun 2025 15:07:00 EDT").isoformat()
    '2025-06-10T19:07:00+00:00'
    """
    text = " ".join(raw[:100].split())
    for form in FORMS:
        if match := form.fullmatch(text):
            return _time(match.groupdict())
    return None


def _time(parts: dict[str, str | None]) -> datetime | None:
    """The time of a form's named parts, None when there is no such time."""
    try:
        midnight = datetime(_year(parts["year"] or ""), _month(parts), int(parts["day"] or 0), tzinfo=UTC)
        result = midnight + _clock(parts) - _offset(parts.get("zone") or "")
    except (ValueError, OverflowError):
        return None
    return result if FIRST_YEAR <= result.year <= LAST_YEAR and result != UNSET else None


def _year(text: str) -> int:
    """Two digits are 2000 to 2049 or 1950 to 1999 (RFC 5322, 4.3)."""
    return int(text) + (0 if len(text) > 2 else 2000 if int(text) < 50 else 1900)


def _month(parts: dict[str, str | None]) -> int:
    """1 to 12; ValueError for a name that is no English month's."""
    if name := parts.get("monthname"):
        number = MONTHS.get(name[:3].lower())
        if number is None or not MONTH_NAMES[number - 1].startswith(name.lower().replace("sept", "sep")):
            raise ValueError(name)
        return number
    return int(parts["month"] or 0)


def _clock(parts: dict[str, str | None]) -> timedelta:
    """Time since midnight; 24:00 (ISO 8601) and second 60 (RFC 3339) are legal, and mean the next one."""
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if half := parts.get("half"):
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half in "pP" else 0)
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and minute + second > 0):
        raise ValueError(hour, minute, second)
    microsecond = int((parts.get("fraction") or "")[:6].ljust(6, "0"))
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=microsecond)


def _offset(zone: str) -> timedelta:
    """How far the zone's clocks are ahead of UTC; ValueError where none can be."""
    if match := _OFFSET.search(zone):
        hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
        if hours > 14 or minutes > 59:
            raise ValueError(zone)
        return timedelta(hours=hours, minutes=minutes) * (1 if match["sign"] == "+" else -1)
    return timedelta(hours=ZONE_HOURS.get(zone.strip("() ").upper(), 0))
