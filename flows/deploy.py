"""Scheduled runs: serve the deployment `ingest/scheduled` from this process, and `backfill/manual` beside it.

`python -m flows.deploy HOME NEXT_RUN` is how `dateline up` starts it, under a server of its own.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any, cast
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId, FlowRunFilter, FlowRunFilterState
from prefect.client.schemas.filters import FlowRunFilterStateType as StateIs
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, FlowRun, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import TerminationSignal
from prefect.runner import Runner
from prefect.schedules import Interval
from prefect.types.entrypoint import EntrypointType

import flows.quiet  # noqa: F401  (before prefect: its settings are read on import)
from flows.backfill import backfill
from flows.ingest import ingest
from flows.reap import crash_flow_runs, reap
from pipeline.errors import ConfigError, DatelineError, LockedError
from pipeline.settings import Settings, load_settings
from warehouse.store import take_lock

# One run at a time; the next one waits its turn. Cancelling it instead would lose a manual trigger.
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)

# On the deployments' pages: whose they are, of which version, and what they start, wherever it is installed.
SHOWN: Mapping[str, Any] = {
    "tags": ["dateline"], "version": version("dateline"), "entrypoint_type": EntrypointType.MODULE_PATH
}  # fmt: skip

LONGEST_WAIT_SECONDS = 3600  # of a backfill for a scheduled run to end; runs that meet a backfill are skipped
BEGUN = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING, StateType.PAUSED]


def serve_schedule(settings: Settings, *, next_run: datetime | None = None, alone: bool = False) -> None:
    """Serve until stopped: a run every `schedule_minutes`, and any that is triggered by hand.

    next_run: when the first one is; at once where that is past. None: `schedule_minutes` from now.
    alone: the server has no other process that serves; what it believes at work is dead.
    """
    reap(settings)
    home = str(settings.home.resolve())
    every = timedelta(minutes=settings.schedule_minutes)
    now = datetime.now(UTC)
    scheduled = ingest.to_deployment(
        name="scheduled",
        schedule=Interval(every, anchor_date=max(next_run or now, now)),
        parameters={"home": home},
        concurrency_limit=ONE_AT_A_TIME,
        description=f"Polls the feeds of `{home}` that are due every {settings.schedule_minutes} minutes, fetches and "
        "reads what is new, groups and publishes it. By hand: give it `feeds` (ids), or a `limit` of pages.",
        **SHOWN,
    )
    archives = backfill.to_deployment(
        name="manual",
        parameters={"home": home, "wait_seconds": LONGEST_WAIT_SECONDS},
        concurrency_limit=ONE_AT_A_TIME,
        description=f"Loads archives into `{home}`: give it `paths` of WARC, JSON Lines, HTML or agencies' files.",
        **SHOWN,
    )
    runner = Runner(pause_on_shutdown=True)
    ids = [cast(UUID, runner.add_deployment(cast(RunnerDeployment, each))) for each in (scheduled, archives)]
    with get_client(sync_client=True) as client:
        if alone:
            bury_unbooked(settings, client, ids)
        waiting = without_missed(client, ids[0])
        if next_run and next_run <= now and not waiting:
            client.create_flow_run_from_deployment(ids[0])
    with suppress(KeyboardInterrupt, TerminationSignal):
        asyncio.run(runner.start())


def bury_unbooked(settings: Settings, client: SyncPrefectClient, deployments: Sequence[UUID]) -> None:
    """Mark as crashed the runs that a killed server and its runner left, also those that never reached the book.

    Not while somebody has the lock of the home: that may be one of them.
    """
    try:
        lock = take_lock(settings.lock, 0)
    except LockedError:
        return
    try:
        crash_flow_runs(str(run.id) for run in runs_of(client, deployments, BEGUN))
    finally:
        lock.release()


def without_missed(client: SyncPrefectClient, deployment: UUID) -> list[FlowRun]:
    """Runs of a deployment that wait, by hand, for their turn; those of its schedule that nobody was there for go.

    One run does the work of all that were missed.
    """
    due = [
        run
        for run in runs_of(client, [deployment], [StateType.SCHEDULED])
        if run.next_scheduled_start_time and run.next_scheduled_start_time <= datetime.now(UTC)
    ]
    for run in due:
        if run.auto_scheduled:
            client.delete_flow_run(run.id)
    return [run for run in due if not run.auto_scheduled]


def runs_of(client: SyncPrefectClient, deployments: Sequence[UUID], states: Sequence[StateType]) -> list[FlowRun]:
    """The runs of some deployments that are in some states."""
    return client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=list(deployments))),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=StateIs(any_=list(states)))),
    )


def main(home: str, next_run: str, alone: str) -> None:
    """As `dateline up` asks for it."""
    settings = load_settings(home=home)
    with get_client(sync_client=True) as client:
        trouble = client.api_healthcheck()
        if trouble:
            where = f"PREFECT_API_URL={client.api_url}"
            raise ConfigError(where, f"no Prefect server answers ({trouble})", "start it, or unset the variable")
    serve_schedule(settings, next_run=datetime.fromisoformat(next_run), alone=alone == "alone")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except DatelineError as trouble:
        sys.exit(str(trouble))
