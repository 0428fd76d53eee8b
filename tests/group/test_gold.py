"""Stories and events of made-up news agree with the gold, in whatever order they are loaded."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from flows.reading import tagger_options
from pipeline.records import Tags
from pipeline.settings import load_settings
from pipeline.tag import open_tagger
from tests.group.gold import (
    GoldArticle,
    agreement,
    grouped_events,
    grouped_stories,
    load_gold,
    load_into,
    regroup,
    tag_all,
)
from warehouse.grouping import group_all
from warehouse.store import Warehouse

GOLD = load_gold()
TagsById = dict[str, Tags]


@pytest.fixture(scope="module")
def tags(place_file: Path) -> TagsById:
    assert place_file.is_file()
    return tag_all(open_tagger(tagger_options(load_settings())), GOLD)


def opened(folder: Path) -> Warehouse:
    return Warehouse.open(folder / "warehouse.duckdb", folder / "lock")


def test_the_gold_is_as_large_as_it_should_be() -> None:
    assert len(GOLD) >= 200
    assert len({a.story for a in GOLD}) >= 60
    assert len({a.article_id for a in GOLD}) == len(GOLD)
    assert {a.relation for a in GOLD} == {"first", "follow-up", "copy", "rewrite", "update"}


def test_stories_and_events_agree_with_the_gold(tmp_path: Path, tags: TagsById) -> None:
    with opened(tmp_path) as warehouse:
        stories, events = regroup(warehouse, GOLD, tags)
    assert stories.items == len(GOLD)
    assert stories.f1 >= 0.90, stories
    assert events.items >= 250
    assert events.f1 >= 0.80, events


def grouping(folder: Path, batches: Sequence[Sequence[GoldArticle]], tags: TagsById) -> tuple[object, object]:
    """Stories and events of articles that are loaded and grouped batch by batch, and the events' own rows."""
    with opened(folder) as warehouse:
        for articles in batches:
            load_into(warehouse, articles, tags)
            group_all(warehouse, "gold")
        with warehouse.transaction() as cursor:
            events = cursor.execute("SELECT * EXCLUDE (lead_event_mention_id) FROM event ORDER BY event_id").fetchall()
        return (grouped_stories(warehouse), grouped_events(warehouse, GOLD)), events


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_articles_loaded_in_any_order_give_the_same_stories_and_events(
    seed: int, tmp_path: Path, tags: TagsById
) -> None:
    some = sorted(GOLD, key=lambda a: a.published_at)[:110]
    shuffled = random.Random(seed).sample(some, k=len(some))
    batches = [shuffled[n : n + 30] for n in range(0, len(shuffled), 30)]
    assert grouping(tmp_path / "batches", batches, tags) == grouping(tmp_path / "once", [some], tags)


def test_b_cubed_is_that_of_its_authors() -> None:
    """The example of the module: two gold groups, one of which is merged with a stranger."""
    gold = {1: "a", 2: "a", 3: "a", 4: "b"}
    found = {1: "x", 2: "x", 3: "y", 4: "y"}
    measured = agreement(found, gold)
    assert measured.precision == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert measured.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert (measured.pair_precision, measured.pair_recall) == (0.5, pytest.approx(1 / 3))
