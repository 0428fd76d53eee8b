"""Makes a large warehouse of made-up news, all tables in consistent shape, for measurements of the warehouse.

    python -m tests.bench.big_warehouse OUT [--articles 1000000] [--seed 1] [--days 365]

An article has about 2 kB of made-up words, 20 mentions and 3 event mentions; entities are named after the law of Zipf
and Mandelbrot; six of ten articles tell a story together (copies, an update, a rewrite). Everything is made by SQL
inside DuckDB, a stretch of articles at a time; the same numbers make the same rows on one version of DuckDB.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from warehouse.migrate import migrate

UNTIL = datetime(2026, 11, 20, tzinfo=UTC)  # the last day's end
STRETCH = 20_000  # articles made together: a multiple of 100, so that runs and stories are whole
WRITTEN = 5  # stretches between two checkpoints: each writes the whole of the indexes
USED = """CREATE OR REPLACE TEMP TABLE used (
    k INTEGER, times BIGINT, first_at TIMESTAMPTZ, last_at TIMESTAMPTZ, article_id VARCHAR, run_id VARCHAR
)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is to be made: so many articles in so many days that end at `UNTIL`."""

    articles: int
    seed: int = 1
    days: float = 365.0

    @property
    def step(self) -> float:
        """Microseconds between two articles."""
        return self.days * 86_400e6 / self.articles

    @property
    def entities(self) -> int:
        """How many entities may be named: a fifth of the articles, a thousand at least."""
        return max(1_000, self.articles // 5)


def script(name: str) -> str:
    """The SQL of `tests/bench/big/<name>.sql`."""
    return (Path(__file__).parent / "big" / f"{name}.sql").read_text("utf-8")


def open_bounded(path: Path) -> duckdb.DuckDBPyConnection:
    """A warehouse opened for writing, within 4 GB and two threads."""
    connection = duckdb.connect(str(path), config={"memory_limit": "4GB", "threads": 2})
    connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
    return connection


def open_unlogged(path: Path) -> duckdb.DuckDBPyConnection:
    """The same without a log of changes: what is not finished is made again."""
    connection = duckdb.connect(config={"memory_limit": "4GB", "threads": 2, "temp_directory": f"{path}.tmp"})
    connection.execute(
        f"ATTACH '{path}' AS made (RECOVERY_MODE NO_WAL_WRITES); USE made; SET enable_progress_bar = false"
    )
    connection.execute("SET TimeZone = 'UTC'; SET checkpoint_threshold = '1TB'")
    return connection


def make_warehouse(path: Path, world: World) -> None:
    """Make a warehouse file of so many articles, grouped as `warehouse.grouping` would have it."""
    if world.articles % 100:
        raise ValueError(f"{world.articles} articles: must be whole hundreds")
    migrate(path)
    with open_unlogged(path) as connection:
        prepare(connection, world)
        for number, low in enumerate(range(0, world.articles, STRETCH), 1):
            add_stretch(connection, low, min(low + STRETCH, world.articles))
            if number % WRITTEN == 0:
                connection.execute("FORCE CHECKPOINT")
        connection.execute(script("5_entities"))
        connection.execute("FORCE CHECKPOINT")


def prepare(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    """Pools and feeds."""
    values = {
        "seed": world.seed, "entities": world.entities, "step": world.step, "until": UNTIL,
        "start": UNTIL - timedelta(days=world.days),
    }  # fmt: skip
    for name, value in values.items():
        connection.execute(f"SET VARIABLE {name} = $value", {"value": value})
    connection.execute(script("1_pools"))
    connection.execute(USED)


def add_stretch(connection: duckdb.DuckDBPyConnection, low: int, high: int, *, grouped: bool = True) -> None:
    """Articles number `low` to below `high`, in one transaction, with what grouping makes of them."""
    connection.execute(f"SET VARIABLE low = {low}; SET VARIABLE high = {high}")
    connection.begin()
    for name in ("2_texts", "3_read", *(["4_grouped"] if grouped else [])):
        connection.execute(script(name))
    connection.commit()


def main() -> None:
    """Make one file, and say how large it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=float, default=365.0)
    options = parser.parse_args()
    started = time.monotonic()
    make_warehouse(options.out, World(articles=options.articles, seed=options.seed, days=options.days))
    size = options.out.stat().st_size / 1e9
    sys.stdout.write(f"{options.articles:,} articles, {size:.2f} GB, {time.monotonic() - started:.0f} s\n")


if __name__ == "__main__":
    main()
