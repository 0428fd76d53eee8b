"""Feeds, polls, entries, captures: what comes in, and the work that it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pipeline.fetch import Answer, Bounds, MoveEvidence, after_answer
from pipeline.records import Entry, Failure, Stage
from tests.warehouse.build import (
    NOON,
    PAPER,
    RUN,
    WIRE,
    answer,
    entry,
    failed,
    fetch,
    page_failure,
    poll,
    polled,
    state_of,
)
from tests.warehouse.conftest import Ask
from warehouse.pages import due_pages, full_texts, record_fetches, unread_captures
from warehouse.polls import record_polls, sync_feeds
from warehouse.store import Warehouse

LATER = NOON + timedelta(hours=1)


def due(warehouse: Warehouse, at: object = NOON, feeds: list[str] | None = None, limit: int | None = None) -> list[str]:
    return [page.url for page in due_pages(warehouse, at, feeds=feeds, limit=limit)]  # type: ignore[arg-type]


def test_an_entry_is_new_once(warehouse: Warehouse, ask: Ask) -> None:
    assert poll(warehouse, [entry(1), entry(2)]) == 2
    assert poll(warehouse, [entry(2), entry(3)], at=LATER) == 1
    assert ask("SELECT entry_id, first_seen_at FROM entry ORDER BY 1") == [("e1", NOON), ("e2", NOON), ("e3", LATER)]


def test_an_entry_doubled_in_one_document_is_one_entry(warehouse: Warehouse) -> None:
    assert poll(warehouse, [entry(1), entry(1, title="again")]) == 1


def test_tracking_parameters_and_fragments_are_no_part_of_an_address(warehouse: Warehouse) -> None:
    poll(warehouse, [entry(1, link="https://Wire.example/1?utm_source=rss#top")])
    assert due(warehouse) == ["https://wire.example/1"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"link": None}, "no_address"),
        ({"link": "ftp://wire.example/1"}, "not_http"),
        ({"status": "canceled"}, "canceled"),
        ({"status": "withheld"}, "withheld"),
    ],
)
def test_what_cannot_become_an_article_is_skipped_with_the_reason(
    warehouse: Warehouse, ask: Ask, changes: dict[str, object], reason: str
) -> None:
    poll(warehouse, [entry(1, **changes)])
    assert ask("SELECT status::VARCHAR, reason FROM entry") == [("skipped", reason)]
    assert due(warehouse) == []


def test_an_address_in_two_feeds_is_fetched_once_for_both(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1)], WIRE)
    poll(warehouse, [entry(7, link=entry(1).link)], PAPER)
    assert due(warehouse) == ["https://wire.example/1"]
    fetch(warehouse, "https://wire.example/1")
    assert ask("SELECT count(*), count(DISTINCT capture_id) FROM entry WHERE status = 'fetched'") == [(2, 1)]
    assert len(unread_captures(warehouse)) == 1


def test_a_later_sighting_of_a_fetched_page_is_no_new_download(warehouse: Warehouse) -> None:
    poll(warehouse, [entry(1)], WIRE)
    fetch(warehouse, "https://wire.example/1")
    assert poll(warehouse, [entry(7, link=entry(1).link)], PAPER, at=LATER) == 1
    assert due(warehouse, LATER) == []


@pytest.mark.parametrize(
    "change",
    [{"updated_at": LATER}, {"version": 2, "updated_at": None}],
)
@pytest.mark.lake
def test_a_changed_entry_is_work_again(warehouse: Warehouse, change: dict[str, object]) -> None:
    poll(warehouse, [entry(1, version=1)])
    fetch(warehouse, "https://wire.example/1")
    poll(warehouse, [entry(1, **{"version": 1, **change})], at=LATER)
    assert due(warehouse, LATER) == ["https://wire.example/1"]


def test_an_unchanged_entry_is_no_work(warehouse: Warehouse) -> None:
    poll(warehouse, [entry(1, updated_at=NOON, version=1)])
    fetch(warehouse, "https://wire.example/1")
    poll(warehouse, [entry(1, updated_at=NOON, version=1)], at=LATER)
    assert due(warehouse, LATER) == []


@pytest.mark.lake
def test_a_failed_page_is_due_again_at_its_time_and_not_before(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1)])
    url = "https://wire.example/1"
    record_fetches(warehouse, RUN, NOON, [], [page_failure(url, LATER)])
    assert due(warehouse, NOON) == []
    assert due(warehouse, LATER) == [url]
    assert due_pages(warehouse, LATER, feeds=None, limit=None)[0].attempts == 1
    assert ask("SELECT status::VARCHAR, stage::VARCHAR, reason, next_attempt_at FROM entry") == [
        ("failed", "fetch", "http_404", LATER)
    ]
    assert ask("SELECT url, reason, next_attempt_at FROM failure") == [(url, "http_404", LATER)]


def test_a_page_that_failed_under_a_clock_that_was_ahead_is_due(warehouse: Warehouse) -> None:
    poll(warehouse, [entry(1)])
    ahead = NOON + timedelta(days=400)
    record_fetches(warehouse, RUN, ahead, [], [page_failure("https://wire.example/1", ahead + timedelta(hours=1))])
    assert due(warehouse, NOON) == ["https://wire.example/1"]


def test_a_page_that_failed_for_good_is_never_due(warehouse: Warehouse) -> None:
    poll(warehouse, [entry(1)])
    record_fetches(warehouse, RUN, NOON, [], [page_failure("https://wire.example/1", None)])
    assert due(warehouse, NOON + timedelta(days=400)) == []


def test_work_can_be_limited_to_feeds_and_to_a_number(warehouse: Warehouse) -> None:
    poll(warehouse, [entry(1), entry(2)], WIRE)
    poll(warehouse, [entry(3)], PAPER)
    assert due(warehouse, feeds=["paper"]) == ["https://wire.example/3"]
    assert len(due(warehouse, limit=2)) == 2


@pytest.mark.parametrize("etag", ['"1"', None], ids=["stated again", "left out"])
def test_validators_are_kept_to_the_letter_and_survive_a_304(warehouse: Warehouse, etag: str | None) -> None:
    poll(warehouse, [entry(1)])
    before = state_of(warehouse, "wire")
    silent = Answer(response=answer(status=304, etag=etag), body_sha256=None, document=None)
    after = after_answer(before, silent, Bounds(), LATER, jitter=0.5)
    unchanged = replace(polled(before, []), parsed=None, outcome="unchanged", memory=after, polled_at=LATER)
    record_polls(warehouse, RUN, [unchanged])
    memory = state_of(warehouse, "wire")
    assert (memory.validators.etag, memory.body_sha256, memory.state.last_poll_at) == ('"1"', "abc", LATER)
    assert memory.last_unchanged_at == LATER


def test_a_memory_comes_back_as_it_was_saved(warehouse: Warehouse) -> None:
    sync_feeds(warehouse, [WIRE], NOON)
    saved = replace(
        state_of(warehouse, "wire"),
        feed_url="https://wire.example/moved",
        hint_seconds=3600.0,
        identity="link",
        identity_reason="by address: no entry has a guid",
        move=MoveEvidence(url="https://wire.example/next", seen=2, since=NOON),
        watched_since=NOON,
        next_poll_reason="learnt",
    )
    record_polls(warehouse, RUN, [replace(polled(saved, []), memory=saved)])
    assert state_of(warehouse, "wire") == saved


def test_a_failing_feed_says_since_when_and_recovers(warehouse: Warehouse, ask: Ask) -> None:
    sync_feeds(warehouse, [WIRE], NOON)
    failure = Failure(stage=Stage.POLL, reason="http_503", detail="the server answered 503")
    for at in (NOON, LATER):
        record_polls(warehouse, RUN, [failed(state_of(warehouse, "wire", at), failure, at=at)])
    health = "SELECT health, failing_since, last_error, polls FROM feed_health"
    assert ask(health) == [("failing", NOON, "the server answered 503", 2)]
    assert state_of(warehouse, "wire").state.consecutive_failures == 2
    poll(warehouse, [], at=LATER + timedelta(hours=2))
    assert ask("SELECT health, failing_since, last_error FROM feed_health WHERE feed_id = 'wire'") == [
        ("good", None, None)
    ]


@pytest.mark.lake
def test_a_feed_with_a_new_address_forgets_the_old_validators(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1)])
    sync_feeds(warehouse, [replace(WIRE, url="https://wire.example/new")], LATER)
    assert state_of(warehouse, "wire").validators.etag is None
    assert ask("SELECT enabled FROM feed WHERE feed_id = 'paper'") == [(False,)]
    assert ask("SELECT feed_url, used_from, reason FROM feed_address WHERE feed_id = 'wire' ORDER BY used_from") == [
        (WIRE.url, NOON, "listed"),
        ("https://wire.example/new", LATER, "listed"),
    ]


@pytest.mark.lake
def test_a_confirmed_move_is_kept_in_the_history_of_addresses(warehouse: Warehouse, ask: Ask) -> None:
    sync_feeds(warehouse, [WIRE], NOON)
    before = state_of(warehouse, "wire")
    moved = replace(polled(before, [], at=LATER), memory=replace(before, feed_url="https://wire.example/next"))
    record_polls(warehouse, RUN, [moved])
    assert ask("SELECT feed_url, reason FROM feed_address WHERE feed_id = 'wire' ORDER BY used_from") == [
        (WIRE.url, "listed"),
        ("https://wire.example/next", "moved"),
    ]
    sync_feeds(warehouse, [WIRE], LATER)  # the list says what it said: that is no new address
    assert ask("SELECT feed_url, listed_url FROM feed") == [("https://wire.example/next", WIRE.url)]


@pytest.mark.lake
def test_a_failing_write_leaves_neither_entries_nor_poll(warehouse: Warehouse, ask: Ask) -> None:
    sync_feeds(warehouse, [WIRE], NOON)
    broken: Entry = entry(1, authors=(object(),))
    with pytest.raises(Exception, match="object"):
        record_polls(warehouse, RUN, [polled(state_of(warehouse, "wire"), [broken])])
    assert ask("SELECT (SELECT count(*) FROM poll), (SELECT count(*) FROM entry), (SELECT max(etag) FROM feed)") == [
        (0, 0, None)
    ]


@pytest.mark.lake
def test_an_entry_that_changes_in_every_poll_is_fetched_ever_later(warehouse: Warehouse, ask: Ask) -> None:
    url, waits = "https://wire.example/1", []
    at = NOON
    poll(warehouse, [entry(1)], at=at)
    fetch(warehouse, url, at=at)
    for number in range(5):
        at += timedelta(hours=12)
        poll(warehouse, [entry(1, title=f"Story 1, {number} comments")], at=at)
        [(again,)] = ask("SELECT next_attempt_at FROM entry")
        waits.append((again - at).total_seconds() / 60 if again else 0)
        assert due(warehouse, again or at) == [url]
        fetch(warehouse, url, at=again or at)
    assert waits == [0, 15, 30, 60, 120]


def test_an_older_version_that_comes_late_changes_nothing(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1, version=3, title="Third")])
    poll(warehouse, [entry(1, version=2, title="Second")], at=LATER)
    assert ask("SELECT title, entry_version, renewals FROM entry") == [("Third", 3, 0)]


def test_an_item_under_embargo_waits_for_its_time(warehouse: Warehouse) -> None:
    poll(warehouse, [entry(1, embargoed_until=LATER)])
    assert due(warehouse, NOON) == []
    assert due(warehouse, LATER) == ["https://wire.example/1"]


def test_an_embargo_that_is_lifted_or_moved_holds_no_longer(warehouse: Warehouse) -> None:
    poll(warehouse, [entry(1, version=1, embargoed_until=LATER + timedelta(days=2))])
    poll(warehouse, [entry(1, version=2, embargoed_until=LATER + timedelta(hours=1))], at=LATER)
    assert due(warehouse, LATER) == []
    assert due(warehouse, LATER + timedelta(hours=1)) == ["https://wire.example/1"]
    poll(warehouse, [entry(1, version=3)], at=LATER + timedelta(minutes=5))
    assert due(warehouse, LATER + timedelta(minutes=5)) == ["https://wire.example/1"]


def test_an_entry_from_before_contents_were_noted_is_known_and_changes_from_then_on(
    warehouse: Warehouse, ask: Ask
) -> None:
    poll(warehouse, [entry(1)])
    fetch(warehouse, "https://wire.example/1")
    with warehouse.transaction() as cursor:
        cursor.execute("UPDATE entry SET content_id = NULL")
    poll(warehouse, [entry(1)], at=LATER)
    assert due(warehouse, LATER) == []
    poll(warehouse, [entry(1, title="Another headline")], at=LATER)
    assert due(warehouse, LATER) == ["https://wire.example/1"]


def test_an_agencys_item_without_an_address_is_an_article_by_its_own_text(warehouse: Warehouse) -> None:
    poll(warehouse, [entry(1, link=None, guid="urn:newsml:wire.example:1", content_html="<p>Short.</p>")])
    [page] = due_pages(warehouse, NOON, feeds=None, limit=None)
    assert (page.url, page.full_text) == ("urn:newsml:wire.example:1", True)
    assert full_texts(warehouse, [page]) == {"urn:newsml:wire.example:1": "<p>Short.</p>"}


def test_a_document_whose_dates_of_change_are_its_own_makes_no_work(warehouse: Warehouse) -> None:
    def built(at: datetime) -> list[Entry]:
        return [entry(n, updated_at=at, published_at=NOON - timedelta(hours=n)) for n in range(4)]

    poll(warehouse, built(NOON))
    fetch(warehouse, *(f"https://wire.example/{n}" for n in range(4)))
    poll(warehouse, built(LATER), at=LATER)
    assert due(warehouse, LATER) == []


def test_sightings_tell_who_was_first_and_how_much_later_the_other(warehouse: Warehouse, ask: Ask) -> None:
    poll(warehouse, [entry(1)], WIRE)
    poll(warehouse, [entry(7, link=entry(1).link)], PAPER, at=LATER)
    assert ask("SELECT feed_id, feed_count, first_feed_id, minutes_after_first FROM sightings ORDER BY 1") == [
        ("paper", 2, "wire", 60.0),
        ("wire", 2, "wire", 0.0),
    ]


def test_the_pages_of_a_feed_that_was_switched_off_are_not_fetched(warehouse: Warehouse) -> None:
    poll(warehouse, [entry(1)])
    sync_feeds(warehouse, [replace(WIRE, enabled=False), PAPER], NOON)
    assert due(warehouse) == []
    assert due(warehouse, feeds=["wire"]) == ["https://wire.example/1"]
