"""Text of an article → the story alone: lines that are no part of it go out, what the wire adds goes to columns.

The rules are data: `rules/*.toml` for lines, `datelines.toml` for openings. A removed line is kept with its reason.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.extract.about.names import read_names
from pipeline.extract.text import folded
from pipeline.extract.wire.dateline import split_dateline
from pipeline.extract.wire.lines import BEFORE_WORDS, QUOTE_MARKS, SIGNED, reason_of, rule_of
from pipeline.extract.wire.prose import STOPS
from pipeline.extract.wire.repair import Piece, joined, may_hold_adverts, repaired, without_adverts
from pipeline.extract.wire.signoff import authors, byline_line, is_somebody, split_note, unstuck
from pipeline.extract.wire.tags import agency_named, agency_told, split_tag
from pipeline.records import Removed

REPEAT_WORDS = 12  # a repeated line of fewer ("Eat every three hours", an interview's standing question) is meant
HEAD_LINES, TAIL_LINES = 4, 2  # where a byline stands
HEAD = 4000  # characters in which a dateline stands
HEADLINE_WORDS = 20  # of a line in a list of headlines
HEADING_WORDS = 4  # of what stands above such a list
ORIGIN = ("origin", "house", "copyright", "credits")
LONGEST_SIGNATURE = 60  # characters
SIGNATURE = re.compile(r"[^\W\d_][\w.'’ -]+(?:,|\s?\||\s[–—-]\s)\s?\w")  # "Ann Vale, The Canadian Press"
CLOSED = tuple("\"'”’»)]:;,")
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
    start = _start("\n".join(joined(pieces)), seen)
    text, tagged, notes = _without_end(start.rest, seen.agency or start.agency)
    removed += [*start.removed, *notes]
    signed = [start.signed] if start.signed else []
    names, signing = read_names(authors([*signed, *(line.text for line in removed if line.reason in SIGNED)]))
    origin = next((told for line in removed if line.reason in ORIGIN and (told := agency_told(line.text))), None)
    mended = (line.text.strip(" ()[]") for line in removed if line.reason == "correction")
    return Cleaned(
        text=text if text == seen.text else repaired(text),
        removed=(*seen.removed, *removed),
        dateline=seen.dateline or start.place,
        dateline_date=seen.dateline_date or start.date,
        agency=seen.agency or start.agency or tagged or signing or origin,
        byline=tuple(dict.fromkeys((*seen.byline, *names))),
        corrections=tuple(dict.fromkeys((*seen.corrections, *mended))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the story opens with: its first dateline in columns; of later ones what the columns cannot hold, removed."""

    rest: str
    place: str | None = None
    date: str | None = None
    agency: str | None = None
    signed: str | None = None
    removed: tuple[Removed, ...] = ()


def _start(text: str, seen: Cleaned) -> Start:
    """All datelines off the text: "NEW YORK (Reuters) - GENEVA - …" has two, and the second is no sentence either."""
    start = Start(rest=text[:HEAD], place=seen.dateline, date=seen.dateline_date, agency=seen.agency)
    read = HEAD
    while (opening := split_dateline(start.rest)).taken:
        if len(opening.rest) < HEAD // 2:  # 20,000 in one text took 40 s when all of it was copied for each
            opening, read = replace(opening, rest=opening.rest + text[read : read + HEAD]), read + HEAD
        both = ((start.place, opening.place), (start.date, opening.date), (start.agency, opening.agency))
        again = any(first and later and first != later for first, later in both)
        start = Start(
            rest=opening.rest,
            place=start.place or opening.place,
            date=start.date or opening.date,
            agency=start.agency or opening.agency,
            signed=start.signed or opening.signed,
            removed=(*start.removed, Removed(opening.taken, "dateline")) if again else start.removed,
        )
    return replace(start, rest=start.rest + text[read:])


def _without_end(text: str, signed: str | None) -> tuple[str, str | None, list[Removed]]:
    """(text without tags, notes and sign-offs behind its last sentence, the first agency of the tags, the notes)."""
    agency: str | None = None
    notes: list[Removed] = []
    while True:
        text, tagged = split_tag(text, signed)
        text, note = (text, None) if tagged else split_note(text, _is_note)
        if not tagged and note is None:
            return text, agency, notes
        agency = agency or tagged
        if note:
            notes.append(Removed(note, reason_of(note) or "note"))


