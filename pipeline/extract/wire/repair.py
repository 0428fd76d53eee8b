"""Text as it was written: wrongly decoded characters, entities, hard line breaks and split words are mended.

Words between quotation marks stay as they are; only what a machine did to them is undone.
"""

from __future__ import annotations

import html
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import ftfy

from pipeline.extract.text import tidy

# UTF-8 read as Latin-1, Windows-1252 or Windows-1251: a lead byte's letter before one of the upper half's signs.
SUSPICIOUS = re.compile(
    "[\x80-\x9f]|[\u00c2-\u00f4][\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    "|[РС][\u0401-\u040f\u0451-\u045f\u0490\u0491\u00a0-\u00bb‚-™]"
)
LEAD = re.compile(
    "[\x80-\x9f\u00c2-\u00f4РС]"
)  # what each of these begins with: asked first, for it is three times as fast
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
SPLIT = re.compile(r"([^\W\d_]{2,})[-‐]\n([^\W\d_]{2,})")
HYPHEN = re.compile(r"- (?<=[^\W\d_]- )(?=[^\W\d_])")
SPLIT_IN_LINE = re.compile(r"\b([^\W\d_]{2,})- ([^\W\d_]{2,})\b")
SUSPENDED = re.compile(r"(?:and|or|to|und|oder|bis|et|ou|y|o|e|en|of|и|или)\b")  # "two- and three-storey"
# A quotation of several paragraphs has no mark at the end of all but the last: it ends with the line. The inside is
# bounded, for 20,000 marks without a counterpart took 25 s.
INSIDE = "{0,2000}"
QUOTED = re.compile(
    rf"“[^“”\n]{INSIDE}(?:”|$)|„[^„“”\n]{INSIDE}(?:[“”]|$)|«[^«»\n]{INSIDE}(?:»|$)|\"[^\"\n]{INSIDE}\""
    rf"|(?<!\w)\"(?=\w)[^\"\n]{INSIDE}$|「[^「」\n]{INSIDE}(?:」|$)|『[^『』\n]{INSIDE}(?:』|$)|(?<!\w)»(?=\S)[^»«\n]{INSIDE}«"
    rf"|(?<!\w)”(?=\w)[^”\n]{INSIDE}”|‘[^‘’\n]{INSIDE}’(?!\w)|(?<!\w)['‘’](?=\w)(?:[^'’\n]|(?<=\w)['’](?=\w)){INSIDE}['’](?!\w)",
    re.MULTILINE,
)
STOPS = tuple(".!?…:;。！？؟।۔'\"”’»」』)]")
COMMA = (",", "،", "、", "，")
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")  # Japanese and Chinese put no blank between words
BULLET = re.compile(r"[-–—•·*▪►●○■□]|\d+[.)]")

NEAR = 60  # characters on either side of a mark that hold the words beside it
WRAP_LINES = 6  # fewer lines tell nothing of how a text was wrapped
WRAP_WIDEST = 90  # characters; plain-text wires wrap at 60 to 80
WRAP_NARROWEST = 45
FULL_LINES = 4  # as full as can be: no accident
CUT_WORDS = 12  # of a line without a stop before an advertisement: fewer are a heading
LONG_ENOUGH = 8  # words of a line that may be half a sentence: shorter ones are headings and list items


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A line that stays; `gap`: why something between it and the line before went out, None where nothing did."""

    text: str
    gap: str | None = None


@cache
def breaks() -> dict[str, Any]:
    """The table [breaks] of `rules.toml`."""
    table: dict[str, Any] = tomllib.loads((files("pipeline.extract.wire") / "rules.toml").read_text("utf-8"))["breaks"]
    return table


def repaired(text: str) -> str:
    """The text decoded, unwrapped and tidied: paragraphs as lines. Doing it again changes nothing.

    >>> repaired("The govern-\\nment&amp;#8217;s cafÃ©")
    'The government’s café'
    """
    text = tidy(_mended(text))
    while (mended := _mended(text)) != text:
        text = tidy(mended)
    return text


def _mended(text: str) -> str:
    return _unwrapped(_unsplit(_decoded(text)))


def _decoded(text: str) -> str:
    """Entities that were escaped twice as characters; UTF-8 read as something else as it was meant."""
    if "&" in text:
        text = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    if text.isascii() or not LEAD.search(text) or not SUSPICIOUS.search(text):
        return text
    return "\n".join(ftfy.fix_encoding(line) if SUSPICIOUS.search(line) else line for line in text.split("\n"))


def _unsplit(text: str) -> str:
    """Words that a line's end split with a hyphen in one piece again."""
    if "-\n" in text or "‐\n" in text:
        written, quotes = _Written(text), _Quotes(SPLIT.sub(lambda split: split[0].replace("\n", " "), text))
        text = SPLIT.sub(lambda split: _whole(split, written, quotes), text)
    if HYPHEN.search(text):
        written, quotes = _Written(text), _Quotes(text)
        text = SPLIT_IN_LINE.sub(lambda split: _whole_in_line(split, written, quotes), text)
    return text


