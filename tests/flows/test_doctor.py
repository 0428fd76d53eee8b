"""Homes that are really broken, one for each ailment: found, told, mended, and then the next run goes well."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from flows.ailments import AILMENTS, Cure, Grade, diagnose
from flows.doctor import run_doctor
from flows.facts import Facts, lock_of, look
from pipeline.fetch import Repaired, find_torn
from pipeline.settings import Settings
from tests.flows.small_home import begin, next_run
from warehouse.publish import publish
from warehouse.store import Warehouse, holder_file

ROOT = Path(__file__).parents[2]
TORN = b"\x1f\x8b\x08\x00\x00\x00\x00"  # how a compressed record begins
NO_VIEWS = "DROP VIEW feed_health; DELETE FROM schema_migration WHERE migration = 'views'"


@dataclass(frozen=True, slots=True)
class Case:
    """How a home is broken, what the doctor says, and whether it can mend that."""

    name: str
    spoil: Callable[[Settings], object]
    grade: Grade
    says: str
    cure: Cure | None
    runs: bool = True  # does the next run go well, after the cure if there is one?


def raw_file(settings: Settings) -> Path:
    [file] = settings.raw.rglob("*.warc.gz")
    return file


def die_running(settings: Settings) -> None:
    """A run that begins and is killed; its raw file is torn."""
    code = f"""
import os, signal
from datetime import UTC, datetime
from pathlib import Path
from warehouse.publish import publish
from warehouse.store import Warehouse
from tests.flows.small_home import begin, page
from pipeline.fetch import Archive
home = Path({str(settings.home)!r})
warehouse = Warehouse.open(home / "live" / "warehouse.duckdb", home / "live" / "lock")
begin(warehouse, "dead", datetime.now(UTC))
archive = Archive(home, home / "raw", "dead")
archive.write(page(3))
archive._file.write({TORN!r})
archive._file.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL


def change(settings: Settings, statement: str) -> None:
    with duckdb.connect(str(settings.live)) as connection:
        connection.execute(statement)


def fail_feed(settings: Settings) -> None:
    change(settings, "UPDATE feed SET consecutive_failures = 3, last_error = 'http_503: away' WHERE feed_id = 'wire'")


def leave_things(settings: Settings) -> None:
    (settings.home / "live" / "warehouse.duckdb.tmp").mkdir()
    (settings.home / "live" / "warehouse.duckdb.tmp" / "page").write_bytes(b"x")
    (settings.home / "live" / "warehouse.duckdb.77.new").write_bytes(b"x")
    (settings.home / ".dateline.duckdb.77.tmp").write_bytes(b"x")


def run_ahead(settings: Settings) -> None:
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        begin(warehouse, "future", datetime.now(UTC) + timedelta(days=400))
        with warehouse.transaction() as cursor:
            cursor.execute("UPDATE run SET status = 'completed', ended_at = started_at WHERE run_id = 'future'")


