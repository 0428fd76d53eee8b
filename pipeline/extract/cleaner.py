"""Text of an article → the story alone: lines that are no part of it go out, what the wire adds goes to columns.

The rules are data: `rules.toml`. A removed line is kept with the rule's name.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.extract.dateline import split_dateline, split_tag
from pipeline.extract.names import read_names
from pipeline.extract.signoff import authors, unstuck
from pipeline.extract.text import folded, tidy
from pipeline.records import Removed

QUOTE_MARKS = "\"“”„«»‘'‹"
BEFORE_WORDS = re.compile(r"^[\s\-–—•·*|>»→←▶►■\[(#+_=~]+(?=\S)")
REPEAT_WORDS = 12  # a repeated line of fewer ("Eat every three hours", an interview's standing question) is meant
BYLINE = re.compile(r"(?i:by)\s+[A-Z][\w.'’-]+(?:\s+[\w.'’,&|-]+){0,9}")
HEAD_LINES = 4  # where a byline stands


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of line that is no part of any story."""

    id: str
    pattern: re.Pattern[str]
    words: int
    takes: tuple[str, ...]
    spares: tuple[str, ...]

    def matches(self, line: str) -> bool:
        """Whether the line is of this kind. What somebody said, in quotation marks, never is."""
        if line[:1] in QUOTE_MARKS or line.count(" ") >= self.words:
            return False
        before = BEFORE_WORDS.match(line)
        return self.pattern.match(line, before.end() if before else 0) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The story's text, what was taken out of it, and what the wire's conventions in it said."""

    text: str
    removed: tuple[Removed, ...] = ()
    dateline: str | None = None  # place as written, without agency and date
    agency: str | None = None  # abbreviation of a listed one, such as AFP; any other as it signs
    byline: tuple[str, ...] = ()


@cache
def rules() -> dict[str, Any]:
    """The rules as they stand in `rules.toml`."""
    return tomllib.loads((files("pipeline.extract") / "rules.toml").read_text("utf-8"))


def _rule(id_: str, entry: dict[str, Any]) -> Rule:
    flags = re.VERBOSE if entry.get("case") else re.VERBOSE | re.IGNORECASE
    pattern = re.compile(entry["pattern"], flags)
    return Rule(id_, pattern, entry.get("words", 30), tuple(entry["takes"]), tuple(entry["spares"]))


@cache
def line_rules() -> tuple[Rule, ...]:
    """The rules that take out lines, in the order in which they are asked."""
    return tuple(_rule(entry["id"], entry) for entry in rules()["rule"])


@cache
def credits_rule() -> Rule:
    """The rule for lines that sign the work."""
    return _rule("credits", {"words": 60, **rules()["credits"]})


def rules_version() -> int:
    """Number of the rule set, raised with every change to it."""
    return int(rules()["version"])


def clean(text: str) -> Cleaned:
    """The story in `text` (paragraphs as lines). Cleaning what is clean changes nothing."""
    before, cleaned = None, Cleaned(text=tidy(text))
    while cleaned.text != before:
        before, cleaned = cleaned.text, _once(cleaned)
    return cleaned


def _once(seen: Cleaned) -> Cleaned:
    """One round over all lines; what an earlier round found stays."""
    kept: list[str] = []
    removed = list(seen.removed)
    signed: list[str] = []
    known: set[str] = set()
    for line in unstuck(seen.text.split("\n"), _is_note):
        reason = _reason(line, known, len(kept))
        if reason is None:
            kept.append(line)
        else:
            removed.append(Removed(line, reason))
        if reason in ("credits", "byline"):
            signed.append(line)
    text, dateline, lead_agency = split_dateline("\n".join(kept))
    text, tag_agency = split_tag(text, seen.agency or lead_agency)
    names, signing_agency = read_names(authors(signed))
    return Cleaned(
        text=tidy(text),
        removed=tuple(removed),
        dateline=seen.dateline or dateline,
        agency=seen.agency or lead_agency or tag_agency or signing_agency,
        byline=tuple(dict.fromkeys((*seen.byline, *names))),
    )


def _reason(line: str, known: set[str], position: int) -> str | None:
    """Why the line is no part of the story, None when it is one. `known` are the lines before it."""
    if not (key := folded(line)):
        return "ornament" if line[:1] not in QUOTE_MARKS else None
    if credits_rule().matches(line):
        return "credits"
    if position < HEAD_LINES and BYLINE.fullmatch(line.strip(" .|")) and read_names([line])[0]:
        return "byline"
    if reason := next((rule.id for rule in line_rules() if rule.matches(line)), None):
        return reason
    if key in known and key.count(" ") + 1 >= REPEAT_WORDS and _is_prose(line):
        return "repeated"
    known.add(key)
    return None


def _is_note(bracket: str) -> bool:
    """Whether a bracket that shares its line with the story is a note to editors or a sign-off."""
    return credits_rule().matches(bracket) or any(rule.matches(bracket) for rule in line_rules() if rule.id == "note")


def _is_prose(line: str) -> bool:
    """Whether the line is a sentence of the writer's: no list item, question or quotation."""
    return line[:1] not in QUOTE_MARKS and not BEFORE_WORDS.match(line) and not line.endswith("?")
