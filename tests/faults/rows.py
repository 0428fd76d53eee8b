"""What a home holds, without what differs from run to run by nature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from warehouse.query import reader

Rows = Mapping[str, list[tuple[object, ...]]]

# Books of what was done, not of what came of it.
BOOKS = {"run", "poll", "failure", "schema_migration", "robots", "feed_address"}
# Ids and times of runs and fetches, places in files, tries.
VOLATILE = {
    "run_id", "capture_id", "warc_file", "warc_offset", "warc_length", "fetched_at", "loaded_at", "first_seen_at",
    "last_seen_at", "attempts", "next_attempt_at", "extract_ms", "last_poll_at", "next_poll_at", "next_poll_reason",
    "watched_since", "last_full_at", "last_unchanged_at", "failing_since", "consecutive_failures", "read_at",
    "renewals", "distrusted_until", "gone_since",
}  # fmt: skip
# Who came first is decided by the order in which batches are loaded, in an undisturbed run, too: an entity is as the
# article that named it first had it.
ORDERED = {
    ("entity_alias", "first_article_id"), ("entity_alias", "block_key"), ("entity", "kind"), ("entity", "country"),
    ("entity", "sector"), ("entity", "known"),
}  # fmt: skip
DOUBLED = """
SELECT url, count(*) AS times, (SELECT count(*) FROM failure f WHERE f.url = c.url AND f.stage = 'extract') AS failed
FROM capture c GROUP BY url, body_sha256 HAVING times > 1 + failed ORDER BY url
"""
COLUMNS = """
SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()
WHERE table_name IN (SELECT table_name FROM duckdb_tables()) GROUP BY table_name ORDER BY table_name
"""


def rows_of(published: Path) -> Rows:
    """The rows of every table but the books, in the columns that any run over the same pages fills alike; of captures
    one each, for a page that could not be read is fetched again.
    """
    found: dict[str, list[tuple[object, ...]]] = {}
    with reader(published) as cursor:
        for table, columns in cursor.execute(COLUMNS).fetchall():
            if table not in BOOKS:
                kept = ", ".join(n for n in columns if n not in VOLATILE and (table, n) not in ORDERED)
                once = "DISTINCT" if table == "capture" else ""
                found[table] = cursor.execute(f"SELECT {once} {kept} FROM {table} ORDER BY ALL").fetchall()
    return found


def doubled(published: Path) -> list[str]:
    """A line for each page that was captured more often than it was to be: once, and again for each time that it could
    not be read.
    """
    with reader(published) as cursor:
        rows = cursor.execute(DOUBLED).fetchall()
    return [
        f"capture: {url} is there {times} times, and could not be read {failed} times" for url, times, failed in rows
    ]


def difference(wanted: Rows, held: Rows) -> list[str]:
    """A line for each table that differs: rows lost and rows too many, with an example."""
    lines = []
    for table in wanted:
        ours, theirs = Counter(map(repr, wanted[table])), Counter(map(repr, held[table]))  # rows hold lists
        lost, more = list((ours - theirs).elements()), list((theirs - ours).elements())
        if lost or more:
            lines.append(f"{table}: {len(lost)} rows lost, {len(more)} too many")
            lines += [f"  - {row}"[:400] for row in lost[:1]] + [f"  + {row}"[:400] for row in more[:1]]
    return lines
