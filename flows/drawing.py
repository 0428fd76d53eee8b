"""Batches of pages drawn from archives, each knowing how far that brings its files. Knows nothing of Prefect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flows.asking import utc_now as now
from flows.reading import ReadPage
from pipeline.archives import AgencyFile, ArchivedPage, Broken, InputFile, Item, PassedOver, Unit, read_archive
from pipeline.extract import Crash
from pipeline.fetch import text_response, unwritten
from pipeline.ids import normal_url, stable_id
from pipeline.records import Capture, Entry, Failure, Feed, ParsedFeed, Response, Stage
from warehouse.backfill import FileProgress, Sighted
from warehouse.entries import address_of, skip_reason
from warehouse.pages import PageFailure

UNREADABLE = "unreadable"
BARREN = 20_000  # records without a page after which a batch ends all the same, so that the place is kept

Result = ReadPage | Failure | Crash
Parse = Callable[[Feed, AgencyFile], ParsedFeed | Failure]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page of an archive, and the file that it is from."""

    file_path: str
    sighted: Sighted
    response: Response


@dataclass(slots=True)
class Mark:
    """How far a batch brings a file, and what of it was no page."""

    position: int
    is_done: bool = False
    passed_over: int = 0
    failed: int = 0


class Batch:
    """Pages that are read and loaded together. No dataclass: Prefect would look into every page for futures."""

    def __init__(self) -> None:
        self.pages: list[Drawn] = []
        self.broken: list[PageFailure] = []
        self.marks: dict[str, Mark] = {}
        self.passed_over: Counter[str] = Counter()
        self.results: dict[int, Result] = {}  # by place in `pages`, once they are read

    def mark(self, path: str, position: int) -> Mark:
        """The file's mark, moved on to a place."""
        mark = self.marks.setdefault(path, Mark(position))
        mark.position = position
        return mark

    def is_full(self, size: int) -> bool:
        """Whether it holds `size` pages, or nearly none after very many records."""
        return len(self.pages) >= size or len(self.broken) + sum(self.passed_over.values()) >= BARREN


@dataclass(slots=True, kw_only=True)
class Drawer:
    """Draws from files, each from where it was left. `feed_of`: whose pages a file's are."""

    files: Sequence[InputFile]
    begun: Mapping[str, FileProgress]  # by path, of those that were begun before
    feed_of: Callable[[InputFile], Feed]
    parse: Parse
    size: int
    max_bytes: int
    limit: int | None = None
    drawn: int = field(default=0, init=False)

    def batches(self) -> Iterator[Batch]:
        """Batches in the order of the files, the last one of a run shorter."""
        batch = Batch()
        for file in self.files:
            progress = self.begun[str(file.path)]
            if progress.is_done:
                continue
            position, is_done = progress.position, True
            for item in self._items(file, position):
                self._add(batch, file, item)
                position, is_done = item.end, not is_unreadable(item)
                if self.limit is not None and self.drawn >= self.limit:
                    yield batch
                    return
                if batch.is_full(self.size):
                    yield batch
                    batch = Batch()
            batch.mark(str(file.path), position).is_done = is_done
        if batch.marks:
            yield batch

    def _items(self, file: InputFile, start: int) -> Iterator[Item]:
        """What lies in the file; where it cannot be read any further it is broken: that costs the file, not the run."""
        try:
            for item in read_archive(file, start, self.max_bytes):
                yield item
                start = item.end
        except OSError as error:
            yield Broken(start=start, end=start, reason=UNREADABLE, detail=error.strerror or str(error))
        except Exception as error:  # noqa: BLE001 (whatever a reader of bytes stumbles over)
            yield Broken(start=start, end=start, reason=UNREADABLE, detail=f"{type(error).__name__}: {error}"[:200])

    def _add(self, batch: Batch, file: InputFile, item: Item) -> None:
        feed, path = self.feed_of(file), str(file.path)
        mark = batch.mark(path, item.end)
        match item:
            case ArchivedPage():
                self._keep(batch, drawn_page(path, feed, item))
            case PassedOver():
                mark.passed_over += 1
                batch.passed_over[item.reason] += 1
            case Broken():
                mark.failed += 1
                batch.broken.append(broken_record(file, feed, item))
            case AgencyFile():
                self._add_agency(batch, file, feed, item)

    def _add_agency(self, batch: Batch, file: InputFile, feed: Feed, item: AgencyFile) -> None:
        """The items of an agency's file that carry their text."""
        parsed, mark = self.parse(feed, item), batch.marks[str(file.path)]
        if isinstance(parsed, Failure):
            mark.failed += 1
            broken = Broken(start=item.start, end=item.end, reason=parsed.reason, detail=parsed.detail)
            batch.broken.append(broken_record(file, feed, broken))
            return
        for entry in parsed.entries:
            if reason := left_out(entry, now()):
                mark.passed_over += 1
                batch.passed_over[reason] += 1
            else:
                self._keep(batch, drawn_entry(str(file.path), feed, entry, item.modified_at))

    def _keep(self, batch: Batch, drawn: Drawn) -> None:
        batch.pages.append(drawn)
        self.drawn += 1


