"""Warehouses of earlier versions: `cases/warehouse/made_by/` has one of each schema that changed what is kept."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.good import CASES
from tests.warehouse.news import NEWS
from warehouse.checks import checks, find_broken
from warehouse.migrate import LEDGER, apply, digest, migrate, scripts
from warehouse.store import Cursor, Warehouse

MADE = sorted((CASES / "made_by").glob("*.sql"))
COMMENTED = [dump for dump in MADE if "\nCOMMENT ON " in dump.read_text("utf-8")]
# What grouping derives: made anew by the next run.
GROUPED = {"story", "story_article", "event", "article_band", "article_term", "article_pair", "entity_day"}
# Columns that a migration gave up: 0004 keeps ttl_minutes in hint_seconds, 0005 quality in columns of its own, 0010
# takes event_id back, since events are grouped anew.
GIVEN_UP = {"feed": {"ttl_minutes"}, "article": {"quality"}, "event_mention": {"event_id"}}
Rows = list[tuple[Any, ...]]


def restore(dump: Path, path: Path) -> Path:
    """The file as the program of that day left it."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(dump.read_text("utf-8"))
    return path


def kept_columns(cursor: Cursor) -> dict[str, list[str]]:
    """By table: the columns whose values a migration must keep."""
    found: dict[str, list[str]] = {}
    for table, column in cursor.execute("""
        SELECT c.table_name, c.column_name FROM duckdb_columns() AS c JOIN duckdb_tables() AS t USING (table_oid)
        WHERE NOT c.internal AND c.table_name <> 'schema_migration' ORDER BY ALL
    """).fetchall():
        if table not in GROUPED and column not in GIVEN_UP.get(table, ()):
            found.setdefault(table, []).append(column)
    return found


def rows_of(cursor: Cursor, columns: dict[str, list[str]]) -> dict[str, Rows]:
    return {
        table: cursor.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY ALL").fetchall()
        for table, names in columns.items()
    }


@pytest.mark.parametrize("dump", MADE, ids=lambda dump: dump.stem)
def test_a_warehouse_of_an_earlier_version_opens_and_loses_nothing(dump: Path, tmp_path: Path) -> None:
    path = restore(dump, tmp_path / "warehouse.duckdb")
    with duckdb.connect(str(path)) as before:
        columns = kept_columns(before)
        rows = rows_of(before, columns)
    with Warehouse.open(path, tmp_path / "lock") as warehouse, warehouse.transaction() as cursor:
        after = rows_of(cursor, columns)
        assert [r[0] for r in cursor.execute("SELECT migration FROM schema_migration ORDER BY 1").fetchall()] == [
            *(name for name, _ in scripts("schema")),
            "views",
        ]
    assert all(rows.values()), "every table of the dump has rows"
    assert after == rows


