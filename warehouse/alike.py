"""Latest articles by how alike they are to one of them, or to a few words: cosine of their vectors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import ConfigError
from pipeline.records import Vector
from warehouse.query import reader
from warehouse.search import Hit
from warehouse.store import Cursor, fetch_rows

NO_VECTORS = "dateline rebuild --stage tag makes vectors where DATELINE_EVENT_CODER is both or learned"
WHERE = "dateline search --like"
PART_OF_ID = re.compile(r"[0-9a-f]{6,16}")


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

    `wanted` is an article's id, or six characters of it; what is none are words, which `vector_of` reads. ConfigError
    where the article has no vector, or no article one of the network that read the words.
    """
    with reader(published) as cursor, _of_today():
        own = _asked(cursor, wanted.strip())
        vector = _vector(own) if own else vector_of(wanted)
        _check(cursor, vector)
        asked = {"vector": vector.values, "model": vector.model, "origin": own["origin"] if own else None}
        rows = fetch_rows(cursor, "alike_best", **asked, since=since, language=language, limit=limit)
        return [Hit(matched=frozenset(), **row) for row in rows]


@contextmanager
def _of_today() -> Iterator[None]:
    """ConfigError where the readers' copy was published by a program that knew no vectors."""
    try:
        yield
    except duckdb.BinderException as error:
        raise ConfigError(WHERE, "the readers' copy is older than this program", "the next run renews it") from error


def _asked(cursor: Cursor, wanted: str) -> dict[str, Any] | None:
    """The article whose id, or the beginning of it, is asked for; None where words are meant."""
    is_part = PART_OF_ID.fullmatch(wanted) is not None
    found = fetch_rows(cursor, "alike_asked", article_id=wanted, is_part=is_part)
    if len(found) > 1:
        raise ConfigError(WHERE, f"{wanted} begins the ids of several articles", "more characters of the id")
    if not found and is_part and not wanted.isalpha():
        raise ConfigError(WHERE, f"there is no article {wanted} here", "an article's id; --full asks the whole archive")
    return found[0] if found else None


def _vector(row: Mapping[str, Any]) -> Vector:
    if row["vector"] is not None:
        return Vector(model=row["vector_model"], values=tuple(row["vector"]))
    wrong = f"article {row['article_id']} has no vector"
    if row["language"] != "en":
        raise ConfigError(WHERE, wrong, f"only English texts have one; its language is {row['language'] or 'unknown'}")
    if not row["is_latest"]:
        raise ConfigError(WHERE, wrong, "a later text has taken its place: ask for that one")
    raise ConfigError(WHERE, wrong, NO_VECTORS)


def _check(cursor: Cursor, vector: Vector) -> None:
    models = cursor.execute("SELECT DISTINCT vector_model FROM article WHERE vector_model IS NOT NULL").fetchall()
    if (vector.model,) not in models:
        found = ", ".join(sorted(model for (model,) in models)) or "none at all"
        raise ConfigError(WHERE, f"no article has a vector of {vector.model}: {found}", NO_VECTORS)
