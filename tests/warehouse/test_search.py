"""Articles are found by their words; the index follows the readers' copy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from pipeline.errors import ConfigError, WarehouseError
from tests.warehouse.news import publish_news
from warehouse.connection import load_extension
from warehouse.search import refresh_index, search


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return publish_news(tmp_path).parent


def ids(home: Path, words: str, **asked: object) -> list[str]:
    hits = search(home / "dateline.duckdb", home / "search.duckdb", words, **asked)  # type: ignore[arg-type]
    return [hit.article_id for hit in hits]


def change(home: Path, statement: str, *values: object) -> None:
    with duckdb.connect(str(home / "dateline.duckdb")) as connection:
        connection.execute(statement, list(values))


def test_articles_have_all_the_words_in_any_form_and_the_densest_comes_first(home: Path) -> None:
    assert ids(home, "rebel attack") == ["a2", "a5", "a3"]
    assert ids(home, "REBELS, doctor!") == ["a3"]
    assert ids(home, "rebels orchestra") == []
    hit, *_ = search(home / "dateline.duckdb", home / "search.duckdb", "killing")
    assert hit.matched == {"killed"}


FERRIES = {
    "f1": "A ferry. " + "Calm seas were told of all day along the coast. " * 3,
    "f2": "A ferry sank off the coast.",
    "f3": "Talks on grain.",
    "f4": "Ferry sank; ferry full.",
    "f5": "The ferry sank.",
}


def arrive(home: Path, *article_ids: str) -> None:
    for article_id in article_ids:
        change(
            home,
            """
            INSERT INTO article BY NAME
            SELECT * REPLACE (? AS article_id, ? AS text, ? AS text_sha256, NULL AS title) FROM article
            WHERE article_id = 'a4'
            """,
            article_id,
            FERRIES[article_id],
            FERRIES[article_id],
        )


def scores(home: Path, words: str) -> list[tuple[str, float]]:
    hits = search(home / "dateline.duckdb", home / "search.duckdb", words)
    return [(hit.article_id, round(hit.score, 9)) for hit in hits]


@pytest.mark.parametrize(
    "runs", [["f1 f2 f3 f4", "f5"], ["f1", "f2", "f3 f4 f5"], ["f5 f1", "f3 f4 f2"], ["f4", "f5", "f1", "f2", "f3"]]
)
def test_order_and_scores_are_the_same_however_articles_are_spread(home: Path, runs: list[str]) -> None:
    copy, index = home / "dateline.duckdb", home / "search.duckdb"
    for run in runs:
        arrive(home, *run.split())
        refresh_index(copy, index)
    told = {words: scores(home, words) for words in ("ferry", "ferries sink", "sank coast")}
    with duckdb.connect(str(index)) as connection:
        assert connection.execute("SELECT count(*) > 1 FROM segment").fetchall() == [(True,)]
    index.unlink()
    assert {words: scores(home, words) for words in told} == told
    assert [article_id for article_id, _ in told["ferry"]] == ["f4", "f5", "f2", "f1"]
    assert told["ferry"] == fts_scores(home, "ferry")


def fts_scores(home: Path, words: str) -> list[tuple[str, float]]:
    """What DuckDB's own BM25 says of all the articles in one index."""
    with duckdb.connect() as connection:
        load_extension(connection, "fts")
        connection.execute(f"ATTACH '{home / 'dateline.duckdb'}' AS news (READ_ONLY)")
        connection.execute("CREATE TABLE t AS SELECT article_id, title, text FROM news.article WHERE is_latest")
        fields = "'t', 'article_id', 'title', 'text'"
        connection.execute(rf"PRAGMA create_fts_index({fields}, stopwords = 'none', ignore = '[^\p{{L}}\p{{N}}]+')")
        return connection.execute(
            """
            SELECT article_id, round(score, 9)
            FROM (SELECT article_id, fts_main_t.match_bm25(article_id, $words, conjunctive := 1) AS score FROM t)
            WHERE score IS NOT NULL ORDER BY score DESC, article_id
            """,
            {"words": words},
        ).fetchall()


def test_what_was_replaced_weighs_nothing(home: Path) -> None:
    arrive(home, "f2", "f4", "f5")
    refresh_index(home / "dateline.duckdb", home / "search.duckdb")
    change(home, "UPDATE article SET is_latest = false WHERE article_id = 'f4'")
    told = scores(home, "ferry")
    (home / "search.duckdb").unlink()
    assert scores(home, "ferry") == told


