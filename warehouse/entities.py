"""Names of documents lead to entities of the warehouse: decisions of `pipeline.group`, on the names of a batch only.

What is compared is found by a join on block keys, so a batch costs the same in a large archive. Entities are written in
the transaction of their articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyarrow as pa

from pipeline.group.entities import EntityName, KnownEntity, block_key, link_names
from warehouse.gathered import TaggedArticle, gathered
from warehouse.said import normal_form
from warehouse.store import Cursor, Row, fetch_rows, registered, statement, update

TELLING: Final = pa.schema(
    [("article_id", pa.string()), ("published_at", pa.timestamp("us", "UTC")), ("turn", pa.int64())]
)
LINKS: Final = pa.schema([("name_id", pa.string()), ("entity_id", pa.string())])


def link_entities(cursor: Cursor, run_id: str, articles: Sequence[TaggedArticle]) -> dict[str, str]:
    """Find or make the entity of each name; name_id → entity_id of those names that do not give their entity its id.

    A name that was linked before leads where it led. The order is that of publication, not that of `articles`.
    """
    names = gathered("naming", articles)
    if names is None:
        return {}
    names = names.append_column("ordinal", pa.array(range(names.num_rows)))
    key_aliases(cursor)
    with registered(cursor, "naming", names), registered(cursor, "telling", tellings(articles)):
        cursor.execute(statement("gather_names"))
    with registered(cursor, "link", links_of_new(cursor)):
        cursor.execute(statement("link_names"))
    cursor.execute(statement("note_entities"), {"run_id": run_id})
    cursor.execute(statement("note_aliases"), {"run_id": run_id})
    return {row["name_id"]: row["entity_id"] for row in fetch_rows(cursor, "moved_names")}


def tellings(articles: Sequence[TaggedArticle]) -> pa.Table:
    """When each article was published, and how many were before it."""
    in_turn = sorted(articles, key=lambda a: a.order)
    columns = {
        "article_id": [a.article_id for a in in_turn],
        "published_at": [a.published_at for a in in_turn],
        "turn": range(len(in_turn)),
    }
    return pa.table(columns, TELLING)


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
