"""Old raw files: what goes, what stays, and that the warehouse says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.retention import prune_now
from pipeline.fetch import Archive
from pipeline.records import Capture, Response
from pipeline.settings import Settings, load_settings
from tests.warehouse.build import entry, poll, reading
from warehouse.load import load_readings
from warehouse.pages import record_fetches, unread_captures
from warehouse.store import Warehouse

TODAY = datetime.now(UTC)
LONG_AGO = TODAY - timedelta(days=100)
URLS = [f"https://wire.example/{n}" for n in (1, 2, 3)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with three captures, a file each: a loaded article's, a waiting page's, and one that nothing refers to."""
    settings = load_settings(home=tmp_path)
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        poll(warehouse, [entry(1), entry(2)])
        captures = [captured(settings, f"run-{n}", url, LONG_AGO) for n, url in enumerate(URLS)]
        record_fetches(warehouse, "run-0", TODAY, captures, [])
        [first] = [u for u in unread_captures(warehouse) if u.capture.url == URLS[0]]
        load_readings(warehouse, "run-0", TODAY, [reading(first)], [])
    return settings


def captured(settings: Settings, run_id: str, url: str, at: datetime, previous: Capture | None = None) -> Capture:
    """A page in a file of its own."""
    response = Response(url=url, final_url=url, status=200, headers=(), body=b"page", fetched_at=at, elapsed_ms=1)
    with Archive(settings.home, settings.raw, run_id) as archive:
        return archive.write(response, previous)


def left(settings: Settings) -> set[str]:
    """The addresses whose bytes are said to be kept, all of which have their file."""
    with Warehouse.open(settings.live, settings.lock) as warehouse, warehouse.transaction() as cursor:
        kept = cursor.execute("SELECT url, warc_file FROM capture WHERE pruned_at IS NULL").fetchall()
        gone = cursor.execute("SELECT warc_file FROM capture WHERE pruned_at IS NOT NULL").fetchall()
    assert all((settings.home / file).exists() for _, file in kept)
    assert not any((settings.home / file).exists() for (file,) in gone)
    return {url for url, _ in kept}


def test_only_what_nothing_refers_to_goes_by_itself(settings: Settings) -> None:
    assert prune_now(settings, 30, even_in_use=False).files == 1
    assert left(settings) == set(URLS[:2])


def test_pages_that_wait_to_be_read_stay_whatever_the_operator_says(settings: Settings) -> None:
    done = prune_now(settings, 30, even_in_use=True)
    assert (done.files, done.bytes_freed > 0) == (2, True)
    assert left(settings) == {URLS[1]}


def test_nothing_younger_goes(settings: Settings) -> None:
    assert prune_now(settings, 101, even_in_use=True).files == 0
    assert left(settings) == set(URLS)


def test_the_file_that_holds_the_body_of_a_revisit_in_use_stays(settings: Settings) -> None:
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        old = captured(settings, "run-a", "https://wire.example/4", LONG_AGO)
        again = captured(settings, "run-b", "https://wire.example/4", TODAY, previous=old)
        poll(warehouse, [entry(4)])
        record_fetches(warehouse, "run-a", LONG_AGO, [old, again], [])
        with warehouse.transaction() as cursor:
            cursor.execute("UPDATE entry SET capture_id = $id WHERE entry_id = 'e4'", {"id": again.capture_id})
    prune_now(settings, 30, even_in_use=False)
    assert "https://wire.example/4" in left(settings)
