"""The warehouse at three sizes: views, group and publish after a run, file size, memory.

    python -m tests.bench.warehouse [--sizes 10000,100000,1000000] [--folder DIR]

Archives are as dense as a million articles a year: a larger one is a longer one, as it is for an operator. A view's
time is the median of three of its query in `tests/bench/views`, all rows fetched, on a file opened anew, two threads.
The run after that is 1,000 articles more, grouped and published as a run does. Each size is measured in a process of
its own, whose peak resident memory is told.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

import duckdb

from tests.bench.big_warehouse import UNTIL, World, add_stretch, make_warehouse, open_bounded, prepare
from warehouse.grouping import group_all
from warehouse.migrate import scripts
from warehouse.publish import publish
from warehouse.store import Warehouse

RUN = 1_000  # articles
QUERIES = Path(__file__).parent / "views"
ASKED = {
    "actor_id": "SELECT actor_ids[1] FROM event GROUP BY ALL ORDER BY count(*) DESC, 1 LIMIT 1",
    "event_id": "SELECT max(event_id) FROM event",
    "story_id": "SELECT arg_max(story_id, (article_count, story_id)) FROM story",
    "url": "SELECT max(url) FROM entry",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One size. Times in seconds, sizes in GB."""

    articles: int
    views: dict[str, float]
    file_gb: float
    group_seconds: float
    publish_seconds: float
    peak_gb: float


def view_query(view: str) -> str:
    """The typical query of a view."""
    return (QUERIES / f"{view}.sql").read_text("utf-8")


def view_times(path: Path) -> dict[str, float]:
    """Seconds of each view's query."""
    with duckdb.connect(str(path), read_only=True, config={"memory_limit": "4GB", "threads": 2}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        month = (UNTIL - timedelta(days=30)).date()
        connection.execute("SET VARIABLE month = $month::DATE", {"month": month})
        for name, sql in ASKED.items():
            connection.execute(f"SET VARIABLE {name} = ({sql})")
        views = [name.removesuffix(".sql") for name, _ in scripts("views")]
        return {view: median(timed(connection, view_query(view)) for _ in range(3)) for view in views}


def timed(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    """Seconds until all rows are there."""
    return seconds(lambda: connection.execute(sql).fetchall())


def seconds(action: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def add_run(path: Path, world: World) -> None:
    """A run's articles after the archive's last, not grouped yet."""
    with open_bounded(path) as connection:
        connection.execute("DELETE FROM feed; DELETE FROM feed_address")
        prepare(connection, world)
        add_stretch(connection, world.articles, world.articles + RUN, grouped=False)


def measure(articles: int, folder: Path) -> Measured:
    """Make an archive of that size and measure all."""
    path = folder / f"{articles}" / "live" / "warehouse.duckdb"
    path.parent.mkdir(parents=True)
    world = World(articles=articles, days=articles * 365e-6)
    make_warehouse(path, world)
    views, size = view_times(path), path.stat().st_size / 1e9
    add_run(path, world)
    with Warehouse.open(path, path.with_name("lock")) as warehouse:
        with warehouse.transaction() as cursor:
            cursor.execute("SET GLOBAL memory_limit = '4GB'; SET GLOBAL threads = 2")
        grouped = seconds(lambda: group_all(warehouse, "bench"))
        published = seconds(lambda: publish(warehouse, folder / f"{articles}" / "dateline.duckdb"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
    return Measured(
        articles=articles, views=views, file_gb=size, group_seconds=grouped, publish_seconds=published, peak_gb=peak
    )


def tables(measured: list[Measured]) -> str:
    """Both tables, in Markdown."""
    head = " | ".join(f"{m.articles:,} articles" for m in measured)
    rule = "---:|" * len(measured)
    rows = [f"| query on | {head} |", f"|---|{rule}"]
    for view in measured[0].views:
        rows.append(f"| `{view}`, s | {' | '.join(f'{m.views[view]:.2f}' for m in measured)} |")
    rows += ["", f"| after a run of {RUN:,} articles | {head} |", f"|---|{rule}"]
    for name, field in (
        ("group, s", "group_seconds"), ("publish, s", "publish_seconds"), ("file, GB", "file_gb"),
        ("peak memory, GB", "peak_gb"),
    ):  # fmt: skip
        rows.append(f"| {name} | {' | '.join(f'{getattr(m, field):.1f}' for m in measured)} |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """The tables, in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    measured = []
    for size in map(int, options.sizes.split(",")):
        with (
            tempfile.TemporaryDirectory(dir=options.folder) as folder,
            multiprocessing.get_context("spawn").Pool(1) as pool,
        ):
            measured.append(pool.apply(measure, (size, Path(folder))))
    sys.stdout.write(tables(measured))


if __name__ == "__main__":
    main()
