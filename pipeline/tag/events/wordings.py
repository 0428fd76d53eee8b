"""Which of many listed words a text holds: each list is asked only for what begins as some word of the text does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

START = 3  # letters by which entries are found: enough that a sentence asks for a few of several hundred
WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wordings:
    """Lists of words and phrases by name; a trailing * stands for any ending. Hyphens and case make no difference.

    `by_start` holds them as they stand in a text of words with one space around each.
    """

    by_start: Mapping[str, tuple[tuple[str, str], ...]]

    @classmethod
    def of(cls, lists: Mapping[str, Iterable[str]]) -> Self:
        """From words by the name of their list."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, words in lists.items():
            for word in words:
                sought = _spaced(word)[: -1 if word.endswith("*") else None]
                found[sought.split()[0][:START]].append((name, sought))
        return cls({start: tuple(entries) for start, entries in found.items()})

    def find(self, text: str) -> dict[str, set[str]]:
        """The entries that stand in the text, by the name of their list."""
        spaced = _spaced(text)
        found: dict[str, set[str]] = defaultdict(set)
        for start in {word[:START] for word in spaced.split()}:
            for name, sought in self.by_start.get(start, ()):
                if sought in spaced:
                    found[name].add(sought)
        return dict(found)


def _spaced(text: str) -> str:
    """ "The semi-final." → " the semi final " """
    return f" {' '.join(WORDS.findall(text.lower()))} "
