"""What befalls runs: each function disturbs one run in a home, or what it left, and says what it did."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from flows.ailments import diagnose
from flows.backup import back_up
from flows.doctor import run_doctor
from flows.facts import look
from flows.restore import restore
from pipeline.settings import load_settings
from tests.faults.campaign import STEP, Campaign, Disturbance
from tests.faults.disk import room
from tests.faults.readers import flag
from tests.faults.running import FAILED, LOCKED, OK, finish, fork
from tests.faults.suffering import Trouble


def kill_at_random(campaign: Campaign, home: Path) -> str:
    """SIGKILL at any instant."""
    cheap = campaign.dice.random() < 0.9
    seconds = campaign.dice.uniform(0, 1.1 * (campaign.target.seconds if cheap else campaign.target.slow_seconds))
    status = campaign.run(home, Trouble(cheap=cheap), kill_after=seconds)
    return f"killed after {seconds:.2f} s ({status})"


def kill_at_step(campaign: Campaign, home: Path) -> str:
    """SIGKILL before or after a named step."""
    dice = campaign.dice
    trouble = Trouble(
        step=dice.choice(campaign.target.steps), after=dice.random() < 0.5, number=dice.choice((1, 1, 1, 2, 3))
    )
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
    first = campaign.start(home, Trouble())
    time.sleep(campaign.dice.uniform(0, campaign.target.seconds / 2))
    second = campaign.start(home, Trouble())
    if campaign.dice.random() < 0.5:
        time.sleep(campaign.dice.uniform(0, campaign.target.seconds / 2))
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
    running = campaign.start(home, Trouble(late=STEP))
    time.sleep(campaign.dice.uniform(0, campaign.target.seconds / 2))
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


INGEST: Mapping[Disturbance, float] = {
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
NOT_OF_ARCHIVES = {cut_connection, corrupt_record}  # a backfill asks nobody, and reads no record of its own again
BACKFILL = {disturb: weight for disturb, weight in INGEST.items() if disturb not in NOT_OF_ARCHIVES}
