"""Latest articles by how alike they are to one of them, or to a few words: cosine of their vectors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.records import Vector
from warehouse.query import reader
from warehouse.search import Hit
from warehouse.store import Cursor, fetch_rows

NO_VECTORS = "dateline rebuild --stage tag makes vectors where DATELINE_EVENT_CODER is both or learned"


def alike(
    published: Path,
    wanted: str,
    vector_of: Callable[[str], Vector],
    *,
    since: date | None = None,
    language: str | None = None,
    limit: int = 10,
) -> list[Hit]:
    """The articles most alike, with their cosines; of texts that copy one another one, of the asked one's own none.

    `wanted` is an article's id; what is none are words, which `vector_of` reads. ConfigError where the article has no
    vector, or no article one of the network that read the words.
    """
    with reader(published) as cursor:
        own = fetch_rows(cursor, "alike_asked", article_id=wanted)
        vector = _vector(own[0], wanted) if own else vector_of(wanted)
        origin = own[0]["origin"] if own else None
        _check(cursor, vector)
        asked = {"vector": vector.values, "model": vector.model, "origin": origin}
        rows = fetch_rows(cursor, "alike_best", **asked, since=since, language=language, limit=limit)
        return [Hit(matched=frozenset(), **row) for row in rows]


def _vector(row: dict[str, object], article_id: str) -> Vector:
    if row["vector"] is None:
        raise ConfigError("dateline search --like", f"article {article_id} has no vector", NO_VECTORS)
    return Vector(model=str(row["vector_model"]), values=tuple(row["vector"]))  # type: ignore[arg-type]


def _check(cursor: Cursor, vector: Vector) -> None:
    models = cursor.execute("SELECT DISTINCT vector_model FROM article WHERE vector_model IS NOT NULL").fetchall()
    if (vector.model,) not in models:
        found = ", ".join(sorted(model for (model,) in models)) or "none at all"
        raise ConfigError("dateline search --like", f"no article has a vector of {vector.model}: {found}", NO_VECTORS)
