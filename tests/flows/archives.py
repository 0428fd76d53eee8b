"""Archives for the tests, made of the demo wire's stories, and a backfill of them without Prefect.

As a program: `archives.py HOME BATCHES WHERE ARCHIVE…` kills itself by SIGKILL, after BATCHES batches: WHERE `border`
when the next is to be read, `read` when it has been read, `load` in the middle of its transaction.
"""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

from flows.backfilling import Backfill, Totals
from flows.choosing import own_feed
from flows.home import check_run
from flows.session import Readers, Session
from pipeline.archives import find_inputs
from pipeline.demo import load_stories
from pipeline.demo.site import render_page
from pipeline.settings import Settings, load_settings
from warehouse.backfill import load_archived
from warehouse.query import ask
from warehouse.runs import begin_run, end_run
from warehouse.store import Warehouse

FETCHED = datetime(2026, 11, 21, 12, tzinfo=UTC)
BATCH_SIZE = 4
SITE = "https://wire.example"
COUNTED = "SELECT file_path, position, is_done, pages_loaded, pages_known, pages_failed, passed_over FROM backfill_file"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the demo wire."""

    url: str
    title: str
    language: str
    published_at: datetime
    html: bytes
    text: str


def pages(count: int) -> list[Page]:
    """So many pages with a text of their own, one of them in another language than English."""
    stories = [s for s in load_stories() if s.kind == "story" and not s.copy_of]
    chosen = [*[s for s in stories if s.language == "en"][: count - 1], *[s for s in stories if s.language != "en"][:1]]
    return [
        Page(SITE + s.path, s.title, s.language, s.published, render_page(s, stories, SITE), "\n\n".join(s.printed))
        for s in chosen
    ]


def record(url: str, body: bytes, *, kind: str = "response", status: str = "200 OK", media: str = "text/html") -> bytes:
    """A WARC record as CC-NEWS has it, not packed."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {FETCHED:%Y-%m-%dT%H:%M:%SZ}\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def news_records(some: Sequence[Page]) -> list[bytes]:
    """The pages among what else such a file holds."""
    first = some[0]
    return [
        record(first.url, b"", kind="request"),
        *(record(page.url, page.html, media="text/html; charset=utf-8") for page in some),
        record(f"{SITE}/gone", b"<p>Not here</p>", status="404 Not Found"),
        record(f"{SITE}/picture.png", b"\x89PNG\r\n", media="image/png"),
        record(first.url, first.html, media="text/html; charset=utf-8"),  # crawled twice
    ]


def write_warc(path: Path, records: Sequence[bytes]) -> list[int]:
    """A .warc.gz with a gzip member a record, or a plain .warc; where each begins."""
    packed = [gzip.compress(r) if path.suffix == ".gz" else r for r in records]
    path.write_bytes(b"".join(packed))
    return [sum(map(len, packed[:n])) for n in range(len(packed))]


def write_lines(path: Path, some: Sequence[Page], pack: Callable[[bytes], bytes] = bytes) -> None:
    """JSON Lines, pages in turn as HTML and as text."""
    lines = []
    for number, page in enumerate(some):
        body = {"text": page.text} if number % 2 else {"html": page.html.decode()}
        known = {"title": page.title, "published_at": page.published_at.isoformat(), "language": page.language}
        lines.append(json.dumps({"url": page.url, **body, **known, "fetched_at": FETCHED.isoformat()}))
    path.write_bytes(pack("\n".join(lines).encode() + b"\n"))


def write_folder(folder: Path, some: Sequence[Page]) -> None:
    """HTML files: the first with a sidecar, the second that names itself, the third that names nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = [f"<h1>{escape(p.title)}</h1><p>" + escape(p.text).replace("\n\n", "</p><p>") + "</p>" for p in some]
    (folder / "a.html").write_text(f"<html><body><article>{plain[0]}</article></body></html>")
    (folder / "a.html.json").write_text(json.dumps({"url": some[0].url, "fetched_at": FETCHED.isoformat()}))
    canonical = f'<link rel="canonical" href="{some[1].url}">'
    (folder / "b.html").write_text(f"<html><head>{canonical}</head><body><article>{plain[1]}</article></body></html>")
    (folder / "c.htm").write_text(f"<html><body><article>{plain[2]}</article></body></html>")
    (folder / "notes.txt").write_text("not for us")


def write_ninjs(path: Path, some: Sequence[Page]) -> None:
    """A file of an agency's."""
    items = [
        {
            "uri": f"urn:example:{number}", "headline": page.title, "pubstatus": "usable",
            "versioncreated": page.published_at.isoformat(),
            "body_html": "<p>" + escape(page.text).replace("\n\n", "</p><p>") + "</p>",
        }
        for number, page in enumerate(some)
    ]  # fmt: skip
    path.write_text(json.dumps([*items, {"uri": "urn:example:x", "headline": "Kill", "pubstatus": "canceled"}]))


