"""Sentences of games and of fiction, in which violence is none: `lexicon/topics.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SCORE = re.compile(r"(?<![\d-])\d{1,3}[-–]\d{1,3}(?![\d-])")  # "won 3-1", "a 6-4, 6-2 defeat"
ENOUGH = 2  # words that may belong to a game


@dataclass(frozen=True, slots=True)
class Topic:
    """The words of one topic: one of `surely` tells it, or two of `perhaps`."""

    surely: re.Pattern[str]
    perhaps: re.Pattern[str]

    def tells(self, text: str, more: int = 0) -> bool:
        """Is the text of it? `more`: other signs that count as words of `perhaps`."""
        return bool(self.surely.search(text)) or len({m.lower() for m in self.perhaps.findall(text)}) + more >= ENOUGH


def is_pretend(sentence: str) -> bool:
    """Is it told of a game or of a story that somebody made up?

    >>> is_pretend("The striker shot wide from ten yards."), is_pretend("Gunmen shot the striker near the stadium.")
    (True, False)
    """
    topics = _topics()
    if topics["real"].surely.search(sentence):
        return False
    return topics["sport"].tells(sentence, len(SCORE.findall(sentence))) or topics["fiction"].tells(sentence)


@cache
def _topics() -> dict[str, Topic]:
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "topics.toml").read_text("utf-8"))
    return {name: Topic(_any(row["surely"]), _any(row["perhaps"])) for name, row in table.items()}


def _any(words: list[str]) -> re.Pattern[str]:
    """Whole words in any case; nothing where there are none."""
    listed = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed})\b" if listed else r"(?!)", re.IGNORECASE)
