"""Places in a text whose language has no model: names of the gazetteer that are safe enough to be taken without one.

Taken are states, capitals, continents, provinces and towns of many people, when their name is no ordinary word of the
language (`words.toml`) and no part of a longer name. Which place a name means is decided as in any text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.records import Mention, Place
from pipeline.spelling import normal_name
from pipeline.tag.languages.scan import Guess, Marking, guesses, is_long_enough
from pipeline.tag.languages.words import Words, thresholds, words_of
from pipeline.tag.places.gazetteer import Candidate, Gazetteer
from pipeline.tag.places.resolve import find_places, precision_of

MOST_CHARACTERS = 30_000  # scanned: ten times a long article
SHORT = 4  # letters: aliases this short are often codes or words of third languages ("mon", "van")


@dataclass(frozen=True, slots=True)
class Plain:
    """The names that were found, each with its place."""

    mentions: tuple[Mention, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    name: str  # as the gazetteer has it: "Москва" for "Москве"


def find_plain_places(text: str, language: str, gazetteer: Gazetteer, home: str | None = None) -> Plain:
    """The places that the text names, in its order; `language` is ISO 639-1, `home` the feed's country (alpha-3).

    Only what lies in the first 30,000 characters. A name that no place fits well enough is left out.
    """
    hits = _picked(_hits(text[:MOST_CHARACTERS], words_of(language), gazetteer))
    named = [Mention(start=h.start, end=h.end, text=h.name, label="GPE") for h in hits]
    places = [p for p in find_places(text, named, gazetteer, home) if p.feature is not None]
    words = {(h.start, h.end): text[h.start : h.end] for h in hits}
    placed = tuple(replace(_city_of(p, gazetteer), text=words[p.start, p.end]) for p in places)
    mentions = tuple(
        Mention(start=p.start, end=p.end, text=p.text, label="GPE", name=p.name, country=p.country) for p in placed
    )
    return Plain(mentions, placed)


def _hits(text: str, words: Words, gazetteer: Gazetteer) -> Iterator[_Hit]:
    for guess in guesses(text, words):
        if name := _listed(guess, words, gazetteer):
            yield _Hit(guess.start, guess.end, name)


def _listed(guess: Guess, words: Words, gazetteer: Gazetteer) -> str | None:
    """The first form of the name that a safe place has."""
    if normal_name(guess.forms[0]) in words.ordinary:
        return None
    for form in guess.forms:
        key = normal_name(form)
        if not is_long_enough(key, guess.marking) and not _is_short_form(form):
            continue
        found = gazetteer.lookup(form) if key not in words.ordinary else ()
        if any(is_safe(c, key, guess.marking) for c in found) and not _has_article(key, found, words, gazetteer):
            return None if guess.touched and form == guess.forms[0] else form
    return None


def _has_article(key: str, found: tuple[Candidate, ...], words: Words, gazetteer: Gazetteer) -> bool:
    """Is the first word none of the name's? "El Barcelona" is listed as "Barcelona" is, "El Salvador" is not."""
    first, _, rest = key.partition(" ")
    return bool(rest) and first in words.before and gazetteer.lookup(rest) == found


def _is_short_form(form: str) -> bool:
    """ "UK", "US": two capitals."""
    return len(form) == 2 and form.isascii() and form.isupper()


def is_safe(place: Candidate, key: str, marking: Marking) -> bool:
    """May a name in normal form mean this place though no model says that it is a name?"""
    if place.feature.startswith("PCL"):
        return True
    if key.isascii() and len(key) < SHORT and normal_name(place.name) != key:
        return False
    if place.feature == "PPLC" or place.feature == "CONT":
        return len(key) >= SHORT or not key.isascii() or normal_name(place.name) == key
    if place.feature.startswith(("PPL", "ADM1")):
        return place.population >= thresholds()[marking]
    return place.geonameid < 0 and (" " in key or marking == "capitals")


def _city_of(place: Place, gazetteer: Gazetteer) -> Place:
    """The large city that a province is named after: "بغداد" alone is the city, without a word for "province"."""
    if place.feature != "ADM1":
        return place
    for city in gazetteer.lookup(place.text):
        large = city.feature.startswith("PPL") and city.population >= thresholds()["words"]
        if large and city.country == place.country and city.admin1 == place.admin1:
            return replace(
                place,
                name=city.name,
                geonameid=city.geonameid,
                latitude=city.latitude,
                longitude=city.longitude,
                feature=city.feature,
                precision=precision_of(city.feature),
                decided_by="city",
            )
    return place


def _picked(hits: Iterable[_Hit]) -> list[_Hit]:
    """Of hits that overlap the one that begins first, and of those the longest."""
    found: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not found or hit.start >= found[-1].end:
            found.append(hit)
    return found