def is_unreadable(item: Item) -> bool:
    """Whether the file itself could not be read: the next backfill tries it again."""
    return isinstance(item, Broken) and item.reason == UNREADABLE


def begin(file: InputFile, feed: Feed, languages: str, known: FileProgress | None) -> FileProgress:
    """From where a file is read: where it was left, or its beginning when it is another file than it was then."""
    if known and (known.size_bytes, known.modified_ns) == (file.size_bytes, file.modified_ns):
        return replace(known, feed_id=feed.feed_id)
    return FileProgress(
        file_path=str(file.path),
        languages=languages,
        feed_id=feed.feed_id,
        size_bytes=file.size_bytes,
        modified_ns=file.modified_ns,
        position_unit=file.unit,
    )


def left_out(entry: Entry, at: datetime) -> str | None:
    """Why an agency's item becomes no article, in a stable word; None when it does."""
    if reason := skip_reason(entry, full=True):
        return reason
    if not entry.content_html:
        return "no_text"
    return "embargoed" if entry.embargoed_until and entry.embargoed_until > at else None


def drawn_page(path: str, feed: Feed, page: ArchivedPage) -> Drawn:
    """A page of an archive, which is its own entry."""
    entry = Entry(entry_id="", link=page.response.url, title=page.title, published_at=page.published_at)
    return _drawn(path, feed, entry, page.response)


def drawn_entry(path: str, feed: Feed, entry: Entry, at: datetime) -> Drawn:
    """An item of an agency's as the page that a run would make of it."""
    assert entry.content_html
    response = text_response(entry.link or address_of(feed, entry), entry.content_html, at)
    return _drawn(path, feed, entry, response)


def _drawn(path: str, feed: Feed, entry: Entry, response: Response) -> Drawn:
    """Entries of archives are known by address and body: another body at an address is another sighting of it."""
    capture: Capture = replace(unwritten(response), url=normal_url(response.url))
    entry = replace(entry, entry_id=stable_id(capture.url, capture.sha256))
    return Drawn(path, Sighted(feed=feed, entry=entry, capture=capture), response)


def broken_record(file: InputFile, feed: Feed, broken: Broken) -> PageFailure:
    """What cannot be read, at its place in the file: `file:///srv/news.warc.gz#byte=4266`."""
    unit: Unit = file.unit
    where = f"{file.path.as_uri()}#{unit}={broken.start}"
    failure = Failure(stage=Stage.FETCH, reason=broken.reason, detail=broken.detail, retryable=False)
    return PageFailure(url=where, feed_id=feed.feed_id, failure=failure, next_attempt_at=None)
