"""What a backfill does with archives: draw, read, keep, load. Composes pipeline and warehouse, knows no Prefect.

Pages that are loaded, or could not be read, are copied into the home's own raw files: a capture then leads to its page
whatever becomes of the archive, and `rebuild`, `prune` and `repair` need not know where it came from. An archive also
may be packed so that no record can be read alone. What is passed over is not copied.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flows.asking import utc_now as now
from flows.drawing import Batch, Drawer, Drawn, Mark, Result, begin
from flows.parsing import FeedDocument, parse_apart
from flows.reading import OTHER_LANGUAGE, ReadPage
from flows.session import Session, last_failure, read_job, reading_of, tell_failures
from pipeline.archives import AgencyFile, Archived, InputFile
from pipeline.extract import Crash
from pipeline.logs import about
from pipeline.records import Capture, Failure, Feed, ParsedFeed
from warehouse.backfill import FileProgress, KnownPages, Sighted, file_progress, known_pages, load_archived
from warehouse.pages import PageFailure, UnreadCapture
from warehouse.rows import Reading

log = logging.getLogger(__name__)
OLDER = "older"  # reason of what is another body than all known at its address, but not newer than they are


@dataclass(slots=True)
class Totals:
    """What came of the archives in one run."""

    files: int = 0
    other_files: int = 0  # that are no archives
    done_before: int = 0  # files that were read to their end by an earlier run
    loaded: int = 0
    known: int = 0
    failed: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        others = f", {self.other_files} others are no archives" if self.other_files else ""
        over = ", ".join(f"{reason} {n}" for reason, n in sorted(self.passed_over.items()))
        counts = (
            f"{self.loaded} pages loaded",
            f"{self.known} known",
            f"{self.passed_over.total()} passed over{f' ({over})' if over else ''}",
            f"{self.failed} failed",
        )
        return f"{self.files} files ({self.done_before} read before{others}): {', '.join(counts)}"


@dataclass(slots=True)
class Outcome:
    """What is to be written of a batch."""

    kept: list[Drawn] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)  # of each that is kept
    marks: dict[str, Counter[str]] = field(default_factory=dict)  # by path: loaded, known, failed, passed over
    passed_over: Counter[str] = field(default_factory=Counter)  # by reason


class Backfill:
    """The archives of one run. `read` may be called from several threads; `load` in the order of the batches only."""

    def __init__(
        self,
        session: Session,
        archived: Archived,
        feed_of: Callable[[InputFile], Feed],
        *,
        languages: Collection[str] = (),
        limit: int | None = None,
    ) -> None:
        self.session = session
        self.totals = Totals(files=len(archived.files), other_files=archived.others.total())
        self._files, self._feed_of, self._limit = archived.files, feed_of, limit
        self.progress = self._begun(",".join(sorted(languages)))
        self.totals.done_before = sum(progress.is_done for progress in self.progress.values())

    def _begun(self, languages: str) -> dict[str, FileProgress]:
        paths = [str(file.path) for file in self._files]
        known = file_progress(self.session.warehouse, paths, languages)
        return {
            str(file.path): begin(file, self._feed_of(file), languages, known.get(str(file.path)))
            for file in self._files
        }

    def batches(self) -> Iterator[Batch]:
        """What is left to be read."""
        settings = self.session.settings
        return Drawer(
            files=self._files,
            begun=dict(self.progress),
            feed_of=self._feed_of,
            parse=self._parse,
            size=settings.batch_size,
            max_bytes=settings.max_page_bytes,
            limit=self._limit,
        ).batches()

    def _parse(self, feed: Feed, file: AgencyFile) -> ParsedFeed | Failure:
        document = FeedDocument(
            body=file.body,
            url=file.address,
            content_type=None,
            zone=feed.zone,
            max_entries=self.session.settings.max_entries,
            now=now(),
        )
        return parse_apart(self.session.parsers, document)

    def read(self, batch: Batch) -> None:
        """Read the batch's pages that are not known. One that hung or whose process died is tried again, once."""
        known = self._known(batch)
        wanted = [place for place, drawn in enumerate(batch.pages) if known.take(drawn.sighted.capture)]
        batch.results = self._map(batch, wanted)
        crashed = [place for place, result in batch.results.items() if isinstance(result, Crash)]
        if crashed:
            batch.results |= self._map(batch, crashed)

    def _map(self, batch: Batch, places: Sequence[int]) -> dict[int, Result]:
        home = self.session.settings.home
        pages = [batch.pages[place] for place in places]
        jobs = [read_job(home, unread_of(drawn.sighted), drawn.response.body) for drawn in pages]
        results: dict[int, Result] = {}
        for index, result in self.session.workers.map(jobs):
            results[places[index]] = result
            self.session.progress.advance("read")
        return results

    def load(self, batch: Batch) -> None:
        """Keep a batch's pages and write all that came of it in one transaction, with how far its files are read."""
        outcome = sorted_out(batch, self._known(batch))
        kept = [self._keep(drawn) for drawn in outcome.kept]
        self.session.archive.flush()
        files = [
            moved_on(self.progress[path], mark, outcome.marks.get(path, Counter()))
            for path, mark in batch.marks.items()
        ]
        readings, unread = told_apart(kept, outcome.results)
        with self.session.warehouse.transaction() as cursor:
            load_archived(cursor, self.session.run_id, now(), kept, readings, unread, batch.broken, files)
        self._note(batch, outcome, files)
        with about(run=self.session.run_id):
            tell_failures([*batch.broken, *(failure for _, failure in unread)])
            tell_files(files, outcome.marks)

    def _known(self, batch: Batch) -> KnownPages:
        with self.session.warehouse.transaction() as cursor:
            return known_pages(cursor, (drawn.sighted.capture.url for drawn in batch.pages))

    def _keep(self, drawn: Drawn) -> Sighted:
        """The page in the home's raw files."""
        capture = drawn.sighted.capture
        return replace(drawn.sighted, capture=replace(self.session.archive.write(drawn.response), url=capture.url))

    def _note(self, batch: Batch, outcome: Outcome, files: Sequence[FileProgress]) -> None:
        """Count what is written now."""
        self.progress |= {progress.file_path: progress for progress in files}
        sums = sum(outcome.marks.values(), Counter[str]())
        self.totals.loaded += sums["loaded"]
        self.totals.known += sums["known"]
        self.totals.failed += sums["failed"] + len(batch.broken)
        self.totals.passed_over += batch.passed_over + outcome.passed_over
        self.session.progress.advance("files", sum(progress.is_done for progress in files))


