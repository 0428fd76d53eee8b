"""The brief of the last day, kept up by runs. It is for looking at: no run fails for it."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

from flows.briefs.writing import write_brief
from pipeline.settings import Settings
from warehouse.copies import sweep

log = logging.getLogger(__name__)
SPAN = timedelta(hours=24)


def refresh_brief(settings: Settings) -> None:
    """Write the home's brief anew where readers have another warehouse since it was written. Under the home's lock."""
    try:
        sweep(settings.brief)
        if is_behind(settings.brief, settings.published):
            log.info("%s", write_brief(settings, settings.published, settings.brief, SPAN))
    except Exception as error:  # noqa: BLE001 (a run has done its work by then)
        log.warning("the brief was not written: %s: %s", type(error).__name__, error)


def is_behind(brief: Path, published: Path) -> bool:
    """Whether the warehouse that readers see is newer than the brief; also where there is no brief yet."""
    return not brief.exists() or brief.stat().st_mtime_ns < published.stat().st_mtime_ns
