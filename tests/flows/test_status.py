"""`dateline status` over real homes: what it shows, what it asks, and how it ends."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from flows.alerts import alerts_of
from flows.at_work import at_work, progress_path
from flows.cli import app
from flows.opening import open_warehouse
from flows.progress import Silent, current, listen
from flows.progress_file import telling
from flows.reap import reap
from flows.retries import retry_of
from flows.spans import span
from flows.standing import look_at
from flows.status import run_status, show
from flows.versions import versions_of
from pipeline.settings import Settings, load_settings
from tests.flows.small_home import small_home
from tests.warehouse.build import capture, entry, page_failure, poll
from warehouse.pages import record_fetches
from warehouse.publish import publish
from warehouse.status import Numbers, read_numbers
from warehouse.store import Warehouse

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)  # a Friday
HEAVY = ("spacy", "prefect", "torch", "pandas")


@pytest.fixture(scope="module")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home that is well, with a page that is yet to be read."""
    return small_home(tmp_path_factory.mktemp("model") / "home")


@pytest.fixture
def settings(model_home: Settings, tmp_path: Path) -> Settings:
    """A copy of it."""
    shutil.copytree(model_home.home, tmp_path / "home")
    return model_home.model_copy(update={"home": tmp_path / "home"})


def change(settings: Settings, *statements: str) -> None:
    """Change the writer's copy, and publish it."""
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        with warehouse.transaction() as cursor:
            for statement in statements:
                cursor.execute(statement)
        publish(warehouse, settings.published)


def numbers(settings: Settings) -> Numbers:
    return read_numbers(settings.published, NOW)


def status(settings: Settings) -> tuple[int, str]:
    out = io.StringIO()
    return run_status(settings, as_json=False, target=out), out.getvalue()


def as_json(settings: Settings) -> dict[str, object]:
    out = io.StringIO()
    code = run_status(settings, as_json=True, target=out)
    told = json.loads(out.getvalue())
    assert told["exit_status"] == code
    assert isinstance(told, dict)
    return told


def test_of_a_home_that_is_well_it_says_so_and_what_waits(settings: Settings) -> None:
    code, told = status(settings)
    assert code == 0
    assert told.startswith(f"well    {settings.home}  ")
    assert "now     no run is at work" in told
    assert "waiting 1 page to be read" in told
    assert "feeds   1 good" in told
    assert "11-20 12:00  ingest  completed" in told


def test_the_command_ends_with_the_worst_grade(settings: Settings) -> None:
    assert CliRunner().invoke(app, ["status", "--home", str(settings.home)]).exit_code == 0
    change(settings, "UPDATE feed SET gone_since = now(), last_error = 'http_410: gone'")
    done = CliRunner().invoke(app, ["status", "--home", str(settings.home)])
    assert done.exit_code == 1
    assert "look    feed gone: wire" in done.output


def test_json_is_one_object_with_all_of_it(settings: Settings) -> None:
    told = as_json(settings)
    assert told["status"] == "well"
    assert told["alerts"] == []
    assert told["work"] is None
    assert told["backlog"] == {
        "entries_pending": 0,
        "entries_again": 0,
        "captures_unread": 1,
        "articles_without_story": 1,
        "mentions_without_event": 1,
    }
    assert isinstance(told["disk"], dict)
    assert told["disk"]["copies_bytes"] == settings.published.stat().st_size


@pytest.mark.parametrize("is_made", [False, True])
def test_without_a_warehouse_it_says_how_one_is_made(tmp_path: Path, is_made: bool) -> None:
    home = tmp_path / "home"
    if is_made:
        home.mkdir()
    code, told = status(load_settings(home=home))
    assert code == 1
    assert "nothing is here yet" in told
    assert "`dateline ingest` makes one" in told


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"x" * 9000),
        lambda path: os.truncate(path, 300_000),
        lambda path: path.unlink(),
    ],
    ids=["no database", "cut off", "gone"],
)
def test_a_copy_that_cannot_be_opened_leads_to_the_doctor(settings: Settings, spoil: Callable[[Path], None]) -> None:
    spoil(settings.published)
    code, told = status(settings)
    assert code == 2
    assert told.startswith("broken")
    assert "`dateline doctor`" in told


