"""Looking up place names in the file that `build` makes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from pipeline.spelling import normal_name
from pipeline.tag.places.build import build, is_current
from pipeline.tag.places.spelling import ARTICLES

CACHED_NAMES = 50_000

QUERY = """
SELECT p.geonameid, p.name, p.latitude, p.longitude, p.country, p.admin1, p.feature, p.population
FROM name n JOIN place p USING (geonameid)
WHERE n.key = ?
ORDER BY p.population DESC, p.geonameid
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. Coordinates in degrees, None where unknown; `country` is ISO 3166 alpha-3."""

    geonameid: int
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    feature: str
    population: int


class Gazetteer:
    """A read-only gazetteer file; any number of processes may hold it open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cached = lru_cache(maxsize=CACHED_NAMES)(self._find)

    @classmethod
    def open(cls, path: Path) -> Self:
        """The gazetteer at `path`, built first when it is absent or of another version.

        DatelineError when it cannot be built.
        """
        if not is_current(path):
            build(path)
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(uri, uri=True, check_same_thread=False))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Places of that name, most populous first; none when it is unknown. Spelling is compared by `normal_name`."""
        return self._cached(normal_name(name))

    def _find(self, key: str) -> tuple[Candidate, ...]:
        """The places of the first form of the name that has any."""
        for form in _forms(key):
            if found := self._connection.execute(QUERY, (form,)).fetchall():
                return tuple(Candidate(*row) for row in found)
        return ()


def _forms(key: str) -> Iterator[str]:
    """The name itself, then without and with the Arabic article: "al rawa", "rawa"; "anbar", "al anbar"."""
    yield key
    if bare := ARTICLES.sub("", key, count=1):
        if bare != key:
            yield bare
        else:
            yield f"al {key}"
