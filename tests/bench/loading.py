"""Loads generated articles through the product's loader, beside bare inserts of the same rows from Arrow.

    python -m tests.bench.loading [--articles 100000] [--batch 5000] [--profile]

What is loaded is what workers hand over: each text's rows without ids, and the names in it. "Bare" is one
`INSERT … SELECT` a table of everything at once, from the Arrow tables that the loaded warehouse gives back, into the
same schema with its keys: no ids, no entities to be found, no transaction a batch. Making and reading what is to be
loaded is not timed. Both run in this process, within 4 GB and two threads; processor seconds are those of all its
threads, and tell more than the clock where others use the machine.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

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


class Spent(NamedTuple):
    """What something took."""

    seconds: float
    cpu: float  # seconds of all threads

    def since(self) -> Spent:
        """What was spent from then until now."""
        now = spent()
        return Spent(now.seconds - self.seconds, now.cpu - self.cpu)


def spent() -> Spent:
    """What this process has spent so far."""
    return Spent(time.perf_counter(), time.process_time())


def total(parts: Iterable[Spent]) -> Spent:
    """All together."""
    seconds, cpu = zip(*parts, strict=True)
    return Spent(sum(seconds), sum(cpu))


def load_all(made: Path, home: Path, size: int, profile: cProfile.Profile | None) -> list[Spent]:
    """What each batch took to load."""
    times = []
    with Warehouse.open(home / "warehouse.duckdb", home / "lock") as warehouse:
        with warehouse.transaction() as cursor:
            cursor.execute("SET GLOBAL memory_limit = '4GB'; SET GLOBAL threads = 2")
        for batch in readings(made, size):
            started = spent()
            if profile:
                profile.enable()
            load_readings(warehouse, "bench", UNTIL, batch, [])
            if profile:
                profile.disable()
            times.append(started.since())
    return times


def insert_bare(loaded: Path, target: Path) -> tuple[Spent, int]:
    """What inserting all rows took, and their number."""
    migrate(target)
    times, rows = [], 0
    with duckdb.connect(str(loaded), read_only=True) as source, open_bounded(target) as connection:
        for table in LOADED:
            arrow = source.execute(f"SELECT * FROM {table}").to_arrow_table()
            connection.register("arrived", arrow)
            started = spent()
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM arrived")
            times.append(started.since())
            connection.unregister("arrived")
            rows += arrow.num_rows
    return total(times), rows


def line(way: str, rows: int, took: Spent) -> str:
    """A line of the table."""
    return f"| {way} | {rows:,} | {took.seconds:.1f} | {took.cpu:.1f} | {rows / took.seconds:,.0f} |\n"


def main() -> None:
    """The table, in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=5000)
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
    load, tenth = total(times), max(1, len(times) // 10)
    first, last = (total(part).cpu / tenth / options.batch * 1000 for part in (times[:tenth], times[-tenth:]))
    sys.stdout.write(
        "| way | rows | seconds | processor seconds | rows a second |\n|---|---:|---:|---:|---:|\n"
        + line("bare `INSERT … SELECT`", rows, bare)
        + line(f"{options.articles:,} articles, {options.batch:,} a transaction", rows, load)
        + f"\nRatio {load.seconds / bare.seconds:.1f} by the clock, {load.cpu / bare.cpu:.1f} in processor time. "
        f"An article takes {first:.2f} ms in the first tenth of the batches, {last:.2f} ms in the last. "
        f"Measured {datetime.now(UTC):%Y-%m-%d}.\n"
    )
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
