"""What somebody asks for by an id, the beginning of one, or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.errors import ConfigError
from pipeline.spelling import normal_name
from warehouse.store import Cursor, fetch_rows

# Of 16 hexadecimal digits: of a million rows one in 17 shares its first 6 with another, one in 4,300 its first 8.
SHORTEST_PREFIX = 6
LONGEST_ID = 16
WHERE_IDS_STAND = (
    'ids stand in event_feed: dateline sql "SELECT event_id, sentence_text FROM event_feed"; '
    "where only the last days are published, --full asks for all"
)
WHERE_NAMES_STAND = 'names stand in entities: dateline sql "SELECT entity_name, aliases FROM entities"'
CODED = ("event", "event mention", "article")
TIED = (*CODED, "story", "entity")


@dataclass(frozen=True, slots=True)
class Found:
    """What an id stands for: one of `TIED`."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entity that a name may mean. `written`: mentions written so; `known`: its id in lexicon or gazetteer."""

    entity_id: str
    entity_name: str
    kind: str
    country: str | None
    sector: str | None
    known: str | None
    articles: int
    written: int
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The entities that a name fits, the most named first; where it fits none, those whose names hold its words."""

    asked: str
    is_exact: bool
    entities: tuple[Named, ...]


def by_id(cursor: Cursor, wanted: str, kinds: Sequence[str] = CODED) -> Found:
    """What an id or the unique beginning of one stands for; ConfigError where it cannot be one, is none or several."""
    rows = fetch_rows(cursor, "ids_like", prefix=checked(wanted, kinds), kinds=list(kinds))
    return chosen(wanted, rows, kinds)


def by_name_or_id(cursor: Cursor, wanted: str) -> Found | Namesakes:
    """What an id, the beginning of one or a name stands for: the one thing, or the entities that may be meant.

    Names are compared without case, accents and quotes, in any of the spellings that articles have. ConfigError where
    nothing is called so.
    """
    found = thing(cursor, wanted) or named(cursor, wanted.strip())
    if found is not None:
        return found
    if not re.fullmatch(r"[0-9a-fA-F]{3,16}", wanted.strip()):
        raise ConfigError(f"{wanted!r}", "no article here names anybody so, and it is no id", WHERE_NAMES_STAND)
    checked(wanted, TIED)  # says where it is too short for an id
    raise ConfigError(f"id {wanted!r}", f"no {any_of(TIED)} here begins so, and nobody is named so", WHERE_IDS_STAND)


def thing(cursor: Cursor, wanted: str) -> Found | None:
    """What an id stands for; None for what may be a name ("Dade", "decade" are both hexadecimal)."""
    prefix = wanted.strip().lower()
    for row in fetch_rows(cursor, "show_known", wanted=wanted.strip()):
        return Found("entity", row["entity_id"])
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST_PREFIX},{LONGEST_ID}}}", prefix):
        return None
    rows = fetch_rows(cursor, "ids_like", prefix=prefix, kinds=list(TIED))
    return chosen(wanted, rows, TIED) if rows else None


def named(cursor: Cursor, name: str) -> Found | Namesakes | None:
    """The entity of that name, or else the one whose names hold its words; several where it fits several."""
    key = normal_name(name) or name
    for is_exact in (True, False):
        rows = fetch_rows(cursor, "show_names", key=key, is_exact=is_exact)
        if len(rows) == 1:
            return Found("entity", rows[0]["entity_id"])
        if rows:
            return Namesakes(name, is_exact, tuple(Named(**row) for row in rows))
    return None


def checked(wanted: str, kinds: Sequence[str] = CODED) -> str:
    """An id as it is stored; ConfigError where it cannot be one."""
    prefix = wanted.strip().lower()
    if not re.fullmatch(r"[0-9a-f]+", prefix) or len(prefix) > LONGEST_ID:
        asked = f"an id is that of an {any_of(kinds)}, up to {LONGEST_ID} hexadecimal digits"
        raise ConfigError(f"id {wanted!r}", asked, WHERE_IDS_STAND)
    if len(prefix) < SHORTEST_PREFIX:
        raise ConfigError(f"id {wanted!r}", f"too short: at least {SHORTEST_PREFIX} characters of an id are wanted")
    return prefix


def chosen(wanted: str, rows: list[dict[str, Any]], kinds: Sequence[str] = CODED) -> Found:
    """The one that is meant: an id that is whole is meant whatever else begins with it."""
    whole = [row for row in rows if row["id"] == wanted.strip().lower()]
    rows = whole or rows
    if not rows:
        raise ConfigError(f"id {wanted!r}", f"no {any_of(kinds)} here begins so", WHERE_IDS_STAND)
    if len(rows) > 1:
        these = ", ".join(f"{row['kind']} {row['id']}" for row in rows[:5]) + (", …" if len(rows) > 5 else "")
        raise ConfigError(f"id {wanted!r}", f"several begin so: {these}", "give more of it")
    return Found(rows[0]["kind"], rows[0]["id"])


def any_of(kinds: Sequence[str]) -> str:
    """The kinds in words: "event, event mention or article"."""
    return f"{', '.join(kinds[:-1])} or {kinds[-1]}"
