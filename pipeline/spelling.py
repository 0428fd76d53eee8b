"""How names are compared: their normal form."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a"})
_QUOTES = re.compile("['’‘`´ʻʼʾʿʹ′\"“”.]")
_MARKS = re.compile("[\u0300-\u036f]")
_BREAKS = re.compile(r"[\W_]+")
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


def normal_name(name: str) -> str:
    """How names are compared: lower case, no accents, quotes or dots; hyphens are spaces; "St" is "saint".

    >>> normal_name("Al-Qa’im"), normal_name("St. Louis"), normal_name("Łódź")
    ('al qaim', 'saint louis', 'lodz')
    """
    plain = _QUOTES.sub("", name).casefold()
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain.translate(_LETTERS)))
    return " ".join(_SHORT.get(word, word) for word in _BREAKS.sub(" ", plain).split())
