"""Archives become articles: each kind of input, once and for all, whatever is broken in it or kills the run."""

from __future__ import annotations

import gzip
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
import zstandard

from flows.briefs.refresh import is_behind
from flows.reading import open_readers, reading_setup
from flows.runners import NAMES, Name, Runner, open_runner
from flows.session import Readers
from pipeline.fetch import read_capture
from pipeline.settings import Settings
from tests.flows.archives import (
    SITE,
    Killing,
    Page,
    counted,
    load_all,
    news_records,
    pages,
    record,
    settings_of,
    write_folder,
    write_lines,
    write_ninjs,
    write_warc,
)
from tests.flows.home import content, dateline, environment, make_home
from warehouse.checks import checks, run_checks
from warehouse.query import ask

ROOT = Path(__file__).parents[2]
Workers = Callable[[Settings], Readers]


class Kept:
    """Workers that outlive the runs of a module."""

    def __init__(self, runner: Readers) -> None:
        self.map = runner.map

    def __enter__(self) -> Kept:
        return self

    def __exit__(self, *_: object) -> None:
        """They stay."""


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """The processes of this machine, loaded once."""
    with open_readers(settings_of(tmp_path_factory.mktemp("workers"))) as runner:
        kept: Runner = Kept(runner)
        yield lambda _: kept


@pytest.fixture(scope="module")
def news() -> list[Page]:
    """Ten pages, the last in another language."""
    return pages(10)


