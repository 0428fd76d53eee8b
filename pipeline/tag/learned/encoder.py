"""The encoder: sentences as vectors, one for each piece of a word.

A MiniLM (Apache-2.0) in int8, run by ONNX Runtime on one thread; `pipeline/tag/training` makes it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from pipeline.errors import ConfigError
from pipeline.tag.learned import NETWORK, TOKENIZER

Floats = npt.NDArray[np.float32]
TOGETHER = 8  # sentences of like length that are read at once: more does not pay on one thread
LONGEST = 160  # pieces of words of a sentence that are read


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text in pieces of words: their `ids`, between marks of beginning and end, and where each begins in the text."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]

    def at(self, start: int, end: int) -> int | None:
        """The number (in `ids`) of the first piece that begins within a word; None beyond what is read."""
        n = bisect_left(self.starts, start)
        return n + 1 if n < len(self.starts) and self.starts[n] < end else None


@dataclass(frozen=True, slots=True)
class Pieced:
    """What cuts texts into pieces."""

    tokenizer: Any

    @classmethod
    def open(cls, folder: Path) -> Pieced:
        """OSError where there is no such file; what the library raises where it cannot be read."""
        tokenizer = Tokenizer.from_str((folder / TOKENIZER).read_text("utf-8"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(LONGEST)
        return cls(tokenizer)

    def cut(self, texts: Sequence[str]) -> list[Pieces]:
        """The texts in pieces."""
        found = self.tokenizer.encode_batch(list(texts))
        return [Pieces(tuple(f.ids), tuple(start for start, _ in f.offsets[1:-1])) for f in found]


@dataclass(frozen=True, slots=True)
class Encoder:
    """What makes vectors of texts."""

    session: Any
    pieced: Pieced

    @classmethod
    def open(cls, folder: Path) -> Encoder:
        """ConfigError names the folder of which a file is missing or cannot be read."""
        try:
            session = onnxruntime.InferenceSession(str(folder / NETWORK), _one_thread(), ["CPUExecutionProvider"])
            return cls(session, Pieced.open(folder))
        except Exception as error:  # both libraries raise their own
            raise ConfigError(f"the learned coder's folder {folder}", str(error), f"{NETWORK}, {TOKENIZER}") from error

    def encode(self, texts: Sequence[str]) -> list[tuple[Pieces, Floats]]:
        """Each text's pieces and their vectors (pieces by 384); texts of like length are read together."""
        pieces = self.pieced.cut(texts)
        found: dict[int, Floats] = {}
        for batch in _batches([len(p.ids) for p in pieces]):
            states = self._states([pieces[n].ids for n in batch])
            found |= {n: states[row, : len(pieces[n].ids)] for row, n in enumerate(batch)}
        return [(p, found[n]) for n, p in enumerate(pieces)]

    def _states(self, batch: Sequence[Sequence[int]]) -> Floats:
        ids = np.zeros((len(batch), max(map(len, batch))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        (states,) = self.session.run(None, {"ids": ids, "mask": mask})
        return np.asarray(states, dtype=np.float32)


def _one_thread() -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # workers are processes of their own
    options.log_severity_level = 3
    return options


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of texts, of like length together."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    return (order[n : n + TOGETHER] for n in range(0, len(order), TOGETHER))
