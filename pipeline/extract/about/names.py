"""Bylines: from what pages and wires write to a list of who signs, people and houses, in their order.

The words are data: `bylines.toml` for how bylines are written, `houses.toml` for what houses are called.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pipeline.agencies import agencies, agency_of
from pipeline.extract.text import folded, one_line

NOT_NAMES = re.compile(r"\([^)]*\)|https?://\S*|www\.\S+|\S+@\S+\.\w+|@\w+")
# Between who signs and what is said of them: "Ann Vale, Reuters", "Ann Vale | Harbour Post", "AFP/Ann Vale".
ASIDE = re.compile(
    r"\s*(?:[|•/،，]|,(?!\s*(?:Jr|Sr|II|III|IV|PhD|MD)\b))\s*|\s[·–—-]\s|(?<=[a-z]{4})\.\s", re.IGNORECASE
)
LIST = re.compile(r"\s*[;&\n、；]\s*")
CAPITALS = re.compile(r"[^\W\d_]{3,}")
DOMAIN = re.compile(r"\.[a-z]{2,}$", re.IGNORECASE)
# "By Ann Lee Monday, November 18": a day behind a name, a month that was cut off from its number.
DAY = re.compile(
    r"(?<=\w)\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|july|(?:sept|nov|dec)ember|october)$",
    re.IGNORECASE,
)
MONTH = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)", re.IGNORECASE
)
LONGEST = 60  # characters of a name
MOST = 12  # names in a byline
WORDS = 6  # of a person's name, particles apart
Kind = Literal["person", "house"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """One who signs, or the house of one who does (`beside`)."""

    name: str
    kind: Kind
    agency: str | None = None  # of a house: the listed agency's abbreviation, else its name
    beside: bool = False  # named only as the house of a person before it: "Ann Vale, Reuters"


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("pipeline.extract.about") / name).read_text("utf-8"))


@cache
def _words(part: str, name: str) -> frozenset[str]:
    return frozenset(_table("bylines.toml")[part][name])


@cache
def _pattern(part: str, name: str, shape: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """`shape` with the words of a list in place of "WORDS", longer ones first."""
    words = sorted(_table("bylines.toml")[part][name], key=len, reverse=True)
    return re.compile(shape.replace("WORDS", "|".join(map(re.escape, words))), flags)


def house_of(name: str, sites: Collection[str] = ()) -> str | None:
    """The house that a name in a byline is: "Harbour News", "The Harbour Post"; "" for one unnamed, None for a person.

    `sites` are folded names of who publishes the page: "Harbour Post" is a house on its own pages.
    """
    key, houses = folded(name), _table("houses.toml")["houses"]
    if office := next((office for office in houses["offices"] if f"{key} ".startswith(f"{office} ")), None):
        rest = name[len(office) :].strip()
        return "" if all(map(_is_common, rest.split())) else rest
    if any(key.endswith(f" {word}") for word in houses["sure"]):
        return name
    last = key.split()[-1] if key else ""
    own = key in sites and (last in houses["maybe"] or " " not in key)
    return name if own or (key.startswith("the ") and last in houses["maybe"]) else None


def read_names(raw: Iterable[str], sites: Collection[str] = ()) -> tuple[tuple[str, ...], str | None]:
    """(who signs, agency) of raw bylines: "By Ann Vale and Bo Ek, AFP" → (Ann Vale, Bo Ek), AFP.

    A house that signs alone or beside people stands among the names, "The Associated Press" as much as "Ann Vale";
    one that is only said to be a person's ("Ann Vale, AFP") does not. The agency is a listed one, else any house that
    is not the page's own.
    """
    signed = read_signatories(raw, sites)
    names: dict[str, str] = {}
    for who in signed:
        if not who.beside:
            names.setdefault(folded(who.name), who.name)
    return tuple(names.values())[:MOST], agency_among(signed, sites)


def agency_among(signed: Iterable[Signatory], sites: Collection[str] = ()) -> str | None:
    """The listed agency, else the house that is not the page's own."""
    named = [who.agency for who in signed if who.agency]
    listed = next((name for name in named if folded(name) in agencies()), None)
    return listed or next((name for name in named if folded(name) not in sites), None)


