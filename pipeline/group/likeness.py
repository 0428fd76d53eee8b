"""How much two event mentions speak for one happening: evidence for and against, added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import asin, cos, inf, radians, sin, sqrt

NEVER = -inf  # something rules it out
EARTH_KM = 6371.0
LOOKS_BACK_DAYS = 2  # an undated report tells of the day before its own, or of the one before that
# How far apart two names of one place may lie, by how exact the vaguer one is.
REACH_KM: Mapping[str | None, float] = {"point": 15.0, "city": 15.0, None: 15.0, "admin2": 60.0, "admin1": 250.0}
WIDE = frozenset({"admin1", "country", "region"})

# Points of evidence, chosen on tests/cases/group.
PLACE, NEAR, COUNTRY = 2.0, 1.5, 0.5
SIDE, SIDE_CLASS, SIDE_DIFFERS = 1.5, 0.75, -1.0
TOLL, TOLL_NEAR, TOLL_DIFFERS = 1.5, 0.75, -1.5
WORDS, STORY, MODE, MODE_DIFFERS, SAME_ARTICLE = 3.0, 1.5, 0.5, -2.0, -1.5
# Modes that tell of one deed in other words.
KIN = (
    frozenset({"explosives", "suicide-attack", "destroy"}),
    frozenset({"aerial", "drone", "heavy-weapons", "destroy"}),
    frozenset({"firearms", "targeted", "primitive"}),
    frozenset({"arrest", "seize"}),
    frozenset({"demo", "riot", "obstruct"}),
    frozenset({"allege", "disapprove"}),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: id in the gazetteer, coordinates in degrees, how exact it is, and the areas that it lies in."""

    geonameid: int | None
    latitude: float | None
    longitude: float | None
    precision: str | None
    country: str | None
    admin1: str | None

    @property
    def keys(self) -> tuple[str, ...]:
        """A town by its id and by its square of a quarter degree, a province by its name, a country by nothing."""
        if self.precision in WIDE:
            return (f"area {self.country} {self.admin1}",) if self.precision == "admin1" and self.admin1 else ()
        keys = [f"place {self.geonameid}"] if self.geonameid is not None else []
        if self.latitude is not None and self.longitude is not None:
            keys.append(f"square {round(4 * self.latitude)} {round(4 * self.longitude)}")
        return tuple(keys)


@dataclass(frozen=True, slots=True)
class Side:
    """Who is named on one side: entities, (country, sector) codes, and words of their names."""

    entities: frozenset[str] = frozenset()
    codes: frozenset[tuple[str | None, str | None]] = frozenset()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An event mention as grouping sees it.

    `event_id` is the event that it is of already; `dates` are the first and last day that the text gives; `day` is the
    last of them where they are a day or two (`is_dated`), else the report's; `happening` numbers what one article
    links; `tolls` are lowest and highest counts by kind.
    """

    event_mention_id: str
    article_id: str
    story_id: str
    event_id: str | None = None
    day: date
    is_dated: bool
    dates: tuple[date, date] | None = None
    reported_at: datetime | None = None
    mode: str | None = None
    happening: int | None = None
    spot: Spot | None = None
    actors: Side = Side()
    recipients: Side = Side()
    tolls: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    @property
    def time(self) -> tuple[date, date]:
        """When it may have been: the days that the text gives, else the report's and those before."""
        return self.dates or (self.day if self.is_dated else self.day - timedelta(days=LOOKS_BACK_DAYS), self.day)

    @property
    def order(self) -> tuple[bool, float, str]:
        """Sort key: the earliest report first, the same on any run."""
        at = self.reported_at
        return at is None, at.timestamp() if at else 0.0, self.event_mention_id

    @property
    def keys(self) -> tuple[str, ...]:
        """Two mentions without a key in common are not compared where there are many: story, parties, place."""
        who = sorted(self.actors.entities | self.recipients.entities)
        return (f"story {self.story_id}", *who, *(self.spot.keys if self.spot else ()))


