"""Which of the places that share a name a text means when it says nothing more.

A country before its capital and a division elsewhere ("Niger"), a national capital before the divisions of its country
("Washington"), a sea before the province on its shore ("Red Sea"), a city before the province that is named after it
("Gaziantep").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.spelling import normal_name
from pipeline.tag.names.nations import name_of
from pipeline.tag.places.gazetteer import Candidate

WATERS = frozenset({"SEA", "OCN", "GULF", "BAY", "STRT", "LK", "CHN"})
# A city of fewer of its province's people does not stand for it: Quebec is the province, where the city has a
# twentieth; Idlib the city, which has a third.
LEAST_PART = 0.1


@dataclass(frozen=True, slots=True)
class Precedence:
    """Ids of the readings that a bare name does not mean, and of the cities that it means in place of a division."""

    outranked: frozenset[int] = frozenset()
    cities: frozenset[int] = frozenset()


@lru_cache(maxsize=4_000)  # names; a document asks again at each mention
def precedence(name: str, candidates: tuple[Candidate, ...]) -> Precedence:
    """Which of the readings of a name, given as written, come before others."""
    first = [c for c in candidates if not c.feature.startswith("ADM")]
    lower = [c for c in candidates if c.feature in {"ADM1", "ADM2", "PCLI", "PPLC"}]
    pairs = [(a, b) for a in first for b in lower if a.geonameid != b.geonameid and _outranks(name, a, b)]
    return Precedence(
        frozenset(b.geonameid for _, b in pairs),
        frozenset(a.geonameid for a, b in pairs if a.feature.startswith("PPL") and b.feature == "ADM1"),
    )


def _outranks(name: str, first: Candidate, second: Candidate) -> bool:
    """Towns elsewhere are not outranked: a paper of Lebanon, Pennsylvania, means the town."""
    if {first.feature, second.feature} == {"PCLI", "PPLC"} and first.country == second.country:
        state, capital = (first, second) if first.feature == "PCLI" else (second, first)
        return first == (state if _is_state(name, state, capital) else capital)
    if second.feature not in {"ADM1", "ADM2"}:
        return False
    if first.feature == "PCLI":  # Georgia in the United States has more people than the country
        return second.country == first.country or second.population < first.population
    if first.feature == "PPLC":
        return first.country == second.country
    if second.feature == "ADM2":
        return False
    return (first.feature in WATERS and first.geonameid < 0) or _is_named_after(name, second, first)


def _is_state(name: str, state: Candidate, capital: Candidate) -> bool:
    """Of a state and its capital, is the state meant? By "Luxembourg", not by "Brasilia", as Finns call Brazil."""
    key = normal_name(name)
    if normal_name(capital.name) == key:
        return normal_name(state.name) == key
    return name_of(name) == state.country and not key.endswith(" city")


def _is_named_after(name: str, province: Candidate, city: Candidate) -> bool:
    """Does the province share its main city's name? "New York" is first the state's, the city's is "New York City"."""
    key = normal_name(name)
    return (
        city.feature.startswith("PPL")
        and (city.country, city.admin1) == (province.country, province.admin1)
        and (normal_name(city.name) == key or normal_name(province.name) != key)
        and city.population >= LEAST_PART * province.population
    )