def test_an_index_without_lengths_is_made_again(home: Path) -> None:
    refresh_index(home / "dateline.duckdb", home / "search.duckdb")
    with duckdb.connect(str(home / "search.duckdb")) as connection:
        connection.execute("ALTER TABLE indexed DROP COLUMN words; ALTER TABLE indexed DROP COLUMN docid")
        connection.execute("ALTER TABLE segment ADD COLUMN last_day DATE")
    assert ids(home, "doctor") == ["a3"]


def test_an_article_dated_ahead_is_found_since_that_day(home: Path) -> None:
    change(home, "UPDATE article SET published_at = '2026-12-24 12:00:00Z' WHERE article_id = 'a5'")
    assert ids(home, "Rawa", since=date(2026, 12, 24)) == ["a5"]


def test_a_search_waits_for_another_but_not_for_ever(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.search.WAIT_SECONDS", 0.01)
    with FileLock(home / "search.duckdb.lock"), pytest.raises(WarehouseError, match=r"another search.*try again later"):
        ids(home, "Rawa")


def test_superseded_versions_are_not_found(home: Path) -> None:
    assert "a1" not in ids(home, "Rawa")


def test_it_can_be_narrowed_by_day_language_and_number(home: Path) -> None:
    assert ids(home, "Rawa", since=date(2026, 11, 20), limit=2) == ["a5", "a2"]
    assert sorted(ids(home, "Rawa", since=date(2026, 11, 19))) == ["a2", "a3", "a4", "a5"]
    assert ids(home, "Rawa", language="fr") == []


def test_words_of_other_scripts_accents_and_numbers_are_words(home: Path) -> None:
    change(
        home,
        "UPDATE article SET text = ?, text_sha256 = 'new' WHERE article_id = 'a4'",
        "В Киеве: 1,5 млн. Élysée, M23.",
    )
    for words in ("киеве", "elysee", "m23", "Élysée 5"):
        assert ids(home, words) == ["a4"]


def test_the_index_follows_the_copy_and_only_what_changed_is_made_anew(home: Path) -> None:
    copy, index = home / "dateline.duckdb", home / "search.duckdb"
    assert refresh_index(copy, index) == 1
    assert refresh_index(copy, index) == 0
    change(
        home,
        """
        INSERT INTO article BY NAME
        SELECT * REPLACE (
            'old' AS article_id, 'An old ferry sank.' AS text, TIMESTAMPTZ '2026-03-02 00:00:00Z' AS published_at
        )
        FROM article WHERE article_id = 'a4'
        """,
    )
    assert refresh_index(copy, index) == 1
    assert ids(home, "ferry") == ["old"]
    change(home, "UPDATE article SET is_latest = false WHERE article_id = 'old'")
    assert refresh_index(copy, index) == 0
    assert ids(home, "ferry") == []
    change(home, "UPDATE article SET text = 'A train.', text_sha256 = 'train' WHERE article_id = 'a4'")
    assert ids(home, "train") == ["a4"]


def test_small_segments_become_one_and_what_was_replaced_is_not_found(home: Path) -> None:
    copy, index = home / "dateline.duckdb", home / "search.duckdb"
    refresh_index(copy, index)
    for number in range(4):
        change(
            home,
            """
            INSERT INTO article BY NAME
            SELECT * REPLACE (concat('new', ?) AS article_id, concat('Ferry ', ?) AS text) FROM article
            WHERE article_id = 'a4'
            """,
            number,
            number,
        )
        refresh_index(copy, index)
    with duckdb.connect(str(index)) as connection:
        sizes = connection.execute("SELECT count(*) FROM indexed GROUP BY segment").fetchall()
    assert sizes == [(4,), (4,)]
    assert sorted(ids(home, "ferry")) == ["new0", "new1", "new2", "new3"]
    change(home, "UPDATE article SET is_latest = false WHERE article_id = 'new2'")
    assert refresh_index(copy, index) == 0
    assert sorted(ids(home, "ferry")) == ["new0", "new1", "new3"]


def test_an_index_that_was_cut_short_is_made_again(home: Path) -> None:
    refresh_index(home / "dateline.duckdb", home / "search.duckdb")
    with duckdb.connect(str(home / "search.duckdb")) as connection:
        connection.execute("DELETE FROM segment; DELETE FROM made_from; CREATE TABLE s1 (x INTEGER)")
    assert ids(home, "doctor") == ["a3"]


@pytest.mark.parametrize("words", ["", "…", "'; DROP TABLE segment; --"])
def test_what_holds_no_word_is_told_and_quotes_are_no_sql(home: Path, words: str) -> None:
    if any(letter.isalpha() for letter in words):
        assert ids(home, words) == []
    else:
        with pytest.raises(ConfigError, match="holds no word"):
            ids(home, words)


def test_without_a_warehouse_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="no warehouse here yet"):
        ids(tmp_path, "Rawa")
