"""The artifacts of a run, and its alerts told. They are for looking at: no run fails for them."""

from __future__ import annotations

import logging

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.panel.alarms import tell_alerts, tell_failure
from flows.panel.pages import alert_page, failure_rows, feed_rows, run_page
from flows.status.alerts import Alert, alerts_of
from flows.status.standing import Standing, look_at
from pipeline.settings import Settings
from warehouse.query import ask
from warehouse.runs import Run
from warehouse.store import statement

log = logging.getLogger(__name__)


def report(settings: Settings, run: Run) -> None:
    """Leave a run's artifacts, and tell what began or ended to be alarming. Under the home's lock, after the run."""
    try:
        standing = look_at(settings)
        alerts = alerts_of(standing)
        write_artifacts(settings, run, standing, alerts)
        tell_alerts(settings, standing, alerts)
    except Exception as error:  # noqa: BLE001 (a run has done its work by then)
        log.warning("Prefect was not told all of the run: %s: %s", type(error).__name__, error)


def report_failure(settings: Settings, run_id: str, flow: str, error: BaseException) -> None:
    """Tell that a run failed. One that was stopped by hand or by a signal ends at once instead."""
    if not isinstance(error, Exception):
        return
    try:
        tell_failure(settings, run_id, flow, error)
        standing = look_at(settings)
        tell_alerts(settings, standing, alerts_of(standing))
    except Exception as trouble:  # noqa: BLE001 (the run's own error is what must be seen)
        log.warning("Prefect was not told of the failure: %s: %s", type(trouble).__name__, trouble)


def write_artifacts(settings: Settings, run: Run, standing: Standing, alerts: list[Alert]) -> None:
    """A link to the brief; tables of feeds and failures; the alerts; the run's counts: five calls."""
    failures = ask(settings.published, statement("run_failures"), {"run_id": run.run_id}).rows
    numbers = standing.numbers
    if settings.brief.exists():
        place = settings.brief.resolve()
        create_link_artifact(
            link=place.as_uri(),
            link_text=f"{place.name} of {settings.home.resolve().name}",
            key="brief",
            description=f"What happened in the last day: `{place}` on the machine of the run",
        )
    create_markdown_artifact(
        markdown=run_page(run, failures), key=f"{run.flow}-run", description="What the run did, and what failed in it"
    )
    create_markdown_artifact(
        markdown=alert_page(alerts), key="alerts", description="What should be looked at: `dateline status`"
    )
    create_table_artifact(
        table=feed_rows(settings.published), key="feeds", description="The feeds after the run, those in trouble first"
    )
    create_table_artifact(
        table=failure_rows(numbers.failures if numbers else (), standing.now),
        key="failures",
        description="What failed in the last runs, and what tries it again",
    )
