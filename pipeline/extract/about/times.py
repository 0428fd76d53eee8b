"""Times as pages write them → aware UTC. What cannot be read for sure is None."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from pipeline.records.articles import Precision

EPOCH = re.compile(r"\d{10}(?:\d{3})?")  # seconds or milliseconds since 1970
ZONE_GAP = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)|\s*(?:UTC|GMT)$")
ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?!\d)")
SCRIPT = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})")
MONTH_DAY = re.compile(r"^(?:[A-Z][a-z]+day,? )?([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}),? (\d{4})\b")
DAY_MONTH = re.compile(r"^(?:[A-Z][a-z]+day,? )?(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.?,? (\d{4})\b")


CLOCK = re.compile(r"\d[T ,]+\d{1,2}:?\d\d(?P<seconds>:?\d\d)?|\d\d:\d\d(?P<more>:\d\d)?")
ZONED = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d|\b[ECMP][SD]T)\b|Z$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as it was written."""

    at: datetime  # aware UTC; of a day alone, its midnight UTC
    precision: Precision
    offset: timedelta | None = None  # of the zone that stood with it; None where none did

    def in_zone(self, offset: timedelta) -> Moment:
        """The same clock's time in the zone `offset` east of UTC, for one that was written without its zone."""
        return replace(self, at=self.at - offset, offset=offset)


def read_time(raw: str | int | None) -> datetime | None:
    """Aware UTC time; a date alone is its midnight UTC, and a time without zone is taken as UTC.

    >>> read_time("2026-11-23T09:30:00+03:00").isoformat()
    '2026-11-23T06:30:00+00:00'
    >>> read_time("23/11/2026") is None  # or 11/23? nobody can say
    True
    """
    moment = read_moment(raw)
    return moment.at if moment else None


def read_moment(raw: str | int | None) -> Moment | None:
    """The time with its precision and zone. Midnight to the second in its own zone is a day that some template padded.

    >>> read_moment("2026-11-24T00:00:00+08:00").precision
    'day'
    """
    text = " ".join(str(raw or "").split())
    for read in (_epoch, _iso, _mail, _script, _words, _day):
        with suppress(ValueError, OverflowError, OSError, TypeError):
            if found := read(text):
                return _moment(found, text, is_day=read in (_words, _day))
    return None


def _moment(found: datetime, text: str, *, is_day: bool) -> Moment | None:
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    if not (at := _sane(aware.astimezone(UTC))):
        return None
    clock = CLOCK.search(text)
    is_epoch = bool(EPOCH.fullmatch(text))
    if is_day or not (clock or is_epoch) or (found.hour, found.minute, found.second) == (0, 0, 0):
        return Moment(at=datetime(found.year, found.month, found.day, tzinfo=UTC), precision="day")
    exact = is_epoch or (clock is not None and (clock["seconds"] or clock["more"]))
    offset = aware.utcoffset() if is_epoch or ZONED.search(text) else None
    return Moment(at=at, precision="second" if exact else "minute", offset=offset)


def _sane(time: datetime) -> datetime | None:
    """Placeholders (year 1, the epoch's first day) are no dates."""
    return None if time.year < 1900 or time.date().isoformat() in ("1970-01-01", "1969-12-31") else time


def _epoch(text: str) -> datetime | None:
    if not EPOCH.fullmatch(text):
        return None
    return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)


def _iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-?\d\d-?\d\d", text):
        return None
    zoned = ZONE_GAP.sub(lambda gap: "" if gap[0].isspace() else "+00:00", text)
    return datetime.fromisoformat(zoned)


def _mail(text: str) -> datetime | None:
    return parsedate_to_datetime(text) if re.search(r"\d\d:\d\d", text) and "GMT+" not in text else None


def _script(text: str) -> datetime | None:
    """JavaScript's Date: "Mon Nov 23 2026 09:30:00 GMT+0300 (Arabian Standard Time)"."""
    m = SCRIPT.match(text)
    return datetime.strptime(f"{m[2]} {m[1]} {m[3]} {m[4]} {m[5]}", "%d %b %Y %H:%M:%S %z") if m else None


def _words(text: str) -> datetime | None:
    if m := MONTH_DAY.match(text):
        day, month, year = m[2], m[1], m[3]
    elif m := DAY_MONTH.match(text):
        day, month, year = m[1], m[2], m[3]
    else:
        return None
    return datetime.strptime(f"{day} {month} {year}", "%d %b %Y").replace(tzinfo=UTC)


def _day(text: str) -> datetime | None:
    """The day of a stamp whose time cannot be read ("2026-11-23 9.30pm local")."""
    m = ISO_DAY.match(text)
    return datetime.fromisoformat(m[1]) if m else None
