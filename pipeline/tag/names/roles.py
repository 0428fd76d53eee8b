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
NAME = r"(?:the )?(?-i:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})"
LEFT = frozenset({"compound", "amod", "nmod", "poss"})
_ALSO = re.compile(
    r",? (?:who is |is )?(?:(?:also|better|widely|commonly|popularly) )?(?:known as|nicknamed|alias|aka|a\.k\.a\.) "
    r"(?:the )?[\"“‘']?((?:(?:Abu|al|el|bin)[ -])?[A-Z][\w’-]*(?: (?:al-)?[A-Z][\w’-]*){0,3})"
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    ends: re.Pattern[str]  # an office at the end of words before a name
    again: re.Pattern[str]  # "the prime minister" alone, "the rebel group"
    apposed: re.Pattern[str]  # ", the governor of …" behind a name
    introduced: re.Pattern[str]  # "the governor, " before a name
    abbreviated: frozenset[str]
    bodies: frozenset[str]


@cache
def _patterns() -> _Patterns:
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "roles.toml").read_text(encoding="utf-8"))
    office = rf"(?:{'|'.join(table['offices'])})(?:-(?:designate|elect))?"
    bodies, kinds = "|".join(table["bodies"]), "|".join(table["kinds"])
    return _Patterns(
        re.compile(rf"\b{office}$", re.IGNORECASE),
        re.compile(rf"\b[Tt]he (?P<said>(?P<kind>(?:{kinds}) )?(?P<noun>{office}|{bodies}))\b{OTHER}", re.IGNORECASE),
        re.compile(
            rf"^, (?!(?:and|or|but|while|who|as|with)\b)(?:(?:the|a|an|his|her|its|their) )?"
            rf"((?:[\w’'-]+ ){{0,5}}?{office})\b"
        ),
        re.compile(rf"(?:\b[Tt]he|[’']s) ((?:[\w’'-]+ ){{0,3}}?{office})(?: of {NAME})?, $"),
        frozenset(table["abbreviated"]),
        frozenset(table["bodies"]),
    )


def role_before(span: Span) -> str | None:
    """The title or office before a name: "federal police commander" of "federal police commander Raed Jawdat"."""
    start = _first_before(span)
    while start < span.start and (
        span.doc[start].pos_ in {"DET", "PUNCT", "SPACE", "NUM"} or span.doc[start].dep_ in {"poss", "case"}
    ):
        start += 1
    words = span.doc[start : span.start].text.strip(" ,")
    return words if words and len(words) < LONGEST and _is_role(words) else None


def _first_before(span: Span) -> int:
    """Where the words before a name begin that are said of it: "president" of "Chad's president Idriss Deby"."""
    left = [t for t in span.root.lefts if t.i < span.start and t.dep_ in LEFT]
    if left:
        owner = next((t.i for t in reversed(span.doc[left[0].left_edge.i : span.start]) if t.tag_ == "POS"), None)
        return min(t.left_edge.i for t in left) if owner is None else owner + 1
    head = span.doc[span.start - 1] if span.start > span.sent.start else None
    if head is None or head.pos_ != "NOUN":
        return span.start
    return min((t.i for t in head.lefts if t.dep_ in LEFT - {"poss"}), default=head.i)


def role_around(text: str, start: int, end: int) -> str | None:
    """The office in apposition: "governor" of "Omar Daud, the governor of Anbar" and of "the governor, Omar Daud,"."""
    match = _patterns().apposed.match(text[end : end + LONGEST + 20])
    match = match or _patterns().introduced.search(text[max(0, start - LONGEST) : start])
    return match[1] if match else None


def also_known_as(text: str, end: int) -> str | None:
    """The other name that the text gives behind a name: "Barbecue" of "Jimmy Cherizier, known as Barbecue"."""
    match = _ALSO.match(text, end)
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
    """Where the text says "the prime minister" or "the rebel group" and no name follows: offsets, office or body."""
    for match in _patterns().again.finditer(text):
        noun = match["noun"].lower()
        if not match["kind"] or noun in _patterns().bodies:
            yield match.start("said"), match.end("said"), noun
