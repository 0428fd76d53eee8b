"""The feed list: feeds.toml, read strictly: a slip of the pen is told with its line, and never half-obeyed."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from pipeline.errors import ConfigError
from pipeline.ids import host_of
from pipeline.records import Feed
from pipeline.sources.addresses import is_private_host, wrong_address, wrong_folder
from pipeline.sources.toml_lines import Lines
from pipeline.tomltext import read_toml

KEYS = (
    "id",
    "url",
    "title",
    "agency",
    "country",
    "language",
    "interval",
    "enabled",
    "allow_private",
    "full_text",
    "zone",
    "note",
)
MIN_INTERVAL_SECONDS, MAX_INTERVAL_SECONDS = 60, 7 * 86_400
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_INTERVAL_RIGHT = 'write minutes, or "15m", "1h", "1d": from a minute to seven days'
_FOLDER_RIGHT = "write file:///absolute/path, with %20 for a space"
# Parts of an address that say "this is a feed" and not whose, left out of ids.
_PLAIN = {"www", "rss", "xml", "feed", "feeds", "index", "rdf", "atom", "default", "all", "com", "org", "net"}


def load_feeds(path: Path) -> tuple[Feed, ...]:
    """The feeds of the file in its order, those not enabled among them.

    ConfigError names the line: broken TOML, an unknown key or table, a missing id or url, a value of the
    wrong kind, an id or url listed twice, a private address without `allow_private`.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        wrong = f"cannot be read ({error.strerror or error})"
        raise ConfigError(path.name, wrong, "`dateline feeds list` makes one") from error
    return parse_feeds(decode_text(data, path.name), path.name)


def decode_text(data: bytes, name: str) -> str:
    """The file's text (TOML is UTF-8; a byte order mark, as some editors set, is passed over)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{name}:{line}", "is not UTF-8", "save the file as UTF-8") from error


def parse_feeds(text: str, name: str = "feeds.toml") -> tuple[Feed, ...]:
    """As `load_feeds`, of a text; `name` is what errors call it."""
    lines = Lines(text)
    tables = _tables(text, lines, name)
    feeds: list[Feed] = []
    taken: set[str] = set()
    first_with: dict[tuple[str, str], int] = {}
    for number, table in enumerate(tables):
        feed = _Table(table, number, lines, name).feed(taken)
        _refuse_double(feed, first_with, number, lines, name)
        taken.add(feed.feed_id)
        feeds.append(feed)
    return tuple(feeds)


def interval_seconds(value: object) -> int | None:
    """Seconds of 15 (minutes), "15m", "1h" … or None where that says nothing from a minute to seven days."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        seconds = value * 60
    else:
        found = re.fullmatch(r"\s*([0-9]{1,7})\s*([smhd])\s*", value) if isinstance(value, str) else None
        if not found:
            return None
        seconds = int(found[1]) * _UNIT_SECONDS[found[2]]
    return seconds if MIN_INTERVAL_SECONDS <= seconds <= MAX_INTERVAL_SECONDS else None


def feed_id_from(url: str, taken: set[str]) -> str:
    """A readable id that is not in `taken`, from the address's host and path.

    >>> feed_id_from("https://feeds.bbci.co.uk/news/world/rss.xml", set())
    'bbci-co-uk-news-world'
    >>> feed_id_from("file:///srv/wires/harbour-agency/incoming/", set())  # a folder: its last two names
    'harbour-agency-incoming'
    """
    path = re.sub(r"^[^/]*//[^/]*|[?#].*", "", url)
    if url.startswith("file:"):
        path = "/".join(path.rstrip("/").split("/")[-2:])
    words = re.split(r"[^a-z0-9]+", f"{host_of(url)}/{path}".lower())
    words = [word for word in words if word and word not in _PLAIN]
    stem = "-".join(words)[:48].strip("-") or "feed"
    return f"{stem}-{_free_number(stem, taken)}" if stem in taken else stem


def _free_number(stem: str, taken: set[str]) -> int:
    """A number from 2 on that is free, by halving: 5,000 feeds of one host took 3.6 s when all were tried in turn."""
    free = 2
    while f"{stem}-{free}" in taken:
        free *= 2
    low = free // 2  # taken, or 1
    while free - low > 1:
        middle = (low + free) // 2
        low, free = (middle, free) if f"{stem}-{middle}" in taken else (low, middle)
    return free


def _tables(text: str, lines: Lines, name: str) -> list[dict[str, Any]]:
    try:
        document = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        where = f"{name}:{found[1] if found else lines.count}"
        raise ConfigError(where, f"is not TOML: {error}", "see https://toml.io") from error
    for key in document:
        if key != "feed":
            raise ConfigError(
                f"{name}:{lines.of_name(key)}", f"unknown {key!r}", "a feed begins with the line [[feed]]"
            )
    tables = document.get("feed", [])
    if not isinstance(tables, list) or len(tables) != len(lines.tables):
        where = f"{name}:{lines.of_name('feed')}"
        raise ConfigError(where, "feeds are not listed as tables", "a feed begins with the line [[feed]]")
    return tables


