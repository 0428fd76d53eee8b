"""A watched folder: which files are read, when, in what order, and what becomes of those that cannot be."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import FetchError
from pipeline.fetch import Seen, SeenFile, list_new, read_file

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LARGE = 1_000_000


def drop(folder: Path, name: str, body: bytes = b"<nitf/>", *, seconds_ago: float = 60) -> Path:
    """A file that was changed so long before NOW."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    changed = NOW.timestamp() - seconds_ago
    os.utime(path, (changed, changed))
    return path


def told(seen: dict[str, SeenFile]) -> Seen:
    """What is known, asked by name."""
    return lambda asked: {name: seen[name] for name in asked if name in seen}


def names(folder: Path, seen: dict[str, SeenFile] | None = None, **options: float) -> list[str]:
    """What is listed now."""
    return [file.name for file in list_new(folder.as_uri(), told(seen or {}), NOW, **options)[0]]  # type: ignore[arg-type]


def by_name(folder: Path) -> dict[str, SeenFile]:
    """All that is there now, as read."""
    return {file.name: file for file in list_new(folder.as_uri(), told({}), NOW)[0]}


def reason_of(url: str, name: str, max_bytes: int = LARGE) -> str:
    """Why a file cannot be read."""
    with pytest.raises(FetchError) as caught:
        read_file(url, name, max_bytes=max_bytes)
    return caught.value.reason


def test_files_are_listed_the_oldest_first_and_read_one_by_one(tmp_path: Path) -> None:
    drop(tmp_path, "b.xml", b"second", seconds_ago=20)
    drop(tmp_path, "c.xml", b"first", seconds_ago=30)
    drop(tmp_path, "a.xml", b"third", seconds_ago=20 - 1e-3)
    assert names(tmp_path) == ["c.xml", "b.xml", "a.xml"]
    read = [read_file(tmp_path.as_uri(), name, max_bytes=LARGE) for name in names(tmp_path)]
    assert [file.body for file in read] == [b"first", b"second", b"third"]
    assert read[0].address == (tmp_path / "c.xml").as_uri()
    assert read[0].modified_at == NOW - timedelta(seconds=30)


def test_what_was_read_is_listed_again_only_when_it_changed(tmp_path: Path) -> None:
    drop(tmp_path, "same.xml")
    drop(tmp_path, "longer.xml", b"1")
    drop(tmp_path, "later.xml", seconds_ago=60)
    seen = by_name(tmp_path)
    assert names(tmp_path, seen) == []
    drop(tmp_path, "longer.xml", b"12")
    drop(tmp_path, "later.xml", seconds_ago=50)
    drop(tmp_path, "new.xml", seconds_ago=40)
    assert names(tmp_path, seen) == ["longer.xml", "later.xml", "new.xml"]


def test_a_file_that_may_still_be_written_is_left_for_the_next_look(tmp_path: Path) -> None:
    drop(tmp_path, "now.xml", seconds_ago=0)
    drop(tmp_path, "fresh.xml", seconds_ago=1.9)
    drop(tmp_path, "settled.xml", seconds_ago=2.1)
    assert names(tmp_path) == ["settled.xml"]
    assert names(tmp_path, settle_seconds=1) == ["settled.xml", "fresh.xml"]
    later = list_new(tmp_path.as_uri(), told(by_name(tmp_path)), NOW + timedelta(seconds=5))[0]
    assert [file.name for file in later] == ["fresh.xml", "now.xml"]


def test_a_file_from_a_clock_that_is_ahead_is_read_and_again_when_it_grows(tmp_path: Path) -> None:
    drop(tmp_path, "ahead.xml", b"half", seconds_ago=-3600)
    seen = by_name(tmp_path)
    assert list(seen) == ["ahead.xml"]
    drop(tmp_path, "ahead.xml", b"half and half", seconds_ago=-3601)
    assert names(tmp_path, seen) == ["ahead.xml"]


