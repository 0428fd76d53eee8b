"""Articles join stories, event mentions join events: decisions of `pipeline.group`, applied set-based.

What is new is compared with the days around it, so a run's cost does not grow with the archive. An article is new
until it has a story, an event mention until it has an `event_day`: whatever sets that to NULL has it grouped again.
"""

from __future__ import annotations

from warehouse.happenings import place_mentions
from warehouse.store import Warehouse, fetch_rows
from warehouse.stories import place_articles, refresh_stories
from warehouse.tallies import tally

MOST = 2000  # articles a transaction


def group_all(warehouse: Warehouse, run_id: str) -> int:
    """Give each new article its story and each new event mention its event, a few days' worth a transaction; count.

    Returns the number of articles that were placed. A second call finds nothing to do. What comes out as it was keeps
    the run that made it so.
    """
    with warehouse.transaction() as cursor:
        refresh_stories(cursor, run_id, [row["story_id"] for row in fetch_rows(cursor, "withdraw_articles")])
    total = 0
    while True:
        with warehouse.transaction() as cursor:
            placed = place_articles(cursor, run_id, MOST)
            place_mentions(cursor, run_id)
        total += placed
        if placed < MOST:
            break
    with warehouse.transaction() as cursor:
        tally(cursor, run_id)
    return total
