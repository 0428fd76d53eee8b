"""What the stories of the demo wire tell: `tests/cases/demo/events.toml`, whose head explains its words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.demo import Story, load_stories

FILE = Path(__file__).parents[1] / "cases" / "demo" / "events.toml"
KEYS = {"says", "trigger", "type", "mode", "actors", "recipients", "place", "truth", "headline", "or", "may"}
QUOTES = str.maketrans("“”’‘`", "\"\"'''")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a party or a place, any of which will do."""

    either: tuple[str, ...]
    needed: bool

    @classmethod
    def of(cls, written: str) -> Words:
        """`a|b?` of the file."""
        return cls(tuple(written.removesuffix("?").split("|")), not written.endswith("?"))

    def stand_in(self, text: str) -> bool:
        """Whether the text holds one of them, whole."""
        return any(re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text, re.IGNORECASE) for w in self.either)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to code an event. None: not asked."""

    type: str
    modes: frozenset[str | None]
    actors: tuple[Words, ...] | None
    recipients: tuple[Words, ...] | None


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a story and how it may be coded."""

    story: str
    says: str
    triggers: tuple[str, ...]
    readings: tuple[Reading, ...]
    place: Words | None  # None: not asked
    truths: frozenset[str]  # "negated", or a modality
    may: bool  # need not be coded
    in_headline: bool = False  # the headline tells of it, too

    @property
    def asked(self) -> bool:
        """Whether a coder must find it: it happened, and PLOVER asks for it."""
        return not self.may and "actual" in self.truths


def straight(text: str) -> str:
    """The same text, as long as before, with quote marks that can be compared."""
    return text.translate(QUOTES)


@cache
def told() -> dict[str, tuple[Told, ...]]:
    """All events by story; stories that tell none have an empty tuple."""
    raw = tomllib.loads(FILE.read_text("utf-8"))
    return {story: tuple(_told(story, row) for row in rows) for story, rows in raw.items()}


def stories() -> dict[str, Story]:
    """The stories that the file covers, by id: all English ones but the copies."""
    return {s.story_id: s for s in load_stories() if s.kind == "story" and s.language == "en" and not s.copy_of}


def _told(story: str, row: dict[str, Any]) -> Told:
    if unknown := row.keys() - KEYS:
        raise ValueError(f"{FILE.name}: {story}: {', '.join(sorted(unknown))} in {row['says']!r}")
    return Told(
        story=story,
        says=straight(row["says"]),
        triggers=tuple(row["trigger"].split("|")),
        readings=(_reading(row), *(_reading(row | other) for other in row.get("or", ()))),
        place=Words.of(row["place"]) if "place" in row else None,
        truths=frozenset(row.get("truth", "actual").split("|")),
        may=row.get("may", False),
        in_headline=row.get("headline", False),
    )


def _reading(row: dict[str, Any]) -> Reading:
    return Reading(
        type=row["type"],
        modes=frozenset(mode or None for mode in row.get("mode", "").split("|")),
        actors=_parties(row.get("actors")),
        recipients=_parties(row.get("recipients")),
    )


def _parties(written: list[str] | None) -> tuple[Words, ...] | None:
    return None if written is None else tuple(Words.of(words) for words in written)
