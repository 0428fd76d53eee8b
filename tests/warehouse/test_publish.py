"""The readers' copy: always there, always one consistent state."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import WarehouseError
from tests.warehouse.build import NOON, RUN, TEXT, entry, fetch, poll, reading
from warehouse.load import load_readings
from warehouse.pages import unread_captures
from warehouse.publish import publish
from warehouse.query import ask, opened, write_parquet
from warehouse.questions import Question, questions
from warehouse.store import Warehouse

# Articles and their mentions are loaded in one transaction, one mention an article: a torn state would show.
READER = """
import sys
from pathlib import Path
from warehouse.query import ask
seen = []
for _ in range(100):
    (articles, mentions, loaded), = ask(Path(sys.argv[1]), '''
        SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM mention),
               (SELECT count(*) FROM entry WHERE status = 'loaded')
    ''').rows
    assert articles == mentions == loaded, (articles, mentions, loaded)
    seen.append(articles)
assert seen == sorted(seen), seen
print(len(seen), len(set(seen)))
"""


def add_article(warehouse: Warehouse, number: int) -> None:
    at = NOON + timedelta(minutes=number)
    poll(warehouse, [entry(number)], at=at)
    fetch(warehouse, f"https://wire.example/{number}", at=at)
    text = f"{TEXT} It was report number {number}."
    load_readings(warehouse, RUN, at, [reading(u, text) for u in unread_captures(warehouse)], [])


def test_a_hundred_queries_of_another_process_all_answer_while_a_run_writes(
    warehouse: Warehouse, published: Path
) -> None:
    publish(warehouse, published)
    number = 0
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(published)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as reader:
        while reader.poll() is None and number < 2000:
            number += 1
            add_article(warehouse, number)
            publish(warehouse, published)
        out, errors = reader.communicate(timeout=60)
    assert reader.returncode == 0, errors
    queries, states = map(int, out.split())
    assert queries == 100
    assert states > 1, "the writer was not writing"


def test_an_open_reader_keeps_its_snapshot(warehouse: Warehouse, published: Path) -> None:
    add_article(warehouse, 1)
    publish(warehouse, published)
    with opened(published) as reader:
        add_article(warehouse, 2)
        publish(warehouse, published)
        assert reader.execute("SELECT count(*) FROM article").fetchall() == [(1,)]
    assert ask(published, "SELECT count(*) FROM article").rows == [(2,)]


def test_nothing_is_left_beside_the_published_file(warehouse: Warehouse, published: Path) -> None:
    publish(warehouse, published)
    assert [path for path in published.parent.iterdir() if published.name in path.name] == [published]


def test_asking_before_the_first_run_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="dateline ingest"):
        ask(tmp_path / "dateline.duckdb", "SELECT 1")


def test_a_wrong_query_is_told_in_one_line(warehouse: Warehouse, published: Path) -> None:
    publish(warehouse, published)
    with pytest.raises(WarehouseError, match="nonsense") as caught:
        ask(published, "SELECT nonsense FROM article")
    assert "\n" not in str(caught.value)


@pytest.mark.lake
def test_the_published_file_cannot_be_written_by_a_query(warehouse: Warehouse, published: Path) -> None:
    publish(warehouse, published)
    with pytest.raises(WarehouseError, match="read-only"):
        ask(published, "DELETE FROM article")


def test_an_answer_can_be_written_as_parquet(warehouse: Warehouse, published: Path, tmp_path: Path) -> None:
    publish(warehouse, published)
    write_parquet(published, "SELECT 42 AS answer", tmp_path / "x.parquet")
    assert duckdb.sql(f"FROM '{tmp_path}/x.parquet'").fetchall() == [(42,)]


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_every_shipped_question_can_be_asked(warehouse: Warehouse, published: Path, asked: Question) -> None:
    publish(warehouse, published)
    assert ask(published, asked.sql).columns
