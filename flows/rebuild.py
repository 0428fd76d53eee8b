"""The flow `rebuild`: stored pages or texts are read again by this version's rules, without the network."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Literal
from uuid import uuid4

from prefect import flow, get_run_logger, runtime, task
from prefect.task_runners import ThreadPoolTaskRunner

import flows.quiet  # noqa: F401  (before prefect: its settings are read on import)
from flows.asking import utc_now as now
from flows.briefs.refresh import refresh_brief
from flows.ingest import BATCH, HOUR, batches, settle
from flows.opening import open_warehouse
from flows.panel import names
from flows.panel.artifacts import report, report_failure
from flows.panel.progress import showing
from flows.progress import current
from flows.progress_file import telling
from flows.reap import bury
from flows.rebuilding import Changes, Rebuild
from flows.retagging import Retag, TagChanges
from flows.visible import one_line
from pipeline.settings import Settings, load_settings
from warehouse.runs import begin_run, fail_run
from warehouse.store import Warehouse

Stage = Literal["extract", "tag"]
WORK: dict[Stage, tuple[type[Rebuild | Retag], type[Changes | TagChanges]]] = {
    "extract": (Rebuild, Changes),
    "tag": (Retag, TagChanges),
}


def run_name() -> str:
    """What Prefect's page calls a run: what is read again, of which feeds, the time."""
    given = runtime.flow_run.parameters
    of = names.some(given["feeds"]) if given["feeds"] else "all feeds"
    return names.run("rebuild", f"{given['stage']} of {of}{' (dry)' if given['dry_run'] else ''}", now())


@task(name="reread", task_run_name="reread batch {number}", timeout_seconds=HOUR, **BATCH)
def reread(work: Any, batch: list[Any], number: int) -> Any:
    """A batch of stored pages or texts; what reading them again changed."""
    return work.read(batch)


@flow(
    name="rebuild",
    flow_run_name=run_name,
    task_runner=ThreadPoolTaskRunner(max_workers=2),  # type: ignore[arg-type]
    timeout_seconds=24 * HOUR,
    persist_result=False,
)
def rebuild(
    home: str | None = None,
    stage: Stage = "extract",
    feeds: list[str] | None = None,
    limit: int | None = None,
    every: bool = False,
    dry_run: bool = False,
    sample: int = 5,
) -> Changes | TagChanges:
    """Extract stored pages again (a changed text becomes a new version, the same text gets the new columns), or tag
    stored texts again (their events and all else that was read in them is replaced).

    home: folder of the installation (DATELINE_HOME, else ./data).
    stage: extract or tag.
    feeds: only pages that these feeds showed; none: all.
    limit: most pages to read.
    every: also pages that this version's rules have read already.
    dry_run: only report; nothing is written.
    sample: how many changed texts to show.
    """
    settings = load_settings(home=home)
    with open_warehouse(settings) as warehouse:
        if not dry_run:
            bury(settings, warehouse)
        return run_rebuild(settings, warehouse, stage, feeds, limit, every=every, dry=dry_run, sample=sample)


def run_rebuild(
    settings: Settings,
    warehouse: Warehouse,
    stage: Stage,
    feeds: list[str] | None,
    limit: int | None,
    *,
    every: bool,
    dry: bool,
    sample: int,
) -> Changes | TagChanges:
    """All of it, entered in the book of runs whatever happens; a dry one leaves no trace."""
    run_id = uuid4().hex
    if not dry:
        book = {"flow": "rebuild", "version": version("dateline"), "flow_run_id": runtime.flow_run.id}
        begin_run(warehouse, run_id, now(), **book)
    try:
        open_work, no_changes = WORK[stage]
        changes: Any = no_changes()
        told = telling(settings, run_id, f"rebuild {stage}{' (dry)' if dry else ''}", is_booked=not dry)
        with told, showing("rebuild"), open_work(settings, run_id, warehouse, dry=dry) as work:
            stored = work.stored(every=every, feeds=feeds, limit=limit)
            current().stage("read", len(stored))
            numbered = enumerate(batches(stored, settings.batch_size), 1)
            done = [reread.submit(work, batch, number) for number, batch in numbered]
            settle(done)
            for future in done:
                changes.add(future.result(), sample)
            if not dry:
                work.group()
                changes.labels = work.check_labels()
                work.publish()
                with warehouse.transaction(of_book=True) as cursor:
                    run = work.complete(cursor)
    except BaseException as error:
        if not dry:
            fail_run(warehouse, run_id, now(), error)
            report_failure(settings, run_id, "rebuild", error)
        raise
    if not dry:
        refresh_brief(settings)
        report(settings, run)
    get_run_logger().info("%s", "\n".join(map(one_line, changes.report())))
    return changes  # type: ignore[no-any-return]