def test_unfinished_hidden_and_pictorial_files_are_passed_over(tmp_path: Path) -> None:
    for name in (
        ".hidden",
        ".x.xml",
        "a.xml.tmp",
        "a.xml.part",
        "a.xml.FILEPART",
        "a.xml~",
        "a.jpg",
        "A.JPEG",
        "a.mp4",
    ):
        drop(tmp_path, name)
    drop(tmp_path, ".git/a.xml")
    for name in ("a.xml", "a.json", "without", "a.part.xml", "tmp"):
        drop(tmp_path, name)
    assert sorted(names(tmp_path)) == ["a.json", "a.part.xml", "a.xml", "tmp", "without"]


def test_folders_below_are_looked_into_but_not_without_end(tmp_path: Path) -> None:
    drop(tmp_path, "en/sport/a.xml")
    drop(tmp_path, "1/2/3/4/5/6/7/8/a.xml")
    drop(tmp_path, "1/2/3/4/5/6/7/8/9/a.xml")
    assert sorted(names(tmp_path)) == ["1/2/3/4/5/6/7/8/a.xml", "en/sport/a.xml"]
    assert read_file(tmp_path.as_uri(), "en/sport/a.xml", max_bytes=LARGE).address.endswith("/en/sport/a.xml")


def test_links_are_not_followed_but_the_folder_itself_may_be_one(tmp_path: Path) -> None:
    outside = drop(tmp_path, "outside/secret.xml")
    folder = tmp_path / "folder"
    drop(folder, "a.xml")
    (folder / "file.xml").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path)
    (folder / "dangling").symlink_to(tmp_path / "nothing")
    assert names(folder) == ["a.xml"]
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert names(link) == ["a.xml"]
    assert read_file(link.as_uri(), "a.xml", max_bytes=LARGE).body == b"<nitf/>"


def test_of_very_many_the_oldest_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    for number in range(20):
        drop(tmp_path, f"{number:02}.xml", seconds_ago=100 - number)
    files, left_out = list_new(tmp_path.as_uri(), told({}), NOW, most=5)
    assert ([file.name for file in files], left_out) == (["00.xml", "01.xml", "02.xml", "03.xml", "04.xml"], 15)
    rest, left_out = list_new(tmp_path.as_uri(), told({file.name: file for file in files}), NOW, most=15)
    assert (len(rest), left_out) == (15, 0)


@pytest.mark.parametrize("name", ["Zürich 100%.xml", "a%20b.xml", "a?b#c.xml", "новости.xml", "-", "a\nb.xml"])
def test_odd_names_are_listed_and_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "drop box #1"
    drop(folder, name)
    [file] = list_new(folder.as_uri(), told({}), NOW)[0]
    assert file.name == name
    dropped = read_file(folder.as_uri(), file.name, max_bytes=LARGE)
    assert (dropped.name, dropped.body, dropped.address) == (name, b"<nitf/>", (folder / name).as_uri())


