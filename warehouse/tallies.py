"""What views need counted over the whole archive is kept as articles come, stand and fall."""

from __future__ import annotations

from warehouse.store import Cursor, statement


def tally(cursor: Cursor) -> None:
    """Count what articles name that stand and were not counted, take back what does not stand any more; compare new
    claims. Costs what has changed since the last call, besides a look at a column or two of each table."""
    for name in ("turned_articles", "count_named", "compare_claims"):
        cursor.execute(statement(name))


def untally(cursor: Cursor) -> None:
    """The articles of the relation `batch` count as new: to be called before their mentions change."""
    for name in ("turned_batch", "count_named"):
        cursor.execute(statement(name))
