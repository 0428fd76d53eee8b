"""What tables, views and columns mean, as COMMENT ON says it in the file; a view's column means what a table's does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from warehouse.connection import Cursor, text_literal

_CATALOG = """
SELECT
    c.table_name, coalesce(t.comment, v.comment) AS table_meaning, v.view_name IS NOT NULL AS is_view,
    c.column_name, c.data_type, c.is_nullable, c.comment AS meaning,
    coalesce(list_contains(k.constraint_column_names, c.column_name), c.column_name = c.table_name || '_id') AS in_key
FROM duckdb_columns() AS c
LEFT JOIN duckdb_tables() AS t USING (table_oid)
LEFT JOIN duckdb_views() AS v ON v.view_oid = c.table_oid
LEFT JOIN duckdb_constraints() AS k ON k.table_oid = c.table_oid AND k.constraint_type = 'PRIMARY KEY'
WHERE NOT c.internal
ORDER BY c.table_name, c.column_index
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table or view; `meaning` is None where nobody has said it."""

    name: str
    type: str
    is_nullable: bool
    in_key: bool
    meaning: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A table or a view, as the file describes it."""

    name: str
    meaning: str | None
    is_view: bool
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of its primary key; without one, the column named after it: `mention_id` of `mention`."""
        return tuple(c.name for c in self.columns if c.in_key)


def describe(cursor: Cursor) -> list[Relation]:
    """All tables and views, by name, as their comments describe them; views' columns inherit what is not said."""
    described: dict[str, Relation] = {}
    for table, meaning, is_view, name, kind, nullable, said, in_key in cursor.execute(_CATALOG).fetchall():
        before = described[table].columns if table in described else ()
        column = Column(name=name, type=short_type(kind), is_nullable=nullable, in_key=in_key, meaning=said)
        described[table] = Relation(name=table, meaning=meaning, is_view=is_view, columns=(*before, column))
    return inherit(list(described.values()))


def short_type(kind: str) -> str:
    """A type as one writes it."""
    return kind.replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")


def first_sentence(meaning: str) -> str:
    """What a column means in every table.

    >>> first_sentence('Headline, plain text. Of article.text, "UPDATE 2-".')
    'Headline, plain text.'
    """
    found = re.match(r".*?\.(?= |$)", meaning)
    return found[0] if found else meaning


def inherit(relations: Sequence[Relation]) -> list[Relation]:
    """The relations, where a view's column without a comment means what the tables' columns of its name mean."""
    meanings: dict[str, set[str]] = {}
    for column in (c for r in relations if not r.is_view for c in r.columns if c.meaning):
        meanings.setdefault(column.name, set()).add(column.meaning or "")
    shared = {name: shared_meaning(said) for name, said in meanings.items()}
    return [with_meanings(r, shared) if r.is_view else r for r in relations]


def shared_meaning(said: set[str]) -> str | None:
    """What different comments on one name have in common: all of it, the first sentence, or nothing."""
    if len(said) == 1:
        return next(iter(said))
    firsts = {first_sentence(meaning) for meaning in said}
    return next(iter(firsts)) if len(firsts) == 1 else None


def with_meanings(view: Relation, shared: Mapping[str, str | None]) -> Relation:
    """The view with inherited meanings."""
    columns = tuple(
        Column(name=c.name, type=c.type, is_nullable=True, in_key=False, meaning=c.meaning or shared.get(c.name))
        for c in view.columns
    )
    return Relation(name=view.name, meaning=view.meaning, is_view=True, columns=columns)


def view_comments(cursor: Cursor) -> Iterator[str]:
    """The statements that write into the file what columns of views inherit, so that who opens it alone is told."""
    own = cursor.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NOT NULL").fetchall()
    said = set(own)
    for view in describe(cursor):
        for column in view.columns:
            if view.is_view and column.meaning and (view.name, column.name) not in said:
                yield f"COMMENT ON COLUMN {view.name}.{column.name} IS {text_literal(column.meaning)}"
