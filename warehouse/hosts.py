"""What is known of hosts: their robots.txt, kept between runs."""

from __future__ import annotations

from pipeline.fetch import RobotsText
from warehouse.store import Row, Warehouse, fetch_rows, update

SAME = ("origin", "fetched_at", "unreachable_since")  # columns that are fields of RobotsText under the same name


class StoredRobots:
    """A RobotsStore in the warehouse."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse

    def get(self, origin: str) -> RobotsText | None:
        """What the origin's robots.txt said last; None when it was never asked."""
        with self._warehouse.transaction() as cursor:
            rows = fetch_rows(cursor, "robots_of", origin=origin)
        texts = (RobotsText(status=r["http_status"], body=r["robots_text"], **{k: r[k] for k in SAME}) for r in rows)
        return next(texts, None)

    def put(self, text: RobotsText) -> None:
        """Keep it."""
        row: Row = {
            "origin": text.origin,
            "http_status": text.status,
            "robots_text": text.body,
            "fetched_at": text.fetched_at,
            "unreachable_since": text.unreachable_since,
        }
        with self._warehouse.transaction() as cursor:
            update(cursor, "note_robots", "robots", [row])
