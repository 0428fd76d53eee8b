"""What the model is asked of a sentence: the words that may tell of an event, and those that may name who or where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

TELLING = frozenset({"VERB", "NOUN"})  # parts of speech of words that may tell of an event
NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})  # of heads of phrases that may be a party or place
DEPTH = 5  # steps that a path goes down
HEIGHT = 3  # governors above an event that a party may hang on


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence's words, told apart."""

    sentence: Span
    telling: tuple[Token, ...]
    naming: tuple[Token, ...]

    @classmethod
    def of(cls, sentence: Span) -> Words:
        """By part of speech."""
        telling = tuple(t for t in sentence if t.pos_ in TELLING)
        return cls(sentence, telling, tuple(t for t in sentence if t.pos_ in NAMING))


def relation(event: Token, word: Token) -> str:
    """How a word hangs on an event's: "nsubj", "prep:with>pobj", "dobj>conj".

    Where it hangs on a governor of the event, the way up is told, too: "up1:xcomp<nsubj" is the subject of the verb
    that the event complements. Of what is further off only the side is known: "before", "after".
    """
    below = _way_down(event, word)
    if below is not None:
        return below
    for height, (lower, upper) in enumerate(_climb(event), start=1):
        if word == upper:
            return f"up{height}:{lower.dep_}"
        if word.head == upper:
            return f"up{height}:{lower.dep_}<{word.dep_}"
    return "before" if word.i < event.i else "after"


def _way_down(event: Token, word: Token) -> str | None:
    steps: list[str] = []
    for _ in range(DEPTH):
        if word == event:
            return ">".join(reversed(steps)) or "self"
        steps.append(f"prep:{word.lemma_.lower()}" if word.dep_ == "prep" else word.dep_)
        if word.head == word:
            return None
        word = word.head
    return None


def _climb(event: Token) -> Iterator[tuple[Token, Token]]:
    """An event's governors, the nearest first, each behind the word that hangs on it."""
    for _ in range(HEIGHT):
        if event.head == event:
            return
        yield event, event.head
        event = event.head
