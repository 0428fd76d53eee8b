"""How place names are compared: their normal form, and the forms of one name that all count as it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a"})
_QUOTES = re.compile("['’‘`´ʻʼʾʿʹ′\"“”.]")
_MARKS = re.compile("[\u0300-\u036f]")
_LATIN = re.compile("[\x00-\u02ff\u0300-\u036f\u1e00-\u1eff\u2000-\u206f]*")
_BREAKS = re.compile(r"[^0-9a-z]+")
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
# "al-Anbar" is also "Anbar": the Arabic article and the forms it takes before sun letters, joined or not.
ARTICLES = re.compile(r"(?:al|el|ad|ar|as|ash|at|az|an) (?=\w{3})")
# "Anbar Governorate" is also "Anbar".
_KINDS = (
    "province|governorate|region|district|department|emirate|canton|prefecture|oblast|state|republic|county"
    "|wilaya|voivodeship|krai|division|parish|borough|municipality"
)
_TYPE = re.compile(rf"^(?:{_KINDS}) of (.+)$|^(.+) (?:{_KINDS})$")


def normal_name(name: str) -> str:
    """How names are compared: lower case, no accents, quotes or dots; hyphens are spaces; "St" is "saint".

    >>> normal_name("Al-Qa’im"), normal_name("St. Louis"), normal_name("Łódź")
    ('al qaim', 'saint louis', 'lodz')
    """
    plain = _QUOTES.sub("", name).casefold()
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain.translate(_LETTERS)))
    return " ".join(_SHORT.get(word, word) for word in _BREAKS.sub(" ", plain).split())


def is_latin(name: str) -> bool:
    """Are all letters of the name Latin ones? Names in other scripts are left out for now."""
    return _LATIN.fullmatch(name) is not None


def forms_of(name: str, others: Iterable[str], *, area: bool, arabic: bool) -> set[str]:
    """The normal forms under which a place is found: of its name and its other names, in Latin script.

    An area is also found without its kind ("Anbar Governorate"), a place in an `arabic` land without its article.
    """
    given = [n for n in (name, *others) if is_latin(n) and not _is_code(n, name)]
    keys = {normal_name(n) for n in given}
    if area:
        keys |= {normal_name(n.split(",")[0]) for n in given}  # "Dagestan, Respublika"
        keys |= {m[1] or m[2] for key in keys if (m := _TYPE.match(key))}
    if arabic:
        keys |= {ARTICLES.sub("", key, count=1) for key in keys if ARTICLES.match(key)}
    return {key for key in keys if len(key) > 1}


def _is_code(alias: str, name: str) -> bool:
    """Airport codes and the like ("LON") among the other names."""
    return alias != name and len(alias) <= 3 and alias.isupper()
