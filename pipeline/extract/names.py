"""Bylines: from what pages and wires write to a list of names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.extract.text import folded, one_line

LEAD = re.compile(
    r"^(?:(?:story|article|text|words|interview|analysis|opinion|posted|published|written|reported|compiled)\s+by|by|from|with)\b[:\s]+",
    re.IGNORECASE,
)
NOT_NAMES = re.compile(r"\([^)]*\)|https?://\S*|www\.\S+|\S+@\S+\.\w+|@\w+")
SEPARATOR = re.compile(
    r"\s*(?:[;|/&•·\n]|,(?!\s*(?:Jr|Sr|II|III)\b)|\s(?:and|with|und|et|y)\s|\s[–—-]\s)\s*", re.IGNORECASE
)
TAIL = re.compile(r"\s+(?:in|at|for|of)\s+(?:the\s+)?[A-Z].*$")
ROLE = re.compile(
    r"\b(?:staff|reporters?|correspondents?|editors?|editorial|writers?|journalists?|columnists?|contributors?"
    r"|bureau|desk|newsroom|news\s?desk|agency|agencies|admin|administrator|webmaster|author|guest|team|producer"
    r"|analyst|chief|photographer|updated|published|freelance|special to|director|professor|host|senior"
    r"|multimedia|online|digital)\b",
    re.IGNORECASE,
)
CAPITALS = re.compile(r"[^\W\d_]{3,}")
DOMAIN = re.compile(r"\.[a-z]{2,}$", re.IGNORECASE)
# "By Ann Lee Monday, November 18": a day behind a name, a month that was cut off from its number.
DAY = re.compile(r"(?<=\w)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)
MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)", re.IGNORECASE
)
LONGEST = 60  # characters of a name
MOST = 12  # names in a byline


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("pipeline.extract") / "rules.toml").read_text("utf-8"))


@cache
def agencies() -> dict[str, str]:
    """Folded name or abbreviation of each agency → the abbreviation it is known by ("agence france presse" → AFP)."""
    return {folded(name): short for short, names in _table()["agencies"].items() for name in (short, *names)}


def agency_of(name: str) -> str | None:
    """The abbreviation of an agency ("Reuters Staff" and "The Associated Press" too), None for any other name."""
    key = re.sub(r"^the | (?:staff|news agency|news|correspondents?|reporters?|writers?)$", "", folded(name))
    return agencies().get(folded(name)) or agencies().get(key)


def house_of(name: str, sites: Collection[str] = ()) -> str | None:
    """The house that a name in a byline is: "Harbour News", "The Harbour Post"; "" for one unnamed, None for a person.

    `sites` are folded names of who publishes the page: "Harbour Post" is a house on its own pages.
    """
    key, houses = folded(name), _table()["houses"]
    if office := next((office for office in houses["offices"] if f"{key} ".startswith(f"{office} ")), None):
        return name[len(office) :].strip()
    if any(key.endswith(f" {word}") for word in houses["sure"]):
        return name
    last = key.split()[-1] if key else ""
    own = key in sites and (last in houses["maybe"] or " " not in key)
    return name if own or (key.startswith("the ") and last in houses["maybe"]) else None


def is_of_house(name: str, agency: str | None) -> bool:
    """Whether a name is that of the agency that signs: "Harbour Press" and "Harbour" where "Harbour" does."""
    first, rest = folded(agency or ""), folded(name)
    if not first or not f"{rest} ".startswith(f"{first} "):
        return False
    tail = rest[len(first) :].split()
    return all(word in _table()["houses"]["maybe"] or word in ("news", "agency", "service") for word in tail)


def read_names(raw: Iterable[str], sites: Collection[str] = ()) -> tuple[tuple[str, ...], str | None]:
    """(names in their order, agency that signs) of raw bylines: "By Ann Lee and Bo Ek, AFP" → (Ann Lee, Bo Ek), AFP."""
    names: dict[str, str] = {}
    listed, house = None, None
    for part in (part for line in raw for part in _parts(line)):
        if found := agency_of(part):
            listed = listed or found
        elif (unlisted := house_of(part, sites)) is not None:
            house = house or unlisted or None
        elif _is_name(part):
            names.setdefault(folded(part), part)
    agency = listed or house
    if agency:  # "AFP, MANILA": beside an agency a lone word in capitals is where, not who
        names = {key: name for key, name in names.items() if " " in name or len(name) < 4 or not name.isupper()}
    return tuple(names.values())[:MOST], agency


def _parts(line: str) -> list[str]:
    text = NOT_NAMES.sub(" ", one_line(line))
    parts = (LEAD.sub("", part.strip()) for part in SEPARATOR.split(LEAD.sub("", text.strip())))
    return [piece for part in parts if part for piece in _without_house(part)]


def _without_house(part: str) -> list[str]:
    """A name, and apart from it the agency that some write behind it: "ANN LEE Associated Press"."""
    if agency_of(part):
        return [part]
    tokens = DAY.sub("", TAIL.sub("", part)).strip(" .,:;*-–—").split()
    for size in range(min(4, len(tokens) - 2), 0, -1):
        if agency_of(house := " ".join(tokens[-size:])):
            return [_cased(tokens[:-size]), house]
    return [_cased(tokens)]


def _cased(tokens: list[str]) -> str:
    """A name of several words all in capitals in its usual letters; initials and abbreviations stay."""
    name = " ".join(tokens)
    shouted = len(tokens) > 1 and name.isupper()
    return CAPITALS.sub(lambda word: word[0].capitalize(), name) if shouted else name


def _is_name(part: str) -> bool:
    """Whether this can be somebody's or some house's name: not a role, not a slug, not a sentence."""
    if MONTH.fullmatch(part) or not 1 < len(part) <= LONGEST or len(part.split()) > 6 or re.search(r"\d", part):
        return False
    caseless = part.lower() == part.upper()  # Arabic, Hindi, Chinese
    written = part[0].isalpha() and (caseless or part != part.lower())
    return written and not (ROLE.search(part) or DOMAIN.search(part))
