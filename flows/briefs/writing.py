"""`dateline brief`: the file written, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.briefs.page import page_of
from flows.status.alerts import alerts_of
from flows.status.standing import look_at
from pipeline.errors import ConfigError
from pipeline.settings import Settings
from warehouse.brief import read_brief
from warehouse.copies import temporary


def write_brief(
    settings: Settings, published: Path, target: Path, since: date | timedelta, countries: Sequence[str] = ()
) -> str:
    """Write the brief of a home's published warehouse, or of the one beside it that holds all; a line on it.

    ConfigError where the file cannot be written, WarehouseError where there is no warehouse yet.
    """
    now = datetime.now(UTC)
    brief = read_brief(published, since, countries, now)
    size = write_whole(target, page_of(brief, now, alerts_of(look_at(settings))))
    return f"{target}: {brief.totals.events:,} events, {len(brief.stories)} stories, {size / 1e6:.1f} MB"


def write_whole(target: Path, page: str) -> int:
    """Put the page in the place of the file by a rename, so that a reader never sees half of it; its size in bytes."""
    half = temporary(target)
    try:
        size = half.write_bytes(page.encode("utf-8", "backslashreplace"))
        half.replace(target)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise ConfigError(str(target), f"cannot be written ({error.strerror})", "give a file in a folder") from error
    return size