class _Written:
    """The words of a text, in one piece and with a hyphen."""

    def __init__(self, text: str) -> None:
        lowered = text.lower()
        self._plain = set(re.findall(r"\w+", lowered))
        self._hyphened = set(re.findall(r"(?=\b(\w+-\w+)\b)", lowered))

    def __contains__(self, word: str) -> bool:
        return word.lower() in (self._hyphened if "-" in word else self._plain)


class _Quotes:
    """Where the quotations of a text begin and end; they do not overlap."""

    def __init__(self, text: str) -> None:
        spans = [quote.span() for quote in QUOTED.finditer(text)]
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]

    def hold(self, place: int) -> bool:
        """Does this place lie inside of one?"""
        before = bisect_left(self._starts, place) - 1
        return before >= 0 and place < self._ends[before]


def _whole(split: re.Match[str], written: _Written, quotes: _Quotes) -> str:
    """The word without its hyphen, unless it is a compound's, or the second half is a name.

    In a quotation the hyphen stays unless the text elsewhere writes the word without: it may be the speaker's.
    """
    first, second = split[1], split[2]
    if not second[0].islower() or SUSPENDED.match(second):
        return f"{first}-{' ' if SUSPENDED.match(second) else ''}{second}"
    hyphened = f"{first}-{second}" in written or first.lower() in breaks()["compounds"]
    keeps = f"{first}{second}" not in written and (hyphened or quotes.hold(split.start()))
    return f"{first}-{second}" if keeps else f"{first}{second}"


def _whole_in_line(split: re.Match[str], written: _Written, quotes: _Quotes) -> str:
    """ "govern- ment" in one piece where the text has "government" too; "two- and three-storey" stays."""
    first, second = split[1], split[2]
    if not second.islower() or SUSPENDED.fullmatch(second) or quotes.hold(split.start()):
        return split[0]
    return first + second if first + second in written else split[0]


def _unwrapped(text: str) -> str:
    """Paragraphs as lines, where all lines break at the same width in the middle of sentences."""
    lines = [line.strip() for line in text.split("\n")]
    full = [line for line in lines if line]
    if len(full) < WRAP_LINES or max(map(len, full)) > WRAP_WIDEST or not _is_wrapped(full):
        return text
    width = max(map(len, full))
    paragraphs: list[str] = []
    ended = True
    for line in lines:
        if not line:
            ended = True
            continue
        if ended or BULLET.match(line):
            paragraphs.append(line)
        else:
            paragraphs[-1] += f" {line}"
        ended = line.endswith(STOPS) and len(line) < 0.85 * width
    return "\n".join(paragraphs)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether most lines are of a plain-text wire's width, end in the middle of a sentence and go on below.

    Short paragraphs tell it as well, where each line that goes on is too full for the next one's first word.
    """
    pairs = list(pairwise(lines))
    if _is_filled(pairs, max(map(len, lines))):
        return True
    wide = sum(len(line) >= WRAP_NARROWEST for line in lines)
    open_ = sum(not line.endswith(STOPS) and not BULLET.match(line) for line in lines)
    lower = sum(not line.endswith(STOPS) and after[0].islower() for line, after in pairs)
    return 2 * wide > len(lines) and 2 * open_ > len(lines) and 5 * lower > 2 * len(pairs)


def _is_filled(pairs: Sequence[tuple[str, str]], width: int) -> bool:
    """Whether all lines but paragraphs' last ones are as full as this width lets them be."""
    open_ = [(line, after) for line, after in pairs if not line.endswith(STOPS) and not BULLET.match(after)]
    full = sum(len(line) + 1 + len(after.split(None, 1)[0]) > width for line, after in open_)
    small = sum(after[0].islower() for _, after in open_)
    return width >= WRAP_NARROWEST and full >= FULL_LINES and full == len(open_) and 2 * small > len(open_)


