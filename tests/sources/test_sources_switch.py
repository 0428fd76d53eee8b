"""Switching, bulk edits, simultaneous edits and the newer keys of feeds.toml."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline.errors import ConfigError
from pipeline.records import Feed
from pipeline.sources import add_feeds, edit, load_feeds, set_enabled

ROOT = Path(__file__).parents[2]
LIST = """\
# the desk's
[[feed]]
id = "one"  # keep
url = "https://one.example/rss"

  [[feed]]
  url = "https://two.example/rss"
  enabled   = false # until they mend it
  id = "two"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "feeds.toml"
    made.write_text(LIST, "utf-8", newline="")
    return made


def test_pausing_adds_one_line_and_changes_no_other(path: Path) -> None:
    set_enabled(path, "one", False)
    assert path.read_text("utf-8") == LIST.replace("one.example/rss\"\n", "one.example/rss\"\nenabled = false\n")


def test_resuming_changes_one_word(path: Path) -> None:
    set_enabled(path, "two", True)
    assert path.read_text("utf-8") == LIST.replace("enabled   = false # until", "enabled   = true # until")


@pytest.mark.parametrize("text", [LIST, LIST.replace("\n", "\r\n"), LIST.rstrip()], ids=["lf", "crlf", "no last end"])
@pytest.mark.parametrize("feed_id", ["one", "two"])
def test_there_and_back_every_feed_is_as_before(path: Path, text: str, feed_id: str) -> None:
    path.write_text(text, "utf-8", newline="")
    before = load_feeds(path)
    state = next(feed.enabled for feed in before if feed.feed_id == feed_id)
    set_enabled(path, feed_id, not state)
    assert [f.enabled for f in load_feeds(path)] == [f.enabled != (f.feed_id == feed_id) for f in before]
    assert ("\r\n" in text) == (b"\r\n" in path.read_bytes())
    set_enabled(path, feed_id, state)
    assert load_feeds(path) == before


def test_an_unknown_id_names_those_that_are_known(path: Path) -> None:
    with pytest.raises(ConfigError, match="no feed has the id 'three'; known are one, two"):
        set_enabled(path, "three", True)


def test_of_many_feeds_all_are_added_or_none(path: Path) -> None:
    good = Feed(feed_id="three", url="https://three.example/rss")
    with pytest.raises(ConfigError, match="already"):
        add_feeds(path, [good, Feed(feed_id="four", url="https://one.example/rss")])
    assert path.read_text("utf-8") == LIST
    add_feeds(path, [good])
    assert load_feeds(path)[-1] == good


def test_five_thousand_feeds_are_added_in_seconds(path: Path) -> None:
    started = time.process_time()
    add_feeds(path, [Feed(feed_id=f"f{n}", url=f"https://f{n}.example/rss") for n in range(5000)])
    assert len(load_feeds(path)) == 5002
    assert time.process_time() - started < 20


ADD = """
import sys
from pathlib import Path
from pipeline.records import Feed
from pipeline.sources import add_feed
for n in range(5):
    add_feed(Path(sys.argv[1]), Feed(feed_id=f"{sys.argv[2]}-{n}", url=f"https://{sys.argv[2]}.example/{n}"))
"""


def test_simultaneous_edits_lose_nothing(path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", ADD, str(path), name], cwd=ROOT) for name in ("ann", "ben", "cleo")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    assert len(load_feeds(path)) == 2 + 15


def test_an_edit_that_finds_the_list_held_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit, "EDIT_SECONDS", 0.1)
    with FileLock(path.with_name(".feeds.toml.lock")), pytest.raises(ConfigError, match="held by another command"):
        set_enabled(path, "one", False)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('zone = "Berlin"', "zone is 'Berlin'"),
        ('full_text = "yes"', "full_text is 'yes'"),
        ('interval = "soon"', "interval is 'soon'"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(path: Path, line: str, wrong: str) -> None:
    path.write_text(f'[[feed]]\nid = "one"\nurl = "https://one.example/rss"\n{line}\n', "utf-8")
    with pytest.raises(ConfigError, match=rf"feeds\.toml:4: {wrong}"):
        load_feeds(path)


@pytest.mark.parametrize("url", ["file://", "file:///", "file:drops", "file://elsewhere/drops", "drops/agency"])
def test_a_folder_is_named_by_its_whole_path_on_this_machine(path: Path, url: str) -> None:
    path.write_text(f'[[feed]]\nid = "one"\nurl = "{url}"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"feeds\.toml:3"):
        load_feeds(path)


def test_the_newer_keys_are_read(path: Path) -> None:
    path.write_text(
        '[[feed]]\nid = "one"\nurl = "file:///srv/drops"\nzone = "Europe/Berlin"\nfull_text = false\n', "utf-8"
    )
    [feed] = load_feeds(path)
    assert (feed.is_folder, feed.zone, feed.full_text, feed.interval_seconds) == (True, "Europe/Berlin", False, None)
