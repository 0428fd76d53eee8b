"""`dateline export`: events of the published warehouse as files, and a line on what was written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.errors import ConfigError
from warehouse.export import Selection, export


def export_lines(
    published: Path, form: str, folder: Path, since: str | None, until: str | None, where: str | None
) -> Iterator[str]:
    """Write the selected events; a line for each kind of row with its number."""
    selection = Selection(since=day("--since", since), until=day("--until", until), where=where)
    if selection.since and selection.until and selection.since > selection.until:
        raise ConfigError("--since", f"{since} is after --until {until}")
    for name, rows in export(published, form, folder, selection).items():
        yield f"{rows} {name} in {folder}"


def day(option: str, given: str | None) -> date | None:
    """A day as written; ConfigError when it is none."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise ConfigError(option, f"{given!r} is no day", "write it as 2026-11-20") from error
