"""The same articles loaded into a file, a lake with its catalog in SQLite, and one with it in PostgreSQL.

    python -m tests.bench.storages [--articles 4000] [--batches 32,500]

Generated articles (tests.bench.big_warehouse) as workers hand them over. They are loaded by one writer, then, into a
new lake, by two processes that share them and take turns; then grouped and published, and a month of a country is asked
of `event_feed` three times. Each storage is new for each batch size. Making and reading what is to be loaded is not
timed. Seconds are on the clock; of several writers from the first one's start to the last one's end; the processors'
are those of the writers, not of PostgreSQL. Size is that of
the writer's file, or of a lake's data and SQLite catalog. Without `initdb` and `postgres` on PATH the last is left out.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.big_warehouse import UNTIL, World, make_warehouse
from tests.bench.loading import LOADED
from tests.bench.made_readings import readings
from tests.warehouse.lakes import CATALOG, lake_in, postgres_server
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.publish import publish
from warehouse.query import opened
from warehouse.storage import FileStorage, Storage
from warehouse.store import Warehouse

WAITING = """
INSERT INTO feed BY NAME SELECT * FROM made.feed;
INSERT INTO run BY NAME SELECT * FROM made.run;
INSERT INTO capture BY NAME SELECT * FROM made.capture;
INSERT INTO entry BY NAME SELECT * REPLACE ('fetched' AS status, NULL AS article_id) FROM made.entry;
"""
QUERY = (Path(__file__).parent / "views" / "event_feed.sql").read_text("utf-8")
ROWS = " + ".join(f"(SELECT count(*) FROM {table})" for table in LOADED)


class Place(NamedTuple):
    """Where a storage is, told to another process."""

    home: Path
    catalog: str  # "" for a file

    def storage(self) -> Storage:
        """The storage."""
        return lake_in(self.home, self.catalog) if self.catalog else FileStorage(self.home / "warehouse.duckdb")

    @property
    def published(self) -> Path:
        """What readers open."""
        return self.home / ("dateline.lake" if self.catalog else "dateline.duckdb")

    def opened(self, name: str = "main") -> Warehouse:
        """The warehouse, from a home of that name."""
        return Warehouse.open(self.storage(), self.home / name / "lock")

    def size_mb(self) -> float:
        """What it takes on disk, without a catalog in PostgreSQL."""
        kept = [self.home / "warehouse.duckdb", self.home / CATALOG, *(self.home / "lake").rglob("*.parquet")]
        return sum(path.stat().st_size for path in kept if path.exists()) / 1e6


def write(place: Place, made: Path, size: int, number: int, writers: int, ready: Barrier) -> tuple[float, float, float]:
    """One of several writers: its share of the batches; when it began and ended, and its processor seconds."""
    mine = list(readings(made, size))[number::writers]
    with place.opened(f"writer{number}") as warehouse:
        ready.wait()
        started, cpu = time.time(), time.process_time()
        for batch in mine:
            load_readings(warehouse, f"bench{number}", UNTIL, batch, [])
        return started, time.time(), time.process_time() - cpu


def load(place: Place, made: Path, size: int, writers: int) -> tuple[float, float, int]:
    """Seconds that so many writers take for all articles, those of their processors, and the rows that they wrote."""
    with place.opened() as warehouse, warehouse.transaction() as cursor:
        cursor.execute(f"ATTACH '{made}' AS made (READ_ONLY)")
        cursor.execute(WAITING)
    with multiprocessing.Manager() as manager, multiprocessing.get_context("spawn").Pool(writers) as pool:
        ready = manager.Barrier(writers)
        times = pool.starmap(write, [(place, made, size, number, writers, ready) for number in range(writers)], 1)
    with place.opened() as warehouse, warehouse.transaction() as cursor:
        ((rows,),) = cursor.execute(f"SELECT {ROWS}").fetchall()
    began, ended, cpu = zip(*times, strict=True)
    return max(ended) - min(began), sum(cpu), rows


def finish(place: Place) -> list[float]:
    """Seconds to group, to publish and to ask."""
    with place.opened() as warehouse:
        marks = [time.perf_counter()]
        group_all(warehouse, "bench")
        marks.append(time.perf_counter())
        publish(warehouse, place.published)
        marks.append(time.perf_counter())
    asked = []
    with opened(place.published) as reader:
        reader.execute("SET VARIABLE month = $month::DATE", {"month": (UNTIL - timedelta(days=30)).date()})
        for _ in range(3):
            started = time.perf_counter()
            reader.execute(QUERY).fetchall()
            asked.append(time.perf_counter() - started)
    return [marks[1] - marks[0], marks[2] - marks[1], median(asked)]


def measure(place: Place, way: str, made: Path, articles: int, size: int, writers: int) -> str:
    """A line of the table."""
    place.home.mkdir()
    seconds, cpu, rows = load(place, made, size, writers)
    size_mb = place.size_mb()
    group, swap, ask = finish(place)
    return (
        f"| {way} | {size} | {articles / seconds:,.0f} | {rows / seconds:,.0f} | {cpu / articles * 1000:.1f} "
        f"| {size_mb:,.0f} | {group:.1f} | {swap:.2f} | {ask:.3f} |\n"
    )


@contextmanager
def places(root: Path, size: int) -> Iterator[list[tuple[str, Place, int]]]:
    """What is measured: its name, where it is, and the number of writers."""
    found = [("file", Place(root / f"file{size}", ""), 1)]
    for writers in (1, 2):
        home = root / f"sqlite{size}-{writers}"
        found.append(("lake, SQLite", Place(home, f"sqlite:{home / CATALOG}"), writers))
    if not (shutil.which("initdb") and shutil.which("postgres")):
        yield found
        return
    with postgres_server(["one", "two"]) as socket:
        for writers, database in ((1, "one"), (2, "two")):
            catalog = f"postgres:host={socket} user=dateline dbname={database}"
            found.append(("lake, PostgreSQL", Place(root / f"postgres{size}-{writers}", catalog), writers))
        yield found


def main() -> None:
    """The table, in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--batches", default="32,500")
    options = parser.parse_args()
    sys.stdout.write(
        "| warehouse | articles a transaction | articles a second | rows a second "
        "| processor ms an article | size, MB | group, s | publish, s "
        "| query, s |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.duckdb"
        make_warehouse(made, World(articles=options.articles, days=options.articles * 365e-6))
        for size in (int(text) for text in options.batches.split(",")):
            with places(Path(folder), size) as ways:
                for way, place, writers in ways:
                    named = way if writers == 1 else f"{way}, {writers} writers"
                    sys.stdout.write(measure(place, named, made, options.articles, size, writers))
                    sys.stdout.flush()
    sys.stdout.write(f"\n{options.articles:,} articles. Measured {datetime.now(UTC):%Y-%m-%d}.\n")


if __name__ == "__main__":
    main()
