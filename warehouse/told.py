"""What a text says, as rows of the warehouse: names, places, dates, quantities, events and their parties.

It is made beside the tagger, in many processes, as Arrow, so that the one that writes has little to do. Only the writer
knows for certain which article a text is, and whom the warehouse knows by a name: it is made for the article that it
most likely is (`of_article` makes it another's), and names stand as the document has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final, TypeVar

import pyarrow as pa

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
OFFSETS: Final = ("start_offset", "end_offset", "sentence_start", "sentence_end")
TYPES: Final[Mapping[str, pa.DataType]] = {  # as the warehouse has them; what is not here is text
    **dict.fromkeys((*OFFSETS, "geonameid", "happening", "count", *MADE["event_mention"][3:]), pa.int32()),
    **dict.fromkeys(("score", "latitude", "longitude", "low", "high", "scale", "confidence"), pa.float64()),
    **dict.fromkeys(("date_start", "date_end"), pa.date32()),
    "contexts": pa.list_(pa.string()), "quad": pa.int8(), "ordinal": pa.int16(), "in_headline": pa.bool_(),
}  # fmt: skip
SCHEMAS: Final = {
    table: pa.schema([(name, TYPES.get(name, pa.string())) for name in columns])
    for table, columns in {**COLUMNS, "naming": NAMING}.items()
}


@dataclass(frozen=True, slots=True)
class Told:
    """All that one text says, its ids as those of `article_id`.

    `tables`: of each table of `SCHEMAS` that it has rows for, those rows.
    """

    article_id: str
    text_sha256: str
    word_count: int
    tagger: str
    status: str
    tables: Mapping[str, pa.RecordBatch]

    def count(self, table: str) -> int:
        """The rows of a table."""
        return self.tables[table].num_rows if table in self.tables else 0


def told_in(text: str, tags: Tags, article_id: str = "") -> Told:
    """What was read in a text, ready to be loaded. Of what stands twice in one place the first is taken."""
    events = unique(event_key, tags.events)
    places = (*tags.places, *(event.place for event in events if event.place))
    start = id_parts(article_id)
    rows = {
        "mention": plain_rows("mention", start, mention_key, tags.mentions),
        "place": plain_rows("place", start, span_key, places),
        "date_mention": plain_rows("date_mention", start, span_key, tags.dates),
        "quantity": plain_rows("quantity", start, span_key, tags.quantities),
        "event_mention": [event_row(text, start, event) for event in events],
        "event_participant": [row for event in events for row in party_rows(start, event)],
        "naming": names_in(tags.mentions),
    }
    return Told(
        article_id=article_id,
        text_sha256=text_hash(text),
        word_count=len(text.split()),
        tagger=tags.tagger,
        status=tags.status,
        tables={table: as_arrow(table, values) for table, values in rows.items() if values},
    )


def as_arrow(table: str, rows: Sequence[Values]) -> pa.RecordBatch:
    """Rows of a table, at least one."""
    schema = SCHEMAS[table]
    columns = [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def of_article(told: Told, article_id: str) -> Told:
    """The same as another article's: a text that proves to be a later version of its address."""
    start = id_parts(article_id)
    ids = {
        "mention": own_ids(told, "mention", start, ("start_offset", "end_offset", "label")),
        **{table: own_ids(told, table, start, ("start_offset", "end_offset")) for table in SPANS},
        "event_mention": event_ids(told, start),
    }
    tables = dict(told.tables)
    for table, column, owner in ID_COLUMNS:
        if table in tables:
            tables[table] = with_ids(tables[table], column, ids[owner])
    return replace(told, article_id=article_id, tables=tables)


SPANS: Final = ("place", "date_mention", "quantity")
# Table, column, and the table whose rows have these ids.
ID_COLUMNS: Final = (
    *((table, f"{table}_id", table) for table in ("mention", *SPANS, "event_mention")),
    ("event_mention", "place_id", "place"),
    ("event_participant", "event_mention_id", "event_mention"),
)


def own_ids(told: Told, table: str, start: bytes, natural: Sequence[str]) -> dict[str, str]:
    """Old id → id after `start`, of rows that their natural key identifies."""
    if table not in told.tables:
        return {}
    rows = told.tables[table].select([f"{table}_id", *natural]).to_pylist()
    return {row[f"{table}_id"]: hashed(start + id_parts(*(row[name] for name in natural))) for row in rows}


def event_ids(told: Told, start: bytes) -> dict[str, str]:
    """The same of events, whom their parties identify as well."""
    parties: dict[str, list[tuple[int, int]]] = {}
    if "event_participant" in told.tables:
        for row in told.tables["event_participant"].to_pylist():
            parties.setdefault(row["event_mention_id"], []).append((row["start_offset"], row["end_offset"]))
    natural = ("start_offset", "end_offset", "event_type", "rule")
    events = told.tables["event_mention"].to_pylist() if "event_mention" in told.tables else []
    return {
        e["event_mention_id"]: hashed(
            start + id_parts(*(e[n] for n in natural), parties.get(e["event_mention_id"], []))
        )
        for e in events
    }


def with_ids(rows: pa.RecordBatch, column: str, ids: Mapping[str, str]) -> pa.RecordBatch:
    """Rows with other ids in a column; None stays."""
    values = [ids.get(old) for old in rows.column(column).to_pylist()]
    return rows.set_column(rows.schema.get_field_index(column), column, pa.array(values, pa.string()))


def text_hash(text: str) -> str:
    """SHA-256 of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


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
