"""The book of runs: who ran, how it ended, what it did."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.errors import WarehouseError
from pipeline.secrets import masked_text
from warehouse.store import Cursor, Warehouse, fetch_rows, statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution as recorded; see the view `run_log`."""

    run_id: str
    flow: str
    status: str
    started_at: datetime
    ended_at: datetime | None
    elapsed_seconds: float | None
    feeds_polled: int
    feeds_failed: int
    entries_new: int
    pages_fetched: int
    articles_loaded: int
    events_coded: int
    failures: int
    error: str | None

    @property
    def summary(self) -> str:
        """Its counts in a line for a person."""
        return (
            f"{self.feeds_polled} feeds polled, {self.entries_new} new entries, {self.pages_fetched} pages fetched, "
            f"{self.articles_loaded} articles loaded, {self.events_coded} event mentions coded, "
            f"{self.failures} failures"
        )


@dataclass(frozen=True, slots=True)
class DeadRun:
    """A run that died under the lock, and the Prefect flow run that it was, if any."""

    run_id: str
    flow_run_id: str | None


def begin_run(
    warehouse: Warehouse, run_id: str, now: datetime, *, flow: str, version: str, flow_run_id: str | None
) -> None:
    """Enter a run into the book."""
    with warehouse.transaction(of_book=True) as cursor:
        cursor.execute(
            statement("begin_run"),
            {
                "run_id": run_id, "flow": flow, "flow_run_id": flow_run_id, "program_version": version,
                "host": socket.gethostname(), "pid": os.getpid(), "now": now,
            },
        )  # fmt: skip


def dead_runs(warehouse: Warehouse) -> list[DeadRun]:
    """Runs that died: who holds the lock knows that every other one that still says "running" is dead.

    Of a storage that other homes write to, those of this machine whose process is gone.
    """
    with warehouse.transaction() as cursor:
        left = fetch_rows(cursor, "running")
    if warehouse.storage.is_shared:
        left = [row for row in left if row["host"] == socket.gethostname() and not is_alive(row["pid"])]
    return [DeadRun(row["run_id"], row["flow_run_id"]) for row in left]


def is_alive(pid: int) -> bool:
    """Whether a process of this machine has that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def mark_crashed(warehouse: Warehouse, dead: Iterable[DeadRun], now: datetime) -> None:
    """Enter that these runs are dead."""
    with warehouse.transaction(of_book=True) as cursor:
        cursor.execute(statement("mark_crashed"), {"runs": [run.run_id for run in dead], "now": now})


def fail_run(warehouse: Warehouse, run_id: str, now: datetime, error: BaseException) -> None:
    """Enter why a run failed; where nothing can be written any more (a full disk), the next run finds this one dead."""
    with suppress(WarehouseError), warehouse.transaction(of_book=True) as cursor:
        end_run(cursor, run_id, now, "failed", described(error))


def described(error: BaseException) -> str:
    """What ended a run, in one line without secrets."""
    return " ".join(masked_text(f"{type(error).__name__}: {error}").split())


def end_run(
    cursor: Cursor, run_id: str, now: datetime, status: Literal["completed", "failed"], error: str | None = None
) -> Run:
    """Enter how a run ended, with its counts."""
    cursor.execute(statement("end_run"), {"run_id": run_id, "now": now, "status": status, "error": error})
    return Run(**fetch_rows(cursor, "read_run", run_id=run_id)[0])
