"""Every entry of the lexicon has an example and a counter-example: here they become sentences and are tried."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.language import Language

from pipeline.records import Event
from pipeline.tag.events.coder import code_events
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.triggers import NO_EVENT, Lexicon, Trigger

_PREPOSITION = r"(?:against|at|between|by|for|from|in|of|on|over|to|with)"
PREPOSITIONS_MEET = re.compile(rf"\b{_PREPOSITION}(?= {_PREPOSITION}\b)")


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence and the events that are read in it."""

    text: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of an entry's sentences.

    `example` is the first that the entry itself codes, else one that another codes as it should be, else the first.
    """

    trigger: Trigger
    example: Coded
    counter: Coded

    @property
    def is_found(self) -> bool:
        """Is the example coded with type and mode? What only reads like an event gives none."""
        return _is_found(self.trigger, self.example.events)

    @property
    def is_misread(self) -> bool:
        """Is the counter-example coded as the type that it is not? That of no event must give one."""
        if self.trigger.type == NO_EVENT:
            return not self.counter.events
        return (self.trigger.type, None) in _told(self.counter.events)

    @property
    def is_right(self) -> bool:
        """Are both sentences read as the entry says?"""
        return self.is_found and not self.is_misread

    @property
    def is_by_another(self) -> bool:
        """Is the example coded, but by another entry that fits better?"""
        return self.is_found and bool(self.example.events) and not _fires(self.trigger, self.example.events)


def try_entries(triggers: Iterable[Trigger], lexicon: Lexicon, nlp: Language) -> list[Trial]:
    """The sentences of these entries, coded by the whole lexicon; each sentence is parsed once."""
    wanted = {t: (tuple(sentence(e, t) for e in t.examples), sentence(t.counter, t)) for t in triggers}
    texts = sorted({text for examples, counter in wanted.values() for text in (*examples, counter)})
    docs = zip(texts, nlp.pipe(texts, batch_size=256), strict=True)
    coded = {text: Coded(text, code_events(ParsedText(doc=doc), lexicon)) for text, doc in docs}
    return [_trial(t, [coded[e] for e in examples], coded[counter]) for t, (examples, counter) in wanted.items()]


def _trial(trigger: Trigger, examples: list[Coded], counter: Coded) -> Trial:
    told = [c for c in examples if _is_found(trigger, c.events)]
    found = next((c for c in told if _fires(trigger, c.events)), (told or examples)[0])
    return Trial(trigger=trigger, example=found, counter=counter)


def _fires(trigger: Trigger, events: tuple[Event, ...]) -> bool:
    return any(e.rule == trigger.id for e in events)


def _is_found(trigger: Trigger, events: tuple[Event, ...]) -> bool:
    return not events if trigger.type == NO_EVENT else (trigger.type, trigger.mode) in _told(events)


def _told(events: tuple[Event, ...]) -> set[tuple[str, str | None]]:
    """Types with and without their modes; a negated event is none."""
    told = [e for e in events if e.polarity == "affirmed"]
    return {(e.type, e.mode) for e in told} | {(e.type, None) for e in told}


def example(trigger: Trigger) -> str:
    """The sentence that shows an entry: of its group's the first that reads best with its pattern."""
    return min((sentence(template, trigger) for template in trigger.examples), key=stumbles)


def stumbles(text: str) -> int:
    """How often a preposition follows another: "marched against in Varn" wants somebody to march against."""
    return len(PREPOSITIONS_MEET.findall(text))


def sentence(template: str, trigger: Trigger) -> str:
    """A template with the entry's pattern in it: {verb} in the past, {inf} and {noun} as they are.

    {past} is the past of the pattern's first word alone: "Norland {past} that Sudria must go".
    """
    first, *rest = (word(w) for w in trigger.pattern.split())
    plain = " ".join([first, *rest])
    text = template.format(verb=" ".join([past(first), *rest]), noun=plain, inf=plain, past=past(first))
    return re.sub(r"\b([Aa])n? (?=([aeio])?)", lambda m: f"{m[1]}n " if m[2] else f"{m[1]} ", text)


def word(option: str) -> str:
    """What stands for a pattern's word in a sentence: its first alternative, the first word of its class."""
    first = option.split("|")[0]
    while first.startswith("@"):
        first = _table("words")[first[1:]][0]
    return first.replace("_", " ")


def past(verb: str) -> str:
    """Past tense of a verb; irregular ones stand in lexicon/past.toml."""
    irregular: str | None = _table("past").get(verb)
    if irregular is not None:
        return irregular
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return verb[:-1] + "ied"
    return verb + "ed"


@cache
def _table(name: str) -> Mapping[str, str]:
    """A table of the lexicon in its own order: lexicons hold classes as sets."""
    return tomllib.loads((files("pipeline.tag") / "lexicon" / f"{name}.toml").read_text("utf-8"))
