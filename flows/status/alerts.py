"""What an operator should look at: pure findings over how a home stands, one function a kind of alert.

Each weighs a thing against its own habit, by the middle or the longest of what was seen, and says nothing where too
little was seen: an alert that is wrong now and then is soon read by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from flows.grades import Grade, grade_of_room, wanted_bytes
from flows.status.at_work import AtWork
from flows.status.spans import megabytes, span
from flows.status.standing import Standing
from warehouse.query import NEW_HOME
from warehouse.status import FeedLine, LoadDay, Silence, SitePages

HOME = "the home"  # no path: a brief may be sent to others
HOUR = 3600.0
DAY = 24 * HOUR

# Runs. A run that fails may find better weather a quarter of an hour later; one that fails again and again will not.
FAILED_IN_A_ROW = 3
# No step of a stage takes longer: the limit of a task is an hour.
STILL_SECONDS = HOUR
# Nothing new is told to readers within an hour (warehouse.publish.STALE_SECONDS), and a run may take another.
LEAST_OVERDUE_SECONDS = 3 * HOUR
LEAST_GAPS = 5  # between runs, before they have a habit
OVERDUE_TIMES = 3

# Feeds. Servers are down for an hour or a night; polls go on, and what is missed is caught up with.
FAILING_SECONDS = DAY
# The longest silence of a week is the night, or the weekend: of a weekday bulletin 64 hours, so that an alert comes
# after 8 days. Four weeks have a middle that one holiday does not move.
LEAST_WEEKS = 4
SILENT_TIMES = 3
LEAST_SILENT_SECONDS = DAY

# Loads, by 24 hours. Less than a quarter is no quiet day: the least of ordinary weeks is a Sunday, which is held
# against Sundays. With two weeks each weekday was seen twice. Twenty articles more or less are chance.
LEAST_DAYS = 14
LEAST_SAME_WEEKDAYS = 2
POOR_SHARE = 0.25
LEAST_USUAL_ARTICLES = 20

# Sites. Five pages that all fail are no chance where less than a tenth did; a site that always failed is no news.
LEAST_FAILED_PAGES = 5
LEAST_PAGES_BEFORE = 20
FAILED_SHARE = 0.3
RISE_TIMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to look at: what is seen against what is usual, and what to do."""

    name: str
    grade: Grade
    about: str = "home"  # or "flow.ingest", "feed.bbc-world", "site.wire.example": the same from run to run
    thing: str  # the home, a run, a feed or a site, as a person is told of it
    seen: str
    usual: str
    todo: str


def without_warehouse(standing: Standing) -> Iterator[Alert]:
    """Nothing can be asked: there is no copy yet, or no longer. Of a first run that ended badly `ended_badly` tells."""
    if standing.copied_at or (standing.work and not is_at_work(standing.work)):
        return
    if standing.work:
        name, grade, seen, todo = "no readers' copy", Grade.LOOK, "the first run is at work", "wait until it has ended"
    elif standing.has_warehouse:
        name, grade, seen, todo = "no readers' copy", Grade.BROKEN, "readers have nothing to open", "`dateline doctor`"
    else:
        name, grade, seen, todo = "no warehouse", Grade.LOOK, "nothing is here yet", NEW_HOME
    yield Alert(name=name, grade=grade, thing=HOME, seen=seen, usual="each run leaves readers a copy", todo=todo)


def unreadable_copy(standing: Standing) -> Iterator[Alert]:
    """The readers' copy cannot be asked."""
    if standing.trouble:
        yield Alert(
            name="readers' copy",
            grade=Grade.BROKEN,
            thing=HOME,
            seen=standing.trouble,
            usual="readers open it at any time",
            todo="look whether its catalog answers; `dateline ingest` makes the pointer anew"
            if standing.is_lake
            else "`dateline doctor` says what is wrong, `dateline doctor --repair` makes it anew",
        )


def newer_schema(standing: Standing) -> Iterator[Alert]:
    """The warehouse was made by a newer program."""
    if standing.numbers and (strange := standing.numbers.schema.strange):
        yield Alert(
            name="newer schema",
            grade=Grade.BROKEN,
            thing=HOME,
            seen=f"it has been through {', '.join(strange)}, which this program does not know",
            usual="the program is as new as its warehouse",
            todo="upgrade Dateline: no run starts",
        )


