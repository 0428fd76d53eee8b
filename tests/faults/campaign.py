"""Homes that suffer, one after the other, and are held to what an undisturbed run leaves."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from flows.ailments import diagnose
from flows.backup import back_up
from flows.doctor import run_doctor
from flows.facts import look
from flows.restore import restore
from pipeline.settings import load_settings
from tests.faults.rows import Rows, difference, rows_of
from tests.faults.running import FAILED, LOCKED, OK, STEPS, Known, Trouble, finish, fork, start
from tests.faults.wire import Wire
from tests.flows.home import make_home
from warehouse.checks import checks, run_checks
from warehouse.query import ask
from warehouse.store import Warehouse

CALM_RUNS = 4  # at most, until all is read: failed pages wait for their time
STEP = timedelta(days=2)  # of the clock from one calm run to the next: longer than any wait
DISK_BYTES = 2 << 30


@dataclass(slots=True)
class Campaign:
    """What was done so far, and what it found."""

    folder: Path
    wire: Wire
    dice: random.Random
    own_disk: bool  # is `homes` a file system of its own?
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
                disturb = self.dice.choices(list(DISTURBANCES), list(DISTURBANCES.values()))[0]
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


def kill_at_random(campaign: Campaign, home: Path) -> str:
    """SIGKILL at any instant."""
    cheap = campaign.dice.random() < 0.9
    seconds = campaign.dice.uniform(0, 1.1 * (campaign.seconds if cheap else campaign.slow_seconds))
    status = campaign.run(home, Trouble(cheap=cheap), kill_after=seconds)
    return f"killed after {seconds:.2f} s ({status})"


def kill_at_step(campaign: Campaign, home: Path) -> str:
    """SIGKILL before or after a named step."""
    dice = campaign.dice
    trouble = Trouble(step=dice.choice(STEPS), after=dice.random() < 0.5, number=dice.choice((1, 1, 1, 2, 3)))
    status = campaign.run(home, trouble)
    return f"killed {'after' if trouble.after else 'before'} {trouble.step} number {trouble.number} ({status})"


def tear_record(campaign: Campaign, home: Path) -> str:
    """SIGKILL in the middle of a record."""
    trouble = Trouble(torn_append=campaign.dice.randint(1, 12))
    return f"torn in write {trouble.torn_append} ({campaign.run(home, trouble)})"


def fill_archive(campaign: Campaign, home: Path) -> str:
    """ENOSPC in the middle of a record, and from then on."""
    trouble = Trouble(full_append=campaign.dice.randint(1, 12))
    return f"archive full from write {trouble.full_append} ({campaign.run(home, trouble)})"


def limit_files(campaign: Campaign, home: Path) -> str:
    """No file may grow beyond some size, DuckDB's neither."""
    trouble = Trouble(most_bytes=campaign.dice.randint(4, 4096) * 1024)
    return f"files limited to {trouble.most_bytes} bytes ({campaign.run(home, trouble)})"


def fill_disk(campaign: Campaign, home: Path) -> str:
    """A real disk that is full: a small file system under the home, where this process may mount one."""
    if not campaign.own_disk:
        return fill_archive(campaign, home)
    left = campaign.dice.randint(64, 8192) * 1024
    with room(campaign.homes, left):
        status = campaign.run(home, Trouble())
    return f"disk with {left} bytes left ({status})"


def cut_connection(campaign: Campaign, home: Path) -> str:
    """The server hangs up in the middle of answers."""
    campaign.wire.cut(cuts := campaign.dice.randint(1, 12))
    status = campaign.run(home, Trouble())
    campaign.wire.cut(0)
    return f"{cuts} answers cut off ({status})"


def spoil_model(campaign: Campaign, home: Path) -> str:
    """The language model cannot be read."""
    model = campaign.folder / "model"
    model.mkdir(exist_ok=True)
    (model / "meta.json").write_text("{")
    return f"model unreadable ({campaign.run(home, Trouble(model=str(model)))})"


def corrupt_record(campaign: Campaign, home: Path) -> str:
    """The last record of the newest WARC file holds other bytes, after a run that was killed before reading."""
    status = campaign.run(home, Trouble(step="flows.session.load_readings", number=campaign.dice.choice((1, 2))))
    files = sorted(home.glob("raw/*/*/*/*.warc.gz"), key=lambda path: path.stat().st_mtime)
    if files:
        data = bytearray(files[-1].read_bytes())
        for place in range(max(0, len(data) - 300), len(data) - 100):
            data[place] ^= 0xFF
        files[-1].write_bytes(data)
    return f"last record corrupted after a kill at load ({status})"


def truncate_copy(campaign: Campaign, home: Path) -> str:
    """The readers' copy loses its end, after a run that was well."""
    status = campaign.run(home, Trouble())
    published = home / "dateline.duckdb"
    if published.exists():
        flag(home).touch()
        os.truncate(published, int(published.stat().st_size * campaign.dice.random()))
    return f"readers' copy truncated ({status})"


def set_back(campaign: Campaign, home: Path) -> str:
    """A run under a clock that is years ahead, killed or not: the next one's is set back."""
    trouble = Trouble(late=timedelta(days=campaign.dice.choice((1, 400, 4000))))
    if campaign.dice.random() < 0.5:
        trouble = Trouble(late=trouble.late, step="flows.session.load_readings")
    return f"clock {trouble.late.days} days ahead ({campaign.run(home, trouble)})"


