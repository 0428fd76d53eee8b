"""What is told of long ago without saying so in the same sentence: anniversaries, lives, histories."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pipeline.records import DateMention, Event

OLD_DAYS = 365
CARRIES = 600  # characters: an old date holds for the sentences behind it, until a new one comes
REMEMBERED_TYPES = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION"})


@cache
def signs(where: Literal["around", "before"]) -> re.Pattern[str]:
    """What tells, around a deed or right before it, that it is of old: "decades later", "a survivor of the"."""
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "remembered.toml").read_text(encoding="utf-8"))
    found = "|".join(row["pattern"] for row in table[where])
    return re.compile(rf"\b(?:{found})" + r"\b" * (where == "around"), re.IGNORECASE)


def with_background(
    text: str, events: Sequence[Event], dates: Sequence[DateMention], published: date | None
) -> list[Event]:
    """Deeds that the text puts into an old time are historical; those with a date of their own keep what it says."""
    if published is None:
        return list(events)
    return [
        replace(event, modality="historical") if _is_background(text, event, dates, published) else event
        for event in events
    ]


def _is_background(text: str, event: Event, dates: Sequence[DateMention], published: date) -> bool:
    if event.type not in REMEMBERED_TYPES or event.modality != "actual":
        return False
    if signs("before").search(text, max(0, event.trigger.start - 60), event.trigger.start):
        return True
    if event.date_end is not None:
        return (published - event.date_end).days > OLD_DAYS
    told = [d for d in dates if d.date_end and event.sentence_start - CARRIES <= d.start < event.sentence_end]
    if told:
        return (published - told[-1].date_end).days > OLD_DAYS if told[-1].date_end else False
    return bool(signs("around").search(text, max(0, event.sentence_start - CARRIES), event.sentence_end))