def sorted_out(batch: Batch, known: KnownPages) -> Outcome:
    """Which pages of a batch are kept, and what is counted of the others; pages count in the archive's order."""
    outcome = Outcome()
    for place, drawn in enumerate(batch.pages):
        counts, result = outcome.marks.setdefault(drawn.file_path, Counter()), batch.results.get(place)
        capture = drawn.sighted.capture
        if isinstance(result, Failure) and result.reason == OTHER_LANGUAGE:
            counts["passed_over"] += 1
            outcome.passed_over[OTHER_LANGUAGE] += 1
        elif result is not None and known.take(capture):
            counts["loaded" if isinstance(result, ReadPage) else "failed"] += 1
            outcome.kept.append(drawn)
            outcome.results.append(result)
        elif has_body(known, capture):
            counts["known"] += 1
        else:
            counts["passed_over"] += 1
            outcome.passed_over[OLDER] += 1
    return outcome


def has_body(known: KnownPages, capture: Capture) -> bool:
    """Whether this very page is known at its address."""
    return capture.sha256 in known.bodies.get(capture.url, ())


def told_apart(
    kept: Sequence[Sighted], results: Sequence[Result]
) -> tuple[list[Reading], list[tuple[Capture, PageFailure]]]:
    """What was read, and what could not be."""
    readings: list[Reading] = []
    unread: list[tuple[Capture, PageFailure]] = []
    for sighted, result in zip(kept, results, strict=True):
        if isinstance(result, ReadPage):
            readings.append(reading_of(unread_of(sighted), result))
        else:
            unread.append((sighted.capture, last_failure(unread_of(sighted), result)))
    return readings, unread


def moved_on(progress: FileProgress, mark: Mark, counts: Counter[str]) -> FileProgress:
    """A file's progress after a batch."""
    return replace(
        progress,
        position=mark.position,
        is_done=mark.is_done,
        pages_loaded=progress.pages_loaded + counts["loaded"],
        pages_known=progress.pages_known + counts["known"],
        pages_failed=progress.pages_failed + counts["failed"] + mark.failed,
        passed_over=progress.passed_over + counts["passed_over"] + mark.passed_over,
    )


def tell_files(files: Sequence[FileProgress], marks: Mapping[str, Counter[str]]) -> None:
    """A record for each file of a batch that is loaded."""
    for progress in files:
        counts = marks.get(progress.file_path, Counter[str]())
        place = "its end" if progress.is_done else f"{progress.position_unit} {progress.position}"
        with about(feed=progress.feed_id, file=progress.file_path):
            log.info("read to %s: %d pages loaded, %d known", place, counts["loaded"], counts["known"])


def unread_of(sighted: Sighted) -> UnreadCapture:
    """A page of an archive with what is known of it, as `unread_captures` gives those of feeds."""
    entry, feed = sighted.entry, sighted.feed
    long_text = entry.content_html if entry.content_html and len(entry.content_html) > 1000 else None
    return UnreadCapture(
        capture=sighted.capture,
        feed_id=feed.feed_id,
        title=entry.title,
        authors=entry.authors,
        agency=entry.agency or feed.agency,
        language=feed.language,
        country=feed.country,
        published_at=entry.published_at,
        modified_at=entry.updated_at,
        content_html=long_text,
        attempts=0,
    )
