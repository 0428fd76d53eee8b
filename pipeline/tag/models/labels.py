"""What a recogniser's labels are in OntoNotes' words: tables, one a scheme."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError, DatelineError
from pipeline.tomltext import read_toml

ASKED = "asked"
ONTONOTES = frozenset(
    {"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
    | {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"}
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """`labels` maps a model's word (upper case, without B-/I-) to OntoNotes', "" drops it; `covers` see labels.toml."""

    name: str
    covers: frozenset[str]
    labels: Mapping[str, str]

    def mapped(self, label: str) -> str:
        """OntoNotes' word for the model's; "" for what is not wanted."""
        return self.labels[kind_of(label) if self.name != ASKED else label]


def kind_of(label: str) -> str:
    """A model's label without its place in the name.

    >>> kind_of("B-per"), kind_of("I-LOC"), kind_of("S-ORG"), kind_of("LOC-building"), kind_of("MISC")
    ('PER', 'LOC', 'ORG', 'LOC-BUILDING', 'MISC')
    """
    place, dash, rest = label.partition("-")
    return (rest if dash and place in {"B", "I", "E", "S", "L", "U", "M"} else label).upper()


def load_schemes(path: Path | None = None) -> tuple[Scheme, ...]:
    """The schemes of a table like labels.toml, the shipped one by default; ConfigError when it has another form."""
    where = str(path) if path else "labels.toml"
    try:
        text = path.read_text("utf-8") if path else (files(__package__) / "labels.toml").read_text("utf-8")
        return tuple(_scheme(where, name, table) for name, table in read_toml(text).items())
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(where, str(error)) from error


def _scheme(where: str, name: str, table: Any) -> Scheme:
    right = 'covers = ["PERSON", …] and [NAME.labels] with PER = "PERSON" …'
    if not isinstance(table, dict) or set(table) != {"covers", "labels"}:
        raise ConfigError(f"{where}: [{name}]", "is no label table", right)
    covers, labels = table["covers"], table["labels"]
    if not isinstance(covers, list) or not isinstance(labels, dict):
        raise ConfigError(f"{where}: [{name}]", "is no label table", right)
    if not all(isinstance(word, str) for word in (*covers, *labels.values())):
        raise ConfigError(f"{where}: [{name}]", "has a label that is no text", right)
    if unknown := sorted(map(str, {*covers, *labels.values()} - ONTONOTES - {""})):
        raise ConfigError(f"{where}: [{name}]", f"{', '.join(unknown)} is no label of OntoNotes", "PERSON, ORG, GPE …")
    return Scheme(name, frozenset(covers), labels if name == ASKED else {k.upper(): v for k, v in labels.items()})


def scheme_for(model: str, labels: Collection[str], schemes: Collection[Scheme]) -> Scheme:
    """The first scheme that knows all labels of the model ("O" aside).

    DatelineError names the labels that none knows: nothing that a model says is left out without a word.
    """
    kinds = {kind_of(label) for label in labels if label != "O"}
    fitting = (s for s in schemes if s.name != ASKED and kinds <= set(s.labels))
    if found := next(fitting, None):
        return found
    known = {label for s in schemes if s.name != ASKED for label in s.labels}
    odd = ", ".join(sorted(kinds - known)) or ", ".join(sorted(kinds))
    raise DatelineError(f"{model}: no table of labels knows {odd}; give a table that maps them to OntoNotes' labels")


def asked_scheme(schemes: Collection[Scheme]) -> Scheme:
    """What to ask of a model without labels of its own; DatelineError when the table has none."""
    found = next((s for s in schemes if s.name == ASKED), None)
    if found is None or not found.labels:
        raise DatelineError("table of labels: [asked] is missing: what to ask of a GLiNER model")
    return found
