"""The artifacts of a run, and its alerts told. They are for looking at: no run fails for them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

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
    with tried("how the home stands"):
        standing = look_at(settings)
        alerts = alerts_of(standing)
        with tried("alerts"):
            tell_alerts(settings, standing, alerts)
        for write in (brief_link, run_page_of, alerts_page, feeds_table, failures_table):
            with tried(write.__name__):
                write(settings, run, standing, alerts)


@contextmanager
def tried(what: str) -> Iterator[None]:
    """One thing that Prefect is told. What fails is logged and keeps nothing else back: the run has done its work."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 (whatever a server says)
        log.warning("Prefect was not told (%s): %s: %s", what, type(error).__name__, error)


def report_failure(settings: Settings, run_id: str, flow: str, error: BaseException) -> None:
    """Tell that a run failed. One that was stopped by hand or by a signal ends at once instead."""
    if not isinstance(error, Exception):
        return
    with tried("the failure"):
        tell_failure(settings, run_id, flow, error)
    with tried("alerts"):
        standing = look_at(settings)
        tell_alerts(settings, standing, alerts_of(standing))


def brief_link(settings: Settings, *_: object) -> None:
    """Where the brief lies."""
    if settings.brief.exists():
        place = settings.brief.resolve()
        create_link_artifact(
            link=place.as_uri(),
            link_text=f"{place.name} of {settings.home.resolve().name}",
            key="brief",
            description=f"What happened in the last day: `{place}` on the machine of the run",
        )


def run_page_of(settings: Settings, run: Run, *_: object) -> None:
    """The run's counts, and what failed in it."""
    failures = ask(settings.published, statement("run_failures"), {"run_id": run.run_id}).rows
    create_markdown_artifact(
        markdown=run_page(run, failures), key=f"{run.flow}-run", description="What the run did, and what failed in it"
    )


def alerts_page(settings: Settings, run: Run, standing: Standing, alerts: list[Alert]) -> None:
    """What should be looked at."""
    create_markdown_artifact(
        markdown=alert_page(alerts), key="alerts", description="What should be looked at: `dateline status`"
    )


def feeds_table(settings: Settings, *_: object) -> None:
    """The feeds, those in trouble first."""
    create_table_artifact(
        table=feed_rows(settings.published), key="feeds", description="The feeds after the run, those in trouble first"
    )


def failures_table(settings: Settings, run: Run, standing: Standing, alerts: list[Alert]) -> None:
    """What failed in the last runs."""
    numbers = standing.numbers
    create_table_artifact(
        table=failure_rows(numbers.failures if numbers else (), standing.now),
        key="failures",
        description="What failed in the last runs, and what tries it again",
    )
