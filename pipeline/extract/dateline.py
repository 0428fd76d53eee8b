"""Datelines ("BAGHDAD, Nov 23 (AFP) -", "Baghdad:") and agency tags ("(Reuters)"): out of the text, into columns.

Form and place: AP Stylebook, "datelines"; agencies differ in the dash, the brackets and the order of date and agency.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from pipeline.extract.names import agencies, agency_of
from pipeline.extract.text import folded

LINES = 3  # a dateline stands in the first paragraph, or after a summary

WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’‘-]*"
PLACE = rf"{WORD}(?:\s(?:{WORD}|of|de|del|la|el|al|the|on|upon|and|du|des|der))*"
PLACES = rf"{PLACE}(?:\s?[,/]\s?{PLACE})*"
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:(?i:mon|tues|wednes|thurs|fri|satur|sun)(?i:day),?\s)?"
DATE = rf"{WEEKDAY}(?:(?i:{MONTH})\s\d{{1,2}}|\d{{1,2}}\s(?i:{MONTH}))(?:,?\s\d{{4}})?"
BRACKET = r"[(\[](?P<agency>[^()\[\]]{2,40})[)\]]"
DASH = r"(?:\s?[—–]\s?|\s?--+\s?|\s-\s|-\s|\s-)"

FULL = re.compile(rf"(?:(?P<place>{PLACES}),?\s)?(?:(?P<date>{DATE}),?\s?)?{BRACKET}\s?(?:{DASH}|:\s?|\s)(?=\S)")
DATED = re.compile(rf"(?P<place>{PLACES}),?\s{DATE}\s?(?:{DASH}|:\s)(?=\S)")
BARE = re.compile(rf"(?P<place>{PLACES})(?:{DASH}|\s?:\s)(?=\S)")

TAG = re.compile(
    r"(?:\s*[(\[](?P<bracketed>[^()\[\]]{2,40})[)\]]"
    r"|(?:(?<=[.!?”\"'’])\s|\s?[—–]\s?|\s--?\s)(?P<plain>[\w/ -]{2,30}))\.?$"
)


@cache
def _places() -> frozenset[str]:
    """Folded names of capitals and cities; `places.txt` tells where from."""
    lines = (files("pipeline.extract") / "places.txt").read_text("utf-8").splitlines()
    return frozenset(folded(line) for line in lines if not line.startswith("#"))


@cache
def _labels() -> frozenset[str]:
    table = tomllib.loads((files("pipeline.extract") / "rules.toml").read_text("utf-8"))
    return frozenset(folded(word) for word in table["labels"]["words"])


def split_dateline(text: str) -> tuple[str, str | None, str | None]:
    """(text without its dateline, place as written, agency's abbreviation)."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:LINES]):
        if found := _dateline(line, first=number == 0):
            rest, place, agency = found
            lines[number] = rest
            return "\n".join(lines), place, agency
    return text, None, None


def _dateline(line: str, first: bool) -> tuple[str, str | None, str | None] | None:
    match = FULL.match(line)
    if match and (agency := agency_in(match["agency"])):
        return line[match.end() :], match["place"], agency
    if (match := DATED.match(line)) and _is_place(match["place"], shouted=True):
        return line[match.end() :], match["place"], None
    if first and (match := BARE.match(line)) and _is_place(match["place"], shouted=":" not in match[0]):
        return line[match.end() :], match["place"], None
    return None


def _is_label(place: str) -> bool:
    return folded(place) in _labels() or agency_of(place) is not None


def _is_place(words: str, *, shouted: bool) -> bool:
    """Whether words before a dash or colon are a place: a known one, or one in capitals if `shouted` is allowed.

    A dash after capitals marks a dateline ("AVDARA, Ukraine —"); a colon marks a label just as well ("QUESTION:").
    """
    if _is_label(words):
        return False
    town, *rest = (part.strip() for part in re.split(r"[,/]", words))
    if folded(town) in _places():
        return len(rest) <= 2
    capitals = town.isupper() and not re.search(r"\d", town)
    return shouted and capitals and (len(rest) == 1 or (not rest and " " not in town and len(town) >= 5))


def agency_in(bracket: str) -> str | None:
    """The agency named in a bracket; the first of several, "AFP" in "AFP/Reuters"."""
    parts = re.split(r"[/,;&]| and ", bracket)
    return next((found for part in parts if (found := agency_of(part))), None)


def split_tag(text: str) -> tuple[str, str | None]:
    """(text without an agency's tag at its very end, that agency's abbreviation)."""
    head, newline, last = text.rpartition("\n")
    if agency_of(last.strip("()[] .-–—")) and len(last) < 40:
        return head, agency_of(last.strip("()[] .-–—"))
    match = TAG.search(last)
    name = (match["bracketed"] or match["plain"]) if match else None
    if match and name and match.start() and _is_tag(name):
        return head + newline + last[: match.start()], agency_in(name)
    return text, None


def _is_tag(name: str) -> bool:
    """All parts are agencies' names, written as such: the "pa" in "(Pa)" is none."""
    parts = [part.strip() for part in re.split(r"[/,;&]| and ", name)]
    known = set(agencies().values())
    return all(agency_of(part) and (part in known or not part.islower()) for part in parts)
