"""A warehouse's file written anew, without the room that tables made anew have left in it."""

from __future__ import annotations

from pathlib import Path

from warehouse.connection import Cursor, connected, quoted, swap

FREE_SHARE = 0.2  # of the file, from which it pays: DuckDB fills free room again, but never gives any back
FREE_BYTES = 64 * 2**20  # less is not worth the while


def compact(path: Path, *, share: float = FREE_SHARE, least_bytes: int = FREE_BYTES) -> bool:
    """Write a file that nobody has open anew, where that share of it is free, and so many bytes; whether it was.

    Everything is kept: rows, keys, CHECKs, defaults, comments, views, macros, indexes. The new file takes the place of
    the old when it is whole; until then the disk must have room for both.
    """
    packed = path.with_name(f"{path.name}.packed")
    with connected(path) as connection:
        free, total = room(connection)
        if free < least_bytes or free < share * total:
            return False
        connection.execute(f"ATTACH {quoted(packed)} AS packed")
        ((source,),) = connection.execute("SELECT current_database()").fetchall()
        connection.execute(f'COPY FROM DATABASE "{source}" TO packed')
        connection.execute("CHECKPOINT packed")
        connection.execute("DETACH packed")
    swap(packed, path)
    return True


def room(connection: Cursor) -> tuple[int, int]:
    """Bytes of the file that are free, and all of it."""
    ((free, total),) = connection.execute(
        "SELECT block_size * free_blocks, block_size * total_blocks FROM pragma_database_size()"
        " WHERE database_name = current_database()"
    ).fetchall()
    return free, total
