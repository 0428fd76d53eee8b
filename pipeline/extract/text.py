"""Characters: what a text must not hold, whoever made it."""

from __future__ import annotations

import re
import unicodedata

from pipeline.spelling import folded as folded

BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Zero-width and direction marks, soft hyphens, BOMs, object and replacement marks, and controls but "\n" and "\t".
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc]"
)
# Joiners spell words in Arabic and Indic scripts (Persian "می‌خواهم"); anywhere else they are dirt.
STRAY_JOINER = re.compile("(?<![\u0600-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff])")
LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
LIGATURE = re.compile("[\ufb00-\ufb06]")  # a typesetter's "ﬁ", which no name or word is found by
DOUBLE = re.compile("(?<!')''(?!')")
SINGLE = re.compile("[`´]")
CURLY = (("‘‘", "“"), ("’’", "”"), ("‚‚", "„"))
LOW = re.compile(r"(?<!\S),,(?=\w)")  # ,,German quotation" of a typewriter
POINTED = re.compile(r"<<(?!\s?\d+\s?>>)[^\S\n]?([^<>\n]{2,}?)[^\S\n]?>>")  # but not "5 << 6 >> 2"
ODD_QUOTES = ("`", "´", "''", "‘‘", "’’", "‚‚", ",,", "<<")


def tidy(text: str) -> str:
    """Paragraphs as lines: NFC, no ligatures, one "\\n" between two, none empty, single blanks, nothing unseen, proper
    quote marks.

    >>> tidy("The army`s  ``final push''\\r\\n\\r\\nbegan.")
    'The army\\'s "final push"\\nbegan.'
    """
    text = UNSEEN.sub("", BREAKS.sub("\n", text))
    if "\u200c" in text or "\u200d" in text:
        text = STRAY_JOINER.sub("", text)
    if LIGATURE.search(text):
        text = text.translate(LIGATURES)
    text = _with_proper_quotes(unicodedata.normalize("NFC", text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _with_proper_quotes(text: str) -> str:
    """Two single marks as one double, backticks and acute accents as apostrophes. Curly and pointed quotes stay."""
    if not any(odd in text for odd in ODD_QUOTES):
        return text
    for pair, mark in CURLY:
        text = text.replace(pair, mark)
    text = LOW.sub("„", POINTED.sub(r"«\1»", text))
    return DOUBLE.sub('"', SINGLE.sub("'", text))


def one_line(text: str | None) -> str:
    """Tidied, on one line; "" for None."""
    return tidy(text or "").replace("\n", " ")


def plain(text: str) -> str:
    """Folded, and without accents: "Thessaloníki" and "Thessaloniki" are the same name."""
    apart = unicodedata.normalize("NFD", folded(text))
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if not unicodedata.combining(mark)))


# Chinese, Japanese and Thai put no blank between words, which have two characters on average.
UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


def words(text: str) -> int:
    """Number of words: runs of word characters, and two characters a word where words are not set apart."""
    if text.isascii() or not UNSPACED.search(text):
        return len(re.findall(r"\w+", text))
    dense = sum((len(run) + 1) // 2 for run in UNSPACED.findall(text))
    return dense + len(re.findall(r"\w+", UNSPACED.sub(" ", text)))
