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
from tests.faults.rows import Rows, difference, doubled, rows_of
from tests.faults.running import OK, Known, finish, start, steps_file
from tests.faults.suffering import BACKFILL, INGEST, Trouble
from tests.faults.wire import Wire
from tests.flows.home import make_home
from warehouse.checks import checks, run_checks
from warehouse.query import ask
from warehouse.store import Warehouse

CALM_RUNS = 4  # at most, until all is read: failed pages wait for their time
STEP = timedelta(days=2)  # of the clock from one calm run to the next: longer than any wait


Disturbance = Callable[["Campaign", Path], str]  # disturbs a run in a home, and says what it did


@dataclass(slots=True)
class Target:
    """What the runs of a home do, and what an undisturbed one leaves."""

    archive: Path | None  # that is backfilled; None: the wire is polled
    disturbances: Mapping[Disturbance, float]  # and how often each is wanted beside the others
    wanted: Rows = field(default_factory=dict)
    seconds: float = 0.0  # of an undisturbed run …
    slow_seconds: float = 0.0  # … and of one that reads its pages by itself

    @property
    def name(self) -> str:
        """The flow."""
        return "backfill" if self.archive else "ingest"

    @property
    def steps(self) -> tuple[str, ...]:
        """Where its runs can be struck."""
        return BACKFILL if self.archive else INGEST


@dataclass(slots=True)
class Campaign:
    """What was done so far, and what it found."""

    folder: Path
    wire: Wire
    dice: random.Random
    own_disk: bool  # is `homes` a file system of its own?
    targets: tuple[Target, ...]
    target: Target  # of the home that suffers now
    kills: int = 0
    fell: Counter[str] = field(default_factory=Counter)  # kills by the step that had begun last
    cycles: int = 0
    readings: int = 0  # of the readers' copy meanwhile
    did: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @property
    def homes(self) -> Path:
        """Where homes are made."""
        return self.folder / "homes"

    def begin(self) -> None:
        """The undisturbed runs that all others are held to."""
        Warehouse.open(self.folder / "empty.duckdb", self.folder / "lock").close()
        for target in self.targets:
            self.target = target
            home, target.slow_seconds = self.calm_home("undisturbed", Trouble(keep=self.folder / "read"))
            Known.recall(self.folder / "read")
            _, target.seconds = self.calm_home("again", Trouble())
            self.settle(home)
            target.wanted = rows_of(home / "dateline.duckdb")

    def calm_home(self, name: str, trouble: Trouble) -> tuple[Path, float]:
        """A home after one run that nothing disturbed, and its seconds."""
        home = self.new_home(f"{self.target.name}-{name}")
        started = time.monotonic()
        if self.run(home, trouble) != OK:
            raise SystemExit(f"the undisturbed run failed: {self.log(home).read_text()}")
        return home, time.monotonic() - started

    def cycle(self) -> None:
        """One home: a few disturbed runs, then calm ones, then the comparison."""
        self.cycles += 1
        self.target = self.dice.choice(self.targets)
        home = self.new_home(f"{self.target.name}-{self.cycles}")
        history: list[str] = []
        with reading(home) as read:
            for _ in range(self.dice.choice((1, 2, 3, 4))):
                disturb = self.drawn()
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

    def drawn(self) -> Disturbance:
        """What is to befall the next run."""
        wanted = self.target.disturbances
        return self.dice.choices(list(wanted), list(wanted.values()))[0]

    def new_home(self, name: str) -> Path:
        """A home that lists the wire's feeds, if it is to poll; mostly with an empty warehouse, slow to make."""
        home = make_home(self.homes / name, () if self.target.archive else self.wire.feeds)
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
            *difference(self.target.wanted, rows_of(published)),
            *doubled(published),
            *(f"broken promise: {name}" for name in broken),
            *(f"left behind: {path.relative_to(home)}" for path in strange_files(home)),
        ]

    def run(self, home: Path, trouble: Trouble, *, kill_after: float | None = None) -> int:
        """A run to its end, by itself or by SIGKILL; its status. A dead run's lock must be free at once."""
        pid = self.start(home, trouble)
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        status = finish(pid)
        if status == -signal.SIGKILL:
            self.kills += 1
            self.fell[last_step(home)] += 1
        return status

    def start(self, home: Path, trouble: Trouble) -> int:
        """Begin a run; its process id."""
        return start(home, trouble, self.log(home), self.target.archive)

    def log(self, home: Path) -> Path:
        """Where the runs of a home say what went wrong."""
        return self.folder / f"{home.name}.log"


def last_step(home: Path) -> str:
    """The step that the last run of a home has begun last."""
    file = steps_file(home)
    steps = file.read_text().split() if file.exists() else []
    return steps[-1] if steps else "none yet"


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
    known = {"feeds.toml", ".feeds.toml.lock", "dateline.duckdb", "brief.html", *live}
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if path.is_file() and name not in known and not (name.startswith("raw/") and name.endswith(".warc.gz")):
            yield path
