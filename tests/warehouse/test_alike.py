"""Articles are found by what they are about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import ConfigError
from pipeline.records import Vector
from tests.warehouse.news import publish_news
from warehouse.alike import alike

# The first numbers of the vectors of made-up articles; the rest is zero. a4 was made by another network, a1 has none.
POINTS = {"a2": (1.0, 0.0), "a3": (0.8, 0.6), "a5": (0.6, 0.8), "a6": (0.0, 1.0)}

ANOTHER = """
INSERT INTO article BY NAME
SELECT * REPLACE ('a6' AS article_id, 'https://wire.example/6' AS url) FROM article WHERE article_id = 'a4'
"""


def vector(*values: float) -> Vector:
    return Vector(model="m1", values=(*values, *[0.0] * (384 - len(values))))


def no_words(words: str) -> Vector:
    raise AssertionError(words)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = publish_news(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(ANOTHER)
        for article_id, point in POINTS.items():
            values = [vector(*point).values, "m1", article_id]
            connection.execute("UPDATE article SET vector = ?, vector_model = ? WHERE article_id = ?", values)
        values = [vector(1.0).values, "m2", "a4"]
        connection.execute("UPDATE article SET vector = ?, vector_model = ? WHERE article_id = ?", values)
        connection.execute("UPDATE story_article SET origin_article_id = article_id")
    return path


def told(published: Path, **asked: str) -> None:
    with duckdb.connect(str(published)) as connection:
        for name, value in asked.items():
            connection.execute("UPDATE story_article SET origin_article_id = ? WHERE article_id = ?", [value, name])


def test_the_nearest_come_first_with_their_cosines_and_without_the_asked_one(published: Path) -> None:
    hits = alike(published, "a2", no_words)
    assert [(h.article_id, round(h.score, 3)) for h in hits] == [("a3", 0.8), ("a5", 0.6), ("a6", 0.0)]
    assert hits[0].matched == frozenset()


def test_words_are_read_by_the_network(published: Path) -> None:
    hits = alike(published, "rebels at the gates", lambda words: vector(float("rebels" in words)), limit=2)
    assert [h.article_id for h in hits] == ["a2", "a3"]


def test_a_text_and_its_copies_are_shown_once(published: Path) -> None:
    told(published, a5="a3")
    assert [h.article_id for h in alike(published, "a2", no_words)] == ["a3", "a6"]
    assert [h.article_id for h in alike(published, "a5", no_words)] == ["a6", "a2"]


def test_an_original_is_shown_before_a_copy_as_near(published: Path) -> None:
    told(published, a3="a5")
    as_near = "UPDATE article SET vector = (SELECT vector FROM article WHERE article_id = 'a5') WHERE article_id = 'a3'"
    with duckdb.connect(str(published)) as connection:
        connection.execute(as_near)
    assert [h.article_id for h in alike(published, "a2", no_words)] == ["a5", "a6"]


def test_day_and_language_narrow_it(published: Path) -> None:
    assert alike(published, "a2", no_words, since=date(2030, 1, 1)) == []
    assert alike(published, "a2", no_words, language="fr") == []
    assert len(alike(published, "a2", no_words, since=date(2026, 1, 1), language="en")) == 3


def test_superseded_texts_are_left_out(published: Path) -> None:
    with duckdb.connect(str(published)) as connection:
        connection.execute("UPDATE article SET is_latest = false WHERE article_id = 'a3'")
    assert [h.article_id for h in alike(published, "a2", no_words)] == ["a5", "a6"]


def test_six_characters_of_an_id_are_enough_and_one_that_is_not_there_is_no_word(published: Path) -> None:
    with duckdb.connect(str(published)) as connection:
        connection.execute("UPDATE article SET article_id = '5f0c7a1e90b2d346' WHERE article_id = 'a2'")
        connection.execute("UPDATE article SET article_id = '5f0c7a1e90b2d347' WHERE article_id = 'a4'")
    assert [h.article_id for h in alike(published, "5f0c7a1e90b2d346", no_words)] == ["a3", "a5", "a6"]
    with pytest.raises(ConfigError, match="begins the ids of several articles"):
        alike(published, "5f0c7a1e", no_words)
    with pytest.raises(ConfigError, match="there is no article 5f0c7a1e90b2d348 here"):
        alike(published, "5f0c7a1e90b2d348", no_words)
    assert alike(published, "facade", lambda _: vector(1.0), limit=1)[0].score == 1


def test_why_an_article_has_no_vector_is_told(published: Path) -> None:
    with duckdb.connect(str(published)) as connection:
        connection.execute(
            "UPDATE article SET vector = NULL, vector_model = NULL, language = 'fr' WHERE article_id = 'a3'"
        )
        connection.execute("UPDATE article SET vector = NULL, vector_model = NULL WHERE article_id = 'a5'")
    with pytest.raises(ConfigError, match="only English texts have one; its language is fr"):
        alike(published, "a3", no_words)
    with pytest.raises(ConfigError, match="article a5 has no vector; dateline rebuild --stage tag"):
        alike(published, "a5", no_words)


def test_a_copy_of_an_older_program_says_so(published: Path) -> None:
    with duckdb.connect(str(published)) as connection:
        connection.execute("ALTER TABLE article DROP COLUMN vector")
    with pytest.raises(ConfigError, match="the readers' copy is older than this program"):
        alike(published, "a2", no_words)


def test_without_vectors_of_the_same_network_it_says_how_to_get_them(published: Path) -> None:
    with pytest.raises(ConfigError, match="article a1 has no vector; a later text has taken its place"):
        alike(published, "a1", no_words)
    with pytest.raises(ConfigError, match="no article has a vector of m3: m1, m2"):
        alike(published, "words", lambda _: Vector(model="m3", values=vector(1).values))
