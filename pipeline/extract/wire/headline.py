"""What wires put before a headline ("UPDATE 2-", "CORRECTED-", "URGENT:"): out of the title, into columns.

The labels are data: `headlines.toml`. One that is part of the sense stays: "Update on vaccines".
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.extract.text import one_line
from pipeline.extract.wire.tags import agency_in

DASH = r"(?:\s*[—–]\s*|\s+--?\s+|--?\s?(?=[^\s\d]))"  # "UPDATE 2-Rebels", "URGENT - Rebels"
COLON = r"\s?[:：|｜]\s*"
# Yonhap numbers its leads in brackets, before or behind; AP writes "1st Ld-Writethru" behind.
LEAD = r"(?:(?P<lead>\d)(?:st|nd|rd|th)\s)?(?:LEAD|L[Dd])(?:[- ]Writethru)?"
LEAD_BEFORE = re.compile(rf"[(\[]{LEAD}[)\]]\s*")
LEAD_BEHIND = re.compile(rf"(?:\s*[(\[]{LEAD}[)\]]|,\s*{LEAD.replace('lead', 'late')})$")
SHORTEST = 2  # words, or characters of scripts without blanks: what stays must be a headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A headline's own words, and what stood around them."""

    title: str
    update: int | None = None  # "UPDATE 2-": 2; an update without a number is the first
    marks: tuple[str, ...] = ()  # CORRECTED, URGENT, EXCLUSIVE …, as `headlines.toml` names them
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A kind of label before headlines."""

    id: str
    pattern: re.Pattern[str]
    takes: tuple[tuple[str, str], ...]
    spares: tuple[str, ...]


@cache
def table() -> dict[str, Any]:
    """The rules as they stand in `headlines.toml`."""
    return tomllib.loads((files("pipeline.extract.wire") / "headlines.toml").read_text("utf-8"))


@cache
def marks() -> tuple[Mark, ...]:
    """The kinds of labels in the order in which they are tried."""
    return tuple(_mark(entry) for entry in table()["mark"])


def _mark(entry: dict[str, Any]) -> Mark:
    labels = sorted(entry["labels"], key=len, reverse=True)
    # A hyphen without blanks makes a word of a label in small letters ("Flash-flood"): only one in capitals is a mark.
    capitals = "|".join(re.escape(label.upper()) for label in labels)
    words = f"(?:{capitals})" if entry.get("capitals") else f"(?i:{'|'.join(re.escape(label) for label in labels)})"
    ways = [rf"(?:{capitals}){DASH}"]
    if entry["ends"] == "any":
        spaced = r"\s+[—–-]\s+"
        ways += [rf"{words}(?:{COLON})", rf"(?:{capitals}){spaced}", rf"[\[(【（](?:{words})[\])】）]\s*"]
    takes = tuple((title, rest) for title, rest in entry["takes"])
    return Mark(id=entry["mark"], pattern=re.compile("|".join(ways)), takes=takes, spares=tuple(entry["spares"]))


@cache
def _update() -> re.Pattern[str]:
    words = "|".join(re.escape(word.upper()) for word in table()["update"]["words"])
    return re.compile(rf"(?P<word>{words})(?:\s(?P<number>\d{{1,2}}))?(?:{DASH}|{COLON})")


@cache
def _agency() -> re.Pattern[str]:
    names = sorted(table()["agency"]["words"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?:\s+[—–-]\s+|{COLON})")


def read_headline(title: str) -> Headline:
    """The headline without what the wire put around it.

    >>> read_headline("CORRECTED-UPDATE 1-Rebels take the port")
    Headline(title='Rebels take the port', update=1, marks=('CORRECTED',), agency=None)
    """
    before, headline = None, Headline(title=one_line(title))
    while headline != before:
        before, headline = headline, _once(headline)
    return headline


def _once(seen: Headline) -> Headline:
    """One label less, or the same."""
    if behind := LEAD_BEHIND.search(seen.title):
        return _less(seen, seen.title[: behind.start()], update=int(behind["lead"] or behind["late"] or 1))
    if lead := LEAD_BEFORE.match(seen.title):
        return _less(seen, seen.title[lead.end() :], update=int(lead["lead"] or 1))
    if update := _update().match(seen.title):
        mark = "WRAPUP" if update["word"].startswith("WRAP") else None
        number = int(update["number"]) if update["number"] else None if mark else 1
        return _less(seen, seen.title[update.end() :], update=number, mark=mark)
    for mark_ in marks():
        if label := mark_.pattern.match(seen.title):
            return _less(seen, seen.title[label.end() :], mark=mark_.id)
    if house := _agency().match(seen.title):
        return _less(seen, seen.title[house.end() :], agency=agency_in(house[0].strip(" :：|｜—–-")))
    return seen


def _less(
    seen: Headline, rest: str, *, update: int | None = None, mark: str | None = None, agency: str | None = None
) -> Headline:
    """The headline without a label; as it was where next to nothing would stay."""
    rest = rest.strip()
    if len(rest.split()) < SHORTEST and (rest.isascii() or len(rest) < SHORTEST):
        return seen
    return Headline(
        title=rest,
        update=seen.update if seen.update is not None else update,
        marks=tuple(dict.fromkeys((*seen.marks, *([mark] if mark else [])))),
        agency=seen.agency or agency,
    )
