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
from pipeline.tag.learned.heads import ROLES, Heads, Labels

LIKELY = 0.5  # share from which a word plays a part


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
    actors: tuple[Token, ...] = ()
    recipients: tuple[Token, ...] = ()

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

    def opinions(self, asked: Sequence[Asked], least: float, *, blind: bool = False) -> list[list[Opinion]]:
        """Of each sentence those of its words; who takes part only where an event is at least so likely told.

        `blind` asks without telling what the rules say.
        """
        read = self.encoder.encode([a.text for a in asked])
        return [self._sentence(a, *r, least, blind) for a, r in zip(asked, read, strict=True)]

    def _sentence(self, asked: Asked, pieces: Pieces, vectors: Floats, least: float, blind: bool) -> list[Opinion]:
        asked, labels = asked.within(pieces), self.heads.labels
        telling = asked.words.telling
        if not telling:
            return []
        at = asked.numbers(telling, pieces)
        ruled = asked.ruled_types(labels)
        own = self.heads.told(vectors[at], ruled * 0)
        told = own if blind or not ruled.any() else self.heads.told(vectors[at], ruled)
        sure = 1 - told.types[:, labels.types.index(NO_EVENT)]
        parts = {n: self._parts(asked, n, at[n], pieces, vectors, blind) for n in np.flatnonzero(sure >= least)}
        return [
            Opinion(
                word,
                labels,
                told.types[n],
                own.types[n],
                told.modes[n],
                labels.polarities[int(told.polarities[n].argmax())],
                labels.modalities[int(told.modalities[n].argmax())],
                *parts.get(n, ((), ())),
            )
            for n, word in enumerate(telling)
        ]

    def _parts(
        self, asked: Asked, row: int, piece: int, pieces: Pieces, vectors: Floats, blind: bool
    ) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
        naming = asked.words.naming
        ruled = asked.ruled_parts(asked.rules[row]) * (not blind)
        relations = asked.relations(asked.words.telling[row], self.heads.labels)
        shares = self.heads.parts(vectors[piece], vectors[asked.numbers(naming, pieces)], relations, ruled)
        column = {role: shares[:, n] for n, role in enumerate(ROLES)}
        actors, recipients = (
            tuple(t for t, share in zip(naming, column[role], strict=True) if share >= LIKELY)
            for role in ("actors", "recipients")
        )
        return actors, recipients


@cache
def open_model(folder: Path) -> Model:
    """The process's one model of that folder."""
    return Model.open(folder)
