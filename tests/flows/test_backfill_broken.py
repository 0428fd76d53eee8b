"""Nothing that lies in an archive ends a backfill, and what is left out of one is told. Nothing is tagged here."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from flows import drawing
from flows.backfilling import OLDER
from flows.reading import ReadJob
from flows.session import Readers
from pipeline.archives import InputFile, Item, read_archive
from pipeline.records import Failure, Stage
from pipeline.settings import Settings
from tests.flows.archives import counted, load_all
from tests.flows.home import make_home
from warehouse.query import ask


class Reading:
    """Reads no page: each fails, and is kept."""

    def map(self, groups: Sequence[tuple[ReadJob, ...]]) -> Iterator[tuple[int, list[Any]]]:
        """A failure a page."""
        for number, group in enumerate(groups):
            yield number, [Failure(stage=Stage.EXTRACT, reason="no_text", detail="not read") for _ in group]

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was begun."""


def workers(_: Settings) -> Readers:
    return Reading()


def captures(home: Path) -> list[str]:
    return [str(url) for (url,) in ask(home / "dateline.duckdb", "SELECT url FROM capture ORDER BY url").rows]


def save(folder: Path, *heads: str) -> Path:
    """HTML files, each with a body of its own and older than the one before."""
    folder.mkdir()
    for number, head in enumerate(heads):
        path = folder / f"{number}.html"
        path.write_text(f"<html><head>{head}</head><body><p>Story {number}</p></body></html>")
        os.utime(path, (1e9 - number, 1e9 - number))
    return folder


def test_a_page_that_once_ended_a_backfill_is_one_of_its_pages(tmp_path: Path) -> None:
    home, folder = make_home(tmp_path / "home", []), save(tmp_path / "saved", "", "<![>\n<title>x</title>", "")
    load_all(home, [folder], workers)
    assert captures(home) == [path.as_uri() for path in sorted(folder.iterdir())]


def test_what_a_reader_raises_costs_the_rest_of_its_file_which_the_next_backfill_tries_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, folder = make_home(tmp_path / "home", []), tmp_path / "news"
    folder.mkdir()
    line = '{"url": "https://a.example/%s", "text": "x"}\n'
    (folder / "a.jsonl").write_text(line % 1 + line % 2)
    (folder / "b.jsonl").write_text(line % 3)

    def raising(file: InputFile, start: int, max_bytes: int) -> Iterator[Item]:
        for item in read_archive(file, start, max_bytes):
            if file.path.name == "a.jsonl" and item.end == 2:
                raise AssertionError("expected name token")
            yield item

    with monkeypatch.context() as patch:
        patch.setattr(drawing, "read_archive", raising)
        assert load_all(home, [folder], workers).failed == 3  # two pages that are not read here, and the file
    assert counted(home)["a.jsonl"][:2] == (1, False)
    told = ask(home / "dateline.duckdb", "SELECT url, detail FROM failure WHERE reason = 'unreadable'").rows
    assert told == [(f"{(folder / 'a.jsonl').as_uri()}#line=1", "AssertionError: expected name token")]
    load_all(home, [folder], workers)
    assert captures(home) == [f"https://a.example/{n}" for n in (1, 2, 3)]


def test_half_characters_cost_their_line_or_nothing(tmp_path: Path) -> None:
    home, path = make_home(tmp_path / "home", []), tmp_path / "news.jsonl"
    lines = (
        '"url": "https://a.example/\\ud800"',
        '"url": "https://a.example/2", "title": "x \\ud800 y"',
        '"url": "https://a.example/3"',
    )
    path.write_text("".join(f'{{{line}, "text": "A storm hit."}}\n' for line in lines))
    load_all(home, [path], workers)
    assert captures(home) == ["https://a.example/2", "https://a.example/3"]
    entries = ask(home / "dateline.duckdb", "SELECT title FROM entry WHERE url = 'https://a.example/2'").rows
    assert entries == [("x ? y",)]


def test_pages_that_name_the_front_page_are_all_kept(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", [])
    folder = save(tmp_path / "saved", *['<link rel="canonical" href="https://daily.example/">'] * 3)
    load_all(home, [folder], workers)
    assert captures(home) == [path.as_uri() for path in sorted(folder.iterdir())]


def test_older_pages_at_one_address_are_told_as_such_and_equal_ones_as_known(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", [])
    folder = save(tmp_path / "saved", *['<link rel="canonical" href="https://daily.example/news/">'] * 3)
    (folder / "same.html").write_bytes((folder / "0.html").read_bytes())
    done = load_all(home, [folder], workers)
    assert (done.known, dict(done.passed_over)) == (1, {OLDER: 2})
    assert [counted(home)[name][-1] for name in ("0.html", "1.html", "2.html", "same.html")] == [0, 1, 1, 0]
    assert "1 known, 2 passed over (older 2)" in str(done)
