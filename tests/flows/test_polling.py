"""Feeds polled as a run polls them, against servers that do everything that servers do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.flows import wire_pages
from tests.flows.scenarios import SCENARIOS
from tests.flows.wire_documents import at
from tests.flows.wire_pages import SECRET
from tests.flows.wire_play import Played, hosts_of, playing
from tests.flows.wire_scenario import ALLOWED, PUBLIC, Polled, Row, Scenario, Seen
from tests.flows.wire_server import Internet

DAY = timedelta(days=1)
LEAST = 60


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """All scenarios, played together."""
    folder = tmp_path_factory.mktemp("polling")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))
        with playing(folder, SCENARIOS) as result:
            yield result


def polled(row: Row) -> Polled:
    """A poll as scenarios write it down."""
    return Polled(
        outcome=row["outcome"],
        status=row["http_status"],
        reason=row["reason"],
        new=row["entries_new"],
        changed=row["entries_changed"],
        left_out=row["entries_left_out"],
    )


def told(seen: Seen) -> str:
    """What the polls said, for the reader of a failed test."""
    return "; ".join(str(row["detail"] or row["problems"]) for row in seen.polls)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.slug)
def test_a_feed_that_shows(scenario: Scenario, played: Played) -> None:
    if crash := played.crashes.get(scenario.slug):
        pytest.fail(f"it ends the polling of all feeds: {crash!r}")
    seen = played.seen(scenario)
    assert [polled(row) for row in seen.polls] == list(scenario.polls), told(seen)
    assert_standing(scenario, seen)
    assert_next_poll(scenario, seen)
    if scenario.check:
        scenario.check(seen)


def assert_standing(scenario: Scenario, seen: Seen) -> None:
    """How the feed stands at the end, and where it is polled."""
    gone = None if scenario.gone_in is None else at(scenario.gone_in)
    shown = (seen.feed["health"], seen.feed["failing_since"], seen.feed["gone_since"])
    assert shown == (scenario.health, scenario.failing_since, gone)
    assert (seen.feed["last_error"] is None) == (scenario.polls[-1].outcome != "failed")
    if not scenario.folder:
        assert seen.feed["feed_url"] == urljoin(scenario.url, scenario.polled_at or "")
        assert seen.feed["listed_url"] == scenario.url


def assert_next_poll(scenario: Scenario, seen: Seen) -> None:
    """Every feed is asked again, within a day, and says why then."""
    last = at(len(scenario.polls) - 1)
    wait = seen.feed["next_poll_at"] - last
    assert timedelta() < wait <= DAY
    assert seen.feed["last_poll_at"] == last
    assert (scenario.because or "") in seen.feed["next_poll_reason"]
    least, most = scenario.next_hours or (0, 24)
    assert least <= wait / timedelta(hours=1) <= most, seen.feed["next_poll_reason"]


def test_no_scenario_stands_in_for_another() -> None:
    slugs, hosts = [s.slug for s in SCENARIOS], [s.host for s in SCENARIOS]
    others = [host for s in SCENARIOS for host in hosts_of(s) - {s.host}]
    assert len(set(slugs)) == len(slugs) >= LEAST
    assert len(set(hosts + others)) == len(hosts + others)


def test_no_address_is_reached_that_no_operator_has_allowed(played: Played) -> None:
    assert set(played.reached) == {PUBLIC, Internet.DEAD, ALLOWED}


def test_no_file_of_this_machine_is_ever_shown(played: Played) -> None:
    """What a document names as external entity, or a redirect as file, is nowhere."""
    assert SECRET in Path(wire_pages.__file__).read_text(encoding="utf-8")
    assert SECRET not in str(played.rows)