def run_twice(campaign: Campaign, home: Path) -> str:
    """Two runs at once; one of them may be killed."""
    first = start(home, Trouble(), campaign.log(home))
    time.sleep(campaign.dice.uniform(0, campaign.seconds / 2))
    second = start(home, Trouble(), campaign.log(home))
    if campaign.dice.random() < 0.5:
        time.sleep(campaign.dice.uniform(0, campaign.seconds / 2))
        with suppress(ProcessLookupError):
            os.kill(first, signal.SIGKILL)
    ends = (finish(first), finish(second))
    campaign.kills += ends.count(-signal.SIGKILL)
    if FAILED in ends or ends == (LOCKED, LOCKED):
        campaign.problems.append(f"{home.name}: two runs ended with {ends}")
    return f"two at once {ends}"


def see_doctor(campaign: Campaign, home: Path) -> str:
    """A killed run, and `dateline doctor --repair` after it; what it leaves has to be well."""
    told = kill_at_step(campaign, home)
    status = finish(fork(lambda: mended(home), campaign.log(home)))
    if status:
        campaign.problems.append(f"{home.name}: {told}; the doctor could not mend it: {status}")
    return f"{told}, doctor ({status})"


def back_up_meanwhile(campaign: Campaign, home: Path) -> str:
    """A backup while a run works; a home is made of it and checked."""
    if not (home / "dateline.duckdb").exists():
        campaign.run(home, Trouble())
    running = start(home, Trouble(late=STEP), campaign.log(home))
    time.sleep(campaign.dice.uniform(0, campaign.seconds / 2))
    status = finish(fork(lambda: backed_up(home), campaign.log(home)))
    ran = finish(running)
    if status or ran not in (OK, LOCKED):
        campaign.problems.append(f"{home.name}: a backup ended with {status}, the run with {ran}")
    return f"backup meanwhile ({status})"


def mended(home: Path) -> int:
    """The doctor's exit status after its cures, feeds that fail left aside."""
    settings = load_settings(home=home)
    run_doctor(settings, mend=True, as_json=False, thorough=False, target=sys.stderr)
    left = [a for a in diagnose(look(settings)) if a.cure]
    return len(left)


def backed_up(home: Path) -> int:
    """0 when the home was backed up and the backup makes a home that keeps its promises."""
    folder, settings = home.with_name(f"{home.name}.backup"), load_settings(home=home)
    other = home.with_name(f"{home.name}.restored")
    try:
        back_up(settings, folder)
        list(restore(settings.model_copy(update={"home": other}), folder, force=True))
    finally:
        for left in home.parent.glob(f"{home.name}.*"):
            if left.is_dir():
                shutil.rmtree(left)
    return 0


DISTURBANCES: dict[Callable[[Campaign, Path], str], float] = {
    kill_at_random: 14,
    kill_at_step: 16,
    tear_record: 3,
    fill_archive: 1,
    limit_files: 2,
    fill_disk: 2,
    cut_connection: 1,
    spoil_model: 0.5,
    corrupt_record: 2,
    truncate_copy: 1,
    set_back: 2,
    run_twice: 2,
    see_doctor: 2,
    back_up_meanwhile: 1,
}


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


def can_mount() -> bool:
    """Whether this process may mount file systems."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def disk(folder: Path) -> Iterator[bool]:
    """A file system of its own at `folder`, whose size can be set; False where this process may not mount one."""
    folder.mkdir()
    if not can_mount():
        yield False
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)], check=True)
    try:
        yield True
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def room(folder: Path, left: int) -> Iterator[None]:
    """So many bytes are left on the disk at `folder` while the block runs."""
    resize(folder, shutil.disk_usage(folder).used + left)
    try:
        yield
    finally:
        resize(folder, DISK_BYTES)


def resize(folder: Path, size: int) -> None:
    """Give a mounted disk another size."""
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)


@dataclass(slots=True)
class Read:
    """What a reader saw."""

    times: int = 0
    problems: list[str] = field(default_factory=list)


def flag(home: Path) -> Path:
    """Lies there from when we have spoilt the readers' copy ourselves."""
    return home.with_name(f"{home.name}.spoilt")


@contextmanager
def reading(home: Path) -> Iterator[Read]:
    """A process that opens the readers' copy again and again, as analysts do."""
    told, read = home.with_name(f"{home.name}.reader"), Read()
    pid = os.fork()
    if not pid:
        try:
            read_on(home, told)
        finally:
            os._exit(0)
    try:
        yield read
    finally:
        os.kill(pid, signal.SIGKILL)
        finish(pid)
        lines = told.read_text().splitlines() if told.exists() else []
        read.times = lines.count("ok")
        read.problems += [f"reader: {line}" for line in lines if line != "ok"][:3]
        told.unlink(missing_ok=True)
        flag(home).unlink(missing_ok=True)


def read_on(home: Path, told: Path) -> None:
    """Count articles for ever; say each time how that went."""
    published = home / "dateline.duckdb"
    with told.open("a", buffering=1) as out:
        while True:
            time.sleep(0.05)
            if not published.exists():
                continue
            try:
                ask(published, "SELECT count(*), count(text) FROM article UNION ALL SELECT count(*), 0 FROM event")
                out.write("ok\n")
            except Exception as error:  # noqa: BLE001 - told to the campaign
                if published.exists() and not flag(home).exists():
                    out.write(f"{type(error).__name__}: {error}".splitlines()[0] + "\n")
