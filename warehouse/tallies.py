"""What views need counted over the whole archive is kept as articles come, stand and fall."""

from __future__ import annotations

from warehouse.store import Cursor, statement


def tally(cursor: Cursor, run_id: str) -> None:
    """Count what articles name that stand and were not counted, take back what does not stand any more, count days that
    are missing, compare new claims. Costs what has changed since the last call, besides a look at a column or two of
    each table."""
    cursor.execute(statement("turned_articles"), {"run_id": run_id})
    cursor.execute(statement("count_named"))
    cursor.execute(statement("count_days"), {"run_id": run_id})
    cursor.execute(statement("compare_claims"))


def untally(cursor: Cursor, run_id: str) -> None:
    """The articles of the relation `batch` count as new: to be called before their mentions change."""
    cursor.execute(statement("turned_batch"), {"run_id": run_id})
    cursor.execute(statement("count_named"))
