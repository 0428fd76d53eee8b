"""The brief of many events: how long it takes to write, how large the file is, how long a browser loads it.

    python -m tests.bench.briefs [--articles 9000] [--rounds 5]

The archive is made up (`tests.bench.big_warehouse`), all of it told within a month; the brief is of that month: as it
is written, a part of its events shown in full, and with all of them shown. Loading is of headless Chromium, from asking
for the file until it is laid out; medians of the rounds, each in a new browser.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from flows.briefs.page import page_of
from flows.briefs.writing import write_whole
from tests.bench.big_warehouse import UNTIL, World, make_warehouse
from tests.flows.browser import CHROMIUM, page
from warehouse.brief import MOST_EVENTS, read_brief

DAYS = 30
LAID_OUT = "document.body.getBoundingClientRect().height"


@dataclass(frozen=True, slots=True)
class Figures:
    """What one brief costs: events in it and shown, seconds, bytes."""

    events: int
    shown: int
    write_seconds: float
    size: int
    load_seconds: float

    def row(self) -> str:
        """Of the table."""
        return (
            f"| {self.events:,} | {self.shown:,} | {self.write_seconds:.1f} | {self.size / 1e6:.1f} "
            f"| {self.load_seconds:.1f} |"
        )


def figures(warehouse: Path, folder: Path, most: int, rounds: int) -> Figures:
    """Of a brief that shows so many events at most."""
    began = time.monotonic()
    brief = read_brief(warehouse, UNTIL.date() - timedelta(days=DAYS), (), datetime.now(UTC), most=most)
    target = folder / "brief.html"
    size = write_whole(target, page_of(brief, datetime.now(UTC)))
    written = time.monotonic() - began
    loads = [load_seconds(target, folder / f"{most}-{n}") for n in range(rounds)]
    return Figures(brief.totals.events, len(brief.events), written, size, median(loads))


def load_seconds(brief: Path, profile: Path) -> float:
    """Until the page stands."""
    profile.mkdir()
    with page(profile) as browser:
        began = time.monotonic()
        browser.open(brief)
        assert browser.run(LAID_OUT) > 0
        assert not browser.complaints
        return time.monotonic() - began


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="The cost of a brief of many events.")
    parser.add_argument("--articles", type=int, default=9_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    if not CHROMIUM:
        parser.error("no Chromium is installed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as scratch:
        warehouse = Path(scratch) / "dateline.duckdb"
        make_warehouse(warehouse, World(articles=args.articles, days=DAYS))
        print("| events | of them shown in full | written, s | file, MB | loaded, s |\n|---:|---:|---:|---:|---:|")
        for most in (MOST_EVENTS, 1_000_000):
            print(figures(warehouse, Path(scratch), most, args.rounds).row(), flush=True)
    print(f"\nMeasured {datetime.now(UTC):%Y-%m-%d}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
