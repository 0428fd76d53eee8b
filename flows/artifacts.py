"""What a run leaves on Prefect's pages: a table of the feeds, a page with its counts and what failed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.visible import cut, markdown, one_line
from pipeline.secrets import masked_text
from warehouse.query import ask
from warehouse.runs import Run
from warehouse.store import statement

SHOWN_FAILURES = 50
MOST_SHOWN = 2_000  # characters of a text


def write_artifacts(published: Path, run: Run) -> None:
    """The table artifact `feeds` and the markdown artifact `ingest-run`."""
    failures = ask(published, statement("run_failures"), {"run_id": run.run_id}).rows
    create_table_artifact(table=feed_rows(published), key="feeds", description="Feeds after the last run")
    create_markdown_artifact(
        markdown=run_page(run, failures), key="ingest-run", description="Counts of the last run, and what failed"
    )


def feed_rows(published: Path) -> list[dict[str, object]]:
    """The health of each feed, with texts that are safe to show."""
    health = ask(published, statement("enabled_feeds"))
    return [
        {
            name: one_line(cut(masked_text(v), MOST_SHOWN)) if isinstance(v, str) else v
            for name, v in zip(health.columns, row, strict=True)
        }
        for row in health.rows
    ]


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
    lines = [f"# Run {run.run_id}: {markdown(run.status)}", "", "| what | count |", "|---|---|"]
    lines += [f"| {name} | {count} |" for name, count in counts.items()]
    if failures:
        lines += ["", "| stage | reason | what failed |", "|---|---|---|"]
        lines += [failure_row(row) for row in failures[:SHOWN_FAILURES]]
    if len(failures) > SHOWN_FAILURES:
        lines += ["", f"and {len(failures) - SHOWN_FAILURES} more: `dateline sql 'FROM failure'`"]
    return "\n".join(lines)


def failure_row(row: Sequence[object]) -> str:
    """A failure as a row of a table in Markdown."""
    cells = (markdown(cut(masked_text(str(cell)), MOST_SHOWN)) for cell in row[:3])
    return f"| {' | '.join(cells)} |"
