"""The dictionary is in the database: COMMENT ON every table, view and column."""

from __future__ import annotations

from tests.warehouse.conftest import Ask


def test_every_table_and_view_says_what_it_is(ask: Ask) -> None:
    assert ask("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL AND NOT internal") == []
    assert ask("SELECT view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal") == []


def test_every_column_of_a_table_says_what_it_means(ask: Ask) -> None:
    silent = ask("""
        SELECT table_name, column_name FROM duckdb_columns()
        WHERE comment IS NULL AND NOT internal AND table_name IN (SELECT table_name FROM duckdb_tables())
    """)
    assert silent == []


def test_a_column_name_has_one_type_everywhere(ask: Ask) -> None:
    torn = ask("""
        SELECT column_name, list(DISTINCT data_type) FROM duckdb_columns()
        WHERE NOT internal AND column_name <> 'status'
        GROUP BY column_name HAVING count(DISTINCT data_type) > 1
    """)
    assert torn == []


def test_times_have_a_zone(ask: Ask) -> None:
    assert ask("SELECT table_name, column_name FROM duckdb_columns() WHERE data_type = 'TIMESTAMP'") == []
