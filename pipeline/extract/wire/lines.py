"""Lines that are no part of any story, in the languages of wires. The rules are data: one file a language in `rules/`.

Pages mix languages, so every rule is asked of every line. Some 250 patterns one by one cost 90 µs a line; joined into
one pattern a length they cost a tenth, and only a line that this net holds is asked rule by rule.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from pipeline.extract.wire.prose import is_prose, is_stamp

QUOTE_MARKS = "\"“”„«»‘'‹「『〝"
# Bullets, brackets, arrows and pictures before the first word. Not "©", "ⓒ" and "@", which say something themselves.
BEFORE_WORDS = re.compile(
    r"[\s\-–—•·●*|>»→#+_=~\[(【［（<〈《\u2190-\u24b5\u24ea-\u2bff\ufe0f\U0001f000-\U0001faff]+(?=\S)"
)
NOT_LATIN = re.compile("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\uffef]")
WORDS = 30  # a longer line is prose that mentions the matter
WHOLE_WORDS = 20  # the same for rules that tell the whole line: their lines are short in any language
NET_WORDS = (12, 20, 30, 100)
WORD_CHARACTERS = 12  # of scripts without blanks: sixty characters of Chinese count as five words
SIGNED = ("credits", "byline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A line as the rules see it."""

    line: str
    view: str  # in lower case, with plain apostrophes, the Turkish letters i all one
    start: int  # of the first word
    length: int  # in words
    foreign: bool  # holds a letter that is not Latin

    @classmethod
    def of(cls, line: str) -> Seen:
        """The line looked at once for all rules."""
        view = _view(line)
        before = BEFORE_WORDS.match(view)
        return cls(
            line=line, view=view, start=before.end() if before else 0, length=_length(line), foreign=_is_foreign(line)
        )

    def begins_with(self, pattern: re.Pattern[str], cased: bool) -> bool:
        """Whether the pattern matches from the first word on."""
        return pattern.match(self.line if cased else self.view, self.start) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind of line that is no part of any story."""

    id: str  # the reason that is recorded
    language: str
    pattern: re.Pattern[str]
    words: int
    cased: bool
    holds: tuple[str, ...]  # one of which the line must hold, in lower case
    foreign: bool  # all its examples hold a letter that is not Latin
    beside: tuple[str, ...]  # next to a line of one of these kinds alone; anywhere where none is named
    takes: tuple[str, ...]
    spares: tuple[str, ...]

    def matches(self, line: str) -> bool:
        """Whether the line is of this kind. What somebody said, in quotation marks, never is."""
        return not _is_said(line) and self.takes_in(Seen.of(line))

    def takes_in(self, seen: Seen) -> bool:
        """As `matches`, for a line that was looked at before."""
        if seen.length >= self.words or (self.holds and not any(word in seen.view for word in self.holds)):
            return False
        return seen.begins_with(self.pattern, self.cased) and not self._is_story(seen)

    def _is_story(self, seen: Seen) -> bool:
        if self.id == "stamp" and not self.foreign and not is_stamp(seen.line):
            return True
        return is_prose(seen.line, seen.view, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """All rules of one length as one pattern: what it does not match, none of them does."""

    words: int
    cased: bool
    foreign: bool
    pattern: re.Pattern[str]


@cache
def line_rules() -> tuple[Rule, ...]:
    """The rules in the order in which they are asked: who signs first, then English, then the others."""
    folder = sorted((files("pipeline.extract.wire") / "rules").iterdir(), key=lambda file: file.name)
    tables = [
        (file.name[:-5], tomllib.loads(file.read_text("utf-8"))) for file in folder if file.name.endswith(".toml")
    ]
    found = [_rule(language, entry) for language, table in tables for entry in table["rule"]]
    return tuple(sorted(found, key=lambda rule: (bool(rule.beside), rule.id != "credits", rule.language != "en")))


def _rule(language: str, entry: dict[str, Any]) -> Rule:
    cased = bool(entry.get("case"))
    return Rule(
        id=entry["id"],
        language=language,
        pattern=_compiled(entry.get("pattern") or _whole_line(entry["whole"]), cased),
        words=entry.get("words", WHOLE_WORDS if "whole" in entry else WORDS),
        cased=cased,
        holds=tuple(_view(word) for word in entry.get("holds", ())),
        foreign=all(NOT_LATIN.search(line) for line in entry["takes"]),
        beside=tuple(entry.get("beside", ())),
        takes=tuple(entry["takes"]),
        spares=tuple(entry["spares"]),
    )


def _compiled(pattern: str, cased: bool) -> re.Pattern[str]:
    # Lower-case lines and patterns: a pattern that ignores case is five times as slow.
    return re.compile(pattern if cased else pattern.replace("ı", "i"), re.VERBOSE)


def _whole_line(options: list[str]) -> str:
    """The pattern of a line that is one of these and nothing else but marks behind it."""
    verbose = (option.replace(" ", r"\ ").replace("#", r"\#") for option in options)
    return rf"(?:{'|'.join(verbose)})\W*$"


@cache
def _nets() -> tuple[Net, ...]:
    """The nets: few, for each costs a call; by length, for most lines are too long for most rules."""

    def mesh(rule: Rule) -> tuple[int, bool, bool]:
        return next(words for words in NET_WORDS if rule.words <= words), rule.cased, rule.foreign

    netted = sorted((rule for rule in line_rules() if not rule.holds), key=mesh, reverse=True)
    return tuple(
        Net(words=words, cased=cased, foreign=foreign, pattern=re.compile(_any_of(rules), re.VERBOSE))
        for (words, cased, foreign), rules in groupby(netted, mesh)
    )


def _any_of(rules: Iterable[Rule]) -> str:
    return "|".join(f"(?:{rule.pattern.pattern}\n)" for rule in rules)  # "\n", for a comment may stand before it


@cache
def _held(length: int, foreign: bool) -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    """(word, rules that ask for it) for a line of so many words. These rules look into the line: their patterns begin
    with anything, which would cost a net more than all the others."""
    rules = [rule for rule in line_rules() if rule.holds and length < rule.words]
    words = {word: [rule for rule in rules if word in rule.holds] for rule in rules for word in rule.holds}
    return tuple((word, tuple(asking)) for word, asking in words.items() if foreign or not _is_foreign(word))


def reason_of(line: str) -> str | None:
    """Why the line is no part of a story, None when no rule takes it.

    >>> reason_of("Sign up for our newsletter")
    'newsletter'
    """
    rule = rule_of(line)
    return rule.id if rule and not rule.beside else None


@lru_cache(maxsize=4096)  # each text is read twice, and a publisher's pages share their lines
def rule_of(line: str) -> Rule | None:
    """The first rule that takes the line."""
    if _is_said(line):
        return None
    seen = Seen.of(line)
    if not _is_netted(seen) and not _is_held(seen):
        return None
    return next((rule for rule in line_rules() if rule.takes_in(seen)), None)


def _is_netted(seen: Seen) -> bool:
    return any(
        seen.begins_with(net.pattern, net.cased)
        for net in _nets()
        if seen.length < net.words and net.foreign <= seen.foreign
    )


def _is_held(seen: Seen) -> bool:
    view = seen.view
    asking = [rules for word, rules in _held(min(seen.length, NET_WORDS[-1]), seen.foreign) if word in view]
    return any(rule.takes_in(seen) for rules in asking for rule in rules)


def _is_foreign(line: str) -> bool:
    return not line.isascii() and NOT_LATIN.search(line) is not None


def _is_said(line: str) -> bool:
    return line[:1] in QUOTE_MARKS


def _length(line: str) -> int:
    return max(line.count(" "), len(line) // WORD_CHARACTERS)


def _view(line: str) -> str:
    return line.lower().replace("i̇", "i").replace("ı", "i").replace("’", "'")