def _sorted(lines: list[str]) -> tuple[list[Piece], list[Removed]]:
    """The story's lines, and those that are no part of it."""
    kept: list[Piece] = []
    removed: list[Removed] = []
    known: dict[str, set[str]] = {}
    advertised = may_hold_adverts("\n".join(lines))
    gap: str | None = None
    for number, (line, kind) in enumerate(zip(lines, _kinds(lines), strict=True)):
        at_edge = len(kept) < HEAD_LINES or number >= len(lines) - TAIL_LINES
        if reason := _reason(line, kind, known, len(kept)) or (_signs(line) if at_edge else None):
            removed.append(Removed(line, reason))
            gap = reason
            continue
        story, adverts = without_adverts(line) if advertised else (line, ())
        removed += [Removed(advert, "advert") for advert in adverts]
        kept.append(Piece(text=story, gap=gap))
        gap = None
    return kept, removed


def _kinds(lines: list[str]) -> list[str | None]:
    """Why a rule takes each line, None where none does; a line that needs company goes where a neighbour does."""
    rules = [rule_of(line) for line in lines]
    kinds = [rule.id if rule and not rule.beside else None for rule in rules]
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = order.step
        for place in order:
            rule = rules[place]
            if rule and kinds[place] is None and kinds[place - step] in rule.beside:
                kinds[place] = rule.id
    return _with_listed(lines, kinds)


def _with_listed(lines: list[str], kinds: list[str | None]) -> list[str | None]:
    """The kinds, headlines listed below "Read also" as well: one below a colon, and all that the text ends with."""
    end = len(lines)
    while end and (kinds[end - 1] or _is_headline(lines[end - 1])):
        end -= 1
    for place, line in enumerate(lines[:-1]):
        if kinds[place] != "related" or line.count(" ") >= HEADING_WORDS or line.endswith(STOPS):
            continue
        listed = range(place + 1, len(lines)) if place >= end > 0 else range(place + 1, place + 1 + line.endswith(":"))
        for below in listed:
            if kinds[below] is None and _is_headline(lines[below]):
                kinds[below] = "related"
    return kinds


def _is_headline(line: str) -> bool:
    """Whether a line can be a headline in a list: several words, and no sentence's end."""
    return (
        2 < line.count(" ") + 1 <= HEADLINE_WORDS
        and not line.endswith((*STOPS, *CLOSED))
        and line[:1] not in QUOTE_MARKS
    )


def _reason(line: str, kind: str | None, known: dict[str, set[str]], position: int) -> str | None:
    """Why the line is no part of the story, None when it is one. `known`: lines before it, by their first words."""
    if not WORD.search(line):
        return "ornament" if line[:1] not in QUOTE_MARKS else None
    if kind:
        return kind
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
    return byline_line().fullmatch(line.strip(" .|")) is not None and any(
        is_somebody(name) for name in read_names(authors([line]))[0]
    )


def _signs(line: str) -> str | None:
    """Why a line near the text's begin or end that names an agency, alone or behind a name, is no part of the story."""
    bare = line.strip(" ()[].|–—-") if len(line) < LONGEST_SIGNATURE else ""
    if bare and agency_named(bare):
        return "origin"
    name, mark, house = re.split(r"(,|\s[|–—-]\s|\|)", bare, maxsplit=1) if SIGNATURE.search(bare) else ("", "", "")
    return "byline" if mark and agency_named(house.strip()) and read_names([bare])[0] and " " in name else None


def _is_note(bracket: str) -> bool:
    """Whether a bracket that shares its line with the story is a note to editors or a sign-off."""
    return reason_of(bracket) in ("note", "correction", "credits")


def _is_prose(line: str) -> bool:
    """Whether the line is a sentence of the writer's: no list item, question or quotation."""
    return line[:1] not in QUOTE_MARKS and not BEFORE_WORDS.match(line) and not line.endswith("?")
