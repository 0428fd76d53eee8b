"""New articles find the reports that they resemble, and with them their story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pipeline.group import (
    REWRITE,
    UPDATE,
    Candidate,
    Membership,
    Overlap,
    article_terms,
    assign_stories,
    band_keys,
)
from warehouse.store import Cursor, Row, append, batch, fetch_rows, statement, update

WORD_DAYS = 7  # a text may be copied and updated for a week
TERM_DAYS = 2  # news is told in other words for a day or two
# What makes two articles a pair.
NEAR: Mapping[str, float] = {
    "word_days": WORD_DAYS, "term_days": TERM_DAYS, "least_words": UPDATE, "least_terms": REWRITE / 2,
}  # fmt: skip
Pairs = Mapping[tuple[str, str], Overlap]


def place_articles(cursor: Cursor, run_id: str, most: int) -> int:
    """Stories for at most `most` of the articles that have none; the number of articles placed."""
    waiting = fetch_rows(cursor, "waiting_articles", most=most)
    if not waiting:
        return 0
    _note_signs(cursor, run_id, waiting)
    days = [w["grouped_on"] for w in waiting]
    span = {"first": min(days), "last": max(days)}
    with batch(
        cursor, "article_band", [{"article_id": w["article_id"], "grouped_on": w["grouped_on"]} for w in waiting]
    ):
        cursor.execute(statement("note_pairs"), {**span, **NEAR, "run_id": run_id})
    _decide(cursor, run_id, [w["article_id"] for w in waiting], **span)
    _supersede(cursor, run_id, [w["article_id"] for w in waiting], **span)
    return len(waiting)


def _supersede(cursor: Cursor, run_id: str, waiting: Sequence[str], *, first: date, last: date) -> None:
    """What agencies update under another address does not stand any more."""
    with batch(cursor, "article", [{"article_id": article_id} for article_id in waiting]):
        until = last + timedelta(days=WORD_DAYS)
        sent = fetch_rows(cursor, "updates_sent", first=first, last=until, least_words=UPDATE)
    later = {row["article_id"]: row["supersedes"] for row in sent}
    update(cursor, "supersede_updates", "article", [{"article_id": a, "supersedes": s} for a, s in later.items()])
    update(cursor, "retire_articles", "article", [{"article_id": a} for a in sorted({row["replaced"] for row in sent})])
    refresh_stories(cursor, run_id, {row["story_id"] for row in sent})


def refresh_stories(cursor: Cursor, run_id: str, story_ids: Iterable[str]) -> None:
    """Make the rows of these stories anew from the articles that they have now."""
    rows: list[Row] = [{"story_id": story_id} for story_id in sorted(story_ids)]
    update(cursor, "refresh_stories", "story", rows, run_id=run_id)


def _note_signs(cursor: Cursor, run_id: str, waiting: Sequence[Mapping[str, Any]]) -> None:
    """Bands and terms of new articles."""
    bands: list[Row] = []
    terms: list[Row] = []
    for row in waiting:
        who: Row = {"article_id": row["article_id"], "grouped_on": row["grouped_on"], "run_id": run_id}
        bands += [{"band_key": key, **who} for key in sorted(set(band_keys(row["minhash"])))]
        about = article_terms(row["title"], row["text"], row["places"])
        terms += [{"term": term, "weight": weight, **who} for term, weight in about.items()]
    append(cursor, "article_band", bands)
    append(cursor, "article_term", terms)


def _decide(cursor: Cursor, run_id: str, waiting: Sequence[str], *, first: date, last: date) -> None:
    """Place the new articles, and anew those around them that a new one stands in between."""
    around = {"first": first - timedelta(days=TERM_DAYS), "last": last + timedelta(days=WORD_DAYS)}
    pairs = {
        (r["article_id"], r["other_article_id"]): Overlap(r["word_overlap"], r["term_overlap"], r["vector_similarity"])
        for r in fetch_rows(cursor, "pairs_around", **around)
    }
    chosen = _reached(waiting, pairs)
    with batch(cursor, "article", [{"article_id": article_id} for article_id in sorted(chosen)]):
        known = {row["article_id"]: row for row in fetch_rows(cursor, "memberships")}
    candidates = [
        _candidate(row, is_free=around["first"] <= row["grouped_on"] <= around["last"]) for row in known.values()
    ]
    members = assign_stories(candidates, {p: o for p, o in pairs.items() if p[0] in known and p[1] in known})
    _write(cursor, run_id, members, known)


def _reached(waiting: Iterable[str], pairs: Pairs) -> set[str]:
    """The new articles and all that a chain of pairs leads to."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    found, todo = set(waiting), list(waiting)
    while todo:
        fresh = near[todo.pop()] - found
        found |= fresh
        todo += fresh
    return found


def _candidate(row: Mapping[str, Any], *, is_free: bool) -> Candidate:
    """An article as the decision sees it; one of other days keeps its story."""
    return Candidate(
        row["article_id"],
        row["published_at"],
        story_id=None if is_free else row["story_id"],
        supersedes=row["supersedes"],
        origin=row["origin_article_id"],
    )


def _write(cursor: Cursor, run_id: str, members: Sequence[Membership], known: Mapping[str, Mapping[str, Any]]) -> None:
    """Memberships that are new or other than before, and the stories that they change."""
    rows = [_member_row(m) for m in members]
    changed: list[Row] = [
        {**row, "run_id": run_id}
        for row in rows
        if any(known[str(row["article_id"])][name] != row[name] for name in row)
    ]
    before = {known[str(row["article_id"])]["story_id"] for row in changed} - {None}
    fresh = [row for row in changed if known[str(row["article_id"])]["story_id"] is None]
    append(cursor, "story_article", fresh, "article_id")
    update(cursor, "renew_memberships", "story_article", [row for row in changed if row not in fresh])
    refresh_stories(cursor, run_id, before | {str(row["story_id"]) for row in changed})
    for name in ("touch_mentions", "forget_days"):
        update(cursor, name, "story_article", [{"article_id": row["article_id"]} for row in changed])


def _member_row(member: Membership) -> Row:
    return {
        "article_id": member.article_id,
        "story_id": member.story_id,
        "relation": member.relation,
        "similarity": member.similarity,
        "copied_from": member.copied_from,
        "origin_article_id": member.origin,
    }
