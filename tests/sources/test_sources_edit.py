"""Edits of feeds.toml: one table changes, every other byte stays."""

from __future__ import annotations

import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.records import Feed
from pipeline.sources import add_feed, add_feeds, edit, ensure_feeds_file, load_feeds, remove_feed, set_enabled

LIST = """\
# The desk's feeds, asked for by Ana.

# Agencies
[[feed]]
id = "one"
url = "https://one.example/rss"
note = '''
[[feed]]
id = "not a feed"
'''

  # keep this one: the only source on the marshes
  [[ feed ]]   # second
  id = "two"
  title = "Two [[feed]]"
  url = "https://two.example/rss"

# Broadcasters
[[feed]]
url = "https://three.example/rss"
id = "three"  # no end of line follows"""

NEW = Feed(
    feed_id="new",
    url="https://new.example/rss?a=1&b=2",
    title='The "New" Wire – \\ Новости\t\x7f',
    country="IRQ",
    interval_seconds=5400,
    enabled=False,
    full_text=False,
    zone="Asia/Baghdad",
    note="one\nline \ud83d",  # half a letter, as from an argument that is no UTF-8
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "feeds.toml"
    made.write_text(LIST, "utf-8", newline="")
    return made


def text_of(path: Path) -> str:
    return path.read_bytes().decode()


def test_an_added_feed_stands_at_the_end_and_all_else_is_as_it_was(path: Path) -> None:
    before = load_feeds(path)
    plain = Feed(feed_id="plain", url="https://plain.example/rss", interval_seconds=90)
    add_feed(path, plain)
    assert load_feeds(path) == (*before, plain)
    ending = '\n\n[[feed]]\nid = "plain"\nurl = "https://plain.example/rss"\ninterval = "90s"\n'
    assert text_of(path) == LIST + ending


def test_odd_letters_in_a_title_survive(path: Path) -> None:
    add_feed(path, NEW)
    assert load_feeds(path)[-1] == replace(NEW, note="one\nline ?")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_was_added_is_removed_without_a_trace(tmp_path: Path, end: str) -> None:
    path = tmp_path / "feeds.toml"
    text = (LIST + "\n").replace("\n", end)
    path.write_bytes(text.encode())
    add_feed(path, Feed(feed_id="new", url="https://new.example/", full_text=True, interval_seconds=5400))
    assert end + "interval = " in text_of(path)
    remove_feed(path, "new")
    assert text_of(path) == text


@pytest.mark.parametrize(("feed_id", "first", "last"), [("one", 4, 10), ("two", 13, 16), ("three", 19, 21)])
def test_a_removed_feed_takes_its_own_lines_only(path: Path, feed_id: str, first: int, last: int) -> None:
    remove_feed(path, feed_id)
    assert [feed.feed_id for feed in load_feeds(path)] == [i for i in ("one", "two", "three") if i != feed_id]
    lines = LIST.splitlines()
    assert text_of(path).splitlines() == lines[: first - 1] + lines[last:]


def test_all_may_be_removed_and_one_added_again(path: Path) -> None:
    for feed in load_feeds(path):
        remove_feed(path, feed.feed_id)
    assert load_feeds(path) == ()
    assert "# Broadcasters" in text_of(path)
    add_feed(path, Feed(feed_id="a", url="https://a.example/"))
    assert [feed.feed_id for feed in load_feeds(path)] == ["a"]


@pytest.mark.parametrize(
    ("feed", "wrong"),
    [
        (Feed(feed_id="two", url="https://new.example/"), "id 'two' is already that of line 14"),
        (Feed(feed_id="new", url="https://two.example/rss"), "is already that of line 16"),
        (Feed(feed_id="new", url="http://localhost/"), "not on the open internet"),
        (Feed(feed_id="Not an id", url="https://new.example/"), "id is 'Not an id'"),
        (Feed(feed_id="new", url="https://new.example/", interval_seconds=1), "interval is '1s'"),
    ],
)
def test_a_feed_that_may_not_be_listed_is_refused_and_the_file_stays(path: Path, feed: Feed, wrong: str) -> None:
    with pytest.raises(ConfigError, match=r"feeds\.toml:\d+: ") as caught:
        add_feed(path, feed)
    assert wrong in str(caught.value)
    assert text_of(path) == LIST


def test_an_unknown_id_is_refused_with_those_that_are_known(path: Path) -> None:
    with pytest.raises(ConfigError, match="no feed has the id 'four'; known are one, two, three"):
        remove_feed(path, "four")
    assert text_of(path) == LIST


def test_a_broken_file_is_not_edited(path: Path) -> None:
    path.write_text("[[feed]]\nid = \n")
    with pytest.raises(ConfigError, match=r"feeds\.toml:2"):
        add_feed(path, Feed(feed_id="a", url="https://a.example/"))
    with pytest.raises(ConfigError, match=r"feeds\.toml:2"):
        set_enabled(path, "a", False)
    assert text_of(path) == "[[feed]]\nid = \n"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(titles=st.lists(st.text(st.characters(exclude_categories=("C", "Z")), max_size=20), max_size=6), data=st.data())
def test_adds_and_removes_in_any_order_leave_the_others(path: Path, titles: list[str], data: st.DataObject) -> None:
    path.write_text(LIST, "utf-8", newline="")
    expected = list(load_feeds(path))
    for number, title in enumerate(titles):
        feed = Feed(feed_id=f"f{number}", url=f"https://f.example/{number}", title=title or None)
        add_feed(path, feed)
        expected.append(feed)
        if data.draw(st.booleans()):
            gone = data.draw(st.sampled_from(expected))
            remove_feed(path, gone.feed_id)
            expected.remove(gone)
        assert load_feeds(path) == tuple(expected)
    assert "asked for by Ana" in text_of(path)


def test_a_byte_order_mark_stays(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + LIST.encode())
    add_feed(path, Feed(feed_id="new", url="https://new.example/"))
    set_enabled(path, "one", False)
    remove_feed(path, "new")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf# The desk's feeds")


def test_feeds_are_added_together_or_not_at_all(path: Path) -> None:
    before = load_feeds(path)
    add_feeds(path, ())
    assert text_of(path) == LIST
    news = [Feed(feed_id=f"n{number}", url=f"https://n.example/{number}") for number in range(3)]
    with pytest.raises(ConfigError, match="id 'two' is already that of line 14"):
        add_feeds(path, [*news, Feed(feed_id="two", url="https://new.example/")])
    assert text_of(path) == LIST
    add_feeds(path, news)
    assert load_feeds(path) == (*before, *news)
    assert text_of(path).endswith('\n\n[[feed]]\nid = "n2"\nurl = "https://n.example/2"\n')


def test_the_time_for_many_feeds_grows_with_their_number(path: Path) -> None:
    def seconds(count: int) -> float:
        path.write_text(LIST, "utf-8")
        feeds = [
            Feed(feed_id=f"n{n}", url=f"https://n{n}.example/rss", title=f"Paper {n}", note="Agencies / Asia")
            for n in range(count)
        ]
        start = time.process_time()
        add_feeds(path, feeds)
        remove_feed(path, "n7")
        set_enabled(path, "n8", False)
        return time.process_time() - start

    few = seconds(500)
    assert seconds(4000) < 24 * few  # 8 times as many take 8 times as long; what is quadratic takes 64 times


@pytest.mark.parametrize(
    ("table", "enabled", "expected"),
    [
        ('id = "a"\nurl = "https://a.example/"\n', False, 'id = "a"\nurl = "https://a.example/"\nenabled = false\n'),
        ('id = "a"\nurl = "https://a.example/"', False, 'id = "a"\nurl = "https://a.example/"\nenabled = false\n'),
        ('id = "a"\nurl = "https://a.example/"\n', True, 'id = "a"\nurl = "https://a.example/"\n'),
        (
            'enabled = true  # till May\nid = "a"\nurl = "https://a.example/"\n',
            False,
            'enabled = false  # till May\nid = "a"\nurl = "https://a.example/"\n',
        ),
        (
            '  id = "a"\n  "enabled"=false\n  url = "https://a.example/"\n',
            True,
            '  id = "a"\n  "enabled"=true\n  url = "https://a.example/"\n',
        ),
        (
            '  id = "a"\n  url = "https://a.example/"\n  # a comment below\n\n# and another\n',
            False,
            '  id = "a"\n  url = "https://a.example/"\n  enabled = false\n  # a comment below\n\n# and another\n',
        ),
        (
            'id = "a"\r\nurl = "https://a.example/"\r\n\r\n# end',
            False,
            'id = "a"\r\nurl = "https://a.example/"\r\nenabled = false\r\n\r\n# end',
        ),
        (
            "id = \"a\"\nurl = \"https://a.example/\"\nnote = '''\nenabled = true\n'''\n",
            False,
            "id = \"a\"\nurl = \"https://a.example/\"\nnote = '''\nenabled = true\n'''\nenabled = false\n",
        ),
    ],
)
@pytest.mark.parametrize("after", ["", '\n[[feed]]\nid = "b"\nurl = "https://b.example/"\nenabled = false\n'])
def test_pausing_changes_one_line(path: Path, table: str, enabled: bool, expected: str, after: str) -> None:
    end = "\r\n" if "\r\n" in table else "\n"
    if after and not table.endswith("\n"):
        table, after = table + end, after.replace("\n", end)
        expected = expected if expected.endswith("\n") else expected + end
    path.write_bytes(f"# mine{end}[[feed]]{end}{table}{after}".encode())
    set_enabled(path, "a", enabled)
    assert text_of(path) == f"# mine{end}[[feed]]{end}{expected}{after}"
    assert load_feeds(path)[0].enabled is enabled


def test_a_line_that_cannot_be_told_is_left_to_the_operator(path: Path) -> None:
    text = '[[feed]]\nid = "a"\nurl = "https://a.example/"\n"\\u0065nabled" = true\n'
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"feeds\.toml:1: enabled of feed 'a' .*; write enabled = false by hand"):
        set_enabled(path, "a", False)
    assert text_of(path) == text


