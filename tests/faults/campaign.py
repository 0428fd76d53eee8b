"""Homes that suffer, one after the other, and are held to what an undisturbed run leaves."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.faults.readers import reading
from tests.faults.rows import Rows, difference, rows_of
from tests.faults.running import OK, Known, finish, start
from tests.faults.suffering import Trouble
from tests.faults.wire import Wire
from tests.flows.home import make_home
from warehouse.checks import checks, run_checks
from warehouse.query import ask
from warehouse.store import Warehouse

CALM_RUNS = 4  # at most, until all is read: failed pages wait for their time
STEP = timedelta(days=2)  # of the clock from one calm run to the next: longer than any wait


Disturbance = Callable[["Campaign", Path], str]  # disturbs a run in a home, and says what it did


@dataclass(slots=True)
class Campaign:
    """What was done so far, and what it found."""

    folder: Path
    wire: Wire
    dice: random.Random
    own_disk: bool  # is `homes` a file system of its own?
    disturbances: Mapping[Disturbance, float]  # and how often each is wanted beside the others
    wanted: Rows = field(default_factory=dict)
    seconds: float = 0.0  # of an undisturbed run …
    slow_seconds: float = 0.0  # … and of one that reads its pages by itself
    kills: int = 0
    cycles: int = 0
    readings: int = 0  # of the readers' copy meanwhile
    did: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @property
    def homes(self) -> Path:
        """Where homes are made."""
        return self.folder / "homes"

    def begin(self) -> None:
        """The undisturbed run that all others are held to."""
        home = make_home(self.homes / "undisturbed", self.wire.feeds)
        started = time.monotonic()
        if self.run(home, Trouble(keep=self.folder / "read")) != OK:
            raise SystemExit(f"the undisturbed run failed: {self.log(home).read_text()}")
        self.slow_seconds = time.monotonic() - started
        Known.recall(self.folder / "read")
        Warehouse.open(self.folder / "empty.duckdb", self.folder / "lock").close()
        started = time.monotonic()
        again = make_home(self.homes / "again", self.wire.feeds)
        self.run(again, Trouble())
        self.seconds = time.monotonic() - started
        self.settle(home)
        self.wanted = rows_of(home / "dateline.duckdb")

    def cycle(self) -> None:
        """One home: a few disturbed runs, then calm ones, then the comparison."""
        self.cycles += 1
        home = self.new_home(f"home-{self.cycles}")
        history: list[str] = []
        with reading(home) as read:
            for _ in range(self.dice.choice((1, 2, 3, 4))):
                disturb = self.dice.choices(list(self.disturbances), list(self.disturbances.values()))[0]
                history.append(disturb(self, home))
                self.did[disturb.__name__] += 1
            self.wire.cut(0)
            found = self.settle(home)
        self.readings += read.times
        found += read.problems + self.judge(home)
        if found:
            self.problems.append("\n    ".join([f"{home.name}: {'; '.join(history)}", *found]))
            shutil.copytree(home, self.folder / home.name)
        shutil.rmtree(home)

    def new_home(self, name: str) -> Path:
        """A home that lists the wire's feeds; mostly with an empty warehouse, slow to make."""
        home = make_home(self.homes / name, self.wire.feeds)
        if self.dice.random() < 0.8:
            (home / "live").mkdir()
            shutil.copyfile(self.folder / "empty.duckdb", home / "live" / "warehouse.duckdb")
        return home

    def settle(self, home: Path) -> list[str]:
        """Calm runs until nothing waits; what is wrong with them."""
        for number in range(1, CALM_RUNS + 1):
            status = self.run(home, Trouble(late=number * STEP))
            if status != OK:
                return [f"a calm run ended with {status}: {self.log(home).read_text()[-1500:]}"]
            if not waiting(home):
                return []
        return [f"still waiting after {CALM_RUNS} calm runs: {waiting(home)}"]

    def judge(self, home: Path) -> list[str]:
        """Rows, promises and files of a home that has come to rest."""
        published = home / "dateline.duckdb"
        broken = [f.check.name for f in run_checks(published, checks(), 1) if not f.is_kept]
        return [
            *difference(self.wanted, rows_of(published)),
            *(f"broken promise: {name}" for name in broken),
            *(f"left behind: {path.relative_to(home)}" for path in strange_files(home)),
        ]

    def run(self, home: Path, trouble: Trouble, *, kill_after: float | None = None) -> int:
        """A run to its end, by itself or by SIGKILL; its status. A dead run's lock must be free at once."""
        pid = start(home, trouble, self.log(home))
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        status = finish(pid)
        self.kills += status == -signal.SIGKILL
        return status

    def log(self, home: Path) -> Path:
        """Where the runs of a home say what went wrong."""
        return self.folder / f"{home.name}.log"


def waiting(home: Path) -> list[tuple[object, ...]]:
    """Entries that a calm run would still do something about."""
    query = """
        SELECT url, status::VARCHAR, reason FROM entry WHERE status IN ('pending', 'fetched')
        OR (status = 'failed' AND next_attempt_at IS NOT NULL AND reason NOT IN ('no_text'))
    """
    return ask(home / "dateline.duckdb", query).rows


def strange_files(home: Path) -> Iterator[Path]:
    """What no home holds after a run that went well."""
    live = {f"live/{name}" for name in ("warehouse.duckdb", "lock", "holder", "published", "copies")}
    known = {"feeds.toml", ".feeds.toml.lock", "dateline.duckdb", *live}
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if path.is_file() and name not in known and not (name.startswith("raw/") and name.endswith(".warc.gz")):
            yield path
