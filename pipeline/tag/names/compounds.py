"""Places of several words that are known by name: what the model cuts ("Second" + "Thomas Shoal") is put together.

They are the states ("Burkina Faso") and our own tables of seas, straits, crossings, camps … (`lexicon/places`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.tag.names.nations import NATIONS
from pipeline.tag.names.spans import Name
from pipeline.tag.places import own

_FIRST = re.compile(r"(?<![\w-])[A-Z][\w’'-]*")
STATE, OTHER = "GPE", "LOC"


def compound_places(text: str, names: Sequence[Name]) -> list[Name]:
    """The names, with known places of several words in the stead of what lies within them.

    Where a name reaches beyond the place it stays: "Bank of South Sudan".
    """
    found = [place for place in _places(text) if not any(_reaches_beyond(name, place) for name in names)]
    kept = [n for n in names if not any(p.start <= n.start and n.end <= p.end for p in found)]
    return sorted([*kept, *found], key=lambda n: n.start)


def _reaches_beyond(name: Name, place: Name) -> bool:
    over = name.start < place.end and place.start < name.end
    return over and not (place.start <= name.start and name.end <= place.end)


def _places(text: str) -> Iterator[Name]:
    """Known places of the text, the longest at each word with a capital letter."""
    forms, end = _forms(), 0
    for match in _FIRST.finditer(text):
        start = match.start()
        if start < end or match[0] not in forms:
            continue
        for form, label in forms[match[0]]:
            if text.startswith(form, start) and not text[start + len(form) : start + len(form) + 1].isalnum():
                end = start + len(form)
                yield Name(start, end, label)
                break


@cache
def _forms() -> dict[str, tuple[tuple[str, str], ...]]:
    """Names of several words by the first of them, with their label; the longest first."""
    states = {name: STATE for nation in NATIONS.values() for name in nation.names}
    others = {name: OTHER for row in own.rows() for name in (row.name, *row.sure)}
    by_first: dict[str, list[tuple[str, str]]] = {}
    for form, label in (others | states).items():
        first = _FIRST.match(form)
        if first is not None and " " in form:
            by_first.setdefault(first[0], []).append((form, label))
    return {first: tuple(sorted(found, key=lambda f: -len(f[0]))) for first, found in by_first.items()}
