"""Opening, migrating and locking."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import ConfigError, LockedError, WarehouseError
from tests.warehouse.conftest import Ask
from warehouse import migrate, query
from warehouse.migrate import scripts
from warehouse.publish import publish
from warehouse.store import Warehouse


def opened(home: Path, wait_seconds: float = 0) -> Warehouse:
    return Warehouse.open(home / "live" / "warehouse.duckdb", home / "live" / "lock", wait_seconds=wait_seconds)


def test_a_new_warehouse_has_been_through_every_migration(ask: Ask) -> None:
    assert [row[0] for row in ask("SELECT migration FROM schema_migration ORDER BY 1")] == [
        *(name for name, _ in scripts("schema")),
        "views",
    ]


def test_opening_again_migrates_nothing_and_keeps_the_rows(tmp_path: Path) -> None:
    with opened(tmp_path) as first, first.transaction() as cursor:
        cursor.execute("INSERT INTO feed (feed_id, feed_url, interval_seconds, enabled) VALUES ('a', 'b', 1, true)")
        times = cursor.execute("SELECT applied_at FROM schema_migration ORDER BY 1").fetchall()
    with opened(tmp_path) as second, second.transaction() as cursor:
        assert cursor.execute("SELECT applied_at FROM schema_migration ORDER BY 1").fetchall() == times
        assert cursor.execute("SELECT feed_id FROM feed").fetchall() == [("a",)]


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        ("INSERT INTO schema_migration VALUES ('9999_future.sql', 'x', now())", "newer than this program"),
        ("UPDATE schema_migration SET migration_sha256 = 'x' WHERE migration <> 'views'", "differs"),
    ],
)
def test_a_strange_history_is_refused(tmp_path: Path, tamper: str, says: str) -> None:
    opened(tmp_path).close()
    with duckdb.connect(str(tmp_path / "live" / "warehouse.duckdb")) as connection:
        connection.execute(tamper)
    with pytest.raises(WarehouseError, match=says):
        opened(tmp_path)


def test_a_damaged_file_is_refused_and_the_lock_is_free_again(tmp_path: Path) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "warehouse.duckdb").write_bytes(b"no database" * 1000)
    with pytest.raises(WarehouseError, match="cannot be opened"):
        opened(tmp_path)
    (tmp_path / "live" / "warehouse.duckdb").unlink()
    opened(tmp_path).close()


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(LockedError, match=f"pid {os.getpid()}"):
        opened(tmp_path)


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from warehouse.store import take_lock;"
        f"lock = take_lock(Path({str(tmp_path)!r}) / 'live' / 'lock', 0); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LockedError, match=f"pid {holder.pid}"):
            opened(tmp_path)
        holder.send_signal(signal.SIGKILL)
    opened(tmp_path).close()


def test_a_home_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigError, match=r"cannot be written.*DATELINE_HOME"):
        opened(tmp_path / "file")


def test_a_transaction_that_fails_leaves_nothing(warehouse: Warehouse, ask: Ask) -> None:
    def fail_halfway() -> None:
        with warehouse.transaction() as cursor:
            cursor.execute("INSERT INTO feed (feed_id, feed_url, interval_seconds, enabled) VALUES ('a', 'b', 1, true)")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert ask("SELECT count(*) FROM feed") == [(0,)]


KILLED_WRITER = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from tests.warehouse.build import RUN, entry, fetch, poll
from tests.warehouse.test_load import load
from warehouse.runs import begin_run
from warehouse.store import Warehouse
home = Path(sys.argv[1])
warehouse = Warehouse.open(home / 'live' / 'warehouse.duckdb', home / 'live' / 'lock')
begin_run(warehouse, RUN, datetime.now(UTC), flow='ingest', version='0', flow_run_id=None)
poll(warehouse, [entry(1), entry(2)])
fetch(warehouse, 'https://wire.example/1')
load(warehouse)
with warehouse.transaction() as cursor:
    cursor.execute("DELETE FROM entry")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_warehouse_killed_in_mid_write_opens_again_with_all_that_was_committed(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    killed = subprocess.run([sys.executable, "-c", KILLED_WRITER, str(tmp_path)], cwd=root, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / "live" / "warehouse.duckdb.wal").exists(), "nothing was left to replay"
    with opened(tmp_path) as warehouse, warehouse.transaction() as cursor:
        counts = cursor.execute("SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM article)").fetchall()
    assert counts == [(2, 1)]


def test_changed_views_are_renewed_and_nothing_else(tmp_path: Path) -> None:
    opened(tmp_path).close()
    path = tmp_path / "live" / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE schema_migration SET migration_sha256 = 'old' WHERE migration = 'views'")
        connection.execute("DROP VIEW event_feed")
    with opened(tmp_path) as warehouse, warehouse.transaction() as cursor:
        assert cursor.execute("SELECT count(*) FROM event_feed").fetchall() == [(0,)]
    assert [p.name for p in path.parent.iterdir() if p.name.endswith(".new")] == []


FILLED = """
INSERT INTO feed (feed_id, feed_url, interval_seconds, enabled, ttl_minutes)
VALUES ('a', 'https://a.example/', 900, true, 5);
INSERT INTO poll (poll_id, feed_id, run_id, polled_at, outcome) VALUES ('p', 'a', 'r', '2026-11-20 12:00:00Z', 'read');
INSERT INTO capture VALUES ('c', 'u', 'u', now(), 200, NULL, 'x', 1, 'f', 0, 'r');
INSERT INTO entry (feed_id, entry_id, url, first_seen_at, status, capture_id, run_id)
SELECT 'a', 'e' || i, 'https://a.example/' || i, now(), 'loaded', 'c', 'r' FROM range(3000) AS t(i);
"""


def test_a_filled_warehouse_of_an_earlier_version_opens_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "live" / "warehouse.duckdb"
    path.parent.mkdir()
    with duckdb.connect(str(path)) as connection:
        connection.execute(migrate.LEDGER)
        for name, text in migrate.scripts("schema")[:3]:
            migrate.apply(connection, name, text, migrate.digest(text))
        connection.execute(FILLED)
    with opened(tmp_path) as warehouse, warehouse.transaction() as cursor:
        feeds = "SELECT feed_url, listed_url, interval_seconds, hint_seconds, watched_since::VARCHAR FROM feed"
        assert cursor.execute(feeds).fetchall() == [
            ("https://a.example/", "https://a.example/", 900, 300.0, "2026-11-20 12:00:00+00")
        ]
        entries = "SELECT count(*), count(DISTINCT entry_id), count(link), count(capture_id) FROM entry"
        assert cursor.execute(entries).fetchall() == [(3000, 3000, 3000, 3000)]
        with pytest.raises(duckdb.ConstraintException):
            cursor.execute("INSERT INTO entry BY NAME SELECT * FROM entry LIMIT 1")


def test_no_connection_draws_a_progress_bar(warehouse: Warehouse, ask: Ask, tmp_path: Path) -> None:
    """DuckDB would draw it into the standard output of whatever command asks for more than two seconds."""
    drawn = "SELECT current_setting('enable_progress_bar')"
    assert ask(drawn) == [(False,)]
    publish(warehouse, tmp_path / "dateline.duckdb")
    assert query.ask(tmp_path / "dateline.duckdb", drawn).rows == [(False,)]
