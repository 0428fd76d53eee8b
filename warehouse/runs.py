"""The book of runs: who ran, how it ended, what it did."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from warehouse.store import Cursor, Warehouse, fetch_rows, statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution as recorded; see the table `run`."""

    run_id: str
    status: str
    feeds_polled: int
    feeds_failed: int
    entries_new: int
    pages_fetched: int
    articles_loaded: int
    events_coded: int
    failures: int
    error: str | None


def begin_run(
    warehouse: Warehouse, run_id: str, now: datetime, *, flow: str, version: str, flow_run_id: str | None
) -> list[str]:
    """Enter a run into the book; runs that died under the lock are marked crashed.

    Returns the Prefect flow runs of the dead, which Prefect may still believe to be running.
    """
    dead = reap_runs(warehouse, now)
    with warehouse.transaction() as cursor:
        cursor.execute(
            statement("begin_run"),
            {
                "run_id": run_id, "flow": flow, "flow_run_id": flow_run_id, "program_version": version,
                "host": socket.gethostname(), "pid": os.getpid(), "now": now,
            },
        )  # fmt: skip
    return dead


def reap_runs(warehouse: Warehouse, now: datetime) -> list[str]:
    """Mark runs that died under the lock as crashed; their Prefect flow runs."""
    with warehouse.transaction() as cursor:
        dead = fetch_rows(cursor, "reap_runs", now=now)
    return [row["flow_run_id"] for row in dead if row["flow_run_id"]]


def end_run(
    cursor: Cursor, run_id: str, now: datetime, status: Literal["completed", "failed"], error: str | None = None
) -> Run:
    """Enter how a run ended, with its counts."""
    cursor.execute(statement("end_run"), {"run_id": run_id, "now": now, "status": status, "error": error})
    return Run(**fetch_rows(cursor, "read_run", run_id=run_id)[0])
