"""The warehouse at three sizes: views, search, and what a run of 1,000 articles does; file size, memory.

    python -m tests.bench.warehouse [--sizes 10000,100000,1000000] [--made FOLDER] [--no-search]

Archives are as dense as a million articles a year: a larger one is a longer one, as it is for an operator. They are
made in FOLDER, as `<articles>.duckdb`, and kept there; one that is there already is taken. A view is asked its query in
`tests/bench/views` three times, all rows fetched, on a file opened as readers open it; the median is told. The run
after that is 1,000 articles more: loaded in batches, grouped, published and indexed as a run does. Two threads; views,
run and search each in a process of their own, whose peak resident memory is told. Times are seconds on the clock, then
processor seconds: the clock is not slower than these on two cores that do nothing else.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

import duckdb

from pipeline.records import Vector
from tests.bench.big_warehouse import UNTIL, World, add_stretch, make_warehouse, open_bounded, prepare
from tests.bench.made_readings import readings
from warehouse.alike import alike
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.migrate import migrate, scripts
from warehouse.publish import publish
from warehouse.query import opened
from warehouse.search import refresh_index, search
from warehouse.store import Warehouse

RUN = 1_000  # articles
BATCH = 32  # articles loaded together, the default of DATELINE_BATCH_SIZE
QUERIES = Path(__file__).parent / "views"
ASKED = {
    "actor_id": "SELECT actor_ids[1] FROM event GROUP BY ALL ORDER BY count(*) DESC, 1 LIMIT 1",
    "event_id": "SELECT max(event_id) FROM event",
    "story_id": "SELECT arg_max(story_id, (article_count, story_id)) FROM story",
    "url": "SELECT max(url) FROM entry",
}
WORDS = "SELECT array_to_string(string_split(text, ' ')[9:10], ' ') FROM article LIMIT 1"
WAITING = """
INSERT INTO run BY NAME SELECT * FROM run_after.run;
INSERT INTO poll BY NAME SELECT * FROM run_after.poll;
INSERT INTO capture BY NAME SELECT * FROM run_after.capture;
INSERT INTO entry BY NAME SELECT * REPLACE ('fetched' AS status, NULL AS article_id) FROM run_after.entry;
"""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One size, cells by row. Times in seconds, sizes and memory in GB."""

    articles: int
    views: dict[str, str]
    rows: dict[str, str]


def alone(action: Callable[..., Result], *values: object) -> Result:
    """What it gives in a process of its own, whose peak of memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(action, values)


def peak_gb() -> str:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
    return f"{peak:.1f}"


def cost(action: Callable[[], object], times: int = 1, digits: int = 1) -> str:
    """Seconds that it takes on the clock and on processors, the median of several times."""
    found = []
    for _ in range(times):
        started = time.perf_counter(), time.process_time()
        action()
        found.append((time.perf_counter() - started[0], time.process_time() - started[1]))
    return " / ".join(f"{median(kind):.{digits}f}" for kind in zip(*found, strict=True))


def view_query(view: str) -> str:
    """The typical query of a view."""
    return (QUERIES / f"{view}.sql").read_text("utf-8")


def ask_views(path: Path) -> tuple[dict[str, str], str]:
    """The cost of each view's query, and the peak of memory."""
    with opened(path) as connection:
        connection.execute("SET threads = 2")
        month = (UNTIL - timedelta(days=30)).date()
        connection.execute("SET VARIABLE month = $month::DATE", {"month": month})
        for name, sql in ASKED.items():
            connection.execute(f"SET VARIABLE {name} = ({sql})")
        views = [name.removesuffix(".sql") for name, _ in scripts("views")]
        costs = {view: cost(partial(fetch, connection, view_query(view)), times=3, digits=2) for view in views}
    return costs, peak_gb()