def ended_badly(standing: Standing) -> Iterator[Alert]:
    """The last run failed, or was killed."""
    work = standing.work
    if work is None or work.is_alive is not False:
        return
    times = work.ended_badly_before + 1
    yield Alert(
        name="failed run" if work.error else "killed run",
        grade=Grade.BROKEN if times >= FAILED_IN_A_ROW else Grade.LOOK,
        about=f"flow.{work.flow.split()[0]}",
        thing=f"{work.flow} of {work.began_at:%Y-%m-%d %H:%M} UTC",
        seen=(work.error or "its process is gone") + (f", as {times - 1} before it" if times > 1 else ""),
        usual="it ends by itself; nothing is lost, and the next one goes on from there",
        todo="`dateline ingest` tries again"
        if work.error
        else "`dateline reap` enters it as crashed, as the next run does",
    )


def still_run(standing: Standing) -> Iterator[Alert]:
    """A run is at work, and nothing moves."""
    work = standing.work
    if work is None or work.is_alive is False:
        return
    seconds = (standing.now - work.told_at).total_seconds()
    if seconds > STILL_SECONDS:
        yield Alert(
            name="still run",
            grade=Grade.LOOK,
            about=f"flow.{work.flow.split()[0]}",
            thing=f"{work.flow} of {work.began_at:%Y-%m-%d %H:%M} UTC",
            seen=f"no sign of it for {span(seconds)}",
            usual=f"a step in less than {span(STILL_SECONDS)}",
            todo=f"look at process {work.pid} on {work.host}; if it hangs, end it: the next run goes on from there",
        )


def overdue_run(standing: Standing) -> Iterator[Alert]:
    """No run has begun for far longer than is usual between two."""
    starts = standing.numbers.starts if standing.numbers else ()
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(starts)]
    if len(gaps) < LEAST_GAPS or is_at_work(standing.work):
        return
    seconds = (standing.now - starts[0]).total_seconds()
    if seconds > max(LEAST_OVERDUE_SECONDS, OVERDUE_TIMES * median(gaps), max(gaps)):
        yield Alert(
            name="no run",
            grade=Grade.LOOK,
            about="flow.ingest",
            thing="ingest",
            seen=f"the last one that readers know of began {span(seconds)} ago",
            usual=f"one in {span(median(gaps))}, never more than {span(max(gaps))}",
            todo="look whether `dateline up` or `serve`, the worker or cron still runs; `dateline ingest` runs it now",
        )


def failing_feeds(standing: Standing) -> Iterator[Alert]:
    """Feeds that have not answered for long, or are gone."""
    for feed in standing.numbers.feeds if standing.numbers else ():
        if feed.health == "gone" or (feed.health == "failing" and is_for_long(standing, feed)):
            seconds = (standing.now - feed.since).total_seconds() if feed.since else 0.0
            yield Alert(
                name=f"feed {feed.health}",
                grade=Grade.LOOK,
                about=f"feed.{feed.feed_id}",
                thing=feed.feed_id,
                seen=f"{feed.last_error or 'no answer'}, for {span(seconds)}",
                usual="an answer to each poll",
                todo=f"`dateline ingest --feed {feed.feed_id}` asks now, "
                f"`dateline feeds pause {feed.feed_id}` stops asking",
            )


def is_for_long(standing: Standing, feed: FeedLine) -> bool:
    """Whether a feed has been in its state for longer than servers are down now and then."""
    return feed.since is not None and (standing.now - feed.since).total_seconds() > FAILING_SECONDS


def silent_feeds(standing: Standing) -> Iterator[Alert]:
    """Feeds that answer, and have shown nothing new for far longer than is their habit."""
    for silence in standing.numbers.silences if standing.numbers else ():
        if is_silent(silence):
            yield Alert(
                name="silent feed",
                grade=Grade.LOOK,
                about=f"feed.{silence.feed_id}",
                thing=silence.feed_id,
                seen=f"nothing new for {span(silence.silent_seconds)}",
                usual=f"{span(silence.usual_seconds)} in a usual week, "
                f"{span(silence.longest_seconds)} at most in {silence.weeks} weeks",
                todo=f"`dateline feeds show {silence.feed_id}`; `dateline feeds discover` finds where it has moved",
            )


