"""Scheduled runs: serve the deployment `ingest/scheduled` from this process."""

from __future__ import annotations

from datetime import timedelta

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy

import flows.quiet  # noqa: F401  (before prefect: its settings are read on import)
from flows.ingest import ingest
from flows.reap import crash_flow_runs
from flows.session import now
from pipeline.errors import LockedError
from pipeline.settings import Settings
from warehouse.runs import reap_runs
from warehouse.store import Warehouse

# One run at a time; the next one waits its turn. Cancelling it instead would lose a manual trigger.
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)


def reap(settings: Settings) -> None:
    """Mark as crashed what an earlier process left running, so that its slot is free at once."""
    if not settings.live.exists():
        return
    try:
        with Warehouse.open(settings.live, settings.lock) as warehouse:
            dead = reap_runs(warehouse, now())
    except LockedError:
        return  # a run is alive and well
    crash_flow_runs(dead)


def serve_schedule(settings: Settings) -> None:
    """Serve until stopped: a run every `schedule_minutes`, and any that is triggered by hand."""
    reap(settings)
    deployment = ingest.to_deployment(
        name="scheduled",
        interval=timedelta(minutes=settings.schedule_minutes),
        parameters={"home": str(settings.home.resolve())},
        concurrency_limit=ONE_AT_A_TIME,
        description="Poll, fetch, read, group and publish what is due.",
        tags=["dateline"],
    )
    serve(deployment, print_starting_message=False)  # type: ignore[arg-type]
