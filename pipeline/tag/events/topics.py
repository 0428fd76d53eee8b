"""Sentences of games, trade and fiction, in which words of violence may be none: `lexicon/topics.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from pipeline.tag.grammar import keys, with_members

SCORE = re.compile(r"(?<![\d-])\d{1,3}[-–]\d{1,3}(?![\d-])")  # "won 3-1", "a 6-4, 6-2 defeat"
BURSTS = frozenset({"explosion", "explosions", "blast", "blasts"})  # by themselves, where nobody is named
ENOUGH = 3  # different words that may belong to a topic


@dataclass(frozen=True, slots=True)
class Topic:
    """The words of one topic: one of `surely` tells it, or two of `perhaps`."""

    surely: re.Pattern[str]
    perhaps: re.Pattern[str]

    def tells(self, text: str, more: int = 0) -> bool:
        """Is the text of it? `more`: other signs that count as words of `perhaps`."""
        return bool(self.surely.search(text)) or len({m.lower() for m in self.perhaps.findall(text)}) + more >= ENOUGH


@dataclass(frozen=True, slots=True)
class _Topics:
    sport: Topic
    fiction: Topic
    business: Topic
    accident: Topic
    real: Topic
    ambiguous: frozenset[str]
    doers: frozenset[str]


def is_harmless(trigger: Token, doers: Iterable[Token], sentence: str, around: str, *, has_victims: bool) -> bool:
    """Is a word of violence told of a game, of trade or of a story that somebody made up?

    `doers` are the heads of who does it, `around` is the text about the sentence, `has_victims` tells of a toll in it.
    """
    topics = _topics()
    if topics.fiction.surely.search(around):
        return True
    if trigger.lower_ in BURSTS and topics.accident.tells(around) and not topics.real.surely.search(around):
        return True
    if has_victims or topics.real.surely.search(sentence):
        return False
    heads = with_members(list(doers))
    if any(keys(head) & topics.doers for head in heads):
        return False
    if topics.fiction.tells(around) and _is_told_as_plot(trigger):
        return True
    if not keys(trigger) & topics.ambiguous:
        return False
    if topics.sport.tells(around, len(SCORE.findall(around))):
        return True
    return topics.business.tells(around) and not any(head.ent_type_ in {"GPE", "NORP"} for head in heads)


def _is_told_as_plot(trigger: Token) -> bool:
    """In the present tense, in which plots are told and news is not."""
    aux = {c.lower_ for c in trigger.children if c.dep_ in {"aux", "auxpass"}}
    return trigger.tag_ in {"VBZ", "VBP", "NN"} or bool(aux & {"has", "have", "is", "are"})


@cache
def _topics() -> _Topics:
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "topics.toml").read_text("utf-8"))
    ambiguous, doers = frozenset(table.pop("ambiguous")), frozenset(table.pop("doers"))
    topics = {name: Topic(_any(row["surely"]), _any(row["perhaps"])) for name, row in table.items()}
    return _Topics(**topics, ambiguous=ambiguous, doers=doers)


def _any(words: list[str]) -> re.Pattern[str]:
    """Whole words in any case; nothing where there are none."""
    listed = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed})\b" if listed else r"(?!)", re.IGNORECASE)
