"""Paragraphs that tell of no violence (cases/tag/peaceful.toml), and the violent events that are read in them."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.records import Document, Event
from pipeline.tag import Tagger

PARAGRAPHS: list[dict[str, str]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "tag" / "peaceful.toml").read_text("utf-8")
)["paragraph"]
PUBLISHED = datetime(2026, 3, 12, 12, tzinfo=UTC)
# Modes of COERCE that lay hands on people or towns; a censor, a cut cable or a hacker do not.
BY_FORCE = frozenset({"arrest", "seize", "deport", "restrict", "curfew", "martial-law"})


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A violent event that was read where none is told; `number` counts the paragraphs of its kind from 1."""

    kind: str
    number: int
    event: Event
    sentence: str

    def __str__(self) -> str:
        return f"{self.kind} {self.number}, {self.event.rule} [{self.event.trigger.text}]: {self.sentence}"


def is_violent(event: Event) -> bool:
    """Does it say that force was used, and now: neither denied, planned, supposed nor long past?"""
    by_force = event.type == "ASSAULT" or (event.type == "COERCE" and event.mode in BY_FORCE)
    return by_force and event.polarity == "affirmed" and event.modality == "actual"


def false_alarms(tagger: Tagger) -> tuple[FalseAlarm, ...]:
    """All that are read."""
    found, numbers = [], Counter[str]()
    for paragraph in PARAGRAPHS:
        kind, text = paragraph["kind"], paragraph["text"]
        numbers[kind] += 1
        events = tagger.tag(Document(document_id="paragraph", text=text, published_at=PUBLISHED)).events
        found += [
            FalseAlarm(kind, numbers[kind], e, text[e.sentence_start : e.sentence_end]) for e in events if is_violent(e)
        ]
    return tuple(found)
