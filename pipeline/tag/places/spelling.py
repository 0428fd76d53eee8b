"""The forms of one place name that all count as it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from pipeline.spelling import normal_name
from pipeline.tag.places.features import features

_LATIN = re.compile("[\x00-\u02ff\u0300-\u036f\u1e00-\u1eff\u2000-\u206f]*")
# "al-Anbar" is also "Anbar": the Arabic article and the forms it takes before sun letters, joined or not.
ARTICLES = re.compile(r"(?:al|el|ad|ar|as|ash|at|az|an) (?=\w{3})")
# "Anbar Governorate" is also "Anbar".
_KINDS = (
    "province|governorate|region|district|department|emirate|canton|prefecture|oblast|state|republic|county"
    "|wilaya|voivodeship|krai|division|parish|borough|municipality|okrug|rayon|raion|territory"
)
_TYPE = re.compile(rf"^(?:{_KINDS}) of (.+)$|^(.+?) (?:autonomous )?(?:{_KINDS})$")

# Where names carry an Arabic article that English texts keep or drop.
ARABIC = frozenset(
    {"IRQ", "SYR", "SAU", "YEM", "OMN", "ARE", "QAT", "BHR", "KWT", "JOR", "LBN", "PSE", "ISR", "EGY", "SDN", "LBY"}
    | {"TUN", "DZA", "MAR", "ESH", "MRT", "IRN", "SOM", "DJI", "TCD"}
)
# Where names are written in other scripts, so that each paper spells them in its own way.
TRANSLITERATED = ARABIC | frozenset(
    {"AFG", "PAK", "IND", "BGD", "NPL", "LKA", "MMR", "THA", "LAO", "KHM", "CHN", "KOR", "PRK", "JPN", "MNG", "TWN"}
    | {"RUS", "UKR", "BLR", "BGR", "MKD", "SRB", "MNE", "GRC", "CYP", "GEO", "ARM", "AZE", "KAZ", "KGZ", "TJK", "UZB"}
    | {"TKM", "ETH", "ERI", "KWT", "MDV", "BTN", "COM"}
)


class Named(Protocol):
    """What `forms_of` reads of a row."""

    geonameid: int
    name: str
    names: Iterable[str]
    sure: Iterable[str]
    country: str | None
    feature: str
    population: int


SMALL = 1_000  # people: of smaller places only names in Latin script are kept


def is_latin(name: str) -> bool:
    """Are all letters of the name Latin ones?"""
    return name.isascii() or _LATIN.fullmatch(name) is not None


def forms_of(row: Named) -> set[str]:
    """The normal forms under which a place is found: of its name and its other names, in every script.

    An area is also found without its kind ("Anbar Governorate"), a place in an Arabic land without its article, a
    place of our own with the words for its kind. Small places keep Latin names alone; codes, machine transcripts
    without vowels ("swldw") and texts of more than 60 letters are left out.
    """
    area = row.feature.startswith("ADM")
    small = row.feature.startswith("PPL") and row.population < SMALL and row.geonameid > 0
    given = {n for n in row.names if not _is_noise(n, small=small)}
    given.add(row.name)
    given.update(row.sure)
    keys = {normal_name(n) for n in given}
    if area:
        keys |= {normal_name(n.split(",")[0]) for n in given}  # "Dagestan, Respublika"
        keys |= {m[1] or m[2] for key in keys if (m := _TYPE.match(key))}
    if row.country in ARABIC:
        keys |= {ARTICLES.sub("", key, count=1) for key in keys if ARTICLES.match(key)}
    if row.geonameid < 0 and row.feature in features().words:
        keys |= set(_with_kind(keys, *features().words[row.feature]))
    return {key for key in keys if len(key) > 1 or not key.isascii()}


def _with_kind(keys: Iterable[str], before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """Each name with every word for its kind. A name that ends in one swaps it and never loses it ("Red River")."""
    before, after = list(before), list(after)
    for key in (k for k in keys if k.isascii()):
        stem = key
        for word in sorted(after, key=len, reverse=True):
            stem = key.removesuffix(f" {word}") if key.endswith(f" {word}") else stem
            if stem != key:
                break
        for word in sorted(before, key=len, reverse=True):
            stem = stem.removeprefix(f"{word} ")
        yield from (f"{word} {stem}" for word in before)
        yield from (f"{stem} {word}" for word in after)


_VOWELLESS = re.compile(r"(?:^|[ -])[^aeiouyAEIOUY -]{4,}(?:$|[ -])")


def _is_noise(alias: str, *, small: bool) -> bool:
    """Airport codes and the like ("LON"), vowelless transcripts ("swldw"), whole addresses among the other names."""
    if alias.isascii():
        return (len(alias) <= 3 and alias.isupper()) or len(alias) > 60 or _VOWELLESS.search(alias) is not None
    return len(alias) > 60 or (small and not is_latin(alias))


# Letters and pairs that transliterations use for one sound, longest first.
_SOUNDS = (
    ("shch", "s"), ("sch", "s"), ("tch", "s"), ("dzh", "j"), ("kh", "k"), ("gh", "g"), ("sh", "s"), ("ch", "s"),
    ("zh", "j"), ("dj", "j"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ts", "s"), ("ck", "k"), ("x", "ks"),
    ("q", "k"), ("c", "k"), ("z", "s"),
)  # fmt: skip
_SOUND = re.compile("|".join(a for a, _ in _SOUNDS))
_SOUND_OF = dict(_SOUNDS)
_ARTICLE = re.compile(r"(?<!\w)(?:a[dlnrstz]|ash|e[dlnrstz]|esh|ul|ur|us|oul)(?: |$)")
_ASSIMILATED = re.compile(r"(?<!\w)[ae]([dnrstz])(?=\1)")
_SILENT = re.compile("[aeiouywh]+")
_DOUBLE = re.compile(r"(\w)\1+")
FUZZY_LETTERS = 5  # shorter names are too alike: "Homs", "Hums", "Hamas"
FUZZY_BONES = 3
FUZZY_PEOPLE = 5_000


def _skeleton(key: str) -> str:
    """The consonants of a normal name in Latin script as transliterations share them; "" when too few are left.

    >>> _skeleton("deir ezzor"), _skeleton("dayr az zawr"), _skeleton("al qaim")
    ('drsr', 'drsr', '')
    """
    plain = _ASSIMILATED.sub("", _ARTICLE.sub("", key))
    first = "a" if plain[:1] in "aeiou" else ""
    sounds = _SILENT.sub("", _SOUND.sub(lambda m: _SOUND_OF[m[0]], plain))
    bones = first + _DOUBLE.sub(r"\1", sounds.replace(" ", ""))
    return bones if len(bones.removeprefix("a")) >= FUZZY_BONES else ""


def skeleton_of(name: str) -> str:
    """The skeleton of a name that is looked up; "" for a name too short or in another script to be compared so."""
    key = normal_name(name)
    return _skeleton(key) if key.isascii() and len(key) >= FUZZY_LETTERS else ""


def skeletons_of(row: Named, forms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(skeleton, normal name) of places large enough to be meant by a name that nobody spells so."""
    if row.country not in TRANSLITERATED:
        return
    if row.feature[:3] not in ("PPL", "ADM") or (row.feature[:3] == "PPL" and row.population < FUZZY_PEOPLE):
        return
    for key in forms:
        if key.isascii() and len(key) >= FUZZY_LETTERS and (bones := _skeleton(key)):
            yield bones, key
