"""Which state a phrase points to: country names, demonyms, capitals and seats that stand for governments.

The tables are `lexicon/nations.toml`. Codes are ISO 3166 alpha-3 with XKX for Kosovo, by the rules of PLOVER's country
slot (PLOVER manual, Open Event Data Alliance): dependencies take the code of the state that controls them
(Puerto Rico: USA) except Hong Kong and Palestine, breakaway lands the state that claims them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Nation:
    """A state as texts name it: by name, by adjective, by what stands for its government, by
    bodies only it has, by lands that PLOVER counts to it."""

    iso3: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a phrase of the table means. `iso3` None: a name that only looks like a country ("Gulf of Mexico")."""

    iso3: str | None
    demonym: bool = False
    capitals: bool = False  # matches only when written in capitals: "US", not "us"


FIELDS = ("names", "demonyms", "seats", "bodies", "lands")


def _read() -> tuple[dict[str, Nation], tuple[str, ...]]:
    """The table by ISO3, and the names that point to no state. ConfigError for a code or field that cannot be."""
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "nations.toml").read_text(encoding="utf-8"))
    nowhere = tuple(table.pop("nowhere"))
    nations = {}
    for iso3, row in table.items():
        if not re.fullmatch("[A-Z]{3}", iso3) or not row.keys() <= set(FIELDS):
            raise ConfigError(f"nations.toml {iso3}", "not a nation", f"ISO3 = {{{', '.join(FIELDS)}}}")
        nations[iso3] = Nation(iso3, **{key: tuple(values) for key, values in row.items()})
    return nations, nowhere


NATIONS, _NOWHERE = _read()

_WORD = re.compile(r"[^\W_]+(?:['’.`][^\W_]+)*\.?")
# "pro-Russian", "anti-American": not of that state. "US-led", "London-based": neither.
_SIDES = frozenset({"pro", "anti", "non", "ex", "post", "pre"})
# What follows these is whom it is about, not who it is: "ambassador to Iraq", "troops near Syria".
_ABOUT = frozenset({"to", "against", "with", "on", "near", "towards", "toward", "into", "over"})
_PERSON = re.compile(r"(?:wo)?m[ae]n$")
_LONGEST = 6


def _plain(word: str) -> str:
    """Lower case without accents, dots and quotes; no possessive."""
    word = re.sub(r"['’`]s?$", "", word)
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return re.sub(r"['’`.]", "", word).casefold()


def _key(phrase: str) -> str:
    """Its words in plain form, one space between."""
    return " ".join(_plain(w) for w in _WORD.findall(phrase))


def _plural(demonym: str) -> str:
    """ "Iraqi" → "Iraqis"; "French", "Japanese", "Swiss" and "Spaniards" stay."""
    return demonym if demonym.endswith(("sh", "ch", "ese", "s")) else f"{demonym}s"


@cache
def _entries() -> dict[str, _Entry]:
    """Every phrase of the table by its key; an earlier nation keeps a phrase that two claim."""
    found: dict[str, _Entry] = {_key(name): _Entry(None) for name in _NOWHERE}
    for nation in NATIONS.values():
        for phrase in (*nation.names, *nation.seats, *nation.bodies, *nation.lands):
            short = len(phrase.replace(".", "")) <= 4 and phrase.isupper()
            found.setdefault(_key(phrase), _Entry(nation.iso3, capitals=short))
        for demonym in nation.demonyms:
            found.setdefault(_key(demonym), _Entry(nation.iso3, demonym=True))
            found.setdefault(_key(_plural(demonym)), _Entry(nation.iso3, demonym=True))
    return found


def _matches(phrase: str) -> Iterator[tuple[int, int, _Entry]]:
    """Phrases of the table in `phrase`, left to right, the longest at each place, as (start, end, entry)."""
    words = list(_WORD.finditer(phrase))
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + size - 1].end()
            if entry := _entry_of(phrase[start:end]):
                yield start, end, entry
                at += size
                break
        else:
            at += 1


def _entry_of(text: str) -> _Entry | None:
    """What the table says of these very words; names start with a capital letter."""
    if not text[:1].isupper():
        return None
    key = _key(text)
    entry = _entries().get(key) or _entries().get(_PERSON.sub("", key))
    if entry and entry.capitals and not text.isupper():
        return None
    return entry


def _is_aside(phrase: str, start: int, end: int) -> bool:
    """Is what stands there only compared to, backed by, or spoken about ("pro-", "-led", "ambassador to")?"""
    if re.match(r"-[a-z]", phrase[end:]):
        return True
    before = re.search(r"(\w+)([-\s])(?:the\s)?$", phrase[:start].lower())
    if before is None:
        return False
    return before[1] in (_SIDES if before[2] == "-" else _ABOUT)


@lru_cache(maxsize=20_000)
def country_of(phrase: str) -> str | None:
    """ISO3 of the state that a noun phrase points to; None where there is none or it cannot be told.

    >>> country_of("Iraqi federal police"), country_of("the Kremlin"), country_of("the West")
    ('IRQ', 'RUS', None)
    """
    for start, end, entry in _matches(phrase):
        if entry.iso3 and not _is_aside(phrase, start, end):
            return entry.iso3
    return None


@lru_cache(maxsize=20_000)
def is_demonym(word: str) -> bool:
    """Is it an adjective or noun of a nation ("Iraqi", "Turks", "Frenchman")?"""
    entry = _entry_of(word.strip())
    return entry is not None and entry.demonym


@cache
def name_of(phrase: str) -> str | None:
    """ISO3 when the whole phrase is a state's name ("the United States", "UK"); None for demonyms and seats.

    >>> name_of("the US"), name_of("American"), name_of("Washington")
    ('USA', None, None)
    """
    bare = re.sub(r"^the\s+", "", phrase.strip(), flags=re.IGNORECASE)
    return _names().get(_key(bare)) if _entry_of(bare) else None


@cache
def is_seat(phrase: str) -> bool:
    """Is the whole phrase a seat that may stand for a government: "Washington", "the Kremlin"?"""
    return _key(re.sub(r"^the\s+", "", phrase.strip(), flags=re.IGNORECASE)) in _seats()


@cache
def _seats() -> frozenset[str]:
    return frozenset(_key(seat) for nation in NATIONS.values() for seat in nation.seats)


@cache
def _names() -> dict[str, str]:
    """Names of states by key."""
    return {_key(name): nation.iso3 for nation in reversed(NATIONS.values()) for name in nation.names}
