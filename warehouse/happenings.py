"""New event mentions are compared with those of the days around them, and find their event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pipeline.group import LOOKS_BACK_DAYS, Side, Spot, Telling, cluster, content_words, party_words
from warehouse.store import Cursor, Row, batch, fetch_rows, statement

TOLLS = ("killed", "wounded", "arrested", "captured", "displaced")
Found = Mapping[str, Any]


def place_mentions(cursor: Cursor, run_id: str) -> None:
    """Events for the event mentions that wait for one, and anew for those that a new one may pull over."""
    cursor.execute(statement("touched_mentions"))
    touched = defaultdict[str, set[date]](set)
    for row in fetch_rows(cursor, "touched_days"):
        touched[row["event_type"]].add(row["grouped_on"])
    around = defaultdict[str, list[Found]](list)
    for row in fetch_rows(cursor, "mentions_around"):
        around[row["event_type"]].append(row)
    changed = [row for kind, found in around.items() for row in _relinked(found, touched[kind])]
    with batch(cursor, "event_mention", changed):
        cursor.execute(statement("link_mentions"))
    cursor.execute(statement("refresh_events"), {"run_id": run_id})


def _relinked(found: Sequence[Found], touched: set[date]) -> list[Row]:
    """Mentions of one type whose event is another one now; what only superseded texts tell of is no event.

    Of the days that were read, those at the rim lack what was before them; they are nobody's concern here.
    """
    events = cluster([_telling(row) for row in found], settled={row["grouped_on"] for row in found} - touched)
    standing = {events[row["event_mention_id"]] for row in found if row["stands"]}
    now = {mention: event if event in standing else None for mention, event in events.items()}
    last = timedelta(days=LOOKS_BACK_DAYS)
    concerned = {day + timedelta(days=n) for day in touched for n in range(last.days + 1)}
    return [
        {"event_mention_id": row["event_mention_id"], "event_id": now[row["event_mention_id"]]}
        for row in found
        if row["grouped_on"] in (touched if row["is_dated"] else concerned)
        and row["event_id"] != now[row["event_mention_id"]]
    ]


def _telling(row: Found) -> Telling:
    return Telling(
        event_mention_id=row["event_mention_id"],
        article_id=row["article_id"],
        story_id=row["story_id"],
        event_id=row["event_id"],
        day=row["grouped_on"],
        is_dated=row["is_dated"],
        dates=(row["date_start"], row["date_end"]) if row["date_start"] and row["date_end"] else None,
        reported_at=row["reported_at"],
        mode=row["mode"],
        happening=row["happening"],
        spot=_spot(row),
        actors=_side(row["actors"]),
        recipients=_side(row["recipients"]),
        tolls={kind: (low, row[f"{kind}_high"] or low) for kind in TOLLS if (low := row[f"{kind}_low"]) is not None},
        words=content_words(row["sentence_text"]),
    )


def _spot(row: Found) -> Spot | None:
    if row["geonameid"] is None and row["country"] is None:
        return None
    return Spot(
        row["geonameid"], row["latitude"], row["longitude"], row["place_precision"], row["country"], row["admin1"]
    )


def _side(parties: Sequence[Found] | None) -> Side:
    """Who stands on one side."""
    rows = parties or ()
    return Side(
        entities=frozenset(p["entity_id"] for p in rows if p["entity_id"]),
        codes=frozenset((p["country"], p["sector"]) for p in rows if p["country"] or p["sector"]),
        words=frozenset().union(*(party_words(p["text"]) for p in rows)),
    )
