"""Edits of feeds.toml: one table changes, every other byte stays."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.records import Feed
from pipeline.sources import add_feed, ensure_feeds_file, load_feeds, remove_feed

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
    full_text=True,
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
    assert load_feeds(path)[-1] == NEW


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


def test_the_shipped_list_is_copied_once_and_never_over_the_operators(tmp_path: Path) -> None:
    path = tmp_path / "home" / "feeds.toml"
    assert ensure_feeds_file(path) is True
    assert path.read_text("utf-8").startswith("# The feeds that Dateline polls.")
    path.write_text("# mine\n")
    assert ensure_feeds_file(path) is False
    assert path.read_text() == "# mine\n"


def test_an_edit_leaves_no_file_beside_keeps_the_mode_and_follows_a_link(tmp_path: Path, path: Path) -> None:
    path.chmod(0o640)
    link = tmp_path / "linked.toml"
    link.symlink_to(path)
    remove_feed(link, "two")
    assert link.is_symlink()
    assert [feed.feed_id for feed in load_feeds(path)] == ["one", "three"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == [".feeds.toml.lock", "feeds.toml", "linked.toml"]
