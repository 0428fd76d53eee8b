"""Stories and events of the made-up gold news: how well grouping agrees with what was meant.

    python -m tests.bench.grouping

Thresholds were chosen on this set (tests/cases/group), whose confusable neighbours are many: two bombs in one city on
one day, two verdicts of one court. Events are compared over the mentions that the coder found; the last row counts
each that it missed as an event by itself.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.reading import tagger_options
from pipeline.settings import load_settings
from pipeline.tag import open_tagger
from pipeline.tag.places.build import build, is_current
from tests.group.gold import (
    Agreement,
    agreement,
    grouped_events,
    grouped_stories,
    load_gold,
    load_into,
    tag_all,
)
from warehouse.grouping import group_all
from warehouse.store import Warehouse


def row(name: str, found: Agreement) -> str:
    """A row of the table."""
    b3 = found.precision, found.recall, found.f1
    pairs = found.pair_precision, found.pair_recall, found.pair_f1
    return f"| {name} | {found.items} | {' | '.join(f'{figure:.3f}' for figure in (*b3, *pairs))} |"


def main() -> None:
    """Tag, load, group, compare, print."""
    gold = load_gold()
    settings = load_settings()
    if not is_current(settings.gazetteer):
        build(settings.gazetteer)
    tags = tag_all(open_tagger(tagger_options(settings)), gold)
    with TemporaryDirectory() as folder:
        home = Path(folder)
        with Warehouse.open(home / "warehouse.duckdb", home / "lock") as warehouse:
            load_into(warehouse, gold, tags)
            group_all(warehouse, "bench")
            stories, events = grouped_stories(warehouse), grouped_events(warehouse, gold)
    meant = {(a.article_id, m.event): m.event for a in gold for m in a.mentions}
    alone = {key: events.get(key, f"missed {key}") for key in meant}
    print("| | items | B³ precision | recall | F1 | pairs, precision | recall | F1 |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    print(row("stories", agreement(stories, {a.article_id: a.story for a in gold})))
    print(row("events, of coded mentions", agreement(events, {key: meant[key] for key in events})))
    print(row("events, missed mentions too", agreement(alone, meant)))
    print(f"\n{len(gold)} articles in {len({a.story for a in gold})} stories. Measured {datetime.now(UTC):%Y-%m-%d}.")


if __name__ == "__main__":
    main()
