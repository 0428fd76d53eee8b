"""Loads generated articles through the product's loader, beside bare inserts of the same rows from Arrow.

    python -m tests.bench.loading [--articles 100000] [--batch 300] [--profile]

"Bare" is one `INSERT … SELECT` a table of everything at once, from the Arrow tables that the loaded warehouse gives
back, into the same schema with its keys: no ids, no entities to be found, no transaction a batch. Reading what is to
be loaded is not timed. Both run in this process, within 4 GB and two threads.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from tests.bench.big_warehouse import UNTIL, World, make_warehouse, open_bounded
from tests.bench.made_readings import make_waiting, readings
from warehouse.load import load_readings
from warehouse.migrate import migrate
from warehouse.store import Warehouse

LOADED = (
    "article", "article_claim", "mention", "place", "date_mention", "quantity", "event_mention", "event_participant",
    "entity", "entity_alias",
)  # fmt: skip


def load_all(made: Path, home: Path, size: int, profile: cProfile.Profile | None) -> list[float]:
    """Seconds that each batch took to load."""
    times = []
    with Warehouse.open(home / "warehouse.duckdb", home / "lock") as warehouse:
        with warehouse.transaction() as cursor:
            cursor.execute("SET GLOBAL memory_limit = '4GB'; SET GLOBAL threads = 2")
        for batch in readings(made, size):
            started = time.perf_counter()
            if profile:
                profile.enable()
            load_readings(warehouse, "bench", UNTIL, batch, [])
            if profile:
                profile.disable()
            times.append(time.perf_counter() - started)
    return times


def insert_bare(loaded: Path, target: Path) -> tuple[float, int]:
    """Seconds that inserting all rows took, and their number."""
    migrate(target)
    seconds, rows = 0.0, 0
    with duckdb.connect(str(loaded), read_only=True) as source, open_bounded(target) as connection:
        for table in LOADED:
            arrow = source.execute(f"SELECT * FROM {table}").to_arrow_table()
            connection.register("arrived", arrow)
            started = time.perf_counter()
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM arrived")
            seconds += time.perf_counter() - started
            connection.unregister("arrived")
            rows += arrow.num_rows
    return seconds, rows


def main() -> None:
    """The table, in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=300)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    profile = cProfile.Profile() if options.profile else None
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        made = home / "made.duckdb"
        make_warehouse(made, World(articles=options.articles, days=options.articles * 365e-6))
        make_waiting(made, home / "warehouse.duckdb")
        times = load_all(made, home, options.batch, profile)
        bare, rows = insert_bare(home / "warehouse.duckdb", home / "bare.duckdb")
    total, tenth = sum(times), max(1, len(times) // 10)
    sys.stdout.write(
        "| way | rows | seconds | rows a second | first tenth of the batches, s each | last tenth, s each |\n"
        "|---|---:|---:|---:|---:|---:|\n"
        f"| bare `INSERT … SELECT` | {rows:,} | {bare:.1f} | {rows / bare:,.0f} | | |\n"
        f"| batches of {options.batch} articles | {rows:,} | {total:.1f} | {rows / total:,.0f} "
        f"| {sum(times[:tenth]) / tenth:.2f} | {sum(times[-tenth:]) / tenth:.2f} |\n\nratio {total / bare:.1f}\n"
    )
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
