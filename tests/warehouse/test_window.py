"""The readers' copy of the last days, with the whole beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.settings import Settings
from tests.warehouse.build import NOON, RUN, TEXT, entry, fetch, poll, reading
from warehouse.load import load_readings
from warehouse.migrate import scripts
from warehouse.pages import unread_captures
from warehouse.publish import publish
from warehouse.query import ask
from warehouse.store import Cursor, Warehouse

TODAY = NOON.date()


def day(number: int) -> date:
    return TODAY.replace(day=number)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """An article a day from the 1st to the 20th; those of the 9th and the 11th tell one story and one event."""
    home = tmp_path_factory.mktemp("archive")
    with Warehouse.open(home / "live" / "warehouse.duckdb", home / "live" / "lock") as warehouse:
        times = {number: NOON.replace(day=number) for number in range(1, 21)}
        poll(warehouse, [entry(number, published_at=at) for number, at in times.items()], at=times[1])
        fetch(warehouse, *(f"https://wire.example/{number}" for number in times), at=times[1])
        readings = [reading(unread, f"{TEXT} {unread.capture.url}") for unread in unread_captures(warehouse)]
        load_readings(warehouse, RUN, NOON, readings, [])
        with warehouse.transaction() as cursor:
            join(cursor, article_of(cursor, 9), article_of(cursor, 11))
        yield warehouse


def join(cursor: Cursor, *article_ids: str) -> None:
    """Make these articles one story and their event mentions one event."""
    for article_id in article_ids:
        cursor.execute("UPDATE event_mention SET event_id = 'joint' WHERE article_id = ?", [article_id])
        row = {"article_id": article_id, "story_id": "s", "relation": "first", "similarity": 1.0}
        fill(cursor, "story_article", **row, origin_article_id=article_id)


def article_of(cursor: Cursor, number: int) -> str:
    found = cursor.execute("SELECT article_id FROM article WHERE published_at = ?", [NOON.replace(day=number)])
    return str(found.fetchall()[0][0])


def fill(cursor: Cursor, table: str, **row: object) -> None:
    known = {name for (name,) in cursor.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()}
    row = {name: value for name, value in row.items() if name in known}
    marks = ", ".join("?" for _ in row)
    cursor.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def days(path: Path) -> list[int]:
    return [d for (d,) in ask(path, "SELECT day(published_at) FROM article ORDER BY 1").rows]


def test_the_last_days_are_published_with_the_whole_beside_them(archive: Warehouse, tmp_path: Path) -> None:
    publish(archive, tmp_path / "dateline.duckdb", since=day(15))
    assert days(tmp_path / "dateline.duckdb") == list(range(15, 21))
    assert days(tmp_path / "dateline-full.duckdb") == list(range(1, 21))
    assert {path.name for path in tmp_path.iterdir()} == {"dateline.duckdb", "dateline-full.duckdb"}
    counted = ask(
        tmp_path / "dateline.duckdb",
        """
        SELECT (SELECT count(*) FROM mention), (SELECT count(*) FROM place), (SELECT count(*) FROM event_mention),
               (SELECT count(*) FROM event_participant), (SELECT count(*) FROM entry),
               (SELECT count(*) FROM capture), (SELECT count(*) FROM entity), (SELECT count(*) FROM feed)
        """,
    )
    assert counted.rows == [(6, 6, 6, 6, 6, 6, 1, 2)]


def test_a_story_stays_whole(archive: Warehouse, tmp_path: Path) -> None:
    publish(archive, tmp_path / "dateline.duckdb", since=day(10))
    assert days(tmp_path / "dateline.duckdb") == [9, *range(10, 21)]


def test_without_the_setting_the_copy_is_whole_again(archive: Warehouse, tmp_path: Path) -> None:
    publish(archive, tmp_path / "dateline.duckdb", since=day(15))
    publish(archive, tmp_path / "dateline.duckdb")
    assert days(tmp_path / "dateline.duckdb") == list(range(1, 21))
    assert {path.name for path in tmp_path.iterdir()} == {"dateline.duckdb"}


def test_the_copy_tells_the_migrations_of_the_whole(archive: Warehouse, tmp_path: Path) -> None:
    publish(archive, tmp_path / "dateline.duckdb", since=day(15))
    ledger = "SELECT * FROM schema_migration ORDER BY 1"
    assert ask(tmp_path / "dateline.duckdb", ledger).rows == ask(tmp_path / "dateline-full.duckdb", ledger).rows


def test_each_table_says_what_of_it_is_in_a_window(archive: Warehouse) -> None:
    with archive.transaction() as cursor:
        tables = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
    assert {table for (table,) in tables} - {name.removesuffix(".sql") for name, _ in scripts("window")} == set()


def test_every_view_answers_from_a_window(archive: Warehouse, tmp_path: Path) -> None:
    published = tmp_path / "dateline.duckdb"
    publish(archive, published, since=day(15))
    for (view,) in ask(published, "SELECT view_name FROM duckdb_views() WHERE NOT internal").rows:
        ask(published, f"FROM {view} LIMIT 1")


@pytest.mark.parametrize(("publish_days", "since"), [(None, None), (1, date(2026, 11, 20)), (7, date(2026, 11, 14))])
def test_the_setting_counts_today(publish_days: int | None, since: date | None) -> None:
    assert Settings(publish_days=publish_days).publish_since(NOON) == since
