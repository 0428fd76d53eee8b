"""Dates in the words of other languages (months.toml) → the same date in English, for `dates` to read."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# Letters that have no decomposition, and are written without their stroke where there is no keyboard for it.
_STROKES = str.maketrans("ıłøđ", "ilod")
# Not the h of 15h07. كانون_الثاني is two words, one month.
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:['’׳״_][^\W\d_]+)*[.׳]?")
_PAIRS = re.compile(r"\b(كانون|تشرين)\s+(?=ال)")
_ELIDED = re.compile(r"\bd['’](?=[^\W\d_])")  # 10 d'abril
# 2025年6月10日（火）15時07分41秒, 2025년 6월 10일 화요일 오후 3시 7분
_WEEKDAY = re.compile(
    r"[(（](?:[月火水木金土日一二三四五六月화수목금토일월])[)）]|(?:星期|礼拜|周|週)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일"
)
_NUMBERED = tuple(
    (re.compile(form), put)
    for form, put in (
        (r"([時时点點시分분])\s*(\d)(?!\d)", r"\g<1>0\2"),  # 3시 7분
        (r"(\d)\s*[年년]\s*(?=\d)", r"\1-"),
        (r"(\d)\s*[月월]\s*(?=\d)", r"\1-"),
        (r"(\d)\s*[日号號일]", r"\1 "),
        (r"(\d)\s*[時时点點시]\s*(?=\d)", r"\1:"),
        (r"(\d)\s*[時时点點시]", r"\1:00 "),
        (r"(\d)\s*[分분]\s*(?=\d)", r"\1:"),
        (r"(\d)\s*[分분秒초]", r"\1 "),
    )
)
_BOTH_NAMES = re.compile(rf"\b({'|'.join(ENGLISH)})(?:\s*/\s*|\s+)(?:\1)\b")  # يونيو/حزيران
_HALF_FIRST = re.compile(r"\b([ap]m)\s*(\d{1,2}(?::\d{2}){1,2})")


def fold(text: str) -> str:
    """Lower case, plain digits, no accents, no invisible characters: what tells no word from another.

    >>> fold("١٠ Août ２０２５")
    '10 aout 2025'
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(_digit(sign) for sign in parts if unicodedata.category(sign) not in ("Mn", "Cf"))
    return unicodedata.normalize("NFC", kept).translate(_STROKES)


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign, sign))


def in_english(folded: str, language: str | None) -> str:
    """The date with English names of months, without words that mean nothing in a date, day and time in digits.

    >>> in_english(fold("martes, 10 de junio de 2025 a las 15:07"), "es")
    'martes, 10 june 2025 15:07'
    """
    text = _PAIRS.sub(r"\1_", _ELIDED.sub(" ", folded)).replace("،", ",")
    text = _WEEKDAY.sub(" ", text)
    for half, words in _east_asian().items():
        for word in words:
            text = text.replace(word, f" {half} ")
    for form, put in _NUMBERED:
        text = form.sub(put, text)
    text = _WORD.sub(lambda match: _translated(match[0], (language or "")[:2].lower()), text)
    text = _HALF_FIRST.sub(r"\2 \1", _BOTH_NAMES.sub(r"\1", text))
    return " ".join(text.split())


def _translated(word: str, language: str) -> str:
    """The English for a word of a date, "" for a filler, the word itself where it is none of ours."""
    bare = word.rstrip(".׳")
    if number := month_number(bare, language):
        return ENGLISH[number - 1]
    return words().get(bare, word)


def month_number(name: str, language: str = "") -> int | None:
    """1 to 12 for a folded name: in that language if it is known, else in any, as long as all agree."""
    meanings = months().get(name, {})
    if language in meanings:
        return meanings[language]
    numbers = set(meanings.values())
    return numbers.pop() if len(numbers) == 1 else None


@cache
def months() -> dict[str, dict[str, int]]:
    """Folded name → language → month."""
    found: dict[str, dict[str, int]] = {}
    for language, table in _table()["months"].items():
        for number, names in enumerate(table["names"], 1):
            for name in names.split():
                found.setdefault(fold(name), {})[language] = number
    return found


@cache
def words() -> dict[str, str]:
    """Folded fillers and halves of the day → what they are in English."""
    fillers = dict.fromkeys((fold(word) for word in _table()["fillers"]["words"].split()), "")
    return fillers | {fold(word): half for half, names in _table()["halves"].items() for word in names}


@cache
def _east_asian() -> dict[str, tuple[str, ...]]:
    """Halves of the day that are written without a space around them."""
    return {
        half: tuple(fold(word) for word in names if "\u3000" < word[0] < "\ud800")
        for half, names in _table()["halves"].items()
    }


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("pipeline.parse").joinpath("months.toml").read_text(encoding="utf-8"))
