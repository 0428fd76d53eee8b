"""Runs that are killed, starved, cut off and lied to, and what comes of their rows.

    python -m tests.bench.crashes [--kills 200] [--seconds N] [--commands N] [--seed N] [--keep FOLDER]

Each cycle makes a home over a small loopback wire or a small archive, disturbs one to four runs in it (SIGKILL at
random instants and at named steps, torn records, a full disk, cut connections, an unreadable model, corrupted raw
records, a truncated readers' copy, a clock set back, two runs at once), lets calm runs finish, and compares every row
with those of an undisturbed run. A reader opens the readers' copy all the while. Runs are forked, without Prefect and
mostly without the language model: what was read of a page before is known. `--commands` kills so many whole `dateline
ingest` besides. Exit status 1 when anything differs.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.archive import write_archive
from tests.faults.campaign import Campaign, Target
from tests.faults.commands import kill_commands
from tests.faults.disk import disk
from tests.faults.disturbances import BACKFILL, INGEST
from tests.faults.running import prepare
from tests.faults.wire import small_wire


def fight(kills: int, seed: int, folder: Path, *, seconds: float, commands: int) -> Campaign:
    """Cycles until so many runs were killed, or so many seconds are over, and one at least."""
    prepare(folder)
    with small_wire() as wire, disk(folder / "homes") as own:
        targets = (Target(None, INGEST), Target(write_archive(folder / "archive"), BACKFILL))
        campaign = Campaign(folder, wire, random.Random(seed), own, targets, targets[0])
        campaign.begin()
        end = time.monotonic() + seconds
        while campaign.kills < kills and (time.monotonic() < end or not campaign.kills):
            campaign.cycle()
            print(f"{campaign.kills} kills, {campaign.cycles} homes, {len(campaign.problems)} differ", file=sys.stderr)
        if commands:
            campaign.target = targets[0]  # the commands are `dateline ingest`
            kill_commands(campaign, commands)
    return campaign


def report(campaign: Campaign) -> Iterator[str]:
    """What a campaign found, in Markdown."""
    yield f"{campaign.kills} kills in {campaign.cycles} homes, {campaign.readings:,} readings of the readers' copy.\n"
    yield "| disturbance | times |\n|---|---:|"
    yield from (f"| {name.replace('_', ' ')} | {times} |" for name, times in campaign.did.most_common())
    yield "\n| killed in or after | times |\n|---|---:|"
    yield from (f"| {step} | {times} |" for step, times in campaign.fell.most_common())
    yield f"\n{len(campaign.problems)} homes differ from an undisturbed run."
    yield from campaign.problems


@contextmanager
def place(keep: Path | None) -> Iterator[Path]:
    """A folder to work in: a temporary one, or one that stays."""
    if keep:
        keep.mkdir(parents=True)
        yield keep
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="end after so many, whatever was killed")
    parser.add_argument("--commands", type=int, default=0, help="whole commands to be killed besides")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="work in this new folder; homes that differ stay there")
    options = parser.parse_args()
    with place(options.keep) as folder:
        campaign = fight(options.kills, options.seed, folder, seconds=options.seconds, commands=options.commands)
        print("\n".join(report(campaign)))
    return 1 if campaign.problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
