"""The readers' copy of feeds with secrets: no secret in it, nothing else changed, and the writer's copy untouched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb

from pipeline.records import Failure, Feed, Stage
from pipeline.secrets import masked, masked_text
from tests.warehouse.build import NOON, RUN, WIRE, entry, failed, fetch, poll, polled, reading, state_of
from warehouse.load import load_readings
from warehouse.masking import register
from warehouse.pages import unread_captures
from warehouse.polls import record_polls, sync_feeds
from warehouse.publish import publish
from warehouse.query import ask
from warehouse.store import Warehouse

SECRET = "5ecretT0ken"
PRIVATE = Feed(feed_id="private", url=f"https://private.example/rss?token={SECRET}")
PAGE = f"https://private.example/1?token={SECRET}"
EVERYWHERE = """
SELECT table_name, column_name FROM duckdb_columns()
WHERE column_name <> 'capture_id' AND -- these tests make it of the address
    NOT internal AND data_type IN ('VARCHAR', 'VARCHAR[]') AND table_name IN (SELECT table_name FROM duckdb_tables())
"""


def fill(warehouse: Warehouse) -> None:
    """Two feeds, one with a secret; a page of each is loaded, and each has failed once."""
    sync_feeds(warehouse, [WIRE, PRIVATE], NOON)
    html = f'<p>Soldiers <a href="https://private.example/2?page=1&amp;token={SECRET}">attacked</a></p>'
    shown = entry(1, guid=PAGE, link=PAGE, summary=f"see {PAGE}", content_html=html)
    result = polled(state_of(warehouse, "private"), [shown], PRIVATE)
    assert result.parsed
    record_polls(warehouse, RUN, [replace(result, parsed=replace(result.parsed, problems=(f"{PAGE} twice", "b")))])
    record_polls(warehouse, RUN, [polled(state_of(warehouse, "wire"), [entry(2), entry(3, link=PAGE)])])
    trouble = Failure(stage=Stage.POLL, reason="http_403", detail=f"the server at {PRIVATE.url} answered 403")
    record_polls(warehouse, RUN, [failed(state_of(warehouse, "private"), trouble, PRIVATE)])
    ((url,),) = rows(warehouse, "SELECT DISTINCT url FROM entry WHERE feed_id = 'private'")
    fetch(warehouse, str(url), "https://wire.example/2")
    load_readings(warehouse, RUN, NOON, [reading(u) for u in unread_captures(warehouse)], [])


def rows(warehouse: Warehouse, query: str) -> list[tuple[object, ...]]:
    with warehouse.transaction() as cursor:
        return cursor.execute(query).fetchall()


def test_the_readers_copy_shows_no_secret_and_joins_as_before(warehouse: Warehouse, tmp_path: Path) -> None:
    fill(warehouse)
    publish(warehouse, tmp_path / "dateline.duckdb")
    published = tmp_path / "dateline.duckdb"
    with duckdb.connect(str(published), read_only=True) as reader:
        places = reader.execute(EVERYWHERE).fetchall()
        assert len(places) > 150
        for table, column in places:
            shown = f'SELECT "{column}" FROM {table} WHERE contains("{column}"::VARCHAR, $secret)'
            assert reader.execute(shown, {"secret": SECRET}).fetchall() == [], f"{table}.{column}"
    joined = "SELECT count(*) FROM entry AS e JOIN capture AS c ON e.url = c.url JOIN article AS a ON a.url = c.url"
    assert ask(published, joined).rows == rows(warehouse, joined)
    assert ask(published, "SELECT feed_url FROM feed ORDER BY feed_id").rows == [
        ("https://private.example/rss?token=***",),
        ("https://wire.example/rss",),
    ]
    assert ask(published, "SELECT detail FROM failure").rows == [
        ("the server at https://private.example/rss?token=*** answered 403",)
    ]
    problems = "SELECT problems FROM poll WHERE len(problems) > 0"
    assert ask(published, problems).rows == [(["https://private.example/1?token=*** twice", "b"],)]


def test_the_writers_copy_keeps_its_addresses_and_ids_are_the_same(warehouse: Warehouse, tmp_path: Path) -> None:
    fill(warehouse)
    publish(warehouse, tmp_path / "dateline.duckdb")
    assert rows(warehouse, "SELECT feed_url FROM feed WHERE feed_id = 'private'") == [(PRIVATE.url,)]
    ids = "SELECT 'a', article_id FROM article UNION ALL SELECT 'e', entry_id FROM entry ORDER BY ALL"
    assert ask(tmp_path / "dateline.duckdb", ids).rows == rows(warehouse, ids)


def test_without_secrets_nothing_is_masked(warehouse: Warehouse, tmp_path: Path) -> None:
    """An article whose address has a parameter of that name is no secret of ours."""
    poll(warehouse, [entry(1, link="https://wire.example/show?key=77")])
    publish(warehouse, tmp_path / "dateline.duckdb")
    assert ask(tmp_path / "dateline.duckdb", "SELECT url FROM entry").rows == [("https://wire.example/show?key=77",)]


def test_sql_masks_as_python_does() -> None:
    texts = [PAGE, f"see {PAGE}", "https://ana:pw@wire.example/", "plain", "", None]
    with duckdb.connect() as connection:
        register(connection)
        told = connection.execute("SELECT masked(t), masked_text(t) FROM (SELECT unnest($t) AS t)", {"t": texts})
        assert told.fetchall() == [(None, None) if t is None else (masked(t), masked_text(t)) for t in texts]
