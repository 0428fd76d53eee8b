"""Who is meant: the mentions of one document that speak of one referent share an id and a canonical name.

A surname goes with the full name before it, an abbreviation with the long form, "US" with the United States, every form
of a known actor's name with that actor, "the prime minister" with the only one that the text names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import InitVar, dataclass, field, replace

from pipeline.ids import stable_id
from pipeline.spelling import normal_name
from pipeline.tag.names.actors import Actor
from pipeline.tag.names.labels import KINDS
from pipeline.tag.names.nations import NATIONS, country_of, is_demonym, name_of
from pipeline.tag.names.persons import Bearers, naming_title, person_name, without_title
from pipeline.tag.names.roles import office
from pipeline.tag.names.sectors import sector_of


@dataclass(frozen=True, slots=True)
class Referent:
    """Who or what a mention names: `key` identifies it within its kind, `name` is its canonical form."""

    kind: str
    key: str
    name: str
    country: str | None = None
    sector: str | None = None
    document_id: str | None = None  # of somebody with one name only: another document's Kim is another person

    @property
    def entity_id(self) -> str:
        """Equal for equal referents of any document."""
        return stable_id(self.kind, self.key, *filter(None, (self.document_id,)))


@dataclass(slots=True)
class Referents:
    """The referents of one document, met in the order of the text. `persons` are all its names of persons."""

    persons: InitVar[Iterable[str]] = ()
    document_id: str = ""
    _known: dict[tuple[str, str], Referent] = field(default_factory=dict)
    _bearers: Bearers = field(default_factory=Bearers)
    _aliases: dict[str, Referent] = field(default_factory=dict)
    _roles: dict[str, set[Referent]] = field(default_factory=dict)

    def __post_init__(self, persons: Iterable[str]) -> None:
        for words in persons:
            name = person_name(words)
            if not name.is_single:
                self._bearers.introduce(name)
                self._full(name.full, without_title(words))

    def meet(self, label: str, words: str, actor: Actor | None = None, role: str | None = None) -> Referent | None:
        """The referent of a name, a new one if nothing before it fits; None for a surname that several may mean.

        `role` is the title beside a person's name.
        """
        kind = KINDS.get(label, label)
        if actor is not None:
            return Referent("ACTOR", actor.id, actor.name, actor.country, actor.sector)
        if alias := self._aliases.get(words):
            return alias
        if state := _state(kind, words):
            return state
        if kind == "PERSON":
            return self._person(words, role)
        plain = _plain(words)
        return self._known.setdefault((kind, plain), _new(kind, plain, " ".join(words.split())))

    def _person(self, words: str, role: str | None) -> Referent | None:
        name = person_name(words)
        if not name.is_single:
            if longer := self._bearers.longer(name):
                return self._known["PERSON", longer]
            self._bearers.come_up(name)
            return self._full(name.full, without_title(words))
        name = replace(name, surname=self._bearers.surname_of(name))
        if (title := naming_title(words, role)) and not self._bearers.has_surname(name):
            known_as = replace(name, full=f"{title} {name.full}")
            self._bearers.introduce(known_as)
            self._bearers.come_up(known_as)
            return self._full(known_as.full, f"{title.capitalize()} {without_title(words)}")
        if self._bearers.knows(name):
            titled = {r.key for r in self._roles.get(office(role or "") or "", ()) if r.kind == "PERSON"}
            full = self._bearers.named(name, titled)
            return self._known["PERSON", full] if full else None
        alone = Referent("PERSON", name.full, without_title(words), document_id=self.document_id)
        return self._known.setdefault(("PERSON", name.full), alone)

    def _full(self, key: str, name: str) -> Referent:
        return self._known.setdefault(("PERSON", key), Referent("PERSON", key, name))

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
        return Referent(kind, plain, words)
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
    """A name for comparing."""
    return normal_name(" ".join(words.split())) or words.casefold()
