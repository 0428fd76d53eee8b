"""Upkeep of the archive: torn files become whole ones, and only files that nobody needs go."""

from __future__ import annotations

import gzip
import os
import random
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.fetch.archive import Archive, read_capture
from pipeline.fetch.upkeep import Repaired, WarcFile, prunable, prune, repair, warc_files
from pipeline.records import Capture, Response
from tests.fetch.warc_readers import assert_readers_accept, captures_in

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
NOISE = random.Random(7).randbytes(400)  # does not compress: cuts fall into it
PAGE = Response(
    url="http://news.example/a",
    final_url="http://news.example/a",
    status=200,
    headers=(("Content-Type", "text/html"),),
    body=b"<p>Flood</p>" + NOISE,
    fetched_at=AT,
    elapsed_ms=3,
    request_headers=(("Host", "news.example"),),
)


def written(home: Path, run_id: str = "dead", pages: int = 3, body: bytes = PAGE.body) -> tuple[Path, list[Capture]]:
    """A file of so many pages, the last two of which are a revisit and a feed's text."""
    with Archive(home, home / "raw", run_id) as out:
        captures = [out.write(replace(PAGE, body=body))]
        captures += [out.write(replace(PAGE, body=body + bytes([n]))) for n in range(1, pages - 2)]
        captures.append(out.write(replace(PAGE, elapsed_ms=9), captures[0]))
        captures.append(out.write_text("tag:a", "<p>Flood</p>", AT))
    return home / captures[0].warc_file, captures


def ends(capture: Capture) -> int:
    assert capture.warc_length is not None
    return capture.warc_offset + capture.warc_length


def same_bytes(path: Path, data: bytes) -> int:
    """How far the file is as `data` was: zeros may stand where zeros were cut off, a gzip member's end has some."""
    now = path.read_bytes()
    shorter = min(len(now), len(data))
    return next((at for at in range(shorter) if now[at] != data[at]), shorter)


def member_ends(path: Path) -> list[int]:
    """Where each gzip member ends, found by reading on from each start of one."""
    data, found = path.read_bytes(), [0]
    for at in range(1, len(data)):
        if data[at : at + 3] == b"\x1f\x8b\x08":
            try:
                gzip.decompress(data[found[-1] : at])
            except (EOFError, OSError):
                continue
            found.append(at)
    return [*found, len(data)]


