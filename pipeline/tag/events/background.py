"""What is told of long ago without saying so in the same sentence: anniversaries, lives, histories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.records import DateMention, Event

OLD_DAYS = 365
CARRIES = 600  # characters: an old date holds for the sentences behind it, until a new one comes
REMEMBERED_TYPES = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION"})
_WORDS = (
    r"(?:years|decades|centuries) (?:ago|after|later|earlier|before)", r"(?<!on the )(?<!on its )anniversary",
    "centenary", "bicentenary", r"survivors? of",
    "veteran", "memorial", r"historians?", "in memory of", r"commemorat\w+", "obituary", "holocaust",
    r"(?:first|second) world war", r"world war (?:i|ii|one|two)", "colonial", "medieval", "ancient", "empire",
    "dynasty", "century", "born in", "drafted at",
)  # fmt: skip
REMEMBERED = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)

# "A survivor of the bombing", "records on the massacre": what the trigger names is only remembered.
OF_OLD = re.compile(
    r"\b(?:survivors?|anniversary|memory|history|records|archives|study|photographs?|paintings?) (?:of|on|from)"
    r" [^.,;]{0,30}$"
)


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
    if OF_OLD.search(text, max(0, event.trigger.start - 60), event.trigger.start):
        return True
    if event.date_end is not None:
        return (published - event.date_end).days > OLD_DAYS
    told = [d for d in dates if d.date_end and event.sentence_start - CARRIES <= d.start < event.sentence_end]
    if told:
        return (published - told[-1].date_end).days > OLD_DAYS if told[-1].date_end else False
    return bool(REMEMBERED.search(text, max(0, event.sentence_start - CARRIES), event.sentence_end))
