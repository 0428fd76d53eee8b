"""What becomes of the runs of a home, for one who looks on: that one begins, how one ended, each said once."""

from __future__ import annotations

from datetime import UTC, datetime

from flows.status.at_work import at_work, progress_path
from flows.status.standing import readers_copy
from pipeline.errors import WarehouseError
from pipeline.settings import Settings
from warehouse.runs import Run
from warehouse.status import last_runs


class News:
    """Runs since it was made. Those that ended are read from the readers' copy, the one at work tells of itself."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._copied = self._copied_at()
        self._said: set[tuple[str, str]] = set()  # a run, and what was said of it
        self._since = datetime.now(UTC)

    def lines(self) -> list[str]:
        """What is new since the last call."""
        return [*self._ended(), *self._at_work()]

    def _at_work(self) -> list[str]:
        work = at_work(progress_path(self._settings))
        if not work or work.began_at < self._since:
            return []
        if work.error is not None:
            return self._once(work.run_id, "ended", f"{work.flow} failed: {work.error}")
        return self._once(work.run_id, "began", f"{work.flow} begins")

    def _ended(self) -> list[str]:
        copied = self._copied_at()
        if copied == self._copied:
            return []
        try:
            runs = last_runs(readers_copy(self._settings))
        except WarehouseError as error:
            return [f"the readers' copy cannot be read: {error}"]
        self._copied = copied
        ended = [run for run in reversed(runs) if run.ended_at and run.ended_at >= self._since]
        return [line for run in ended for line in self._once(run.run_id, "ended", told(run))]

    def _copied_at(self) -> int:
        try:
            return readers_copy(self._settings).stat().st_mtime_ns
        except OSError:
            return 0

    def _once(self, run_id: str, what: str, line: str) -> list[str]:
        if (run_id, what) in self._said:
            return []
        self._said.add((run_id, what))
        return [line]


def told(run: Run) -> str:
    """How a run ended, in a line."""
    counts = (
        f"{run.feeds_polled} feeds polled, {run.articles_loaded} articles loaded, "
        f"{run.events_coded} event mentions coded, {run.failures} failures"
    )
    took = f" in {run.elapsed_seconds:.0f} s" if run.elapsed_seconds is not None else ""
    return f"{run.flow} {run.status}{took}: {run.error or counts}"
