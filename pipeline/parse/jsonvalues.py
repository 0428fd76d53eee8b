"""Typed looks into parsed JSON, where anything may be anything."""

from __future__ import annotations

from collections.abc import Iterator


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
