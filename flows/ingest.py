"""The flow `ingest`: poll → fetch → extract → tag → load → group → publish. Thin over `session.Session`."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any, TypeVar, cast
from uuid import uuid4

from prefect import flow, get_run_logger, runtime, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, wait
from prefect.states import Completed
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import exponential_backoff

import flows.quiet  # noqa: F401  (before prefect: its settings are read on import)
from flows.asking import utc_now as now
from flows.briefs.refresh import refresh_brief
from flows.home import check_run
from flows.logs import start_run_logs
from flows.opening import open_warehouse
from flows.panel import names
from flows.panel.artifacts import report, report_failure
from flows.panel.progress import showing
from flows.progress import current
from flows.progress_file import telling
from flows.reap import bury
from flows.retention import prune_raw
from flows.session import Session
from pipeline.errors import DatelineError, LockedError
from pipeline.logs import about
from pipeline.records import Feed
from pipeline.settings import Settings, load_settings
from warehouse.load import Loaded
from warehouse.pages import DuePage, UnreadCapture
from warehouse.runs import Run, begin_run, described, fail_run
from warehouse.store import Warehouse

T = TypeVar("T")
log = logging.getLogger(__name__)

# A batch is tried three times: a full disk or a dropped connection may pass. What fails for one page or feed is
# recorded by the stage itself and is no reason to try the batch again.
BATCH: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": exponential_backoff(backoff_factor=2),
    "retry_jitter_factor": 0.5,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}
HOUR = 3600


@task(name="poll", task_run_name="poll {label}", timeout_seconds=HOUR, **BATCH)
def poll_feeds(session: Session, feed_ids: list[str], label: str) -> int:
    """Ask a batch of feeds; the number of new entries."""
    return session.poll(feed_ids)


@task(name="fetch", task_run_name="fetch {label}", timeout_seconds=HOUR, **BATCH)
def fetch_pages(session: Session, pages: list[DuePage], label: str) -> list[UnreadCapture]:
    """Fetch a batch of pages and keep them raw; what is to be read of them."""
    return session.fetch(pages)


@task(name="read", task_run_name="read {label}", timeout_seconds=HOUR, **BATCH)
def read_pages(session: Session, captures: list[UnreadCapture], label: str) -> Loaded:
    """Extract, tag and load a batch of pages."""
    return session.read(captures)


@task(name="group", task_run_name="group stories and events", timeout_seconds=HOUR, **BATCH)
def group_articles(session: Session) -> int:
    """Join what is new to stories and events."""
    return session.group()


@task(name="publish", task_run_name="publish the readers' copy", timeout_seconds=HOUR, **BATCH)
def publish_copy(session: Session) -> int:
    """Swap in the readers' copy."""
    return session.publish()


def run_name() -> str:
    """What Prefect's page calls a run: the flow, its feeds, the time."""
    chosen = runtime.flow_run.parameters.get("feeds")
    return names.run("ingest", names.some(chosen) if chosen else "all due feeds", now())


@flow(
    name="ingest",
    flow_run_name=run_name,
    task_runner=ThreadPoolTaskRunner(max_workers=4),  # type: ignore[arg-type]
    timeout_seconds=12 * HOUR,
    persist_result=False,
)
def ingest(
    home: str | None = None,
    feeds: list[str] | None = None,
    limit: int | None = None,
    wait_seconds: float = 0,
) -> Run | State[Any]:
    """Poll what is due, fetch and read what is new, group it and publish.

    home: folder of the installation (DATELINE_HOME, else ./data).
    feeds: ids of feeds.toml to poll now, whether due or not; none: all that are enabled and due.
    limit: most pages to fetch in this run.
    wait_seconds: how long to wait for another run of this home to end.
    """
    settings = load_settings(home=home)
    if runtime.deployment.id:
        start_run_logs(settings, by_hand=False)
    listed = check_run(settings, feeds)
    try:
        warehouse = open_warehouse(settings, wait_seconds=wait_seconds)
    except LockedError as error:
        if not runtime.deployment.id:
            raise
        return Completed(name="Skipped", message=str(error))
    with warehouse:
        return run_stages(settings, listed, warehouse, feeds, limit)


def run_stages(
    settings: Settings,
    listed: Sequence[Feed],
    warehouse: Warehouse,
    chosen: list[str] | None,
    limit: int | None,
) -> Run:
    """All stages of one run, entered in the book of runs whatever happens."""
    run_id = uuid4().hex
    flow_run_id = runtime.flow_run.id
    bury(settings, warehouse)
    begin_run(warehouse, run_id, now(), flow="ingest", version=version("dateline"), flow_run_id=flow_run_id)
    try:
        told = telling(settings, run_id, "ingest")
        shown = showing("ingest")
        with about(run=run_id), told, shown, Session(settings, listed, run_id, warehouse) as session:
            log.info("the run begins: %d feeds are listed", len(listed))
            gather(session, chosen, limit)
            group_articles(session)
            if settings.raw_days is not None:
                prune_raw(settings, warehouse, settings.raw_days, run_id=run_id)
            publish_copy(session)
            with warehouse.transaction(of_book=True) as cursor:
                run = session.complete(cursor)
            log.info("the run ends: %s", run.summary)
    except BaseException as error:
        with about(run=run_id):
            log.error("the run failed: %s", described(error))
        fail_run(warehouse, run_id, now(), error)
        report_failure(settings, run_id, "ingest", error)
        raise
    refresh_brief(settings)
    report(settings, run)
    get_run_logger().info("%s", run.summary)
    return run


def gather(session: Session, chosen: list[str] | None, limit: int | None) -> None:
    """Poll, then fetch and read in batches, so that one batch is read while the next is fetched."""
    size = session.settings.batch_size
    feed_ids = session.due_feeds(chosen)
    current().stage("poll", len(feed_ids))
    polls = enumerate(batches(feed_ids, session.settings.feed_batch_size), 1)
    settle([poll_feeds.submit(session, batch, names.batch(number, batch)) for number, batch in polls])
    left_behind = session.unread()
    due = session.due_pages(chosen, limit)
    current().stage("fetch", len(due))
    current().stage("read", len(due) + len(left_behind))
    left = f"what an earlier run left: {len(left_behind):,} pages"
    reads = [read_pages.submit(session, batch, left) for batch in batches(left_behind, size)]
    for number, pages in enumerate(batches(due, size), 1):
        label = names.batch(number, names.hosts(page.link or page.url for page in pages))
        fetched = fetch_pages.submit(session, pages, label)
        reads.append(
            read_pages.submit(session, cast(list[UnreadCapture], fetched), label)
        )  # a future stands for its result
    settle(reads)


def settle(futures: list[PrefectFuture[Any]]) -> None:
    """Wait for all; then fail if one has failed, so that a bad batch never stops the good ones."""
    wait(futures)
    for future in futures:
        if future.state.is_failed() or future.state.is_crashed():
            future.result(raise_on_failure=True)
            raise DatelineError(f"a batch failed: {future.state.message}")


def batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    """Runs of `size` items, the last one shorter."""
    for start in range(0, len(items), size):
        yield list(items[start : start + size])
