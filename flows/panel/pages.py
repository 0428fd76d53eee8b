"""What a run says on Prefect's pages: pure tables and texts in Markdown, all text from elsewhere made safe to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from flows.progress import STAGE_NAMES
from flows.status.alerts import Alert
from flows.status.at_work import StageAtWork
from flows.status.retries import retry_of
from flows.status.spans import span
from flows.visible import cut, markdown, one_line
from pipeline.secrets import masked_text
from warehouse.query import ask
from warehouse.runs import Run
from warehouse.status import FailureGroup
from warehouse.store import statement

SHOWN_FAILURES = 50
MOST_ROWS = 1_000  # of a table: Prefect keeps each run's, and its page draws them all
MOST_SHOWN = 2_000  # characters of a text

# How much of a run a stage is, of 100: a bar that stands still at a half tells nobody anything.
WEIGHTS = {
    "ingest": {"poll": 10, "fetch": 25, "read": 55, "group": 5, "publish": 5},
    "backfill": {"files": 90, "group": 5, "publish": 5},
    "rebuild": {"read": 90, "group": 5, "publish": 5},
}


def safe(value: object) -> object:
    """A value for a cell: text in one line, masked and cut; anything else as it is."""
    return one_line(cut(masked_text(value), MOST_SHOWN)) if isinstance(value, str) else value


def feed_rows(published: Path) -> list[dict[str, object]]:
    """The health of each feed."""
    health = ask(published, statement("enabled_feeds"))
    return [dict(zip(health.columns, map(safe, row), strict=True)) for row in health.rows[:MOST_ROWS]]


def failure_rows(failures: Iterable[FailureGroup], now: datetime) -> list[dict[str, object]]:
    """Failures of the last runs by reason, with what tries them again."""
    return [
        {
            "what": safe(f"{group.stage} {group.reason}"),
            "flow": group.flow,
            "times": group.times,
            "failing": group.failing,
            "tried again": safe(retry_of(group, now)),
            "the last one": safe(group.detail),
        }
        for group in list(failures)[:MOST_ROWS]
    ]


def alert_page(alerts: Sequence[Alert]) -> str:
    """The alerts of `dateline status` as Markdown, the worst first."""
    if not alerts:
        return "All is well."
    lines = ["| grade | alert | about | seen | usual | what to do |", "|---|---|---|---|---|---|"]
    for alert in alerts[:MOST_ROWS]:
        texts = (alert.grade.name.lower(), alert.name, alert.thing, alert.seen, alert.usual, alert.todo)
        lines.append(row_of(texts))
    return "\n".join(lines)


def run_page(run: Run, failures: Sequence[Sequence[object]] = ()) -> str:
    """A run's counts as Markdown, and the first of its failures: rows of stage, reason, detail, next attempt."""
    counts = {
        "feeds polled": run.feeds_polled,
        "feeds failed": run.feeds_failed,
        "new entries": run.entries_new,
        "pages fetched": run.pages_fetched,
        "articles loaded": run.articles_loaded,
        "event mentions": run.events_coded,
        "failures": run.failures,
    }
    took = f" in {span(run.elapsed_seconds)}" if run.elapsed_seconds is not None else ""
    lines = [f"# {markdown(run.flow)}: {markdown(run.status)}{took}", "", "| what | count |", "|---|---:|"]
    lines += [f"| {name} | {count:,} |" for name, count in counts.items()]
    if failures:
        lines += ["", "| stage | reason | what failed |", "|---|---|---|"]
        lines += [row_of(map(str, row[:3])) for row in failures[:SHOWN_FAILURES]]
    if len(failures) > SHOWN_FAILURES:
        lines += ["", f"and {len(failures) - SHOWN_FAILURES:,} more"]
    lines += ["", f"All of it: `dateline sql \"FROM failure WHERE run_id = '{run.run_id}'\"`"] if failures else []
    return "\n".join(lines)


def row_of(texts: Iterable[str]) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(markdown(cut(masked_text(text), MOST_SHOWN)) for text in texts)} |"


def percent_of(flow: str, stages: Iterable[StageAtWork]) -> float:
    """How far a run is, from 0 to 100.

    >>> at = datetime(2026, 11, 30)
    >>> percent_of("ingest", [StageAtWork(stage="poll", total=4, done=2, began_at=at, moved_at=at)])
    5.0
    """
    weights, percent = WEIGHTS.get(flow, {}), 0.0
    for stage in stages:
        if stage.total is not None:
            percent += weights.get(stage.stage, 0) * (min(1.0, stage.done / stage.total) if stage.total else 1.0)
    return percent


def progress_words(stages: Iterable[StageAtWork], now: datetime) -> str:
    """ "poll feeds 6 of 6, fetch pages 12 of 40 (2 min left)" """
    return ", ".join(stage_words(stage, now) for stage in stages)


def stage_words(stage: StageAtWork, now: datetime) -> str:
    """How far a stage is."""
    name = STAGE_NAMES.get(stage.stage, stage.stage)
    if stage.total is None:
        return f"{name} {stage.done:,}"
    left = None if stage.is_over else stage.left_seconds(now)
    return f"{name} {stage.done:,} of {stage.total:,}" + (f" ({span(left)} left)" if left is not None else "")
