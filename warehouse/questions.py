"""The questions that ship with Dateline: `warehouse/queries/NN_<name>.sql`, each opening with what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from pipeline.errors import ConfigError
from warehouse.migrate import scripts

MARK = "-- "


@dataclass(frozen=True, slots=True)
class Question:
    """A shipped query: `sql` is its whole file, `asks` the first line of that, `notes` what one should know of it."""

    name: str
    asks: str
    notes: str
    sql: str


def questions() -> list[Question]:
    """All of them, in the order of their files' numbers."""
    return [read_question(file, text) for file, text in scripts("queries")]


def question(name: str) -> Question:
    """One by its name; ConfigError names those that there are."""
    found = {one.name: one for one in questions()}
    if name not in found:
        raise ConfigError(name, "is no shipped question and no query", f"SQL, or one of {', '.join(found)}")
    return found[name]


def read_question(file: str, text: str) -> Question:
    """A question of its file: name and text.

    >>> read_question("07_who_left.sql", "-- Who left?\\n-- Not who was\\n-- expelled.\\nFROM event;").notes
    'Not who was expelled.'
    """
    head = takewhile(lambda line: line.startswith(MARK), text.splitlines())
    asks, *notes = (line.removeprefix(MARK) for line in head)
    return Question(file.removesuffix(".sql").partition("_")[2], asks, " ".join(notes), text)
