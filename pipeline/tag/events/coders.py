"""Who codes events: the shipped rules, the shipped model, both, or a coder of the operator's.

`rules`, `learned` and `both` are shipped (see `pipeline.tag.learned`, which is loaded only when asked for). A coder of
one's own is named as `package.module:factory`; the factory gets the `Lexicon` (PLOVER's types and modes, the entries,
the words) and gives an `EventCoder`. `rules+package.module:factory` lets it add to what the rules find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from pipeline.errors import ConfigError
from pipeline.records import Event, Vector
from pipeline.tag.events.coder import code_events
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.triggers import LEARNED, Lexicon

RULES = "rules"
SHIPPED = {LEARNED: "pipeline.tag.learned.coder:alone", "both": "pipeline.tag.learned.coder:both"}  # not the rules
_FORM = "rules, learned, both, package.module:factory, or rules+package.module:factory; the README has more"


@runtime_checkable
class EventCoder(Protocol):
    """What finds the events of a parsed text; their offsets are those of `doc.text`."""

    @property
    def version(self) -> str:
        """Name and version, in one line; another one has stored texts coded again."""
        ...

    def code(self, text: ParsedText) -> tuple[Event, ...]:
        """All events of the text, in the order of their triggers."""
        ...


class VectorMaker(Protocol):
    """What tells what a document is about."""

    def of(self, title: str | None, sentences: Iterable[str]) -> Vector:
        """The document's vector, by its headline and the first of its sentences."""
        ...


@dataclass(frozen=True, slots=True)
class RuleCoder:
    """The shipped rules over the dependency parse."""

    lexicon: Lexicon

    @property
    def version(self) -> str:
        """By the lexicon, which holds the rules."""
        return f"{RULES} {self.lexicon.version}"

    def code(self, text: ParsedText) -> tuple[Event, ...]:
        """All events of the text, in the order of their triggers."""
        return code_events(text, self.lexicon)


@dataclass(frozen=True, slots=True)
class CheckedCoder:
    """A coder of the operator's; ConfigError when it gives what the warehouse cannot hold."""

    coder: EventCoder
    lexicon: Lexicon

    @property
    def version(self) -> str:
        """The coder's own."""
        return self.coder.version

    def code(self, text: ParsedText) -> tuple[Event, ...]:
        """The coder's events, each of a type and mode of PLOVER's and with its spans within the text."""
        events = self.coder.code(text)
        if not isinstance(events, tuple):
            raise self._error(f"{type(events).__name__} for a tuple")
        for event in events:
            wrong = _wrong_with(event, text.doc.text, self.lexicon)
            if wrong:
                raise self._error(wrong)
        return events

    def _error(self, wrong: str) -> ConfigError:
        return ConfigError(f"event coder {self.version}", f"gave {wrong}", "a tuple of pipeline.records.Event")


@dataclass(frozen=True, slots=True)
class Vote:
    """Two coders: the first one's events, and those of the second that the first has no event for."""

    first: EventCoder
    second: EventCoder

    @property
    def version(self) -> str:
        """Both."""
        return f"{self.first.version} + {self.second.version}"

    def code(self, text: ParsedText) -> tuple[Event, ...]:
        """The events of both; of one type at one trigger the first's alone."""
        found = self.first.code(text)
        added = self.second.code(text)
        new = [e for e in added if not any(_is_same(e, other) for other in found)]
        return tuple(sorted((*found, *new), key=lambda e: (e.trigger.start, e.trigger.end, e.type)))


def check_coder(name: str) -> str:
    """The setting as it is; ConfigError when it names no factory that can be imported."""
    _factory_of(name)
    return name


def open_coder(name: str, lexicon: Lexicon, learned: Path | None = None) -> EventCoder:
    """The coder that the setting names; ConfigError when it cannot be imported or made, or is no EventCoder.

    `learned` is the folder of a learned coder in the shipped one's place.
    """
    factory, rules = _factory_of(name), RuleCoder(lexicon)
    if factory is None:
        return rules
    if name in SHIPPED:
        shipped: EventCoder = factory(lexicon, learned)
        return shipped
    where = f"event coder {name!r}"
    try:
        coder = factory(lexicon)
    except Exception as error:
        raise ConfigError(where, f"its factory failed: {_told(error)}", "it is called with the lexicon") from error
    if not isinstance(coder, EventCoder) or not isinstance(coder.version, str) or not coder.version.strip():
        raise ConfigError(where, f"its factory gave {type(coder).__name__}", "an object with version and code(…)")
    checked = CheckedCoder(coder, lexicon)
    return Vote(rules, checked) if name.startswith(f"{RULES}+") else checked


def open_vectors(name: str, learned: Path | None = None) -> VectorMaker | None:
    """What makes vectors with the network of the coder that the setting names; None where it has none."""
    if name not in SHIPPED:
        return None
    module = import_module("pipeline.tag.learned.vectors")
    made: VectorMaker = module.open_vectors(learned)
    return made


def _factory_of(name: str) -> Callable[..., Any] | None:
    """What makes the operator's coder; None where only the rules code."""
    if name == RULES:
        return None
    where, path = f"event coder {name!r}", SHIPPED.get(name, name.removeprefix(f"{RULES}+"))
    module, colon, attribute = path.partition(":")
    if not colon or not attribute.isidentifier() or not all(part.isidentifier() for part in module.split(".")):
        raise ConfigError(where, "names no coder", _FORM)
    try:
        factory = getattr(import_module(module), attribute, None)
    except Exception as error:  # whatever a module of somebody else's raises
        raise ConfigError(where, f"cannot be imported: {_told(error)}", f"is {module} installed here?") from error
    if not callable(factory):
        raise ConfigError(where, f"{module} has no function {attribute}", "a function or class that takes the lexicon")
    return factory  # type: ignore[no-any-return]


def _told(error: Exception) -> str:
    """An error in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _is_same(one: Event, other: Event) -> bool:
    a, b = one.trigger, other.trigger
    return one.type == other.type and a.start < b.end and b.start < a.end


def _wrong_with(event: object, text: str, lexicon: Lexicon) -> str | None:
    """What the warehouse could not hold; None where nothing is wrong."""
    if not isinstance(event, Event):
        return f"{type(event).__name__} for an Event"
    kind = lexicon.types.get(event.type)
    if kind is None or (event.mode is not None and event.mode not in kind.modes):
        return f"{event.type} {event.mode or ''}".strip() + ", which PLOVER has not"
    spans = [(event.sentence_start, event.sentence_end), (event.trigger.start, event.trigger.end)]
    spans += [(p.start, p.end) for p in (*event.actors, *event.recipients)]
    outside = next(((start, end) for start, end in spans if not 0 <= start < end <= len(text)), None)
    return f"a span {outside} outside the text" if outside else None
