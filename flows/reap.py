"""Runs that died without a word: Prefect believes them running and keeps their slot until it is told."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

log = logging.getLogger(__name__)


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
