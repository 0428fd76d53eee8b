"""Alerts as Prefect events, once when one begins or grows worse and once when it ends: what automations hear.

What was told is kept in `live/alerts.json`, written only when Prefect's server has confirmed the events: a run that
cannot reach it, or is killed in between, leaves it to the next one. So nothing is lost, and an event may come twice.
Without a server of one's own there is nobody to hear: the temporary one ends with the run, and is told nothing.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import runtime
from prefect.events import Event, RelatedResource
from prefect.events.clients import get_events_client
from prefect.settings import PREFECT_API_URL

from flows.grades import Grade
from flows.panel.pages import safe
from flows.status.alerts import Alert
from flows.status.standing import Standing
from pipeline.ids import stable_id
from pipeline.settings import Settings
from warehouse.runs import described

FILE = "alerts.json"
PATIENCE_SECONDS = 20.0
ATTEMPTS = 3  # to connect again


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An alert that began, and when; its grade as it was told last."""

    alert: Alert
    began_at: datetime

    @property
    def key(self) -> tuple[str, str]:
        """What it is, and of what: the same from run to run."""
        return self.alert.name, self.alert.about


@dataclass(frozen=True, slots=True)
class Change:
    """An alert that began, grew worse, or has ended."""

    told: Told
    has_ended: bool = False


def changes_of(before: Sequence[Told], alerts: Sequence[Alert], now: datetime, *, is_known: bool) -> list[Change]:
    """What is to be told. Nothing has ended where the warehouse could not be asked (not `is_known`)."""
    known = {told.key: told for told in before}
    current = {(alert.name, alert.about): alert for alert in alerts}
    news = []
    for key, alert in current.items():
        was = known.get(key)
        if was is None or alert.grade > was.alert.grade:
            news.append(Change(Told(alert=alert, began_at=was.began_at if was else now)))
    return news + [Change(told, has_ended=True) for key, told in known.items() if is_known and key not in current]


def kept(before: Sequence[Told], changes: Sequence[Change], alerts: Sequence[Alert] = ()) -> list[Told]:
    """What is remembered once the changes are told: alerts as they are now, so that one that grew better may worsen."""
    current = {(alert.name, alert.about): alert for alert in alerts}
    known = {told.key: replace(told, alert=current.get(told.key, told.alert)) for told in before}
    for change in changes:
        if change.has_ended:
            del known[change.told.key]
        else:
            known[change.told.key] = change.told
    return list(known.values())


def tell_alerts(settings: Settings, standing: Standing, alerts: Sequence[Alert]) -> None:
    """Send what began and what ended, and remember it."""
    if not is_heard():
        return
    path = settings.lock.with_name(FILE)
    before = read_told(path)
    changes = changes_of(before, alerts, standing.now, is_known=standing.numbers is not None)
    if changes:
        send([event_of(change, settings.home, standing.now) for change in changes])
    after = kept(before, changes, alerts)
    if after != before:
        write_told(path, after)


def tell_failure(settings: Settings, run_id: str, flow: str, error: BaseException) -> None:
    """Send that a run failed: each one does, where the alert tells of the first in a row and of the third."""
    if is_heard():
        seen = safe(described(error))
        payload = {"run_id": run_id, "flow": flow, "seen": seen, "message": f"{flow} failed: {seen}"}
        send([made("dateline.run.failed", settings.home, f"flow.{flow}", flow, payload)])


def is_heard() -> bool:
    """Whether there is a server that outlives the run."""
    return bool(PREFECT_API_URL.value())


def event_of(change: Change, home: Path, now: datetime) -> Event:
    """`dateline.alert.silent-feed`, or `dateline.alert.silent-feed.resolved`."""
    alert = change.told.alert
    name = f"dateline.alert.{slug(alert.name)}" + (".resolved" if change.has_ended else "")
    texts = {"alert": alert.name, "thing": alert.thing, "seen": alert.seen, "usual": alert.usual, "todo": alert.todo}
    payload: dict[str, Any] = {key: safe(text) for key, text in texts.items()}
    payload["severity"] = "well" if change.has_ended else alert.grade.name.lower()
    payload["began_at"] = change.told.began_at.isoformat()
    payload["lasted_seconds"] = round((now - change.told.began_at).total_seconds())
    payload["message"] = (
        f"over: {payload['alert']}: {payload['thing']}"
        if change.has_ended
        else f"{payload['severity']}: {payload['alert']}: {payload['thing']}: {payload['seen']} "
        f"(usual: {payload['usual']}; to do: {payload['todo']})"
    )
    return made(name, home, alert.about, alert.thing, payload)


def made(name: str, home: Path, about: str, thing: str, payload: dict[str, Any]) -> Event:
    """An event of a home, or of a feed, a site or a flow of it, tied to the flow run that tells it."""
    whole = home_resource(home)
    resource = {
        "prefect.resource.id": whole if about == "home" else f"{whole}.{about}",
        "prefect.resource.name": str(safe(thing)),
        "dateline.home": str(home.resolve()),
        "dateline.severity": str(payload.get("severity", "look")),
    }
    related = []
    if runtime.flow_run.id:
        run = {"prefect.resource.id": f"prefect.flow-run.{runtime.flow_run.id}", "prefect.resource.role": "flow-run"}
        related.append(RelatedResource.model_validate({**run, "prefect.resource.name": runtime.flow_run.name or ""}))
    return Event(event=name, resource=resource, related=related, payload=payload)  # type: ignore[arg-type]


def home_resource(home: Path) -> str:
    """The same for a home on each run: `dateline.home.data-1f0c9a3b`."""
    place = home.resolve()
    return f"dateline.home.{slug(place.name)}-{stable_id(socket.gethostname(), str(place))[:8]}"


def slug(name: str) -> str:
    """A name as a part of an event's.

    >>> slug("silent feed"), slug("no readers' copy")
    ('silent-feed', 'no-readers-copy')
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")


def send(events: Sequence[Event]) -> None:
    """Send them all and wait until the server has confirmed them, which `prefect.events.emit_event` does not."""
    asyncio.run(asyncio.wait_for(_send(events), PATIENCE_SECONDS))


async def _send(events: Sequence[Event]) -> None:
    async with get_events_client(reconnection_attempts=ATTEMPTS, checkpoint_every=len(events)) as client:
        for event in events:
            await client.emit(event)


def read_told(path: Path) -> list[Told]:
    """What was told; nothing where there is no file, or it is not one of ours: then all is told again."""
    try:
        return [_told_of(one) for one in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def write_told(path: Path, told: Sequence[Told]) -> None:
    """Keep it for the next run, whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps([asdict(one) for one in told], default=datetime.isoformat, indent=1) + "\n", "utf-8")
    fresh.replace(path)


def _told_of(one: dict[str, Any]) -> Told:
    alert = {**one["alert"], "grade": Grade(one["alert"]["grade"])}
    return Told(alert=Alert(**alert), began_at=datetime.fromisoformat(one["began_at"]))
