"""What the encoder's vectors of words tell: type, mode and truth of an event, and who plays which part in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.errors import ConfigError
from pipeline.tag.events.triggers import NO_EVENT
from pipeline.tag.learned import LABELS, WEIGHTS
from pipeline.tag.learned.encoder import Floats

Numbers = npt.NDArray[np.int64]
ROLES = ("actors", "recipients", "place")
LAYERS = ("event", "kind", "mode", "polarity", "modality", "asks", "answers")
NAMES = frozenset(
    {f"{layer}.{part}" for layer in LAYERS for part in ("weight", "bias")}
    | {"rule", "hangs", "hangs_base", "part", "part_base", "ruled"}
)


@dataclass(frozen=True, slots=True)
class Labels:
    """What the numbers mean: types (the first is none), modes as type and mode, and relations from 1 on."""

    types: tuple[str, ...]
    modes: tuple[tuple[str, str | None], ...]
    polarities: tuple[str, ...]
    modalities: tuple[str, ...]
    relations: dict[str, int]

    @classmethod
    def of(cls, row: dict[str, Any]) -> Labels:
        """From JSON."""
        modes = tuple((kind, mode) for kind, mode in row["modes"])
        relations = {name: n for n, name in enumerate(row["relations"], start=1)}
        return cls(tuple(row["types"]), modes, tuple(row["polarities"]), tuple(row["modalities"]), relations)


@dataclass(frozen=True, slots=True)
class Told:
    """Of each word: shares of types, scores of modes, shares of polarities and modalities (words by labels)."""

    types: Floats
    modes: Floats
    polarities: Floats
    modalities: Floats

    @property
    def telling(self) -> Floats:
        """How likely each word tells any event."""
        return np.asarray(1 - self.types[:, 0], dtype=np.float32)

    def rows(self, start: int, end: int) -> Told:
        """Of some of the words."""
        return Told(*(getattr(self, f.name)[start:end] for f in fields(self)))

    def with_rows(self, at: Numbers, other: Told) -> Told:
        """With what another one tells of the words of these numbers."""
        whole = Told(*(getattr(self, f.name).copy() for f in fields(self)))
        for field in fields(self):
            getattr(whole, field.name)[at] = getattr(other, field.name)
        return whole


@dataclass(frozen=True, slots=True)
class Heads:
    """Layers over the encoder, small enough for numpy."""

    labels: Labels
    weights: dict[str, Floats]

    @classmethod
    def open(cls, folder: Path) -> Heads:
        """ConfigError names the folder whose files are missing or do not fit."""
        where = f"the learned coder's folder {folder}"
        try:
            labels = Labels.of(json.loads((folder / LABELS).read_text("utf-8")))
            with np.load(folder / WEIGHTS) as stored:
                weights = {name: stored[name].astype(np.float32) for name in stored.files}
            wrong = _wrong_with(labels, weights)
        except Exception as error:  # json and numpy raise what they like at spoilt bytes
            raise ConfigError(where, str(error), f"{WEIGHTS}, {LABELS}") from error
        if wrong:
            raise ConfigError(where, wrong, "both of one training")
        return cls(labels, weights)

    def told(self, words: Floats, rules: Numbers) -> Told:
        """What is told of words (words by 384), of which the rules say what stands in `rules` (0: nothing)."""
        inner = _gelu(self._linear("event", np.concatenate([words, self.weights["rule"][rules]], axis=1)))
        return Told(
            types=_softmax(self._linear("kind", inner)),
            modes=self._linear("mode", inner),
            polarities=_softmax(self._linear("polarity", inner)),
            modalities=_softmax(self._linear("modality", inner)),
        )

    def asks(self, events: Floats) -> Floats:
        """What events (words by 384) ask when they look for their parts."""
        return self._linear("asks", events)

    def answers(self, others: Floats) -> Floats:
        """What words (words by 384) answer whatever event asks."""
        return self._linear("answers", others)

    def parts(self, asks: Floats, answers: Floats, relations: Numbers, rules: Floats) -> Floats:
        """How likely each other word, of which there are `answers`, is each of `ROLES` in the event that `asks`.

        `relations` says how each hangs on the event, `rules` (others by roles) which part the rules give it.
        """
        w = self.weights
        pairs = asks + answers + w["hangs"][relations]
        scores = (np.tanh(pairs).reshape(len(answers), *w["part"].shape) * w["part"]).sum(axis=2)
        return _sigmoid(scores + w["part_base"] + w["hangs_base"][relations] + rules @ w["ruled"])

    def _linear(self, name: str, inputs: Floats) -> Floats:
        return np.asarray(inputs @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"], dtype=np.float32)


def _wrong_with(labels: Labels, weights: dict[str, Floats]) -> str | None:
    """Why these are no heads; None where nothing is wrong."""
    if missing := NAMES - weights.keys():
        return f"{WEIGHTS} lacks {', '.join(sorted(missing))}"
    fit = (len(weights["rule"]), len(weights["mode.bias"]), len(weights["hangs"]) - 1)
    if fit != (len(labels.types), len(labels.modes), len(labels.relations)):
        return f"{WEIGHTS} and {LABELS} do not fit"
    return None if labels.types[0] == NO_EVENT else f"{LABELS} begins with {labels.types[0]}, not {NO_EVENT}"


def _gelu(x: Floats) -> Floats:
    """By tanh, as in training; `x**3` would take thirty times longer."""
    return np.asarray(0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x))), dtype=np.float32)


def _softmax(scores: Floats) -> Floats:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float32)


def _sigmoid(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)
