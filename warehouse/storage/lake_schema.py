"""The tables of a lake: those of the file, less what DuckLake 1.0 does not have.

It has no keys, no CHECK, no enums (they are texts), no arrays (they are lists), no default but a literal, no comment on
a column of a view. What a new lake gets is read off a new file, so that a column stays defined once. A migration that
comes later is run on the lake as it stands; where DuckLake cannot, `schema/lake/` holds a file of the same name that
says it in other words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import duckdb

from warehouse.connection import Cursor, settled, text_literal
from warehouse.migrate import LEDGER, VIEWS, digest, refuse_strange, scripts, views_digest

TABLES = """
SELECT table_name, comment FROM duckdb_tables() WHERE database_name = current_database() ORDER BY table_name
"""
COLUMNS = """
SELECT
    column_name,
    CASE WHEN data_type LIKE 'ENUM%' THEN 'VARCHAR' ELSE regexp_replace(data_type, '\\[\\d+\\]', '[]') END AS data_type,
    is_nullable, column_default, comment
FROM duckdb_columns()
WHERE table_name = $table AND database_name = current_database()
ORDER BY column_index
"""
HAS_LEDGER = """
SELECT count(*) > 0 FROM duckdb_tables() WHERE database_name = current_database() AND table_name = 'schema_migration'
"""
VIEW_COLUMN = "COMMENT ON COLUMN"


def renew_lake(connection: Cursor, kept: str) -> None:
    """Make the tables and views of the lake in use, or bring them up to this program, all at once or not at all.

    Raises WarehouseError when the lake has been through a migration that is unknown here, or differs.
    """
    applied = ledger(connection)
    shipped = scripts("schema")
    refuse_strange(applied, {name: digest(text) for name, text in shipped})
    wanted = [(name, text) for name, text in shipped if name not in applied]
    if not wanted and applied.get(VIEWS) == views_digest():
        return
    if not applied:
        for option in ("expire_older_than", "delete_older_than"):
            connection.execute(f"CALL lake.set_option('{option}', {text_literal(kept)})")
    connection.begin()
    try:
        for statement in later(wanted) if applied else new_tables():
            connection.execute(statement)
        for statement in views():
            connection.execute(statement)
        note(connection, {name: digest(text) for name, text in wanted} | {VIEWS: views_digest()})
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def ledger(connection: Cursor) -> dict[str, str]:
    """The migrations that a lake has been through, with their digests; empty of a new one."""
    if connection.execute(HAS_LEDGER).fetchall() == [(False,)]:
        return {}
    return dict(connection.execute("SELECT migration, migration_sha256 FROM schema_migration").fetchall())


def note(connection: Cursor, done: dict[str, str]) -> None:
    """Enter migrations and their digests into the lake's ledger, the views among them."""
    connection.execute("DELETE FROM schema_migration WHERE migration = ?", [VIEWS])
    for name, sha256_text in done.items():
        connection.execute("INSERT INTO schema_migration VALUES (?, ?, now())", [name, sha256_text])


def later(wanted: list[tuple[str, str]]) -> Iterator[str]:
    """Migrations, in the lake's own words where there are such."""
    for name, text in wanted:
        own = files("warehouse") / "schema" / "lake" / name
        yield own.read_text("utf-8") if own.is_file() else text


@cache
def new_tables() -> tuple[str, ...]:
    """The statements that make the tables of a new lake."""
    with settled(duckdb.connect()) as model:
        model.execute(LEDGER)
        for _, text in scripts("schema"):
            model.execute(text)
        tables = model.execute(TABLES).fetchall()
        return tuple(s for table, comment in tables for s in table_statements(model, table, comment))


def table_statements(model: Cursor, table: str, comment: str) -> Iterator[str]:
    """One table as the model has it, with its comments."""
    columns = model.execute(COLUMNS, {"table": table}).fetchall()
    yield f"CREATE TABLE {table} ({', '.join(column(*c[:4]) for c in columns)})"
    yield f"COMMENT ON TABLE {table} IS {text_literal(comment)}"
    for name, *_, meaning in columns:
        yield f"COMMENT ON COLUMN {table}.{name} IS {text_literal(meaning)}"


def column(name: str, kind: str, nullable: bool, default: str | None) -> str:
    """A column's definition.

    >>> column("failures", "INTEGER", False, "0")
    'failures INTEGER NOT NULL DEFAULT 0'
    >>> column("marks", "VARCHAR[]", False, "main.list_value()")
    'marks VARCHAR[] NOT NULL'
    """
    literal = f" DEFAULT {default}" if default is not None and "(" not in default else ""
    return f"{name} {kind}{'' if nullable else ' NOT NULL'}{literal}"


@cache
def views() -> tuple[str, ...]:
    """The statements that make the views, less comments on their columns."""
    with duckdb.connect() as parser:
        found = [s.query.strip() for _, text in scripts("views") for s in parser.extract_statements(text)]
    return tuple(query for query in found if not query.startswith(VIEW_COLUMN))