def fetch(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    """All rows."""
    return connection.execute(sql).fetchall()


def make_run(path: Path, world: World) -> None:
    """A run's articles after the archive's last, in a file of their own."""
    migrate(path)
    with open_bounded(path) as connection:
        prepare(connection, world)
        add_stretch(connection, world.articles, world.articles + RUN, grouped=False)


def do_run(home: Path, after: Path) -> dict[str, str]:
    """Load those articles, whose pages were fetched, group them and publish."""
    batches = list(readings(after, BATCH))
    live = home / "live"
    with Warehouse.open(live / "warehouse.duckdb", live / "lock") as warehouse:
        with warehouse.transaction() as cursor:
            cursor.execute(f"SET GLOBAL threads = 2; ATTACH '{after}' AS run_after (READ_ONLY)")
            cursor.execute(WAITING)
        return {
            "load, s": cost(lambda: [load_readings(warehouse, "after", UNTIL, batch, []) for batch in batches]),
            "group, s": cost(lambda: group_all(warehouse, "after")),
            "publish, s": cost(lambda: publish(warehouse, home / "dateline.duckdb")),
            "peak memory of the run, GB": peak_gb(),
        }


def index_all(published: Path, index: Path) -> dict[str, str]:
    """The index of an archive made at once."""
    return {"first index, s": cost(lambda: refresh_index(published, index))}


def search_after(published: Path, index: Path) -> dict[str, str]:
    """What a run adds to the index, and a search in it."""
    with opened(published) as connection:
        ((words,),) = connection.execute(WORDS).fetchall()
        ((article_id,),) = connection.execute("SELECT max(article_id) FROM article").fetchall()
    return {
        "index of the run, s": cost(lambda: refresh_index(published, index)),
        "search for two words, s": cost(lambda: search(published, index, words), times=3),
        "what is like an article, s": cost(lambda: alike(published, article_id, unasked), times=3),
        "index, GB": f"{index.stat().st_size / 1e9:.1f}",
        "peak memory of search, GB": peak_gb(),
    }


def unasked(words: str) -> Vector:
    """Words need a network; articles have their vectors."""
    raise ValueError(words)


def measure(made: Path, articles: int, home: Path, *, searched: bool) -> Measured:
    """All of one archive, which stays as it is."""
    world = World(articles=articles, days=articles * 365e-6)
    if not made.exists():
        alone(make_warehouse, made, world)
    live, published, index = home / "live" / "warehouse.duckdb", home / "dateline.duckdb", home / "search.duckdb"
    live.parent.mkdir()
    shutil.copyfile(made, live)
    alone(migrate, live)
    views, peak = alone(ask_views, live)
    rows = {"file, GB": f"{made.stat().st_size / 1e9:.1f}", "peak memory of the queries, GB": peak}
    indexed = alone(index_all, live, index) if searched else {}
    alone(make_run, home / "after.duckdb", world)
    rows |= alone(do_run, home, home / "after.duckdb")
    if searched:
        rows |= indexed | alone(search_after, published, index)
    return Measured(articles=articles, views=views, rows=rows)


def tables(measured: list[Measured]) -> str:
    """Both tables, in Markdown."""
    head = " | ".join(f"{m.articles:,} articles" for m in measured)
    rule = "---:|" * len(measured)
    rows = [f"| query on | {head} |", f"|---|{rule}"]
    for view in measured[0].views:
        rows.append(f"| `{view}`, s | {' | '.join(m.views[view] for m in measured)} |")
    rows += ["", f"| a run of {RUN:,} articles | {head} |", f"|---|{rule}"]
    for name in measured[0].rows:
        rows.append(f"| {name} | {' | '.join(m.rows.get(name, '–') for m in measured)} |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """The tables, in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--made", type=Path)
    parser.add_argument("--no-search", action="store_true")
    options = parser.parse_args()
    measured = []
    if options.made:
        options.made.mkdir(parents=True, exist_ok=True)
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=options.made) as folder:
            made = (options.made or Path(folder)) / f"{size}.duckdb"
            measured.append(measure(made, size, Path(folder), searched=not options.no_search))
            sys.stderr.write(tables(measured))
    sys.stdout.write(tables(measured))


if __name__ == "__main__":
    main()
