"""Stories and events: copies count once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.records import Count
from tests.warehouse.build import NOON, PAPER, RUN, TEXT, assault, entry, fetch, poll, reading
from tests.warehouse.conftest import Ask
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.pages import unread_captures
from warehouse.store import Warehouse

OTHER = (
    "The national orchestra of Rawa opened its season with a new symphony, which the hall greeted with long applause. "
    "Its conductor announced a tour of eleven cities, and the minister of culture promised a second hall by spring."
)


def load(warehouse: Warehouse, texts: dict[int, str], **settings: object) -> None:
    """Articles 1, 2 … of the wire and the paper in turn, an hour apart, with those texts."""
    for number, text in texts.items():
        at = NOON + timedelta(hours=number)
        feed = PAPER if number % 2 else None
        sighting = entry(number, published_at=at)
        poll(warehouse, [sighting], feed) if feed else poll(warehouse, [sighting])
        fetch(warehouse, f"https://wire.example/{number}")
        load_readings(warehouse, RUN, at, [reading(u, text, **settings) for u in unread_captures(warehouse)], [])  # type: ignore[arg-type]


def test_a_copy_joins_the_story_of_the_first_report(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, {1: TEXT, 2: TEXT + " (Editing by the desk)"})
    assert group_all(warehouse, RUN) == 2
    assert ask("SELECT relation FROM story_article JOIN article USING (article_id) ORDER BY published_at") == [
        ("first",),
        ("copy",),
    ]
    assert ask("SELECT article_count, feed_count FROM story") == [(2, 2)]


def test_different_news_are_different_stories(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, {1: TEXT, 2: OTHER}, events=[])
    group_all(warehouse, RUN)
    assert ask("SELECT count(*) FROM story") == [(2,)]


def test_the_same_happening_in_two_copies_is_one_event_in_one_story(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, {1: TEXT, 2: TEXT})
    group_all(warehouse, RUN)
    assert ask("SELECT mention_count, article_count, story_count, killed_low, actors FROM event") == [
        (2, 2, 1, 3, ["Soldiers"])
    ]


def test_what_did_not_happen_is_no_event(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, {1: TEXT}, events=[assault(polarity="negated")])
    group_all(warehouse, RUN)
    assert ask("SELECT count(*), count(event_id) FROM event_mention") == [(1, 0)]
    assert ask("SELECT count(*) FROM event") == [(0,)]


@pytest.mark.lake
def test_grouping_again_changes_nothing(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, {1: TEXT, 2: OTHER + " Soldiers attacked Rawa."}, events=[assault()])
    group_all(warehouse, RUN)
    everything = "SELECT * FROM story ORDER BY ALL; SELECT * FROM story_article ORDER BY ALL; FROM event ORDER BY ALL"
    before = [ask(query) for query in everything.split(";")]
    assert group_all(warehouse, RUN) == 0
    assert [ask(query) for query in everything.split(";")] == before


def test_grouping_after_each_article_gives_the_same_stories_as_at_the_end(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, {1: TEXT})
    group_all(warehouse, RUN)
    load(warehouse, {2: TEXT})
    group_all(warehouse, RUN)
    assert ask("SELECT article_count FROM story") == [(2,)]
    assert ask("SELECT mention_count, story_count FROM event") == [(2, 1)]


@pytest.mark.lake
def test_an_event_of_a_superseded_text_is_gone_when_the_new_text_does_not_tell_of_it(
    warehouse: Warehouse, ask: Ask
) -> None:
    load(warehouse, {1: TEXT})
    group_all(warehouse, RUN)
    assert ask("SELECT count(*) FROM event") == [(1,)]
    later = NOON + timedelta(hours=9)
    poll(warehouse, [entry(1, published_at=NOON, updated_at=later)], PAPER, at=later)
    fetch(warehouse, "https://wire.example/1", at=later)
    load_readings(warehouse, RUN, later, [reading(u, OTHER, events=[]) for u in unread_captures(warehouse)], [])
    group_all(warehouse, RUN)
    assert ask("SELECT count(*) FROM event") == [(0,)]


def test_ten_copies_are_one_independent_report(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, dict.fromkeys(range(1, 11), TEXT))
    group_all(warehouse, RUN)
    assert ask("SELECT article_count, report_count, outlet_count FROM story") == [(10, 1, 1)]
    assert ask("SELECT mention_count, article_count, report_count, story_count FROM event") == [(10, 10, 1, 1)]
    assert ask("SELECT count(DISTINCT origin_article_id), count(copied_from) FROM story_article") == [(1, 9)]


@pytest.mark.lake
def test_an_update_under_another_address_takes_the_place_of_what_it_updates(warehouse: Warehouse, ask: Ask) -> None:
    for number, text, update in ((1, TEXT, None), (2, TEXT + " A child was hurt.", 1)):
        at = NOON + timedelta(hours=number)
        poll(warehouse, [entry(number, published_at=at)], at=at)
        fetch(warehouse, f"https://wire.example/{number}", at=at)
        for unread in unread_captures(warehouse):
            read = reading(unread, text)
            sent = replace(read, article=replace(read.article, agency="Wire", update=update))
            load_readings(warehouse, RUN, at, [sent], [])
        group_all(warehouse, RUN)
    assert ask("SELECT url, is_latest, supersedes IS NOT NULL FROM article ORDER BY url") == [
        ("https://wire.example/1", False, False),
        ("https://wire.example/2", True, True),
    ]
    assert ask("SELECT article_count FROM story") == [(1,)]
    assert ask("SELECT mention_count, article_count FROM event") == [(1, 1)]


@pytest.mark.lake
def test_a_killed_item_is_kept_and_does_not_stand(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, {1: TEXT, 2: TEXT})
    group_all(warehouse, RUN)
    later = NOON + timedelta(hours=9)
    poll(warehouse, [entry(2, published_at=NOON, updated_at=later, status="canceled")], at=later)
    group_all(warehouse, RUN)
    assert ask("SELECT url, is_latest, withdrawn_at IS NOT NULL FROM article ORDER BY url") == [
        ("https://wire.example/1", True, False),
        ("https://wire.example/2", False, True),
    ]
    assert ask("SELECT article_count FROM event") == [(1,)]
    poll(warehouse, [entry(2, published_at=NOON, updated_at=later + timedelta(hours=1), status="usable")], at=later)
    group_all(warehouse, RUN)
    assert ask("SELECT count(*) FROM article WHERE is_latest") == [(2,)]
    assert ask("SELECT article_count FROM event") == [(2,)]


def test_a_story_of_which_nothing_stands_any_more_counts_no_reports(warehouse: Warehouse, ask: Ask) -> None:
    load(warehouse, {1: TEXT})
    group_all(warehouse, RUN)
    later = NOON + timedelta(hours=9)
    poll(warehouse, [entry(1, published_at=NOON, updated_at=later, status="canceled")], PAPER, at=later)
    group_all(warehouse, RUN)
    assert ask("SELECT article_count, report_count, outlet_count, feed_count, agencies FROM story") == [
        (0, 0, 0, 0, [])
    ]


def test_an_agency_counts_once_and_is_called_as_most_texts_call_it(warehouse: Warehouse, ask: Ask) -> None:
    for number, agency in enumerate(("Harbourwire", "The Harbourwire News Agency", "AFP", "Harbourwire", None), 1):
        at = NOON + timedelta(hours=number)
        poll(warehouse, [entry(number, published_at=at)], at=at)
        fetch(warehouse, f"https://wire.example/{number}", at=at)
        for unread in unread_captures(warehouse):
            read = reading(unread, TEXT)
            load_readings(warehouse, RUN, at, [replace(read, article=replace(read.article, agency=agency))], [])
    group_all(warehouse, RUN)
    assert ask("SELECT agencies FROM story") == ask("SELECT agencies FROM event") == [(["AFP", "Harbourwire"],)]


@pytest.mark.parametrize(
    ("many", "high"),
    [(Count(low=5, high=6, text="five or six"), 6), (Count(low=5, high=None, text="at least five"), None)],
)
def test_conflicting_tolls_are_kept_as_a_range_that_is_open_where_a_report_is(
    many: Count, high: int | None, warehouse: Warehouse, ask: Ask
) -> None:
    load(warehouse, {1: TEXT}, events=[assault()])
    load(warehouse, {2: TEXT + " More was not known."}, events=[replace(assault(), killed=many)])
    group_all(warehouse, RUN)
    assert ask("SELECT killed_low, killed_high, mention_count FROM event") == [(3, high, 2)]
    shown = "3+" if high is None else "3–6"
    assert ask("SELECT in_numbers(killed_low, killed_high) FROM event") == [(shown,)]
    assert ask("SELECT killed_at_least, killed_at_most FROM events_daily") == [(3, high)]
