"""When the readers' copy is made again, and what it is held to before it takes its place."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import WarehouseError
from tests.warehouse.build import NOON, PAPER, WIRE
from tests.warehouse.test_publish import add_article
from warehouse import copies
from warehouse.polls import sync_feeds
from warehouse.publish import STALE_SECONDS, publish
from warehouse.query import ask
from warehouse.runs import begin_run, end_run
from warehouse.store import Cursor, Warehouse

ARTICLES = "SELECT count(*) FROM article"


@contextmanager
def opened(home: Path) -> Iterator[Warehouse]:
    with Warehouse.open(home / "live" / "warehouse.duckdb", home / "live" / "lock") as warehouse:
        yield warehouse


def idle_run(home: Path, run_id: str) -> bool:
    """A run that finds nothing to do, as `flows` has it; whether it made a new copy."""
    published = home / "dateline.duckdb"
    before = published.stat().st_ino if published.exists() else None
    with opened(home) as warehouse:
        begin_run(warehouse, run_id, NOON, flow="ingest", version="0", flow_run_id=None)
        sync_feeds(warehouse, [WIRE, PAPER], NOON)
        publish(warehouse, published, lambda cursor: end_run(cursor, run_id, NOON, "completed"))
        with warehouse.transaction(of_book=True) as cursor:
            end_run(cursor, run_id, NOON, "completed")
    return published.stat().st_ino != before


def test_a_run_that_changed_nothing_makes_no_copy(tmp_path: Path) -> None:
    with opened(tmp_path) as warehouse:
        add_article(warehouse, 1)
    assert [idle_run(tmp_path, f"run-{n}") for n in range(4)] == [True, False, False, False]
    with opened(tmp_path) as warehouse:
        add_article(warehouse, 2)
    assert [idle_run(tmp_path, f"run-{n}") for n in range(4, 6)] == [True, False]
    told = ask(tmp_path / "dateline.duckdb", "SELECT run_id, status::VARCHAR FROM run ORDER BY ALL").rows
    assert told == [(f"run-{n}", "completed") for n in range(5)], "a copy tells of idle runs before it too"


def test_an_idle_run_is_told_when_the_copy_is_an_hour_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published = tmp_path / "dateline.duckdb"
    idle_run(tmp_path, "first")
    idle_run(tmp_path, "second")
    assert ask(published, "SELECT count(*) FROM run").rows == [(1,)]
    later = published.stat().st_mtime + STALE_SECONDS + 1
    monkeypatch.setattr("warehouse.publish.time.time", lambda: later)
    assert idle_run(tmp_path, "third")
    assert ask(published, "SELECT run_id, status::VARCHAR FROM run ORDER BY 1").rows == [
        ("first", "completed"), ("second", "completed"), ("third", "completed"),
    ]  # fmt: skip


def test_a_copy_that_lost_its_end_is_made_again(tmp_path: Path) -> None:
    published = tmp_path / "dateline.duckdb"
    idle_run(tmp_path, "first")
    os.truncate(published, published.stat().st_size // 2)
    assert idle_run(tmp_path, "second")
    assert ask(published, "SELECT count(*) FROM run").rows == [(2,)]


def test_a_copy_that_somebody_removed_is_made_again(tmp_path: Path) -> None:
    idle_run(tmp_path, "first")
    (tmp_path / "dateline.duckdb").unlink()
    assert idle_run(tmp_path, "second")


def test_what_a_failed_run_wrote_is_published_by_the_next(tmp_path: Path) -> None:
    idle_run(tmp_path, "first")
    with opened(tmp_path) as warehouse:
        add_article(warehouse, 1)
    assert idle_run(tmp_path, "second")
    assert ask(tmp_path / "dateline.duckdb", ARTICLES).rows == [(1,)]


def test_a_large_change_that_goes_past_the_log_is_noticed(warehouse: Warehouse, tmp_path: Path) -> None:
    publish(warehouse, tmp_path / "dateline.duckdb")
    assert not warehouse.unpublished
    with warehouse.transaction() as cursor:
        cursor.execute("""
            INSERT INTO capture BY NAME
            SELECT md5(i::VARCHAR) AS capture_id, repeat(md5(i::VARCHAR), 9) AS url, url AS final_url,
                   now() AS fetched_at, 200 AS http_status, 'x' AS body_sha256, 1 AS size_bytes, 'f' AS warc_file,
                   0 AS warc_offset, 'r' AS run_id
            FROM range(100_000) AS t(i)
        """)
    assert warehouse.unpublished


def test_another_writers_file_put_in_place_by_hand_is_published(tmp_path: Path) -> None:
    idle_run(tmp_path, "first")
    live = tmp_path / "live" / "warehouse.duckdb"
    with duckdb.connect(str(live)) as connection:
        connection.execute("UPDATE feed SET agency = 'by hand'")
    assert idle_run(tmp_path, "second")


def spoil(cursor: Cursor) -> None:
    cursor.execute("DELETE FROM article")


def test_a_copy_that_lacks_rows_does_not_take_the_place(warehouse: Warehouse, tmp_path: Path) -> None:
    published = tmp_path / "dateline.duckdb"
    add_article(warehouse, 1)
    publish(warehouse, published)
    add_article(warehouse, 2)
    with pytest.raises(WarehouseError, match="article is 0, not 2"):
        publish(warehouse, published, spoil)
    assert ask(published, ARTICLES).rows == [(1,)]
    assert {path.name for path in tmp_path.iterdir()} == {"dateline.duckdb", "live"}
    publish(warehouse, published)
    assert ask(published, ARTICLES).rows == [(2,)]


@pytest.mark.parametrize("damage", [b"", b"\xff" * 16384])
def test_a_damaged_copy_does_not_take_the_place(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    def torn(source: Path, target: Path) -> bool:
        """What a full or failing disk leaves."""
        content = source.read_bytes()
        target.write_bytes(damage + content[len(damage) :] if damage else content[: len(content) // 2])
        return True

    published = tmp_path / "dateline.duckdb"
    add_article(warehouse, 1)
    publish(warehouse, published)
    add_article(warehouse, 2)
    with monkeypatch.context() as broken:
        broken.setattr(copies, "reflink", torn)
        with pytest.raises(WarehouseError, match=r"bytes of|cannot be read"):
            publish(warehouse, published)
    assert ask(published, ARTICLES).rows == [(1,)]
    publish(warehouse, published)
    assert ask(published, ARTICLES).rows == [(2,)]


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.test_publish import add_article
from warehouse.publish import publish
from warehouse.store import Warehouse
home = Path(sys.argv[1])
warehouse = Warehouse.open(home / 'live' / 'warehouse.duckdb', home / 'live' / 'lock')
add_article(warehouse, 1)
publish(warehouse, home / 'dateline.duckdb')
add_article(warehouse, 2)
publish(warehouse, home / 'dateline.duckdb', lambda cursor: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_a_kill_between_copy_and_swap_leaves_the_old_copy_and_the_next_run_tidies_up(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=root, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert ask(tmp_path / "dateline.duckdb", ARTICLES).rows == [(1,)]
    (left,) = tmp_path.glob(".*.tmp")
    laid_down = [
        left.with_name(f"{left.name}.tmp"),
        tmp_path / "dateline.duckdb.old.tmp",
        tmp_path / "dateline.duckdb.new.tmp",
    ]
    for folder in laid_down:
        folder.mkdir()
        (folder / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"page")
    os.utime(laid_down[1], (0, 0))
    assert idle_run(tmp_path, "next")
    assert ask(tmp_path / "dateline.duckdb", ARTICLES).rows == [(2,)]
    assert {path.name for path in tmp_path.iterdir()} == {"dateline.duckdb", "dateline.duckdb.new.tmp", "live"}


def test_a_clone_has_the_bytes_of_its_source(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(os.urandom(100_000))
    copies.clone(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == (tmp_path / "a").read_bytes()


@pytest.fixture
def sharing(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system whose files can share blocks."""
    image, folder = tmp_path / "xfs.img", tmp_path / "xfs"
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(512 << 20)
    for command in (["mkfs.xfs", "-q", str(image)], ["mount", "-o", "loop", str(image), str(folder)]):
        if not shutil.which(command[0]) or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip(f"{command[0]} cannot be used here: it takes xfsprogs, root and loop devices")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_clone_shares_its_blocks_where_the_file_system_can(sharing: Path, warehouse: Warehouse) -> None:
    (sharing / "a").write_bytes(os.urandom(100_001))  # the last block is not full
    assert copies.clone(sharing / "a", sharing / "b")
    assert (sharing / "b").read_bytes() == (sharing / "a").read_bytes()
    assert not copies.clone(warehouse.path, sharing / "c"), "another file system"
    assert (sharing / "c").read_bytes() == warehouse.path.read_bytes()


def finish(cursor: Cursor) -> None:
    cursor.execute("UPDATE run SET status = 'completed'")


def test_a_reader_of_the_old_copy_does_not_hinder_the_new(warehouse: Warehouse, tmp_path: Path) -> None:
    published = tmp_path / "dateline.duckdb"
    add_article(warehouse, 1)
    publish(warehouse, published)
    with duckdb.connect(str(published), read_only=True) as reader:
        for number in range(2, 5):
            add_article(warehouse, number)
            publish(warehouse, published, finish)
        assert reader.execute(ARTICLES).fetchall() == [(1,)]
    assert ask(published, ARTICLES).rows == [(4,)]
