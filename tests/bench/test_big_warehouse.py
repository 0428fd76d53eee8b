"""The generated warehouse keeps the promises that measurements on it rest on."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.group import band_keys
from tests.bench.big_warehouse import World, make_warehouse

SPANS = """
SELECT mention_text AS words, start_offset, end_offset, article_id FROM mention
UNION ALL SELECT place_text, start_offset, end_offset, article_id FROM place
UNION ALL SELECT date_text, start_offset, end_offset, article_id FROM date_mention
UNION ALL SELECT quantity_text, start_offset, end_offset, article_id FROM quantity
UNION ALL SELECT trigger_text, start_offset, end_offset, article_id FROM event_mention
UNION ALL SELECT sentence_text, sentence_start, sentence_end, article_id FROM event_mention
UNION ALL
SELECT p.participant_text, p.start_offset, p.end_offset, m.article_id
FROM event_participant AS p
JOIN event_mention AS m USING (event_mention_id)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("made") / "made.duckdb"
    make_warehouse(path, World(articles=400, days=3))
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def test_an_article_has_twenty_mentions_and_three_event_mentions(made: duckdb.DuckDBPyConnection) -> None:
    counts = (
        "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM mention), (SELECT count(*) FROM event_mention)"
    )
    assert made.execute(counts).fetchall() == [(400, 8000, 1200)]
    (size,) = made.execute("SELECT avg(length(text)) FROM article").fetchall()[0]
    assert 1800 < size < 2400


def test_all_words_stand_where_their_offsets_say(made: duckdb.DuckDBPyConnection) -> None:
    torn = f"""
        SELECT count(*), count(*) FILTER (substr(text, start_offset + 1, end_offset - start_offset) <> words)
        FROM ({SPANS}) JOIN article USING (article_id)
    """
    spans, astray = made.execute(torn).fetchall()[0]
    assert spans > 15_000
    assert astray == 0


def test_bands_are_those_of_the_program(made: duckdb.DuckDBPyConnection) -> None:
    article_id, signature = made.execute("SELECT article_id, minhash FROM article LIMIT 1").fetchall()[0]
    keys = made.execute("SELECT band_key FROM article_band WHERE article_id = ?", [article_id]).fetchall()
    assert sorted(key for (key,) in keys) == sorted(band_keys(signature))


def test_every_table_of_news_is_filled(made: duckdb.DuckDBPyConnection) -> None:
    tables = made.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    empty = {t for (t,) in tables if made.execute(f"SELECT count(*) FROM {t}").fetchall() == [(0,)]}
    assert empty == {"backfill_file", "drop_file", "label", "robots"}
