"""MinHash signatures: texts that share words in a row are found without comparing all with all.

Source: A. Broder, "On the resemblance and containment of documents" (1997); banding after J. Leskovec,
A. Rajaraman, J. Ullman, "Mining of Massive Datasets", chapter 3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rensa import RMinHash

SHINGLE_WORDS = 5
PERMUTATIONS = 128
# Of 3 values each: pairs with a resemblance of .5 meet with probability .996, of .4 with .94, of .1 with .04.
BANDS = 42
_SEED = 20261122  # part of what is stored: changing it makes old signatures useless


def shingles(text: str) -> list[str]:
    """The overlapping runs of five words, in lower case; a shorter text is one run."""
    words = re.findall(r"\w+", text.lower())
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    return [" ".join(words[i : i + SHINGLE_WORDS]) for i in range(count)] if words else []


def minhash(text: str) -> tuple[int, ...]:
    """128 values whose share in common estimates the resemblance of two texts; empty for a text without words."""
    runs = shingles(text)
    if not runs:
        return ()
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update(runs)
    return tuple(sketch.digest())


def band_keys(signature: Sequence[int]) -> tuple[int, ...]:
    """One 64-bit key a band; texts that share a key are worth comparing."""
    width = PERMUTATIONS // BANDS
    return tuple(_mix(band, signature[band * width : (band + 1) * width]) for band in range(len(signature) // width))


def _mix(band: int, values: Sequence[int]) -> int:
    """FNV-1a over the values of a band, the same on any machine."""
    key = 0xCBF29CE484222325
    for value in (band, *values):
        key = ((key ^ value) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return key


def similarity(a: Sequence[int], b: Sequence[int]) -> float:
    """Estimated resemblance of two signed texts, 0 to 1 (standard error about .04)."""
    if not a or len(a) != len(b):
        return 0.0
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a)
