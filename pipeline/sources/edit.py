"""Changes to feeds.toml that leave all else in it as the operator wrote it: comments, order, line ends.

Each edit is read back before it is written: had it changed any other feed, it would be refused. Edits that are made at
the same time wait for each other, so that none undoes another.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import ConfigError
from pipeline.records import Feed
from pipeline.sources.feeds import decode_text, parse_feeds
from pipeline.sources.toml_lines import Lines, split_lines

LOCK_SECONDS = 10.0  # an edit of 5,000 feeds takes under two
_ENABLED = re.compile(r"(\s*[\"']?enabled[\"']?\s*=\s*)(?:true|false)\b")


def ensure_feeds_file(path: Path) -> bool:
    """Put the shipped feed list at `path` where there is none yet. True: it was made now."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path):
        if path.exists():  # made, and perhaps added to, while we waited
            return False
        _replace(path, files("pipeline.sources").joinpath("default_feeds.toml").read_text("utf-8"))
    return True


def add_feed(path: Path, feed: Feed) -> None:
    """Append a [[feed]] table. ConfigError: the id or url is listed already, or a value is none that may
    stand there.

    The new feed is checked as the file is, so a refusal names the line that it would have had.
    """
    add_feeds(path, (feed,))


def add_feeds(path: Path, feeds: Sequence[Feed]) -> None:
    """Append feeds in one edit: all of them, or none where one is refused (see `add_feed`)."""
    if not feeds:
        return
    with _locked(path):
        text = _read(path)
        before = parse_feeds(text, path.name)
        changed = text + _addition(text, feeds)
        after = parse_feeds(changed, path.name)
        added = after[len(before) :]
        if after[: len(before)] != before or [_key(feed) for feed in added] != [_key(feed) for feed in feeds]:
            names = ", ".join(feed.feed_id for feed in feeds[:5])
            raise ConfigError(path.name, f"feeds cannot be written down ({names})", "add them by hand")
        _replace(path, changed)


def remove_feed(path: Path, feed_id: str) -> None:
    """Take out the feed's table: its lines, and one blank line before them. ConfigError: no feed has that id."""
    with _locked(path):
        text = _read(path)
        before = parse_feeds(text, path.name)
        number = _number_of(feed_id, before, path)
        changed = _without(text, *Lines(text).tables[number])
        if parse_feeds(changed, path.name) != (*before[:number], *before[number + 1 :]):
            raise ConfigError(path.name, f"feed {feed_id!r} cannot be told from its neighbours", "remove it by hand")
        _replace(path, changed)


def set_enabled(path: Path, feed_id: str, enabled: bool) -> None:
    """Write whether the feed is polled: into the line of its key `enabled`, or a new one at its table's end.

    Nothing is written where it is so already. ConfigError: no feed has that id.
    """
    with _locked(path):
        text = _read(path)
        before = parse_feeds(text, path.name)
        number = _number_of(feed_id, before, path)
        if before[number].enabled == enabled:
            return
        changed = _with_enabled(text, number, enabled)
        expected = (*before[:number], replace(before[number], enabled=enabled), *before[number + 1 :])
        if changed is None or _parsed(changed, path) != expected:
            line = Lines(text).tables[number][0]
            wrong = f"enabled of feed {feed_id!r} cannot be told from what stands around it"
            raise ConfigError(f"{path.name}:{line}", wrong, f"write enabled = {_literal(enabled)} by hand")
        _replace(path, changed)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """No other edit of this file begins before this one has ended, nor in another process.

    The lock file stays: were it deleted, two processes could hold locks on two files of that name.
    """
    path = path.resolve()
    if not path.parent.is_dir():  # which filelock would make
        raise ConfigError(path.name, f"there is no folder {path.parent}", "`dateline feeds list` makes folder and list")
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        wrong = f"is being edited by another process for more than {LOCK_SECONDS:.0f} seconds"
        raise ConfigError(path.name, wrong, "try again when that is done") from error
    except (OSError, NotImplementedError) as error:
        wrong = f"cannot be locked for the edit ({getattr(error, 'strerror', None) or error})"
        raise ConfigError(path.name, wrong, f"make {path.parent} a folder that you may write to") from error
    try:
        yield
    finally:
        lock.release()


def _read(path: Path) -> str:
    try:
        return decode_text(path.read_bytes(), path.name)
    except OSError as error:
        raise ConfigError(path.name, f"cannot be read ({error.strerror or error})") from error


def _parsed(text: str, path: Path) -> tuple[Feed, ...] | None:
    try:
        return parse_feeds(text, path.name)
    except ConfigError:
        return None


def _key(feed: Feed) -> tuple[str, str]:
    return feed.feed_id, feed.url


def _number_of(feed_id: str, feeds: Sequence[Feed], path: Path) -> int:
    number = next((n for n, feed in enumerate(feeds) if feed.feed_id == feed_id), None)
    if number is None:
        known = ", ".join(feed.feed_id for feed in feeds) or "none"
        raise ConfigError(path.name, f"no feed has the id {feed_id!r}", f"known are {known}")
    return number


def _addition(text: str, feeds: Sequence[Feed]) -> str:
    """What is written after `text`: a blank line and a table for each feed."""
    end = "\r\n" if "\r\n" in text else "\n"
    tables = ["".join(line + end for line in _table(feed)) for feed in feeds]
    gap = "" if not text else end if text.endswith("\n") else end + end
    return gap + end.join(tables)


def _without(text: str, first: int, last: int) -> str:
    lines = split_lines(text)
    if first > 1 and not lines[first - 2].strip():
        first -= 1
    return "".join(lines[: first - 1] + lines[last:])


def _with_enabled(text: str, number: int, enabled: bool) -> str | None:
    """The text with the key of table `number` written; None where its line cannot be read."""
    places, lines = Lines(text), split_lines(text)
    first, last = places.tables[number]
    line = places.of_key(number, "enabled")
    if line != first:
        lines[line - 1], count = _ENABLED.subn(rf"\g<1>{_literal(enabled)}", lines[line - 1], count=1)
        return "".join(lines) if count else None
    end = "\r\n" if lines[first - 1].endswith("\r\n") else "\n"
    indent = re.match(r"[ \t]*", lines[places.of_key(number, "id") - 1])
    if not lines[last - 1].endswith("\n"):
        lines[last - 1] += end
    lines.insert(last, f"{indent[0] if indent else ''}enabled = {_literal(enabled)}{end}")
    return "".join(lines)


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


def _literal(value: str | bool) -> str:
    """What JSON escapes in a string, TOML escapes alike, and DEL besides (TOML 1.0, "String").

    Half a surrogate pair, as an argument that is no UTF-8 becomes, cannot be written at all.
    """
    text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return text.encode("utf-8", "replace").decode("utf-8")


def _interval(seconds: int) -> str:
    for unit, size in (("h", 3_600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _replace(path: Path, text: str) -> None:
    """Write the whole file beside itself, then rename: a reader sees the old list or the new one."""
    path = path.resolve()  # a link to a list that is kept elsewhere stays a link
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    marked = path.exists() and path.read_bytes().startswith(codecs.BOM_UTF8)
    try:
        with beside.open("w", encoding="utf-8-sig" if marked else "utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except OSError as error:
        raise ConfigError(path.name, f"cannot be written ({error.strerror or error})") from error
    finally:
        beside.unlink(missing_ok=True)