def is_silent(silence: Silence) -> bool:
    """Whether a silence is far beyond the feed's habit."""
    least = max(LEAST_SILENT_SECONDS, SILENT_TIMES * silence.usual_seconds, silence.longest_seconds)
    return silence.weeks >= LEAST_WEEKS and silence.silent_seconds > least


def poor_loads(standing: Standing) -> Iterator[Alert]:
    """The runs of a day load far less than is usual."""
    days = standing.numbers.days if standing.numbers else ()
    usual = usual_load(days)
    if usual is not None and days[0].articles < POOR_SHARE * usual:
        yield Alert(
            name="poor load",
            grade=Grade.LOOK,
            about="flow.ingest",
            thing=f"ingest ({days[0].runs} runs in the 24 hours up to the last)",
            seen=f"{days[0].articles} articles loaded",
            usual=f"{usual:.0f}: the middle of {len(days) - 1} days, or of the same weekday where that is less",
            todo="look at failures and feeds below; `dateline feeds check` asks them all, and writes nothing",
        )


def usual_load(days: tuple[LoadDay, ...]) -> float | None:
    """Articles that 24 hours of runs load: the middle of all days, or of the same weekday where that is less; None
    where too little is known, or where it is too little to be told from chance.
    """
    if not days or days[0].days_ago != 0 or len(days) <= LEAST_DAYS:
        return None
    before = days[1:]
    same = [day.articles for day in before if day.days_ago % 7 == 0]
    if len(same) < LEAST_SAME_WEEKDAYS:
        return None
    usual = min(median(day.articles for day in before), median(same))
    return usual if usual >= LEAST_USUAL_ARTICLES else None


def changed_sites(standing: Standing) -> Iterator[Alert]:
    """Pages of a site cannot be read any more: its layout changed, or it shows something else to programs."""
    for site in standing.numbers.sites if standing.numbers else ():
        if has_changed(site):
            yield Alert(
                name="unread site",
                grade=Grade.LOOK,
                about=f"site.{site.host}",
                thing=site.host,
                seen=f"{site.failed} of {site.pages} pages of three days could not be read",
                usual=f"{site.failed_before} of {site.pages_before} in the four weeks before",
                todo='look at such a page in a browser: `dateline sql "SELECT url, reason FROM entry WHERE '
                f"stage = 'extract' AND contains(lower(url), '{site.host.replace(chr(39), chr(39) * 2)}') "
                'ORDER BY first_seen_at DESC LIMIT 20"`',
            )


def has_changed(site: SitePages) -> bool:
    """Whether far more of a site's pages fail than before."""
    if site.failed < LEAST_FAILED_PAGES or site.pages_before < LEAST_PAGES_BEFORE:
        return False
    return site.failed / site.pages > max(FAILED_SHARE, RISE_TIMES * site.failed_before / site.pages_before)


def low_disk(standing: Standing) -> Iterator[Alert]:
    """There is not much room left."""
    disk = standing.disk
    grade = grade_of_room(disk.free_bytes, disk.warehouse_bytes) if disk else None
    if disk and grade:
        yield Alert(
            name="low disk",
            grade=grade,
            thing=HOME,
            seen=f"{megabytes(disk.free_bytes)} free",
            usual=f"{megabytes(wanted_bytes(disk.warehouse_bytes))} wanted by a run",
            todo="make room; `dateline prune --days N` deletes raw pages that nothing refers to",
        )


def is_at_work(work: AtWork | None) -> bool:
    """Whether a run works, as far as is known."""
    return work is not None and work.is_alive is not False


ALERTS: tuple[Callable[[Standing], Iterator[Alert]], ...] = (
    unreadable_copy, without_warehouse, newer_schema, ended_badly, low_disk, overdue_run, still_run, poor_loads,
    changed_sites, silent_feeds, failing_feeds,
)  # fmt: skip


def alerts_of(standing: Standing) -> list[Alert]:
    """All that should be looked at, the worst first."""
    found = [alert for examine in ALERTS for alert in examine(standing)]
    return sorted(found, key=lambda alert: -alert.grade)