def read_signatories(raw: Iterable[str], sites: Collection[str] = ()) -> tuple[Signatory, ...]:
    """All who sign raw bylines, and their houses."""
    return tuple(who for line in raw for clause in _clauses(line) for who in _of_clause(clause, sites))


def _clauses(line: str) -> Iterator[str]:
    """A byline cut where another signs: at "and", at semicolons."""
    text = _without_lead(NOT_NAMES.sub(" ", one_line(line)).strip(" （）()[]"))
    both = _pattern("between", "open", r"\s(?:WORDS)\s")
    for clause in LIST.split(_pattern("between", "sure", r"\s(?:WORDS)\s").sub(";", text)):
        start = 0
        for match in both.finditer(clause):
            ends = clause[start : match.start()], clause[match.end() :]
            if all(len(end.split(",")[i].split()) > 1 for end, i in zip(ends, (-1, 0), strict=True)):
                yield ends[0]
                start = match.end()
        yield clause[start:]


def _of_clause(clause: str, sites: Collection[str]) -> Iterator[Signatory]:
    """Who signs in "Ann Vale, Political Editor, Reuters": the first; a list of people ("Ann Vale, Bo Ek") all do."""
    before: Kind | None = None
    for part in ASIDE.split(clause):
        found = tuple(_of_part(part, sites, beside=before == "person"))
        if not found and part.strip():
            before = before or "house"  # "Staff Writer, Tarn": behind what somebody is, as behind a house
        for who in found:
            if before and who.kind == "person" and not _is_full(who.name):
                continue  # "AFP, MANILA", "Ann Vale, Tarn": behind a comma a lone word is where, not who
            yield who
            before = "person" if before == "person" else who.kind


def _of_part(part: str, sites: Collection[str], *, beside: bool) -> Iterator[Signatory]:
    """Who a part between commas names: nobody, one, or a person and the house behind ("ANN VALE Associated Press").

    `beside`: a person stands before it.
    """
    part = DAY.sub("", _without_tail(_without_lead(part.strip()))).strip(" .,:;*-–—")
    tokens = part.split()
    if any(token.casefold().strip(".:") in _words("roles", "pictures") for token in tokens):
        return
    if not part or part.casefold() in _words("roles", "nobody") or house_of(part, sites) == "":
        return
    if house := _house(part, sites) or (beside and _maybe_house(part)) or None:
        yield replace(house, beside=beside)
        return
    for size in range(min(4, len(tokens) - 2), 0, -1):
        if agency := agency_of(name := " ".join(tokens[-size:])):
            yield from _person(tokens[:-size])
            yield Signatory(name=name, kind="house", agency=agency, beside=True)
            return
    yield from _person(tokens)


def _maybe_house(part: str) -> Signatory | None:
    """A part behind a person that is called as houses are: "Harbour Post"."""
    is_house = folded(part).split()[-1:] and folded(part).split()[-1] in _table("houses.toml")["houses"]["maybe"]
    return Signatory(name=part, kind="house", agency=part) if is_house else None


def _house(part: str, sites: Collection[str]) -> Signatory | None:
    """The part as a house: "AFP", "Reuters Staff", "Harbour News", "Harbour Post Bureau", "AP Auto Writer"."""
    tokens = part.split()
    if agency := agency_of(part):
        return Signatory(name=part, kind="house", agency=agency)
    if len(part) > LONGEST or re.search(r"\d{3}", part) or DOMAIN.search(part):
        return None
    if (house := house_of(part, sites)) is not None:
        return Signatory(name=part, kind="house", agency=house) if house else None
    if not any(token.casefold() in _words("roles", "roles") for token in tokens):
        return None
    for size in range(min(4, len(tokens) - 1), 0, -1):
        if agency := agency_of(" ".join(tokens[:size])):
            return Signatory(name=" ".join(tokens[:size]), kind="house", agency=agency)
    named = [token for token in tokens[:-1] if not _is_common(token)]
    if tokens[-1].casefold() in _words("roles", "offices") and named and named[0][0].isupper():
        return Signatory(name=part, kind="house", agency=None)
    return None


