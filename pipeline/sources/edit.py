"""Changes to feeds.toml that leave all else in it as the operator wrote it: comments, order, line ends.

Each edit is read back before it is written: had it changed any other feed, it would be refused.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import ConfigError
from pipeline.records import Feed
from pipeline.sources.feeds import decode_text, parse_feeds
from pipeline.sources.toml_lines import Lines, split_lines

EDIT_SECONDS = 10.0  # an edit takes milliseconds, one of a list of 5,000 feeds 1.5 s; whoever takes longer is stuck
MOST_KNOWN = 20  # ids that an error lists


def ensure_feeds_file(path: Path) -> bool:
    """Put the shipped feed list at `path` where there is none yet. True: it was made now."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with _edited(path):
        if path.exists():  # another command was quicker, and may have edited it since
            return False
        _replace(path, files("pipeline.sources").joinpath("default_feeds.toml").read_text("utf-8"))
    return True


def add_feed(path: Path, feed: Feed) -> None:
    """Append a [[feed]] table. ConfigError: the id or url is listed already, or a value is none that may
    stand there.

    The new feed is checked as the file is, so a refusal names the line that it would have had.
    """
    add_feeds(path, [feed])


def add_feeds(path: Path, feeds: Sequence[Feed]) -> None:
    """As `add_feed`, for many in one edit: all of them are added, or none. 5,000 take half a second."""
    if not feeds:
        return
    with _edited(path):
        text = _read(path)
        before = parse_feeds(text, path.name)
        end = _line_end(text)
        gap = "" if not text else end if text.endswith("\n") else end + end
        changed = text + gap + end.join("".join(line + end for line in _table(feed)) for feed in feeds)
        if parse_feeds(changed, path.name) != (*before, *(_as_read(feed) for feed in feeds)):
            raise ConfigError(path.name, f"feed {feeds[0].feed_id!r} cannot be written down", "add it by hand")
        _replace(path, changed)


def remove_feed(path: Path, feed_id: str) -> None:
    """Take out the feed's table: its lines, and one blank line before them. ConfigError: no feed has that id."""
    with _edited(path):
        text = _read(path)
        before = parse_feeds(text, path.name)
        number = _number(path, before, feed_id)
        changed = _without(text, *Lines(text).tables[number])
        if parse_feeds(changed, path.name) != (*before[:number], *before[number + 1 :]):
            raise ConfigError(path.name, f"feed {feed_id!r} cannot be told from its neighbours", "remove it by hand")
        _replace(path, changed)


def set_enabled(path: Path, feed_id: str, enabled: bool) -> None:
    """Switch a feed on or off: its `enabled` line is changed, or added. ConfigError: no feed has that id."""
    with _edited(path):
        text = _read(path)
        before = parse_feeds(text, path.name)
        number = _number(path, before, feed_id)
        if before[number].enabled == enabled:
            return
        changed = _switched(text, number, enabled)
        wanted = (*before[:number], replace(before[number], enabled=enabled), *before[number + 1 :])
        if parse_feeds(changed, path.name) != wanted:
            raise ConfigError(path.name, f"feed {feed_id!r} cannot be told from its neighbours", "edit it by hand")
        _replace(path, changed)


def _number(path: Path, feeds: Sequence[Feed], feed_id: str) -> int:
    """The feed's place in the list."""
    for number, feed in enumerate(feeds):
        if feed.feed_id == feed_id:
            return number
    raise ConfigError(path.name, f"no feed has the id {feed_id!r}", _known([feed.feed_id for feed in feeds], feed_id))


def _known(ids: list[str], meant: str) -> str:
    """Ids to choose from: all of a short list, those most like it of a long one."""
    if len(ids) <= MOST_KNOWN:
        return f"known are {', '.join(ids) or 'none'}"
    like = get_close_matches(meant, ids, n=3)
    return f"like it are {', '.join(like)}" if like else "see `dateline feeds list`"


def _switched(text: str, number: int, enabled: bool) -> str:
    """The text with the table's `enabled` line changed; without one it becomes the table's last."""
    lines, places = split_lines(text), Lines(text)
    word = "true" if enabled else "false"
    first, last = places.tables[number]
    at = places.of_key(number, "enabled")
    if at != first:
        lines[at - 1] = re.sub(r"(=\s*)(?:true|false)", rf"\g<1>{word}", lines[at - 1], count=1)
        return "".join(lines)
    end = _line_end(text)
    indent = re.match(r"[ \t]*", lines[first - 1])
    if not lines[last - 1].endswith("\n"):
        lines[last - 1] += end
    lines.insert(last, f"{indent[0] if indent else ''}enabled = {word}{end}")
    return "".join(lines)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


@contextmanager
def _edited(path: Path) -> Iterator[None]:
    """Hold the list against other edits: what two write at once would be what the later one read, and its own."""
    real = path.resolve()
    beside = real.with_name(f".{real.name}.lock")
    try:
        with FileLock(beside, timeout=EDIT_SECONDS):
            yield
    except Timeout as error:
        wrong = f"has been held by another command for {EDIT_SECONDS:g} s"
        raise ConfigError(path.name, wrong, "wait until that one has ended, and try again") from error
    except OSError as error:
        raise ConfigError(path.name, f"cannot be written ({error.strerror or error})") from error


def _read(path: Path) -> str:
    try:
        return decode_text(path.read_bytes(), path.name)
    except OSError as error:
        raise ConfigError(path.name, f"cannot be read ({error.strerror or error})") from error


def _without(text: str, first: int, last: int) -> str:
    lines = split_lines(text)
    if first > 1 and not lines[first - 2].strip():
        first -= 1
    return "".join(lines[: first - 1] + lines[last:])


def _table(feed: Feed) -> list[str]:
    """The lines of a [[feed]] table; what has its default's value is left out."""
    values: dict[str, str | bool | None] = {
        "id": feed.feed_id,
        "url": feed.url,
        "title": feed.title,
        "agency": feed.agency,
        "country": feed.country,
        "language": feed.language,
        "interval": None if feed.interval_seconds is None else _interval(feed.interval_seconds),
        "enabled": None if feed.enabled else False,
        "allow_private": feed.allow_private or None,
        "full_text": feed.full_text,
        "zone": feed.zone,
        "note": feed.note,
    }
    return ["[[feed]]", *(f"{key} = {_literal(value)}" for key, value in values.items() if value is not None)]


def _as_read(feed: Feed) -> Feed:
    """The feed as its table is read: without blanks around its texts, and None for those that are empty."""
    return replace(
        feed,
        title=(feed.title or "").strip() or None,
        agency=(feed.agency or "").strip() or None,
        note=(feed.note or "").strip() or None,
    )


def _literal(value: str | bool) -> str:
    """What JSON escapes in a string, TOML escapes alike, and DEL besides (TOML 1.0, "String")."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _interval(seconds: int) -> str:
    for unit, size in (("h", 3_600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _replace(path: Path, text: str) -> None:
    """Write the whole file beside itself, then rename: a reader sees the old list or the new one."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:  # a command line whose bytes are not UTF-8 gives such letters
        raise ConfigError(path.name, f"{error.object[error.start]!r} cannot be written as UTF-8") from error
    path = path.resolve()  # a link to a list that is kept elsewhere stays a link
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
