"""The dictionary is in the database: COMMENT ON every table, view and column; README.md is made of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.warehouse.conftest import Ask
from warehouse import dictionary
from warehouse.catalog import Column, Relation, describe, first_sentence, inherit, shared_meaning
from warehouse.compact import compact
from warehouse.dictionary import OTHER, SUBJECTS, Join, current, joins
from warehouse.publish import publish, whole
from warehouse.query import ask as ask_published
from warehouse.store import Warehouse

# Names with several types, and why. Nothing else may have two.
TORN = {"status": "two closed sets of states: of entries and of runs"}


def described(warehouse: Warehouse) -> list[Relation]:
    with warehouse.transaction() as cursor:
        return describe(cursor)


def test_every_table_and_view_says_what_it_is(warehouse: Warehouse) -> None:
    assert [r.name for r in described(warehouse) if r.meaning is None] == []


def test_every_column_says_what_it_means(warehouse: Warehouse) -> None:
    silent = [(r.name, c.name) for r in described(warehouse) for c in r.columns if c.meaning is None]
    assert silent == []


def test_every_column_of_a_published_file_has_its_comment_in_the_file(
    warehouse: Warehouse, published: Path, ask: Ask
) -> None:
    silent = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    publish(warehouse, published, since=date(2026, 11, 20))
    for path in (published, whole(published)):
        assert ask_published(path, silent).rows == []
        assert compact(path, share=0, least_bytes=0)
        assert ask_published(path, silent).rows == []
    said = "SELECT comment FROM duckdb_columns() WHERE column_name = 'agency' AND table_name = "
    assert ask(f"{said} 'latest_articles'") == ask(f"{said} 'article'")


def test_a_column_name_has_one_meaning_everywhere(warehouse: Warehouse) -> None:
    meanings: dict[str, dict[str, list[str]]] = {}
    for relation in described(warehouse):
        for column in relation.columns:
            if column.meaning:
                said = meanings.setdefault(column.name, {})
                said.setdefault(first_sentence(column.meaning), []).append(relation.name)
    assert {name: said for name, said in meanings.items() if len(said) > 1} == {}


def test_a_column_name_has_one_type_everywhere(ask: Ask) -> None:
    torn = ask("""
        SELECT column_name, list(DISTINCT data_type) FROM duckdb_columns()
        WHERE NOT internal GROUP BY column_name HAVING count(DISTINCT data_type) > 1
    """)
    assert [row for row in torn if row[0] not in TORN] == []


def test_times_have_a_zone(ask: Ask) -> None:
    assert ask("SELECT table_name, column_name FROM duckdb_columns() WHERE data_type = 'TIMESTAMP'") == []


def test_every_row_that_was_read_says_by_which_run(warehouse: Warehouse) -> None:
    """Besides: what operators list, what hosts say, and the schema's own book."""
    tables = [r for r in described(warehouse) if not r.is_view]
    without = {r.name for r in tables if "run_id" not in {c.name for c in r.columns}}
    assert without == {"feed", "feed_address", "robots", "schema_migration"}


def test_every_table_has_a_subject(warehouse: Warehouse) -> None:
    tables = {r.name for r in described(warehouse) if not r.is_view}
    named = [name for names in SUBJECTS.values() for name in names]
    assert tables - set(named) == set(), f"they stand under {OTHER!r}: give them a subject"
    assert set(named) - tables == set()
    assert len(named) == len(set(named))


def test_the_readme_is_what_the_schema_says() -> None:
    stale = "stale: run python -m warehouse.dictionary"
    assert dictionary.README.read_text("utf-8") == current(), stale


def test_a_stale_readme_is_told_with_what_differs(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path_factory.mktemp("docs") / "README.md"
    monkeypatch.setattr(dictionary, "README", readme)
    assert dictionary.main(["--check"]) == 1
    assert dictionary.main([]) == 0
    assert dictionary.main(["--check"]) == 0
    readme.write_text(readme.read_text("utf-8").replace("The words.", "Words."), "utf-8")
    capsys.readouterr()
    assert dictionary.main(["--check"]) == 1
    assert "-| `mention_text` | VARCHAR NOT NULL | Words. |" in capsys.readouterr().out


def test_a_columns_name_tells_which_table_it_leads_to(warehouse: Warehouse) -> None:
    found = joins([r for r in described(warehouse) if not r.is_view])
    for expected in (
        Join("article", "mention", "article_id", optional=False, unique=False),
        Join("article", "story_article", "article_id", optional=False, unique=True),
        Join("article", "article_pair", "other_article_id", optional=False, unique=False),
        Join("event_mention", "event", "lead_event_mention_id", optional=False, unique=False),
        Join("event", "event_mention", "event_id", optional=True, unique=False),
    ):
        assert expected in found


@pytest.mark.parametrize(
    ("said", "shared"),
    [
        ({"The story. Hash of its first article."}, "The story. Hash of its first article."),
        ({"The story. Hash of its first article.", "The story."}, "The story."),
        ({"The story.", "A tale."}, None),
    ],
)
def test_a_view_inherits_what_the_tables_have_in_common(said: set[str], shared: str | None) -> None:
    assert shared_meaning(said) == shared


def test_a_views_own_word_stands_before_what_it_inherits() -> None:
    def of(name: str, meaning: str | None, *, is_view: bool) -> Relation:
        column = Column(name="day", type="DATE", is_nullable=True, in_key=False, meaning=meaning)
        return Relation(name=name, meaning="", is_view=is_view, columns=(column,))

    told = [of("t", "The day.", is_view=False), of("v", None, is_view=True), of("w", "The day. UTC.", is_view=True)]
    assert [r.columns[0].meaning for r in inherit(told)] == ["The day.", "The day.", "The day. UTC."]
