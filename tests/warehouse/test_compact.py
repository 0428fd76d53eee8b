"""A file written anew is smaller, and holds all that it held."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.good import make_good
from warehouse.compact import compact, room
from warehouse.migrate import migrate

CATALOG = (
    "SELECT table_name, sql, comment FROM duckdb_tables() WHERE NOT internal ORDER BY ALL",
    "SELECT table_name, column_name, column_index, data_type, is_nullable, column_default, comment"
    " FROM duckdb_columns() WHERE NOT internal ORDER BY ALL",
    "SELECT table_name, constraint_type, constraint_text FROM duckdb_constraints() ORDER BY ALL",
    "SELECT view_name, sql, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
    "SELECT function_name, macro_definition, parameters, comment FROM duckdb_functions()"
    " WHERE NOT internal ORDER BY ALL",
    "SELECT index_name, table_name, sql, comment FROM duckdb_indexes() ORDER BY ALL",
    "SELECT type_name, logical_type, labels FROM duckdb_types() WHERE NOT internal ORDER BY ALL",
)
HOLLOW = (
    "CREATE TABLE large AS SELECT hash(n)::VARCHAR AS text FROM range(800_000) AS t(n)",
    "CHECKPOINT",
    "DROP TABLE large",
    "FORCE CHECKPOINT",
)


@pytest.fixture
def hollow(tmp_path: Path) -> Path:
    """A warehouse with an index, in which a dropped table has left room."""
    path = make_good(tmp_path / "warehouse.duckdb", "CREATE INDEX by_url ON article (url)", *HOLLOW)
    with duckdb.connect(str(path)) as connection:
        free, total = room(connection)
        assert free > 0.3 * total
    return path


def held(path: Path) -> list[object]:
    """All that the catalog says of a file, and the rows of all tables."""
    with duckdb.connect(str(path), read_only=True) as connection:
        said: list[object] = [connection.execute(query).fetchall() for query in CATALOG]
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        said += [(t, connection.execute(f"SELECT * FROM {t} ORDER BY ALL").fetchall()) for t in sorted(tables)]
    assert all(said[:7]), "something of each kind"
    return said


def test_a_file_written_anew_holds_what_it_held(hollow: Path) -> None:
    before, size = held(hollow), hollow.stat().st_size
    assert compact(hollow, least_bytes=0)
    assert held(hollow) == before
    assert hollow.stat().st_size < 0.8 * size
    assert [p.name for p in hollow.parent.iterdir()] == ["warehouse.duckdb"]
    with duckdb.connect(str(hollow)) as connection, pytest.raises(duckdb.ConstraintException):
        connection.execute("UPDATE event SET quad = 5")


@pytest.mark.parametrize("bounds", [{}, {"share": 0.99, "least_bytes": 0}], ids=["little room", "small share"])
def test_it_is_left_alone_where_that_does_not_pay(bounds: dict[str, int], hollow: Path) -> None:
    before = hollow.read_bytes()
    assert not compact(hollow, **bounds)
    assert hollow.read_bytes() == before


def test_a_migration_ends_in_a_file_without_much_room(hollow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.migrate.compact", lambda path: compact(path, least_bytes=0))
    with duckdb.connect(str(hollow)) as connection:
        connection.execute("DELETE FROM schema_migration WHERE migration = 'views'")
    size = hollow.stat().st_size
    assert migrate(hollow)
    assert hollow.stat().st_size < 0.8 * size


KILLED = """
import os, signal, sys
from pathlib import Path
from warehouse import compact, migrate
packed = compact.compact
def dying(fresh, target):
    os.kill(os.getpid(), signal.SIGKILL)
compact.swap = dying
migrate.compact = lambda path: packed(path, least_bytes=0)
migrate.migrate(Path(sys.argv[1]))
"""


def test_a_migration_that_is_killed_with_the_new_file_written_leaves_the_old_one(hollow: Path) -> None:
    with duckdb.connect(str(hollow)) as connection:
        connection.execute("DELETE FROM schema_migration WHERE migration = 'views'")
    before = hollow.read_bytes()
    root = Path(__file__).parents[2]
    killed = subprocess.run([sys.executable, "-c", KILLED, str(hollow)], cwd=root, check=False, env=os.environ)
    assert killed.returncode == -signal.SIGKILL
    assert hollow.read_bytes() == before
    assert any(p.name.endswith(".packed") for p in hollow.parent.iterdir())
    migrate(hollow)
    assert [p.name for p in hollow.parent.iterdir()] == ["warehouse.duckdb"]
