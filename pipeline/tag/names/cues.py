"""What the words in and around a name say of its kind: `lexicon/cues.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.errors import ConfigError

REACH = 60  # characters looked at on either side
PLACES = ("before", "after", "inside")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: for names beside which (or in which) `pattern` stands, `weight` more for `kind`.

    `short` ones hold for names of one word, `long` ones for others.
    """

    kind: str
    where: str
    pattern: re.Pattern[str]
    weight: float
    short: bool
    long: bool
    example: str


@cache
def cue_words(name: str) -> tuple[str, ...]:
    """A word list of the table: "titles", "forenames" …"""
    return tuple(_table()["words"][name])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("pipeline.tag") / "lexicon" / "cues.toml").read_text(encoding="utf-8"))


@cache
def load_cues() -> tuple[Cue, ...]:
    """The cues; ConfigError names one that cannot be read."""
    table = _table()
    lists = {
        name: "|".join(sorted(map(re.escape, words), key=len, reverse=True)) for name, words in table["words"].items()
    }
    return tuple(_cue(row, lists) for row in table["cue"])


def _cue(row: dict[str, str], lists: dict[str, str]) -> Cue:
    where = f"lexicon/cues.toml, {row.get('example')}"
    if row["where"] not in PLACES:
        raise ConfigError(where, f"no place {row['where']!r}", f"one of {', '.join(PLACES)}")
    pattern = re.sub(r"\{([a-z]+)\}", lambda m: lists[m[1]], row["pattern"])
    flags = re.NOFLAG if row.get("case") else re.IGNORECASE
    if row.get("case"):  # titles stand with a capital or in lower case, never "THE GENERAL"
        pattern = re.sub(r"\{([a-z]+)\}", lambda m: lists[m[1]], row["pattern"])
        flags = re.IGNORECASE
    return Cue(
        row["kind"],
        row["where"],
        re.compile(pattern, flags),
        float(row["weight"]),
        bool(row.get("short")),
        bool(row.get("long")),
        row["example"],
    )


def read_cues(text: str, start: int, end: int) -> Iterator[Cue]:
    """The cues that hold for the name at these offsets."""
    name, before, after = text[start:end], text[max(0, start - REACH) : start], text[end : end + REACH]
    for cue in load_cues():
        is_short = name.replace("-", "").isalpha()
        if (cue.short and not is_short) or (cue.long and is_short):
            continue
        if cue.where == "inside":
            held = cue.pattern.search(name)
        else:
            held = cue.pattern.search(before if cue.where == "before" else after)
        if held:
            yield cue
