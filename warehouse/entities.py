"""Names of documents lead to entities of the warehouse: decisions of `pipeline.group`, on the names of a batch only.

What is compared is found by a join on block keys, so a batch costs the same in a large archive. Entities are written in
the transaction of their articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from pipeline.group.entities import EntityName, KnownEntity, block_key, kind_of, link_names, relink
from pipeline.records import Event, Mention, Participant, Tags
from pipeline.spelling import normal_name
from warehouse.store import Cursor, Row, batch, fetch_rows, update

Called = TypeVar("Called", Mention, Participant)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedArticle:
    """What was read in an article's text."""

    article_id: str
    published_at: datetime | None
    text: str
    tags: Tags

    @property
    def order(self) -> tuple[bool, float, str]:
        """Sort key: earliest first, unknown times last, the same on any run."""
        at = self.published_at
        return (at is None, at.timestamp() if at else 0.0, self.article_id)


@dataclass(slots=True, kw_only=True)
class Named:
    """A name as the articles of a batch have it."""

    name: EntityName
    first_article_id: str
    sector: str | None = None
    times: list[datetime] = field(default_factory=list)
    written: Counter[str] = field(default_factory=Counter)


def link_entities(cursor: Cursor, run_id: str, articles: Sequence[TaggedArticle]) -> list[tuple[str, Tags]]:
    """Find or make the entity of each name; the articles' tags with the warehouse's ids in mentions and participants.

    A name that was linked before leads where it led. The order is that of publication, not that of `articles`.
    """
    named = names_of(articles)
    if not named:
        return [(a.article_id, a.tags) for a in articles]
    key_aliases(cursor)
    links = find_entities(cursor, named)
    update(cursor, "note_entities", "entity", entity_rows(run_id, named, links))
    update(cursor, "note_aliases", "entity_alias", alias_rows(run_id, named, links))
    return [(a.article_id, relinked(a.tags, links)) for a in articles]


def names_of(articles: Sequence[TaggedArticle]) -> list[Named]:
    """The names of all articles, each once, in the order in which they come up."""
    named: dict[str, Named] = {}
    for article in sorted(articles, key=lambda a: a.order):
        referents: dict[str, list[Mention]] = {}
        for mention in sorted(article.tags.mentions, key=lambda m: (m.start, -m.end)):
            if mention.entity_id is not None:
                referents.setdefault(mention.entity_id, []).append(mention)
        for name_id, mentions in referents.items():
            if name_id not in named:
                named[name_id] = first_named(article.article_id, name_id, mentions)
            add_mentions(named[name_id], mentions, article.published_at)
    return list(named.values())


def first_named(article_id: str, name_id: str, mentions: Sequence[Mention]) -> Named:
    """A name as its first article has it."""
    name = EntityName(
        name_id=name_id,
        name=next((m.name for m in mentions if m.name), None) or max((m.text for m in mentions), key=len),
        kind=kind_of(m.label for m in mentions),
        country=next((m.country for m in mentions if m.country), None),
        known=next((m.known for m in mentions if m.known), None),
    )
    return Named(name=name, first_article_id=article_id, sector=next((m.sector for m in mentions if m.sector), None))


def add_mentions(named: Named, mentions: Sequence[Mention], published_at: datetime | None) -> None:
    """Count how the name is written; "the group", "the prime minister" are no names."""
    if published_at is not None:
        named.times.append(published_at)
    named.written.update(
        m.text for m in mentions if m.text != m.role and (m.label != "GROUP" or named.name.kind == "GROUP")
    )


def find_entities(cursor: Cursor, named: Sequence[Named]) -> dict[str, str]:
    """name_id → entity_id: where it led before, else by the names that it is alike."""
    rows: list[Row] = [{"name_id": n.name.name_id, "block_key": n.name.block_key} for n in named]
    with batch(cursor, "entity_alias", rows):
        links: dict[str, str] = {r["name_id"]: r["entity_id"] for r in fetch_rows(cursor, "known_names")}
    new = [n.name for n in named if n.name.name_id not in links]
    if new:
        blocks: list[Row] = [{"block_key": key} for key in sorted({name.block_key for name in new})]
        with batch(cursor, "entity_alias", blocks):
            found = [
                KnownEntity(**{**row, "names": tuple(row["names"])}) for row in fetch_rows(cursor, "entity_candidates")
            ]
        links |= link_names(new, found)
    return links


def entity_rows(run_id: str, named: Sequence[Named], links: Mapping[str, str]) -> list[Row]:
    """The entities that the batch names, each once, as its first name has them."""
    rows: dict[str, Row] = {}
    times: dict[str, list[datetime]] = {}
    for n in named:
        entity_id = links[n.name.name_id]
        row = rows.setdefault(
            entity_id,
            {"entity_id": entity_id, "entity_name": n.name.name, "kind": n.name.kind, "run_id": run_id}
            | dict.fromkeys(("country", "sector", "known")),
        )
        for column, value in (("country", n.name.country), ("sector", n.sector), ("known", n.name.known)):
            row[column] = row[column] or value
        times.setdefault(entity_id, []).extend(n.times)
    for entity_id, row in rows.items():
        seen = times[entity_id]
        row["first_seen_at"], row["last_seen_at"] = min(seen, default=None), max(seen, default=None)
    return list(rows.values())


def alias_rows(run_id: str, named: Sequence[Named], links: Mapping[str, str]) -> list[Row]:
    """How each name is written; its canonical form among them, should no text have it."""
    return [
        {
            "name_id": n.name.name_id,
            "alias": alias,
            "entity_id": links[n.name.name_id],
            **key_columns(alias, n.name.kind, canonical=alias == n.name.name),
            "first_article_id": n.first_article_id,
            "mention_count": n.written[alias],
            "run_id": run_id,
        }
        for n in named
        for alias in sorted({n.name.name, *n.written})
    ]


def key_aliases(cursor: Cursor) -> None:
    """Keys for aliases that a migration made; once, on the first load after it."""
    rows: list[Row] = [
        {"name_id": row["name_id"], "alias": row["alias"]}
        | key_columns(row["alias"], row["kind"], canonical=row["canonical"])
        for row in fetch_rows(cursor, "unkeyed_aliases")
    ]
    update(cursor, "key_aliases", "entity_alias", rows)


def key_columns(alias: str, kind: str, *, canonical: bool) -> Row:
    """An alias's keys: only canonical names are compared with others."""
    return {
        "canonical": canonical,
        "alias_key": normal_name(alias) or alias,
        "block_key": block_key(alias, kind) if canonical else None,
    }


def relinked(tags: Tags, links: Mapping[str, str]) -> Tags:
    """The tags with the warehouse's ids."""
    return replace(
        tags,
        mentions=tuple(renamed(m, links) for m in tags.mentions),
        events=tuple(relinked_event(e, links) for e in tags.events),
    )


def renamed(named: Called, links: Mapping[str, str]) -> Called:
    """A mention or participant with the warehouse's id; itself where that is the id it has, as for most it is."""
    entity_id = relink(named.entity_id, links)
    return named if entity_id == named.entity_id else replace(named, entity_id=entity_id)


def relinked_event(event: Event, links: Mapping[str, str]) -> Event:
    """An event whose parties have the warehouse's ids."""
    return replace(
        event,
        actors=tuple(renamed(p, links) for p in event.actors),
        recipients=tuple(renamed(p, links) for p in event.recipients),
    )
