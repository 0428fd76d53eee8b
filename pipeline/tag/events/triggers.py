"""The lexicon as the coder uses it, read from TOML: PLOVER's tables, trigger entries and word lists."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from pipeline.errors import ConfigError
from pipeline.tag.events.rules import Rules, Vocabulary, entry_id, read_rules
from pipeline.tag.events.wordings import Wordings
from pipeline.tag.names.sectors import head_sectors, modifier_sectors

Kind = Literal["verb", "noun"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PASSED = frozenset({"through"})  # who marches through a town does nothing to it
NO_EVENT = "NONE"  # type of entries for what only reads like an event
LEARNED = "learned"  # the rule of events that no entry found, but the learned coder
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One PLOVER type: its quad (1-4), its score (-10 conflict to +10 cooperation) and its modes' scores."""

    name: str
    quad: int
    scale: float
    needs_recipient: bool
    mutual: bool
    modes: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an event becomes in a construction; None keeps what it was."""

    type: str | None = None
    mode: str | None = None
    modality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One entry of the lexicon: a word or frame that tells of an event.

    `head` holds the keys of the verb or noun, `rest` the keys of the words that must hang on it, in order, `rest_heads`
    the same without their modifiers.
    `actor` and `recipient` name where to look: subj, obj, or a preposition. `needs` asks for one of such places
    to be filled, `plural` for more than one doer, `passive` for a verb in the passive, `never` holds compounds that
    are something else ("heart_attack").
    An `effect` ("killed 12") joins the deed it belongs to; `alone` entries make an event without any party.
    `subject` and `object` restrict the heads of these phrases to listed words (empty: any), `not_owner` whose the deed
    is that hits somebody ("hit by a strike of pilots").
    """

    id: str
    kind: Kind
    type: str
    mode: str | None
    pattern: str
    head: frozenset[str]
    rest: tuple[frozenset[str], ...]
    rest_heads: tuple[frozenset[str], ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    needs: tuple[str, ...]
    subject: frozenset[str]
    object: frozenset[str]
    not_subject: frozenset[str]
    not_object: frozenset[str]
    not_owner: frozenset[str]
    never: frozenset[str]
    mutual: bool
    plural: bool
    passive: bool
    effect: bool
    alone: bool
    examples: tuple[str, ...]
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """All tables, ready for look-up. `version` changes with any byte of any file.

    `own` are the ids of the operator's entries, `muted` the shipped entries that they have taken out.
    `heads` are the words without their modifiers ("strike" of "air_strike") that any entry begins with.
    """

    version: str
    types: Mapping[str, EventType]
    triggers: tuple[Trigger, ...]
    by_key: Mapping[tuple[Kind, str], tuple[Trigger, ...]]
    heads: frozenset[str]
    complements: Mapping[tuple[str, str], Outcome]
    planned: Mapping[str, Outcome]
    refused: Mapping[str, Outcome]
    purposes: Mapping[str, Mapping[str, frozenset[str]]]
    besides: Mapping[str, Mapping[str, frozenset[str]]]
    instruments: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    sectors: Mapping[str, str]
    sector_modifiers: Mapping[str, str]
    context_names: tuple[str, ...]
    contexts: Wordings
    own: frozenset[str] = frozenset()
    muted: tuple[Trigger, ...] = ()

    def of(self, triggers: Iterable[Trigger]) -> Lexicon:
        """The same with these entries alone."""
        chosen = tuple(triggers)
        return replace(self, triggers=chosen, by_key=_index(chosen), heads=_heads(chosen))


@cache
def load_lexicon(rules: Path | None = None) -> Lexicon:
    """The shipped lexicon with the operator's rules; ConfigError names the file and entry that is wrong."""
    texts = dict(_read_all())
    wanted = {"words", "plover", "instruments", "contexts"}
    tables: dict[str, Table] = {
        name: tomllib.loads(text) for name, text in texts.items() if name in wanted or name.startswith("events/")
    }
    classes = dict(tables["words"]) | _by_sector(head_sectors())
    words = {name: _expanded(name, classes) for name in classes}
    types = {name: _event_type(name, row) for name, row in tables["plover"]["types"].items()}
    events = {tables[name]["type"]: tables[name] for name in sorted(tables) if name.startswith("events/")}
    shipped = tuple(t for table in events.values() for t in _triggers(table, words, types))
    read = _own_rules(rules, words, types, shipped)
    own = tuple(_own_triggers(read, events, words))
    triggers = (*(t for t in shipped if t.id not in read.muted), *own)
    if rules is not None:
        texts["own rules"] = read.text
    return Lexicon(
        version=blake2b("\n".join(texts[n] for n in sorted(texts)).encode(), digest_size=4).hexdigest(),
        types=types,
        triggers=triggers,
        by_key=_index(triggers),
        heads=_heads(triggers),
        complements={
            (outer, inner): Outcome(**row)
            for outer, rows in tables["plover"]["complement"].items()
            for inner, row in rows.items()
        },
        planned={name: Outcome(**row) for name, row in tables["plover"]["planned"].items()},
        refused={name: Outcome(**row) for name, row in tables["plover"]["refused"].items()},
        purposes=_by_words(tables["plover"]["purpose"]),
        besides=_by_words(tables["plover"]["besides"]),
        instruments={w: mode for mode, ws in tables["instruments"].items() for w in ws},
        words=words,
        sectors=head_sectors(),
        sector_modifiers=modifier_sectors(),
        context_names=tuple(tables["contexts"]),
        contexts=Wordings.of(tables["contexts"]),
        own=frozenset(t.id for t in own),
        muted=tuple(t for t in shipped if t.id in read.muted),
    )


def check_rules(rules: Path | None) -> None:
    """ConfigError when the operator's rules cannot be used; worker processes would tell it late, and one by one."""
    if rules is not None:
        load_lexicon(rules)


def _own_rules(
    path: Path | None,
    words: Mapping[str, frozenset[str]],
    types: Mapping[str, EventType],
    shipped: tuple[Trigger, ...],
) -> Rules:
    if path is None:
        return Rules(text="", entries=(), muted=frozenset())
    known = Vocabulary(
        modes={NO_EVENT: (), **{name: tuple(kind.modes) for name, kind in types.items()}},
        classes=words,
        prepositions=words["prepositions"],
        shipped=frozenset(t.id for t in shipped),
    )
    return read_rules(path, known)


def _own_triggers(rules: Rules, events: Mapping[str, Table], words: Mapping[str, frozenset[str]]) -> Iterator[Trigger]:
    """The operator's entries; where they look for a recipient is what the shipped table of their type says."""
    for entry in rules.entries:
        yield from _entry_triggers(entry.row, events[entry.row["type"]], words, entry.where())


def _read_all() -> Iterator[tuple[str, str]]:
    """Every table of the lexicon by its name, "events/assault": all of them decide what is read but past.toml."""
    root = files("pipeline.tag") / "lexicon"
    folders = [("", root), *((f"{entry.name}/", entry) for entry in root.iterdir() if entry.is_dir())]
    for prefix, folder in folders:
        for entry in folder.iterdir():
            if entry.name.endswith(".toml") and entry.name != "past.toml":
                yield prefix + entry.name.removesuffix(".toml"), entry.read_text("utf-8")


def _event_type(name: str, row: Table) -> EventType:
    return EventType(
        name=name,
        quad=row["quad"],
        scale=row["scale"],
        needs_recipient=row.get("needs_recipient", False),
        mutual=row.get("mutual", False),
        modes=row.get("modes", {}),
    )


def _by_sector(sectors: Mapping[str, str]) -> dict[str, list[str]]:
    """The head words of each sector: "@COP" is a class as "@police" is."""
    return {code: [word for word, of in sectors.items() if of == code] for code in set(sectors.values())}


def _expanded(name: str, table: Table) -> frozenset[str]:
    """The words of a class, with those of the classes that it names with "@"."""
    found: set[str] = set()
    for word in table[name]:
        found |= _expanded(word[1:], table) if word.startswith("@") else {word}
    return frozenset(found)


def _by_words(table: Table) -> dict[str, dict[str, frozenset[str]]]:
    """Words that make of each type what the table says."""
    return {name: {becomes: frozenset(words) for becomes, words in rows.items()} for name, rows in table.items()}


def _heads(triggers: Iterable[Trigger]) -> frozenset[str]:
    """The words that entries begin with."""
    return _bare(key for trigger in triggers for key in trigger.head)


def _bare(keys: Iterable[str]) -> frozenset[str]:
    """ "strike" of "air_strike"."""
    return frozenset(re.split(r"[_-]", key)[-1] for key in keys)


def _options(word: str, words: Mapping[str, frozenset[str]], where: str) -> frozenset[str]:
    """Keys a pattern's word stands for: alternatives by "|", a class of words.toml by "@"."""
    found: set[str] = set()
    for option in word.split("|"):
        if not option.startswith("@"):
            found.add(option)
        elif option[1:] in words:
            found |= words[option[1:]]
        else:
            raise ConfigError(where, f"no class {option!r}", "classes stand in words.toml")
    return frozenset(found)


def _triggers(table: Table, words: Mapping[str, frozenset[str]], types: Mapping[str, EventType]) -> Iterator[Trigger]:
    """A shipped table's entries."""
    name = table["type"]
    for row in table["trigger"]:
        mode, where = row.get("mode"), f"lexicon, {name}, trigger {row.get('id')}"
        if name != NO_EVENT and (name not in types or (mode and mode not in types[name].modes)):
            raise ConfigError(where, f"no type {name} with mode {mode}", "they stand in plover.toml")
        yield from _entry_triggers(row, table, words, where)


def _entry_triggers(row: Table, table: Table, words: Mapping[str, frozenset[str]], where: str) -> Iterator[Trigger]:
    for kind in KINDS:
        for pattern in row.get(kind + "s", ()):
            yield _trigger(kind, pattern, row, table, words, where)


def _trigger(
    kind: Kind, pattern: str, row: Table, table: Table, words: Mapping[str, frozenset[str]], where: str
) -> Trigger:
    first, *rest = pattern.split()
    recipient = tuple(row.get("recipient", table.get(f"{kind}_recipient", ["obj"])))
    last = rest[-1].split("|") if rest else []
    if last and last[0] in words["prepositions"] and last[0] not in PASSED and row.get("recipient") != ["obj"]:
        recipient = _with_preposition(recipient, last)

    def listed(field: str) -> frozenset[str]:
        return frozenset().union(*(_options(w, words, where) for w in row.get(field, ())))

    return Trigger(
        id=entry_id(table["type"], row["id"], pattern),
        kind=kind,
        type=table["type"],
        mode=row.get("mode"),
        pattern=pattern,
        head=_options(first, words, where),
        rest=tuple(_options(w, words, where) for w in rest),
        rest_heads=tuple(_bare(_options(w, words, where)) for w in rest),
        actor=tuple(row.get("actor", ["subj"])),
        recipient=recipient,
        needs=tuple(row.get("needs", ())),
        subject=listed("subject"),
        object=listed("object"),
        not_subject=listed("not_subject"),
        not_object=listed("not_object"),
        not_owner=listed("not_owner"),
        never=frozenset(row.get("never", ())),
        mutual=row.get("mutual", False),
        plural=row.get("plural", False),
        passive=row.get("passive", False),
        effect=row.get("effect", False),
        alone=row.get("alone", False),
        examples=tuple([row["example"]] if isinstance(row["example"], str) else row["example"]),
        counter=row["counter"],
    )


def _with_preposition(recipient: tuple[str, ...], last: list[str]) -> tuple[str, ...]:
    """The frame's preposition before the other places; of "expelled Norland from the union" the object comes first."""
    if "from" in last and recipient[:1] == ("obj",):
        return (*recipient, *(p for p in last if p not in recipient))
    return (*last, *(r for r in recipient if r not in last))


def _index(triggers: tuple[Trigger, ...]) -> dict[tuple[Kind, str], tuple[Trigger, ...]]:
    found: dict[tuple[Kind, str], list[Trigger]] = {}
    for trigger in triggers:
        for key in trigger.head:
            found.setdefault((trigger.kind, key), []).append(trigger)
    return {key: tuple(values) for key, values in found.items()}