@pytest.mark.parametrize("dump", MADE, ids=lambda dump: dump.stem)
def test_it_has_the_columns_types_and_keys_of_a_new_one(dump: Path, tmp_path: Path, new_file: Path) -> None:
    shapes = []
    for path in (restore(dump, tmp_path / "warehouse.duckdb"), new_file):
        migrate(path)
        with duckdb.connect(str(path)) as connection:
            columns = connection.execute("""
                SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL
            """).fetchall()
            keys = connection.execute("""
                SELECT table_name, constraint_column_names FROM duckdb_constraints()
                WHERE constraint_type = 'PRIMARY KEY' ORDER BY ALL
            """).fetchall()
        shapes.append((columns, keys))
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("dump", MADE, ids=lambda dump: dump.stem)
def test_it_keeps_the_promises_of_today(dump: Path, tmp_path: Path) -> None:
    path = restore(dump, tmp_path / "warehouse.duckdb")
    migrate(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        broken = {c.name: f.rows for c in checks() if not (f := find_broken(connection, c, 3)).is_kept}
    assert broken == {}


def test_each_schema_that_changed_what_is_stored_has_a_dump() -> None:
    """Migrations that only add, comment, or change what is derived need none."""
    levels = {re.match(r"\d+", dump.stem)[0] for dump in MADE}  # type: ignore[index]
    assert {"0003", "0004", "0005", "0006", "0009", "0011", "0014", "0016"} <= levels


def test_a_migration_never_changes() -> None:
    """Who changes one writes another instead: a warehouse that went through it would not open any more."""
    written = (CASES / "migrations.txt").read_text("utf-8").splitlines()
    assert [f"{digest(text)}  {name}" for name, text in scripts("schema")] == written


@pytest.mark.parametrize("dump", COMMENTED, ids=lambda dump: dump.stem)
def test_it_has_the_comments_of_a_new_one(dump: Path, tmp_path: Path, new_file: Path) -> None:
    told = []
    for path in (restore(dump, tmp_path / "warehouse.duckdb"), new_file):
        migrate(path)
        with duckdb.connect(str(path)) as connection:
            told.append(
                connection.execute("""
                    SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal
                    UNION ALL SELECT table_name, NULL, comment FROM duckdb_tables() WHERE NOT internal ORDER BY ALL
                """).fetchall()
            )
    assert told[0] == told[1]


def test_what_a_migration_gives_up_lives_on_elsewhere(tmp_path: Path) -> None:
    path = restore(CASES / "made_by" / "0003.sql", tmp_path / "warehouse.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE feed SET ttl_minutes = 5")
        connection.execute("""UPDATE article SET quality = '{"link_density": 0.25}'""")
    migrate(path)
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT DISTINCT hint_seconds FROM feed").fetchall() == [(300.0,)]
        assert connection.execute("SELECT DISTINCT link_share FROM article").fetchall() == [(0.25,)]
        assert connection.execute("SELECT count(*) FROM article WHERE is_latest <> (version = 2) AND url LIKE '%/1'")
        supersedes = "SELECT count(*) FROM article AS a JOIN article AS b ON b.article_id = a.supersedes"
        assert connection.execute(supersedes).fetchall() == [(1,)]
        named = "SELECT e.entity_name, count(*) FROM mention JOIN entity AS e USING (entity_id) GROUP BY ALL"
        assert connection.execute(named).fetchall() == [("Rawa", 4)]


def test_entry_versions_by_the_clock_fit_after_any_migration(tmp_path: Path) -> None:
    path = restore(CASES / "made_by" / "0004_first.sql", tmp_path / "warehouse.duckdb")
    migrate(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE entry SET entry_version = 20261120060000")


def test_what_was_grouped_before_days_were_kept_is_counted_and_has_the_mode_of_half_of_its_reports(
    tmp_path: Path,
) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(LEDGER)
        for name, text in scripts("schema"):
            if name < "0015":
                apply(connection, name, text, digest(text))
        connection.execute(NEWS)
        connection.execute("UPDATE article SET is_counted = is_latest")
        connection.execute("UPDATE event SET mode = 'firearms', scale = -9.5 WHERE event_type = 'ASSAULT'")
        connection.execute("UPDATE event_mention SET mode = 'firearms', scale = -9.5 WHERE event_mention_id = 'v2'")
    migrate(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        told = connection.execute("SELECT event_type, mode, scale FROM event ORDER BY event_type").fetchall()
        days = connection.execute(
            "SELECT entity_id, day(named_on), report_count FROM entity_day ORDER BY ALL"
        ).fetchall()
    assert told == [("ASSAULT", None, -9.0), ("CONSULT", None, 2.5)], (
        "one of two sentences of one of two reports gives it"
    )
    assert days == [("front", 20, 2), ("norland", 19, 1)]


def lay_down(path: Path) -> None:
    """What DuckDB leaves beside a file when it is killed in a query that needs more than its memory."""
    (folder := path.with_name(f"{path.name}.tmp")).mkdir()
    (folder / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"page")


KILLED = """
import os, signal, sys
from pathlib import Path
from warehouse import migrate
apply, done = migrate.apply, []
def dying(connection, name, text, digest):
    if name.startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    apply(connection, name, text, digest)
migrate.apply = dying
migrate.migrate(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("at", ["0006", "views"])
def test_a_migration_that_is_killed_leaves_the_old_file_and_is_made_up_for(at: str, tmp_path: Path) -> None:
    path = restore(CASES / "made_by" / "0005.sql", tmp_path / "warehouse.duckdb")
    before = path.read_bytes()
    root = Path(__file__).parents[2]
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path), at], cwd=root, check=False, env=os.environ)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    (left,) = tmp_path.glob("*.new")
    lay_down(left)
    migrate(path)
    assert [p.name for p in tmp_path.iterdir()] == ["warehouse.duckdb"]
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchall() == [(4,)]
