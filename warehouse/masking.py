"""The readers' copy without the secrets that feeds have in their addresses: runs need them, no reader does."""

from __future__ import annotations

from pathlib import Path

from pipeline.secrets import masked, masked_text
from warehouse.connection import Cursor, connected
from warehouse.store import statement


def has_secrets(cursor: Cursor) -> bool:
    """Whether a feed has, or had, a secret in its address. Looks at the feeds alone, 5 µs each."""
    return any(masked(url) != url for (url,) in cursor.execute(statement("feed_urls")).fetchall())


def mask_secrets(path: Path) -> None:
    """Mask a copy that nobody else has open.

    The address of a feed, and those of its polls, entries, captures and articles that have a secret as well, are
    masked wherever they stand, so that what they join stays joined. Ids stay: they are hashes of the real address.
    """
    with connected(path) as connection:
        register(connection)
        connection.execute(statement("find_secrets"))
        connection.execute(statement("mask_secrets"))
        connection.execute("FORCE CHECKPOINT")


def register(connection: Cursor) -> None:
    """Give SQL the functions `masked(address)` and `masked_text(line)`; of NULL they are NULL."""
    connection.create_function("masked", masked, ["VARCHAR"], "VARCHAR")
    connection.create_function("masked_text", masked_text, ["VARCHAR"], "VARCHAR")
