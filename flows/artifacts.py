"""What a run leaves on Prefect's pages: a table of the feeds, a page with its counts."""

from __future__ import annotations

from pathlib import Path

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from warehouse.query import ask
from warehouse.runs import Run
from warehouse.store import statement


def write_artifacts(published: Path, run: Run) -> None:
    """The table artifact `feeds` and the markdown artifact `ingest-run`."""
    health = ask(published, statement("enabled_feeds"))
    rows = [dict(zip(health.columns, row, strict=True)) for row in health.rows]
    create_table_artifact(table=rows, key="feeds", description="Feeds after the last run")
    create_markdown_artifact(markdown=run_page(run), key="ingest-run", description="Counts of the last run")


def run_page(run: Run) -> str:
    """A run's counts as markdown."""
    counts = {
        "feeds polled": run.feeds_polled,
        "feeds failed": run.feeds_failed,
        "new entries": run.entries_new,
        "pages fetched": run.pages_fetched,
        "articles loaded": run.articles_loaded,
        "event mentions": run.events_coded,
        "failures": run.failures,
    }
    lines = [f"| {name} | {count} |" for name, count in counts.items()]
    return "\n".join([f"# Run {run.run_id}: {run.status}", "", "| what | count |", "|---|---|", *lines])
