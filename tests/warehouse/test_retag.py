"""Stored texts are tagged again: the new tags replace the old, events are made anew, nothing else moves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import Event, Mention, Tags, Vector
from tests.warehouse.build import NOON, RUN, TEXT, assault, entry, fetch, poll, reading
from tests.warehouse.conftest import Ask
from warehouse.gathered import TaggedArticle
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.pages import unread_captures
from warehouse.retag import Coding, StoredText, coding_of, store_retagged, stored_codings, stored_texts
from warehouse.store import Warehouse, update
from warehouse.told import told_in

OTHER = TEXT.replace("a week", "two weeks").replace("three herders", "three more herders of the valley")


@pytest.fixture
def loaded(warehouse: Warehouse) -> Warehouse:
    """Two articles that report one event, read by the tagger "test"."""
    poll(warehouse, [entry(1), entry(2)])
    fetch(warehouse, "https://wire.example/1", "https://wire.example/2")
    pages = sorted(unread_captures(warehouse), key=lambda page: page.capture.url)
    load_readings(warehouse, RUN, NOON, [reading(pages[0]), reading(pages[1], OTHER)], [])
    group_all(warehouse, RUN)
    return warehouse


def texts(warehouse: Warehouse, tagger: str, *, every: bool = False) -> list[StoredText]:
    return stored_texts(warehouse, tagger, every=every, feeds=None, limit=None)


def retagged(stored: StoredText, *events: Event) -> TaggedArticle:
    document = stored.document
    tags = Tags(document_id=document.document_id, tagger="newer / sm", status="tagged", events=events)
    return TaggedArticle(
        article_id=stored.article_id, published_at=document.published_at, told=told_in(document.text, tags)
    )


def test_an_alias_of_two_names_of_one_entity_loses_what_its_articles_wrote_and_no_more(warehouse: Warehouse) -> None:
    with warehouse.transaction() as cursor:
        cursor.execute("""
            INSERT INTO entity_alias BY NAME
            SELECT * FROM (VALUES ('n1', 1), ('n2', 3)) AS t(name_id, mention_count),
                (VALUES ('Ali'), ('Hasan')) AS u(alias),
                (SELECT 'e' AS entity_id, true AS canonical, 'a1' AS first_article_id, 'r' AS run_id);
            INSERT INTO mention BY NAME
            SELECT 'm' || n AS mention_id, 'a' || 1 + n // 3 AS article_id, 'e' AS entity_id, 'PERSON' AS label,
                'Ali' AS mention_text, n AS start_offset, n + 3 AS end_offset, 'r' AS run_id
            FROM range(4) AS t(n);
        """)
        for article_id, left in (("a1", [1, 4]), ("a2", [0, 4])):
            update(cursor, "forget_aliases", "article", [{"article_id": article_id}])
            cursor.execute("SELECT sum(mention_count) FROM entity_alias GROUP BY alias ORDER BY alias")
            assert [count for (count,) in cursor.fetchall()] == left


def test_texts_of_another_tagger_are_to_be_read_again_as_they_were_given(loaded: Warehouse) -> None:
    found = texts(loaded, "newer")
    assert sorted(t.document.text for t in found) == sorted([TEXT, OTHER])
    assert {t.document.published_at for t in found} == {NOON}
    assert texts(loaded, "test") == []
    assert len(texts(loaded, "test", every=True)) == 2
    assert len(stored_texts(loaded, "newer", every=False, feeds=["wire"], limit=1)) == 1
    assert stored_texts(loaded, "newer", every=False, feeds=["paper"], limit=None) == []


def test_an_event_is_read_back_as_it_was_coded(loaded: Warehouse) -> None:
    found = texts(loaded, "newer")
    before = stored_codings(loaded, found)
    told = {t.article_id: [coding_of(assault(t.document.text), t.document.text)] for t in found}
    assert before == told
    coding: Coding = next(iter(before.values()))[0]
    assert (coding.event_type, coding.actors, coding.place, coding.tolls) == (
        "ASSAULT",
        ("Soldiers",),
        "Rawa",
        (3, None, None),
    )


def test_the_same_tags_again_change_nothing_but_the_tagger(loaded: Warehouse, ask: Ask) -> None:
    rows = "SELECT event_mention_id, event_id, event_type FROM event_mention ORDER BY ALL"
    events = "SELECT * EXCLUDE (run_id) FROM event ORDER BY ALL"
    before = ask(rows), ask(events), ask("SELECT count(*) FROM place")
    store_retagged(loaded, "run-2", [retagged(t, assault(t.document.text)) for t in texts(loaded, "newer")])
    group_all(loaded, "run-2")
    assert (ask(rows), ask(events), ask("SELECT count(*) FROM place")) == before
    assert ask("SELECT DISTINCT tagger, is_latest, version, run_id FROM article") == [("newer / sm", True, 1, "run-2")]
    assert texts(loaded, "newer") == []


def test_an_event_that_is_gone_from_one_report_stays_with_the_other(loaded: Warehouse, ask: Ask) -> None:
    assert ask("SELECT mention_count, article_count FROM event") == [(2, 2)]
    first, second = texts(loaded, "newer")
    store_retagged(loaded, "run-2", [retagged(first)])
    group_all(loaded, "run-2")
    assert ask("SELECT mention_count, article_count FROM event") == [(1, 1)]
    assert ask("SELECT DISTINCT article_id FROM event_mention") == [(second.article_id,)]
    assert ask("SELECT count(*) FROM event_participant") == [(1,)]
    store_retagged(loaded, "run-2", [retagged(second)])
    group_all(loaded, "run-2")
    assert ask("SELECT count(*) FROM event") == [(0,)]


@pytest.mark.lake
def test_an_event_that_is_coded_otherwise_leaves_its_old_event(loaded: Warehouse, ask: Ask) -> None:
    first, _ = texts(loaded, "newer")
    other = replace(assault(first.document.text), type="COERCE", mode="seize")
    store_retagged(loaded, "run-2", [retagged(first, other)])
    group_all(loaded, "run-2")
    assert ask("SELECT event_type, mention_count FROM event ORDER BY ALL") == [("ASSAULT", 1), ("COERCE", 1)]


def test_names_are_not_counted_twice(loaded: Warehouse, ask: Ask) -> None:
    counted = "SELECT alias, mention_count FROM entity_alias"
    assert ask(counted) == [("Rawa", 2)]
    again = [
        replace(retagged(t), told=told_in(t.document.text, reading_tags(t.document.text, t.document.document_id)))
        for t in texts(loaded, "newer")
    ]
    store_retagged(loaded, "run-2", again)
    assert ask(counted) == [("Rawa", 2)]


def reading_tags(text: str, document_id: str) -> Tags:
    start = text.index("Rawa")
    mention = Mention(start=start, end=start + 4, text="Rawa", label="GPE", entity_id="r")
    return Tags(document_id=document_id, tagger="newer", mentions=(mention,))


def pointing(model: str, *values: float) -> Vector:
    return Vector(model=model, values=(*values, *[0.0] * (384 - len(values))))


@pytest.mark.lake
def test_vectors_come_with_the_tags_and_pairs_are_measured_again(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1), entry(2)])
    fetch(warehouse, "https://wire.example/1", "https://wire.example/2")
    one, two = sorted(unread_captures(warehouse), key=lambda page: page.capture.url)
    readings = [reading(one, vector=pointing("m1", 1.0)), reading(two, OTHER, vector=pointing("m1", 0.6, 0.8))]
    load_readings(warehouse, RUN, NOON, readings, [])
    group_all(warehouse, RUN)
    similarity = "SELECT round(vector_similarity, 3) FROM article_pair"
    second_numbers = "SELECT round(vector[2]::DOUBLE, 3), vector_model FROM article ORDER BY url"
    assert ask(second_numbers) == [(0.0, "m1"), (0.8, "m1")]
    assert ask(similarity) == [(0.6,)]
    first, second = texts(warehouse, "newer")
    read_again(warehouse, first, pointing("m2", 1.0))
    assert ask(similarity) == [(None,)]
    read_again(warehouse, second, pointing("m2", 0.8, 0.6))
    assert ask(similarity) == [(0.8,)]
    read_again(warehouse, second, None)
    assert ask(similarity) == [(None,)]
    assert ask("SELECT count(*) FROM article WHERE vector IS NULL AND vector_model IS NULL") == [(1,)]


def read_again(warehouse: Warehouse, stored: StoredText, vector: Vector | None) -> None:
    again = retagged(stored)
    store_retagged(warehouse, "run-2", [replace(again, told=replace(again.told, vector=vector))])


def test_texts_of_another_coder_are_read_again(loaded: Warehouse) -> None:
    with loaded.transaction() as cursor:
        cursor.execute("UPDATE article SET tagger = 'm / lexicon 1 / events both 2 1'")
    assert len(texts(loaded, "m / lexicon 1 / events rules 1")) == 2
    assert texts(loaded, "m / lexicon 1 / events both 2 1") == []
    assert len(texts(loaded, "m / lexicon 1 / events both 2 11")) == 2
    with loaded.transaction() as cursor:
        cursor.execute("UPDATE article SET tagger = 'm / lexicon 1 / events both 2 1 / de_core_news_md 3.7'")
    assert texts(loaded, "m / lexicon 1 / events both 2 1") == []
