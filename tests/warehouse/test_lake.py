"""The warehouse on a DuckLake: its tables are the file's, its readers keep their snapshot, many write to it."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import ConfigError, WarehouseError
from pipeline.records import Vector
from tests.warehouse.build import NOON, RUN, TEXT, reading
from tests.warehouse.lakes import CATALOG, capture_pages, copied_lake, lake_in, load_part, postgres_server
from warehouse import connect
from warehouse.alike import alike
from warehouse.checks import checks, choose, run_checks
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.migrate import scripts
from warehouse.pages import unread_captures
from warehouse.publish import publish
from warehouse.query import ask
from warehouse.runs import begin_run, dead_runs, end_run
from warehouse.search import search
from warehouse.shell import shell_command, views
from warehouse.storage import Lake, Storage, lake_schema, storage_at
from warehouse.store import Warehouse

DATABASES = ("loading", "writing")
COLUMNS = """
SELECT
    table_name, column_name, comment,
    CASE WHEN data_type LIKE 'ENUM%' THEN 'VARCHAR' WHEN data_type = 'FLOAT[384]' THEN 'FLOAT[]' ELSE data_type END
FROM duckdb_columns() WHERE database_name = current_database() AND table_name IN (
    SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()
) ORDER BY ALL
"""
VIEWS = (
    "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal AND database_name = current_database() ORDER BY 1"
)
LATER = """
ALTER TABLE story ADD COLUMN tone DOUBLE;
COMMENT ON COLUMN story.tone IS 'How it sounds, -1 to 1.';
UPDATE story SET tone = 0;
"""


@pytest.fixture(scope="module")
def postgres() -> Iterator[Path]:
    """The folder of a server's socket."""
    if not (shutil.which("initdb") and shutil.which("postgres")):
        pytest.skip("PostgreSQL (initdb, postgres) is not on PATH")
    with postgres_server(DATABASES) as folder:
        yield folder


def catalog_of(folder: Path, database: str) -> str:
    return f"postgres:host={folder} user=dateline dbname={database}"


def told(warehouse: Warehouse, sql: str) -> list[tuple[object, ...]]:
    with warehouse.transaction() as cursor:
        return cursor.execute(sql).fetchall()


def load_all(warehouse: Warehouse, text: str = TEXT) -> None:
    load_readings(warehouse, RUN, NOON, [reading(u, text) for u in unread_captures(warehouse)], [])


@pytest.fixture
def lake(tmp_path: Path, new_lake: Path) -> Iterator[Warehouse]:
    """A new lake, open for writing."""
    with Warehouse.open(copied_lake(new_lake, tmp_path), tmp_path / "live" / "lock") as opened:
        yield opened


@pytest.fixture
def published(lake: Warehouse, tmp_path: Path) -> Path:
    """Two reports, grouped and published."""
    capture_pages(lake, [1, 2])
    load_all(lake)
    group_all(lake, RUN)
    publish(lake, tmp_path / "dateline.lake")
    return tmp_path / "dateline.lake"


def test_a_lake_has_the_columns_views_and_comments_of_a_file(lake: Warehouse, tmp_path: Path) -> None:
    with Warehouse.open(tmp_path / "warehouse.duckdb", tmp_path / "lock") as file:
        assert told(lake, COLUMNS) == told(file, COLUMNS)
        assert told(lake, VIEWS) == told(file, VIEWS)


def test_opening_a_lake_again_writes_nothing(tmp_path: Path) -> None:
    newest = "SELECT id FROM lake.current_snapshot()"
    with Warehouse.open(lake_in(tmp_path), tmp_path / "lock") as first:
        before = told(first, newest)
    with Warehouse.open(lake_in(tmp_path), tmp_path / "lock") as second:
        assert told(second, newest) == before