def test_it_works_for_a_home_on_a_lake(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path / "home", warehouse=f"ducklake:sqlite:{tmp_path}/catalog.sqlite")
    settings.home.mkdir()
    code, told = status(settings)
    assert code == 1
    assert "`dateline ingest` makes one" in told
    with open_warehouse(settings) as warehouse:
        poll(warehouse, [entry(1), entry(2)])
        publish(warehouse, settings.published)
    code, told = status(settings)
    assert code == 0, told
    assert "waiting 2 new entries to be fetched" in told
    assert status(load_settings(home=settings.home))[0] == 0, "the pointer in the home says that it is a lake"
    (tmp_path / "catalog.sqlite").unlink()
    code, told = status(settings)
    assert code == 2
    assert "its catalog" in told
    assert "doctor" not in told, "which knows nothing of lakes"


def test_it_is_quick_for_it_loads_no_model_and_no_prefect(settings: Settings) -> None:
    code = f"""
import sys
from flows.cli import app
app(["status", "--home", {str(settings.home)!r}], standalone_mode=False)
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_run_tells_how_far_it_is_while_it_has_the_warehouse(settings: Settings) -> None:
    with Warehouse.open(settings.live, settings.lock), telling(settings, "r", "ingest"):
        current().stage("fetch", 40)
        current().stage("read", None)
        work = at_work(progress_path(settings))
        assert work
        assert [(stage.stage, stage.total) for stage in work.stages] == [("fetch", 40), ("read", None)]
        command = [sys.executable, "-c", "from flows.cli import main; main()", "status", "--home", str(settings.home)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"process {os.getpid()} on " in done.stdout
    assert "fetch pages      0 of 40" in done.stdout
    assert not progress_path(settings).exists(), "it is over"
    assert "no run is at work" in status(settings)[1]


def test_steps_are_written_at_most_once_a_second_and_passed_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Counting(Silent):
        steps = 0

        def advance(self, name: str, steps: int = 1) -> None:
            self.steps += steps

    seconds = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: seconds)
    counting = Counting()
    listen(counting)
    try:
        with telling(settings, "r", "ingest"):
            current().stage("fetch", 40)
            for _ in range(7):
                current().advance("fetch")
            before = at_work(progress_path(settings))
            seconds = 101.0
            current().advance("fetch", 2)
            after = at_work(progress_path(settings))
        assert current() is counting
    finally:
        listen(Silent())
    assert before is not None
    assert after is not None
    assert (before.stages[0].done, after.stages[0].done, counting.steps) == (0, 9, 9)


def test_the_last_steps_are_written_though_they_came_soon_after_others(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = progress_path(settings)
    with telling(settings, "r", "ingest"):
        monkeypatch.setattr("flows.progress_file.LEAST_SECONDS", 0.2)
        current().stage("fetch", 40)
        current().advance("fetch", 40)
        wait_for_timers()
        work = at_work(path)
        assert work
        assert work.stages[0].done == 40
        current().advance("fetch")
    wait_for_timers()
    assert not path.exists(), "nothing is written any more once it is over"


def wait_for_timers() -> None:
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join()


def test_a_run_that_failed_leaves_why_until_the_next_one_and_the_third_is_broken(settings: Settings) -> None:
    for grade in (1, 1, 2):
        with pytest.raises(OSError, match="full"), telling(settings, "r", "ingest"):
            raise OSError("full of https://me:secret@wire.example/")
        code, told = status(settings)
        assert code == grade
        assert "failed run: ingest of " in told
        assert "OSError: full of" in told
        assert "secret" not in told
    with telling(settings, "r", "ingest"):
        assert status(settings)[0] == 0
    assert status(settings)[0] == 0


def test_a_dry_rebuild_that_failed_leaves_nothing(settings: Settings) -> None:
    with pytest.raises(OSError, match="full"), telling(settings, "r", "rebuild tag (dry)", is_booked=False):
        raise OSError("full")
    assert not progress_path(settings).exists()


def test_a_run_that_was_killed_is_known_as_dead(settings: Settings) -> None:
    code = f"""
