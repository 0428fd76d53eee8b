"""Watched folders: each file is read once, in order, and only when it is finished."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import FetchError
from pipeline.fetch import SeenFile, list_new, read_file

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def drop(folder: Path, name: str, text: str = "<x/>", age_seconds: float = 60) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    then = NOW.timestamp() - age_seconds
    os.utime(path, (then, then))


def names(folder: Path, seen: dict[str, SeenFile] | None = None, now: datetime = NOW) -> list[str]:
    return [file.name for file in list_new(folder.as_uri(), seen or {}, now)[0]]


def test_the_oldest_file_comes_first_from_any_depth(tmp_path: Path) -> None:
    drop(tmp_path, "b.xml", age_seconds=10)
    drop(tmp_path, "2026/desk/a.xml", age_seconds=90)
    drop(tmp_path, "ünïcode & more.xml", age_seconds=50)
    assert names(tmp_path) == ["2026/desk/a.xml", "ünïcode & more.xml", "b.xml"]


@pytest.mark.parametrize("name", [".hidden.xml", ".in/a.xml", "a.xml.tmp", "a.xml.part", "a.xml.FILEPART", "a.xml~"])
def test_names_of_transfers_under_way_are_left_alone(tmp_path: Path, name: str) -> None:
    drop(tmp_path, name)
    assert names(tmp_path) == []


def test_a_file_that_may_still_grow_waits_for_the_next_look(tmp_path: Path) -> None:
    drop(tmp_path, "a.xml", age_seconds=1)
    assert names(tmp_path) == []
    assert names(tmp_path, now=NOW + timedelta(seconds=5)) == ["a.xml"]


def test_a_file_is_new_once_and_again_when_it_changes(tmp_path: Path) -> None:
    drop(tmp_path, "a.xml", "one")
    files, _ = list_new(tmp_path.as_uri(), {}, NOW)
    seen = {file.name: file for file in files}
    assert names(tmp_path, seen) == []
    drop(tmp_path, "a.xml", "another")
    assert names(tmp_path, seen) == ["a.xml"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    drop(tmp_path / "outside", "secret.xml")
    watched = tmp_path / "watched"
    watched.mkdir()
    (watched / "out").symlink_to(tmp_path / "outside")
    (watched / "secret.xml").symlink_to(tmp_path / "outside" / "secret.xml")
    assert names(watched) == []


def test_of_many_files_the_rest_is_counted_and_comes_next(tmp_path: Path) -> None:
    for n in range(5):
        drop(tmp_path, f"{n}.xml", age_seconds=60 - n)
    files, left_out = list_new(tmp_path.as_uri(), {}, NOW, most=3)
    assert ([file.name for file in files], left_out) == (["0.xml", "1.xml", "2.xml"], 2)
    assert names(tmp_path, {file.name: file for file in files}) == ["3.xml", "4.xml"]


def test_a_file_is_read_with_its_address_and_left_as_it_is(tmp_path: Path) -> None:
    drop(tmp_path, "a b.xml", "<näws/>")
    before = (tmp_path / "a b.xml").stat().st_mtime_ns
    file = read_file(tmp_path.as_uri(), "a b.xml", max_bytes=100)
    assert (file.body.decode(), file.address) == ("<näws/>", f"{tmp_path.as_uri()}/a%20b.xml")
    assert file.modified_at == NOW - timedelta(seconds=60)
    assert (tmp_path / "a b.xml").stat().st_mtime_ns == before


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="no_folder") as caught:
        list_new((tmp_path / "gone").as_uri(), {}, NOW)
    assert str(tmp_path / "gone") in caught.value.detail


@pytest.mark.parametrize(("name", "reason"), [("large.xml", "too_large"), ("gone.xml", "unreadable")])
def test_a_file_that_cannot_be_had_says_why(tmp_path: Path, name: str, reason: str) -> None:
    drop(tmp_path, "large.xml", "x" * 101)
    with pytest.raises(FetchError) as caught:
        read_file(tmp_path.as_uri(), name, max_bytes=100)
    assert (caught.value.reason, name in caught.value.detail) == (reason, True)