def damage(settings: Settings) -> None:
    change(settings, "UPDATE run SET status = 'failed'")
    data = bytearray(raw_file(settings).read_bytes())
    data[len(data) // 2] ^= 0xFF
    raw_file(settings).write_bytes(data)


CASES = [
    Case("stuck run", die_running, Grade.LOOK, "1 run said to be at work, and gone: dead", Cure.BURY),
    Case("torn raw file", die_running, Grade.LOOK, "dead-1.warc.gz ends in the middle of a record: 7 bytes", Cure.BURY),
    Case("damaged raw file", damage, Grade.LOOK, "run-1-1.warc.gz is damaged at byte", None),
    Case("short copy", lambda s: os.truncate(s.published, 700_000), Grade.BROKEN, "cannot be read", Cure.PUBLISH),
    Case("no copy", lambda s: s.published.unlink(), Grade.BROKEN, "the readers' copy is not there", Cure.PUBLISH),
    Case("touched copy", lambda s: s.published.touch(), Grade.LOOK, "is not the file that was published", Cure.PUBLISH),
    Case("old schema", lambda s: change(s, NO_VIEWS), Grade.LOOK, "has yet to be brought up to this program (views)",
         Cure.MIGRATE),
    Case("newer schema", lambda s: change(s, "INSERT INTO schema_migration VALUES ('9999_x.sql', 'x', now())"),
         Grade.BROKEN, "newer than this program (migration 9999_x.sql)", None, runs=False),
    Case("no database", lambda s: s.live.write_bytes(b"x" * 9000), Grade.BROKEN, "cannot be opened", None, runs=False),
    Case("failing feed", fail_feed, Grade.LOOK, "wire: http_503: away", None),
    Case("leftovers", leave_things, Grade.LOOK, "live/warehouse.duckdb.77.new was left by a program", Cure.SWEEP),
    Case("clock", run_ahead, Grade.LOOK, "and the last run began at", None),
    Case("feeds.toml", lambda s: s.feeds_file.write_text("[[feed]]\nurll = 1\n"), Grade.BROKEN, "feeds.toml", None),
]  # fmt: skip


def doctor(settings: Settings, *, mend: bool = False) -> tuple[int, str]:
    out = io.StringIO()
    return run_doctor(settings, mend=mend, as_json=False, thorough=False, target=out), out.getvalue()


def test_a_home_that_is_well_is_left_alone(settings: Settings) -> None:
    before = {path: path.read_bytes() for path in settings.home.rglob("*") if path.is_file()}
    assert doctor(settings, mend=True) == (0, f"well   {settings.home}\n")
    assert {path: path.read_bytes() for path in settings.home.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_broken_is_found_and_mended_where_it_can_be(case: Case, settings: Settings) -> None:
    case.spoil(settings)
    found = [a for a in diagnose(look(settings)) if case.says in a.what]
    assert [(a.grade, a.cure) for a in found] == [(case.grade, case.cure)], diagnose(look(settings))
    status, told = doctor(settings)
    assert case.says in told
    assert status >= case.grade
    status, told = doctor(settings, mend=True)
    assert ("mended: " in told) is (case.cure is not None)
    assert (status == 0) is (case.cure is not None), told
    assert "mended: " not in doctor(settings, mend=True)[1], "a second cure finds nothing to do"
    if case.runs:
        assert next_run(settings) == 1


def test_torn_bytes_are_kept_aside_and_whole_records_stay(settings: Settings) -> None:
    die_running(settings)
    [torn] = settings.raw.rglob("dead-*.warc.gz")
    data = torn.read_bytes()
    doctor(settings, mend=True)
    [kept] = (settings.home / "torn").iterdir()
    assert kept.read_bytes() == TORN
    assert torn.read_bytes() + kept.read_bytes() == data


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(data)


def test_thorough_reads_raw_files_of_runs_that_went_well_too(settings: Settings) -> None:
    flip(raw_file(settings), raw_file(settings).stat().st_size // 2)
    assert diagnose(look(settings)) == []
    [found] = diagnose(look(settings, thorough=True))
    assert found.name == "damaged raw file"


def test_thorough_reads_every_block_of_the_readers_copy(settings: Settings) -> None:
    place = settings.published.read_bytes().index(b"Soldiers attacked the village")
    flip(settings.published, place)
    [found] = diagnose(look(settings, thorough=True))
    assert (found.name, found.grade, found.cure) == ("readers' copy", Grade.BROKEN, Cure.PUBLISH)


def test_a_file_whose_free_blocks_were_cut_off_is_whole(settings: Settings) -> None:
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        with warehouse.transaction() as cursor:
            cursor.execute("CREATE TABLE large AS SELECT hash(range) AS n FROM range(1_000_000)")
        warehouse.checkpoint()
        with warehouse.transaction() as cursor:
            cursor.execute("DROP TABLE large")
        publish(warehouse, settings.published)
    assert diagnose(look(settings, thorough=True)) == []


def test_a_home_where_a_run_works_is_not_looked_into(settings: Settings) -> None:
    fail_feed(settings)
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        publish(warehouse, settings.published)
        facts = look(settings)
        status, told = doctor(settings, mend=True)
    assert facts.holder is not None
    assert facts.holder.is_alive
    assert (status, [ailment.name for ailment in diagnose(facts)]) == (Grade.LOOK, ["feed failing"])
    assert f"A run is at work (pid {os.getpid()} on " in told


@contextmanager
def held_by_dead(settings: Settings) -> Iterator[Path]:
    """The lock is held, and the file of its holder, which is given, names a process that is gone."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    named = holder_file(settings.lock)
    with FileLock(settings.lock):
        named.write_text(f"pid {gone.pid} on {socket.gethostname()}")
        yield named


def test_a_lock_whose_holder_is_gone_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.facts.PAUSE_SECONDS", 0.1)
    with held_by_dead(settings) as named:
        [found] = diagnose(look(settings))
        assert (found.name, found.grade) == ("stale lock", Grade.BROKEN)
        assert named.read_text() in found.what


def test_a_run_that_has_yet_to_say_that_it_has_the_lock_is_no_stale_one(settings: Settings) -> None:
    with held_by_dead(settings) as named:
        says = threading.Timer(0.2, named.write_text, [f"pid {os.getpid()} on {socket.gethostname()}"])
        says.start()
        with lock_of(settings.lock) as found:
            assert found is not None
            assert found.is_alive
        says.join()


def test_a_doctor_that_is_looking_is_no_stale_lock_to_another(settings: Settings) -> None:
    holder_file(settings.lock).write_text(f"pid 99999999 on {socket.gethostname()}")  # of the run before
    with lock_of(settings.lock) as nobody:
        facts = look(settings)
    assert nobody is None
    assert facts.holder is not None
    assert (facts.holder.told, facts.holder.is_alive) == (f"pid {os.getpid()} on {socket.gethostname()}", True)
    assert diagnose(facts) == []


def test_a_run_may_begin_while_the_doctor_reads_raw_files(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[int] = []

    def read_meanwhile(folder: Path, runs: Sequence[str]) -> tuple[Repaired, ...]:
        ran.append(next_run(settings))
        return find_torn(folder, runs)

    monkeypatch.setattr("flows.facts.find_torn", read_meanwhile)
    assert diagnose(look(settings, thorough=True)) == []
    assert ran == [1]


def test_no_home_is_told(settings: Settings) -> None:
    shutil.rmtree(settings.home)
    assert doctor(settings)[0] == Grade.BROKEN


def test_a_missing_model_and_place_file_are_told(settings: Settings, tmp_path: Path) -> None:
    changed = settings.model_copy(update={"spacy_model": "no_such_model", "gazetteer_file": tmp_path / "none.sqlite"})
    found = {ailment.name: ailment.grade for ailment in diagnose(look(changed))}
    assert found == {"language model": Grade.BROKEN, "place file": Grade.BROKEN}


HELD = Facts(home=Path("/home"), now=datetime.now(UTC), is_there=True, is_writable=True, free_bytes=1 << 40)


@pytest.mark.parametrize(
    ("change", "grade"),
    [
        ({"free_bytes": 1 << 29}, Grade.LOOK),
        ({"free_bytes": 1 << 20}, Grade.BROKEN),
        ({"is_writable": False}, Grade.BROKEN),
        ({"gazetteer_wanted": True}, Grade.LOOK),
    ],
)
def test_facts_lead_to_grades(change: dict[str, object], grade: Grade) -> None:
    assert [ailment.grade for ailment in diagnose(replace(HELD, **change))] == [grade]  # type: ignore[arg-type]


@pytest.mark.parametrize(("alive", "seconds", "grades"), [
    (True, 60.0, []), (None, 60.0, []), (False, 60.0, [Grade.BROKEN]), (True, 50_000.0, [Grade.LOOK]),
])  # fmt: skip
def test_a_lock_is_stale_when_its_holder_is_gone_or_too_slow(
    alive: bool | None, seconds: float, grades: list[Grade]
) -> None:
    from flows.facts import Holder

    facts = replace(HELD, holder=Holder(told="pid 1 on desk", is_alive=alive, held_seconds=seconds))
    assert [ailment.grade for ailment in diagnose(facts)] == grades


def test_json_has_what_the_lines_have(settings: Settings) -> None:
    settings.published.unlink()
    out = io.StringIO()
    assert run_doctor(settings, mend=False, as_json=True, thorough=False, target=out) == Grade.BROKEN
    [told] = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (told["ailment"], told["grade"], told["cure"]) == ("readers' copy", "broken", "publish")


def test_every_ailment_is_documented() -> None:
    assert all(examine.__doc__ for examine in AILMENTS)
