"""What a scan for place names needs to know of a language: `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

from pipeline.spelling import normal_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's words, all in normal form; `prefixes` and `endings` are (what stands there, what the name has)."""

    before: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    prefixes: tuple[tuple[str, str], ...] = ()
    endings: tuple[tuple[str, str], ...] = ()
    nouns: bool = False  # are all nouns written with a capital?


@cache
def words_of(language: str) -> Words:
    """The words of a language (ISO 639-1); with spaCy's stop words, where it has the language.

    A stop word is never a place and may stand in capitals before one, at the start of a sentence ("In Berlin").
    """
    table = _table().get(language, {})
    stops = _normal(_stop_words(language))
    return Words(
        before=_normal(table.get("before", ())) | stops,
        ordinary=_normal(table.get("ordinary", ())) | stops,
        prefixes=tuple((there, left) for there, left in table.get("prefixes", ())),
        endings=tuple((there, left) for there, left in table.get("endings", ())),
        nouns=table.get("nouns", False),
    )


@cache
def thresholds() -> dict[str, int]:
    """People that a town needs to be taken, by how its script marks names: capitals, words, unspaced."""
    found: dict[str, int] = _table()["people"]
    return found


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))


def _normal(words: Iterable[str]) -> frozenset[str]:
    return frozenset(normal_name(word) for word in words) - {""}


def _stop_words(language: str) -> frozenset[str]:
    """spaCy's list; nothing for a language that it does not have."""
    if not language.isalpha():
        return frozenset()
    try:
        return frozenset(import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS)
    except ModuleNotFoundError:
        return frozenset()
