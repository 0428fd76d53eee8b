"""A sentence as the model is asked about it: its words, and what the rules say of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Span, Token

from pipeline.records import Event
from pipeline.tag.events.fold import Draft
from pipeline.tag.learned.encoder import Floats, Pieces
from pipeline.tag.learned.heads import ROLES, Labels, Numbers
from pipeline.tag.learned.words import Words, relation


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence's `text`, which the encoder reads, and its words.

    `rules` has the event that the rules code at each word that may tell one, at its head.
    """

    text: str
    words: Words
    rules: tuple[Event | None, ...]

    @classmethod
    def of(cls, sentence: Span, coded: Sequence[tuple[Draft, Event]], text: str) -> Asked:
        """The sentence with what the rules code in it; `text` is the whole document's, which spaCy would join anew."""
        words = Words.of(sentence)
        at = {draft.match.head.i: event for draft, event in coded}
        rules = tuple(at.get(t.i) for t in words.telling)
        return cls(text[sentence.start_char : sentence.end_char], words, rules)

    def within(self, pieces: Pieces) -> Asked:
        """The same of the words that the encoder reads: all but the end of very long sentences."""
        known = [n for n, t in enumerate(self.words.telling) if self._piece(t, pieces) is not None]
        telling = tuple(self.words.telling[n] for n in known)
        naming = tuple(t for t in self.words.naming if self._piece(t, pieces) is not None)
        words = Words(self.words.sentence, telling, naming)
        return Asked(self.text, words, tuple(self.rules[n] for n in known))

    def numbers(self, tokens: Sequence[Token], pieces: Pieces) -> Numbers:
        """The piece that each word begins with; 0, the mark of the beginning, beyond what is read."""
        return np.array([self._piece(t, pieces) or 0 for t in tokens], dtype=np.int64)

    def _piece(self, token: Token, pieces: Pieces) -> int | None:
        start = token.idx - self.words.sentence.start_char
        return pieces.at(start, start + len(token))

    def ruled_types(self, labels: Labels) -> Numbers:
        """The rules' type at each word that may tell an event, 0 where they have none."""
        return np.array([labels.types.index(e.type) if e else 0 for e in self.rules], dtype=np.int64)

    def ruled_parts(self, event: Event | None) -> Floats:
        """Which part the rules' event gives each word that may name somebody (words by roles)."""
        found = np.zeros((len(self.words.naming), len(ROLES)), dtype=np.float32)
        if event is not None:
            place = (event.place,) if event.place else ()
            for column, spans in enumerate((event.actors, event.recipients, place)):
                for row, token in enumerate(self.words.naming):
                    found[row, column] = any(p.start < token.idx + len(token) and token.idx < p.end for p in spans)
        return found

    def relations(self, word: Token, labels: Labels) -> Numbers:
        """How each word that may name somebody hangs on one that may tell an event."""
        return np.array([labels.relations.get(relation(word, t), 0) for t in self.words.naming], dtype=np.int64)
