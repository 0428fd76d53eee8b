"""`dateline check`: the warehouse's promises, a line each, with the first rows that break one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from flows.answers import readable, wide_console
from flows.visible import json_line
from warehouse.checks import Finding, checks, choose, run_checks
from warehouse.query import Answer

INDENT = len("broken ")


def write_checks(
    published: Path, names: Sequence[str], *, quick: bool, as_json: bool, limit: int, target: IO[str]
) -> bool:
    """Run checks on the published warehouse and print what each finds; whether every promise is kept.

    Raises ConfigError for an unknown name, WarehouseError when there is no warehouse.
    """
    findings = run_checks(published, choose(names, checks(), quick=quick), limit)
    return write_json(findings, target) if as_json else show(findings, wide_console(target))


def write_json(findings: Iterable[Finding], target: IO[str]) -> bool:
    """JSON Lines: an object a check."""
    kept = True
    for found in findings:
        kept &= found.is_kept
        target.write(json_line(record(found)) + "\n")
    return kept


def record(found: Finding) -> dict[str, object]:
    """A finding for programs: `broken` counts all rows, `rows` has the first."""
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return {"check": found.check.name, "promise": found.check.promise, "broken": found.broken, "rows": rows}


def show(findings: Iterable[Finding], console: Console) -> bool:
    """A line a check as it comes, what breaks it below, and a sum at the end."""
    kept: list[bool] = []
    for found in findings:
        kept.append(found.is_kept)
        show_finding(console, found)
    broken = kept.count(False)
    console.print(f"{len(kept)} checks, {f'{broken} broken' if broken else 'all kept'}", style="bold")
    return not broken


def show_finding(console: Console, found: Finding) -> None:
    """`ok` and the name; or how many rows break which promise, and the first of them."""
    name = found.check.name
    if found.is_kept:
        return console.print(Text.assemble(("ok     ", "green"), name), soft_wrap=True)
    rows = "1 row" if found.broken == 1 else f"{found.broken} rows"
    console.print(Text.assemble(("broken ", "bold red"), f"{name}: {rows}. {found.check.promise}"), soft_wrap=True)
    if found.rows:
        for part in readable(Answer(found.columns, list(found.rows)), console.width - INDENT):
            console.print(Padding(part, (0, 0, 0, INDENT)))
    return None