import os, signal
from flows.progress import current
from flows.progress_file import telling
from pipeline.settings import load_settings
with telling(load_settings(home={str(settings.home)!r}), "r", "backfill"):
    current().stage("read", 5)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    code_of, told = status(settings)
    assert code_of == 1
    assert "killed run: backfill of " in told
    assert "no run is at work" in told
    reap(settings)
    assert status(settings)[0] == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"stages": [1]}', "\x00"])
def test_a_progress_file_of_somebody_else_is_no_run(settings: Settings, text: str) -> None:
    progress_path(settings).write_text(text)
    assert at_work(progress_path(settings)) is None
    assert status(settings)[0] == 0


def history(feed_id: str, hours: str, until: str) -> str:
    """Entries of a feed: one at each hour (UTC) of the days, over 12 weeks up to a moment."""
    return f"""
INSERT INTO entry (feed_id, entry_id, url, first_seen_at, status, run_id)
SELECT '{feed_id}', epoch(seen), 'https://{feed_id}.example/' || epoch(seen), seen, 'loaded', 'run-1'
FROM (SELECT unnest(range(TIMESTAMPTZ '2026-09-05 00:00:00+00', TIMESTAMPTZ '{until}', INTERVAL 1 HOUR)) AS seen)
WHERE {hours}"""


def polled(feed_id: str, at: str, outcome: str = "unchanged") -> tuple[str, str]:
    """The feed, and a poll of it."""
    return (
        f"INSERT INTO feed (feed_id, feed_url, enabled) VALUES ('{feed_id}', 'https://{feed_id}.example/', true) "
        "ON CONFLICT DO NOTHING",
        f"INSERT INTO poll (poll_id, feed_id, run_id, polled_at, outcome) "
        f"VALUES ('{feed_id}{at}', '{feed_id}', 'run-1', TIMESTAMPTZ '{at}', '{outcome}')",
    )


def test_the_habit_of_a_feed_is_its_longest_silence_of_a_week(settings: Settings) -> None:
    days, weekdays = "hour(seen) BETWEEN 6 AND 20", "hour(seen) BETWEEN 8 AND 17 AND isodow(seen) < 6"
    change(
        settings,
        "SET TimeZone = 'UTC'",
        *polled("daily", "2026-11-27 11:00:00+00"),
        history("daily", days, "2026-11-24 21:00:00+00"),
        *polled("weekday", "2026-11-27 11:00:00+00"),
        history("weekday", weekdays, "2026-11-24 21:00:00+00"),
        *polled("unanswered", "2026-11-24 23:00:00+00"),
        *polled("unanswered", "2026-11-27 11:00:00+00", "failed"),
        history("unanswered", days, "2026-11-24 21:00:00+00"),
        *polled("young", "2026-11-27 11:00:00+00"),
        history("young", f"{days} AND seen > TIMESTAMPTZ '2026-11-15 00:00:00+00'", "2026-11-24 21:00:00+00"),
    )
    known = {silence.feed_id: silence for silence in numbers(settings).silences}
    hours = {feed_id: (s.usual_seconds / 3600, s.silent_seconds / 3600) for feed_id, s in known.items()}
    assert hours["daily"] == (10, 63)
    assert hours["weekday"] == (63, 66)
    assert hours["unanswered"] == (10, 3), "what no good poll looked for is not counted"
    assert known["daily"].weeks >= 11
    assert known["young"].weeks < 4
    standing = replace(look_at(settings), numbers=numbers(settings))
    assert [alert.thing for alert in alerts_of(standing) if alert.name == "silent feed"] == ["daily"]


