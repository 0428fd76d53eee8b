"""The encoder: sentences as vectors, one for each piece of a word.

A MiniLM (Apache-2.0) in int8, run by ONNX Runtime on one thread; `pipeline/tag/training` makes it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from pipeline.errors import ConfigError
from pipeline.tag.learned import NETWORK, TOKENIZER

Floats = npt.NDArray[np.float32]
REMEMBERED = 128  # texts, 6 MB of them: an article's sentences, until its own vector is made of the first
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

    def cut(self, text: str) -> Pieces:
        """The text in pieces."""
        found = self.tokenizer.encode(text)
        return Pieces(tuple(found.ids), tuple(start for start, _ in found.offsets[1:-1]))


Encoded = tuple[Pieces, Floats]


class Encoder:
    """What makes vectors of texts, each read by itself.

    Texts of unlike length that are read together are filled up to the longest, which costs more than it saves on one
    thread; and int8 rounds by all that is read at once, so that a sentence would tell what stood beside it.
    """

    def __init__(self, session: Any, pieced: Pieced) -> None:
        self._session, self._pieced = session, pieced
        self.encode: Callable[[str], Encoded] = lru_cache(REMEMBERED)(self._encode)
        """A text's pieces and their vectors (pieces by 384); a text that was read just now is not read again."""

    @classmethod
    def open(cls, folder: Path) -> Encoder:
        """ConfigError names the folder of which a file is missing or cannot be read."""
        where = f"the learned coder's folder {folder}"
        try:
            session = onnxruntime.InferenceSession(str(folder / NETWORK), _one_thread(), ["CPUExecutionProvider"])
            pieced = Pieced.open(folder)
        except Exception as error:  # both libraries raise their own
            raise ConfigError(where, str(error), f"{NETWORK}, {TOKENIZER}") from error
        if [(i.name, len(i.shape)) for i in session.get_inputs()] != [("ids", 1)]:
            raise ConfigError(where, f"{NETWORK} does not take the pieces of one text", "train it again")
        return cls(session, pieced)

    def _encode(self, text: str) -> Encoded:
        pieces = self._pieced.cut(text)
        (states,) = self._session.run(None, {"ids": np.array(pieces.ids, dtype=np.int64)})
        return pieces, np.asarray(states, dtype=np.float32)


def _one_thread() -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # workers are processes of their own
    options.log_severity_level = 3
    return options
