"""Who did what, as the wire signs it: "(Reporting by Ann Vale in Orsk; Editing by Cy Dun)"; and notes to editors.

Reporters and writers are a story's authors. Editors are not; their names stay in the removed line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

HEAD_LINES = 3  # a note to editors stands before the dateline
ROLE = re.compile(
    r"\(?\b(?:additional\s+)?(?P<role>WORK(?:(?:,|\s+and|,\s+and)\s+WORK)*)\s+(?:and\s+compiled\s+)?by\b:?\s+".replace(
        "WORK", "(?:reporting|writing|written|compiled|reported|editing|edited)"
    ),
    re.IGNORECASE,
)
EDITING = re.compile(r"(?:editing|edited|[\s,]|and)+", re.IGNORECASE)
PLACE_TAIL = re.compile(r"\s+(?:in|at|from)\s+(?:the\s+)?[A-Z][^;,&]*?(?=\s+and\s+[A-Z][\w.'’-]+\s+[A-Z]|[;,&]|$)")

FIRST = re.compile(r"(?P<note>[(\[][^()\[\]]{6,400}[)\]])\s+(?P<story>\S.*)")
LAST = re.compile(
    r"(?P<story>.*[.!?…\"”'’»)])\s+(?P<note>\([^()]{6,400}\)\.?|(?:Additional\s+)?Reporting\s+by\s[^()]{6,300})"
)


def authors(lines: Iterable[str]) -> list[str]:
    """What signing lines say of reporters and writers, a piece a role, without the places from where they reported."""
    pieces = (piece for line in lines for piece in _work(line.strip("() .")))
    return [PLACE_TAIL.sub("", piece) for piece in pieces if piece.strip(" ;")]


def _work(line: str) -> Iterator[str]:
    """The names behind each role but that of editors; what stands before the first role too ("By Ann Vale")."""
    roles = list(ROLE.finditer(line))
    yield line[: roles[0].start()] if roles else line
    ends = [*(role.start() for role in roles[1:]), len(line)]
    for role, end in zip(roles, ends, strict=False):  # without roles there is an end too many
        if not EDITING.fullmatch(role["role"]):
            yield line[role.end() : end]


def unstuck(lines: list[str], is_note: Callable[[str], bool]) -> list[str]:
    """The lines, a note or sign-off that shares its line with the story's first or last sentence on one of its own."""
    head = [piece for line in lines[:HEAD_LINES] for piece in _parts(FIRST, line, is_note, ("note", "story"))]
    whole = [*head, *lines[HEAD_LINES:]]
    return [*whole[:-1], *_parts(LAST, whole[-1], is_note, ("story", "note"))] if whole else whole


def _parts(shape: re.Pattern[str], line: str, is_note: Callable[[str], bool], order: tuple[str, str]) -> list[str]:
    match = shape.fullmatch(line)
    return [match[name] for name in order] if match and is_note(match["note"]) else [line]
