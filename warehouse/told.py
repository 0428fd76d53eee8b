"""What texts say, as Arrow tables with ids, made beside the tagger: the one process that writes has little to do.

Arrow of a single text's few rows would cost more than the rows, so the texts that a worker reads together share their
tables. Only the writer knows for certain which article a text is, and whom the warehouse knows by a name: rows are made
for the article that it most likely is (`of_article` makes them another's), and names stand as the document has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import accumulate
from typing import Final

import pyarrow as pa

from pipeline.ids import hashed, id_parts
from pipeline.records import Tags, Vector
from warehouse.said import ALL, MADE, Values, rows_in

OFFSETS: Final = ("start_offset", "end_offset", "sentence_start", "sentence_end")
TYPES: Final[Mapping[str, pa.DataType]] = {  # as the warehouse has them; what is not here is text
    **dict.fromkeys((*OFFSETS, "geonameid", "happening", "count", *MADE["event_mention"][3:]), pa.int32()),
    **dict.fromkeys(("score", "latitude", "longitude", "low", "high", "scale"), pa.float64()),
    **dict.fromkeys(("confidence", "learned_share"), pa.float64()),
    **dict.fromkeys(("date_start", "date_end"), pa.date32()),
    "contexts": pa.list_(pa.string()), "quad": pa.int8(), "ordinal": pa.int16(), "in_headline": pa.bool_(),
}  # fmt: skip
SCHEMAS: Final = {
    table: pa.schema([(name, TYPES.get(name, pa.string())) for name in columns]) for table, columns in ALL.items()
}


@dataclass(frozen=True, slots=True)
class Rows:
    """One text's rows in a batch that it shares with others: `count` of them from `start` on, one at least."""

    batch: pa.RecordBatch
    start: int
    count: int

    def column(self, name: str) -> list[object]:
        """The values of a column."""
        values: list[object] = self.batch.column(name).slice(self.start, self.count).to_pylist()
        return values


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
    vector: Vector | None
    tables: Mapping[str, Rows]

    def count(self, table: str) -> int:
        """The rows of a table."""
        return self.tables[table].count if table in self.tables else 0

    def column(self, table: str, name: str) -> list[object]:
        """A column of a table; empty without rows."""
        return self.tables[table].column(name) if table in self.tables else []


@dataclass(frozen=True, slots=True)
class Text:
    """A text, what was read in it, and the article whose ids its rows are to have."""

    text: str
    tags: Tags
    article_id: str


def told_in(text: str, tags: Tags, article_id: str = "") -> Told:
    """What was read in one text, ready to be loaded."""
    return told_in_all([Text(text, tags, article_id)])[0]


def told_in_all(texts: Sequence[Text]) -> list[Told]:
    """What was read in texts that are loaded together; they share their tables."""
    found = [rows_in(t.text, t.tags, t.article_id) for t in texts]
    shared = {table: shared_rows(table, [rows[table] for rows in found]) for table in SCHEMAS}
    return [
        Told(
            article_id=t.article_id,
            text_sha256=text_hash(t.text),
            word_count=len(t.text.split()),
            tagger=t.tags.tagger,
            status=t.tags.status,
            vector=t.tags.vector,
            tables={table: rows for table, of_each in shared.items() if (rows := of_each[n])},
        )
        for n, t in enumerate(texts)
    ]


def shared_rows(table: str, of_each: Sequence[Sequence[Values]]) -> list[Rows | None]:
    """Each text's rows of a table in one batch; None for a text without."""
    every = [row for rows in of_each for row in rows]
    if not every:
        return [None] * len(of_each)
    batch = as_arrow(table, every)
    ends = list(accumulate(len(rows) for rows in of_each))
    return [Rows(batch, end - len(rows), len(rows)) if rows else None for rows, end in zip(of_each, ends, strict=True)]


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


def own_ids(told: Told, table: str, start: bytes, natural: Sequence[str]) -> dict[object, str]:
    """Old id → id after `start`, of rows that their natural key identifies."""
    keys = zip(*(told.column(table, name) for name in natural), strict=True)
    return {
        old: hashed(start + id_parts(*key)) for old, key in zip(told.column(table, f"{table}_id"), keys, strict=True)
    }


def event_ids(told: Told, start: bytes) -> dict[object, str]:
    """The same of events, whom their parties identify as well."""
    parties: dict[object, list[Values]] = {}
    spans = (told.column("event_participant", name) for name in ("event_mention_id", "start_offset", "end_offset"))
    for event, *span in zip(*spans, strict=True):
        parties.setdefault(event, []).append(tuple(span))
    natural = ("event_mention_id", "start_offset", "end_offset", "event_type", "rule")
    events = zip(*(told.column("event_mention", name) for name in natural), strict=True)
    return {old: hashed(start + id_parts(*key, parties.get(old, []))) for old, *key in events}


def with_ids(rows: Rows, column: str, ids: Mapping[object, str]) -> Rows:
    """Rows of their own with other ids in a column; None stays."""
    own = rows.batch.slice(rows.start, rows.count)
    values = pa.array([ids.get(old) for old in rows.column(column)], pa.string())
    return Rows(own.set_column(own.schema.get_field_index(column), column, values), 0, rows.count)


def text_hash(text: str) -> str:
    """SHA-256 of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
