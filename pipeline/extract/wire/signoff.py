"""Who did what, as the wire signs it: "(Reporting by Ann Vale in Orsk; Editing by Cy Dun)"; and notes to editors.

Reporters and writers are a story's authors. Editors are not; their names stay in the removed line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.extract.about.names import house_of
from pipeline.extract.wire.dateline import is_place
from pipeline.extract.wire.days import weekdays
from pipeline.extract.wire.tags import agency_named

LONGEST_NOTE = 420  # characters, with the end of the sentence before it
HEAD_LINES = 3  # a note to editors stands before the dateline
WORK = "(?:reporting|writing|written|compiled|reported|editing|edited)"
ENGLISH = rf"(?:additional\s+)?(?P<role>{WORK}(?:(?:,|\s+and|,\s+and)\s+{WORK})*)\s+(?:and\s+compiled\s+)?by\b:?\s+"
EDITING = re.compile(r"(?:editing|edited|[\s,]|and)+", re.IGNORECASE)
# "in Orsk", "en Orsk": where somebody reported from, up to the next name or mark.
PLACE_TAIL = re.compile(
    r"\s+(?:in|at|from|en|aus|à|из|в)\s+(?:the\s+)?[A-ZА-Я][^;,&]*?(?=\s+and\s+[A-Z][\w.'’-]+\s+[A-Z]|[;,&]|$)"
)
KOREAN = re.compile(r"\s*(?:기자|특파원|논설위원)$")  # there the role stands behind the name

FIRST = re.compile(r"(?P<note>[(\[][^()\[\]]{6,400}[)\]])\s+(?P<story>\S.*)")
LAST = re.compile(
    r"(?P<story>.*[.!?…\"”'’»)])\s+(?P<note>\([^()]{6,400}\)\.?|(?:Additional\s+)?Reporting\s+by\s[^()]{6,300})"
)


@cache
def roles() -> dict[str, Any]:
    """The table [roles] of `rules.toml`."""
    table: dict[str, Any] = tomllib.loads((files("pipeline.extract.wire") / "rules.toml").read_text("utf-8"))["roles"]
    return table


@cache
def _role() -> re.Pattern[str]:
    """What stands before names: "Reporting by", "édité par", "Автор:". A blank or colon ends it, not "Paris"."""
    others, writers = (_any_of(roles()[kind]) for kind in ("others", "authors"))
    # At the start or behind a mark, or before a colon: "Oliver von Berg" holds no role.
    opened, colon = r"(?:^|(?<=[;,.(（–-])|(?<=[;,.(（–-]\s))", r"\s?[:：/／=・]\s*"
    end = rf"(?:{colon}|\s+|(?<=['’]))"
    return re.compile(
        rf"\(?(?:\b{ENGLISH}|{opened}(?P<other>{others}){end}|{opened}(?:{writers}){end}"
        rf"|(?<!\w)(?P<another>{others}){colon}|(?<!\w)(?:{writers}){colon})",
        re.IGNORECASE,
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def byline_line() -> re.Pattern[str]:
    """A whole line that says by whom: "By Ann Vale", "Von Ann Vale und Bo Ek"."""
    name = r"[^\W\d_a-zа-я][\w.'’-]+"
    return re.compile(
        rf"(?:(?i:by)\s+[A-Z][\w.'’-]+(?:\s+[\w.'’,&|-]+){{0,9}}"
        rf"|(?i:{_any_of(roles()['openers'])})\s+{name}\s+{name}(?:(?:,|\s+(?:und|et|y|e|en|dan|avec|mit|con|com))?\s+{name}){{0,6}})"
    )


def authors(lines: Iterable[str]) -> list[str]:
    """What signing lines say of reporters and writers, a piece a role, without the places from where they reported."""
    pieces = (piece for line in lines for piece in _work(line.strip("() .（）[]【】")))
    bare = (KOREAN.sub("", PLACE_TAIL.sub("", piece).strip(" ;,-–؛")) for piece in pieces)
    return [piece for piece in bare if piece]


def _work(line: str) -> Iterator[str]:
    """The names behind each role but that of editors; what stands before the first role too ("By Ann Vale")."""
    found = list(_role().finditer(line))
    yield line[: found[0].start()] if found else line
    ends = [*(role.start() for role in found[1:]), len(line)]
    for role, end in zip(found, ends, strict=False):  # without roles there is an end too many
        if not (role["other"] or role["another"]) and not EDITING.fullmatch(role["role"] or "-"):
            yield line[role.end() : end]


def unstuck(lines: list[str], is_note: Callable[[str], bool]) -> list[str]:
    """The lines, notes before the story's first sentence on lines of their own."""
    return [*(piece for line in lines[:HEAD_LINES] for piece in _opened(line, is_note)), *lines[HEAD_LINES:]]


def _opened(line: str, is_note: Callable[[str], bool]) -> Iterator[str]:
    while (match := FIRST.fullmatch(line)) and is_note(match["note"]):
        yield match["note"]
        line = match["story"]
    yield line


def split_note(text: str, is_note: Callable[[str], bool]) -> tuple[str, str | None]:
    """(text without the note or sign-off that shares its last line with the story's last sentence, that note)."""
    end = text[-LONGEST_NOTE:].rpartition("\n")[2]
    match = LAST.fullmatch(end)
    if not match or not is_note(match["note"]):
        return text, None
    return text[: len(text) - len(end) + match.end("story")], match["note"]


@cache
def _nobody() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files("pipeline.extract.wire") / "rules.toml").read_text("utf-8"))["nobody"]
    return {name: frozenset(table[name]) for name in ("words", "last")}


def is_somebody(name: str) -> bool:
    """Whether the name behind "By" can be a person's or a house's: "Sunday Night", "Orsk River", "God" are nobody's."""
    if agency_named(name) or house_of(name) is not None:
        return True
    words = name.casefold().split()
    if any(word in _nobody()["words"] or (word in weekdays() and word.endswith("day")) for word in words):
        return False
    return words[-1] not in _nobody()["last"] and not is_place(name) and (len(words) > 1 or not name.isascii())
