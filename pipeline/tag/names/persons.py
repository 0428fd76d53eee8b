"""Names of persons taken apart: what is title, what is surname, what is one name alone.

A surname leads to the person who was named in full with it; where several bear it, to the one whose title stands beside
it or who was called by it before the others came up; else to nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.spelling import fold, normal_name

_TITLE = re.compile(
    r"^(?:mr|mrs|ms|dr|sir|lord|lady|president|prime minister|general|gen|colonel|col|major|maj|captain|capt"
    r"|lieutenant|lt|sergeant|sgt|senator|sen|minister|sheikh|sheik|ayatollah|judge|king|queen|prince|princess|pope"
    r"|emperor|empress|sultan|mullah|patriarch)\.?\s+",
    re.IGNORECASE,
)
# Titles that are half of the name of those who go by one name: Pope Francis is no Francis.
_NAMING = frozenset(
    ("king", "queen", "prince", "princess", "pope", "emperor", "empress", "sultan", "mullah", "sheikh", "sheik")
)
_ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|ash|at|ez|az|es|an|ul|ur|ud|us)[-‐‑](?=\w)", re.IGNORECASE)
_PARTICLES = frozenset((
    "al", "el", "bin", "ibn", "bint", "ben", "von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "das",
    "du", "la", "le", "zu", "ter", "ten",
))  # fmt: skip
SPELT = 5  # letters of a surname that may be spelt in two ways in one text
_NUMERAL = re.compile(r"(?:[IVX]{1,5}|[Jj]r|[Ss]r)\.?")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name: `full` for comparing, without title; `surname`; all its `words`; `is_single`: one name alone."""

    full: str
    surname: str
    words: frozenset[str]
    is_single: bool


@lru_cache(maxsize=20_000)
def person_name(words: str) -> PersonName:
    """A name in its parts.

    >>> person_name("Mr. Ahmed al-Sadr"), person_name("al-Sadr").surname, person_name("Sam Bankman-Fried").surname
    (PersonName(full='ahmed al sadr', surname='sadr', words=frozenset({...}), is_single=False), 'sadr', 'bankman fried')
    """
    bare = without_title(words)
    parts = bare.split()
    while len(parts) > 1 and _NUMERAL.fullmatch(parts[-1].rstrip(",")):
        parts.pop()
    kept = [normal_name(_ARTICLE.sub("", part)) for part in parts if part.lower() not in _PARTICLES] or [bare.lower()]
    return PersonName(normal_name(bare) or bare.casefold(), kept[-1], frozenset(kept), len(kept) == 1)


def without_title(words: str) -> str:
    """The name without "Mr", "President" …, on one line."""
    return _TITLE.sub("", " ".join(words.split()))


def naming_title(words: str, role: str | None) -> str | None:
    """The title that makes one name a person's name, in lower case: "pope" of "Pope Francis"."""
    title = (title_in(words) or (role or "").rpartition(" ")[2]).lower()
    return title if title in _NAMING else None


def title_in(words: str) -> str | None:
    """The title that the name begins with, as written."""
    match = _TITLE.match(words)
    return match[0].strip(" .") if match else None


@dataclass(slots=True)
class Bearers:
    """Who bears which name in a document; a person goes by the full name (`PersonName.full`).

    Persons are introduced by their full names; then surnames are asked for, in the order of the text.
    """

    _by_surname: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _by_word: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _meant: dict[str, str] = field(default_factory=dict)
    _come_up: set[str] = field(default_factory=set)

    def surname_of(self, name: PersonName) -> str:
        """The surname as the document's persons have it: "zelenskyy" for "Zelensky"; its own where none is alike."""
        if name.surname in self._by_surname or name.surname in self._by_word or len(name.surname) < SPELT:
            return name.surname
        alike = [other for other in self._by_surname if fold(other) == fold(name.surname)]
        return alike[0] if len(alike) == 1 else name.surname

    def longer(self, name: PersonName) -> str | None:
        """The only longer name that ends with this one: "Aung San Suu Kyi" for "Suu Kyi"."""
        found = [full for full in self._by_surname.get(name.surname, ()) if full.endswith(f" {name.full}")]
        return found[0] if len(found) == 1 else None

    def introduce(self, name: PersonName) -> None:
        """The document names this person in full, somewhere."""
        for table, words in ((self._by_surname, {name.surname}), (self._by_word, name.words)):
            for word in words:
                if name.full not in table[word]:
                    table[word].append(name.full)

    def come_up(self, name: PersonName) -> None:
        """From here on the reader knows this person."""
        self._come_up.add(name.full)

    def has_surname(self, name: PersonName) -> bool:
        """Does somebody bear it as surname, or as the name of a reign ("Charles" of King Charles III)?"""
        return bool(self._by_surname.get(name.surname))

    def knows(self, name: PersonName) -> bool:
        """Does anybody in the document bear it?"""
        return bool(self._by_surname.get(name.surname) or self._by_word.get(name.surname))

    def named(self, name: PersonName, titled: Container[str] = ()) -> str | None:
        """Who is meant by one name; `titled` are those who hold the title that stands beside it."""
        bearers = self._by_surname.get(name.surname) or self._by_word.get(name.surname, [])
        bearers = [b for b in bearers if b in self._come_up] or bearers
        with_title = [b for b in bearers if b in titled]
        if len(with_title) == 1:
            return with_title[0]
        if len(bearers) == 1:
            self._meant.setdefault(name.surname, bearers[0])
        return self._meant.get(name.surname)
