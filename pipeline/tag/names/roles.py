"""Titles and offices: what stands beside a person's name, and "the prime minister" for one who was named.

Which words are offices stands in `lexicon/roles.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Span

from pipeline.tag.names.sectors import head_sectors

LONGEST = 60  # characters of a role
OTHER = r"(?! (?:of|for|in|to|who) |[’']s \w+er\b|-| (?-i:[A-Z]))"  # with this behind it, somebody else is meant
LEFT = frozenset({"compound", "amod", "nmod", "poss"})


@dataclass(frozen=True, slots=True)
class _Patterns:
    ends: re.Pattern[str]  # an office at the end of words before a name
    again: re.Pattern[str]  # "the prime minister" alone
    apposed: re.Pattern[str]  # ", the governor of …" behind a name
    introduced: re.Pattern[str]  # "the governor, " before a name
    abbreviated: frozenset[str]
    bodies: frozenset[str]


@cache
def _patterns() -> _Patterns:
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "roles.toml").read_text(encoding="utf-8"))
    office = rf"(?:{'|'.join(table['offices'])})(?:-(?:designate|elect))?"
    bodies = "|".join(table["bodies"])
    return _Patterns(
        re.compile(rf"\b{office}$", re.IGNORECASE),
        re.compile(rf"\b[Tt]he ({office}|{bodies})\b{OTHER}", re.IGNORECASE),
        re.compile(rf"^, (?:(?:the|a|an|his|her|its|their) )?((?:[\w’'-]+ ){{0,5}}?{office})\b"),
        re.compile(rf"(?:\b[Tt]he|[’']s) ((?:[\w’'-]+ ){{0,3}}?{office}), $"),
        frozenset(table["abbreviated"]),
        frozenset(table["bodies"]),
    )


def role_before(span: Span) -> str | None:
    """The title or office before a name: "federal police commander" of "federal police commander Raed Jawdat"."""
    left = [t for t in span.root.lefts if t.i < span.start and t.dep_ in LEFT]
    start = min((t.left_edge.i for t in left), default=span.start)
    while start < span.start and (
        span.doc[start].pos_ in {"DET", "PUNCT", "SPACE", "NUM"} or span.doc[start].dep_ == "poss"
    ):
        start += 1
    words = span.doc[start : span.start].text.strip(" ,")
    return words if words and len(words) < LONGEST and _is_role(words) else None


def role_around(text: str, start: int, end: int) -> str | None:
    """The office in apposition: "governor" of "Omar Daud, the governor of Anbar" and of "the governor, Omar Daud,"."""
    match = _patterns().apposed.match(text[end : end + LONGEST + 20])
    match = match or _patterns().introduced.search(text[max(0, start - LONGEST) : start])
    return match[1] if match else None


@cache
def _is_role(words: str) -> bool:
    last = words.split()[-1].rstrip(".").lower()
    return office(words) is not None or last in _patterns().abbreviated or last in head_sectors()


def office(role: str) -> str | None:
    """The office itself, in lower case, without nation and place: "Iraqi President" → "president"."""
    match = _patterns().ends.search(role)
    return match[0].lower() if match else None


def body_nouns() -> frozenset[str]:
    """Nouns by which a body is called again: "the bank" for Sumer Bank."""
    return _patterns().bodies


def references(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the text says "the prime minister" or "the group" and no name follows: offsets and words."""
    for match in _patterns().again.finditer(text):
        yield match.start(1), match.end(1), match[1].lower()
