"""Homes changed by hand, and what `dateline status` then says of them."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

from flows.status.command import run_status
from pipeline.settings import Settings
from warehouse.publish import publish
from warehouse.status import Numbers, read_numbers
from warehouse.store import Warehouse

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)  # a Friday


def change(settings: Settings, *statements: str) -> None:
    """Change the writer's copy, and publish it."""
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        with warehouse.transaction() as cursor:
            for statement in statements:
                cursor.execute(statement)
        publish(warehouse, settings.published)


def numbers(settings: Settings) -> Numbers:
    return read_numbers(settings.published, NOW)


def status(settings: Settings) -> tuple[int, str]:
    out = io.StringIO()
    return run_status(settings, as_json=False, target=out), out.getvalue()


def as_json(settings: Settings) -> dict[str, object]:
    out = io.StringIO()
    code = run_status(settings, as_json=True, target=out)
    told = json.loads(out.getvalue())
    assert told["exit_status"] == code
    assert isinstance(told, dict)
    return told


def history(feed_id: str, hours: str, until: str) -> str:
    """Entries of a feed: one at each hour (UTC) of the days, over 12 weeks up to a moment."""
    return f"""
INSERT INTO entry (feed_id, entry_id, url, first_seen_at, status, run_id)
SELECT '{feed_id}', epoch(seen), 'https://{feed_id}.example/' || epoch(seen), seen, 'loaded', 'run-1'
FROM (SELECT unnest(range(TIMESTAMPTZ '2026-09-05 00:00:00+00', TIMESTAMPTZ '{until}', INTERVAL 1 HOUR)) AS seen)
WHERE {hours}"""


def polled(feed_id: str, at: str, outcome: str = "unchanged") -> tuple[str, str]:
    """The feed, and a poll of it."""
    return (
        f"INSERT INTO feed (feed_id, feed_url, enabled) VALUES ('{feed_id}', 'https://{feed_id}.example/', true) "
        "ON CONFLICT DO NOTHING",
        f"INSERT INTO poll (poll_id, feed_id, run_id, polled_at, outcome) "
        f"VALUES ('{feed_id}{at}', '{feed_id}', 'run-1', TIMESTAMPTZ '{at}', '{outcome}')",
    )
