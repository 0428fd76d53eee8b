"""A run by hand: bad input is told before Prefect starts, progress is shown, the outcome is summed up."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from flows.answers import wide_console
from flows.home import check_run
from flows.logs import start_run_logs
from flows.progress import STAGE_NAMES, listen
from flows.quiet import hush
from flows.visible import cut, one_line
from pipeline.errors import ConfigError, DatelineError
from pipeline.settings import Settings
from warehouse.query import NEW_HOME, ask
from warehouse.runs import Run
from warehouse.store import statement

if TYPE_CHECKING:
    from flows.backfill import Backfilled  # brings Prefect, which takes seconds

SHOWN_FAILURES = 20
MOST_DETAIL = 2_000  # characters of one: an address may be long


def run_ingest(settings: Settings, *, feeds: list[str] | None, limit: int | None, wait_seconds: float = 0) -> Run:
    """The flow `ingest` in this process, told to the terminal."""
    check_run(settings, feeds)
    console = wide_console(sys.stderr)
    hush()
    start_run_logs(settings, by_hand=True)
    with TerminalProgress(console) as bars:
        listen(bars)
        # half a minute of work on the first run, done while Prefect starts
        Thread(target=prepare_gazetteer, args=(settings.gazetteer,), daemon=True).start()
        run = start_flow(settings, feeds, limit, wait_seconds)
    print_summary(console, settings.published, run)
    return run


def run_rebuild(
    settings: Settings,
    stage: Literal["extract", "tag"],
    *,
    feeds: list[str] | None,
    limit: int | None,
    every: bool,
    dry: bool,
    sample: int,
) -> list[str]:
    """The flow `rebuild` in this process, told to the terminal; its report."""
    check_run(settings, feeds)
    if not settings.has_warehouse:
        raise ConfigError(str(settings.live), "there is no warehouse here", NEW_HOME)
    console = wide_console(sys.stderr)
    hush()
    start_run_logs(settings, by_hand=True)
    with TerminalProgress(console) as bars:
        listen(bars)
        from flows.rebuild import rebuild

        logging.getLogger("prefect").setLevel(logging.CRITICAL)
        home = str(settings.home.resolve())
        done = rebuild(home=home, stage=stage, feeds=feeds, limit=limit, every=every, dry_run=dry, sample=sample)
        return done.report()


def run_backfill(settings: Settings, paths: Sequence[str], **options: Any) -> Backfilled:
    """The flow `backfill` in this process, told to the terminal. `options` are the flow's."""
    from flows.choosing import choose

    choose(settings, paths, **{name: value for name, value in options.items() if name != "wait_seconds"})
    console = wide_console(sys.stderr)
    hush()
    start_run_logs(settings, by_hand=True)
    with TerminalProgress(console) as bars:
        listen(bars)
        from flows.backfill import backfill

        logging.getLogger("prefect").setLevel(logging.CRITICAL)
        done: Backfilled = backfill(paths=list(paths), home=str(settings.home.resolve()), **options)
    console.print(f"{done.totals}; {done.run.events_coded} event mentions coded", soft_wrap=True)
    print_failures(console, settings.published, done.run)
    return done


def prepare_gazetteer(path: Path) -> None:
    """Build the gazetteer on the very first run. A failure is told by the first page that needs it."""
    from pipeline.tag.places.gazetteer import Gazetteer

    with suppress(DatelineError):
        Gazetteer.open(path).close()


def start_flow(settings: Settings, feeds: list[str] | None, limit: int | None, wait_seconds: float) -> Run:
    """Run the flow with Prefect's own voice lowered: what it would log, it also raises."""
    from flows.ingest import ingest

    logging.getLogger("prefect").setLevel(logging.CRITICAL)
    run = ingest(home=str(settings.home.resolve()), feeds=feeds, limit=limit, wait_seconds=wait_seconds)
    assert isinstance(run, Run)
    return run


class TerminalProgress:
    """Bars on a terminal; on anything else one line at the end of each stage."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<16}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._tasks = {"start": self._bars.add_task("start Prefect", total=None)}
        self._done: Counter[str] = Counter()
        self._totals: dict[str, int | None] = {}

    def stage(self, name: str, total: int | None) -> None:
        """A bar for the stage."""
        self._bars.update(self._tasks["start"], total=1, completed=1)
        self._tasks[name] = self._bars.add_task(STAGE_NAMES[name], total=total)
        self._totals[name] = total
        self._say(name)

    def advance(self, name: str, steps: int = 1) -> None:
        """The bar moves on."""
        self._done[name] += steps
        self._bars.advance(self._tasks[name], steps)
        self._say(name)

    def _say(self, name: str) -> None:
        if not self._console.is_terminal and self._done[name] == self._totals[name]:
            self._console.print(f"{STAGE_NAMES[name]}: {self._done[name]} of {self._totals[name]}")

    def __enter__(self) -> TerminalProgress:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()


def print_summary(console: Console, published: Path, run: Run) -> None:
    """What the run did, and each thing that failed, with its reason and next attempt."""
    console.print(run.summary, soft_wrap=True)
    print_failures(console, published, run)


def print_failures(console: Console, published: Path, run: Run) -> None:
    """Each thing that failed, the first of many, with its reason and next attempt."""
    rows = ask(published, statement("run_failures"), {"run_id": run.run_id}).rows
    for stage, reason, detail, again in rows[:SHOWN_FAILURES]:
        when = f"again after {again:%Y-%m-%d %H:%M} UTC" if again else "not tried again"
        failed = one_line(cut(f"{stage} {reason}: {detail}", MOST_DETAIL))
        console.print(Text(f"  failed: {failed} ({when})", "yellow"), soft_wrap=True)
    if len(rows) > SHOWN_FAILURES:
        console.print(f"  and {len(rows) - SHOWN_FAILURES} more: dateline sql 'FROM failure'")
    sys.stderr.flush()