def test_a_name_that_is_not_utf8_can_be_written_down(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.xml"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b"<nitf/>")
    os.utime(path, (0, 0))
    assert names(tmp_path) == ["caf%E9.xml"]
    dropped = read_file(tmp_path.as_uri(), "caf%E9.xml", max_bytes=LARGE)
    assert (dropped.body, dropped.address) == (b"<nitf/>", f"{tmp_path.as_uri()}/caf%E9.xml")


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    drop(tmp_path, "file")
    for wrong in (tmp_path / "nowhere", tmp_path / "file", tmp_path / "zero\0byte"):
        with pytest.raises(FetchError) as caught:
            list_new(f"{tmp_path.as_uri()}/{wrong.name}".replace("\0", "%00"), told({}), NOW)
        assert (caught.value.reason, caught.value.retryable) == ("no_folder", True)
        assert str(wrong) in caught.value.detail


def test_a_file_that_is_taken_away_is_gone(tmp_path: Path) -> None:
    path = drop(tmp_path, "a.xml")
    listed = names(tmp_path)
    path.unlink()
    assert reason_of(tmp_path.as_uri(), listed[0]) == "gone"


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    drop(tmp_path, "a.xml", b"12345")
    assert read_file(tmp_path.as_uri(), "a.xml", max_bytes=5).body == b"12345"
    assert reason_of(tmp_path.as_uri(), "a.xml", 4) == "too_large"


def test_what_takes_a_file_s_place_before_it_is_read_is_refused(tmp_path: Path) -> None:
    secret = drop(tmp_path, "secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.xml").symlink_to(secret)
    os.mkfifo(folder / "pipe.xml")
    (folder / "folder.xml").mkdir()
    for name in ("link.xml", "pipe.xml", "folder.xml"):
        assert reason_of(folder.as_uri(), name) == "unreadable"
    assert names(folder) == []


@pytest.mark.parametrize("name", ["../secret", "a/../../secret", "/etc/passwd", "zero\0byte"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    drop(tmp_path, "secret")
    (tmp_path / "folder" / "a").mkdir(parents=True)
    assert reason_of((tmp_path / "folder").as_uri(), name) == "unreadable"


def test_a_packed_file_is_read_unpacked(tmp_path: Path) -> None:
    drop(tmp_path, "a.xml.gz", gzip.compress(b"<nitf/>" * 1000))
    assert names(tmp_path) == ["a.xml.gz"]
    assert read_file(tmp_path.as_uri(), "a.xml.gz", max_bytes=LARGE).body == b"<nitf/>" * 1000
    assert reason_of(tmp_path.as_uri(), "a.xml.gz", 6999) == "too_large"


@pytest.mark.parametrize("body", [gzip.compress(b"<nitf/>" * 99, mtime=0)[:-9], b"\x1f\x8bnothing"])
def test_a_packed_file_that_is_damaged_is_unreadable(tmp_path: Path, body: bytes) -> None:
    drop(tmp_path, "a.xml.gz", body)
    assert reason_of(tmp_path.as_uri(), "a.xml.gz") == "unreadable"


def test_a_bomb_is_stopped_before_it_has_gone_off(tmp_path: Path) -> None:
    drop(tmp_path, "bomb.gz", gzip.compress(bytes(50_000_000)))
    assert reason_of(tmp_path.as_uri(), "bomb.gz", 100_000) == "too_large"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter, while we are no longer the one who may read everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def as_nobody(folder: Path) -> list[SeenFile]:
    """What a user without rights sees."""
    if os.geteuid() != 0:
        return list_new(folder.as_uri(), told({}), NOW)[0]
    os.seteuid(65_534)
    try:
        found = list_new(folder.as_uri(), told({}), NOW)[0]
        for file in found:
            if "closed" in file.name:
                assert reason_of(folder.as_uri(), file.name) == "unreadable"
        return found
    finally:
        os.seteuid(0)


def test_what_is_closed_to_us_stops_nothing_and_reading_it_tells_why(open_folder: Path) -> None:
    drop(open_folder, "open.xml", seconds_ago=99)
    drop(open_folder, "closed.xml", seconds_ago=98).chmod(0)
    drop(open_folder, "desk-closed/a.xml")
    desk = open_folder / "desk-closed"
    os.utime(desk, (0, 0))
    desk.chmod(0)
    try:
        assert sorted(file.name for file in as_nobody(open_folder)) == ["closed.xml", "desk-closed", "open.xml"]
    finally:
        desk.chmod(0o755)


def test_nothing_in_the_folder_is_changed(tmp_path: Path) -> None:
    drop(tmp_path, "a.xml")
    drop(tmp_path, "en/b.xml.tmp")
    before = {path: path.stat() for path in tmp_path.rglob("*")}
    for name in names(tmp_path):
        read_file(tmp_path.as_uri(), name, max_bytes=LARGE)
    after = {path: path.stat() for path in tmp_path.rglob("*")}
    assert [(p, s.st_mtime_ns, s.st_size, s.st_mode) for p, s in after.items()] == [
        (p, s.st_mtime_ns, s.st_size, s.st_mode) for p, s in before.items()
    ]


def test_what_was_read_is_asked_a_thousand_names_at_a_time(tmp_path: Path) -> None:
    for n in range(2100):
        drop(tmp_path, f"{n}.xml", b"")
    asked: list[int] = []

    def seen(some: Sequence[str]) -> dict[str, SeenFile]:
        asked.append(len(some))
        return {}

    assert len(list_new(tmp_path.as_uri(), seen, NOW, most=5)[0]) == 5
    assert asked == [1000, 1000, 100]