def test_a_whole_file_is_left_alone(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert repair(tmp_path / "raw", ["dead"]) == ()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize("zeros", [0, 1, 100_000])
def test_a_file_cut_anywhere_keeps_all_whole_records(tmp_path: Path, zeros: int) -> None:
    path, captures = written(tmp_path)
    data, wholes = path.read_bytes(), member_ends(path)
    assert len(wholes) == 1 + 6  # a description, two exchanges of two records, a resource; and the start
    for length in range(wholes[1], len(data), 23):
        path.write_bytes(data[:length] + b"\0" * zeros)
        kept = max(end for end in wholes if end <= same_bytes(path, data))
        expected = (Repaired(file=path, kept_bytes=kept, cut_bytes=length + zeros - kept),)
        assert repair(tmp_path / "raw", ["dead"]) == (expected if kept < length + zeros else ())
        assert repair(tmp_path / "raw", ["dead"]) == ()
        assert path.read_bytes() == data[:kept]
        if length % 7 == 0:
            assert_readers_accept(path)
        for capture in captures:
            if ends(capture) <= kept:
                assert read_capture(tmp_path, capture).url == capture.url


@pytest.mark.parametrize("left", [b"", b"\x1f", b"\x1f\x8b\x08\0\0", b"\0" * 70_000])
def test_a_file_without_a_whole_record_goes_with_its_folder(tmp_path: Path, left: bytes) -> None:
    path, _ = written(tmp_path)
    path.write_bytes(left)
    assert repair(tmp_path / "raw", ["dead"]) == (Repaired(file=path, kept_bytes=0, cut_bytes=len(left)),)
    assert list((tmp_path / "raw").iterdir()) == []


def test_only_files_of_the_dead_runs_are_touched(tmp_path: Path) -> None:
    paths = {run_id: written(tmp_path, run_id)[0] for run_id in ("dead", "dead-1", "alive", "d*")}
    for path in paths.values():
        os.truncate(path, path.stat().st_size - 5)
    repaired = repair(tmp_path / "raw", ["dead", "d*", "never"])
    assert [r.file for r in repaired] == sorted([paths["d*"], paths["dead"]])
    assert repair(tmp_path / "raw", []) == ()


def test_no_folder_needs_no_repair(tmp_path: Path) -> None:
    assert repair(tmp_path / "raw", ["dead"]) == ()


def test_whole_records_behind_a_damaged_one_are_not_cut_off(tmp_path: Path) -> None:
    path, captures = written(tmp_path)
    data = bytearray(path.read_bytes())
    middle = captures[0].warc_offset + captures[0].warc_length // 2  # type: ignore[operator]
    data[middle : middle + 4] = bytes(255 - b for b in data[middle : middle + 4])
    path.write_bytes(data)
    told = Repaired(file=path, kept_bytes=len(data), cut_bytes=0, damaged_at=captures[0].warc_offset)
    assert repair(tmp_path / "raw", ["dead"]) == (told,)
    assert path.read_bytes() == data
    assert read_capture(tmp_path, captures[2]).status == 200


def test_a_torn_page_that_is_itself_an_archive_is_cut_off_whole(tmp_path: Path) -> None:
    inner, _ = written(tmp_path, "inner")
    hostile = inner.read_bytes() + NOISE * 3  # stored as it is: whole members stand within a torn one
    path, captures = written(tmp_path, body=hostile)
    os.truncate(path, ends(captures[0]) - 100)
    (repaired,) = repair(tmp_path / "raw", ["dead"])
    assert repaired.kept_bytes == captures[0].warc_offset
    assert_readers_accept(path)


KILLED = """
import sys
from pathlib import Path
from tests.fetch.test_fetch_upkeep import PAGE, Archive, replace
home = Path(sys.argv[1])
with Archive(home, home / "raw", "dead") as out:
    for number in range(10**6):
        capture = out.write(replace(PAGE, body=PAGE.body * 200 + bytes([number % 256])))
        out.flush()
        print(capture.warc_file, capture.warc_offset, flush=True)
"""


def test_what_a_killed_run_had_flushed_is_read_after_the_repair(tmp_path: Path) -> None:
    command, root = [sys.executable, "-c", KILLED, str(tmp_path)], Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout
        told = [process.stdout.readline() for _ in range(20)]
        process.kill()
        told += process.stdout.readlines()[:-1]
    path = tmp_path / told[0].split()[0]
    os.truncate(path, path.stat().st_size - 1)  # the last may be torn: here it is
    repair(tmp_path / "raw", ["dead"])
    assert_readers_accept(path)
    for line in told[:-1]:
        name, offset = line.split()
        assert read_capture(tmp_path, name, int(offset)).status == 200


def test_a_large_file_is_read_in_little_memory(tmp_path: Path) -> None:
    size = 40_000_000
    path, captures = written(tmp_path, body=b"\0" * size)  # 40 KB in the file: a page may unpack to anything
    os.truncate(path, ends(captures[2]) - 1)
    tracemalloc.start()
    (repaired,) = repair(tmp_path / "raw", ["dead"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert repaired.kept_bytes == ends(captures[1])
    assert peak < size / 10


@settings(max_examples=60, deadline=None)
@given(bodies=st.lists(st.binary(max_size=3000), min_size=1, max_size=4), cut=st.floats(0, 1), zeros=st.integers(0, 9))
def test_after_any_cut_what_is_left_is_a_beginning_that_the_fields_readers_accept(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes], cut: float, zeros: int
) -> None:
    home = tmp_path_factory.mktemp("home")
    with Archive(home, home / "raw", "dead") as out:
        captures = [out.write(replace(PAGE, body=body)) for body in bodies]
    path = home / captures[0].warc_file
    data = path.read_bytes()
    length = int(len(data) * cut)
    path.write_bytes(data[:length] + b"\0" * zeros)
    same = same_bytes(path, data)
    repair(home / "raw", ["dead"])
    spared = {c.warc_offset: c.warc_length for c in captures if ends(c) <= same}
    if path.exists():
        assert data.startswith(path.read_bytes())
        assert_readers_accept(path)
        assert captures_in(path) == spared
    else:
        assert not spared


def file_of(day: date, run_id: str = "old", size: int = 10) -> WarcFile:
    return WarcFile(path=f"raw/{day:%Y/%m/%d}/{run_id}-1.warc.gz", day=day, size_bytes=size)


def days_ago(days: int, run_id: str = "old") -> WarcFile:
    return file_of(TODAY - timedelta(days=days), run_id)


@pytest.mark.parametrize(
    ("file", "keep_days", "even_in_use", "goes"),
    [
        (days_ago(31), 30, False, True),
        (days_ago(30), 30, False, False),
        (days_ago(1), 0, False, True),
        (days_ago(0), 0, True, False),
        (days_ago(0), -5, True, False),
        (days_ago(-1), 0, True, False),  # a clock that went wrong
        (days_ago(31, "used"), 30, False, False),
        (days_ago(31, "used"), 30, True, True),
        (days_ago(30, "used"), 30, True, False),
        (days_ago(31, "running"), 30, True, False),
        (days_ago(31, "running-2"), 30, False, True),
    ],
)
def test_files_go_that_are_old_and_not_in_use(file: WarcFile, keep_days: int, even_in_use: bool, goes: bool) -> None:
    in_use = {days_ago(days, "used").path for days in (30, 31)}
    chosen = prunable([file], in_use, keep_days, TODAY, running=["running"], even_in_use=even_in_use)
    assert chosen == ((file,) if goes else ())


def test_the_files_of_an_archive_are_listed_with_day_and_size(tmp_path: Path) -> None:
    path, _ = written(tmp_path, "b")
    with Archive(tmp_path, tmp_path / "raw", "a-1") as out:
        early = out.write(replace(PAGE, fetched_at=AT - timedelta(days=30)))
    (path.parent / "notes.txt").write_text("not ours")
    (tmp_path / "raw/2026/13/01").mkdir(parents=True)
    (tmp_path / "raw/2026/13/01/x-1.warc.gz").write_bytes(b"of no day")
    first, second = warc_files(tmp_path, tmp_path / "raw")
    assert (first.path, first.day, first.run_id) == (early.warc_file, date(2026, 10, 23), "a-1")
    assert (second.path, second.day, second.run_id) == ("raw/2026/11/22/b-1.warc.gz", TODAY, "b")
    assert second.size_bytes == path.stat().st_size
    assert warc_files(tmp_path, tmp_path / "none") == ()


def test_pruned_files_are_gone_with_the_folders_that_this_empties(tmp_path: Path) -> None:
    kept, _ = written(tmp_path, "kept")
    gone, _ = written(tmp_path, "gone")
    with Archive(tmp_path, tmp_path / "raw", "gone") as out:
        alone = out.write(replace(PAGE, fetched_at=AT - timedelta(days=400)))
    files = [file for file in warc_files(tmp_path, tmp_path / "raw") if file.run_id == "gone"]
    assert prune(tmp_path, files) == sum(file.size_bytes for file in files) > 0
    assert [p for p in (tmp_path / "raw").rglob("*") if p.is_file()] == [kept]
    assert not (tmp_path / "raw/2025").exists()
    assert not (tmp_path / alone.warc_file).exists()
    assert prune(tmp_path, files) == 0
    assert not gone.exists()


def test_pruning_all_leaves_the_archives_own_folder(tmp_path: Path) -> None:
    written(tmp_path)
    prune(tmp_path, warc_files(tmp_path, tmp_path / "raw"))
    assert list((tmp_path / "raw").iterdir()) == []


def test_nothing_is_pruned_twice_over_what_the_day_folder_still_holds(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    (path.parent / "notes.txt").write_text("the operator's own")
    prune(tmp_path, warc_files(tmp_path, tmp_path / "raw"))
    assert [p.name for p in path.parent.iterdir()] == ["notes.txt"]