def joined(pieces: Iterable[Piece]) -> list[str]:
    """The lines, halves of a sentence that a removed line or a break parted in one again."""
    lines: list[str] = []
    for piece in pieces:
        if lines and _are_halves(lines[-1], piece.text, piece.gap):
            blank = "" if UNSPACED.match(lines[-1][-1]) or UNSPACED.match(piece.text) else " "
            lines[-1] += blank + piece.text
        else:
            lines.append(piece.text)
    return lines


def _are_halves(first: str, second: str, gap: str | None) -> bool:
    """Whether a sentence goes on from the one line to the other.

    Sure where something was taken out between them; without it both must be long, as lists are not.
    """
    if first.endswith(STOPS) or BULLET.match(first) or BULLET.match(second) or not second[0].isalpha():
        return False
    goes_on = second[0].islower()
    if gap is None:
        long = first.count(" ") >= LONG_ENOUGH and second.count(" ") >= LONG_ENOUGH
        return long and goes_on and first[-1].isalpha()
    hangs = first.endswith(COMMA) or first.rpartition(" ")[2] in breaks()["hanging"]
    if gap == "advert" and first.count(" ") >= CUT_WORDS and first.rpartition(" ")[2][0].isupper():
        return True  # "… reaches Lake", an advertisement, "Tharthar in the south"
    return first.count(" ") >= 2 and (goes_on or hangs) if " " in first else hangs


@cache
def _advert() -> re.Pattern[str]:
    words = sorted(breaks()["words"], key=len, reverse=True)
    bare = "|".join(re.escape(word.upper()) for word in words)
    any_case = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?:(?<=\s)|^)(?:[-–—]\s*)?(?:(?:{bare})|[(\[](?i:{any_case})[)\]])(?:\s*[-–—])?(?=\s|$)")


def may_hold_adverts(text: str) -> bool:
    """Whether the text has one of the words at all: asked once, it saves asking each line."""
    lowered = text.lower()
    return any(word in lowered for word in _shortest_words())


@cache
def _shortest_words() -> tuple[str, ...]:
    words = breaks()["words"]
    return tuple(word for word in words if not any(other in word and other != word for other in words))


def without_adverts(line: str) -> tuple[str, tuple[str, ...]]:
    """(the line without advertising marks in its middle, those marks). What stands in quotation marks stays.

    >>> without_adverts("The dam ADVERTISEMENT broke at dawn.")
    ('The dam broke at dawn.', ('ADVERTISEMENT',))
    """
    marks = list(_advert().finditer(line))
    quotes = _Quotes(line) if marks else None
    found = [mark for mark in marks if quotes is not None and _is_stray(mark, line, quotes)]
    if not found:
        return line, ()
    ends = [0, *(mark.end() for mark in found)]
    starts = [*(mark.start() for mark in found), len(line)]
    parts = (line[start:end].strip() for start, end in zip(ends, starts, strict=True))
    return " ".join(part for part in parts if part), tuple(mark[0] for mark in found)


def _is_stray(mark: re.Match[str], line: str, quotes: _Quotes) -> bool:
    """No part of a headline in capitals, of a quotation, of a line that holds nothing else, no noun of the sentence."""
    around = (
        line[max(0, mark.start() - NEAR) : mark.start()].split()[-1:],
        line[mark.end() : mark.end() + NEAR].split()[:1],
    )
    near = [word for side in around for word in side]
    shouted = any(len(word) > 1 and word.isupper() for word in near)
    bare = mark[0].strip(" -–—")[0] not in "([" and " " not in mark[0].strip(" -–—")
    noun = bare and bool(around[0]) and around[0][0].lower() in breaks()["articles"]
    return bool(near) and not shouted and not noun and not quotes.hold(mark.start())
