"""Which line of a feeds.toml says what: tomllib gives values without their places."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*\[\[\s*[\"']?feed[\"']?\s*\]\]\s*(#.*)?$")
_ANY_HEADER = re.compile(r"\s*\[")
_KEY = re.compile(r"\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*[=.]")
# Strings and comments, longest first: what stands in them is no header and no bracket.
_OPAQUE = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL)


class Lines:
    """The [[feed]] tables of a TOML text and the lines of their keys, counted from 1.

    `tables` holds first and last line of each: its header, and the last line that belongs to one of its
    values. Comments and blank lines after that belong to nobody, and so to what comes next.
    """

    def __init__(self, text: str) -> None:
        self.lines = split_lines(text)
        self.count = max(1, len(self.lines))
        self._inside = _inside_strings(text)
        self._starts = [n for n, line in self._code() if _HEADER.match(line)]
        self.tables = [(start, self._last(start)) for start in self._starts]

    def of_key(self, table: int, key: str) -> int:
        """The line of a key in the table of that number (from 0); of its header where it has no such key."""
        start, last = self.tables[table]
        for number, line in self._code():
            found = _KEY.match(line)
            if start < number <= last and found and found[1] == key:
                return number
        return start

    def of_name(self, name: str) -> int:
        """The first line that begins with `name` as key or table; 1 where none does."""
        pattern = re.compile(rf"[\s\[\"']*{re.escape(name)}\b")
        return next((n for n, line in self._code() if pattern.match(line)), 1)

    def _code(self) -> list[tuple[int, str]]:
        """Numbered lines that do not begin inside a string of several lines."""
        return [(n, line) for n, line in enumerate(self.lines, 1) if n not in self._inside]

    def _last(self, start: int) -> int:
        last = start
        for number in range(start + 1, len(self.lines) + 1):
            line = self.lines[number - 1].strip()
            if number in self._inside:
                last = number
            elif _ANY_HEADER.match(line) and not _continues(self.lines, start, number):
                break
            elif line and not line.startswith("#"):
                last = number
        return last


def split_lines(text: str) -> list[str]:
    """Lines with their ends. `str.splitlines` also splits at U+2028 and the like, TOML only at line feeds."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _inside_strings(text: str) -> set[int]:
    """Numbers of the lines that begin inside a string."""
    inside: set[int] = set()
    line, counted = 1, 0
    for found in _OPAQUE.finditer(text):
        line += text.count("\n", counted, found.start())
        first, line = line, line + found[0].count("\n")
        inside.update(range(first + 1, line + 1))
        counted = found.end()
    return inside


def _continues(lines: list[str], start: int, number: int) -> bool:
    """Is line `number` within brackets opened since `start`?"""
    code = _OPAQUE.sub("", "".join(lines[start : number - 1]))
    return code.count("[") > code.count("]")
