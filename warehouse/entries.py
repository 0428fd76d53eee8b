"""Entries: what feeds show, seen for the first time or changed, and what known entries help to tell them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.ids import normal_url, stable_id
from pipeline.parse.fulltext import is_full
from pipeline.parse.identity import Sighting, is_restless, says
from pipeline.records import Entry, EntryStatus, Feed
from warehouse.store import Cursor, Row, Warehouse, append, batch, fetch_rows, statement, update


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The entries of one poll, in the order of the document."""

    feed: Feed
    polled_at: datetime
    entries: tuple[Entry, ...]


def known_sightings(warehouse: Warehouse, shown: Sequence[Shown]) -> dict[str, list[Sighting]]:
    """By feed_id: what each feed has shown before under an id, guid or address that it shows now."""
    rows: list[Row] = [
        {"feed_id": s.feed.feed_id, "entry_id": e.entry_id, "guid": e.guid, "url": address_of(s.feed, e)}
        for s in shown
        for e in s.entries
    ]
    found: dict[str, list[Sighting]] = {s.feed.feed_id: [] for s in shown}
    if not rows:
        return found
    with warehouse.transaction() as cursor, batch(cursor, "entry", rows):
        for row in fetch_rows(cursor, "known_sightings"):
            found[row.pop("feed_id")].append(Sighting(**row))
    return found


def record_entries(cursor: Cursor, run_id: str, shown: Sequence[Shown]) -> tuple[Counter[str], Counter[str]]:
    """New entries become work; changed ones become work again; known pages are not fetched twice.

    How many entries of each feed_id were new, and how many had changed.
    """
    rows = [row for s in shown for row in entry_rows(s, run_id)]
    if not rows:
        return Counter(), Counter()
    with batch(cursor, "entry", rows):
        known = {(r["feed_id"], r["entry_id"]) for r in fetch_rows(cursor, "known_entries")}
        cursor.execute(statement("fill_content_ids"))
        changed = Counter(r["feed_id"] for r in fetch_rows(cursor, "renew_entries"))
    new = [row for row in rows if (row["feed_id"], row["entry_id"]) not in known]
    append(cursor, "entry", new, "feed_id", "entry_id")
    update(cursor, "adopt_known_pages", "entry", new)
    return Counter(str(row["feed_id"]) for row in new), changed


def entry_rows(shown: Shown, run_id: str) -> Iterable[Row]:
    """The entries of one poll as rows."""
    restless = is_restless(shown.entries)
    distinct = {entry.entry_id: entry for entry in reversed(shown.entries)}
    return (entry_row(shown, run_id, entry, restless=restless) for entry in reversed(distinct.values()))


def entry_row(shown: Shown, run_id: str, entry: Entry, *, restless: bool) -> Row:
    """An entry as a row; one that cannot become an article is skipped with the reason.

    `restless`: the document's dates of change are its own, and say nothing about its entries.
    """
    full = is_article(shown.feed, entry)
    skipped = skip_reason(entry, full=full)
    return {
        "feed_id": shown.feed.feed_id,
        "entry_id": entry.entry_id,
        "guid": entry.guid,
        "url": address_of(shown.feed, entry) if entry.link or full else None,
        "link": entry.link,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content_html,
        "content_id": says(entry),
        "full_text": full,
        "authors": list(entry.authors),
        "categories": list(entry.categories),
        "published_at": entry.published_at,
        "updated_at": None if restless else entry.updated_at,
        "published_raw": entry.published_raw,
        "entry_version": entry.version,
        "item_status": entry.status,
        "embargoed_until": entry.embargoed_until,
        "urgency": entry.urgency,
        "subjects": list(entry.subjects),
        "agency": entry.agency,
        "slug": entry.slug,
        "first_seen_at": shown.polled_at,
        "status": EntryStatus.SKIPPED if skipped else EntryStatus.PENDING,
        "reason": skipped,
        "attempts": 0,
        "renewals": 0,
        "next_attempt_at": entry.embargoed_until,
        "run_id": run_id,
    }


def address_of(feed: Feed, entry: Entry) -> str:
    """What identifies the entry's article: its normal address, else its guid if that is a URN, else a urn: of ours."""
    if entry.link:
        return normal_url(entry.link)
    if entry.guid and entry.guid.lower().startswith(("urn:", "tag:")):
        return entry.guid
    return f"urn:dateline:{feed.feed_id}:{stable_id(entry.guid) if entry.guid else entry.entry_id}"


def is_article(feed: Feed, entry: Entry) -> bool:
    """Is the entry's own content the whole article? The operator's word, else judged; without a page it has to be."""
    if not entry.content_html:
        return False
    if not entry.link:
        return True
    if feed.full_text is not None:
        return feed.full_text
    return is_full(entry.content_html, entry.summary, entry.link)


def skip_reason(entry: Entry, *, full: bool) -> str | None:
    """Why an entry cannot become an article, in a stable word; None when it can."""
    if entry.status in ("canceled", "withheld"):
        return entry.status
    if full:
        return None
    if not entry.link:
        return "no_address"
    return None if entry.link.lower().startswith(("http://", "https://")) else "not_http"
