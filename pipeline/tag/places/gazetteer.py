"""Looking up place names in the file that `build` makes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Self

from pipeline.spelling import normal_name
from pipeline.tag.places.build import build, is_current
from pipeline.tag.places.spelling import ARTICLES, FUZZY_PEOPLE, TRANSLITERATED, skeleton_of

CACHED_NAMES = 50_000

QUERY = """
SELECT p.geonameid, p.name, p.latitude / 100000.0, p.longitude / 100000.0, p.country, a.text, p.feature, p.population,
       d.text, z.text
FROM name n JOIN place p USING (geonameid)
LEFT JOIN word a ON a.id = p.admin1 LEFT JOIN word d ON d.id = p.admin2 LEFT JOIN word z ON z.id = p.timezone
WHERE n.key = ?
ORDER BY p.population DESC, p.geonameid
"""
FUZZY = "SELECT DISTINCT key FROM skeleton WHERE skeleton = ?"
LIKE = 0.72  # least likeness of two spellings of one name: .88 for Kandagar and Kandahar, .6 for Nertiti and Narathiwat


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. Coordinates in degrees, None where unknown; `country` is ISO 3166 alpha-3.

    `geonameid` is below 0 for places of our own. `timezone` is an IANA name, None for what has several or none.
    """

    geonameid: int
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    feature: str
    population: int
    admin2: str | None = None
    timezone: str | None = None


class Gazetteer:
    """A read-only gazetteer file; any number of processes may hold it open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cached = lru_cache(maxsize=CACHED_NAMES)(self._find)
        self._cached_fuzzy = lru_cache(maxsize=CACHED_NAMES)(self._find_fuzzy)

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

    def lookup_fuzzy(self, name: str) -> tuple[Candidate, ...]:
        """Places that other transliterations of the name may mean ("Deir Ezzor", "Dayr az Zawr"), the likest first.

        A last resort, for a name that `lookup` does not know: towns of 5,000 people and more, provinces and districts
        in lands of other scripts, by their consonants. A name of fewer than five letters finds nothing.
        """
        return self._cached_fuzzy(normal_name(name))

    def _find_fuzzy(self, key: str) -> tuple[Candidate, ...]:
        """The places of the spellings that are like it."""
        if not (bones := skeleton_of(key)):
            return ()
        keys = [found for (found,) in self._connection.execute(FUZZY, (bones,))]
        alike = sorted(((_likeness(key, found), found) for found in keys), reverse=True)
        places = [c for likeness, found in alike if likeness >= LIKE for c in self._find(found) if _is_large(c)]
        return tuple(dict.fromkeys(places))

    def _find(self, key: str) -> tuple[Candidate, ...]:
        """The places of the first form of the name that has any."""
        for form in _forms(key):
            if found := self._connection.execute(QUERY, (form,)).fetchall():
                return tuple(Candidate(*row) for row in found)
        return ()


def _likeness(key: str, other: str) -> float:
    """How alike two spellings are, 0..1."""
    return SequenceMatcher(None, key.replace(" ", ""), other.replace(" ", ""), autojunk=False).ratio()


def _is_large(place: Candidate) -> bool:
    """May a misspelt name mean it?"""
    return place.country in TRANSLITERATED and (place.feature.startswith("ADM") or place.population >= FUZZY_PEOPLE)


def _forms(key: str) -> Iterator[str]:
    """The name itself, then without and with the Arabic article: "al rawa", "rawa"; "anbar", "al anbar"."""
    yield key
    if bare := ARTICLES.sub("", key, count=1):
        if bare != key:
            yield bare
        else:
            yield f"al {key}"
