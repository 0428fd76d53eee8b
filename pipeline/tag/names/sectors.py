"""Which sector of society a noun stands for, in PLOVER's terms: `lexicon/sectors.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("pipeline.tag") / "lexicon" / "sectors.toml").read_text(encoding="utf-8"))


def _by_word(name: str) -> Mapping[str, str]:
    return MappingProxyType({word: sector for sector, words in _table()[name].items() for word in words})


@cache
def head_sectors() -> Mapping[str, str]:
    """Sector by head noun, a lemma; two words are joined by "_": "security_force" → COP."""
    return _by_word("heads")


@cache
def modifier_sectors() -> Mapping[str, str]:
    """Sector by a word before the head that decides where the head says too little: "rebel" in "rebel forces"."""
    return _by_word("modifiers")


@cache
def general_sectors() -> Mapping[str, frozenset[str]]:
    """Whom a general noun may stand for later in a text, by sectors: "the group" for rebels or a party."""
    return {noun: frozenset(codes) for noun, codes in _table()["general"].items()}


def sector_of(words: list[str]) -> str | None:
    """Sector of a noun phrase by its lower-case words, the head last; None where they do not tell.

    >>> sector_of(["federal", "police"]), sector_of(["rebel", "forces"]), sector_of(["armed", "men"])
    ('COP', 'REB', 'UAF')
    """
    heads, modifiers = head_sectors(), modifier_sectors()
    head = words[-1]
    singular = head[:-3] + "y" if head.endswith("ies") else head.removesuffix("s")
    people = {"men": "man", "women": "woman", "gunmen": "gunman", "militiamen": "militiaman", "policemen": "policeman"}
    singular = people.get(head, singular)
    for form in (head, singular):
        if len(words) > 1 and (joined := heads.get(f"{words[-2]}_{form}")):
            return joined
    if before := [m for w in reversed(words[:-1]) if (m := modifiers.get(w))]:
        return before[0]
    return heads.get(head) or heads.get(singular)