def settings_of(home: Path) -> Settings:
    """Settings of a test's home."""
    return load_settings(home=home, workers=2, batch_size=BATCH_SIZE, page_seconds=60, tag_seconds=120)


@contextmanager
def backfilling(
    home: Path,
    paths: Sequence[Path],
    workers: Callable[[Settings], Readers],
    *,
    languages: Sequence[str] = (),
    limit: int | None = None,
) -> Iterator[Backfill]:
    """A backfill of the paths into the home, entered in the book of runs, grouped and published at its end."""
    settings, now = settings_of(home), datetime.now(UTC)
    listed, archived, run_id = check_run(settings), find_inputs(list(paths)), uuid4().hex
    feeds = {feed.feed_id: feed for feed in (*listed, *(own_feed(file.root) for file in archived.files))}
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        begin_run(warehouse, run_id, now, flow="backfill", version="test", flow_run_id=None)
        with Session(settings, list(feeds.values()), run_id, warehouse, workers) as session:
            yield Backfill(session, archived, lambda file: own_feed(file.root), languages=languages, limit=limit)
            session.group()
            session.publish()
        with warehouse.transaction(of_book=True) as cursor:
            end_run(cursor, run_id, now, "completed")


def load_all(home: Path, paths: Sequence[Path], workers: Callable[[Settings], Readers], **options: Any) -> Totals:
    """All of it; what came of it."""
    with backfilling(home, paths, workers, **options) as work:
        for batch in work.batches():
            work.read(batch)
            work.load(batch)
    return work.totals


def counted(home: Path) -> dict[str, tuple[Any, ...]]:
    """By file name: its place, whether it is done, and the counts."""
    rows = ask(home / "dateline.duckdb", COUNTED).rows
    return {Path(str(path)).name: tuple(rest) for path, *rest in rows}


READER = "pipeline.extract.child"  # stands in the command line of the processes that read


class Killing:
    """Another runner, of which one worker is killed when the first page has been read."""

    def __init__(self, runner: Readers, *, whole: bool) -> None:
        self._runner, self._whole, self.killed = runner, whole, 0

    def map(self, items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """What the other gives."""
        for result in self._runner.map(items):
            if not self.killed:
                self.killed = reader_process(of_worker=self._whole)
                os.kill(self.killed, signal.SIGKILL)
            yield result

    def __enter__(self) -> Killing:
        self._runner.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.__exit__(None, None, None)


def reader_process(*, of_worker: bool) -> int:
    """A process below this one that reads pages, the last started; `of_worker`: the worker that it reads for."""
    listing = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,ppid=,args=", "--sort=start_time"], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()]
    ours = {os.getpid()}
    for _ in rows:
        ours |= {int(pid) for pid, parent, *_ in rows if int(parent) in ours}
    readers = [row for row in rows if READER in row[2] and int(row[0]) in ours]
    pid, parent, _ = [row for row in readers if not of_worker or int(row[1]) != os.getpid()][-1]
    return int(parent if of_worker else pid)


def die(*_: object, **__: object) -> None:
    """As the kernel would have it."""
    os.kill(os.getpid(), signal.SIGKILL)


def write_and_die(*arguments: Any) -> None:
    """All that a transaction writes, but not its end."""
    load_archived(*arguments)
    die()


def main(home: str, batches: str, where: str, *paths: str) -> None:
    """Load so many batches, then die."""
    from flows import backfilling as module
    from flows.reading import open_readers

    with backfilling(Path(home), [Path(path) for path in paths], open_readers) as work:
        for number, batch in enumerate(work.batches()):
            last = number == int(batches)
            if last and where == "border":
                die()
            work.read(batch)
            if last and where == "read":
                die()
            if last:
                module.load_archived = write_and_die  # type: ignore[assignment]
            work.load(batch)


if __name__ == "__main__":
    main(*sys.argv[1:])
