"""What an article is about: the words of headline and lead by which the same news in other words is found.

Weighted terms, compared by their cosine, as in streams of news since TDT (J. Allan, "Topic Detection and Tracking",
2002). Weights do not depend on what else was loaded, so that a pair of articles is alike to the same degree in any
warehouse: words that any report has are left out by a list, names count twice.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from math import log, sqrt

LEAD_WORDS = 130  # a second version of the news differs most in its later paragraphs
MOST_TERMS = 48
SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDINGS = ("'s", "’s", "ies", "ing", "ings", "ed", "ers", "er", "es", "s")
TITLE, NAME, TAG = 1.5, 2.0, 2.0


def article_terms(title: str | None, text: str, tags: Iterable[str] = ()) -> dict[str, float]:
    """Terms of an article with their weights, whose squares add up to 1; none for a text without words.

    `tags` are further terms that a reader of the text gives it: entities, kinds of events.
    """
    lead = " ".join(text.split()[:LEAD_WORDS])
    counts: Counter[str] = Counter()
    for words, factor in (((title or ""), TITLE), (lead, 1.0)):
        for word in _WORD.findall(words):
            if (term := stem(word)) is not None:
                counts[term] += factor * (NAME if word[0].isupper() else 1.0)  # type: ignore[assignment]
    weights = {term: 1 + log(count) if count > 1 else count for term, count in counts.items()}
    weights |= {f"={tag}": TAG for tag in tags}
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST_TERMS]
    length = sqrt(sum(weight * weight for _, weight in kept))
    return {term: weight / length for term, weight in kept} if length else {}


def content_words(text: str) -> frozenset[str]:
    """The normal forms of the words of a text that tell something."""
    return frozenset(term for word in _WORD.findall(text) if (term := stem(word)) is not None)


def stem(word: str) -> str | None:
    """The normal form of a word; None for one that tells nothing.

    >>> stem("Kidnapped"), stem("kidnapping"), stem("said")
    ('kidnap', 'kidnap', None)
    """
    plain = word.lower().replace("’", "'").removesuffix("'s")
    if len(plain) < SHORTEST or plain in common_words():
        return None
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST + 1:
            return _undoubled(plain.removesuffix(ending) + ("y" if ending == "ies" else ""))
    return plain.removesuffix("e")


def _undoubled(root: str) -> str:
    """ "kidnapp" → "kidnap"; "vote" and "voted" meet in "vot"."""
    if len(root) > SHORTEST and root[-1] == root[-2] and root[-1] not in "ls":
        root = root[:-1]
    return root.removesuffix("e")


@cache
def common_words() -> frozenset[str]:
    """Words of common_words.toml."""
    lists = tomllib.loads((files("pipeline.group") / "common_words.toml").read_text("utf-8"))
    return frozenset(word for words in lists.values() for word in words.split())
