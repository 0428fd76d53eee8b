"""Sentences of games, trade and fiction, in which words of violence may be none: `lexicon/topics.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

from spacy.tokens import Token

from pipeline.tag.events.wordings import Wordings
from pipeline.tag.grammar import keys, with_members

SCORE = re.compile(r"(?<![\d-])\d{1,3}[-–]\d{1,3}(?![\d-])")  # "won 3-1", "a 6-4, 6-2 defeat"
BURSTS = frozenset({"explosion", "blast", "explode"})  # by themselves, where nothing tells of an attack
ENOUGH = 3  # different words that may belong to a topic


@dataclass(frozen=True, slots=True)
class About:
    """What a text is about: the words of each topic that it holds, and how many scores of games."""

    words: Mapping[str, set[str]]
    scores: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Looked up in the table of topics."""
        return cls(_topics().wordings.find(text), len(SCORE.findall(text)))

    def is_surely(self, topic: str) -> bool:
        """Does it hold a word that leaves no doubt?"""
        return f"{topic}.surely" in self.words

    def is_of(self, topic: str) -> bool:
        """Does it hold such a word, or enough that belong to the topic as a rule? A score counts as one of sport."""
        signs = len(self.words.get(f"{topic}.perhaps", ())) + (self.scores if topic == "sport" else 0)
        return self.is_surely(topic) or signs >= ENOUGH


@dataclass(frozen=True, slots=True)
class _Topics:
    wordings: Wordings
    ambiguous: frozenset[str]
    doers: frozenset[str]


def is_harmless(trigger: Token, doers: Iterable[Token], sentence: About, around: About, *, has_victims: bool) -> bool:
    """Is a word of violence told of a game, of trade, of an accident or of a story that somebody made up?

    `doers` are the heads of who does it, `around` is the text about the sentence, `has_victims` tells of a toll in it.
    """
    if around.is_surely("fiction"):
        return True
    heads = with_members(list(doers))
    if _is_nobodys(trigger, heads, around):
        return True
    if has_victims or sentence.is_surely("real"):
        return False
    topics = _topics()
    if any(keys(head) & topics.doers for head in heads):
        return False
    if around.is_of("fiction") and _is_told_as_plot(trigger):
        return True
    if not keys(trigger) & topics.ambiguous:
        return False
    if around.is_of("sport"):
        return True
    return around.is_of("business") and not any(head.ent_type_ in {"GPE", "NORP"} for head in heads)


def _is_nobodys(trigger: Token, doers: Sequence[Token], around: About) -> bool:
    """An explosion where the text tells of an accident, "it" where it tells of a storm; not beside an attack."""
    if around.is_surely("attack"):
        return False
    if trigger.lemma_.lower() in BURSTS:
        return around.is_of("accident")
    return around.is_surely("disaster") and any(t.lower_ in {"it", "which", "that"} for t in doers)


def _is_told_as_plot(trigger: Token) -> bool:
    """In the present tense, in which plots are told and news is not."""
    aux = {c.lower_ for c in trigger.children if c.dep_ in {"aux", "auxpass"}}
    return trigger.tag_ in {"VBZ", "VBP", "NN"} or bool(aux & {"has", "have", "is", "are"})


@cache
def _topics() -> _Topics:
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "topics.toml").read_text("utf-8"))
    ambiguous, doers = frozenset(table.pop("ambiguous")), frozenset(table.pop("doers"))
    lists = {f"{topic}.{how}": words for topic, rows in table.items() for how, words in rows.items()}
    return _Topics(Wordings.of(lists), ambiguous, doers)
