"""The model's opinions: of each word that may tell an event, what it tells, how surely, and who takes part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from spacy.tokens import Token
from threadpoolctl import threadpool_limits

from pipeline.records import Event
from pipeline.tag.learned import FILES
from pipeline.tag.learned.asked import Asked
from pipeline.tag.learned.encoder import Encoder, Floats, Pieces
from pipeline.tag.learned.heads import ROLES, Heads, Labels, Numbers, Told

LIKELY = 0.5  # share from which a word plays a part
Tokens = tuple[Token, ...]
Parties = dict[int, tuple[Tokens, Tokens]]  # actors and recipients, by the number of the word that tells the event


@dataclass(frozen=True, slots=True)
class Sure:
    """From where on parties are asked for: how likely any event is where the rules have one, and else its type.

    `swap` is the share from which a word plays a part for which the rules name somebody.
    """

    ruled: float
    own: float
    swap: float

    def least(self, event: Event | None) -> list[float]:
        """The share from which a word plays each of the ROLES in what the rules code so."""
        return [self.swap if event and getattr(event, role) else LIKELY for role in ROLES]


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence as the encoder has read it."""

    asked: Asked
    pieces: Pieces
    vectors: Floats

    @classmethod
    def of(cls, asked: Asked, pieces: Pieces, vectors: Floats) -> _Read:
        """Of its words those that the encoder has read."""
        return cls(asked.within(pieces), pieces, vectors)

    def of_words(self, tokens: Sequence[Token]) -> Floats:
        """The words' vectors (words by 384)."""
        return self.vectors[self.asked.numbers(tokens, self.pieces)]


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
        return float(1 - self.types[0])

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
        """Of each sentence those of words that may tell an event, or of which the rules say so.

        `blind` asks without telling what the rules say.
        """
        read = [_Read.of(one, *self.encoder.encode(one.text)) for one in asked]
        words = [r.of_words(r.asked.words.telling) for r in read]
        if not any(map(len, words)):
            return [[] for _ in read]
        ruled = np.concatenate([r.asked.ruled_types(self.heads.labels) for r in read]) * int(not blind)
        own = self.heads.told(np.concatenate(words), ruled * 0)
        told = self._with_rules(own, np.concatenate(words), ruled)
        ends = np.cumsum([len(w) for w in words]).tolist()
        rows = [(end - len(w), end) for w, end in zip(words, ends, strict=True)]
        wanted = [_wanted(r.asked, told.rows(*at), sure) for r, at in zip(read, rows, strict=True)]
        parties = self._parties(read, wanted, sure, blind)
        return [
            _opinions(r.asked, own.rows(*at), told.rows(*at), self.heads.labels, sure, sides)
            for r, at, sides in zip(read, rows, parties, strict=True)
        ]

    def _with_rules(self, own: Told, words: Floats, ruled: Numbers) -> Told:
        """What is told of words of which the rules know a type; of the others it is what the model says by itself."""
        known = np.flatnonzero(ruled)
        return own.with_rows(known, self.heads.told(words[known], ruled[known])) if len(known) else own

    def _parties(
        self, read: Sequence[_Read], wanted: Sequence[Sequence[int]], sure: Sure, blind: bool
    ) -> list[Parties]:
        """Of each sentence those of the words of these numbers."""
        events = [r.of_words([r.asked.words.telling[n] for n in rows]) for r, rows in zip(read, wanted, strict=True)]
        others = [r.of_words(r.asked.words.naming if rows else ()) for r, rows in zip(read, wanted, strict=True)]
        asks, answers = self.heads.asks(np.concatenate(events)), self.heads.answers(np.concatenate(others))
        each = zip(read, wanted, _apart(asks, events), _apart(answers, others), strict=True)
        return [
            {n: self._sides(r.asked, n, ask, answer, sure, blind) for n, ask in zip(rows, asking, strict=True)}
            for r, rows, asking, answer in each
        ]

    def _sides(
        self, asked: Asked, row: int, ask: Floats, answers: Floats, sure: Sure, blind: bool
    ) -> tuple[Tokens, Tokens]:
        event = None if blind else asked.rules[row]
        relations = asked.relations(asked.words.telling[row], self.heads.labels)
        plays = self.heads.parts(ask, answers, relations, asked.ruled_parts(event)) >= sure.least(event)
        actors, recipients = (
            tuple(t for t, part in zip(asked.words.naming, plays[:, ROLES.index(role)], strict=True) if part)
            for role in ("actors", "recipients")
        )
        return actors, recipients


def _apart(whole: Floats, parts: Sequence[Floats]) -> list[Floats]:
    """Rows that were worked on together, as they belong to the parts."""
    return np.split(whole, np.cumsum([len(p) for p in parts])[:-1])


def _wanted(asked: Asked, told: Told, sure: Sure) -> list[int]:
    """Numbers of the words whose parties may count."""
    ruled = [e is not None for e in asked.rules]
    wanted = np.where(ruled, told.telling >= sure.ruled, told.types[:, 1:].max(axis=1) >= sure.own)
    return [int(n) for n in np.flatnonzero(wanted)]


def _opinions(asked: Asked, own: Told, told: Told, labels: Labels, sure: Sure, parties: Parties) -> list[Opinion]:
    """Those of a sentence's words that may tell an event, or of which the rules say so."""
    telling = told.telling
    polarities, modalities = told.polarities.argmax(axis=1), told.modalities.argmax(axis=1)
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
        if asked.rules[n] is not None or telling[n] >= sure.ruled
    ]


@cache
def open_model(folder: Path) -> Model:
    """The process's one model of that folder. From then on numpy works on one thread.

    Its matrices are small: more threads only wait for each other, and take what the other processes need.
    """
    threadpool_limits(1, user_api="blas")
    return Model.open(folder)
