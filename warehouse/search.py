"""Full text of the latest articles, ranked by BM25, in a file beside the readers' copy that is renewed when stale.

DuckDB's fts extension comes in a wheel and is loaded from there; DuckDB checks its signature, nothing is downloaded. An
index of it cannot grow, so what is new becomes a segment of its own, and segments are joined as they become many: a
run's articles cost the same in any archive. Scores are those of one index of all: how rare a word is and how long
articles are is summed over segments. What was replaced or withdrawn is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from pipeline.errors import ConfigError, WarehouseError
from warehouse.connection import MEMORY_MB, OFFLINE, load_extension, settled
from warehouse.query import attach_published, no_warehouse
from warehouse.store import Cursor, fetch_rows, first_line, statement

MOST = 50_000  # articles of a segment: a minute of work
FEW = 4  # so many segments of about one size become one
WAIT_SECONDS = 60.0  # for another search; only one that finds many new articles takes longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that has all the words; `matched` are its words that stand for them."""

    article_id: str
    score: float
    title: str | None
    url: str
    agency: str | None
    published_at: datetime | None
    text: str
    matched: frozenset[str]


def search(
    published: Path, index: Path, words: str, *, since: date | None = None, language: str | None = None, limit: int = 10
) -> list[Hit]:
    """The articles that have all of the words in any of their forms, the best first; the index is renewed before.

    ConfigError where there is no word in `words`.
    """
    with opened(published, index) as cursor:
        renew(cursor, published)
        terms = sorted({str(row["term"]) for row in fetch_rows(cursor, "search_terms", words=words)})
        if not terms:
            raise ConfigError("dateline search", f"{words!r} holds no word")
        count_words(cursor, terms)
        best = fetch_rows(cursor, "search_best", terms=terms, since=since, language=language, limit=limit)
        return [found(cursor, hit, terms) for hit in best]


def refresh_index(published: Path, index: Path) -> int:
    """Bring the index up to the readers' copy; the number of segments that were made anew."""
    with opened(published, index) as cursor:
        return renew(cursor, published)


@contextmanager
def opened(published: Path, index: Path) -> Iterator[Cursor]:
    """The index, open for one process at a time, with the readers' copy attached as `warehouse`.

    WarehouseError where another has it for longer than `WAIT_SECONDS`.
    """
    if not published.exists():
        raise no_warehouse(published)
    try:
        with locked(index), duckdb.connect(str(index), config=OFFLINE) as cursor:
            settled(cursor)
            cursor.execute(f"SET memory_limit = '{MEMORY_MB}MiB'")
            load_extension(cursor, "fts")
            attach_published(cursor, published, "warehouse")
            cursor.execute(statement("search_tables"))
            yield cursor
    except (duckdb.Error, OSError) as error:
        raise WarehouseError(f"{index}: cannot be searched: {first_line(error)}") from error


@contextmanager
def locked(index: Path) -> Iterator[None]:
    """The index for this process alone; WarehouseError where another has it for too long."""
    lock = FileLock(index.with_name(f"{index.name}.lock"))
    try:
        lock.acquire(timeout=WAIT_SECONDS)
    except Timeout as error:
        waited = f"waited {WAIT_SECONDS:g} s for another search"
        raise WarehouseError(f"{index}: {waited}, which may be indexing many new articles: try again later") from error
    try:
        yield
    finally:
        lock.release()


def renew(cursor: Cursor, published: Path) -> int:
    """Index what is new, and anew what is to be joined with it; the number of segments made."""
    stat = published.stat()
    state = f"{stat.st_ino}:{stat.st_size}:{stat.st_mtime_ns}"
    if cursor.execute("SELECT count(*) FROM made_from WHERE published = ?", [state]).fetchall() == [(1,)]:
        return 0
    cursor.execute(statement("search_wanted"))
    sizes = {row["segment"]: row["articles"] for row in fetch_rows(cursor, "search_sizes")}
    fresh = sizes.pop(None)
    for segment in to_join(sizes, fresh):
        drop(cursor, segment)
    cursor.execute(statement("search_fresh"), {"most": MOST})
    ((parts,),) = cursor.execute("SELECT count(DISTINCT part) FROM fresh").fetchall()
    for part in range(parts):
        build(cursor, part)
    cursor.execute("DELETE FROM made_from")
    cursor.execute("INSERT INTO made_from VALUES (?)", [state])
    return int(parts)


def to_join(sizes: Mapping[str, int], fresh: int) -> list[str]:
    """Segments that become one with so many new articles: empty ones, and those of about one size that are too many.

    So segments are few, a handful for each power of `FEW` and the full ones, and an article is indexed a few times at
    most. Those half full or more stay.

    >>> to_join({"s1": 1000, "s2": 1000}, 1000)
    []
    >>> to_join({"s1": 4000, "s2": 1000, "s3": 1000, "s4": 1000}, 1000)
    ['s2', 's3', 's4']
    """
    joined = [segment for segment, size in sizes.items() if not size]
    left = {segment: size for segment, size in sizes.items() if 0 < size < MOST / 2} if fresh else {}
    total = fresh
    while len(alike := [segment for segment, size in left.items() if size < FEW * total]) >= FEW - 1:
        joined += alike
        total += sum(left.pop(segment) for segment in alike)
    return joined


def drop(cursor: Cursor, segment: str) -> None:
    """Forget a segment."""
    cursor.execute("DELETE FROM segment WHERE segment = ?", [segment])
    cursor.execute("DELETE FROM indexed WHERE segment = ?", [segment])
    cursor.execute(f"DROP SCHEMA IF EXISTS fts_main_{segment} CASCADE")


def build(cursor: Cursor, part: int) -> None:
    """Index a part of what is new; it is noted when it is whole, so that one cut short is made again."""
    ((number,),) = cursor.execute("SELECT coalesce(max(substr(segment, 2)::INTEGER), 0) + 1 FROM segment").fetchall()
    segment = f"s{number}"
    drop(cursor, segment)
    cursor.execute(f"SET VARIABLE part = {part}")
    for name in ("search_gather", "search_build"):
        cursor.execute(for_segment(name, segment))
    cursor.begin()
    cursor.execute(for_segment("search_note", segment))
    cursor.commit()


def count_words(cursor: Cursor, terms: list[str]) -> None:
    """How often each article has each of the words, in all segments, as the temporary table `counted`."""
    cursor.execute(statement("search_counted"))
    for (segment,) in cursor.execute("SELECT segment FROM segment").fetchall():
        cursor.execute(for_segment("search_counts", segment), {"terms": terms})


def for_segment(name: str, segment: str) -> str:
    """The SQL of a statement on the tables of one segment, whose name is made of a number: s17."""
    return statement(name).replace("SEGMENT", segment)


def found(cursor: Cursor, hit: Mapping[str, Any], terms: list[str]) -> Hit:
    """An article with those of its words that the asked ones stand for."""
    (row,) = fetch_rows(cursor, "search_article", article_id=hit["article_id"])
    matched = fetch_rows(cursor, "search_matched", article_id=hit["article_id"], terms=terms)
    return Hit(score=hit["score"], matched=frozenset(m["word"] for m in matched), **row)
