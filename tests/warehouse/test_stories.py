"""Stories: who is placed when, and which run a row names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.warehouse.build import NOON, TEXT, entry, fetch, poll, reading
from tests.warehouse.conftest import Ask
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.pages import unread_captures
from warehouse.store import Warehouse
from warehouse.stories import place_articles, refresh_stories

OTHER = (
    "The national orchestra opened its season with a new symphony, which the hall of Rawa greeted with long applause. "
    "Its conductor announced a tour of eleven cities, and the minister of culture promised a second hall by spring."
)
STORY = "SELECT * FROM story ORDER BY ALL"


def load(warehouse: Warehouse, number: int, text: str, run_id: str) -> None:
    """One more article, an hour after the one before."""
    at = NOON + timedelta(hours=number)
    poll(warehouse, [entry(number, published_at=at)])
    fetch(warehouse, f"https://wire.example/{number}")
    load_readings(warehouse, run_id, at, [reading(u, text, events=[]) for u in unread_captures(warehouse)], [])


def test_the_earliest_are_placed_first_and_no_more_than_asked_for(warehouse: Warehouse, ask: Ask) -> None:
    for number, text in ((2, TEXT), (1, OTHER)):
        load(warehouse, number, text, "run-1")
        with warehouse.transaction() as cursor:
            cursor.execute(f"UPDATE article SET published_at = '2026-11-0{number}' WHERE url LIKE '%/{number}'")
    for placed, url in ((1, 1), (1, 2)):
        with warehouse.transaction() as cursor:
            assert place_articles(cursor, "run-1", 1) == placed
        assert ask("SELECT max(url) FROM story_article JOIN article USING (article_id)")[0][0].endswith(f"/{url}")
    with warehouse.transaction() as cursor:
        assert place_articles(cursor, "run-1", 1) == 0


def test_a_story_names_the_last_run_that_changed_it(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, 1, TEXT, "run-1")
    load(warehouse, 2, OTHER, "run-1")
    group_all(warehouse, "run-1")
    load(warehouse, 3, TEXT + " A child was hurt.", "run-2")
    group_all(warehouse, "run-2")
    assert ask("SELECT article_count, run_id FROM story ORDER BY ALL") == [(1, "run-1"), (2, "run-2")]
    members = "SELECT url[-1:], m.run_id FROM story_article AS m JOIN article USING (article_id) ORDER BY ALL"
    assert ask(members) == [("1", "run-1"), ("2", "run-1"), ("3", "run-2")]
    assert ask("SELECT DISTINCT run_id FROM article_pair") == [("run-2",)]


@pytest.mark.lake
def test_a_story_that_comes_out_as_it_was_keeps_its_row_and_one_without_articles_is_gone(
    warehouse: Warehouse, ask: Ask
) -> None:
    load(warehouse, 1, TEXT, "run-1")
    load(warehouse, 2, OTHER, "run-1")
    group_all(warehouse, "run-1")
    before = ask(STORY)
    ids = [row[0] for row in before]
    with warehouse.transaction() as cursor:
        refresh_stories(cursor, "run-2", ids)
    assert ask(STORY) == before
    with warehouse.transaction() as cursor:
        cursor.execute("DELETE FROM story_article WHERE story_id = $id", {"id": ids[0]})
        refresh_stories(cursor, "run-2", ids)
    assert ask(STORY) == before[1:]
