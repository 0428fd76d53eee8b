"""Names of documents lead to entities of the warehouse: decisions of `pipeline.group`, on the names of a batch only.

What is compared is found by a join on block keys, so a batch costs the same in a large archive. Entities are written in
the transaction of their articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
import pyarrow as pa

from pipeline.group.entities import EntityName, KnownEntity, block_key, link_names
from warehouse.store import Cursor, Row, fetch_rows, registered, statement, update
from warehouse.told import Told, normal_form, of_article

LINKS: Final = pa.schema([("name_id", pa.string()), ("entity_id", pa.string())])


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
    rows = pa.Table.from_batches([batch for _, batch in owned]).combine_chunks()
    if table == "event_participant":  # known by its event
        return rows
    owners = np.repeat(np.arange(len(owned)), [batch.num_rows for _, batch in owned])
    return rows.append_column("article_id", pa.array([a for a, _ in owned], pa.string()).take(pa.array(owners)))


def link_entities(cursor: Cursor, run_id: str, articles: Sequence[TaggedArticle]) -> dict[str, str]:
    """Find or make the entity of each name; name_id → entity_id of those names that do not give their entity its id.

    A name that was linked before leads where it led. The order is that of publication, not that of `articles`.
    """
    names = gathered("naming", sorted(articles, key=lambda a: a.order))
    if names is None:
        return {}
    names = names.append_column("position", pa.array(np.arange(names.num_rows)))
    key_aliases(cursor)
    with registered(cursor, "naming", names), registered(cursor, "telling", tellings(articles)):
        cursor.execute(statement("gather_names"))
    with registered(cursor, "link", links_of_new(cursor)):
        cursor.execute(statement("link_names"))
    cursor.execute(statement("note_entities"), {"run_id": run_id})
    cursor.execute(statement("note_aliases"), {"run_id": run_id})
    return {row["name_id"]: row["entity_id"] for row in fetch_rows(cursor, "moved_names")}


def tellings(articles: Sequence[TaggedArticle]) -> pa.Table:
    """When each article was published."""
    return pa.table(
        {"article_id": [a.article_id for a in articles], "published_at": [a.published_at for a in articles]},
        pa.schema([("article_id", pa.string()), ("published_at", pa.timestamp("us", "UTC"))]),
    )


def links_of_new(cursor: Cursor) -> pa.Table:
    """Names that never led anywhere, with the entities that they are alike or begin."""
    new = [EntityName(**row) for row in fetch_rows(cursor, "new_names")]
    found = [KnownEntity(**{**row, "names": tuple(row["names"])}) for row in fetch_rows(cursor, "entity_candidates")]
    links = link_names(new, found) if new else {}
    return pa.table({"name_id": list(links.keys()), "entity_id": list(links.values())}, LINKS)


def key_aliases(cursor: Cursor) -> None:
    """Keys for aliases that a migration made; once, on the first load after it."""
    rows: list[Row] = [
        {
            "name_id": row["name_id"],
            "alias": row["alias"],
            "alias_key": normal_form(row["alias"]),
            "block_key": block_key(row["alias"], row["kind"]) if row["canonical"] else None,
        }
        for row in fetch_rows(cursor, "unkeyed_aliases")
    ]
    update(cursor, "key_aliases", "entity_alias", rows)
