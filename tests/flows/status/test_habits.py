"""What is counted of feeds, runs and sites, for alerts to weigh."""

from __future__ import annotations

from dataclasses import replace

from flows.status.alerts import alerts_of
from flows.status.standing import look_at
from pipeline.settings import Settings
from tests.flows.status.asked import change, history, numbers, polled


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
