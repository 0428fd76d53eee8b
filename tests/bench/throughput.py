"""How much of the machine the pipeline uses: stage by stage, and end to end beside the bare sum of its parts.

    DATELINE_EVAL=<folder> python -m tests.bench.throughput [--pages 5000] [--stages 500]

The **bare sum** is one process that calls `trafilatura.extract` and the same spaCy model (all its components,
`nlp.pipe`) on the same pages and inserts articles and names by Arrow, nothing else. **End to end** is `dateline ingest`
on feeds that list these pages on loopback: poll, fetch, archive, extract, tag, load, group, publish. Start-up is a run
of the same command over an empty feed, and is taken off. All this with each coder of events, one run after the other,
on the same machine. Memory is the peak of the proportional set size of all processes of a run together, sampled
(Linux).

Stages are measured one by one on the first pages, each as a run calls it; times are the wall's. Extract, tag and load
are measured in one process, where a run has as many as there are cores for the first two.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa
import spacy
import trafilatura

from flows.asking import utc_now
from flows.ingest import batches
from flows.reading import TOGETHER, Reader, ReadPage, extracted, tagger_options
from flows.session import Session, read_job, reading_of
from pipeline.records import Article, Failure, Feed
from pipeline.settings import Settings, load_settings
from pipeline.tag.models.spacy_model import packaged_folder
from tests.bench.page_wire import Pages, originals, page_wire
from tests.bench.polling_load import family
from warehouse.load import load_readings
from warehouse.runs import begin_run
from warehouse.store import Warehouse

ROWS = 256  # articles inserted at once by the bare sum
QUICK = {"host_interval_seconds": 0.0, "host_connections": 16}
CODERS = ("both", "rules")  # the default, and what does without a network


@dataclass(frozen=True, slots=True)
class Taken:
    """What was done in how many seconds."""

    name: str
    pages: int
    seconds: float

    @property
    def pace(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds


def bare_sum(pages: Pages, database: Path) -> float:
    """Seconds for text, names and rows of all pages in this process, without loading the model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # W095, as everywhere
        nlp = spacy.load(packaged_folder())
    connection = duckdb.connect(str(database))
    connection.execute("CREATE TABLE article (number INTEGER, text VARCHAR)")
    connection.execute(
        "CREATE TABLE mention (number INTEGER, first INTEGER, last INTEGER, label VARCHAR, text VARCHAR)"
    )
    started = time.perf_counter()
    texts = ((text, n) for n in range(pages.count) if (text := trafilatura.extract(pages.body(n))))
    documents = nlp.pipe(texts, as_tuples=True)
    while batch := list(islice(documents, ROWS)):
        articles = pa.table({"number": [n for _, n in batch], "text": [doc.text for doc, _ in batch]})
        names = [(n, e.start_char, e.end_char, e.label_, e.text) for doc, n in batch for e in doc.ents]
        columns = dict(zip(("number", "first", "last", "label", "text"), zip(*names, strict=True), strict=True))
        mentions = pa.table({name: list(values) for name, values in columns.items()})
        for table, rows in (("article", articles), ("mention", mentions)):
            connection.register("rows", rows)
            connection.execute(f"INSERT INTO {table} SELECT * FROM rows")
    connection.close()
    return time.perf_counter() - started


