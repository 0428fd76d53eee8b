"""What articles are about, as vectors: means over the pieces of their headlines and leads.

Training keeps these means near those of the encoder that it begins with, whose trade is to tell what is alike
(N. Reimers, I. Gurevych, "Sentence-BERT", 2019).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.records import Vector
from pipeline.tag.learned.coder import SHIPPED
from pipeline.tag.learned.opinions import Model, open_model

LEAD = 600  # characters: a text's first sentences, until they have so many
DIGITS = 3  # of a number: a cosine is right to a thousandth, and the warehouse keeps half as many bytes


@dataclass(frozen=True, slots=True)
class Vectors:
    """Makes vectors with a learned coder's encoder."""

    model: Model

    def of(self, title: str | None, sentences: Iterable[str]) -> Vector:
        """An article's, by its headline and the sentences of its lead, which the encoder has read for the coder."""
        texts = [text for text in (title or "", *_lead(sentences)) if text.strip()]
        read = [self.model.encoder.encode(text)[1] for text in texts or [""]]
        mean = np.concatenate(read).mean(axis=0)
        values = np.round(mean / np.linalg.norm(mean), DIGITS)
        return Vector(model=self.model.version, values=tuple(float(v) for v in values))


def _lead(sentences: Iterable[str]) -> Iterator[str]:
    characters = 0
    for sentence in sentences:
        yield sentence
        characters += len(sentence)
        if characters >= LEAD:
            return


def open_vectors(folder: Path | None = None) -> Vectors:
    """By the shipped learned coder, or one of the operator's; ConfigError when its folder is not whole."""
    return Vectors(open_model(folder or SHIPPED))