def test_what_runs_load_is_counted_by_24_hours_back_from_the_last(settings: Settings) -> None:
    change(
        settings,
        "DELETE FROM run",
        """INSERT INTO run (run_id, flow, program_version, host, pid, status, started_at, ended_at, articles_loaded)
        SELECT 'r' || n, 'ingest', '0', 'desk', 1, CASE WHEN n = 3 THEN 'failed' ELSE 'completed' END,
            TIMESTAMPTZ '2026-11-27 11:00:00+00' - INTERVAL (n * 6) HOUR,
            TIMESTAMPTZ '2026-11-27 11:10:00+00' - INTERVAL (n * 6) HOUR, 10
        FROM range(200) AS t(n)""",
    )
    days = numbers(settings).days
    assert [(day.days_ago, day.runs, day.articles) for day in days[:2]] == [(0, 3, 30), (1, 4, 40)]
    assert days[-1].days_ago == 34
    assert len(numbers(settings).starts) == 30


def test_pages_that_cannot_be_read_are_counted_by_site(settings: Settings) -> None:
    failed = "UPDATE entry SET status = 'failed', stage = 'extract', reason = '{}' WHERE feed_id = 'daily' AND {}"
    change(
        settings,
        "SET TimeZone = 'UTC'",
        *polled("daily", "2026-11-27 11:00:00+00"),
        history("daily", "hour(seen) = 10", "2026-11-27 11:00:00+00"),
        "UPDATE entry SET url = replace(url, 'daily.example', 'a@Daily.Example:443') WHERE feed_id = 'daily'",
        failed.format("no_text", "first_seen_at > TIMESTAMPTZ '2026-11-25 00:00:00+00'"),
        failed.format("pdf", "day(first_seen_at) = 20"),
        failed.format("no_text", "day(first_seen_at) = 12"),
    )
    [site] = numbers(settings).sites
    assert (site.host, site.failed, site.pages, site.failed_before) == ("daily.example", 3, 3, 1)
    assert site.pages_before == 27, "28 days, without that of the PDF"


def test_failures_are_told_by_reason_with_what_tries_them_again(settings: Settings) -> None:
    later, soon = NOW + timedelta(hours=3), NOW - timedelta(hours=1)
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        poll(warehouse, [entry(n) for n in range(3, 9)])
        urls = [f"https://wire.example/{n}" for n in range(3, 9)]
        record_fetches(warehouse, "run-1", NOW, [capture(urls[4])], [page_failure(urls[0], None)])
        record_fetches(warehouse, "run-1", NOW, [], [page_failure(urls[1], later), page_failure(urls[2], None)])
        busy = page_failure(urls[3], soon)
        busy = replace(busy, failure=replace(busy.failure, reason="http_503"))
        record_fetches(warehouse, "run-1", NOW, [], [busy])
        with warehouse.transaction() as cursor:
            told = "INSERT INTO failure VALUES (?, 'run-1', now(), ?, 'wire', ?, ?, 'told', NULL)"
            cursor.execute(told, ["x", "extract", urls[4], "no_text"])
            cursor.execute(told, ["y", "extract", urls[5], "crashed"])
            cursor.execute(told, ["z", "poll", "https://wire.example/rss", "http_503"])
            cursor.execute(told, ["w", "extract", "file:///a.warc.gz#byte=7", "damaged"])
            failed = "UPDATE entry SET status = 'failed', stage = 'extract' WHERE url = ?"
            cursor.execute(failed, [urls[4]])
            cursor.execute("UPDATE entry SET status = 'loaded' WHERE url = ?", [urls[5]])
            cursor.execute("UPDATE feed SET consecutive_failures = 2, next_poll_at = ?", [later])
        publish(warehouse, settings.published)
    told_of = {
        (group.stage, group.reason): (group.failing, retry_of(group, NOW)) for group in numbers(settings).failures
    }
    assert told_of == {
        ("fetch", "http_404"): (3, "again after 11-27 15:00 (2 of 3 not)"),
        ("fetch", "http_503"): (1, "again in the next run"),
        ("extract", "no_text"): (1, "by a better version: dateline rebuild --stage extract"),
        ("extract", "crashed"): (0, "none fails any more"),
        ("extract", "damaged"): (1, "not tried again"),
        ("poll", "http_503"): (1, "again after 11-27 15:00; now: dateline ingest --feed wire"),
    }


