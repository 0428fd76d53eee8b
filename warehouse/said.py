"""What a text says, as rows of the warehouse: names, places, dates, quantities, events and their parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final, TypeVar

from pipeline.group.entities import block_key, kind_of
from pipeline.ids import hashed, id_parts
from pipeline.records import Event, Mention, Tags
from pipeline.spelling import normal_name

Item = TypeVar("Item")
Values = tuple[object, ...]

TOLLS: Final = ("killed", "wounded", "arrested", "captured", "displaced")
# Table → column → field of its record.
FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "mention": {
        "entity_id": "entity_id", "label": "label", "mention_text": "text", "start_offset": "start",
        "end_offset": "end", "score": "score", "office": "role", "country": "country", "sector": "sector",
    },
    "place": {
        "place_text": "text", "start_offset": "start", "end_offset": "end", "place_name": "name",
        "geonameid": "geonameid", "latitude": "latitude", "longitude": "longitude", "country": "country",
        "admin1": "admin1", "feature": "feature", "place_precision": "precision", "decided_by": "decided_by",
        "score": "score",
    },
    "date_mention": {
        "date_text": "text", "start_offset": "start", "end_offset": "end", "date_start": "date_start",
        "date_end": "date_end", "date_precision": "precision",
    },
    "quantity": {
        "quantity_text": "text", "start_offset": "start", "end_offset": "end", "low": "low", "high": "high",
        "unit": "unit", "fate": "fate", "counted": "counted", "source_text": "source",
    },
    "event_mention": {
        "event_type": "type", "mode": "mode", "contexts": "contexts", "quad": "quad", "scale": "scale",
        "trigger_text": "trigger.text", "start_offset": "trigger.start", "end_offset": "trigger.end",
        "sentence_start": "sentence_start", "sentence_end": "sentence_end", "place_from": "place_from",
        "date_start": "date_start", "date_end": "date_end", "date_text": "date_text",
        "date_precision": "date_precision", "polarity": "polarity", "modality": "modality",
        "attribution": "attribution", "speech": "speech", "part": "part", "in_headline": "in_headline",
        "happening": "happening",
        "confidence": "confidence", "rule": "rule",
        "learned_type": "learned_type", "learned_share": "learned_share",
    },
    "event_participant": {
        "participant_text": "text", "start_offset": "start", "end_offset": "end", "entity_id": "entity_id",
        "country": "country", "sector": "sector",
    },
}  # fmt: skip
# Columns that are made of several fields; they come first in a row.
MADE: Final[Mapping[str, tuple[str, ...]]] = {
    "mention": ("mention_id",),
    "place": ("place_id",),
    "date_mention": ("date_mention_id",),
    "quantity": ("quantity_id",),
    "event_mention": (
        "event_mention_id", "place_id", "sentence_text", *(f"{t}_{bound}" for t in TOLLS for bound in ("low", "high")),
    ),
    "event_participant": ("event_mention_id", "role", "ordinal"),
}  # fmt: skip
# How a text names somebody: a row for the canonical name, and one for each way in which it is written there.
NAMING: Final = ("name_id", "name", "block_key", "kind", "country", "sector", "known", "alias", "alias_key", "count")
COLUMNS: Final = {table: (*MADE[table], *fields) for table, fields in FIELDS.items()}
PLAIN: Final = {table: attrgetter(*fields.values()) for table, fields in FIELDS.items()}
ALL: Final[Mapping[str, tuple[str, ...]]] = {**COLUMNS, "naming": NAMING}


def rows_in(text: str, tags: Tags, article_id: str) -> dict[str, list[Values]]:
    """The rows of each table of `ALL`. Of what stands twice in one place the first is taken."""
    events = unique(event_key, tags.events)
    places = (*tags.places, *(event.place for event in events if event.place))
    start = id_parts(article_id)
    return {
        "mention": plain_rows("mention", start, mention_key, tags.mentions),
        "place": plain_rows("place", start, span_key, places),
        "date_mention": plain_rows("date_mention", start, span_key, tags.dates),
        "quantity": plain_rows("quantity", start, span_key, tags.quantities),
        "event_mention": [event_row(text, start, event) for event in events],
        "event_participant": [row for event in events for row in party_rows(start, event)],
        "naming": names_in(tags.mentions),
    }


def mention_key(mention: Mention) -> bytes:
    """What identifies a mention in its article."""
    return id_parts(mention.start, mention.end, mention.label)


def span_key(span: Any) -> bytes:
    """What identifies a place, date or number in its article."""
    return id_parts(span.start, span.end)


def event_key(event: Event) -> bytes:
    """What identifies a coded event in its article: its trigger, code and parties."""
    parties = [(p.start, p.end) for p in (*event.actors, *event.recipients)]
    return id_parts(event.trigger.start, event.trigger.end, event.type, event.rule, parties)


def unique(key: Callable[[Item], bytes], items: Sequence[Item]) -> list[Item]:
    """The first item of each key."""
    found: dict[bytes, Item] = {}
    for item in items:
        found.setdefault(key(item), item)
    return list(found.values())


def plain_rows(table: str, start: bytes, key: Callable[[Item], bytes], records: Sequence[Item]) -> list[Values]:
    """Rows of records that have nothing but their fields and what identifies them after `start`."""
    plain = PLAIN[table]
    return [(hashed(start + key(record)), *plain(record)) for record in unique(key, records)]


def event_row(text: str, start: bytes, event: Event) -> Values:
    """An event mention as a row."""
    return (
        hashed(start + event_key(event)),
        hashed(start + span_key(event.place)) if event.place else None,
        text[event.sentence_start : event.sentence_end],
        *(getattr(getattr(event, toll), bound, None) for toll in TOLLS for bound in ("low", "high")),
        *PLAIN["event_mention"](event),
    )


def party_rows(start: bytes, event: Event) -> list[Values]:
    """The actors and recipients of an event as rows."""
    event_mention_id = hashed(start + event_key(event))
    return [
        (event_mention_id, role, ordinal, *PLAIN["event_participant"](party))
        for role, parties in (("actor", event.actors), ("recipient", event.recipients))
        for ordinal, party in enumerate(parties, 1)
    ]


def names_in(mentions: Iterable[Mention]) -> list[Values]:
    """Who is named, in the order in which they come up, as rows of `NAMING`."""
    referents: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.entity_id is not None:
            referents.setdefault(mention.entity_id, []).append(mention)
    return [row for name_id, found in referents.items() for row in naming(name_id, found)]


def naming(name_id: str, mentions: Sequence[Mention]) -> Iterator[Values]:
    """How these mentions name one referent; "the group", "the prime minister" are no ways of writing a name."""
    name = first(mentions, "name") or max((m.text for m in mentions), key=len)
    kind = kind_of(m.label for m in mentions)
    written = Counter(m.text for m in mentions if m.text != m.role and (m.label != "GROUP" or kind == "GROUP"))
    known = (first(mentions, field) for field in ("country", "sector", "known"))
    who = (name_id, name, block_key(name, kind), kind, *known)
    for alias, count in ((name, 0), *written.items()):
        yield (*who, alias, normal_form(alias), count)


def normal_form(alias: str) -> str:
    """How an alias is looked up; of words that have no normal form (a lone "!") they themselves."""
    return normal_name(alias) or alias


def first(mentions: Sequence[Mention], field: str) -> str | None:
    """The first value that any of the mentions has."""
    return next((value for m in mentions if (value := getattr(m, field))), None)
