"""What many texts say, table by table for the one that writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.told import Rows, Told, of_article


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedArticle:
    """An article, and what its text says."""

    article_id: str
    published_at: datetime | None
    told: Told

    @property
    def order(self) -> tuple[bool, float, str]:
        """Sort key: earliest first, unknown times last, the same on any run."""
        at = self.published_at
        return (at is None, at.timestamp() if at else 0.0, self.article_id)

    def with_own_ids(self) -> TaggedArticle:
        """The same, its rows named after this article."""
        return replace(self, told=of_article(self.told, self.article_id))


def gathered(table: str, articles: Sequence[TaggedArticle]) -> pa.Table | None:
    """One table's rows over all articles, with the id of their article; None without rows."""
    owned = [(a.article_id, a.told.tables[table]) for a in articles if table in a.told.tables]
    if not owned:
        return None
    rows = pa.Table.from_batches(runs([rows for _, rows in owned])).combine_chunks()
    if table == "event_participant":  # known by its event
        return rows
    owners = np.repeat(np.arange(len(owned)), [rows.count for _, rows in owned])
    return rows.append_column("article_id", pa.array([a for a, _ in owned], pa.string()).take(pa.array(owners)))


def runs(of_each: Sequence[Rows]) -> Iterator[pa.RecordBatch]:
    """The same rows, those that follow each other in one batch together."""
    start = None
    for rows, after in zip_longest(of_each, of_each[1:]):
        start = rows.start if start is None else start
        if after is None or after.batch is not rows.batch or after.start != rows.start + rows.count:
            yield rows.batch.slice(start, rows.start + rows.count - start)
            start = None


def linked(told: pa.Table, moved: Mapping[str, str]) -> pa.Table:
    """Rows with the warehouse's entities; `moved`: names that lead to another entity than the one they are alike."""
    if not moved or "entity_id" not in told.column_names:
        return told
    names = told["entity_id"]
    found = pc.index_in(names, pa.array(moved.keys(), pa.string()))
    entities = pc.coalesce(pc.take(pa.array(moved.values(), pa.string()), found), names)
    return told.set_column(told.schema.get_field_index("entity_id"), "entity_id", entities)