def test_pausing_an_unknown_id_is_refused(path: Path) -> None:
    with pytest.raises(ConfigError, match="no feed has the id 'four'; known are one, two, three"):
        set_enabled(path, "four", False)


ADD_TEN = """
import sys
from pathlib import Path
from pipeline.records import Feed
from pipeline.sources import add_feed, ensure_feeds_file
path, name = Path(sys.argv[1]), sys.argv[2]
ensure_feeds_file(path)
for number in range(10):
    add_feed(path, Feed(feed_id=f"{name}{number}", url=f"https://{name}.example/{number}"))
"""


def test_processes_that_add_feeds_at_the_same_time_lose_none(tmp_path: Path) -> None:
    path = tmp_path / "home" / "feeds.toml"
    names = ["ana", "ben", "cem"]
    running = [subprocess.Popen([sys.executable, "-c", ADD_TEN, str(path), name]) for name in names]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    listed = {feed.feed_id for feed in load_feeds(path)}
    assert {f"{name}{number}" for name in names for number in range(10)} <= listed
    assert "bbc-world" in listed


def test_an_edit_that_cannot_get_its_turn_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit, "LOCK_SECONDS", 0.05)
    with FileLock(path.with_name(".feeds.toml.lock")):
        for change in (lambda: set_enabled(path, "one", False), lambda: remove_feed(path, "one")):
            with pytest.raises(ConfigError, match=r"feeds\.toml: is being edited by another process"):
                change()
    assert text_of(path) == LIST
    remove_feed(path, "one")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"feeds\.toml: there is no folder .*nowhere; "):
        add_feed(tmp_path / "nowhere" / "feeds.toml", NEW)
    assert not (tmp_path / "nowhere").exists()


def test_the_shipped_list_is_copied_once_and_never_over_the_operators(tmp_path: Path) -> None:
    path = tmp_path / "home" / "feeds.toml"
    assert ensure_feeds_file(path) is True
    assert path.read_text("utf-8").startswith("# The feeds that Dateline polls.")
    path.write_text("# mine\n")
    assert ensure_feeds_file(path) is False
    assert path.read_text() == "# mine\n"


def test_an_edit_leaves_its_lock_only_keeps_the_mode_and_follows_a_link(tmp_path: Path, path: Path) -> None:
    path.chmod(0o640)
    link = tmp_path / "linked.toml"
    link.symlink_to(path)
    remove_feed(link, "two")
    assert link.is_symlink()
    assert [feed.feed_id for feed in load_feeds(path)] == ["one", "three"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == [".feeds.toml.lock", "feeds.toml", "linked.toml"]
