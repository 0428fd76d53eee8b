"""Who is known beforehand: the lexicon of bodies and armed groups, and the names by which texts call them.

The tables are `lexicon/actors/*.toml`, one `[[actor]]` each with a line on where the fact is from. An operator's own
file of the same form adds actors, or replaces those whose `id` it repeats.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.spelling import normal_name
from pipeline.tomltext import read_toml

_ARTICLE = re.compile(r"(?:al|el|as|ash|an|ar|at|ad)[- ][A-Z]")  # "killed by al-Nur fighters"
_WORD = re.compile(r"[^\W_]+(?:['’`ʿʾ´][^\W_]+)*")
_FORM = "[[actor]] with id, name, source; sector, country, aliases, short, members, since, until if known"
_LISTS = ("aliases", "short", "members")
_TEXTS = ("id", "name", "sector", "source", "country")
ARMED = frozenset({"REB", "PRM"})
UNIONS = frozenset({"UNO", "EUR"})  # country codes of bodies that belong together
_YEARS = ("since", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A body or group that is known by name.

    `short` forms may mean something else elsewhere: they are believed where the document also has another form of the
    name or the actor's country; those of several words ("Security Council") also where the text names a body of its
    union. `since` and `until` are the years in which it existed.
    """

    id: str
    name: str
    source: str
    sector: str | None = None  # PLOVER's; None for bodies beyond states, whose country code says all
    country: str | None = None
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An actor's name in a text: offsets in code points; `certain` is False for a short form."""

    start: int
    end: int
    actor: Actor
    certain: bool
    is_one_word: bool