@pytest.fixture(scope="module")
def crawl(news: list[Page], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two WARC files of five pages each, among what else crawls hold."""
    folder = tmp_path_factory.mktemp("crawl") / "cc-news"
    folder.mkdir()
    write_warc(folder / "CC-NEWS-20261121000000-00001.warc.gz", news_records(news[:5]))
    write_warc(folder / "CC-NEWS-20261121010000-00002.warc.gz", news_records(news[5:]))
    return folder


@pytest.fixture(scope="module")
def in_one_go(crawl: Path, workers: Workers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a backfill that nothing disturbed."""
    home = make_home(tmp_path_factory.mktemp("undisturbed") / "home", [])
    load_all(home, [crawl], workers)
    return home


def addresses(home: Path) -> list[str]:
    return [str(url) for (url,) in ask(home / "dateline.duckdb", "SELECT url FROM article ORDER BY url").rows]


def failures(home: Path) -> list[tuple[object, ...]]:
    return ask(home / "dateline.duckdb", "SELECT stage::VARCHAR, reason, url FROM failure ORDER BY url").rows


def test_a_crawl_gives_its_news_pages_and_tells_what_it_passed_over(in_one_go: Path, news: list[Page]) -> None:
    assert addresses(in_one_go) == sorted(page.url for page in news)
    files = counted(in_one_go)
    assert [row[1:] for row in files.values()] == [(True, 5, 1, 0, 3)] * 2
    assert ask(in_one_go / "dateline.duckdb", "SELECT DISTINCT status::VARCHAR FROM entry").rows == [("loaded",)]
    feed = ask(in_one_go / "dateline.duckdb", "SELECT feed_title, enabled FROM feed WHERE feed_id LIKE 'archive-%'")
    assert feed.rows == [("cc-news", False)]


def test_what_a_backfill_leaves_keeps_every_promise(in_one_go: Path) -> None:
    broken = [f for f in run_checks(in_one_go / "dateline.duckdb", checks(), 5) if f.broken]
    assert broken == []


def test_its_pages_are_in_the_homes_own_raw_files(in_one_go: Path, news: list[Page]) -> None:
    rows = ask(in_one_go / "dateline.duckdb", "SELECT warc_file, warc_offset, url FROM capture").rows
    kept = {str(url): read_capture(in_one_go, str(file), int(str(at))).body for file, at, url in rows}
    assert kept == {page.url: page.html for page in news}


def test_a_second_backfill_adds_nothing(in_one_go: Path, crawl: Path, workers: Workers, tmp_path: Path) -> None:
    before, home = content(in_one_go), tmp_path / "home"
    shutil.copytree(in_one_go, home)
    again = load_all(home, [crawl], workers)
    assert (again.files, again.done_before, again.loaded, again.known) == (2, 2, 0, 0)
    elsewhere = tmp_path / "moved.warc.gz"
    elsewhere.write_bytes(next(iter(sorted(crawl.iterdir()))).read_bytes())
    moved = load_all(home, [elsewhere], workers)
    assert (moved.loaded, moved.known) == (0, 6)
    assert content(home) == before


@pytest.mark.parametrize(("batches", "where", "left"), [(1, "border", 6), (1, "read", 6), (2, "load", 3)])
def test_a_killed_backfill_goes_on_where_it_was_and_ends_with_the_same_rows(
    in_one_go: Path, crawl: Path, workers: Workers, tmp_path: Path, batches: int, where: str, left: int
) -> None:
    home = make_home(tmp_path / "home", [])
    command = [sys.executable, "-m", "tests.flows.archives", str(home), str(batches), where, str(crawl)]
    killed = subprocess.run(command, env=environment(None), cwd=ROOT, capture_output=True, timeout=600, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    finished = load_all(home, [crawl], workers)
    assert finished.loaded == left
    assert content(home) == content(in_one_go)
    assert counted(home) == counted(in_one_go)


@pytest.mark.parametrize("name", NAMES)
def test_a_worker_that_is_killed_in_the_middle_costs_no_row(
    in_one_go: Path, crawl: Path, tmp_path: Path, name: Name
) -> None:
    home = make_home(tmp_path / "home", [])
    with ExitStack() as closing:
        address = None
        if name == "dask":
            distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
            cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0")
            address = closing.enter_context(cluster).scheduler_address
        elif name == "ray":
            pytest.importorskip("ray", reason="the extra ray is not installed")
        killing = Killing(open_runner(name, reading_setup(settings_of(home)), 2, address), whole=name != "processes")
        done = load_all(home, [crawl], lambda _: killing)
    assert killing.killed
    assert (done.loaded, done.failed) == (10, 0)
    assert content(home) == content(in_one_go)
    assert counted(home) == counted(in_one_go)


def test_a_limit_takes_so_many_pages_and_the_next_run_the_rest(
    in_one_go: Path, crawl: Path, workers: Workers, tmp_path: Path
) -> None:
    home = make_home(tmp_path / "home", [])
    assert load_all(home, [crawl], workers, limit=3).loaded == 3
    assert load_all(home, [crawl], workers).loaded == 7
    assert content(home) == content(in_one_go)


def test_a_torn_last_record_and_a_damaged_one_fail_by_name_and_place_and_the_rest_goes_on(
    news: list[Page], workers: Workers, tmp_path: Path
) -> None:
    path = tmp_path / "torn.warc.gz"
    starts = write_warc(path, [record(page.url, page.html) for page in news[:5]])
    whole = path.read_bytes()
    harmed = whole[: starts[1] + 60] + b"\0" * 40 + whole[starts[1] + 100 :]
    path.write_bytes(harmed[:-100])
    home = make_home(tmp_path / "home", [])
    torn = load_all(home, [path], workers)
    assert (torn.loaded, torn.failed) == (3, 2)
    assert failures(home) == [
        ("fetch", "damaged", f"{path.as_uri()}#byte={starts[1]}"),
        ("fetch", "cut_off", f"{path.as_uri()}#byte={starts[4]}"),
    ]
    path.write_bytes(whole)  # the download is made again
    mended = load_all(home, [path], workers)
    assert (mended.loaded, mended.known, mended.failed) == (2, 3, 0)


@pytest.mark.parametrize(
    ("name", "pack"),
    [("news.jsonl", bytes), ("news.jsonl.gz", gzip.compress), ("news.ndjson.zst", zstandard.ZstdCompressor().compress)],
)
def test_json_lines_give_pages_from_html_and_from_text_and_bad_lines_fail_by_number(
    news: list[Page], workers: Workers, tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    path, home = tmp_path / name, make_home(tmp_path / "home", [])
    bad = b'{"url": "no address", "text": "x"}\n{"url"\n\n{"url": "https://a.example/empty"}\n'
    write_lines(path, news[:3], lambda lines: pack(bad + lines))
    done = load_all(home, [path], workers)
    assert (done.loaded, done.failed) == (3, 3)
    assert addresses(home) == sorted(page.url for page in news[:3])
    assert {(reason, str(url).rpartition("#")[2]) for _, reason, url in failures(home)} == {
        ("no_address", "line=1"), ("malformed", "line=2"), ("no_text", "line=4"),
    }  # fmt: skip
    told = ask(
        home / "dateline.duckdb",
        "SELECT title, timezone('UTC', published_at)::DATE FROM article WHERE url = ?",
        [news[1].url],
    ).rows
    assert told == [(news[1].title, news[1].published_at.date())]


def test_a_folder_of_html_finds_each_pages_address(news: list[Page], workers: Workers, tmp_path: Path) -> None:
    home, folder = make_home(tmp_path / "home", []), tmp_path / "saved"
    write_folder(folder, news)
    assert load_all(home, [folder], workers).loaded == 3
    assert addresses(home) == sorted([news[0].url, news[1].url, (folder / "c.htm").as_uri()])


def test_agency_files_give_their_items_and_withdrawn_ones_are_passed_over(
    news: list[Page], workers: Workers, tmp_path: Path
) -> None:
    home, folder = make_home(tmp_path / "home", []), tmp_path / "drops"
    folder.mkdir()
    write_ninjs(folder / "0001.json", news[:2])
    (folder / "0002.json").write_text(json.dumps({"nothing": "that is news"}))
    done = load_all(home, [folder], workers)
    assert (done.loaded, done.failed, dict(done.passed_over)) == (2, 1, {"canceled": 1})
    assert addresses(home) == ["urn:example:0", "urn:example:1"]
    assert failures(home) == [("fetch", "not_a_feed", f"{(folder / '0002.json').as_uri()}#item=0")]


def test_only_the_languages_asked_for_are_loaded_and_another_choice_reads_the_file_again(
    news: list[Page], tmp_path: Path
) -> None:
    home, path = make_home(tmp_path / "home", []), tmp_path / "two.warc.gz"
    write_warc(path, [record(page.url, page.html) for page in news[-3:]])
    first, *_, other = news[-3:]
    for language, counts in [("en", (2, 0, 1)), (other.language, (1, 2, 0))]:
        workers = partial(lambda chosen, settings: reading_setup(settings, [chosen]).open(1), language)
        done = load_all(home, [path], workers, languages=[language])
        assert (done.loaded, done.known, done.passed_over.total()) == counts
    assert first.url in addresses(home)
    assert other.url in addresses(home)


def test_another_body_at_an_address_is_a_new_version_and_an_older_capture_is_none(
    news: list[Page], workers: Workers, tmp_path: Path
) -> None:
    home, url = make_home(tmp_path / "home", []), f"{SITE}/one"
    lines = [
        {"url": url, "text": news[0].text, "fetched_at": "2026-11-20T10:00:00Z"},
        {"url": url, "text": news[1].text, "fetched_at": "2026-11-20T12:00:00Z"},
        {"url": url, "text": news[2].text, "fetched_at": "2026-11-20T11:00:00Z"},
    ]
    path = tmp_path / "versions.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    done = load_all(home, [path], workers)
    assert (done.loaded, done.known, dict(done.passed_over)) == (2, 0, {"older": 1})
    rows = ask(home / "dateline.duckdb", "SELECT version, is_latest FROM article ORDER BY version").rows
    assert rows == [(1, False), (2, True)]


@pytest.mark.prefect
def test_the_command_loads_an_archive_and_says_what_of_it_failed(
    news: list[Page], prefect_api: str, tmp_path: Path
) -> None:
    home, path = make_home(tmp_path / "home", []), tmp_path / "news.jsonl"
    write_lines(path, news[:3], lambda lines: lines + b"{")
    done = dateline("backfill", str(path), "--home", str(home), api=prefect_api)
    assert done.returncode == 1, done.stderr
    assert "1 files (0 read before): 3 pages loaded, 0 known, 0 passed over, 1 failed" in done.stderr
    assert f"failed: fetch malformed: {path.as_uri()}#line=4: no JSON" in done.stderr
    assert not is_behind(home / "brief.html", home / "dateline.duckdb")
    again = dateline("backfill", str(path), "--home", str(home), api=prefect_api)
    assert (again.returncode, addresses(home)) == (0, sorted(page.url for page in news[:3]))
    assert "1 files (1 read before): 0 pages loaded" in again.stderr
