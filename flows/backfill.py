"""The flow `backfill`: archives on this machine are read, loaded, grouped and published. Thin over `Backfill`."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import uuid4

from prefect import flow, get_run_logger, runtime, task
from prefect.futures import PrefectFuture
from prefect.task_runners import ThreadPoolTaskRunner

import flows.quiet  # noqa: F401  (before prefect: its settings are read on import)
from flows.asking import utc_now as now
from flows.backfilling import Backfill, Totals
from flows.briefs.refresh import refresh_brief
from flows.choosing import Chosen, choose
from flows.drawing import Batch
from flows.ingest import BATCH, HOUR, settle
from flows.logs import start_run_logs
from flows.opening import open_warehouse
from flows.panel import names
from flows.panel.artifacts import report, report_failure
from flows.panel.progress import showing
from flows.progress import current
from flows.progress_file import telling
from flows.reading import reading_setup
from flows.reap import bury
from flows.runners import Name, open_runner
from flows.session import Readers, Session
from pipeline.logs import about
from pipeline.settings import Settings, load_settings
from warehouse.runs import Run, begin_run, described, fail_run
from warehouse.store import Warehouse

log = logging.getLogger(__name__)
AHEAD = 3  # batches that are read at once, so that no worker waits while one is loaded


@dataclass(frozen=True, slots=True)
class Backfilled:
    """The run as recorded, and what came of the archives."""

    run: Run
    totals: Totals


def run_name() -> str:
    """What Prefect's page calls a run: the archives that it was given, the time."""
    given = [Path(path).name for path in runtime.flow_run.parameters["paths"]]
    return names.run("backfill", names.some(given), now())


@task(name="read", task_run_name="read {label}", timeout_seconds=HOUR, **BATCH)
def read_batch(work: Backfill, batch: Batch, label: str) -> None:
    """Extract and tag a batch; the batch holds what came, since Prefect would keep what is returned."""
    work.read(batch)


@task(name="load", task_run_name="load {label}", timeout_seconds=HOUR, **BATCH)
def load_batch(work: Backfill, batch: Batch, label: str) -> None:
    """Write a batch, with how far its files are read."""
    work.load(batch)


@flow(
    name="backfill",
    flow_run_name=run_name,
    task_runner=ThreadPoolTaskRunner(max_workers=AHEAD),  # type: ignore[arg-type]
    persist_result=False,
)
def backfill(
    paths: list[str],
    home: str | None = None,
    runner: Name = "processes",
    address: str | None = None,
    languages: list[str] | None = None,
    limit: int | None = None,
    feed: str | None = None,
    wait_seconds: float = 0,
) -> Backfilled:
    """Load archives: WARC files, JSON Lines, folders of HTML, agencies' files. What was loaded before is passed over,
    and a run that was killed goes on where its last batch ended.

    paths: files, and folders of them.
    home: folder of the installation (DATELINE_HOME, else ./data).
    runner: where pages are read: processes of this machine, dask or ray.
    address: of a cluster that runs; none: workers of this machine.
    languages: only articles in these (ISO 639-1), as their text tells; none: all.
    limit: most pages to take in this run.
    feed: the feed of feeds.toml that the pages are counted to; none: one of the archive's own.
    wait_seconds: how long to wait for another run of this home to end.
    """
    settings = load_settings(home=home)
    if runtime.deployment.id:
        start_run_logs(settings, by_hand=False)
    chosen = choose(settings, paths, runner, address, languages, limit, feed)
    with open_warehouse(settings, wait_seconds=wait_seconds) as warehouse:
        return run_backfill(settings, warehouse, chosen)


def run_backfill(settings: Settings, warehouse: Warehouse, chosen: Chosen) -> Backfilled:
    """All of it, entered in the book of runs whatever happens."""

    def open_workers(settings: Settings) -> Readers:
        setup = reading_setup(settings, chosen.languages)
        return open_runner(chosen.runner, setup, settings.workers, chosen.address)

    run_id = uuid4().hex
    bury(settings, warehouse)
    begin_run(warehouse, run_id, now(), flow="backfill", version=version("dateline"), flow_run_id=runtime.flow_run.id)
    try:
        told = telling(settings, run_id, "backfill")
        with (
            about(run=run_id),
            told,
            showing("backfill"),
            Session(settings, chosen.feeds, run_id, warehouse, open_workers) as session,
        ):
            log.info("the run begins: %d files are listed", len(chosen.archived.files))
            work = Backfill(session, chosen.archived, chosen.feed_of, languages=chosen.languages, limit=chosen.limit)
            take(work)
            session.group()
            session.publish()
            with warehouse.transaction(of_book=True) as cursor:
                run = session.complete(cursor)
            log.info("the run ends: %s", work.totals)
    except BaseException as error:
        with about(run=run_id):
            log.error("the run failed: %s", described(error))
        fail_run(warehouse, run_id, now(), error)
        report_failure(settings, run_id, "backfill", error)
        raise
    refresh_brief(settings)
    report(settings, run)
    get_run_logger().info("%s", work.totals)
    return Backfilled(run, work.totals)


def take(work: Backfill) -> None:
    """Read batches, several at once, and load them in their order: a file's place never passes what is not loaded."""
    current().stage("files", work.totals.files)
    current().advance("files", work.totals.done_before)
    current().stage("read", None)
    begun: deque[tuple[str, Batch, PrefectFuture[Any]]] = deque()
    for number, batch in enumerate(work.batches(), 1):
        label = names.batch(number, [Path(path).name for path in batch.marks])
        begun.append((label, batch, read_batch.submit(work, batch, label)))
        if len(begun) >= AHEAD:
            load_first(work, begun)
    while begun:
        load_first(work, begun)


def load_first(work: Backfill, begun: deque[tuple[str, Batch, PrefectFuture[Any]]]) -> None:
    """Load the batch that was begun first; a batch that cannot be read or loaded ends the run, and its place stays."""
    label, batch, future = begun.popleft()
    settle([future])
    load_batch(work, batch, label)
