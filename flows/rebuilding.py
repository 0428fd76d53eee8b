"""Articles made anew from stored pages, without the network: composes pipeline and warehouse, knows no Prefect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import islice
from types import TracebackType
from typing import Self, get_args

from flows.asking import utc_now as now
from flows.progress import Progress, current
from flows.reading import Reread, open_rereaders
from flows.session import last_failure, read_job
from pipeline.extract import EXTRACTOR, Crash
from pipeline.records import Failure, Standing
from pipeline.settings import Settings
from warehouse.grouping import group_all
from warehouse.labels import keep_labels
from warehouse.pages import PageFailure
from warehouse.publish import publish
from warehouse.rebuild import (
    Known,
    Renewal,
    StoredPage,
    changed_columns,
    known_articles,
    store_rebuilt,
    stored_pages,
)
from warehouse.rows import Reading
from warehouse.runs import Run, end_run
from warehouse.store import Cursor, Warehouse

DIFF_LINES = 12  # of one text in the report
DIFF_WIDTH = 160


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text before and after."""

    url: str
    before: str
    after: str

    def difference(self) -> list[str]:
        """Its first lines that differ."""
        diff = unified_diff(self.before.split("\n"), self.after.split("\n"), lineterm="", n=0)
        told = (line for line in diff if not line.startswith(("---", "+++", "@@")))
        return ["", self.url, *(f"  {line[:DIFF_WIDTH]}" for line in islice(told, DIFF_LINES))]


@dataclass(slots=True)
class Changes:
    """What reading pages again changed. Pages are counted once, under the first that fits."""

    pages: int = 0
    recovered: int = 0  # it could not be read before
    texts: int = 0
    columns: int = 0  # the same text, but something else about it
    lost: int = 0  # it cannot be read any more; the article stays
    unread: int = 0  # it could not be read before either
    by_column: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)  # of what was lost
    sample: list[TextChange] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)  # what became of codings that people judged

    @property
    def unchanged(self) -> int:
        """Pages of which the same article came."""
        return self.pages - self.recovered - self.texts - self.columns - self.lost - self.unread

    def report(self) -> list[str]:
        """For a person: counts, then the sample of differences."""
        lines = [
            f"{self.pages} pages read again by {EXTRACTOR}",
            f"  text changed (a new version)    {self.texts}",
            f"  only other columns changed      {self.columns}",
            f"  unchanged                       {self.unchanged}",
            f"  could not be read before        {self.recovered}",
            f"  cannot be read any more         {self.lost} (their articles stay)",
            f"  could not be read before either {self.unread}",
        ]
        if self.by_column:
            lines.append("  columns: " + ", ".join(f"{name} {n}" for name, n in self.by_column.most_common()))
        if self.reasons:
            lines.append("  not read: " + ", ".join(f"{reason} {n}" for reason, n in self.reasons.most_common()))
        return lines + self.labels + [line for change in self.sample for line in change.difference()]

    def add(self, other: Changes, most: int) -> None:
        """Another batch's changes, of which the sample takes no more than `most` in all."""
        for name in ("pages", "recovered", "texts", "columns", "lost", "unread"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.by_column += other.by_column
        self.reasons += other.reasons
        self.sample = (self.sample + other.sample)[:most]


class Work:
    """What both rebuilds have: an open warehouse, and the stages behind the reading. With `dry` nothing is written."""

    def __init__(self, settings: Settings, run_id: str, warehouse: Warehouse, *, dry: bool) -> None:
        self.settings = settings
        self.run_id = run_id
        self.warehouse = warehouse
        self.dry = dry
        self.progress: Progress = current()
        self._closing = ExitStack()

    def group(self) -> int:
        """New texts join stories, their event mentions join events."""
        self.progress.stage("group", 1)
        placed = group_all(self.warehouse, self.run_id)
        self.progress.advance("group")
        return placed

    def check_labels(self) -> list[str]:
        """Lines on what became of the codings that people judged, for the report; readers see it, too."""
        checked, wrong = keep_labels(self.warehouse, self.settings.labels_file, self.run_id)
        counts = Counter(one.standing for one in checked)
        told = [f"  {standing:<31} {counts[standing]}" for standing in get_args(Standing) if counts[standing]]
        return [*([f"{counts.total()} codings that people judged", *told] if told else []), *wrong]

    def publish(self) -> int:
        """Swap in the readers' copy; its size in bytes."""
        self.progress.stage("publish", 1)
        since = self.settings.publish_since(now())
        size = publish(self.warehouse, self.settings.published, self.complete, since=since)
        self.progress.advance("publish")
        return size

    def complete(self, cursor: Cursor) -> Run:
        """Enter into the book that it is over, and all is well."""
        return end_run(cursor, self.run_id, now(), "completed")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()


class Rebuild(Work):
    """Stored pages are extracted again; a dry one tags nothing."""

    def __init__(self, settings: Settings, run_id: str, warehouse: Warehouse, *, dry: bool) -> None:
        super().__init__(settings, run_id, warehouse, dry=dry)
        self._workers = self._closing.enter_context(open_rereaders(settings, tags=not dry))

    def stored(self, *, every: bool, feeds: Sequence[str] | None, limit: int | None) -> list[StoredPage]:
        """Pages that are to be read again."""
        return stored_pages(self.warehouse, EXTRACTOR, every=every, feeds=feeds, limit=limit)

    def read(self, pages: Sequence[StoredPage]) -> Changes:
        """Read a batch again and keep it in one transaction; what it changed."""
        known = known_articles(self.warehouse, pages)
        jobs = [(read_job(self.settings.home, page.unread), _hash_of(page, known)) for page in pages]
        readings: list[Reading] = []
        renewals: list[Renewal] = []
        failures: list[PageFailure] = []
        changes = Changes()
        for index, result in self._workers.map(jobs):
            page = pages[index]
            was = known.get(page.article_id or "")
            count(changes, page, was, result)
            if isinstance(result, Reread):
                if result.page:
                    readings.append(_reading(page, result))
                elif page.article_id:
                    renewals.append(Renewal(page.article_id, result.article))
            else:
                failures.append(last_failure(page.unread, result))
            self.progress.advance("read")
        if not self.dry:
            readings.sort(key=lambda reading: (reading.url, reading.unread.capture.fetched_at))
            store_rebuilt(self.warehouse, self.run_id, now(), readings, renewals, failures)
        return changes


def _hash_of(page: StoredPage, known: dict[str, Known]) -> str | None:
    was = known.get(page.article_id or "")
    return was.text_sha256 if was else None


def _reading(page: StoredPage, result: Reread) -> Reading:
    """A changed text at the address where its article is known."""
    assert result.page
    return Reading(
        unread=page.unread,
        article=result.article,
        told=result.page.told,
        minhash=result.page.minhash,
        url=page.article_url or result.page.url,
    )


def count(changes: Changes, page: StoredPage, was: Known | None, result: Reread | Failure | Crash) -> None:
    """Enter what came of one page."""
    changes.pages += 1
    if not isinstance(result, Reread):
        changes.lost += was is not None
        changes.unread += was is None
        changes.reasons[result.reason] += 1
    elif was is None:
        changes.recovered += 1
    else:
        columns = changed_columns(was, result.article)
        changes.by_column.update(columns)
        if was.text != result.article.text:
            changes.texts += 1
            changes.sample.append(TextChange(page.article_url or "", was.text, result.article.text))
        elif columns:
            changes.columns += 1
