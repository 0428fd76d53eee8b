"""How a home stands, as a person sees it in a terminal: what matters first, then what may be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.grades import Grade
from flows.progress import STAGE_NAMES
from flows.status.alerts import Alert, is_at_work, is_for_long, is_silent
from flows.status.at_work import AtWork, StageAtWork
from flows.status.retries import retry_of
from flows.status.spans import megabytes, span
from flows.status.standing import Disk, Standing
from flows.status.versions import Versions
from flows.visible import cut, one_line
from warehouse.runs import Run
from warehouse.status import Backlog, FeedLine, Numbers

WORDS = {0: ("well", "green"), Grade.LOOK: ("look", "yellow"), Grade.BROKEN: ("broken", "bold red")}
MOST_ALERTS = 12
MOST_ROWS = 10  # of failures and of feeds
MOST_TEXT = 300  # characters of an error


def show(standing: Standing, alerts: Sequence[Alert], versions: Versions | None, grade: int, console: Console) -> None:
    """What matters first, then what may be asked."""
    word, style = WORDS[grade]
    home = Text(one_line(str(standing.home)), "bold", overflow="fold")
    console.print(Text.assemble((f"{word:<8}", style), home, head(standing)))
    for alert in alerts[:MOST_ALERTS]:
        console.print(alert_lines(alert))
    if len(alerts) > MOST_ALERTS:
        console.print(f"{'':8}and {len(alerts) - MOST_ALERTS} more: dateline status --json")
    console.print()
    console.print(summary(standing))
    for title, part in sections(standing, versions):
        console.print()
        console.print(Text(title, "bold"))
        console.print(Padding(part, (0, 0, 0, 2)))


def head(standing: Standing) -> str:
    """The time, and how old the readers' copy is."""
    told = f"  {standing.now:%Y-%m-%d %H:%M} UTC"
    if standing.copied_at:
        told += f", readers' copy {span((standing.now - standing.copied_at).total_seconds())} old"
    return told


def alert_lines(alert: Alert) -> RenderableType:
    """What it is about; what is seen, what is usual, what to do."""
    word, style = WORDS[alert.grade]
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=len("usual"), style="dim")
    table.add_column(overflow="fold")
    for label, told in (("seen", alert.seen), ("usual", alert.usual), ("do", alert.todo)):
        table.add_row(label, Text(one_line(cut(told, MOST_TEXT))))
    title = Text.assemble((f"{word:<8}", style), (one_line(f"{alert.name}: {alert.thing}"), "bold"))
    return Group(title, Padding(table, (0, 0, 0, 8)))


def summary(standing: Standing) -> RenderableType:
    """What goes on, a line each."""
    numbers, work = standing.numbers, standing.work
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=7, style="bold")
    table.add_column(overflow="fold")
    table.add_row("now", at_work_lines(standing, work) if work and is_at_work(work) else "no run is at work")
    if numbers:
        table.add_row("waiting", backlog_line(numbers.backlog))
        table.add_row("feeds", feed_counts(numbers))
    if standing.disk:
        table.add_row("disk", disk_line(standing.disk))
    return table


def sections(standing: Standing, versions: Versions | None) -> Iterator[tuple[str, RenderableType]]:
    """Title and table of each part that has something to say."""
    numbers = standing.numbers
    if not numbers:
        return
    yield "last runs (UTC)", runs_table(numbers.runs)
    if numbers.failures:
        yield "failures of the last runs", failures_table(standing, numbers)
    if failing := [feed for feed in numbers.feeds if feed.health == "failing" and not is_for_long(standing, feed)]:
        yield "feeds that failed of late", feeds_table(standing, failing)
    if versions:
        yield "versions", version_lines(versions)


def at_work_lines(standing: Standing, work: AtWork) -> RenderableType:
    """Which run, since when; how far each stage is, its rate and the time that is left."""
    since = span((standing.now - work.began_at).total_seconds())
    title = Text(one_line(f"{work.flow}, for {since} (process {work.pid} on {work.host})"))
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(4):
        table.add_column(overflow="fold")
    for stage in work.stages:
        of = f"{stage.done:,} of {stage.total:,}" if stage.total is not None else f"{stage.done:,}"
        left, rate = how_fast(stage, standing.now)
        table.add_row(STAGE_NAMES.get(stage.stage, one_line(stage.stage)), of, left, Text(rate, "dim"))
    return Group(title, table) if work.stages else title


def how_fast(stage: StageAtWork, now: datetime) -> tuple[str, str]:
    """The time that a stage has yet to go, or took, and its rate."""
    if stage.is_over:
        return f"done in {span((stage.moved_at - stage.began_at).total_seconds())}", ""
    rate, left = stage.per_second(now), stage.left_seconds(now)
    if not rate:
        return "", ""
    told = f"{rate:,.1f} a second" if rate >= 1 else f"{60 * rate:,.1f} a minute"
    return f"{span(left)} left" if left is not None else "", told