def test_articles_that_another_version_read_are_counted_with_what_reads_them_again(settings: Settings) -> None:
    change(settings, "UPDATE article SET tagger = 'm 1 / rules 9 / de 2'")
    versions = versions_of(numbers(settings))
    assert (versions.extracted_by_others, versions.tagger) == (1, "m 1 / rules 9 / de 2")
    change(
        settings,
        "INSERT INTO article BY NAME SELECT * REPLACE ('b' AS article_id, 'm 1 / rules 9' AS tagger) FROM article",
        "INSERT INTO article BY NAME SELECT * REPLACE ('c' AS article_id, 'm 1 / rules 8' AS tagger, "
        "loaded_at - INTERVAL 1 DAY AS loaded_at) FROM article WHERE article_id = 'b'",
    )
    versions = versions_of(numbers(settings))
    assert (versions.extracted_by_others, versions.tagger, versions.tagged_by_others) == (3, "m 1 / rules 9", 1)
    told = status(settings)[1]
    assert "another one read 3 articles: dateline rebuild --stage extract" in told
    assert "another one read 1 article: dateline rebuild --stage tag" in told
    change(settings, "UPDATE capture SET pruned_at = now()")
    assert versions_of(numbers(settings)).extracted_by_others_pruned == 3
    assert "another one read 3 further articles, whose pages are deleted" in status(settings)[1]


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "0 s"), (59.6, "1 min"), (90, "1 min"), (5400, "1 h 30 min"), (200_000, "2 d 7 h"), (900_000, "10 d")],
)
def test_a_length_of_time_is_told_by_its_largest_units(seconds: float, told: str) -> None:
    assert span(seconds) == told


def test_hostile_text_is_shown_harmlessly(settings: Settings) -> None:
    hostile = "\x1b[2J[bold]x[/bold]\u202eevil\x00\nwell"
    change(
        settings,
        "UPDATE feed SET consecutive_failures = 3, failing_since = now() - INTERVAL 9 DAY, "
        f"last_error = '{hostile.replace(chr(0), '')}'",
    )
    code, told = status(settings)
    assert code == 1
    assert not set("\x1b\u202e\x00") & set(told)
    assert r"\x1b[2J[bold]x[/bold]\u202eevil\nwell" in told
    [alert] = as_json(settings)["alerts"]  # type: ignore[misc]
    assert hostile.replace("\x00", "") in str(alert["seen"])


def test_it_can_be_read_at_80_columns(settings: Settings) -> None:
    change(
        settings,
        "UPDATE run SET flow = 'backfill', ended_at = started_at + INTERVAL 605 MINUTE, entries_new = 123456, "
        "articles_loaded = 123456, events_coded = 1234567, failures = 12345",
    )
    standing, out = look_at(settings), io.StringIO()
    assert standing.numbers
    show(standing, alerts_of(standing), versions_of(standing.numbers), 0, Console(file=out, width=80))
    lines = out.getvalue().splitlines()
    assert max(map(len, lines[1:])) <= 80
    [run] = [line for line in lines if line.startswith("  11-20 12:00")]
    assert run.split() == [
        "11-20", "12:00", "backfill", "completed", "10", "h", "123,456", "123,456", "1,234,567", "12,345",
    ]  # fmt: skip