class Memory:
    """Samples what a process and its children hold together; pages that they share count once."""

    def __init__(self, pid: int) -> None:
        self.samples, self._pid, self._over = [0.0], pid, threading.Event()
        threading.Thread(target=self._sample, daemon=True).start()

    def _sample(self) -> None:
        while not self._over.wait(0.5):
            self.samples.append(sum(map(proportional_gb, family(self._pid))))

    def stop(self) -> tuple[float, float]:
        """End; the peak of the first and of the second half of the time, in GB."""
        self._over.set()
        half = max(1, len(self.samples) // 2)
        return max(self.samples[:half]), max(self.samples[half:], default=0.0)


def proportional_gb(pid: int) -> float:
    """Proportional set size; 0 for a process that has ended."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return int(told.split("Pss:")[1].split()[0]) / 1e6


def run_ingest(home: Path, feeds: Sequence[str], coder: str) -> tuple[float, tuple[float, float]]:
    """Seconds of `dateline ingest` over these feeds with that coder of events, and the peaks of its memory."""
    home.mkdir(exist_ok=True)
    rows = (f'[[feed]]\nid = "desk-{n}"\nurl = "{url}"\nallow_private = true\n' for n, url in enumerate(feeds))
    (home / "feeds.toml").write_text("\n".join(rows))
    given = {f"DATELINE_{name.upper()}": str(value) for name, value in (QUICK | {"event_coder": coder}).items()}
    command = [sys.executable, "-c", "from flows.cli import main; main()", "ingest", "--home", str(home)]
    started = time.perf_counter()
    with subprocess.Popen(command, env=os.environ | given, stderr=subprocess.DEVNULL) as process:
        memory = Memory(process.pid)
        status = process.wait()
    if status not in (0, 1):  # 1: a page of the set that has no text
        raise SystemExit(f"dateline ingest ended with {status}")
    return time.perf_counter() - started, memory.stop()


def loaded(home: Path) -> int:
    """Articles in the readers' copy."""
    with duckdb.connect(str(home / "dateline.duckdb"), read_only=True) as connection:
        row = connection.execute("SELECT count(*) FROM article").fetchone()
    return row[0] if row else 0


def end_to_end(pages: Pages, folder: Path) -> Iterator[str]:
    """The bare sum and a run with each coder, as rows of a table."""
    bare = bare_sum(pages, folder / "bare.duckdb")
    yield "| what | pages | seconds | pages a second | times the bare sum | start-up, s | memory, GB, early, late |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    yield f"| bare sum, one process | {pages.count:,} | {bare:.0f} | {pages.count / bare:.1f} | 1.00 | | |"
    for coder in CODERS:
        with page_wire(Pages(pages.originals, 0)) as _, page_wire(pages) as feeds:
            empty = [feeds[0].replace("/feed/0", "/none/0")]
            start_up, _ = run_ingest(folder / f"empty-{coder}", empty, coder)
            whole, (early, late) = run_ingest(folder / coder, feeds, coder)
        seconds = whole - start_up
        yield (
            f"| `dateline ingest`, {coder}, {os.cpu_count()} cores | {pages.count:,} | {seconds:.0f} "
            f"| {pages.count / seconds:.1f} | {bare / seconds:.2f} | {start_up:.0f} | {early:.1f}, {late:.1f} |"
        )
    counts = " and ".join(f"{loaded(folder / coder):,}" for coder in CODERS)
    yield f"\n{counts} articles of {pages.count:,} pages were loaded."


def stages(pages: Pages, home: Path) -> Iterator[Taken]:
    """What each stage takes on its own, one after the other, in one home."""
    settings = load_settings(home=home, **QUICK)
    with page_wire(pages) as urls:
        feeds = [Feed(feed_id=f"desk-{n}", url=url, allow_private=True) for n, url in enumerate(urls)]
        with (
            Warehouse.open(settings.live, settings.lock) as warehouse,
            Session(settings, feeds, "bench", warehouse) as session,
        ):
            begin_run(warehouse, "bench", datetime.now(UTC), flow="ingest", version="bench", flow_run_id=None)
            yield from _stages(session, settings, pages.count)


def _stages(session: Session, settings: Settings, count: int) -> Iterator[Taken]:
    yield _taken("poll", count, lambda: session.poll(list(session.feeds)))
    due = session.due_pages(None, None)
    yield _taken("fetch", count, lambda: [session.fetch(batch) for batch in batches(due, settings.batch_size)])
    unread, readers = session.unread(), {coder: _reader(settings, coder) for coder in CODERS}
    jobs = [read_job(settings.home, one) for one in unread]
    articles: list[Article | Failure] = []
    yield _taken("extract", count, lambda: articles.extend(extracted(job, settings.page_seconds) for job in jobs))
    found = [(job, one, a) for job, one, a in zip(jobs, unread, articles, strict=True) if isinstance(a, Article)]
    groups = [[(job, article) for job, _, article in group] for group in batches(found, TOGETHER)]
    pages: dict[str, list[ReadPage]] = {coder: [] for coder in CODERS}
    spent = dict.fromkeys(CODERS, 0.0)
    for number, group in enumerate(groups):  # in turns: who comes second finds words in the caches
        for coder in CODERS if number % 2 else reversed(CODERS):
            spent[coder] += _taken("tag", 0, lambda c=coder, g=group: pages[c].extend(readers[c].read(g))).seconds
    yield from (Taken(f"tag, {coder}", len(found), seconds) for coder, seconds in spent.items())
    readings = [reading_of(one, page) for (_, one, _), page in zip(found, pages[CODERS[0]], strict=True)]
    loads = [
        partial(load_readings, session.warehouse, "bench", utc_now(), batch, [])
        for batch in batches(readings, settings.batch_size)
    ]
    yield _taken("load", len(found), lambda: [load() for load in loads])
    yield _taken("group", count, session.group)
    yield _taken("publish", count, session.publish)


def _reader(settings: Settings, coder: str) -> Reader:
    reader = Reader(tagger_options(settings.model_copy(update={"event_coder": coder})), settings.page_seconds)
    reader.warm_up()
    return reader


def _taken(name: str, count: int, work: Callable[[], object]) -> Taken:
    started = time.perf_counter()
    work()
    return Taken(name, count, time.perf_counter() - started)


def main() -> None:
    """The tables, in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--stages", type=int, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("| stage | pages | seconds | pages a second |\n|---|---:|---:|---:|")
        for taken in stages(Pages(originals(), options.stages), Path(folder) / "stages"):
            print(f"| {taken.name} | {taken.pages:,} | {taken.seconds:.1f} | {taken.pace:.0f} |", flush=True)
        print()
        for row in end_to_end(Pages(originals(), options.pages), Path(folder)):
            print(row, flush=True)


if __name__ == "__main__":
    main()
