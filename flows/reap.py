"""Runs that died without a word: Prefect believes them running and keeps their slot until it is told."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

import flows.quiet  # noqa: F401  (before prefect: its settings are read on import)
from flows.opening import open_warehouse
from flows.status.at_work import forget_killed, progress_path
from pipeline.errors import LockedError
from pipeline.fetch import Repaired, repair
from pipeline.settings import Settings
from warehouse.runs import DeadRun, dead_runs, mark_crashed
from warehouse.store import Warehouse

log = logging.getLogger(__name__)


def reap(settings: Settings) -> list[DeadRun]:
    """Mark as crashed what an earlier process of this home left running, here and in Prefect; which runs that were.

    Prefect by itself would keep the slot of a run that was killed with its worker for up to five minutes.
    """
    if not settings.has_warehouse:
        return []
    try:
        with open_warehouse(settings) as warehouse:
            dead = bury(settings, warehouse)
            forget_killed(progress_path(settings))
            return dead
    except LockedError:
        return []  # a run is alive and well


def bury(settings: Settings, warehouse: Warehouse, *, aside: Path | None = None) -> list[DeadRun]:
    """Put in order what dead runs left: their raw files whole, their end in the book, their slot in Prefect free.

    `aside`: a folder for the torn bytes that are cut off the raw files.
    """
    dead = dead_runs(warehouse)
    for repaired in repair(settings.raw, [run.run_id for run in dead], aside=aside):
        log.warning("%s", told(repaired))
    mark_crashed(warehouse, dead, datetime.now(UTC))
    crash_flow_runs(run.flow_run_id for run in dead if run.flow_run_id)
    return dead


def told(repaired: Repaired) -> str:
    """What was done to a raw file, for a person."""
    if repaired.damaged_at is None:
        return f"{repaired.file}: cut off at a kill; {repaired.cut_bytes} torn bytes removed"
    return f"{repaired.file}: damaged at byte {repaired.damaged_at}, not by a kill; left as it is"


def crash_flow_runs(flow_run_ids: Iterable[str]) -> None:
    """Tell Prefect that these flow runs are dead. One that it does not know, or knows as ended, is left alone.

    The warehouse's lock is the proof: its holder knows that no other run of the home is alive.
    """
    for flow_run_id in flow_run_ids:
        with get_client(sync_client=True) as client:
            try:
                state = client.read_flow_run(UUID(flow_run_id)).state
            except ObjectNotFound:
                continue  # it ran under another server
            if state and not state.is_final():
                dead: State[None] = Crashed(message="The run's process was killed; found by the next run of its home.")
                client.set_flow_run_state(UUID(flow_run_id), dead, force=True)
                log.warning("flow run %s was dead and is marked crashed", flow_run_id)