def likeness(a: Telling, b: Telling) -> float:
    """Sum of evidence that two mentions tell of one happening; NEVER where something rules it out."""
    if a.dates and b.dates and _apart(a.dates, b.dates):
        return NEVER
    if a.article_id == b.article_id and a.happening is not None and a.happening == b.happening:
        return WORDS + PLACE + STORY
    if _apart(a.time, b.time):
        return NEVER
    grounds = (
        _place(a.spot, b.spot),
        _side(a.actors, b.actors),
        _side(a.recipients, b.recipients),
        STORY if a.story_id == b.story_id else 0.0,
    )
    if max(grounds) <= 0 or not ((a.is_dated and b.is_dated) or _tied(a, b)):
        return min(0.0, *grounds)  # equal tolls and like words are no ground by themselves
    told = WORDS * _dice(a.words, b.words) + (SAME_ARTICLE if a.article_id == b.article_id else 0.0)
    return sum(grounds) + _mode(a.mode, b.mode) + _tolls(a.tolls, b.tolls) + told


def _apart(a: tuple[date, date], b: tuple[date, date]) -> bool:
    """Without a day in common: an ambush of October and a report of 20 November that gives no day."""
    return a[1] < b[0] or b[1] < a[0]


def _tied(a: Telling, b: Telling) -> bool:
    """A story, a town or province, or somebody known by name: what a mention without a day of its own needs.

    One country, or words such as "police", tie "Police detained 31 protesters" to any arrest of those days.
    """
    known = a.actors.entities & b.actors.entities or a.recipients.entities & b.recipients.entities
    return a.story_id == b.story_id or bool(known) or _place(a.spot, b.spot) >= NEAR


def _place(a: Spot | None, b: Spot | None) -> float:
    if a is None or b is None:
        return 0.0
    if a.geonameid is not None and a.geonameid == b.geonameid:
        return PLACE if a.precision not in WIDE else COUNTRY if a.precision == "country" else NEAR
    if a.country and b.country and a.country != b.country:
        return NEVER
    if "country" in (a.precision, b.precision) or "region" in (a.precision, b.precision):
        return COUNTRY if a.country == b.country else 0.0
    if "admin1" in (a.precision, b.precision):
        return NEAR if a.admin1 and a.admin1 == b.admin1 else -SIDE
    apart = distance_km(a, b)
    if apart is None:
        return 0.0
    return NEAR if apart <= max(REACH_KM[a.precision], REACH_KM[b.precision]) else NEVER


def distance_km(a: Spot, b: Spot) -> float | None:
    """Great-circle distance (haversine); None where either has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    south, north = radians(a.latitude), radians(b.latitude)
    half = sin((north - south) / 2) ** 2
    half += cos(south) * cos(north) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def _mode(a: str | None, b: str | None) -> float:
    if a is None or b is None:
        return 0.0
    if a == b:
        return MODE
    return 0.0 if any(a in kin and b in kin for kin in KIN) else MODE_DIFFERS


def _tolls(a: Mapping[str, tuple[int, int]], b: Mapping[str, tuple[int, int]]) -> float:
    """The kind of toll that speaks most: equal, about equal, or not to be had of one happening."""
    points = [_toll(a[kind], b[kind]) for kind in a.keys() & b.keys()]
    return max(points, key=abs, default=0.0)


def _toll(a: tuple[int, int], b: tuple[int, int]) -> float:
    if a == b:
        return TOLL
    low, high = sorted((max(a[0], 1), max(b[0], 1)))
    return TOLL_NEAR if low / high >= 0.5 else TOLL_DIFFERS if low / high < 0.3 else 0.0


def _side(a: Side, b: Side) -> float:
    if not (a.codes or a.words) or not (b.codes or b.words):
        return 0.0
    if a.entities & b.entities or _dice(a.words, b.words) >= 0.5:
        return SIDE
    if any(_codes_meet(x, y) for x in a.codes for y in b.codes):
        return SIDE_CLASS
    known = {c for c, _ in a.codes if c}, {c for c, _ in b.codes if c}
    return (
        2 * SIDE_DIFFERS
        if all(known) and not known[0] & known[1]
        else SIDE_DIFFERS
        if a.words & b.words == set()
        else 0.0
    )


def _codes_meet(a: tuple[str | None, str | None], b: tuple[str | None, str | None]) -> bool:
    """Equal where both are known, and something is."""
    country = a[0] is None or b[0] is None or a[0] == b[0]
    sector = a[1] is None or b[1] is None or a[1] == b[1]
    return country and sector and ((a[0] is not None and a[0] == b[0]) or (a[1] is not None and a[1] == b[1]))


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
