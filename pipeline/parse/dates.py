"""Times as feeds write them.

Our own rules, because feedparser's parser invents dates ("2025/06/10 15:07" becomes November): a form that is not
listed here is not read.

| form | example |
|---|---|
| RFC 822/2822/5322, any weekday | Tue, 10 Jun 2025 15:07:00 EDT |
| RFC 3339, ISO 8601 (calendar dates, also compact) | 2025-06-10T15:07:00.5+02:00, 20250610T150700Z |
| ISO 8601, weeks and days of the year | 2025-W24-2T15:07Z, 2025-161 |
| the same with slashes or dots | 2025/06/10 15:07:41, 2025. 6. 10. 15:07 |
| day first with dots | 10.06.2025 15:07 |
| C's asctime, JavaScript, US | Tue Jun 10 15:07:00 UTC 2025, June 10, 2025 3:07 PM |
| seconds and milliseconds since 1970 | 1749568020, 1749568020000 |
| other languages (months.toml) | 10 de junio de 2025, 15:07; 2025年6月10日 15時07分 |

Digits may be of any script. Not read, because it would be a guess: 06/10/2025 (which is the month?), a year or month
without a day, years of other calendars, "yesterday".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from pipeline.parse.months import ENGLISH, fold, in_english
from pipeline.parse.zones import zone_of

# No feed is older than the web; what lies outside is a filler (1970-01-01, 0001-01-01, 9999-12-31) or a wrong unit.
FIRST_YEAR, LAST_YEAR = 1990, 2100
MONTHS = {name[:3]: number for number, name in enumerate(ENGLISH, 1)}
LONGEST = 100  # characters; the longest seen in feeds are below 70

_SMALL = r"(?:[.,](?P<fraction>\d+))?"
_TIME = (
    r"(?P<hour>\d{1,2})"
    rf"(?:(?:[:.]|\s?h\s?)(?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}}){_SMALL})?|\s?h\b|(?=\s?[ap]\.?\s?m\b))"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?"
)
# The last word, "UTC+2", "(CEST)", "+0200 (CEST)", "+0000 UTC", "+02:00[Europe/Berlin]"
_ZONE = (
    r"(?:\s*(?P<zone>\(?(?:utc?|gmt)?\s?[+\-−]\d{1,2}:?(?:\d{2})?\)?|[(\[]?(?![ap]m\b)[a-z]+(?:/[a-z_/+-]+)?[)\]]?))?"
    r"(?:\s*\([^()]*\)|\[[^\[\]]*\]|(?<=\d)\s+(?:utc?|gmt))?"
)
_WEEKDAY = r"(?:[^\W\d_]+(?:[-'’ ][^\W\d_]+)?\.?,?\s+)?"
_MONTH = r"(?P<monthname>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|o|a)?"
_YEAR = r"(?P<year>\d{4})\.?"
# The time before the date: "15:07, 10.06.2025"
_TIME_FIRST = re.compile(
    r"\A(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s+[a-z]{3,4})?)[,\s|–—-]+(?P<day>.+)"
)
# A time behind a date in words; a word between them is a weekday ("10 June 2025, Tuesday 15:07").
_CLOCK = rf"(?:(?:,|\s|[-–—|]|\bat\b)+(?:[^\W\d_]+[.,]*\s+)?{_TIME}{_ZONE}|[,\s]+[^\W\d_]{{3,}})?"
_ISO_CLOCK = rf"(?:(?:t|,?\s+){_TIME}{_ZONE})?"
_COMPACT = rf"(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?:(?P<second>\d{{2}}){_SMALL})?{_ZONE}"
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<year>\d{{4}})(?P<sep>[-/.])\s?(?P<month>\d{{1,2}})(?P=sep)\s?(?P<day>\d{{1,2}})\.?{_ISO_CLOCK}",
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?P<zone>z|[+-]\d{2}:\d{2})",
        rf"(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}})(?:t?{_COMPACT})?",
        rf"(?P<year>\d{{4}})-w(?P<week>\d{{2}})-(?P<weekday>\d){_ISO_CLOCK}",
        rf"(?P<year>\d{{4}})w(?P<week>\d{{2}})(?P<weekday>\d)(?:t{_COMPACT})?",
        rf"(?P<year>\d{{4}})-(?P<yearday>\d{{3}}){_ISO_CLOCK}",
        rf"(?P<year>\d{{4}})(?P<yearday>\d{{3}})t{_COMPACT}",
        rf"{_WEEKDAY}{_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}{_CLOCK}",
        rf"{_WEEKDAY}{_DAY}(?:[\s-]|\b\.\s?){_MONTH}[\s-]{_YEAR}{_CLOCK}",
        rf"{_WEEKDAY}{_DAY}(?:[\s-]){_MONTH}[\s-](?P<year>\d{{2}}){_CLOCK}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_CLOCK}",
        rf"{_WEEKDAY}{_YEAR}\s+{_MONTH}\s+{_DAY}\.?{_CLOCK}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+{_TIME}(?:\s+(?P<zone>[a-z]{{1,5}}|[+-]\d{{4}}))?\s+{_YEAR}",
    )
)
_EPOCH = re.compile(r"(?P<seconds>\d{10})(?P<millis>\d{3})?(?:\.\d+)?", re.ASCII)

Parts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Written:
    """A time as written: what the clock showed, labelled UTC, and where it hung, None where that is not said."""

    clock: datetime
    zone: tzinfo | None
    day_only: bool = False  # a date without a time: `clock` is its midnight

    def utc(self, zone: tzinfo) -> datetime | None:
        """The time in UTC, in `zone` where none is written; None where no feed can have it (see FIRST_YEAR)."""
        try:
            time = self.clock.replace(tzinfo=self.zone or zone).astimezone(UTC)
        except (ValueError, OverflowError):
            return None
        return time if FIRST_YEAR <= time.year <= LAST_YEAR else None


def parse_date(raw: str, zone: tzinfo = UTC, language: str | None = None) -> datetime | None:
    """The time that `raw` states, in UTC; None when it states none that can be read, and never "now".

    `zone` is where a time without one is, and one whose zone's name is not known (RFC 5322, 4.3). A date alone is the
    start of that day there: the only instant that neither lies before the day nor makes the entry newer than it is.
    A weekday that does not fit is ignored. Years outside 1990–2100 are fillers.

    >>> parse_date("Tue, 10 Jun 2025 15:07:00 EDT").isoformat()
    '2025-06-10T19:07:00+00:00'
    """
    written = read_time(raw, language)
    return written.utc(zone) if written else None


def read_time(raw: str, language: str | None = None) -> Written | None:
    """What `raw` says, before a zone is assumed; `language` (ISO 639-1) decides between months of the same name."""
    text = " ".join(raw[: 4 * LONGEST].split())
    folded = " ".join(fold(text).split())
    if not folded or max(len(text), len(folded)) > LONGEST:
        return None
    if match := _EPOCH.fullmatch(folded):
        return _since_1970(match.groupdict())
    if plain := _formed(folded, every_word=True):
        return plain
    english = in_english(folded, language)
    return _formed(english) or _formed(_TIME_FIRST.sub(r"\g<day> \g<time>", english))


def _formed(text: str, *, every_word: bool = False) -> Written | None:
    """The time by the first form that fits and holds a time that exists; with `every_word`, whose zone is known."""
    for form in FORMS:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            try:
                midnight = datetime.combine(_date(parts), datetime.min.time(), UTC)
                clock, zone = midnight + _clock(parts), zone_of(parts.get("zone") or "")
            except (ValueError, OverflowError):
                continue
            if zone or not (every_word and parts.get("zone")):
                return Written(clock, zone, parts.get("hour") is None)
    return None


def _since_1970(parts: Parts) -> Written:
    """Ten digits are seconds, thirteen milliseconds: both reach to 2286."""
    millis = int(parts["seconds"] or 0) * 1000 + int(parts["millis"] or 0)
    return Written(datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=millis), UTC)


def _date(parts: Parts) -> date:
    """The day; ValueError where the calendar has none such."""
    year = _year(parts["year"] or "")
    if week := parts.get("week"):
        return date.fromisocalendar(year, int(week), int(parts["weekday"] or 0))
    if yearday := parts.get("yearday"):
        day = date(year, 1, 1) + timedelta(days=int(yearday) - 1)
        if day.year != year:
            raise ValueError(yearday)
        return day
    return date(year, _month(parts), int(parts["day"] or 0))


def _year(text: str) -> int:
    """Two digits are 2000 to 2049 or 1950 to 1999 (RFC 5322, 4.3)."""
    return int(text) + (0 if len(text) > 2 else 2000 if int(text) < 50 else 1900)


def _month(parts: Parts) -> int:
    """1 to 12; ValueError for a name that is no English month's, whole or begun ("Sept")."""
    if name := parts.get("monthname"):
        number = MONTHS.get(name[:3], 0)
        if not number or not ENGLISH[number - 1].startswith(name):
            raise ValueError(name)
        return number
    return int(parts["month"] or 0)


def _clock(parts: Parts) -> timedelta:
    """Time since midnight; 24:00 (ISO 8601) and second 60 (RFC 3339) are legal, and mean the next one."""
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if half := parts.get("half"):
        afternoon = half == "p"
        if not (1 <= hour <= 12 or (hour > 12 and afternoon) or (hour == 0 and not afternoon)):  # 15:07 PM is 15:07
            raise ValueError(hour)
        hour = hour % 12 + (12 if afternoon else 0)
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and minute + second > 0):
        raise ValueError(hour, minute, second)
    microsecond = int((parts.get("fraction") or "")[:6].ljust(6, "0"))
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=microsecond)
