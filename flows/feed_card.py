"""What is known of one feed, from the published warehouse: `dateline feeds show`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.text import Text

from flows.answers import cell, table_of, wide_console
from flows.visible import one_line
from warehouse.query import ask
from warehouse.store import statement


def show_feed(published: Path, feed_id: str, polls: int) -> None:
    """Print the card, the addresses and the latest polls of a feed."""
    console = wide_console(sys.stdout)
    card = ask(published, statement("feed_card"), {"feed_id": feed_id})
    if not card.rows:
        console.print(Text(f"{one_line(feed_id)} has not been polled yet"))
        return
    for label, value in card_lines(dict(zip(card.columns, card.rows[0], strict=True))):
        console.print(Text(f"{label:<13} {one_line(value)}"), soft_wrap=True)
    for title, name, values in (
        ("addresses", "feed_addresses", {}),
        ("latest polls", "feed_polls", {"most": polls}),
    ):
        console.print(f"\n{title}", style="bold")
        console.print(table_of(ask(published, statement(name), {"feed_id": feed_id, **values})))


def card_lines(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and value of each line that has something to say."""
    lines = {
        "feed": f"{row['feed_id']}  {row['feed_title'] or ''}",
        "address": row["feed_url"],
        "listed as": row["listed_url"] if row["listed_url"] != row["feed_url"] else None,
        "health": health(row),
        "last error": row["last_error"],
        "last poll": row["last_poll_at"],
        "next poll": f"{cell(row['next_poll_at'], 'at once')} ({row['next_poll_reason'] or 'never polled'})",
        "pace": pace(row["interval_seconds"]),
        "asks for": f"{row['hint_seconds'] / 60:g} min between polls" if row["hint_seconds"] else None,
        "moving": moving(row),
        "entries": f"{row['entries']} seen, {row['loaded']} loaded, {row['failed']} failed, {row['waiting']} waiting; "
        f"{row['entries_a_day']:.1f} a day of late; changed {row['renewals'] or 0} times",
        "newest": cell(row["newest_published_at"], "no dates"),
        "duplicates": f"{row['duplicate_share']:.0%} were seen in another feed first" if row["entries"] else None,
        "told apart by": f"{row['identity']} ({row['identity_reason']})" if row["identity"] else None,
        "full fetches": f'until {cell(row["distrusted_until"], "")}: its server was wrong about "not modified"'
        if row["distrusted_until"]
        else None,
    }
    return ((label, cell(value, "")) for label, value in lines.items() if value is not None)


def pace(interval_seconds: int | None) -> str:
    """The operator's pace for a person."""
    return f"{interval_seconds // 60}m" if interval_seconds else "learnt"


def health(row: dict[str, Any]) -> str:
    """Health, and since when where it is bad."""
    since = row["gone_since"] or row["failing_since"]
    return f"{row['health']} since {cell(since, '')}" if since else str(row["health"])


def moving(row: dict[str, Any]) -> str | None:
    """A permanent redirect that is not yet confirmed."""
    if not row["move_url"]:
        return None
    return f"to {row['move_url']}, seen {row['move_seen']} times since {cell(row['move_since'], '')}"
