"""Typed looks into parsed JSON, where anything may be anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A string that is closed, one that is not, a bracket, a comma.
_MARK = re.compile(r'"(?:[^"\\]|\\.)*+"|"|[\[\]{},]', re.DOTALL)
_PAIRS = {"{": "}", "[": "]"}


def closed(text: str) -> str:
    """JSON that was broken off, cut behind its last whole member, with the brackets closed that are open there.

    >>> closed('{"items": [{"id": 1}, {"id": 2, "tit')
    '{"items": [{"id": 1}, {"id": 2}]}'
    """
    open_brackets: list[str] = []
    end = depth = 0  # of the cut; what was open there is open still, for every bracket that closes makes a new cut
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark in _PAIRS:
            open_brackets.append(_PAIRS[mark])
        elif mark in ("}", "]"):
            open_brackets.pop()
            end, depth = match.end(), len(open_brackets)
        elif mark == ",":
            end, depth = match.start(), len(open_brackets)
        elif mark == '"':
            break
    return text[:end] + "".join(reversed(open_brackets[:depth]))


def lower_keys(value: object) -> dict[str, object]:
    """The object with its keys in lower case (ninjs 3 writes versionCreated, 1 and 2 versioncreated); {} for others."""
    return {str(key).lower(): item for key, item in value.items()} if isinstance(value, dict) else {}


def items(value: object) -> Iterator[object]:
    """The members of a list; a lone value is a list of one, null of none."""
    if isinstance(value, list):
        yield from value
    elif value is not None:
        yield value


def string(holder: dict[str, object], *keys: str) -> str | None:
    """The first of the keys that holds a string that is not blank."""
    for key in keys:
        value = holder.get(key)
        if isinstance(value, str) and value.strip():
            return value
    return None


def strings(holder: dict[str, object], *keys: str) -> tuple[str, ...]:
    """All that the keys hold of such strings."""
    return tuple(text for key in keys if (text := string(holder, key)))


def number_or_string(holder: dict[str, object], *keys: str) -> str | None:
    """As `string`, taking numbers too: ids and versions are written both ways."""
    for key in keys:
        value = holder.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and value.strip():
            return value
    return None