class Actors:
    """Actors by the words of their names."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self.by_id = {actor.id: actor for actor in actors}
        self._forms: dict[tuple[str, ...], list[tuple[Actor, bool]]] = {}
        for actor in self.by_id.values():
            sure = {_key(form) for form in (actor.name, *actor.aliases, *actor.members)}
            for key in sure:
                self._forms.setdefault(key, []).append((actor, True))
            for key in {_key(form) for form in actor.short} - sure:
                self._forms.setdefault(key, []).append((actor, False))
        self._longest = _longest_by_first_word(self._forms)

    def __len__(self) -> int:
        return len(self.by_id)

    def find(
        self,
        text: str,
        countries: Iterable[str] = (),
        year: int | None = None,
        bodies: Container[tuple[int, int]] = frozenset(),
    ) -> list[Found]:
        """Actors named in `text`, left to right, the longest form at each place.

        `countries` are the states (ISO 3166 alpha-3) that the text speaks of, `year` that of its publication: of two
        actors of one name the one that existed then, and is of one of the countries, is meant; else none. At `bodies`
        (offsets) the text names some body, so a short form of one word that only one actor has is that actor's.
        """
        near, found = set(countries), list(self._scan(text))
        sure = {actor.id for _, _, forms in found for actor, certain in forms if certain and len(forms) == 1}
        unions = {c for s, e, forms in found for c in _unions(forms, sure, (s, e) in bodies)}
        read = (
            (
                start,
                end,
                [
                    (a, c or ((start, end) in bodies and len(forms) == 1 and " " not in text[start:end]))
                    for a, c in forms
                ],
            )
            for start, end, forms in found
        )
        chosen = (
            (start, end, _choose(forms, sure, near | unions if " " in text[start:end] else near, year))
            for start, end, forms in read
        )
        return [Found(start, end, *hit, " " not in text[start:end]) for start, end, hit in chosen if hit is not None]

    def _scan(self, text: str) -> Iterator[tuple[int, int, list[tuple[Actor, bool]]]]:
        """Forms of the table in the text; a name begins with a capital letter, a digit or an Arabic article."""
        words = [
            (m.start(), m.start() + len(word), _plain(word)) for m in _WORD.finditer(text) if (word := _bare(m[0]))
        ]
        at = 0
        while at < len(words):
            start, _, first = words[at]
            small = text[start].islower()
            is_name = not small or _ARTICLE.match(text, start) is not None
            size = min(self._longest.get(first, 0), len(words) - at) if is_name else 0
            while size and not self._named(tuple(w for _, _, w in words[at : at + size]), armed=small):
                size -= 1
            if size and "\n" not in text[start : words[at + size - 1][1]]:
                yield start, words[at + size - 1][1], self._forms[tuple(w for _, _, w in words[at : at + size])]
            at += size or 1

    def _named(self, words: tuple[str, ...], *, armed: bool) -> bool:
        """Is it an actor's name; with a small "al-", which regions have as well, an armed group's?"""
        return any(a.sector in ARMED or not armed for a, _ in self._forms.get(words, ()))


def _unions(forms: list[tuple[Actor, bool]], sure: set[str], is_body: bool) -> set[str]:
    """The union of states whose body a name surely is: that of "UN", "UN Secretariat"."""
    known = [actor for actor, _ in forms if actor.id in sure or (is_body and len(forms) == 1)]
    return {actor.country for actor in known if actor.country in UNIONS}


def _choose(
    forms: list[tuple[Actor, bool]], sure: set[str], near: set[str], year: int | None
) -> tuple[Actor, bool] | None:
    """The actor that is meant: one whose name this surely is, or whose other names or country the text has."""
    fits = [(a, c) for a, c in forms if c or a.id in sure or (a.country is not None and a.country in near)]
    if len(fits) > 1:
        fits = [(a, c) for a, c in fits if _existed(a, year)] or fits
    if len(fits) > 1:
        fits = [(a, c) for a, c in fits if a.id in sure] or [(a, c) for a, c in fits if a.country in near]
    return fits[0] if len(fits) == 1 else None


def _existed(actor: Actor, year: int | None) -> bool:
    return year is None or ((actor.since or year) <= year <= (actor.until or year))


def _bare(word: str) -> str:
    """Without the "'s" of a possessive."""
    return re.sub(r"['’`´]s$", "", word)


def _plain(word: str) -> str:
    """A word for comparing; abbreviations keep their capitals ("ISIS" is not "Isis")."""
    return word if word.isupper() and len(word) > 1 else normal_name(word)


def _key(form: str) -> tuple[str, ...]:
    return tuple(_plain(word) for w in _WORD.findall(form) if (word := _bare(w)))


def _longest_by_first_word(forms: Iterable[tuple[str, ...]]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for key in forms:
        if key:
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return longest


@cache
def load_actors(extra: Path | None = None) -> Actors:
    """The shipped lexicon and the operator's file; ConfigError names the file and the entry that is wrong."""
    folder = files("pipeline.tag") / "lexicon" / "actors"
    tables = [
        (e.name, e.read_text("utf-8"))
        for e in sorted(folder.iterdir(), key=lambda e: e.name)
        if e.name.endswith(".toml")
    ]
    if extra is not None:
        tables.append((str(extra), _read(extra)))
    return Actors(actor for name, text in tables for actor in _actors(name, text))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"cannot be read: {error}", "a TOML file of actors") from error


def _actors(name: str, text: str) -> Iterator[Actor]:
    try:
        rows = read_toml(text).get("actor", [])
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(name, f"is not TOML: {error}", _FORM) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(name, '"actor" is no list of entries', _FORM)
    for number, row in enumerate(rows, start=1):
        yield _actor(f"{name}, actor {row.get('id', number)}", row)


def _actor(where: str, row: dict[str, Any]) -> Actor:
    kinds = {**dict.fromkeys(_LISTS, list), **dict.fromkeys(_TEXTS, str), **dict.fromkeys(_YEARS, int)}
    wrong = [k for k, v in row.items() if k not in kinds or type(v) is not kinds[k]]
    wrong += [k for k in _LISTS if k not in wrong and not all(isinstance(v, str) for v in row.get(k, ()))]
    missing = [k for k in ("id", "name", "source") if not row.get(k)]
    if wrong or missing:
        problem = f"cannot read {', '.join(wrong)}" if wrong else f"has no {', '.join(missing)}"
        raise ConfigError(where, problem, _FORM)
    values: dict[str, Any] = {k: tuple(v) if k in _LISTS else v for k, v in row.items()}
    return Actor(**values)