def runs_table(runs: Sequence[Run]) -> RenderableType:
    """The last runs, the newest first; under it, what ended those that failed."""
    table = sheet("began", "flow", "ended", ">took", ">new", ">articles", ">events", ">failed")
    for run in runs:
        style = "" if run.status in ("completed", "running") else "bold red"
        took = span(run.elapsed_seconds) if run.elapsed_seconds is not None else "–"
        counts = (run.entries_new, run.articles_loaded, run.events_coded)
        failures = Text(f"{run.failures:,}", "yellow" if run.failures else "")
        began, flow = f"{run.started_at:%m-%d %H:%M}", one_line(run.flow)
        table.add_row(began, flow, Text(run.status, style), took, *(f"{count:,}" for count in counts), failures)
    errors = [
        Text(f"{run.started_at:%m-%d %H:%M} {run.status}: {one_line(cut(run.error, MOST_TEXT))}", "red")
        for run in runs
        if run.error
    ]
    return Group(table, *errors) if runs else Text("none")


def backlog_line(backlog: Backlog) -> str:
    """What waits for each stage, or that nothing does."""
    waiting = (
        counted(backlog.entries_pending, "new entry to be fetched", "new entries to be fetched"),
        counted(backlog.entries_again, "failed entry to be fetched again", "failed entries to be fetched again"),
        counted(backlog.captures_unread, "page to be read", "pages to be read"),
        counted(backlog.articles_without_story, "article without story", "articles without story"),
        counted(backlog.mentions_without_event, "event mention without event", "event mentions without event"),
    )
    return ", ".join(part for part in waiting if part) or "nothing: all is fetched, read and grouped"


def counted(number: int, one: str, many: str) -> str:
    """ "1 page to be read", "2 pages to be read"; nothing for none."""
    return f"{number:,} {one if number == 1 else many}" if number else ""


def failures_table(standing: Standing, numbers: Numbers) -> RenderableType:
    """Failures by reason, with what tries them again."""
    table = sheet("what", ">times", ">failing", "tried again")
    for group in numbers.failures[:MOST_ROWS]:
        what = one_line(f"{group.stage} {group.reason}")
        table.add_row(what, f"{group.times:,}", f"{group.failing:,}", Text(one_line(retry_of(group, standing.now))))
    more = len(numbers.failures) - MOST_ROWS
    return Group(table, f"and {more} more reasons: dateline status --json") if more > 0 else table


def feed_counts(numbers: Numbers) -> str:
    """ "19 good, 2 failing, 4 off; 1 silent" """
    counts = Counter(feed.health for feed in numbers.feeds)
    told = (f"{counts[health]:,} {health}" for health in ("good", "new", "failing", "gone", "off") if counts[health])
    silent = sum(map(is_silent, numbers.silences))
    return (", ".join(told) or "none is known yet") + (f"; {silent:,} silent" if silent else "")


def feeds_table(standing: Standing, failing: Sequence[FeedLine]) -> RenderableType:
    """Feeds that fail, and not for so long that there is an alert."""
    table = sheet("feed", ">for", "last said")
    for feed in failing[:MOST_ROWS]:
        seconds = (standing.now - feed.since).total_seconds() if feed.since else 0.0
        told = one_line(cut(feed.last_error or "no answer", MOST_TEXT))
        table.add_row(one_line(feed.feed_id), span(seconds), Text(told))
    more = len(failing) - MOST_ROWS
    return Group(table, f"and {more} more: dateline feeds check") if more > 0 else table


def disk_line(disk: Disk) -> str:
    """The room that is taken, and what is free."""
    parts = {"warehouse": disk.warehouse_bytes, "readers' copy": disk.copies_bytes, "raw pages": disk.raw_bytes}
    told = ", ".join(f"{name} {megabytes(size)}" for name, size in parts.items() if size)
    return f"{megabytes(disk.free_bytes)} free" + (f"; {told}" if told else "")


def version_lines(versions: Versions) -> RenderableType:
    """What made the warehouse, and what reads again what another version read."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(2):
        table.add_column(overflow="fold")
    later = f" (the next run brings it up to {versions.schema_wanted[-1]})" if versions.schema_wanted else ""
    table.add_row("dateline", versions.dateline)
    table.add_row("schema", f"{versions.schema.removesuffix('.sql')}{later.replace('.sql', '')}")
    table.add_row("extractor", versions.extractor)
    if versions.extracted_by_others or versions.extracted_by_others_pruned:
        table.add_row("", read_by_others(versions.extracted_by_others, "extract"))
    if pruned := versions.extracted_by_others_pruned:
        table.add_row("", f"another one read {pruned:,} further articles, whose pages are deleted")
    table.add_row("tagger", Text(one_line(versions.tagger or "–")))
    if versions.tagged_by_others:
        table.add_row("", read_by_others(versions.tagged_by_others, "tag"))
    return table


def read_by_others(articles: int, stage: str) -> Text:
    """How many articles another version read, and what reads them again."""
    told = f"another one read {counted(articles, 'article', 'articles') or 'no article'}"
    return Text(f"{told}: dateline rebuild --stage {stage}" if articles else told, "yellow" if articles else "")


def sheet(*names: str) -> Table:
    """A table with a head; ">" before a name sets its column to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in names:
        table.add_column(name.removeprefix(">"), justify="right" if name.startswith(">") else "left", overflow="fold")
    return table