def _person(tokens: list[str]) -> Iterator[Signatory]:
    """A person, the office before or behind the name taken off."""
    roles = _words("roles", "roles")
    if any(token.casefold().strip(".,:") in roles for token in tokens):
        start, end = 0, len(tokens)
        while start < end and _is_common(tokens[start]):
            start += 1
        while end > start and _is_common(tokens[end - 1]):
            end -= 1
        tokens = tokens[start:end] if end - start > 1 else []
    name = _cased(tokens)
    if name and _is_name(name):
        yield Signatory(name=name, kind="person")


def _is_common(token: str) -> bool:
    """Whether a word says what somebody is, not who."""
    key = token.casefold().strip(".,:")
    return key in _words("roles", "roles") or key in _words("roles", "generic")


def _without_lead(text: str) -> str:
    """A byline less "By", "Von", "Автор:", "记者", and the like before the names and "기자" behind them."""
    while match := _pattern("leads", "sure", r"(?:WORDS)(?:\s*[:：]\s*|\s+)(?=\S)").match(text):
        text = text[match.end() :]
    match = _pattern("leads", "open", r"(?:WORDS)(?:\s*:\s*|\s+)(?=\S)").match(text)
    if match and text != text.lower():
        rest = text[match.end() :]
        text = rest if " " in rest or agency_of(rest) or house_of(rest) is not None else text
    if not text.isascii():
        if match := _pattern("leads", "glued_before", r"(?:WORDS)\s*[:：/／]?\s*(?=\S)").match(text):
            text = text[match.end() :].replace(" ", "、")  # "记者 李海波 王小河" are two
        text = _pattern("leads", "glued_behind", r"(?<=\S)\s*(?:WORDS)$").sub("", text)
    return text


def is_lead(piece: str) -> bool:
    """Whether a piece of a byline only stands before names or between them: "By", "Автор:", "and"."""
    key = piece.casefold().strip(" :,.|/&•-–—")
    leads, between = _table("bylines.toml")["leads"], _table("bylines.toml")["between"]
    return not key or any(key in words for words in (*leads.values(), *between.values()))


def _without_tail(part: str) -> str:
    return (
        _pattern("tails", "words", r"\s+(?:WORDS)\s+(?:the\s+)?(?=[^\W\d_a-zà-ÿа-яё]).*$", 0)
        .sub("", f" {part}")
        .strip()
    )


def _cased(tokens: list[str]) -> str:
    """A name of several words all in capitals in its usual letters; initials and abbreviations stay."""
    name = " ".join(tokens)
    shouted = len(tokens) > 1 and name.isupper()
    return CAPITALS.sub(lambda word: word[0].capitalize(), name) if shouted else name


def _is_full(name: str) -> bool:
    """Whether a name is of two words, or of a script that writes names without blanks."""
    return " " in name or name.lower() == name.upper()


def _is_name(part: str) -> bool:
    """Whether this can be somebody's name: not a slug, not a number, not a sentence."""
    if (
        MONTH.fullmatch(part)
        or not 1 < len(part) <= LONGEST
        or len(re.findall(r"(?:^|\s)[^\Wa-z]", part)) > WORDS
        or re.search(r"\d", part)
    ):
        return False
    caseless = part.lower() == part.upper()  # Arabic, Hindi, Chinese
    last = part.split()[-1]  # "Ann Vale commented on"
    written = part[0].isalpha() and (
        caseless or (part != part.lower() and (last != last.lower() or last == last.upper()))
    )
    return written and not DOMAIN.search(part)
