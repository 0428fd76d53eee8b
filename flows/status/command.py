"""`dateline status`: in one glance whether all is well, for a person, a program or a cron check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from io import StringIO
from typing import IO

from flows.answers import wide_console
from flows.status.alerts import Alert, alerts_of, is_silent
from flows.status.at_work import StageAtWork
from flows.status.retries import retry_of
from flows.status.shown import WORDS, show
from flows.status.standing import Standing, look_at
from flows.status.versions import Versions, versions_of
from flows.visible import json_line
from pipeline.settings import Settings


def run_status(settings: Settings, *, as_json: bool, target: IO[str]) -> int:
    """Print how a home stands. The worst grade of its alerts: 0 well, 1 look, 2 broken."""
    standing = look_at(settings)
    alerts = alerts_of(standing)
    versions = versions_of(standing.numbers) if standing.numbers else None
    grade = max((int(alert.grade) for alert in alerts), default=0)
    if as_json:
        target.write(json_line(record(standing, alerts, versions, grade)) + "\n")
    elif target.isatty():
        show(standing, alerts, versions, grade, wide_console(target))
    else:
        told = StringIO()
        show(standing, alerts, versions, grade, wide_console(told))
        target.write("\n".join(line.rstrip() for line in told.getvalue().split("\n")))  # no blanks in a mail of cron
    return grade


def record(standing: Standing, alerts: Sequence[Alert], versions: Versions | None, grade: int) -> dict[str, object]:
    """All of it for programs; times are ISO 8601."""
    numbers = standing.numbers
    told = asdict(standing)
    told.pop("numbers")
    work = standing.work
    if work:
        told["work"] |= {
            "is_alive": work.is_alive,
            "stages": [stage_record(stage, standing.now) for stage in work.stages],
        }
    told |= {"status": WORDS[grade][0], "exit_status": grade}
    told["alerts"] = [{**asdict(alert), "grade": alert.grade.name.lower()} for alert in alerts]
    told["versions"] = asdict(versions) if versions else None
    if numbers:
        told |= asdict(numbers)
        told["failures"] = [{**asdict(group), "retry": retry_of(group, standing.now)} for group in numbers.failures]
        told["silences"] = [{**asdict(silence), "is_silent": is_silent(silence)} for silence in numbers.silences]
    return told


def stage_record(stage: StageAtWork, now: datetime) -> dict[str, object]:
    """A stage with its rate and the time that is left."""
    return {**asdict(stage), "per_second": stage.per_second(now), "left_seconds": stage.left_seconds(now)}
