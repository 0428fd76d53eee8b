"""Scheduled runs: serve the deployment `ingest/scheduled` from this process, and `backfill/manual` beside it."""

from __future__ import annotations

from datetime import timedelta

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy

import flows.quiet  # noqa: F401  (before prefect: its settings are read on import)
from flows.backfill import backfill
from flows.ingest import ingest
from flows.reap import reap
from pipeline.settings import Settings

# One run at a time; the next one waits its turn. Cancelling it instead would lose a manual trigger.
ONE_AT_A_TIME = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)

LONGEST_WAIT_SECONDS = 3600  # of a backfill for a scheduled run to end; runs that meet a backfill are skipped


def serve_schedule(settings: Settings) -> None:
    """Serve until stopped: a run every `schedule_minutes`, and any that is triggered by hand."""
    reap(settings)
    home = str(settings.home.resolve())
    deployment = ingest.to_deployment(
        name="scheduled",
        interval=timedelta(minutes=settings.schedule_minutes),
        parameters={"home": home},
        concurrency_limit=ONE_AT_A_TIME,
        description=f"Polls the feeds of `{home}` that are due every {settings.schedule_minutes} minutes, fetches and "
        "reads what is new, groups and publishes it. By hand: give it `feeds` (ids), or a `limit` of pages.",
        tags=["dateline"],
    )
    archives = backfill.to_deployment(
        name="manual",
        parameters={"home": home, "wait_seconds": LONGEST_WAIT_SECONDS},
        concurrency_limit=ONE_AT_A_TIME,
        description=f"Loads archives into `{home}`: give it `paths` of WARC, JSON Lines, HTML or agencies' files.",
        tags=["dateline"],
    )
    serve(deployment, archives, print_starting_message=False)  # type: ignore[arg-type]
