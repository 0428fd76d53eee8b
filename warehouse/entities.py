"""Names of documents lead to entities of the warehouse: decisions of `pipeline.group`, on the names of a batch only.

What is compared is found by a join on block keys, so a batch costs the same in a large archive. Entities are written in
the transaction of their articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.group.entities import EntityName, KnownEntity, block_key, link_names
from warehouse.store import Cursor, Row, batch, fetch_rows, update
from warehouse.told import Naming, Told, normal_form


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


@dataclass(slots=True)
class Named:
    """A name as the articles of a batch have it: in the first, and then how all write it."""

    first: Naming
    first_article_id: str
    first_at: datetime | None
    last_at: datetime | None = None
    written: dict[str, tuple[str, int]] = field(default_factory=dict)  # alias → its normal form, mentions

    def add(self, naming: Naming, published_at: datetime | None) -> None:
        """One more article that has the name, no earlier than those before."""
        self.last_at = published_at or self.last_at
        written = self.written
        for alias, key, count in naming.written:
            if alias in written:
                count += written[alias][1]
            written[alias] = key, count


def link_entities(cursor: Cursor, run_id: str, articles: Sequence[TaggedArticle]) -> dict[str, str]:
    """Find or make the entity of each name; name_id → entity_id.

    A name that was linked before leads where it led. The order is that of publication, not that of `articles`.
    """
    named = names_of(articles)
    if not named:
        return {}
    key_aliases(cursor)
    links = find_entities(cursor, [n.first for n in named])
    update(cursor, "note_entities", "entity", entity_rows(run_id, named, links))
    update(cursor, "note_aliases", "entity_alias", alias_rows(run_id, named, links))
    return links


def names_of(articles: Sequence[TaggedArticle]) -> list[Named]:
    """The names of all articles, each once, in the order in which they come up."""
    named: dict[str, Named] = {}
    for article in sorted(articles, key=lambda a: a.order):
        for naming in article.told.names:
            known = named.get(naming.name_id)
            if known is None:
                known = named[naming.name_id] = Named(naming, article.article_id, article.published_at)
            known.add(naming, article.published_at)
    return list(named.values())


def find_entities(cursor: Cursor, names: Sequence[Naming]) -> dict[str, str]:
    """name_id → entity_id: where it led before, else by the names that it is alike."""
    with batch(cursor, "entity_alias", [{"name_id": name.name_id} for name in names]):
        links: dict[str, str] = {r["name_id"]: r["entity_id"] for r in fetch_rows(cursor, "known_names")}
    new = [name for name in names if name.name_id not in links]
    if new:
        with batch(cursor, "entity_alias", [{"block_key": key} for key in sorted({name.block_key for name in new})]):
            found = [
                KnownEntity(**{**row, "names": tuple(row["names"])}) for row in fetch_rows(cursor, "entity_candidates")
            ]
        links |= link_names([entity_name(name) for name in new], found)
    return links


def entity_name(naming: Naming) -> EntityName:
    """What names are compared by."""
    return EntityName(
        name_id=naming.name_id, name=naming.name, kind=naming.kind, country=naming.country, known=naming.known
    )


def entity_rows(run_id: str, named: Sequence[Named], links: Mapping[str, str]) -> list[Row]:
    """The entities that the batch names, each once, as its first name has them."""
    rows: dict[str, Row] = {}
    times: dict[str, list[datetime]] = {}
    for n in named:
        entity_id = links[n.first.name_id]
        row = rows.setdefault(
            entity_id,
            {"entity_id": entity_id, "entity_name": n.first.name, "kind": n.first.kind, "run_id": run_id}
            | dict.fromkeys(("country", "sector", "known")),
        )
        for column in ("country", "sector", "known"):
            row[column] = row[column] or getattr(n.first, column)
        times.setdefault(entity_id, []).extend(at for at in (n.first_at, n.last_at) if at)
    for entity_id, row in rows.items():
        seen = times[entity_id]
        row["first_seen_at"], row["last_seen_at"] = min(seen, default=None), max(seen, default=None)
    return list(rows.values())


def alias_rows(run_id: str, named: Sequence[Named], links: Mapping[str, str]) -> list[Row]:
    """How each name is written; its canonical form among them, should no text have it."""
    return [
        {
            "name_id": n.first.name_id,
            "alias": alias,
            "entity_id": links[n.first.name_id],
            "canonical": alias == n.first.name,
            "alias_key": key,
            "block_key": n.first.block_key if alias == n.first.name else None,
            "first_article_id": n.first_article_id,
            "mention_count": count,
            "run_id": run_id,
        }
        for n in named
        for alias, (key, count) in sorted({n.first.name: (n.first.name_key, 0), **n.written}.items())
    ]


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
