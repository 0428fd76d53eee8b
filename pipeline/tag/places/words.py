"""What the words of a place name say about the place, and how wire style shortens states: `lexicon/places.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.spelling import normal_name


@dataclass(frozen=True, slots=True)
class Words:
    """Feature codes by word, states' names by abbreviation, names that are better left unknown."""

    features: Mapping[str, str]
    states: Mapping[str, tuple[str, str]]  # "Ala" → ("Alabama", "USA")
    regions: frozenset[str]
    ordinary: frozenset[str]
    civic: frozenset[str]  # in names of bodies that towns have


@cache
def place_words() -> Words:
    """The table, read once."""
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "places.toml").read_text(encoding="utf-8"))
    states = {
        short: (name, iso3)
        for iso3, rows in table["states"].items()
        for name, shorts in rows.items()
        for short in (name, *shorts)
    }
    return Words(
        table["features"],
        states,
        regions=frozenset(map(normal_name, table["regions"])),
        ordinary=frozenset(table["ordinary"]),
        civic=frozenset(table["civic"]),
    )


# "Niger state television" is the country's.
_STATE_OWNED = r"[\s-](?:tv|television|radio|media|news|broadcaster|run|owned|visit|funeral|dinner)\b"


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A type word after a name, one before it ("town of"), and a state after a comma."""
    kinds = "|".join(place_words().features)
    states = "|".join(re.escape(s) for s in sorted(place_words().states, key=len, reverse=True))
    return (
        re.compile(rf"^[\s-]({kinds})\b(?!{_STATE_OWNED})", re.IGNORECASE),
        re.compile(rf"\b({kinds}) of (?:the )?$", re.IGNORECASE),
        re.compile(rf"^,\s*({states})(?![\w])"),
    )


def bare_name(name: str) -> tuple[str, str | None]:
    """The name without its type word, and the feature code of that word: "Anbar province" → "Anbar", ADM1."""
    words = name.split()
    features = place_words().features
    if len(words) > 1 and words[-1].lower() in features:
        return " ".join(words[:-1]), features[words[-1].lower()]
    if len(words) > 2 and words[1].lower() == "of" and words[0].lower() in features:
        return " ".join(words[2:]), features[words[0].lower()]
    return name, None
