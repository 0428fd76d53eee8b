"""The times of a whole document: which zone those without one are in, and which are not to be believed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from pipeline.parse.dates import Written, read_time
from pipeline.parse.document import Found, FoundEntry
from pipeline.parse.zones import place_zone, zone_of

# A clock that is wrong by a zone or by a day is common; what is dated later still is a mistake or an announcement.
AHEAD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Times:
    """How the times of one document are read."""

    written: dict[str, Written | None]  # each as it stands in the document
    zone: tzinfo  # of those that state none
    named: str  # how a person is told so
    latest: datetime | None = None  # what is later is not believed; None: nobody said what time it is

    def utc(self, text: str) -> datetime | None:
        """The time in UTC, None where it cannot be read or no feed can have it."""
        time = self.written.get(text)
        return time.utc(self.zone) if time else None

    def is_believable(self, time: datetime) -> bool:
        """Whether it is no more than two days ahead."""
        return self.latest is None or time <= self.latest

    def assumption(self, text: str) -> str | None:
        """What was read into a time that does not say it, None for one that does."""
        time = self.written.get(text)
        if time is None or time.zone is not None:
            return None
        what = "date without time, read as its midnight in" if time.day_only else "time without zone, read as"
        return f"{what} {self.named}"


def read_times(
    found: Found, entries: Iterable[FoundEntry], *, zone: str | None = None, now: datetime | None = None
) -> tuple[Times, tuple[str, ...]]:
    """All times of the document, and what is wrong with the zone that it or the operator names.

    The zone of times without one: the operator's, else the one that the document declares, else the offset that all
    of its other times share, else UTC.
    """
    texts = (text for entry in entries for text in (*entry.published, *entry.updated, *entry.embargoed))
    written = {text: read_time(text, found.language) for text in dict.fromkeys((*texts, *found.dates))}
    latest = now + AHEAD if now else None
    odd: list[str] = []
    for name in filter(None, (zone, found.zone)):
        if known := _named(name):
            return Times(written, known, name, latest), tuple(odd)
        odd.append(f"time zone that is not known: {name!r}")
    offset = shared_offset(time for time in written.values() if time)
    if offset is None:
        return Times(written, UTC, "UTC", latest), tuple(odd)
    usual = timezone(offset)
    return Times(written, usual, f"{usual}, as the others state", latest), tuple(odd)


def shared_offset(times: Iterable[Written]) -> timedelta | None:
    """The offset of all times that state one, None where they differ or none does."""
    offsets = {time.clock.replace(tzinfo=time.zone).utcoffset() for time in times if time.zone}
    return offsets.pop() if len(offsets) == 1 else None


def _named(name: str) -> tzinfo | None:
    """A zone by IANA name, abbreviation or offset."""
    try:
        return place_zone(name) or zone_of(name)
    except ValueError:
        return None
