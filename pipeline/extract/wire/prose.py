"""Sentences of a story that begin as a prompt does: "Follow us or die, the gunmen told the miners." They stay.

Rules for prompts end in "and whatever follows"; what tells prose is asked here, once for all of them, in all languages.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from pipeline.extract.wire.days import months, weekdays

STOPS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", "۔")
ASKED = ("?", "？", "؟", "!", "！", "。")
# Prompts to the reader: they hold no past tense.
PROMPTS = (
    *("newsletter", "follow", "share", "contact", "comments", "paywall", "app", "audio", "donate", "event", "related"),
    *("house", "copyright"),
)
LABELLED = ("related", "tags", "photo", "origin", "note", "author", "follow")
# Captions and notes of what was mended tell what was and who says so.
MAY_TELL = ("caption", "photo", "correction", "note", "credits", "byline", "author", "repeated")
# One who speaks in a transcript, not what a picture is of: "VIDEO: The tape shows four men."
SPEAKER = re.compile(
    r"\W*(?:videos?|vídeos?|vidéos?|видео|відео|wideo|map|mapa|karte|carte|graphic|file):\s+(?:\S+\s+){3,}\S+$"
)
LABEL = re.compile(r"[^:|>»→]{2,40}[:|>»→：｜→]")
SMALL_AFTER_COLON = re.compile(r"[^:]{2,40}:\s+[a-zà-öø-ÿа-яёіїєґ]")
LATER_CLAUSES = re.compile(r"[,;?!،，？！؟](.*)", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE_WORDS = 8  # a prompt of fewer ("Read more.") may end in a full stop
STAMP_WORDS = 1  # in small letters that no time stamp holds
STAMP_NAMES = 5  # in capitals: who published it, and where that time is kept


@cache
def _words(table: str, name: str) -> tuple[str, ...]:
    text = (files("pipeline.extract.wire") / "rules.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)[table][name])


@cache
def _any(name: str) -> re.Pattern[str]:
    """Any of the words of prose; those of scripts without blanks anywhere."""
    spaced = [word for word in _words("prose", name) if not _is_unspaced(word)]
    dense = [word for word in _words("prose", name) if _is_unspaced(word)]
    return re.compile("|".join([rf"\b(?:{_either(spaced)})(?:\b|(?<='))", *filter(None, [_either(dense)])]))


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


def _is_unspaced(word: str) -> bool:
    return re.match("[\u3040-\u30ff\u3400-\u9fff]", word) is not None


def is_prose(line: str, view: str, reason: str) -> bool:
    """Whether a line that a rule for `reason` takes is a sentence of the story all the same.

    `view` is the line in lower case.
    """
    stopped = line.rstrip(' "”»)]').endswith(STOPS)
    if reason in ("credits", "byline"):
        return line.rstrip(" )]）】").endswith(ASKED)
    if reason in LABELLED and stopped and line.endswith(".") and SMALL_AFTER_COLON.match(line):
        return True
    if reason in ("photo", "related") and line.endswith(".") and SPEAKER.match(view):
        return True
    return _is_told(view, reason, stopped) or _is_past(view, reason, stopped)


def _is_told(view: str, reason: str, stopped: bool) -> bool:
    """Whether somebody says it: headlines behind "Read more:" name who says it too, but without a full stop."""
    if reason in MAY_TELL or (reason == "related" and not stopped and LABEL.match(view)):
        return False
    clauses = LATER_CLAUSES.search(view)
    return clauses is not None and _any("said").search(clauses[1]) is not None


def _is_past(view: str, reason: str, stopped: bool) -> bool:
    """Whether it is a whole sentence that tells what was."""
    if reason not in PROMPTS or not stopped or LABEL.match(view):
        return False
    if reason == "related" and re.search(r"\w[,،，] ", view):
        return True
    return view.count(" ") + 1 >= SENTENCE_WORDS and _any("past").search(view) is not None


@cache
def _stamp_words() -> frozenset[str]:
    dates = " ".join((*months(), *weekdays())).replace("-", " ").lower()
    return frozenset((*_words("stamps", "words"), *WORD.findall(dates)))


def is_stamp(line: str) -> bool:
    """Whether a line that begins as a time stamp is one to its end."""
    if line.endswith(".") and (ends := WORD.findall(line)) and ends[-1].lower() not in _stamp_words():
        return len(ends) <= STAMP_WORDS
    strange = [word for word in WORD.findall(line) if word.lower() not in _stamp_words()]
    small = sum(word[0].islower() for word in strange)
    return small <= STAMP_WORDS and len(strange) <= STAMP_NAMES
