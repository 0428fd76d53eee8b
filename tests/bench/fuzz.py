"""Readers of bytes under damaged and hostile input, for as long as one likes.

    python -m tests.bench.fuzz --seconds 600              # all readers, a share of the time each
    python -m tests.bench.fuzz --seconds 60 --parser warc --first 5000

An input is its number: the same number makes the same bytes. Each is read in a process apart, whose memory is limited
and which is ended when one input takes too long. What fails is made smaller and laid into `--keep`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.extract import Crash, Workers
from tests.fuzz.parsers import PARSERS
from tests.fuzz.watched import HANG_SECONDS, MEMORY_BYTES, Job, Seen, warm_up, watched

BATCH = 20
HEAD = "| reader | inputs | failures | slowest, s | peak memory, MB |\n|---|---:|---:|---:|---:|"


@dataclass(slots=True)
class Row:
    """A reader's row of the table."""

    name: str
    inputs: int = 0
    slowest: float = 0.0
    slowest_number: int = 0
    peak_mb: float = 0.0
    failures: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def add(self, number: int, found: Seen | Crash) -> None:
        """One more input."""
        self.inputs += 1
        if isinstance(found, Crash):
            self.failures.setdefault(f"{found.reason}: {found.detail}", (number, Job(self.name, number).body()))
            return
        if found.problem:
            self.failures.setdefault(found.problem, (number, found.body))
        if found.seconds > self.slowest:
            self.slowest, self.slowest_number = found.seconds, number
        self.peak_mb = max(self.peak_mb, found.peak_mb)

    def __str__(self) -> str:
        """In Markdown."""
        slowest = f"{self.slowest:.2f} (no. {self.slowest_number})"
        return f"| {self.name} | {self.inputs:,} | {len(self.failures)} | {slowest} | {self.peak_mb:,.0f} |"


def fuzz(workers: Workers[Job, Seen], name: str, first: int, seconds: float) -> Row:
    """One reader for so long."""
    row = Row(name)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        jobs = [Job(name, first + number) for number in range(BATCH)]
        for index, found in workers.map(jobs):
            row.add(first + index, found)
        first += BATCH
    return row


def keep(row: Row, folder: Path) -> None:
    """What failed, smaller, a file each."""
    for problem, (number, body) in row.failures.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{row.name}-{number}").write_bytes(body)
        sys.stdout.write(f"{row.name} no. {number}: {problem} ({len(body):,} bytes: {body[:80]!r})\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """The table; exit status 1 when anything failed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=60, help="for all readers together")
    options.add_argument("--parser", action="append", choices=list(PARSERS), help="only this one (repeatable)")
    options.add_argument("--first", type=int, default=0, help="number of the first input")
    options.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="folder for what failed")
    chosen = options.parse_args(arguments)
    names = chosen.parser or list(PARSERS)
    rows = []
    with Workers(watched, count=1, seconds=HANG_SECONDS, memory_bytes=MEMORY_BYTES, warm_up=warm_up) as workers:
        for name in names:
            rows.append(fuzz(workers, name, chosen.first, chosen.seconds / len(names)))
            keep(rows[-1], chosen.keep)
    sys.stdout.write("\n".join([HEAD, *map(str, rows)]) + "\n")
    return 1 if any(row.failures for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
