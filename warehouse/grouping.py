"""Articles join stories, event mentions join events: decisions of `pipeline.group`, applied set-based."""

from __future__ import annotations

from pipeline.group import Candidate, Membership, assign_stories, band_keys
from warehouse.store import Cursor, Row, Warehouse, append, batch, fetch_rows, statement


def group_all(warehouse: Warehouse) -> int:
    """Give each new article its story and each new event mention its event, in one transaction.

    Returns the number of articles that were placed. A second call finds nothing to do.
    """
    with warehouse.transaction() as cursor:
        placed = place_articles(cursor)
        cursor.execute(statement("link_events"))
        cursor.execute(statement("refresh_events"))
    return placed


def place_articles(cursor: Cursor) -> int:
    """Stories for the articles that have none; the number of articles placed."""
    waiting = fetch_rows(cursor, "articles_without_story")
    if not waiting:
        return 0
    bands: list[Row] = [
        {"band_key": key, "article_id": row["article_id"]}
        for row in waiting
        for key in sorted(set(band_keys(row["minhash"])))
    ]
    append(cursor, "article_band", bands, "band_key", "article_id")
    members = assign_stories(*candidates(cursor, waiting))
    append(cursor, "story_article", [member_row(m) for m in members], "article_id")
    stories: list[Row] = [{"story_id": story_id} for story_id in sorted({m.story_id for m in members})]
    with batch(cursor, "story", stories):
        cursor.execute(statement("refresh_stories"))
    return len(members)


def candidates(cursor: Cursor, waiting: list[Row]) -> tuple[list[Candidate], dict[tuple[str, str], float]]:
    """The waiting articles with all that resemble them, and how much they do."""
    rows: list[Row] = [{"article_id": w["article_id"], "published_at": w["published_at"]} for w in waiting]
    with batch(cursor, "article", rows):
        pairs = fetch_rows(cursor, "resembling_pairs")
    known = {w["article_id"]: Candidate(w["article_id"], w["published_at"]) for w in waiting}  # type: ignore[arg-type]
    for pair in pairs:
        for side in ("a", "b"):
            known.setdefault(
                pair[side],
                Candidate(pair[side], pair[f"{side}_published_at"], pair[f"{side}_story_id"]),
            )
    return list(known.values()), {(p["a"], p["b"]): p["similarity"] for p in pairs}


def member_row(member: Membership) -> Row:
    """A membership as a row."""
    return {
        "article_id": member.article_id,
        "story_id": member.story_id,
        "relation": member.relation,
        "similarity": member.similarity,
    }
