"""What raises an alert, and what must not: young feeds, nights, weekends, holidays, small counts."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.grades import Grade
from flows.holding import process_start
from flows.status.alerts import ALERTS, DAY, HOUR, alerts_of
from flows.status.at_work import AtWork, StageAtWork
from flows.status.standing import Disk, Standing
from warehouse.status import Backlog, FeedLine, LoadDay, Numbers, Schema, Silence, SitePages

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
GB = 1 << 30
NUMBERS = Numbers(
    runs=(),
    starts=(),
    backlog=Backlog(
        entries_pending=0, entries_again=0, captures_unread=0, articles_without_story=0, mentions_without_event=0
    ),
    failures=(),
    feeds=(),
    silences=(),
    days=(),
    sites=(),
    readings=(),
    schema=Schema(migration="0020_vectors.sql", wanted=(), strange=()),
)
DISK = Disk(warehouse_bytes=0, copies_bytes=0, raw_bytes=0, free_bytes=80 * GB)
WELL = Standing(home=Path("/home"), now=NOW, has_warehouse=True, copied_at=NOW, numbers=NUMBERS, disk=DISK)
WORK = AtWork(
    run_id="r",
    flow="ingest",
    pid=os.getpid(),
    host=socket.gethostname(),
    process_start=process_start(os.getpid()),
    began_at=NOW - timedelta(minutes=5),
    told_at=NOW,
)
GONE = replace(WORK, process_start=1)  # its number was given to another process: ours


@dataclass(frozen=True, slots=True)
class Case:
    """How a home stands, and the alert: None where it must be silent."""

    name: str
    standing: Standing
    alert: str | None
    grade: Grade | None = None


def numbers(**changes: object) -> Standing:
    return replace(WELL, numbers=replace(NUMBERS, **changes))  # type: ignore[arg-type]


def silence(silent_days: float, usual_hours: float, longest_hours: float, weeks: int = 12) -> Standing:
    return numbers(
        silences=(
            Silence(
                feed_id="wire",
                weeks=weeks,
                usual_seconds=usual_hours * HOUR,
                longest_seconds=longest_hours * HOUR,
                silent_seconds=silent_days * DAY,
            ),
        )
    )


def loads(articles: Sequence[int | None]) -> Standing:
    """Articles of each day, the last first; None: no run."""
    days = [LoadDay(days_ago=ago, runs=1, articles=n) for ago, n in enumerate(articles) if n is not None]
    return numbers(days=tuple(days))


def begun(hours_ago: Sequence[float], work: AtWork | None = None) -> Standing:
    starts = tuple(NOW - timedelta(hours=ago) for ago in hours_ago)
    return replace(numbers(starts=starts), work=work)


def site(failed: int, pages: int, failed_before: int, pages_before: int) -> Standing:
    counts = {"failed": failed, "pages": pages, "failed_before": failed_before, "pages_before": pages_before}
    return numbers(sites=(SitePages(host="wire.example", **counts),))


def feed(health: str, days: float | None) -> Standing:
    since = None if days is None else NOW - timedelta(days=days)
    line = FeedLine(
        feed_id="wire", health=health, since=since, last_error="http_503", last_poll_at=None, next_poll_at=None
    )
    return numbers(feeds=(line,))


def free(free_bytes: float, warehouse_bytes: int = 0) -> Standing:
    return replace(WELL, disk=replace(DISK, free_bytes=int(free_bytes), warehouse_bytes=warehouse_bytes))


WEEK = [300, 310, 60, 70, 290, 305, 295]  # the last first: today is a Tuesday
SUNDAYS = [60, 70, 290, 305, 295, 300, 310]  # today is a Sunday
QUARTERS = [n / 4 for n in range(30)]
DESK = [0.5, 1, 2, 3, 17, 18, 19, 41]  # runs by hand, in hours of work

CASES = [
    Case("all is well", WELL, None),
    # silent feeds
    Case("a busy feed silent for two days", silence(2, usual_hours=9, longest_hours=14), "silent feed", Grade.LOOK),
    Case("a busy feed in the night", silence(0.4, usual_hours=9, longest_hours=9.5), None),
    Case("a feed that is never silent for an hour, silent for half a day", silence(0.5, 0.8, 1), None),
    Case("a weekday bulletin on Monday morning", silence(2.7, usual_hours=64, longest_hours=66), None),
    Case("a weekday bulletin over a long holiday", silence(6, usual_hours=64, longest_hours=66), None),
    Case("a weekday bulletin silent for nine days", silence(9, 64, 66), "silent feed", Grade.LOOK),
    Case("a feed that was silent as long before", silence(9, usual_hours=20, longest_hours=230), None),
    Case("a young feed", silence(9, usual_hours=9, longest_hours=14, weeks=3), None),
    Case("a monthly feed", silence(40, usual_hours=30 * 24, longest_hours=33 * 24, weeks=3), None),
    # loads
    Case("a day with a tenth of the articles", loads([30, *WEEK[1:], *WEEK, *WEEK]), "poor load", Grade.LOOK),
    Case("a day without any", loads([0, *WEEK[1:], *WEEK, *WEEK]), "poor load", Grade.LOOK),
    Case("an ordinary Sunday", loads(SUNDAYS * 3), None),
    Case("a very quiet Sunday", loads([25, *SUNDAYS[1:], *SUNDAYS, *SUNDAYS]), None),
    Case("the first Sunday of a young home", loads([10, *SUNDAYS[1:]]), None),
    Case("two weeks, of which the weekday was seen once", loads([10, *WEEK[1:], *WEEK]), None),
    Case("a day of half the articles", loads([150, *WEEK[1:], *WEEK, *WEEK]), None),
    Case("small counts", loads([1, *[12] * 27]), None),
    Case("days without a run do not count", loads([30, *[None, 300, 300, 300, None, 300, 300] * 3]), "poor load"),
    Case("too few days on which something ran", loads([3, *[None, None, None, None, None, None, 300] * 4]), None),
    # sites
    Case("a site whose pages all fail", site(9, 9, 1, 80), "unread site", Grade.LOOK),
    Case("a site of which half fails now", site(20, 40, 2, 400), "unread site", Grade.LOOK),
    Case("four failures", site(4, 4, 0, 80), None),
    Case("a site that has always failed a lot", site(9, 12, 60, 90), None),
    Case("a new site", site(9, 9, 0, 12), None),
    Case("a few of many", site(6, 120, 3, 900), None),
    # feeds that fail
    Case("a feed that fails for three days", feed("failing", 3), "feed failing", Grade.LOOK),
    Case("a feed that fails for an hour", feed("failing", 1 / 24), None),
    Case("a feed that is gone", feed("gone", 0.1), "feed gone", Grade.LOOK),
    Case("a feed that is switched off while it failed", feed("off", 9), None),
    # runs
    Case("no run for six hours, of one every quarter of an hour", begun([n + 6 for n in QUARTERS]), "no run"),
    Case("no run for two hours", begun([n + 2 for n in QUARTERS]), None),
    Case("no run for six hours, and one is at work", begun([n + 6 for n in QUARTERS], WORK), None),
    Case("runs by hand, the morning after", begun([n + 14 for n in DESK]), None),
    Case("runs by hand, four days later", begun([n + 96 for n in DESK]), "no run", Grade.LOOK),
    Case("a home that ran twice, a month ago", begun([700, 701]), None),
    Case("a run at work", replace(WELL, work=WORK), None),
    Case("a run at work that stands still", replace(WELL, work=replace(WORK, told_at=NOW - timedelta(hours=2))),
         "still run", Grade.LOOK),
    Case("a run of another machine", replace(WELL, work=replace(WORK, host="elsewhere")), None),
    Case("a run that was killed", replace(WELL, work=GONE), "killed run", Grade.LOOK),
    Case("a run that failed", replace(WELL, work=replace(WORK, error="OSError: full")), "failed run", Grade.LOOK),
    Case("the third run that fails", replace(WELL, work=replace(WORK, error="OSError: full", ended_badly_before=2)),
         "failed run", Grade.BROKEN),
    # the copy, the schema, the disk
    Case("a copy that cannot be opened", replace(WELL, numbers=None, trouble="torn"), "readers' copy", Grade.BROKEN),
    Case("no warehouse", replace(WELL, numbers=None, copied_at=None, has_warehouse=False), "no warehouse", Grade.LOOK),
    Case("a first run", replace(WELL, numbers=None, copied_at=None, work=WORK), "no readers' copy", Grade.LOOK),
    Case("a first run that failed", replace(WELL, numbers=None, copied_at=None, work=replace(WORK, error="full")),
         "failed run", Grade.LOOK),
    Case("a copy that was lost", replace(WELL, numbers=None, copied_at=None), "no readers' copy", Grade.BROKEN),
    Case("a newer program's", numbers(schema=Schema(migration="x", wanted=(), strange=("9999_x.sql",))),
         "newer schema", Grade.BROKEN),
    Case("an older program's", numbers(schema=Schema(migration="x", wanted=("0020_x.sql",), strange=())), None),
    Case("half a gigabyte free", free(GB / 2), "low disk", Grade.LOOK),
    Case("twelve megabytes free", free(12e6), "low disk", Grade.BROKEN),
    Case("ten gigabytes free, of a warehouse of eight", free(10 * GB, 8 * GB), "low disk", Grade.LOOK),
    Case("ten gigabytes free, of a warehouse of four", free(10 * GB, 4 * GB), None),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_alert_is_raised_where_one_is_due_and_nowhere_else(case: Case) -> None:
    found = alerts_of(case.standing)
    assert [alert.name for alert in found] == ([case.alert] if case.alert else [])
    if case.grade:
        assert found[0].grade == case.grade


def test_every_kind_of_alert_has_a_case() -> None:
    silent = {examine for examine in ALERTS if not any(list(examine(case.standing)) for case in CASES)}
    assert silent == set()


def test_an_alert_says_what_is_seen_what_is_usual_and_what_to_do() -> None:
    [alert] = alerts_of(silence(9, usual_hours=14, longest_hours=30))
    assert alert.thing == "wire"
    assert alert.seen == "nothing new for 9 d"
    assert alert.usual == "14 h in a usual week, 1 d 6 h at most in 12 weeks"
    assert "dateline feeds show wire" in alert.todo


def test_the_worst_comes_first() -> None:
    both = replace(feed("gone", 3), disk=replace(DISK, free_bytes=0))
    assert [alert.grade for alert in alerts_of(both)] == [Grade.BROKEN, Grade.LOOK]


def test_a_stage_tells_its_rate_and_what_is_left() -> None:
    first = NOW - timedelta(seconds=10)  # what comes before is no sign of its pace: a model is loaded
    begun = NOW - timedelta(seconds=60)
    stage = StageAtWork(stage="read", total=50, done=10, began_at=begun, moved_at=NOW, first_at=first, first_done=5)
    assert (stage.per_second(NOW), stage.left_seconds(NOW), stage.is_over) == (0.5, 80.0, False)
    assert stage.left_seconds(NOW + timedelta(seconds=10)) == 160, "it stands still"
    assert replace(stage, done=5).left_seconds(NOW) is None
    assert replace(stage, done=0, first_at=None, first_done=0).left_seconds(NOW) is None
    assert replace(stage, total=None).left_seconds(NOW) is None
    assert replace(stage, done=60).left_seconds(NOW) == 0
    assert replace(stage, total=0, done=0).is_over