def test_an_older_lake_gets_the_columns_of_a_new_one(
    lake: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = [(name, text) for name, text in scripts("schema") if name < "0020"]
    monkeypatch.setattr(lake_schema, "scripts", {"schema": older, "views": []}.__getitem__)
    lake_schema.new_tables.cache_clear()
    lake_schema.views.cache_clear()
    with Warehouse.open(lake_in(tmp_path / "old"), tmp_path / "old" / "lock") as old:
        assert told(old, COLUMNS) != told(lake, COLUMNS)
    monkeypatch.undo()
    lake_schema.new_tables.cache_clear()
    lake_schema.views.cache_clear()
    with Warehouse.open(lake_in(tmp_path / "old"), tmp_path / "old" / "lock") as renewed:
        assert told(renewed, COLUMNS) == told(lake, COLUMNS)


def test_what_is_alike_is_found_in_a_lake(lake: Warehouse, published: Path) -> None:
    values = Vector(model="m1", values=(1.0, *[0.0] * 383))
    with lake.transaction() as cursor:
        cursor.execute("UPDATE article SET vector = ?, vector_model = 'm1'", [list(values.values)])
    publish(lake, published)
    hits = alike(published, "words", lambda _: values)
    assert [round(hit.score, 3) for hit in hits] == [1.0]  # the other is its copy


def test_a_lake_of_an_older_program_is_migrated_where_it_stands(
    published: Path, lake: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake.close()
    later = [*scripts("schema"), ("9000_tone.sql", LATER)]
    monkeypatch.setattr(lake_schema, "scripts", lambda folder: later if folder == "schema" else scripts(folder))
    with Warehouse.open(lake_in(tmp_path), tmp_path / "live" / "lock") as renewed:
        assert told(renewed, "SELECT tone FROM story") == [(0.0,)]
        assert told(renewed, "SELECT count(*) FROM schema_migration WHERE migration = '9000_tone.sql'") == [(1,)]
    monkeypatch.undo()
    with pytest.raises(WarehouseError, match="newer than this program"):
        Warehouse.open(lake_in(tmp_path), tmp_path / "live" / "lock")


def test_a_reader_keeps_what_was_published_while_a_writer_goes_on(published: Path, lake: Warehouse) -> None:
    capture_pages(lake, [3])
    load_all(lake, TEXT * 2)
    with connect(published.parent) as reader:
        assert reader.execute("SELECT count(*) FROM latest_articles").fetchall() == [(2,)]
        publish(lake, published)
        assert reader.execute("SELECT count(*) FROM latest_articles").fetchall() == [(2,)]
    with connect(published.parent) as reader:
        assert reader.execute("SELECT count(*) FROM latest_articles").fetchall() == [(3,)]
        with pytest.raises(Exception, match="read-only"):
            reader.execute("DELETE FROM article")


def test_what_asks_a_published_file_asks_a_lake(published: Path) -> None:
    assert [hit.url for hit in search(published, published.with_name("search.duckdb"), "herders", limit=1)]
    assert ask(published, "SELECT mention_count, actors FROM event_feed").rows == [(2, ["Soldiers"])]


def test_the_prompt_sees_the_snapshot_with_its_views(published: Path) -> None:
    asked = "SELECT count(*) FROM latest_articles"
    answer = subprocess.run(
        [*shell_command(published), "-csv", "-noheader", "-c", asked], capture_output=True, check=True
    )
    assert answer.stdout.decode().strip() == "2"
    assert "event_feed" in dict(views(published))


def test_each_view_of_a_lake_says_what_that_of_a_file_does(published: Path, tmp_path: Path) -> None:
    file = tmp_path / "dateline.duckdb"
    with Warehouse.open(tmp_path / "file" / "w.duckdb", tmp_path / "file" / "lock") as warehouse:
        capture_pages(warehouse, [1, 2])
        load_all(warehouse)
        group_all(warehouse, RUN)
        publish(warehouse, file)
    for view, _ in views(file):
        ordered = f"SELECT COLUMNS(*)::VARCHAR FROM {view} ORDER BY ALL"
        assert ask(published, ordered) == ask(file, ordered), view


def test_a_row_that_stands_twice_is_found_by_a_check(published: Path, lake: Warehouse) -> None:
    doubled = choose(["keys_doubled", "rows_doubled"], checks())
    assert [finding.broken for finding in run_checks(published, doubled, 3)] == [0, 0]
    with lake.transaction() as cursor:
        cursor.execute("INSERT INTO mention FROM mention LIMIT 1; INSERT INTO article FROM article LIMIT 1")
    publish(lake, published)
    assert [finding.broken for finding in run_checks(published, doubled, 3)] == [1, 1]


def test_a_snapshot_that_is_gone_is_followed_by_the_newest(published: Path, lake: Warehouse) -> None:
    capture_pages(lake, [3])
    load_all(lake, TEXT * 2)
    lake._connection.execute("CALL ducklake_expire_snapshots('lake', older_than => now())")
    assert ask(published, "SELECT count(*) FROM article").rows == [(3,)]


def test_small_files_are_merged_and_nothing_is_lost(published: Path, lake: Warehouse) -> None:
    lake._connection.execute("SET ducklake_default_data_inlining_row_limit = 0")
    for number in range(3, 7):
        capture_pages(lake, [number])
        load_all(lake, TEXT * number)
    files = "SELECT file_count FROM ducklake_table_info('lake') WHERE table_name = 'event_mention'"
    rows = "SELECT count(*), count(DISTINCT event_mention_id) FROM event_mention"
    before, held = told(lake, files), told(lake, rows)
    lake.checkpoint()
    assert told(lake, files) < before
    assert told(lake, rows) == held
    assert ask(published, "SELECT count(*) FROM article").rows == [(2,)]


def test_a_row_whose_key_is_there_is_left_out(lake: Warehouse) -> None:
    capture_pages(lake, [1])
    capture_pages(lake, [1])
    assert told(lake, "SELECT count(*) FROM capture") == [(1,)]


def test_runs_of_other_machines_and_living_processes_are_not_dead(lake: Warehouse) -> None:
    for run_id in ("mine", "elsewhere", "gone", "over"):
        begin_run(lake, run_id, NOON, flow="ingest", version="1", flow_run_id=None)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    with lake.transaction() as cursor:
        cursor.execute("UPDATE run SET host = 'other', pid = ? WHERE run_id = 'elsewhere'", [ended.pid])
        cursor.execute("UPDATE run SET pid = ? WHERE run_id = 'gone'", [ended.pid])
        end_run(cursor, "over", NOON, "completed")
    assert [run.run_id for run in dead_runs(lake)] == ["gone"]


def test_two_processes_load_at_the_same_time_and_no_row_is_lost_or_doubled(tmp_path: Path) -> None:
    two_writers(tmp_path, f"sqlite:{tmp_path / CATALOG}")


def test_two_processes_write_to_one_catalog_in_postgresql(tmp_path: Path, postgres: Path) -> None:
    two_writers(tmp_path, catalog_of(postgres, "writing"))


def two_writers(folder: Path, catalog: str) -> None:
    """Two processes load pages of their own and, both, the same ones."""
    numbers = list(range(1, 13))
    with Warehouse.open(lake_in(folder, catalog), folder / "lock") as warehouse:
        capture_pages(warehouse, numbers)
    context = multiprocessing.get_context("spawn")
    parts = {"a": [*numbers[:4], *numbers[8:]], "b": [*numbers[4:8], *numbers[8:]]}
    writers = [context.Process(target=load_part, args=(folder, catalog, *part)) for part in parts.items()]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Warehouse.open(lake_in(folder, catalog), folder / "lock") as warehouse:
        assert told(warehouse, "SELECT count(*), count(DISTINCT url), min(version), max(version) FROM article") == [
            (12, 12, 1, 1)
        ]
        assert told(warehouse, "SELECT count(*), count(DISTINCT event_mention_id) FROM event_mention") == [(12, 12)]
        assert told(warehouse, "SELECT alias, mention_count FROM entity_alias") == [("Rawa", 12)]
        assert told(warehouse, "SELECT count(*) FROM entry WHERE status = 'loaded'") == [(12,)]
        assert told(warehouse, "SELECT run_id, count(*) >= 4 FROM article GROUP BY 1 ORDER BY 1") == [
            (f"{RUN}-a", True),
            (f"{RUN}-b", True),
        ]


def test_loading_grouping_and_reading_on_a_catalog_in_postgresql(tmp_path: Path, postgres: Path) -> None:
    storage = lake_in(tmp_path, catalog_of(postgres, "loading"))
    with Warehouse.open(storage, tmp_path / "live" / "lock") as warehouse:
        capture_pages(warehouse, [1, 2])
        load_all(warehouse)
        assert group_all(warehouse, RUN) == 2
        assert group_all(warehouse, RUN) == 0
        publish(warehouse, tmp_path / "dateline.lake")
        warehouse.checkpoint()
    assert ask(tmp_path / "dateline.lake", "SELECT mention_count, story_count FROM event").rows == [(2, 1)]
    assert storage.name == "ducklake:postgres", "a connection string may hold a password"


def test_without_turns_the_later_of_two_writers_would_fail(lake: Warehouse) -> None:
    begin_run(lake, "a", NOON, flow="ingest", version="1", flow_run_id=None)
    first, second = (lake._connection.cursor() for _ in range(2))
    for cursor, host in ((first, "one"), (second, "two")):
        cursor.execute("USE lake")
        cursor.begin()
        cursor.execute("UPDATE run SET host = ?", [host])
    first.commit()
    with pytest.raises(duckdb.TransactionException, match="Failed to commit"):
        second.commit()
    assert told(lake, "SELECT host FROM run") == [("one",)]


KILLED = """
import sys, time
from pathlib import Path
from tests.warehouse.lakes import lake_in
from warehouse.store import Warehouse
home = Path(sys.argv[1])
with Warehouse.open(lake_in(home), home / "other" / "lock") as warehouse, warehouse.transaction() as cursor:
    rows = "SELECT n AS band_key, n AS article_id, current_date AS grouped_on FROM range(1000) AS t(n)"
    cursor.execute(f"INSERT INTO article_band BY NAME {rows}")
    print("has written", flush=True)
    time.sleep(600)
"""


def test_a_writer_killed_in_its_turn_leaves_nothing_and_holds_up_nobody(tmp_path: Path, lake: Warehouse) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"has written\n"
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert told(lake, "SELECT count(*) FROM article_band") == [(0,)]
    capture_pages(lake, [1])
    assert told(lake, "SELECT count(*) FROM capture") == [(1,)]


@pytest.mark.parametrize("address", ["ducklake:mysql:x", "ducklake:sqlite:", "warehouse.duckdb", "ducklake:"])
def test_an_address_that_is_none_is_told_with_those_that_are(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigError, match="ducklake:sqlite:PATH"):
        storage_at(address, tmp_path / "live.duckdb", "lake")


@pytest.mark.parametrize("rest", ["host=db.example user=ana password=pw", "postgresql://ana:pw@db.example/news"])
def test_a_password_that_readers_would_be_given_is_refused(tmp_path: Path, rest: str) -> None:
    with pytest.raises(ConfigError, match=r"~/\.pgpass") as refused:
        storage_at(f"ducklake:postgres:{rest}", tmp_path / "live.duckdb", "lake")
    assert "pw" not in str(refused.value).replace(".pgpass", "").replace("PGPASSWORD", "")
    assert storage_at("ducklake:postgres:host=db.example user=ana", tmp_path / "live.duckdb", "lake").name


def test_object_storage_and_relative_folders_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Lake.at("ducklake:sqlite:c.sqlite", "s3://bucket/news").data == "s3://bucket/news"
    assert Lake.at("ducklake:sqlite:c.sqlite", "lake") == Lake(f"sqlite:{tmp_path}/c.sqlite", f"{tmp_path}/lake/")


def test_without_an_address_the_warehouse_is_the_file(tmp_path: Path) -> None:
    storage: Storage = storage_at("", tmp_path / "live.duckdb", "lake")
    assert storage.is_keyed
    assert storage.name == str(tmp_path / "live.duckdb")


def test_a_window_of_days_is_for_files(lake: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="DATELINE_PUBLISH_DAYS"):
        publish(lake, tmp_path / "dateline.lake", since=NOON.date())
