"""Articles made anew from stored pages: what is to be read again, what came out otherwise, and how it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.records import Article
from warehouse.load import Loaded, add_versions
from warehouse.pages import PageFailure, UnreadCapture, log_failure, unread_of
from warehouse.rows import Reading, claim_rows, metadata_columns, quality_columns
from warehouse.store import Cursor, Row, Warehouse, append, fetch_rows, update

# Columns that say nothing of a change: how long it took, what was dropped, and by which program.
BESIDE = frozenset(("removed", "extractor"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """A captured page and the latest article that was made of it, None where it could not be read."""

    unread: UnreadCapture
    article_id: str | None
    article_url: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """An article as the warehouse holds it."""

    text: str
    text_sha256: str
    columns: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Renewal:
    """An article whose page was read again, with the same text."""

    article_id: str
    article: Article


def stored_pages(
    warehouse: Warehouse, extractor: str, *, every: bool, feeds: Sequence[str] | None, limit: int | None
) -> list[StoredPage]:
    """Pages that another extractor read, or none could (`every`: also those that this one read)."""
    values = {"extractor": extractor, "every": every, "feeds": list(feeds) if feeds else None, "most": limit or 2**31}
    with warehouse.transaction() as cursor:
        rows = fetch_rows(cursor, "stored_captures", **values)
    return [
        StoredPage(unread=unread_of(row), article_id=row["article_id"], article_url=row["article_url"]) for row in rows
    ]


def known_articles(warehouse: Warehouse, pages: Sequence[StoredPage]) -> dict[str, Known]:
    """By id: what the warehouse holds of the pages' articles."""
    ids = [page.article_id for page in pages if page.article_id]
    with warehouse.transaction() as cursor:
        rows = fetch_rows(cursor, "known_articles", articles=ids) if ids else []
    return {row["article_id"]: Known(row["text"], row["text_sha256"], row) for row in rows}


def changed_columns(known: Known, article: Article) -> list[str]:
    """Names of the columns that the new reading fills otherwise."""
    columns = metadata_columns(article)
    return [name for name, value in columns.items() if name not in BESIDE and known.columns[name] != value]


def store_rebuilt(
    warehouse: Warehouse,
    run_id: str,
    now: datetime,
    readings: Sequence[Reading],
    renewals: Sequence[Renewal],
    failures: Sequence[PageFailure] = (),
) -> Loaded:
    """Write a batch in one transaction: a changed text is a new version, the same text gets the new columns.

    What could not be read is logged; articles and entries stay as they are.
    """
    with warehouse.transaction() as cursor:
        loaded = add_versions(cursor, run_id, now, readings, mark="mark_reread")
        renew(cursor, run_id, renewals)
        log_failure(cursor, run_id, now, failures)
    return loaded


def renew(cursor: Cursor, run_id: str, renewals: Sequence[Renewal]) -> None:
    """Columns and claims of articles whose text is the same."""
    rows: list[Row] = [
        {"article_id": r.article_id, **metadata_columns(r.article), **quality_columns(r.article.quality)}
        for r in renewals
    ]
    update(cursor, "renew_articles", "article", rows)
    update(cursor, "forget_claims", "article", [{"article_id": r.article_id} for r in renewals])
    claims = [row for r in renewals for row in claim_rows(run_id, r.article_id, r.article.claims)]
    append(cursor, "article_claim", claims)
