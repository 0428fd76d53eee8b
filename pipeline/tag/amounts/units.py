"""Units of measure, money and the plain names of what is counted, as `lexicon/units.toml` has them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})
LONGEST = 32  # characters of a unit behind a number


@dataclass(frozen=True, slots=True)
class Units:
    """The table, ready for look-up. Keys are lower case."""

    names: Mapping[str, str]  # "kilometres" → "km"
    behind: re.Pattern[str]
    signs: Mapping[str, str]  # "$" → "USD"
    nouns: Mapping[str, str]  # "people" → "person"
    never: frozenset[str]
    labels: frozenset[str]
    dated_before: frozenset[str]
    dated_behind: re.Pattern[str]


@cache
def load_units() -> Units:
    """The units of the lexicon."""
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "units.toml").read_text(encoding="utf-8"))
    names = {form: name for name, words in table["units"].items() for word in words for form in _forms(word)}
    words = "|".join(re.escape(w).replace(r"\ ", r"[\s-]+") for w in sorted(names, key=len, reverse=True))
    never = table["never"]
    later = "|".join(re.escape(w) for w in never["dated_behind"])
    return Units(
        names,
        re.compile(rf"[\s-]?({words})(?![\w])", re.IGNORECASE),
        table["signs"],
        table["nouns"],
        frozenset(never["units"]),
        frozenset(never["labels"]),
        frozenset(never["dated_before"]),
        re.compile(rf"[\s-]+(?:{later})\b", re.IGNORECASE),
    )


def _forms(word: str) -> tuple[str, ...]:
    """ "kilometre" and "kilometres"; signs and short forms have no plural."""
    return (word, f"{word}s") if len(word) > 2 and word[-1].isalpha() and not word.endswith("s") else (word,)


def measure_behind(text: str, end: int) -> tuple[str, int] | None:
    """The unit of measure directly behind a number that ends at `end`, and where the unit ends: ("km", 5)."""
    units = load_units()
    match = units.behind.match(text, end, end + LONGEST)
    if match is None:
        return None
    word = " ".join(re.split(r"[\s-]+", match[1].lower()))
    if word == "c" and match[1] != "C":
        return None
    return units.names[word], match.end()
