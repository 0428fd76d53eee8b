"""Promises that the warehouse keeps without foreign keys: one query a file, which returns the rows that break it.

The first line of each file in `warehouse/checks/` is a comment that says the promise; a line that begins with
"-- Heavy:" says why the query reads much. All are set-based: most read a few columns of a table or two once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from pipeline.errors import ConfigError
from warehouse.migrate import scripts
from warehouse.query import reader
from warehouse.store import Cursor

HEAVY = "-- Heavy: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A promise, and the query for what breaks it. `heavy` says why it takes long on a large warehouse, or None."""

    name: str
    promise: str
    heavy: str | None
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check found: the number of rows that break its promise, and the first of them."""

    check: Check
    broken: int
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    @property
    def is_kept(self) -> bool:
        """Whether the promise is kept."""
        return not self.broken


@cache
def checks() -> tuple[Check, ...]:
    """All checks, by name."""
    return tuple(parse_check(name.removesuffix(".sql"), text) for name, text in scripts("checks"))


def parse_check(name: str, sql: str) -> Check:
    """A check of its file's text: the comment at its head is the promise."""
    head: list[str] = []
    heavy = None
    for line in sql.splitlines():
        if line.startswith(HEAVY):
            heavy = line.removeprefix(HEAVY)
        elif line.startswith("-- "):
            head.append(line.removeprefix("-- "))
        else:
            break
    return Check(name=name, promise=" ".join(head), heavy=heavy, sql=sql)


def choose(names: Sequence[str], known: Sequence[Check], *, quick: bool = False) -> list[Check]:
    """The checks of those names, all where none is named; without heavy ones where `quick`.

    Raises ConfigError for a name that is none.
    """
    by_name = {check.name: check for check in known}
    for name in names:
        if name not in by_name:
            close = get_close_matches(name, by_name, n=3) or by_name
            raise ConfigError("dateline check", f"no check {name!r}", f"one of {', '.join(close)}")
    return [c for c in known if (not names or c.name in names) and not (quick and c.heavy)]


def find_broken(cursor: Cursor, check: Check, limit: int) -> Finding:
    """Run one check: all broken rows are counted, the first `limit` returned."""
    relation = cursor.sql(check.sql)
    rows = relation.limit(limit).fetchall()
    broken = len(rows) if len(rows) < limit else relation.count("*").fetchall()[0][0]
    return Finding(check=check, broken=broken, columns=tuple(relation.columns), rows=tuple(rows))


def run_checks(published: Path, chosen: Sequence[Check], limit: int) -> Iterator[Finding]:
    """Run checks on the published warehouse, read-only, one after the other; WarehouseError when there is none."""
    with reader(published) as cursor:
        for check in chosen:
            yield find_broken(cursor, check, limit)
