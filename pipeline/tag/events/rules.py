"""An operator's own rules, as their file has them: read and checked before anything is coded by them.

`rules.toml` has the form of the shipped tables, with a `type` in each entry:

    [[trigger]]
    type = "PROTEST"
    id = "pot-banging"
    mode = "demo"
    verbs = ["bang pot|pan"]
    example = "Residents {verb} in Karo on Monday."
    counter = "The cook banged a door in Karo on Monday."

    [[mute]]
    rule = "assault.attack.storm"

What is wrong is a ConfigError with the line it stands on, since tomllib keeps none: see `Located`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Any

from pipeline.errors import ConfigError
from pipeline.tomltext import read_toml

TEXTS = frozenset({"type", "id", "mode", "counter"})
LISTS = frozenset(
    {
        "verbs", "nouns", "actor", "recipient", "needs", "subject", "object", "not_subject", "not_object", "not_owner",
        "never",
    }
)  # fmt: skip
FLAGS = frozenset({"mutual", "plural", "passive", "effect", "alone"})
FIELDS = (*sorted(TEXTS), "example", *sorted(LISTS), *sorted(FLAGS))
NEEDED = ("type", "id", "example", "counter")
PLACEHOLDERS = frozenset({"verb", "noun", "inf", "past"})
SEATS = frozenset({"subj", "obj", "dative", "poss", "clause", "wish", "threat", "xcomp", "ccomp", "pcomp", "advcl"})
ALSO_PREPOSITIONS = frozenset({"along", "alongside", "around", "behind", "inside", "outside"})  # beside words.toml's
_SAMPLES = {
    "a text": '"…"',
    "a list of texts": '["…", "…"]',
    "true or false": "true",
    "a text or a list of texts": '"…"',
}
MOST_KNOWN = 40  # names that an error lists
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONG_STRING = re.compile(r'("""|\'\'\').*?\1', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What entries may name: the modes of each type, classes of words, prepositions, and the shipped ids in full."""

    modes: Mapping[str, Collection[str]]
    classes: Collection[str]
    prepositions: Collection[str]
    shipped: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """One entry of the file: `number` counts the `[[table]]` headers from 0."""

    file: str
    text: str
    table: str
    number: int
    row: Mapping[str, Any]

    def where(self, field: str | None = None) -> str:
        """File and line, of the field if it stands on a line of its own, else of the entry's header."""
        line = line_of(self.text, self.table, self.number, field)
        return f"{self.file}, line {line}" if line else f"{self.file}, {self.table} {self.number + 1}"

    def error(self, wrong: str, right: str, field: str | None = None) -> ConfigError:
        """What is wrong with this entry, to be raised."""
        name = self.row.get("id", self.row.get("rule"))
        entry = f'{self.table} "{name}"' if isinstance(name, str) else self.table
        return ConfigError(self.where(field), f"{entry} {wrong}", right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an operator's file adds and takes out; `text` is the whole file, `muted` ids of shipped entries in full."""

    text: str
    entries: tuple[Located, ...]
    muted: frozenset[str]


def read_rules(path: Path, known: Vocabulary) -> Rules:
    """The operator's file, checked; ConfigError names the file, the line, what is wrong and what would be right."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"cannot be read: {error}", "a TOML file of event rules") from error
    tables = _tables(str(path), text)
    entries = tuple(_located(path, text, "trigger", tables))
    for entry in entries:
        _check_entry(entry, known)
    _check_ids(entries, known.shipped)
    muted = [_muted(mute, known.shipped) for mute in _located(path, text, "mute", tables)]
    return Rules(text=text, entries=entries, muted=frozenset().union(*muted))


def line_of(text: str, table: str, number: int, field: str | None = None) -> int | None:
    """The line, from 1, of the n-th `[[table]]` header (`number` from 0), or of a field below it.

    None where the file has no such header, as with `trigger = [{…}]`; the header's line where the field has none.
    """
    lines = _LONG_STRING.sub(lambda m: "''" + "\n" * m[0].count("\n"), text).split("\n")
    header = re.compile(rf"\s*\[\[\s*{table}\s*\]\]")
    headers = [n for n, line in enumerate(lines, start=1) if header.match(line)]
    if number >= len(headers):
        return None
    start = headers[number]
    for n, line in enumerate(lines[start:], start=start + 1):
        if line.lstrip().startswith("[["):
            break
        if field is not None and re.match(rf"\s*[\"']?{re.escape(field)}[\"']?\s*=", line):
            return n
    return start


def entry_id(kind: str, group: str, pattern: str) -> str:
    """The full id of an entry: "assault.attack.open-fire-on"."""
    slug = re.sub(r"\W+", "-", pattern).strip("-")
    return f"{kind.lower()}.{group}.{slug}"


def nearest(name: str, known: Iterable[str]) -> str:
    """What would be right instead of an unknown name: those most like it, all where they are few, else five."""
    names = sorted(known)
    near = get_close_matches(name, names, n=3, cutoff=0.6)
    if near:
        return f"did you mean {' or '.join(filter(None, (', '.join(near[:-1]), near[-1])))}?"
    if len(names) > MOST_KNOWN:
        return f"the nearest are {', '.join(get_close_matches(name, names, n=5, cutoff=0.0))}"
    return f"known are {', '.join(names)}" if names else "there are none"


def _tables(file: str, text: str) -> dict[str, Any]:
    try:
        tables = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        where = f"{file}, line {found[1]}" if found else file
        raise ConfigError(where, f"is not TOML: {error}", "the form is in the README, Your own event rules") from error
    for name, rows in tables.items():
        header = re.search(rf"^\s*\[*\s*{re.escape(name)}\b", text, re.MULTILINE)
        line = text.count("\n", 0, header.end()) + 1 if header else 1
        if name not in {"trigger", "mute"}:
            raise ConfigError(
                f"{file}, line {line}", f'unknown "{name}"', "entries stand under [[trigger]] or [[mute]]"
            )
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ConfigError(f"{file}, line {line}", f'"{name}" is no list of entries', f"write [[{name}]]")
    return tables


def _located(path: Path, text: str, table: str, tables: Mapping[str, Any]) -> Iterator[Located]:
    for number, row in enumerate(tables.get(table, ())):
        yield Located(file=str(path), text=text, table=table, number=number, row=row)


def _check_entry(entry: Located, known: Vocabulary) -> None:
    _check_shape(entry)
    row = entry.row
    if row["type"] not in known.modes:
        raise entry.error(f'has the unknown type "{row["type"]}"', nearest(row["type"], known.modes), "type")
    modes = known.modes[row["type"]]
    if "mode" in row and row["mode"] not in modes:
        wrong = f'has the mode "{row["mode"]}", which {row["type"]} has not'
        raise entry.error(wrong, nearest(row["mode"], modes), "mode")
    if not _ID.fullmatch(row["id"]):
        raise entry.error("has an id that is none", "small letters, digits and hyphens, as in pot-banging", "id")
    _check_words(entry, known)
    _check_examples(entry)


def _check_shape(entry: Located) -> None:
    """Fields that there are, of the right TOML types, and none missing."""
    for field, value in entry.row.items():
        if field not in FIELDS:
            raise entry.error(f'has the unknown field "{field}"', nearest(field, FIELDS), field)
        wanted = _wanted_form(field, value)
        if wanted:
            raise entry.error(f'has "{field}", which is not {wanted}', f"{field} = {_SAMPLES[wanted]}", field)
    for field in NEEDED:
        if not entry.row.get(field):
            raise entry.error(f"has no {field}", f"add {field} = …; an entry needs {', '.join(NEEDED)}", field)
    if not entry.row.get("verbs") and not entry.row.get("nouns"):
        raise entry.error("has neither verbs nor nouns", 'for example verbs = ["open fire on"]')


def _wanted_form(field: str, value: object) -> str | None:
    """The form the field should have, if it has another."""
    is_text = isinstance(value, str)
    is_list = isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
    if field in FLAGS:
        return None if isinstance(value, bool) else "true or false"
    if field in LISTS:
        return None if is_list else "a list of texts"
    if field in TEXTS:
        return None if is_text else "a text"
    return None if is_text or is_list else "a text or a list of texts"


def _check_words(entry: Located, known: Vocabulary) -> None:
    """Classes of words that there are, and places of the sentence that the coder can look at."""
    for field in ("verbs", "nouns", "subject", "object", "not_subject", "not_object"):
        for option in (o for pattern in entry.row.get(field, ()) for w in pattern.split() for o in w.split("|")):
            if not option:
                raise entry.error('has a "|" with nothing beside it', 'alternatives are "open|close fire"', field)
            if option.startswith("@") and option[1:] not in known.classes:
                near = nearest(option[1:], known.classes)
                raise entry.error(f'has the unknown class "{option}"', f"{near} (classes begin with @)", field)
    places = SEATS | ALSO_PREPOSITIONS | frozenset(known.prepositions)
    for field in ("actor", "recipient", "needs"):
        for place in entry.row.get(field, ()):
            if not places.issuperset(place.split(".")):
                right = f"one of {', '.join(sorted(SEATS))}, or a preposition"
                raise entry.error(f'looks for its {field} at "{place}"', right, field)


def _check_examples(entry: Located) -> None:
    """Templates that can be filled: {verb}, {noun} and {inf} stand for the pattern, {past} for its verb."""
    given = entry.row["example"]
    examples = [("example", e) for e in ([given] if isinstance(given, str) else given)]
    for field, template in (*examples, ("counter", entry.row["counter"])):
        try:
            parts = [part for part in Formatter().parse(template) if part[1] is not None]
        except ValueError as error:
            raise entry.error(
                f"has a brace too many in its {field}", "{verb}, {noun}, {inf} or {past}", field
            ) from error
        for _, name, form, conversion in parts:
            if name not in PLACEHOLDERS or form or conversion:
                raise entry.error(f"has {{{name}}} in its {field}", "{verb}, {noun}, {inf} or {past} alone", field)


def _check_ids(entries: Iterable[Located], shipped: Collection[str]) -> None:
    """Ids of own entries are their own."""
    groups = {_group(rule) for rule in shipped}
    first: dict[str, Located] = {}
    for entry in entries:
        kind, name = entry.row["type"], entry.row["id"]
        group = f"{kind.lower()}.{name}"
        if group in groups:
            raise entry.error("repeats the id of a shipped entry", f'another id, and [[mute]] rule = "{group}"', "id")
        if group in first:
            raise entry.error("repeats the id of an entry above", "another id", "id")
        first[group] = entry
        full = [entry_id(kind, name, pattern) for f in ("verbs", "nouns") for pattern in entry.row.get(f, ())]
        twice = next((rule for rule in full if full.count(rule) > 1), None)
        if twice is not None:
            raise entry.error(f"has two patterns of the id {twice}", "two entries with an id each")


def _group(rule: str) -> str:
    return ".".join(rule.split(".")[:2])


def _muted(mute: Located, shipped: Collection[str]) -> frozenset[str]:
    """Ids that a [[mute]] takes out: one entry's, or all of a group's."""
    rule = mute.row.get("rule")
    extra = next((field for field in mute.row if field != "rule"), None)
    if extra is not None:
        raise mute.error(f'has the unknown field "{extra}"', 'only rule = "assault.attack"', extra)
    if not isinstance(rule, str):
        raise mute.error("names no rule", 'rule = "assault.attack.storm", or a group: "assault.attack"', "rule")
    found = frozenset(i for i in shipped if i == rule or (rule.count(".") == 1 and i.startswith(f"{rule}.")))
    if not found:
        near = nearest(rule, {*shipped, *(_group(i) for i in shipped)})
        raise mute.error("names a rule that is not shipped", f"{near} (`dateline rules list` has all)", "rule")
    return found
