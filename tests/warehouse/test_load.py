"""Loading what was read: once, whole, in versions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.records import Failure, Stage
from tests.warehouse.build import NOON, RUN, TEXT, assault, entry, fetch, poll, reading
from tests.warehouse.conftest import Ask
from warehouse.load import load_readings
from warehouse.pages import PageFailure, unread_captures
from warehouse.store import Warehouse

pytestmark = pytest.mark.lake

LATER = NOON + timedelta(hours=1)
COUNTS = """
SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM mention), (SELECT count(*) FROM place),
       (SELECT count(*) FROM event_mention), (SELECT count(*) FROM event_participant)
"""


def load(warehouse: Warehouse, text: str = TEXT) -> tuple[int, int]:
    readings = [reading(unread, text) for unread in unread_captures(warehouse)]
    loaded = load_readings(warehouse, RUN, NOON, readings, [])
    return loaded.articles, loaded.events


def test_a_reading_becomes_an_article_with_all_that_it_says(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1)])
    fetch(warehouse, "https://wire.example/1")
    assert load(warehouse) == (1, 1)
    assert ask(COUNTS) == [(1, 1, 1, 1, 1)]
    assert ask("SELECT e.status::VARCHAR, e.article_id = a.article_id FROM entry e, article a") == [("loaded", True)]


def test_all_offsets_point_at_their_words(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1)])
    fetch(warehouse, "https://wire.example/1")
    load(warehouse)
    torn = ask("""
        SELECT mention_text, start_offset, end_offset, article_id FROM mention
        UNION ALL SELECT place_text, start_offset, end_offset, article_id FROM place
        UNION ALL SELECT trigger_text, start_offset, end_offset, article_id FROM event_mention
        UNION ALL SELECT sentence_text, sentence_start, sentence_end, article_id FROM event_mention
    """)
    texts = dict(ask("SELECT article_id, text FROM article"))
    assert [words for words, start, end, article in torn if texts[article][start:end] != words] == []


def test_loading_the_same_readings_twice_adds_nothing(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1)])
    fetch(warehouse, "https://wire.example/1")
    readings = [reading(unread) for unread in unread_captures(warehouse)]
    load_readings(warehouse, RUN, NOON, readings, [])
    again = load_readings(warehouse, RUN, LATER, readings, [])
    assert (again.articles, again.events) == (0, 0)
    assert ask(COUNTS) == [(1, 1, 1, 1, 1)]


def test_a_changed_text_is_a_new_version_and_the_old_one_is_kept(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1)])
    fetch(warehouse, "https://wire.example/1")
    load(warehouse)
    poll(warehouse, [entry(1, updated_at=LATER)], at=LATER)
    fetch(warehouse, "https://wire.example/1", at=LATER)
    assert load(warehouse, TEXT.replace("three", "four")) == (1, 1)
    assert ask("SELECT version, is_latest FROM article ORDER BY version") == [(1, False), (2, True)]
    assert ask("SELECT count(*) FROM event_reports") == [(1,)]


def test_a_refetched_page_with_the_same_text_is_no_new_version(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1)])
    fetch(warehouse, "https://wire.example/1")
    load(warehouse)
    poll(warehouse, [entry(1, updated_at=LATER)], at=LATER)
    fetch(warehouse, "https://wire.example/1", at=LATER)
    assert load(warehouse) == (0, 0)
    assert ask("SELECT status::VARCHAR FROM entry") == [("loaded",)]


def test_a_page_that_cannot_be_read_is_a_recorded_failure(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1), entry(2)])
    fetch(warehouse, "https://wire.example/1", "https://wire.example/2")
    first, second = sorted(unread_captures(warehouse), key=lambda u: u.capture.url)
    failure = Failure(stage=Stage.EXTRACT, reason="no_text", detail="nothing left")
    bad = PageFailure(url=second.capture.url, feed_id="wire", failure=failure, next_attempt_at=LATER)
    load_readings(warehouse, RUN, NOON, [reading(first)], [bad])
    assert ask("SELECT status::VARCHAR, reason FROM entry ORDER BY entry_id") == [
        ("loaded", None),
        ("failed", "no_text"),
    ]
    assert ask("SELECT stage::VARCHAR, reason, url FROM failure") == [("extract", "no_text", second.capture.url)]


def test_an_events_row_keeps_what_the_sentence_gives(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1)])
    fetch(warehouse, "https://wire.example/1")
    load(warehouse)
    event = assault()
    assert ask("""
        SELECT event_type, trigger_text, killed_low, wounded_low, date_start, place_name, country, actors, recipients
        FROM event_reports
    """) == [("ASSAULT", "attacked", 3, None, None, "Rāwah", "IRQ", ["Soldiers"], [])]
    assert event.sentence_end == ask("SELECT sentence_end FROM event_mention")[0][0]
