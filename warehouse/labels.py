"""Labels beside the warehouse's events: loaded by runs, held against what is coded now, drawn for review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.records import Label, Standing
from warehouse.label_file import SEEN, label_of, read_labels
from warehouse.query import reader
from warehouse.standing import Coding, Now, coding_of, last_ones, nearest, standing
from warehouse.store import Cursor, Row, Warehouse, append, fetch_rows, update


@dataclass(frozen=True, slots=True)
class Checked:
    """A label that counts, and what became of the coding that it judges."""

    label: Label
    standing: Standing
    coding: Coding | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """An event mention drawn for review, and out of how many of its type and tagger."""

    event_mention_id: str
    tagger: str
    drawn_from: int


def keep_labels(warehouse: Warehouse, path: Path, run_id: str) -> tuple[list[Checked], list[str]]:
    """Load what the file has more than the table, and note what became of each coding; nothing is written where nothing
    is new. What counts, and what is wrong in the file. For a run, before it publishes.
    """
    told, wrong = read_labels(path)
    with warehouse.transaction() as cursor:
        known = {row["label_id"]: row for row in fetch_rows(cursor, "labels")}
        fresh = {label.label_id: label for label in told if label.label_id not in known}
        labels = merged([label_of(row_of(row)) for row in known.values()], fresh.values())
        checked = check(cursor, last_ones(labels)) if labels else []
        noted = {one.label.label_id: noted_as(one, run_id) for one in checked}
        state = [{"label_id": label.label_id, **noted.get(label.label_id, unnoted(run_id))} for label in labels]
        append(cursor, "label", [table_row(label, run_id) for label in fresh.values()], "label_id")
        changed = [row for row in state if differs(row, known.get(str(row["label_id"])))]
        update(cursor, "note_standing", "label", changed)
    return checked, wrong


def noted_as(one: Checked, run_id: str) -> Row:
    """What a label's row says of its coding."""
    return {
        "counts": True,
        "standing": one.standing,
        "coded_now": list(one.coding.coded.items()) if one.coding else None,
        "run_id": run_id,
    }


def unnoted(run_id: str) -> Row:
    """What the row of a label says that does not count."""
    return {"counts": False, "standing": None, "coded_now": None, "run_id": run_id}


def differs(row: Row, stored: dict[str, Any] | None) -> bool:
    """Whether the table says otherwise."""
    now = row["coded_now"]
    told = (row["counts"], row["standing"], dict(now) if now else None)  # type: ignore[call-overload]
    return stored is None or told != (stored["counts"], stored["standing"], stored["coded_now"] or None)


def table_row(label: Label, run_id: str) -> Row:
    """A new label as a row; what became of it is noted after it."""
    row = {**asdict(label), "wrong": list(label.wrong), **unnoted(run_id)}
    return {**row, "should_be": list(label.should_be.items()), "coded": list(label.coded.items())}


def row_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row as the file would have it."""
    return {name: row[name] for name in SEEN}


def merged(stored: Iterable[Label], told: Iterable[Label]) -> list[Label]:
    """Labels of the table and of the file, each once, in the order in which they were said."""
    by_id = {label.label_id: label for label in (*stored, *told)}
    return sorted(by_id.values(), key=lambda label: (label.labelled_at, label.label_id))


def all_labels(published: Path, path: Path) -> tuple[list[Label], list[str]]:
    """What people said up to this moment: lines of the file, and rows of the readers' copy that it lacks (of a lake,
    those of other homes). And what is wrong in the file."""
    told, wrong = read_labels(path)
    with reader(published) as cursor:
        stored = [label_of(row_of(row)) for row in fetch_rows(cursor, "labels")] if has_table(cursor) else []
    return merged(stored, told), wrong


def has_table(cursor: Cursor) -> bool:
    """Whether the readers' copy is of a version that has labels: the next run brings it up."""
    found = "SELECT count(*) > 0 FROM duckdb_tables() WHERE table_name = 'label'"
    return cursor.execute(found).fetchall() == [(True,)]


def check(cursor: Cursor, labels: Sequence[Label]) -> list[Checked]:
    """Each label with what became of its coding."""
    now = codings(cursor, [(label.label_id, label.article_id, label.sentence_text) for label in labels])
    found = ((label, now.get(label.label_id, Now())) for label in labels)
    return [Checked(label, standing(label, told), nearest(label, told.codings)) for label, told in found]


def check_published(published: Path, labels: Sequence[Label]) -> list[Checked]:
    """`check` against the readers' copy."""
    with reader(published) as cursor:
        return check(cursor, labels)


def codings(cursor: Cursor, asked: Sequence[tuple[str, str, str]]) -> dict[str, Now]:
    """By key, of (key, article, sentence): whether the article's latest text has the sentence, and its codings."""
    if not asked:
        return {}
    keys, articles, sentences = (list(column) for column in zip(*asked, strict=True))
    found: dict[str, list[dict[str, Any]]] = {}
    for row in fetch_rows(cursor, "label_codings", labels=keys, articles=articles, sentences=sentences):
        found.setdefault(row["label_id"], []).append(row)
    return {
        key: Now(any(r["is_told"] for r in rows), tuple(coding_of(r) for r in rows if r["event_mention_id"]))
        for key, rows in found.items()
    }


def coding_in(published: Path, event_mention_id: str, article_id: str, sentence: str) -> Coding | None:
    """One event mention of a latest article, by its parts."""
    with reader(published) as cursor:
        told = codings(cursor, [("", article_id, sentence)]).get("", Now())
    return next((c for c in told.codings if c.event_mention_id == event_mention_id), None)


def draw(published: Path, labels: Iterable[Label], most: int, types: Sequence[str] | None, seed: int) -> list[Drawn]:
    """Event mentions for review; `labels` are those that count. The same seed draws the same from the same."""
    reviewed = [label.key for label in labels if label.drawn_from is not None]
    values = {"ids": [key for key, _ in reviewed], "taggers": [tagger for _, tagger in reviewed]}
    with reader(published) as cursor:
        rows = fetch_rows(
            cursor, "label_draw", seed=str(seed), types=list(types) if types else None, most=most, **values
        )
    return [Drawn(**row) for row in rows]


def strata(published: Path) -> dict[tuple[str, str], int]:
    """How many event mentions there are, by tagger and type."""
    with reader(published) as cursor:
        return {(row["tagger"], row["event_type"]): row["mentions"] for row in fetch_rows(cursor, "label_strata")}
