"""A place on its way into the file, and the file's tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.tag.places.spelling import forms_of, skeletons_of

SCHEMA_VERSION = 6  # of the tables below and of how names are folded

# Tables are kept small: coordinates in whole hundred-thousandths of a degree (1 m), names of areas and zones once.
SCHEMA = """
CREATE TABLE place (
    geonameid INTEGER PRIMARY KEY,  -- of GeoNames; below 0 places of our own
    name TEXT NOT NULL,
    latitude INTEGER, longitude INTEGER,  -- 0.00001 degree
    country TEXT,                   -- ISO 3166 alpha-3
    admin1 INTEGER, admin2 INTEGER, timezone INTEGER,  -- word.id
    feature TEXT NOT NULL,          -- GeoNames feature code
    population INTEGER NOT NULL     -- people; 0 unknown
);
CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, geonameid INTEGER NOT NULL, PRIMARY KEY (key, geonameid)) WITHOUT ROWID;
CREATE TABLE skeleton (
    skeleton TEXT NOT NULL, key TEXT NOT NULL, geonameid INTEGER NOT NULL, PRIMARY KEY (skeleton, key, geonameid)
) WITHOUT ROWID;
CREATE TABLE meta (version TEXT NOT NULL);
"""

# What is put in unsorted and leaves sorted: a table that is its own index stays dense only when it is filled in order.
STAGED = """
CREATE TABLE scratch.name (key TEXT NOT NULL, geonameid INTEGER NOT NULL);
CREATE TABLE scratch.skeleton (skeleton TEXT NOT NULL, key TEXT NOT NULL, geonameid INTEGER NOT NULL);
"""
UNSTAGED = (
    "INSERT INTO name SELECT DISTINCT key, geonameid FROM scratch.name ORDER BY key, geonameid",
    "INSERT INTO skeleton SELECT DISTINCT skeleton, key, geonameid FROM scratch.skeleton ORDER BY 1, 2, 3",
)
BATCH = 20_000


@dataclass(slots=True)
class Row:
    """A place: degrees, ISO 3166 alpha-3, GeoNames feature code, people (0 unknown), IANA time zone, other names.

    Of `names` those that no text uses are left out; `sure` are names that we wrote down ourselves.
    """

    geonameid: int
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    feature: str
    population: int
    names: Iterable[str] = ()
    sure: Iterable[str] = ()
    admin2: str | None = None
    timezone: str | None = None


class Writer:
    """Fills a new file. Memory stays bounded: names wait in a scratch file until they are sorted."""

    def __init__(self, connection: sqlite3.Connection, scratch: str) -> None:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
        connection.execute("ATTACH ? AS scratch", (scratch,))
        connection.executescript("PRAGMA scratch.journal_mode = OFF; PRAGMA scratch.synchronous = OFF;")
        connection.executescript(SCHEMA + STAGED)
        self._connection = connection
        self._words: dict[str, int] = {}
        self._places: list[tuple[object, ...]] = []
        self._names: list[tuple[str, int]] = []
        self._skeletons: list[tuple[str, str, int]] = []
        self.places = 0

    def add(self, row: Row) -> None:
        """One place with all its names."""
        self.places += 1
        forms = forms_of(row)
        self._names += [(key, row.geonameid) for key in forms]
        self._skeletons += [(bones, key, row.geonameid) for bones, key in skeletons_of(row, forms)]
        self._places.append(
            (
                row.geonameid,
                row.name,
                _whole(row.latitude),
                _whole(row.longitude),
                row.country,
                self._word(row.admin1),
                self._word(row.admin2),
                self._word(row.timezone),
                row.feature,
                row.population,
            )
        )
        if len(self._names) >= BATCH:
            self._flush()

    def also(self, geonameid: int, keys: Iterable[str]) -> None:
        """More normal names of a place that is there already."""
        self._names += [(key, geonameid) for key in keys]
        if len(self._names) >= BATCH:
            self._flush()

    def finish(self, version: str) -> None:
        """Sort the names in; from here on the file is whole."""
        self._flush()
        for statement in UNSTAGED:
            self._connection.execute(statement)
        self._connection.executemany("INSERT INTO word VALUES (?, ?)", [(i, w) for w, i in self._words.items()])
        self._connection.execute("INSERT INTO meta VALUES (?)", (version,))
        self._connection.commit()

    def _word(self, text: str | None) -> int | None:
        """Number of a name that many places share."""
        return self._words.setdefault(text, len(self._words) + 1) if text else None

    def _flush(self) -> None:
        """What has been gathered goes to disk."""
        insert = self._connection.executemany
        insert("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._places)
        insert("INSERT INTO scratch.name VALUES (?, ?)", self._names)
        insert("INSERT INTO scratch.skeleton VALUES (?, ?, ?)", self._skeletons)
        self._places, self._names, self._skeletons = [], [], []


def _whole(degrees: float | None) -> int | None:
    """Degrees as the file keeps them."""
    return None if degrees is None else round(degrees * 100_000)
