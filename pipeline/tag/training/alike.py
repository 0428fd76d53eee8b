"""Sentences that were built from one pattern: alike when names and figures are left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

WORDS = re.compile(r"\w+(?:['’-]\w+)*")
RUN = 3  # words in a row that are compared
MOST = 0.4  # share of runs that two sentences may have in common


def skeleton(text: str) -> tuple[str, ...]:
    """The words of a sentence in small letters, with names and figures as "x"."""
    found = WORDS.findall(text)
    return tuple(
        "x" if word[0].isdigit() or (n and word[0].isupper()) else word.lower() for n, word in enumerate(found)
    )


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = skeleton(text)
    return frozenset(words[n : n + RUN] for n in range(max(1, len(words) - RUN + 1)))


def alike(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of sentences of which one shares over 40 % of its runs of three words with the other."""
    seen: list[tuple[str, int]] = []
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for text in texts:
        runs = _runs(text)
        shared = Counter(n for run in runs for n in holders[run])
        for n, common in shared.items():
            earlier, size = seen[n]
            if common > MOST * min(len(runs), size):
                yield earlier, text
        for run in runs:
            holders[run].append(len(seen))
        seen.append((text, len(runs)))
