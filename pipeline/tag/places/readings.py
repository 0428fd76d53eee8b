"""The places that a name may mean, as the gazetteer has them, and which of them its form or its whole rules out."""

from __future__ import annotations

import re

from pipeline.records import Mention
from pipeline.spelling import normal_name
from pipeline.tag.names.nations import NATIONS, country_of, is_demonym, name_of
from pipeline.tag.places import own
from pipeline.tag.places.gazetteer import Candidate, Gazetteer
from pipeline.tag.places.words import bare_name, place_words

SHORT = 3  # letters: other names of this length are codes and words of other languages: "Ber" of Véroia
CODE = 4  # letters of a word in capitals that is rather an abbreviation: "FLA", "SPLA"
LEAST_PEOPLE_FILED = 15_000  # of a town that a report is filed from, when it is written like an abbreviation: "LVIV"


def readings_of(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """All readings: of the name as it stands, without its type word, else of the place that it is a part of."""
    words = place_words()
    if normal_name(name) in words.regions:
        return ()
    if state := words.states.get(name.rstrip(".")):
        full, country = state
        if full != name:
            return tuple(c for c in gazetteer.lookup(full) if c.country == country and c.feature != "PCLI")
    found = gazetteer.lookup(name)
    if is_demonym(name) and (iso3 := country_of(name)):
        return tuple(
            c for n in NATIONS[iso3].names[:1] for c in gazetteer.lookup(n) if c.country == iso3 and c.feature == "PCLI"
        )
    bare, feature = bare_name(name)
    if feature:
        found += tuple(c for c in gazetteer.lookup(bare) if c not in found)
    if iso3 := name_of(name):
        found = tuple(c for c in found if _may_bear(c, name, iso3))
    if not found and (part := _PART.match(name)):
        return readings_of(name[part.end() :], gazetteer)
    return found


def _may_bear(place: Candidate, state: str, iso3: str) -> bool:
    """May a state's name mean it? Arak in Iran is called Iraq, too: a town elsewhere needs it as its main name."""
    if place.feature == "PCLI" or not place.feature.startswith("PPL") or place.country == iso3:
        return place.feature != "PCLI" or place.country == iso3
    return is_main_name(place, state)


# "Western Canada", "Greater Manchester", "southern Baghdad": placed where the whole is, if the part has no entry.
_PART = re.compile(
    r"(?:(?:the|greater|metro|central|upper|lower|downtown|(?:north|south)?(?:east|west)?(?:north|south)?(?:ern)?|north-east(?:ern)?"
    r"|north-west(?:ern)?|south-east(?:ern)?|south-west(?:ern)?|mid)\s+)+(?=\w)",
    re.IGNORECASE,
)


def is_code(text: str, mention: Mention) -> bool:
    """Is it a short word in capitals among words that are not? Postal codes of states are none."""
    letters = "".join(c for c in mention.text if c.isalpha())
    if not (1 < len(letters) <= CODE and letters.isascii() and letters.isupper()):
        return False
    return mention.text.rstrip(".") not in place_words().states and not _is_all_capitals(text, mention)


def _is_all_capitals(text: str, mention: Mention) -> bool:
    """Are the words around it in capitals, too, as in a headline?"""
    begin = max(text.rfind(mark, 0, mention.start) + 1 for mark in ("\n", ". "))
    ends = (text.find(mark, mention.end) for mark in ("\n", ". "))
    end = min((e for e in ends if e >= 0), default=len(text))
    others = text[begin : mention.start] + text[mention.end : end]
    return any(c.isalpha() for c in others) and others.isupper()


_FILED = re.compile(r"\s*(?:,|\(|/|[-–—]|:)")


def may_be_code(text: str, mention: Mention, place: Candidate) -> bool:
    """May a short word in capitals mean it? A town only when its main name is so written, or a report's first word.

    "FLA" is not Flå in Norway, "LVIV, Ukraine (AP)" is Lviv; "NYC" is on our own list.
    """
    if place.geonameid < 0 or not place.feature.startswith(("PPL", "ADM")) or place.feature == "ADM1":
        return True
    if place.name == mention.text or _is_listed(place, mention.text):
        return True
    opens = not text[: mention.start].rpartition("\n")[2].strip() and _FILED.match(text, mention.end)
    return bool(opens) and is_main_name(place, mention.text) and place.population >= LEAST_PEOPLE_FILED


def is_main_name(place: Candidate, name: str) -> bool:
    """Is it the name that the gazetteer gives first?"""
    return normal_name(place.name) == normal_name(name)


def is_short_alias(place: Candidate, name: str) -> bool:
    """Is it one of the other names of a town, too short to mean it without more? "Ber" of Véroia in Greece."""
    key = normal_name(name)
    if len(key) > SHORT or not key.isascii() or not place.feature.startswith(("PPL", "ADM2")):
        return False
    return normal_name(place.name) != key and not _is_listed(place, name)


def _is_listed(place: Candidate, name: str) -> bool:
    """Did we write the name down ourselves as one of the city's?"""
    return normal_name(name) in map(normal_name, own.city_names().get((place.name, place.country), ()))
