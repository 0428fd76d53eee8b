"""How a language writes days and months: dateparser's language data, read once, with ours beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = ("day", "week", "month", "year")
_SHIFT = re.compile(rf"(?:(in) )?(\d|\\1) ({'|'.join(UNITS)})(?: (ago))?")
_NUMBER = re.compile(r"\(\\d\+\+\[\.,\]\?\\d\*\+\)")  # dateparser's group for a number
_LATIN_OR_CYRILLIC = re.compile("[a-z\u00c0-\u052f]+\\.?", re.IGNORECASE)
SHORTEST_DAY = 4  # letters of a weekday that stands alone: "per", "so", "чт" are words or codes, too
SHORTEST_SHIFT = 3  # "hoy", "dün"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Words of one language, in lower case. `shifts`: "gestern" is -1 day; `counted`: patterns of "vor 3 Tagen"."""

    months: Mapping[str, int]
    translated: Mapping[str, str]  # months that dateparser does not know, by the one that it does
    weekdays: Mapping[str, int]  # Monday is 0
    shifts: Mapping[str, tuple[int, str]]
    counted: tuple[tuple[str, int, str], ...]  # pattern with one group, sign, unit


@cache
def calendar_of(language: str) -> Calendar | None:
    """The calendar of a language (ISO 639-1); None when dateparser does not know it."""
    if not re.fullmatch("[a-z]{2,3}", language):
        return None
    try:
        info: dict[str, Any] = import_module(f"dateparser.data.date_translation_data.{language}").info
    except ModuleNotFoundError:
        return None
    own = _table().get(language, {"months": {}, "not": []})
    misleading = {word.lower() for word in own["not"]}
    months = {w.lower(): n for n, name in enumerate(MONTHS, start=1) for w in _words(info, name)}
    translated = {k.lower(): v for k, v in own["months"].items()}
    weekdays = {w.lower(): n for n, name in enumerate(WEEKDAYS) for w in _words(info, name) if _stands_alone(w)}
    shifts = _shifts(info.get("relative-type", {}))
    return Calendar(
        months=months | {k: months[v] for k, v in translated.items()},
        translated=translated,
        weekdays={w: n for w, n in weekdays.items() if w not in misleading},
        shifts={w: s for w, s in shifts.items() if w not in misleading and w not in weekdays},
        counted=tuple(_counted(info.get("relative-type-regex", {}))),
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "dates.toml").read_text(encoding="utf-8"))


def _words(info: Mapping[str, Any], name: str) -> Iterable[str]:
    return (w for w in info.get(name, ()) if not w.isdigit())


def _stands_alone(word: str, shortest: int = SHORTEST_DAY) -> bool:
    """Long enough to be told from other words; two signs do in Chinese and its like."""
    return len(word) >= (shortest if _LATIN_OR_CYRILLIC.fullmatch(word) else 2)


def _shift(key: str) -> tuple[int, str] | None:
    """ "1 week ago" is (-1, "week"); None for hours and the like."""
    match = _SHIFT.fullmatch(key)
    if match is None or not (match[1] or match[4]):
        return None
    count = 1 if match[2] == "\\1" else int(match[2])
    return count if match[1] else -count, match[3]


def _shifts(relative: Mapping[str, Iterable[str]]) -> dict[str, tuple[int, str]]:
    """Words for days and periods around the present one; those with two meanings are left out (Hindi "कल")."""
    found: dict[str, tuple[int, str]] = {}
    twice = set()
    for key, words in relative.items():
        if (shift := _shift(key)) is None:
            continue
        for word in words:
            word = word.lower()
            if found.setdefault(word, shift) != shift:
                twice.add(word)
    return {w: s for w, s in found.items() if w not in twice and _stands_alone(w.replace(" ", ""), SHORTEST_SHIFT)}


def _counted(relative: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, int, str]]:
    for key, patterns in relative.items():
        if (shift := _shift(key)) is None:
            continue
        for pattern in patterns:
            bounded = _NUMBER.sub(r"(\\d{1,3})", pattern)
            if bounded.count("(") == 1 and "\\d{1,3}" in bounded:
                yield bounded, shift[0], shift[1]
