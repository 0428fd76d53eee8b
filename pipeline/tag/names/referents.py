"""Who is meant: the mentions of one document that speak of one referent share an id and a canonical name.

A surname goes with the full name before it, an abbreviation with the long form, "US" with the United States, every form
of a known actor's name with that actor, "the prime minister" with the only one that the text names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.ids import stable_id
from pipeline.spelling import normal_name
from pipeline.tag.names.actors import Actor
from pipeline.tag.names.labels import KINDS
from pipeline.tag.names.nations import NATIONS, country_of, is_demonym, name_of
from pipeline.tag.names.sectors import sector_of

_TITLE = re.compile(
    r"^(?:mr|mrs|ms|dr|sir|lord|lady|president|prime minister|general|gen|colonel|col|major|maj|captain|capt"
    r"|lieutenant|lt|sergeant|sgt|senator|sen|minister|sheikh|sheik|ayatollah|judge|king|queen|prince|princess|pope)\.?\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Referent:
    """Who or what a mention names: `key` identifies it within its kind, `name` is its canonical form."""

    kind: str
    key: str
    name: str
    country: str | None = None
    sector: str | None = None

    @property
    def entity_id(self) -> str:
        """Equal for equal referents of any document."""
        return stable_id(self.kind, self.key)


@dataclass(slots=True)
class Referents:
    """The referents of one document, met in the order of the text."""

    _known: dict[tuple[str, str], Referent] = field(default_factory=dict)
    _aliases: dict[str, Referent] = field(default_factory=dict)
    _roles: dict[str, set[Referent]] = field(default_factory=dict)

    def meet(self, label: str, words: str, actor: Actor | None = None) -> Referent:
        """The referent of a name; a new one if nothing before it fits."""
        kind = KINDS.get(label, label)
        if actor is not None:
            return Referent("ACTOR", actor.id, actor.name, actor.country, actor.sector)
        if alias := self._aliases.get(words):
            return alias
        if state := _state(kind, words):
            return state
        plain = _plain(words)
        found = self._known.get((kind, plain))
        if found is None:
            found = self._known[kind, plain] = _new(kind, plain, " ".join(words.split()))
        if kind == "PERSON" and " " in plain:
            self._known[kind, plain.rsplit(" ", 1)[1]] = found  # the last one of that surname is meant from here on
        return found

    def alias(self, words: str, referent: Referent) -> None:
        """From here on `words`, written just so, stand for the referent, too."""
        self._aliases[words] = referent

    def hold(self, role: str, referent: Referent) -> None:
        """The referent has this office or title."""
        self._roles.setdefault(role.casefold(), set()).add(referent)

    def holder(self, role: str) -> Referent | None:
        """The only referent met so far with this office; None when there are none or several."""
        held = self._roles.get(role.casefold(), set())
        return next(iter(held)) if len(held) == 1 else None


def _new(kind: str, plain: str, words: str) -> Referent:
    """A referent met for the first time: what its words tell of its country and sector."""
    if kind not in {"ORG", "GROUP"}:
        return Referent(kind, plain, _TITLE.sub("", words))
    return Referent(kind, plain, words, country_of(words), sector_of(words.lower().split()))


def _state(kind: str, words: str) -> Referent | None:
    """The state that a country's name or a demonym stands for."""
    if kind == "PLACE" and (iso3 := name_of(words)):
        return Referent(kind, iso3, NATIONS[iso3].names[0], iso3)
    if kind == "NORP" and is_demonym(words) and (iso3 := country_of(words)):
        return Referent(kind, iso3, NATIONS[iso3].names[0], iso3)
    return None


def state_referent(iso3: str) -> Referent:
    """The state as an actor: its government."""
    return Referent("PLACE", iso3, NATIONS[iso3].names[0], iso3, "GOV")


def _plain(words: str) -> str:
    """A name for comparing: normal form without title."""
    return normal_name(_TITLE.sub("", re.sub(r"\s+", " ", words))) or words.casefold()
