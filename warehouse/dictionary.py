"""The dictionary: `warehouse/README.md`, made of the COMMENT ON of a new warehouse.

`python -m warehouse.dictionary` writes it; `--check` says whether it is stale, exit status 1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse.catalog import Relation, describe
from warehouse.checks import Check, checks
from warehouse.migrate import migrate

README = Path(__file__).with_name("README.md")
HEAD = Path(__file__).with_name("dictionary_head.md")

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "What was asked of the world, and what it answered": (
        "feed", "feed_address", "poll", "entry", "drop_file", "backfill_file", "robots",
        "capture",
    ),
    "What was read": (
        "article", "article_claim", "mention", "place", "date_mention", "quantity",
        "event_mention", "event_participant",
    ),
    "Who is named": ("entity", "entity_alias", "entity_office", "entity_day"),
    "What belongs together": ("story", "story_article", "event", "article_band", "article_term", "article_pair"),
    "What people say of it": ("label",),
    "Runs": ("run", "failure", "schema_migration"),
}  # fmt: skip
OTHER = "Other"  # where a table stands that no subject names yet


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """A column of one table that leads to the key of another: it may be NULL (`optional`), or be a key (`unique`)."""

    one: str
    many: str
    column: str
    optional: bool
    unique: bool


def joins(tables: Sequence[Relation]) -> list[Join]:
    """Which tables lead to which: a column `x_id`, or `…_x_id`, leads to the table whose whole key is `x_id`."""
    keys = {t.key[0]: t.name for t in tables if len(t.key) == 1 and t.key[0] == f"{t.name}_id"}
    found = [(keys[key], many, c) for many in tables for c in many.columns if (key := key_named(c.name, keys))]
    return sorted(
        Join(one, many.name, column.name, column.is_nullable, many.key == (column.name,))
        for one, many, column in found
        if one != many.name
    )


def key_named(column: str, keys: Iterable[str]) -> str | None:
    """The key that a column's name means, the longest that fits: `lead_event_mention_id` is no event's.

    >>> key_named("lead_event_mention_id", ["event_id", "event_mention_id", "mention_id"])
    'event_mention_id'
    """
    fitting = [key for key in keys if column == key or column.endswith(f"_{key}")]
    return max(fitting, key=len, default=None)


def page(relations: Sequence[Relation]) -> str:
    """The whole README."""
    tables = {r.name: r for r in relations if not r.is_view}
    views = [r for r in relations if r.is_view]
    parts = (*diagram(list(tables.values())), *chapters(tables, views), *promises(checks()))
    return "\n".join((HEAD.read_text("utf-8"), *parts))


def diagram(tables: Sequence[Relation]) -> Iterator[str]:
    """How tables join, for Mermaid; what leads to runs is left out, since nearly everything does."""
    yield "## How tables join"
    yield "\nColumns of the same name join (`USING (article_id)`). Left out: `run_id`, which nearly every table has.\n"
    yield "```mermaid\nerDiagram"
    for join in joins(tables):
        if join.one != "run":
            lines = f"{'|o' if join.optional else '||'}--{'o|' if join.unique else 'o{'}"
            yield f"    {join.one} {lines} {join.many} : {join.column}"
    yield "```\n"


def chapters(tables: Mapping[str, Relation], views: Sequence[Relation]) -> Iterator[str]:
    """Tables by subject, then views."""
    named = {name for names in SUBJECTS.values() for name in names}
    rest = tuple(name for name in tables if name not in named)
    for subject, names in (*SUBJECTS.items(), (OTHER, rest)):
        shown = [tables[name] for name in names if name in tables]
        if shown:
            yield f"## {subject}\n"
            yield from (line for table in shown for line in section(table))
    yield "## Views\n"
    yield from (line for view in views for line in section(view))


def promises(known: Sequence[Check]) -> Iterator[str]:
    """What `dateline check` holds the rows to."""
    yield "## Promises\n"
    yield "What `dateline check` holds the rows to. `--quick` leaves out what has a star: it reads every text or key.\n"
    yield "| check | promise |\n|---|---|"
    yield from (f"| `{c.name}`{' *' if c.heavy else ''} | {c.promise} |" for c in known)


def section(relation: Relation) -> Iterator[str]:
    """One table or view."""
    yield f"### `{relation.name}`\n\n{relation.meaning or '–'}\n"
    yield "| column | type | meaning |\n|---|---|---|"
    for c in relation.columns:
        kind = c.type if relation.is_view or c.is_nullable else f"{c.type} NOT NULL"
        name = f"**`{c.name}`**" if c.in_key else f"`{c.name}`"
        yield f"| {name} | {kind} | {c.meaning or '–'} |".replace("\n", " ")
    yield ""


def current() -> str:
    """The README as it should be now."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.duckdb"
        migrate(path)
        with duckdb.connect(str(path)) as connection:
            return page(describe(connection)).rstrip("\n") + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the README, or with `--check` say what is stale in it; the exit status."""
    wanted = current()
    if "--check" not in arguments:
        README.write_text(wanted, "utf-8")
        return 0
    there = README.read_text("utf-8") if README.exists() else ""
    differences = list(unified_diff(there.splitlines(), wanted.splitlines(), str(README), "as it should be", n=0))
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in differences[:40])
    if differences:
        sys.stdout.write("stale: run python -m warehouse.dictionary\n")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
