"""Batches drawn from files: where each leaves them, how many pages they hold, what is told of a file that is gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import drawing
from flows.choosing import choose, own_feed
from flows.drawing import Batch, Drawer, begin, left_out
from pipeline.archives import InputFile, Item, find_inputs, read_archive
from pipeline.errors import ConfigError
from pipeline.records import Entry, Failure, ParsedFeed, Stage
from pipeline.settings import load_settings

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def lines(path: Path, *numbers: int) -> Path:
    """A file with a page for each number, and a line that is none for each 0."""
    told = [{"url": f"https://a.example/{n}", "text": "x"} if n else [] for n in numbers]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in told))
    return path


def drawer(files: tuple[InputFile, ...], *, size: int = 2, limit: int | None = None, start: int = 0) -> Drawer:
    feed = own_feed(files[0].root)
    begun = {str(file.path): begin(file, feed, "", None) for file in files}
    if start:
        begun[str(files[0].path)] = replace(begun[str(files[0].path)], position=start)
    return Drawer(
        files=files,
        begun=begun,
        feed_of=lambda _: feed,
        parse=lambda feed, file: Failure(stage=Stage.POLL, reason="not_a_feed", detail="none"),
        size=size,
        max_bytes=1000,
        limit=limit,
    )


def told(batch: Batch) -> tuple[str, dict[str, tuple[int, bool, int]]]:
    """The batch's pages by number, and by file its place, whether it is done, and what failed."""
    numbers = "".join(drawn.response.url[-1] for drawn in batch.pages)
    return numbers, {Path(path).name: (m.position, m.is_done, m.failed) for path, m in batch.marks.items()}


def test_batches_end_by_their_size_and_leave_each_file_where_they_end(tmp_path: Path) -> None:
    paths = [lines(tmp_path / "a.jsonl", 1, 2, 3, 0), lines(tmp_path / "b.jsonl", 4), lines(tmp_path / "c.jsonl", 5, 6)]
    files = find_inputs(paths).files
    assert list(map(told, drawer(files).batches())) == [
        ("12", {"a.jsonl": (2, False, 0)}),
        ("34", {"a.jsonl": (4, True, 1), "b.jsonl": (1, False, 0)}),
        ("56", {"b.jsonl": (1, True, 0), "c.jsonl": (2, False, 0)}),
        ("", {"c.jsonl": (2, True, 0)}),
    ]
    assert told(next(iter(drawer(files, start=2).batches()))) == (
        "34",
        {"a.jsonl": (4, True, 1), "b.jsonl": (1, False, 0)},
    )


def test_a_reader_that_breaks_costs_its_file_from_there_on_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(file: InputFile, start: int, max_bytes: int) -> Iterator[Item]:
        for item in read_archive(file, start, max_bytes):
            if item.end == 2:
                raise AssertionError("expected name token")
            yield item

    monkeypatch.setattr(drawing, "read_archive", breaking)
    files = find_inputs([lines(tmp_path / "a.jsonl", 1, 2, 3), lines(tmp_path / "b.jsonl", 4)]).files
    batches = list(drawer(files).batches())
    assert "".join(told(batch)[0] for batch in batches) == "14"
    assert told(batches[0])[1]["a.jsonl"] == (1, False, 1), "its place is kept, and the next run tries again"
    assert "AssertionError: expected name token" in str(batches[0].broken)


@pytest.mark.parametrize("language", ["english", "e", "en-GB", ""])
def test_a_language_that_is_no_code_is_refused_before_anything_is_read(tmp_path: Path, language: str) -> None:
    settings = load_settings(home=tmp_path / "home")
    path = str(lines(tmp_path / "a.jsonl", 1))
    with pytest.raises(ConfigError, match="ISO 639-1"):
        choose(settings, [path], "processes", None, [language], None, None)


def test_a_limit_ends_in_the_middle_of_a_file(tmp_path: Path) -> None:
    files = find_inputs([lines(tmp_path / "a.jsonl", 1, 2, 3, 4)]).files
    assert [told(batch) for batch in drawer(files, limit=3).batches()] == [
        ("12", {"a.jsonl": (2, False, 0)}), ("3", {"a.jsonl": (3, False, 0)}),
    ]  # fmt: skip


def test_very_many_records_without_a_page_end_a_batch_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "BARREN", 3)
    files = find_inputs([lines(tmp_path / "a.jsonl", 0, 0, 0, 0, 1)]).files
    assert [told(batch)[1]["a.jsonl"][0] for batch in drawer(files).batches()] == [3, 5]


def test_a_file_that_is_gone_is_told_and_not_done(tmp_path: Path) -> None:
    files = find_inputs([lines(tmp_path / "a.jsonl", 1), lines(tmp_path / "b.jsonl", 2)]).files
    files[0].path.unlink()
    [batch] = drawer(files).batches()
    assert told(batch) == ("2", {"a.jsonl": (0, False, 1), "b.jsonl": (1, True, 0)})
    assert batch.broken[0].failure.reason == "unreadable"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (Entry(entry_id="1", content_html="<p>x"), None),
        (Entry(entry_id="1", summary="x"), "no_text"),
        (Entry(entry_id="1", content_html="<p>x", status="withheld"), "withheld"),
        (Entry(entry_id="1", content_html="<p>x", embargoed_until=NOW + timedelta(hours=1)), "embargoed"),
        (Entry(entry_id="1", content_html="<p>x", embargoed_until=NOW), None),
    ],
)
def test_an_agencys_item_is_left_out_for_a_reason(entry: Entry, reason: str | None) -> None:
    assert left_out(entry, NOW) == reason


def test_agency_files_give_pages_by_item_and_one_that_is_none_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<newsItem/>")
    files = find_inputs([tmp_path]).files
    [batch] = drawer(files).batches()
    assert told(batch) == ("", {"a.xml": (1, True, 1)})
    entries = tuple(Entry(entry_id=str(n), guid=f"urn:x:{n}", content_html=f"<p>{n}") for n in range(3))
    some = drawer(files)
    some.parse = lambda feed, file: ParsedFeed(format="ninjs", entries=entries)
    assert [told(batch) for batch in some.batches()] == [
        ("012", {"a.xml": (1, False, 0)}),
        ("", {"a.xml": (1, True, 0)}),
    ]
