"""The model's opinions: of each word that may tell an event, what it tells, how surely, and who takes part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from spacy.tokens import Token

from pipeline.tag.events.triggers import NO_EVENT
from pipeline.tag.learned import FILES
from pipeline.tag.learned.asked import Asked
from pipeline.tag.learned.encoder import Encoder, Floats, Pieces
from pipeline.tag.learned.heads import ROLES, Heads, Labels, Numbers, Told

LIKELY = 0.5  # share from which a word plays a part
Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Sure:
    """From where on parties are asked for: how likely any event is where the rules have one, and else its type."""

    ruled: float
    own: float


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence as the encoder has read it."""

    asked: Asked
    pieces: Pieces
    vectors: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """What the model makes of one word: shares of types, scores of modes, truth, and the words of its parties.

    `own` are its shares of types without knowing what the rules say.
    """

    word: Token
    labels: Labels
    types: Floats
    own: Floats
    modes: Floats
    polarity: str
    modality: str
    actors: Tokens = ()
    recipients: Tokens = ()

    @property
    def telling(self) -> float:
        """How likely it tells any event."""
        return float(1 - self.types[self.labels.types.index(NO_EVENT)])

    @property
    def type(self) -> str:
        """The likeliest type, where it tells an event."""
        return self.labels.types[1 + int(self.types[1:].argmax())]

    @property
    def own_type(self) -> tuple[str, float]:
        """What the model says by itself, none included, and how likely it finds that."""
        best = int(self.own.argmax())
        return self.labels.types[best], float(self.own[best])

    def share(self, kind: str) -> float:
        """How likely it is that type."""
        return float(self.types[self.labels.types.index(kind)])

    def mode(self, kind: str) -> str | None:
        """The likeliest mode of a type; None for none in particular."""
        scores = [s if of == kind else -np.inf for (of, _), s in zip(self.labels.modes, self.modes, strict=True)]
        return self.labels.modes[int(np.argmax(scores))][1]


@dataclass(frozen=True, slots=True)
class Model:
    """The encoder and its heads."""

    encoder: Encoder
    heads: Heads
    version: str

    @classmethod
    def open(cls, folder: Path) -> Model:
        """ConfigError names the folder whose files are missing or do not fit."""
        encoder, heads = Encoder.open(folder), Heads.open(folder)
        digest = blake2b(digest_size=4)
        for name in FILES:
            digest.update((folder / name).read_bytes())
        return cls(encoder, heads, digest.hexdigest())

    def opinions(self, asked: Sequence[Asked], sure: Sure, *, blind: bool = False) -> list[list[Opinion]]:
        """Of each sentence those of its words. `blind` asks without telling what the rules say."""
        read = [
            _Read(a.within(p), p, v)
            for a, (p, v) in zip(asked, self.encoder.encode([a.text for a in asked]), strict=True)
        ]
        words = [r.vectors[r.asked.numbers(r.asked.words.telling, r.pieces)] for r in read]
        if not any(map(len, words)):
            return [[] for _ in read]
        ruled = np.concatenate([r.asked.ruled_types(self.heads.labels) for r in read]) * int(not blind)
        own = self.heads.told(np.concatenate(words), ruled * 0)
        told = self._with_rules(own, np.concatenate(words), ruled)
        ends = np.cumsum([len(w) for w in words]).tolist()
        return [
            self._sentence(r, own.rows(end - len(w), end), told.rows(end - len(w), end), sure, blind)
            for r, w, end in zip(read, words, ends, strict=True)
        ]

    def _with_rules(self, own: Told, words: Floats, ruled: Numbers) -> Told:
        """What is told of words of which the rules know a type; of the others it is what the model says by itself."""
        known = np.flatnonzero(ruled)
        return own.with_rows(known, self.heads.told(words[known], ruled[known])) if len(known) else own

    def _sentence(self, read: _Read, own: Told, told: Told, sure: Sure, blind: bool) -> list[Opinion]:
        labels, asked = self.heads.labels, read.asked
        polarities, modalities = told.polarities.argmax(axis=1), told.modalities.argmax(axis=1)
        telling, best = 1 - told.types[:, labels.types.index(NO_EVENT)], told.types[:, 1:].max(axis=1)
        wanted = np.where([e is not None for e in asked.rules], telling >= sure.ruled, best >= sure.own)
        parties = self._parties(read, np.flatnonzero(wanted).tolist(), blind)
        return [
            Opinion(
                word,
                labels,
                told.types[n],
                own.types[n],
                told.modes[n],
                labels.polarities[polarities[n]],
                labels.modalities[modalities[n]],
                *parties.get(n, ((), ())),
            )
            for n, word in enumerate(asked.words.telling)
        ]

    def _parties(self, read: _Read, rows: Sequence[int], blind: bool) -> dict[int, tuple[Tokens, Tokens]]:
        """Actors and recipients of the words that may tell an event, by their numbers."""
        asked, pieces = read.asked, read.pieces
        if not rows:
            return {}
        events = read.vectors[asked.numbers([asked.words.telling[n] for n in rows], pieces)]
        others = self.heads.answers(read.vectors[asked.numbers(asked.words.naming, pieces)])
        return {n: self._sides(asked, n, event, others, blind) for n, event in zip(rows, events, strict=True)}

    def _sides(self, asked: Asked, row: int, event: Floats, others: Floats, blind: bool) -> tuple[Tokens, Tokens]:
        ruled = asked.ruled_parts(None if blind else asked.rules[row])
        relations = asked.relations(asked.words.telling[row], self.heads.labels)
        plays = self.heads.parts(event, others, relations, ruled) >= LIKELY
        actors, recipients = (
            tuple(t for t, part in zip(asked.words.naming, plays[:, ROLES.index(role)], strict=True) if part)
            for role in ("actors", "recipients")
        )
        return actors, recipients


@cache
def open_model(folder: Path) -> Model:
    """The process's one model of that folder."""
    return Model.open(folder)
