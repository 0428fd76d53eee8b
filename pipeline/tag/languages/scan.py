"""Where in a text a place name may stand, by how its script marks names: with capitals, with spaces, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.spelling import normal_name
from pipeline.tag.languages.words import Words

Marking = Literal["capitals", "words", "unspaced"]

MOST_WORDS = 5  # "République démocratique du Congo" has four
MOST_SIGNS = 9  # of a name without spaces: "圣多美和普林西比" has eight

# Arabic, Hebrew, the scripts of India, Georgian, Ethiopic, Korean: spaces but no capitals.
_SPACED = (
    "\u0591-\u05bd\u05d0-\u05f4\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\u0900-\u0963\u0980-\u0df3"
    "\u10d0-\u10fa\u1200-\u135a\uac00-\ud7a3"
)
_HAN, _KATAKANA, _THAI = "\u3400-\u9fff", "\u30a1-\u30fa\u30fc", "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_WORD = re.compile(r"[^\W\d_]+")
_SPACED_WORD = re.compile(f"[{_SPACED}\u200c]+")
_UNSPACED_RUN = re.compile(f"[{_HAN}]+|[{_KATAKANA}]+|[{_THAI}]+")
_GAP = "[ \u00a0]"
# What may stand between the words of one name: "Río de Janeiro", "Saint-Denis", "N'Djamena", "St. Louis".
_LINKS = (
    "de la|de las|de los|de|del|della|di|da|do|dos|du|des|la|las|los|el|le|les|sur|am|an der|und|et|y|e|ve|и|на"
    "|démocratique du|democrática del|democrática do|populaire de"
)
_JOINT = re.compile(rf"{_GAP}|\. |-|['’]|{_GAP}(?:{_LINKS}){_GAP}|{_GAP}(?:d|l|de l|dell|nell)['’]")
_SMALL = re.compile(rf"{_GAP}[^\W\d_]+")  # "Arabie saoudite", "Guinée équatoriale"
_BESIDE = re.compile(rf"{_GAP}|-")


@dataclass(frozen=True, slots=True)
class Guess:
    """A piece of the text that may be a name, and the forms under which it may be listed, the likeliest first."""

    start: int
    end: int
    forms: tuple[str, ...]
    marking: Marking
    touched: bool = False  # by another word with a capital: only a form with the ending of a case may be a name


def guesses(text: str, words: Words) -> Iterator[Guess]:
    """All pieces that may be names, longer ones first where they begin alike; they overlap."""
    yield from _capitals(text, words)
    yield from _spaced(text, words)
    yield from _unspaced(text)


def _capitals(text: str, words: Words) -> Iterator[Guess]:
    """Runs of words with capitals that no other such word touches: "Karim Bagdad" is no place.

    A form with the ending of a case may: "Syriens Präsident", and "Войска Сирии" where a sentence begins.
    """
    found = [m for m in _WORD.finditer(text) if m[0][0].isupper()]
    for first in range(len(found)):
        touched = first > 0 and not _may_touch(text, found[first - 1], found[first], words)
        if touched and not (words.nouns or _begins_sentence(text, found[first - 1])):
            continue
        run = _run(text, found, first)
        if tail := _SMALL.match(text, found[run[-1]].end()):
            start = found[first].start()
            yield Guess(start, tail.end(), (text[start : tail.end()],), "capitals", touched)
        for end in reversed(run):
            start, stop = found[first].start(), found[end].end()
            beside = touched or (end + 1 < len(found) and _touches(text, found[end], found[end + 1]))
            yield Guess(start, stop, tuple(_inflected(text[start:stop], words)), "capitals", beside)


def _run(text: str, found: Sequence[re.Match[str]], first: int) -> list[int]:
    """The words that may make up one name with the first."""
    run = [first]
    while run[-1] + 1 < len(found) and len(run) < MOST_WORDS and _joined(text, found[run[-1]], found[run[-1] + 1]):
        run.append(run[-1] + 1)
    return run


def _begins_sentence(text: str, word: re.Match[str]) -> bool:
    """Its capital says nothing there."""
    return text[max(0, word.start() - 4) : word.start()].rstrip(' \u00a0«„"“')[-1:] in {"", ".", "!", "?", "\n", ":"}


def _joined(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    return _JOINT.fullmatch(text, one.end(), other.start()) is not None


def _touches(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    return _BESIDE.fullmatch(text, one.end(), other.start()) is not None


def _may_touch(text: str, before: re.Match[str], word: re.Match[str], words: Words) -> bool:
    """May a name begin at this word? Not right after another name, but after "In" or "Stadt"."""
    return not _touches(text, before, word) or (
        normal_name(before[0]) in words.before and text[before.end() : word.start()] != "-"
    )


def _inflected(name: str, words: Words) -> Iterator[str]:
    """The name as it stands, then with the endings of the cases taken from its last word, or from each of two words."""
    yield name
    head, gap, last = _cut(name)
    heads = [head, *_bare(head, words)] if gap == " " and " " not in head else [head]
    for form in [last, *_bare(last, words)]:
        yield from (f"{h}{gap}{form}" for h in heads if f"{h}{gap}{form}" != name)


def _cut(name: str) -> tuple[str, str, str]:
    """All before the last word, the sign between, the last word."""
    at = max(name.rfind(" "), name.rfind("-"))
    return (name[:at], name[at], name[at + 1 :]) if at > 0 else ("", "", name)


def _bare(word: str, words: Words) -> Iterator[str]:
    for there, left in words.endings:
        stem = word.removesuffix(there)
        if stem != word and len(stem) >= 2:
            yield stem + left


def _spaced(text: str, words: Words) -> Iterator[Guess]:
    """One to three words; the first also without what is written together with it."""
    found = list(_SPACED_WORD.finditer(text))
    for first, match in enumerate(found):
        for count in (3, 2, 1):
            run = found[first : first + count]
            if len(run) < count or any(text[a.end() : b.start()] not in {" ", "-"} for a, b in pairwise(run)):
                continue
            name = text[match.start() : run[-1].end()]
            forms = [name, *_bare(name, words), *_without_prefix(name, words)]
            yield Guess(match.start(), run[-1].end(), tuple(forms), "words")


def _without_prefix(name: str, words: Words) -> Iterator[str]:
    for there, left in words.prefixes:
        if name.startswith(there) and len(name) - len(there) >= 3:
            yield left + name[len(there) :]


def _unspaced(text: str) -> Iterator[Guess]:
    """Every piece of a Chinese or Thai run; a run of katakana as a whole: it is one word."""
    for run in _UNSPACED_RUN.finditer(text):
        if re.match(f"[{_KATAKANA}]", run[0]):
            yield Guess(run.start(), run.end(), (run[0],), "unspaced")
            continue
        most = MOST_SIGNS if re.match(f"[{_HAN}]", run[0]) else 2 * MOST_SIGNS
        for start in range(run.start(), run.end()):
            for end in range(min(run.end(), start + most), start + 1, -1):
                yield Guess(start, end, (text[start:end],), "unspaced")


def is_long_enough(key: str, marking: Marking) -> bool:
    """Has the name the letters that a name needs not to be found by chance? A Korean syllable counts for two."""
    if marking == "unspaced":
        return len(key) >= 2
    return len(key) + sum("\uac00" <= sign <= "\ud7a3" for sign in key) >= 3
