"""A run's progress as an artifact of Prefect's: told now and then by a thread of its own, so that no stage waits."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from datetime import UTC, datetime
from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

from flows.panel.pages import percent_of, progress_words
from flows.progress import Progress, current, listen
from flows.status.at_work import StageAtWork, moved_on

log = logging.getLogger(__name__)
LEAST_SECONDS = 5.0  # before the first call and between two; a shorter run has no such artifact
SHARE = 0.1  # of the time that the run has taken: a run of 12 hours tells it about 80 times


class ProgressArtifact:
    """Passes on what it is told, and shows it from time to time."""

    def __init__(self, flow: str, listener: Progress) -> None:
        self._flow, self._listener = flow, listener
        self._stages: dict[str, StageAtWork] = {}
        self._mutex = threading.Lock()
        self._is_over = threading.Event()
        self._began = time.monotonic()
        self._artifact: UUID | None = None
        self._shown = ""
        # a copy of the context, by which Prefect knows whose artifact it is
        self._thread = threading.Thread(target=copy_context().run, args=(self._show_on,), daemon=True)
        self._thread.start()

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins."""
        now = datetime.now(UTC)
        with self._mutex:
            self._stages[name] = StageAtWork(stage=name, total=total, done=0, began_at=now, moved_at=now)
        self._listener.stage(name, total)

    def advance(self, name: str, steps: int = 1) -> None:
        """Steps are done."""
        with self._mutex:
            if steps and (known := self._stages.get(name)):
                self._stages[name] = moved_on(known, steps, datetime.now(UTC))
        self._listener.advance(name, steps)

    def close(self) -> None:
        """The run is over: show how far it came, where anything was shown."""
        self._is_over.set()
        self._thread.join(timeout=LEAST_SECONDS)
        if self._artifact and not self._thread.is_alive():
            self._show()

    def _show_on(self) -> None:
        while not self._is_over.wait(max(LEAST_SECONDS, SHARE * (time.monotonic() - self._began))):
            if not self._show():
                return

    def _show(self) -> bool:
        """Whether Prefect takes it; after an error no more is tried."""
        with self._mutex:
            stages = tuple(self._stages.values())
        words, percent = progress_words(stages, datetime.now(UTC)), percent_of(self._flow, stages)
        if not words or words == self._shown:
            return True
        try:
            if self._artifact is None:
                self._artifact = create_progress_artifact(percent, key="progress", description=words)  # type: ignore[assignment]
            else:
                update_progress_artifact(self._artifact, percent, description=words)
        except Exception as error:  # noqa: BLE001 (for looking at: the run goes on)
            log.warning("Prefect was not told how far the run is: %s: %s", type(error).__name__, error)
            return False
        self._shown = words
        return True


@contextmanager
def showing(flow: str) -> Iterator[None]:
    """Have what this process's run tells shown by Prefect, too, until it ends."""
    listener = current()
    artifact = ProgressArtifact(flow, listener)
    listen(artifact)
    try:
        yield
    finally:
        listen(listener)
        artifact.close()
