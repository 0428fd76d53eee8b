"""The forms of one place name that all count as it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.spelling import normal_name

_LATIN = re.compile("[\x00-\u02ff\u0300-\u036f\u1e00-\u1eff\u2000-\u206f]*")
# "al-Anbar" is also "Anbar": the Arabic article and the forms it takes before sun letters, joined or not.
ARTICLES = re.compile(r"(?:al|el|ad|ar|as|ash|at|az|an) (?=\w{3})")
# "Anbar Governorate" is also "Anbar".
_KINDS = (
    "province|governorate|region|district|department|emirate|canton|prefecture|oblast|state|republic|county"
    "|wilaya|voivodeship|krai|division|parish|borough|municipality"
)
_TYPE = re.compile(rf"^(?:{_KINDS}) of (.+)$|^(.+) (?:{_KINDS})$")


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
