"""The flow `rebuild`: stored pages are read again by this version's rules, without the network."""

from __future__ import annotations

from difflib import unified_diff
from importlib.metadata import version
from itertools import islice
from uuid import uuid4

from prefect import flow, get_run_logger, runtime, task
from prefect.task_runners import ThreadPoolTaskRunner

import flows.quiet  # noqa: F401  (before prefect: its settings are read on import)
from flows.asking import utc_now as now
from flows.ingest import BATCH, HOUR, batches, settle
from flows.progress import current
from flows.reap import bury
from flows.rebuilding import Changes, Rebuild, TextChange
from pipeline.extract import EXTRACTOR
from pipeline.settings import Settings, load_settings
from warehouse.rebuild import StoredPage
from warehouse.runs import begin_run, end_run
from warehouse.store import Warehouse

DIFF_LINES = 12  # of one text in the report
DIFF_WIDTH = 160


@task(name="reread", task_run_name="reread batch {number}", timeout_seconds=HOUR, **BATCH)
def reread_pages(rebuild: Rebuild, pages: list[StoredPage], number: int) -> Changes:
    """A batch of stored pages; what reading them again changed."""
    return rebuild.read(pages)


@flow(
    name="rebuild",
    task_runner=ThreadPoolTaskRunner(max_workers=2),  # type: ignore[arg-type]
    timeout_seconds=24 * HOUR,
    persist_result=False,
)
def rebuild(
    home: str | None = None,
    feeds: list[str] | None = None,
    limit: int | None = None,
    every: bool = False,
    dry_run: bool = False,
    sample: int = 5,
) -> Changes:
    """Extract stored pages again: a changed text becomes a new version, the same text gets the new columns.

    home: folder of the installation (DATELINE_HOME, else ./data).
    feeds: only pages that these feeds showed; none: all.
    limit: most pages to read.
    every: also pages that this version's rules have read already.
    dry_run: only report; nothing is written.
    sample: how many changed texts to show.
    """
    settings = load_settings(home=home)
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        if not dry_run:
            bury(settings, warehouse)
        return run_rebuild(settings, warehouse, feeds, limit, every=every, dry=dry_run, sample=sample)


def run_rebuild(
    settings: Settings,
    warehouse: Warehouse,
    feeds: list[str] | None,
    limit: int | None,
    *,
    every: bool,
    dry: bool,
    sample: int,
) -> Changes:
    """All of it, entered in the book of runs whatever happens; a dry one leaves no trace."""
    run_id = uuid4().hex
    if not dry:
        book = {"flow": "rebuild", "version": version("dateline"), "flow_run_id": runtime.flow_run.id}
        begin_run(warehouse, run_id, now(), **book)
    try:
        changes = Changes()
        with Rebuild(settings, run_id, warehouse, dry=dry) as work:
            pages = work.pages(every=every, feeds=feeds, limit=limit)
            current().stage("read", len(pages))
            numbered = enumerate(batches(pages, settings.batch_size), 1)
            done = [reread_pages.submit(work, batch, number) for number, batch in numbered]
            settle(done)
            for future in done:
                changes.add(future.result(), sample)
            if not dry:
                work.group()
                work.publish()
                with warehouse.transaction() as cursor:
                    work.complete(cursor)
    except BaseException as error:
        if not dry:
            with warehouse.transaction() as cursor:
                end_run(cursor, run_id, now(), "failed", f"{type(error).__name__}: {error}")
        raise
    get_run_logger().info("%s", "\n".join(report(changes)))
    return changes


def report(changes: Changes) -> list[str]:
    """What changed, for a person: counts, then the sample of differences."""
    lines = [
        f"{changes.pages} pages read again by {EXTRACTOR}",
        f"  text changed (a new version)    {changes.texts}",
        f"  only other columns changed      {changes.columns}",
        f"  unchanged                       {changes.unchanged}",
        f"  could not be read before        {changes.recovered}",
        f"  cannot be read any more         {changes.lost} (their articles stay)",
        f"  could not be read before either {changes.unread}",
    ]
    if changes.by_column:
        lines.append("  columns: " + ", ".join(f"{name} {n}" for name, n in changes.by_column.most_common()))
    if changes.reasons:
        lines.append("  not read: " + ", ".join(f"{reason} {n}" for reason, n in changes.reasons.most_common()))
    return lines + [line for change in changes.sample for line in difference(change)]


def difference(change: TextChange) -> list[str]:
    """The first lines that differ between two texts."""
    diff = unified_diff(change.before.split("\n"), change.after.split("\n"), lineterm="", n=0)
    told = (line for line in diff if not line.startswith(("---", "+++", "@@")))
    return ["", change.url, *(f"  {line[:DIFF_WIDTH]}" for line in islice(told, DIFF_LINES))]