def _refuse_double(feed: Feed, first_with: dict[tuple[str, str], int], number: int, lines: Lines, name: str) -> None:
    """Enter id and url of table `number` in `first_with`; ConfigError where an earlier table has one of them."""
    for key, value in (("id", feed.feed_id), ("url", feed.url)):
        same = value.rstrip("/") if key == "url" and feed.is_folder else value  # one folder, two spellings
        first = first_with.setdefault((key, same), number)
        if first != number:
            where = f"{name}:{lines.of_key(number, key)}"
            wrong = f"{key} {value!r} is already that of line {lines.of_key(first, key)}"
            raise ConfigError(where, wrong, f"each feed has its own {key}")


class _Table:
    """One [[feed]] table on its way to a Feed: each key is taken once, and what is left over is an error."""

    def __init__(self, table: dict[str, Any], number: int, lines: Lines, name: str) -> None:
        self._rest, self._number, self._lines, self._name = dict(table), number, lines, name

    def feed(self, taken: set[str]) -> Feed:
        unknown = next((key for key in self._rest if key not in KEYS), None)
        if unknown is not None:
            raise self._error(unknown, f"unknown key {unknown!r}", f"known are {', '.join(KEYS)}")
        allow_private = self._flag("allow_private", False)
        url = self._url(allow_private)
        return Feed(
            feed_id=self._id(url, taken),
            url=url,
            title=self._text("title"),
            agency=self._text("agency"),
            country=self._code("country", r"[A-Z]{3}", 'three capitals of ISO 3166, as "GBR"'),
            language=self._code("language", r"[a-z]{2}", 'two letters of ISO 639-1, as "en"'),
            interval_seconds=self._interval(),
            enabled=self._flag("enabled", True),
            allow_private=allow_private,
            full_text=self._choice("full_text"),
            zone=self._zone(),
            note=self._text("note"),
        )

    def _error(self, key: str, wrong: str, right: str) -> ConfigError:
        return ConfigError(f"{self._name}:{self._lines.of_key(self._number, key)}", wrong, right)

    def _text(self, key: str) -> str | None:
        value = self._rest.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self._error(key, f"{key} is {value!r}", f'write text in quotes: {key} = "…"')
        return value.strip() or None

    def _flag(self, key: str, default: bool) -> bool:
        value = self._choice(key)
        return default if value is None else value

    def _choice(self, key: str) -> bool | None:
        value = self._rest.get(key)
        if value is not None and not isinstance(value, bool):
            raise self._error(key, f"{key} is {value!r}", f"write {key} = true or {key} = false")
        return value

    def _code(self, key: str, pattern: str, right: str) -> str | None:
        value = self._text(key)
        if value is not None and not re.fullmatch(pattern, value):
            raise self._error(key, f"{key} is {value!r}", f"write {right}")
        return value

    def _interval(self) -> int | None:
        value = self._rest.get("interval")
        seconds = interval_seconds(value)
        if value is not None and seconds is None:
            raise self._error("interval", f"interval is {value!r}", _INTERVAL_RIGHT)
        return seconds

    def _zone(self) -> str | None:
        value = self._text("zone")
        if value is not None and value not in _zones():
            near = get_close_matches(value, _zones(), 1, 0.5) or ["Europe/Berlin"]
            raise self._error("zone", f"zone is {value!r}", f'write a name of the IANA time zones, as "{near[0]}"')
        return value

    def _id(self, url: str, taken: set[str]) -> str:
        value = self._text("id")
        if value is None:
            raise self._error("id", "the feed has no id", f'write for example id = "{feed_id_from(url, taken)}"')
        if not _ID.fullmatch(value):
            right = "use small letters, digits, - . and _, beginning with a letter or digit, at most 64"
            raise self._error("id", f"id is {value!r}", right)
        return value

    def _url(self, allow_private: bool) -> str:
        url = self._text("url")
        if url is None:
            raise self._error("url", "the feed has no url", 'write url = "https://…"')
        if re.match(r"file:", url, re.IGNORECASE):
            wrong, right = wrong_folder(url), _FOLDER_RIGHT
        else:
            wrong, right = wrong_address(url), "write the whole address: https://host/path, or file:///absolute/folder"
        if wrong:
            raise self._error("url", f"url {url!r} {wrong}", right)
        if is_private_host(url) and not allow_private:
            right = "write allow_private = true if the server is your own"
            raise self._error("url", f"url {url!r} is not on the open internet", right)
        return url


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
