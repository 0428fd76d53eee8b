"""What articles are about, as vectors: means over the pieces of their headlines and leads.

Training keeps these means near those of the encoder that it begins with, whose trade is to tell what is alike
(N. Reimers, I. Gurevych, "Sentence-BERT", 2019).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.records import Vector
from pipeline.tag.learned.coder import SHIPPED
from pipeline.tag.learned.opinions import Model, open_model

LEAD = 600  # characters of a text
DIGITS = 3  # of a number: a cosine is right to a thousandth, and the warehouse keeps half as many bytes


@dataclass(frozen=True, slots=True)
class Vectors:
    """Makes vectors with a learned coder's encoder."""

    model: Model

    def of(self, title: str | None, text: str) -> Vector:
        """An article's, or that of a few words.

        Each is read by itself: int8 rounds by what is read together, and a vector must not tell what stood beside it.
        """
        ((_, states),) = self.model.encoder.encode([f"{title or ''}\n{text[:LEAD]}".strip()])
        mean = states.mean(axis=0)
        values = np.round(mean / np.linalg.norm(mean), DIGITS)
        return Vector(model=self.model.version, values=tuple(float(v) for v in values))


def open_vectors(folder: Path | None = None) -> Vectors:
    """By the shipped learned coder, or one of the operator's; ConfigError when its folder is not whole."""
    return Vectors(open_model(folder or SHIPPED))
