"""Which alerts are told as events: once when they begin or grow worse, once when they end, and none is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.grades import Grade
from flows.panel.alarms import (
    Change,
    Told,
    changes_of,
    event_of,
    home_resource,
    kept,
    read_told,
    tell_alerts,
    write_told,
)
from flows.status.alerts import Alert
from flows.status.standing import Standing

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(hours=2)
SILENT = Alert(
    name="silent feed",
    grade=Grade.LOOK,
    about="feed.courier",
    thing="courier",
    seen="nothing new for 9 d",
    usual="1 h",
    todo="look",
)
FAILED = replace(SILENT, name="failed run", about="flow.ingest", thing="ingest of today")
TOLD = Told(alert=SILENT, began_at=EARLIER)


@pytest.mark.parametrize(
    ("before", "alerts", "is_known", "news"),
    [
        pytest.param([], [SILENT], True, [("silent feed", False)], id="one begins"),
        pytest.param([TOLD], [SILENT], True, [], id="one goes on"),
        pytest.param([TOLD], [replace(SILENT, seen="nothing new for 10 d")], True, [], id="its figures are no news"),
        pytest.param([TOLD], [replace(SILENT, grade=Grade.BROKEN)], True, [("silent feed", False)], id="it is worse"),
        pytest.param([replace(TOLD, alert=replace(SILENT, grade=Grade.BROKEN))], [SILENT], True, [], id="it is better"),
        pytest.param([TOLD], [FAILED], True, [("failed run", False), ("silent feed", True)], id="another begins"),
        pytest.param([TOLD], [], False, [], id="nothing ends where the warehouse cannot be asked"),
        pytest.param([TOLD], [replace(SILENT, about="feed.b")], True, [("silent feed", False), ("silent feed", True)]),
    ],
)
def test_what_is_told(before: list[Told], alerts: list[Alert], is_known: bool, news: list[tuple[str, bool]]) -> None:
    changes = changes_of(before, alerts, NOW, is_known=is_known)
    assert [(change.told.alert.name, change.has_ended) for change in changes] == news
    if is_known:
        remembered = {told.key for told in kept(before, changes)}
        assert remembered == {(alert.name, alert.about) for alert in alerts}
        assert changes_of(kept(before, changes), alerts, NOW, is_known=True) == []


def test_an_alert_that_grows_worse_began_when_it_began() -> None:
    [change] = changes_of([TOLD], [replace(SILENT, grade=Grade.BROKEN)], NOW, is_known=True)
    assert change.told.began_at == EARLIER


def test_one_that_grew_better_is_told_when_it_is_worse_again() -> None:
    broken = replace(SILENT, grade=Grade.BROKEN)
    after = kept([Told(alert=broken, began_at=EARLIER)], [], [SILENT])
    assert [change.told for change in changes_of(after, [broken], NOW, is_known=True)] == [
        Told(alert=broken, began_at=EARLIER)
    ]


def test_what_was_told_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "alerts.json"
    write_told(path, [TOLD, Told(alert=FAILED, began_at=NOW)])
    assert read_told(path) == [TOLD, Told(alert=FAILED, began_at=NOW)]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"alert": {}}]', '[{"alert": {"grade": 9}, "began_at": "x"}]'])
def test_of_a_file_of_somebody_else_nothing_is_known(tmp_path: Path, text: str) -> None:
    path = tmp_path / "alerts.json"
    path.write_text(text)
    assert read_told(path) == []


def test_an_event_says_what_and_of_what_without_secrets(tmp_path: Path) -> None:
    hostile = replace(SILENT, seen="http://a:secret@wire.example/ said \x1b[2J\u202e")
    begun = event_of(Change(Told(alert=hostile, began_at=EARLIER)), tmp_path, NOW)
    assert begun.event == "dateline.alert.silent-feed"
    assert begun.resource.id == f"{home_resource(tmp_path)}.feed.courier"
    assert begun.payload["severity"] == "look"
    assert begun.payload["message"].startswith("look: silent feed: courier: http://***@wire.example/ said \\x1b[2J")
    ended = event_of(Change(TOLD, has_ended=True), tmp_path, NOW)
    assert ended.event == "dateline.alert.silent-feed.resolved"
    assert (ended.payload["severity"], ended.payload["lasted_seconds"]) == ("well", 7200)
    assert ended.payload["message"] == "over: silent feed: courier"


def test_homes_are_told_apart(tmp_path: Path) -> None:
    assert home_resource(tmp_path / "a" / "data") != home_resource(tmp_path / "b" / "data")
    assert home_resource(tmp_path / "My Data").startswith("dateline.home.my-data-")


def test_without_a_server_of_ones_own_nothing_is_sent_and_nothing_is_taken_as_told(tmp_path: Path) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from pipeline.settings import load_settings

    settings = load_settings(home=tmp_path)
    settings.lock.parent.mkdir()
    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        tell_alerts(settings, Standing(home=tmp_path, now=NOW, has_warehouse=False), [SILENT])
    assert list(settings.lock.parent.iterdir()) == []


def test_what_a_server_has_not_confirmed_is_told_again(tmp_path: Path) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from pipeline.settings import load_settings
    from tests.conftest import free_port

    settings = load_settings(home=tmp_path)
    settings.lock.parent.mkdir()
    standing = Standing(home=tmp_path, now=NOW, has_warehouse=False)
    with (
        temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{free_port()}/api"}),
        pytest.raises(OSError, match="Connect"),
    ):
        tell_alerts(settings, standing, [SILENT])
    assert read_told(settings.lock.with_name("alerts.json")) == []
