"""Text of an article → the story alone: lines that are no part of it go out, what the wire adds goes to columns.

The rules are data: `rules/*.toml` for lines, `datelines.toml` for openings. A removed line is kept with its reason.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.extract.about.names import read_names
from pipeline.extract.text import folded
from pipeline.extract.wire.dateline import split_dateline, split_tag
from pipeline.extract.wire.lines import BEFORE_WORDS, QUOTE_MARKS, SIGNED, reason_of
from pipeline.extract.wire.repair import Piece, joined, may_hold_adverts, repaired, without_adverts
from pipeline.extract.wire.signoff import authors, byline_line, unstuck
from pipeline.records import Removed

REPEAT_WORDS = 12  # a repeated line of fewer ("Eat every three hours", an interview's standing question) is meant
HEAD_LINES = 4  # where a byline stands
WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The story's text, what was taken out of it, and what the wire's conventions in it said."""

    text: str
    removed: tuple[Removed, ...] = ()
    dateline: str | None = None  # place as written, without agency and date
    dateline_date: str | None = None  # as written there: "Nov 23"; see `dateline_day`
    agency: str | None = None  # abbreviation of a listed one, such as AFP; any other as it signs
    byline: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()  # what it says was mended in it, as written


@cache
def rules() -> dict[str, Any]:
    """The words that the cleaner knows, as they stand in `rules.toml`."""
    return tomllib.loads((files("pipeline.extract.wire") / "rules.toml").read_text("utf-8"))


def rules_version() -> int:
    """Number of the rule set, raised with every change to it."""
    return int(rules()["version"])


def clean(text: str) -> Cleaned:
    """The story in `text` (paragraphs as lines). Cleaning what is clean changes nothing."""
    before, cleaned = None, Cleaned(text=repaired(text))
    while cleaned.text != before:
        before, cleaned = cleaned.text, _once(cleaned)
    return cleaned


def _once(seen: Cleaned) -> Cleaned:
    """One round over all lines; what an earlier round found stays."""
    pieces, removed = _sorted(unstuck(seen.text.split("\n"), _is_note))
    opening = split_dateline("\n".join(joined(pieces)))
    text, tag_agency = split_tag(opening.rest, seen.agency or opening.agency)
    names, signing_agency = read_names(authors(line.text for line in removed if line.reason in SIGNED))
    mended = (line.text.strip(" ()[]") for line in removed if line.reason == "correction")
    return Cleaned(
        text=text if text == seen.text else repaired(text),
        removed=(*seen.removed, *removed),
        dateline=seen.dateline or opening.place,
        dateline_date=seen.dateline_date or opening.date,
        agency=seen.agency or opening.agency or tag_agency or signing_agency,
        byline=tuple(dict.fromkeys((*seen.byline, *names))),
        corrections=tuple(dict.fromkeys((*seen.corrections, *mended))),
    )


def _sorted(lines: list[str]) -> tuple[list[Piece], list[Removed]]:
    """The story's lines, and those that are no part of it."""
    kept: list[Piece] = []
    removed: list[Removed] = []
    known: dict[str, set[str]] = {}
    advertised = may_hold_adverts("\n".join(lines))
    gap: str | None = None
    for line in lines:
        if reason := _reason(line, known, len(kept)):
            removed.append(Removed(line, reason))
            gap = reason
            continue
        story, adverts = without_adverts(line) if advertised else (line, ())
        removed += [Removed(advert, "advert") for advert in adverts]
        kept.append(Piece(text=story, gap=gap))
        gap = None
    return kept, removed


def _reason(line: str, known: dict[str, set[str]], position: int) -> str | None:
    """Why the line is no part of the story, None when it is one. `known`: lines before it, by their first words."""
    if not WORD.search(line):
        return "ornament" if line[:1] not in QUOTE_MARKS else None
    if reason := reason_of(line):
        return reason
    if position < HEAD_LINES and _is_byline(line):
        return "byline"
    if line.count(" ") + 1 < REPEAT_WORDS or not _is_prose(line):
        return None
    alike = known.setdefault(" ".join(line.split(None, 4)[:4]).casefold(), set())
    if not alike:  # folding costs: the first line of such words is folded when a second one comes
        alike.add(line)
        return None
    if len(alike) == 1:
        alike.add(folded(next(iter(alike))))
    same = folded(line) in alike
    alike.add(folded(line))
    return "repeated" if same else None


def _is_byline(line: str) -> bool:
    return byline_line().fullmatch(line.strip(" .|")) is not None and bool(read_names(authors([line]))[0])


def _is_note(bracket: str) -> bool:
    """Whether a bracket that shares its line with the story is a note to editors or a sign-off."""
    return reason_of(bracket) in ("note", "correction", "credits")


def _is_prose(line: str) -> bool:
    """Whether the line is a sentence of the writer's: no list item, question or quotation."""
    return line[:1] not in QUOTE_MARKS and not BEFORE_WORDS.match(line) and not line.endswith("?")
