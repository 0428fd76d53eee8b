"""What publishing the readers' copy costs: whole, skipped, and its last days alone.

    python -m tests.bench.publishing WAREHOUSE... [--days 30]

Each WAREHOUSE is a file made by `tests.bench.big_warehouse`; it is copied into a home beside it, not changed. "Copy" is
that of the file alone, as the system does it; the rest is checkpoint, a run's last words, verification and fsync.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.bench.big_warehouse import UNTIL
from warehouse.copies import clone, reflink
from warehouse.publish import publish
from warehouse.runs import end_run
from warehouse.store import Cursor, Warehouse

HEAD = (
    "| warehouse, GB | file system shares blocks | copy of the file, s | publish, s | nothing changed, s "
    "| last {} days, s | that copy, GB |\n|---:|---|---:|---:|---:|---:|---:|\n"
)


def seconds(action: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def last_words(cursor: Cursor) -> object:
    """As a run says that it is over."""
    (run_id,) = cursor.execute("SELECT max(run_id) FROM run").fetchall()[0]
    return end_run(cursor, run_id, UNTIL, "completed")


def change(warehouse: Warehouse) -> None:
    """A thousand entries are new."""
    with warehouse.transaction() as cursor:
        cursor.execute("""
            INSERT INTO entry BY NAME
            SELECT * REPLACE (md5(entry_id || now()::VARCHAR) AS entry_id, NULL AS guid) FROM entry LIMIT 1000
        """)


def measure(made: Path, days: int) -> str:
    """A row of the table."""
    with tempfile.TemporaryDirectory(dir=made.parent) as folder:
        home = Path(folder)
        live, published = home / "live" / "warehouse.duckdb", home / "dateline.duckdb"
        live.parent.mkdir()
        shutil.copyfile(made, live)
        shares = reflink(live, home / "probe")
        plain = seconds(lambda: clone(live, home / "probe"))
        (home / "probe").unlink()
        with Warehouse.open(live, home / "live" / "lock") as warehouse:
            publish(warehouse, published)
            change(warehouse)
            whole = seconds(lambda: publish(warehouse, published, last_words))
            skipped = seconds(lambda: publish(warehouse, published, last_words))
            since = (UNTIL - timedelta(days=days)).date()
            narrow = seconds(lambda: publish(warehouse, published, last_words, since=since))
        sizes = made.stat().st_size / 1e9, published.stat().st_size / 1e9
    return (
        f"| {sizes[0]:.1f} | {'yes' if shares else 'no'} | {plain:.1f} | {whole:.1f} | {skipped:.3f} "
        f"| {narrow:.1f} | {sizes[1]:.1f} |\n"
    )


def main() -> None:
    """The table, in Markdown."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("warehouses", nargs="+", type=Path)
    parser.add_argument("--days", type=int, default=30)
    options = parser.parse_args()
    sys.stdout.write(HEAD.format(options.days))
    for made in options.warehouses:
        sys.stdout.write(measure(made, options.days))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
