"""Agencies by name, in any script, and the tags that they set behind a story: "(Reuters)", "– AFP"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from pipeline.agencies import agencies, agency_of
from pipeline.extract.text import folded

LONGEST_TAG = 60  # characters
HOUSE_WORDS = 4  # in an agency's name
ORIGIN_WORDS = 8  # of a line that says little more than whose the story is

TAG = re.compile(
    r"(?:\s*[(\[](?P<bracketed>[^()\[\]]{2,40})[)\]]"
    r"|(?:(?<=[.!?”\"'’])\s|\s?[—–]\s?|\s--?\s)(?P<plain>[\w/ -]{2,30}))\.?$"
)


@cache
def _agencies_elsewhere() -> dict[str, str]:
    """Names of agencies in other scripts, folded → the abbreviation they are known by."""
    table = tomllib.loads((files("pipeline.extract.wire") / "datelines.toml").read_text("utf-8"))["agencies"]
    return {folded(name): short for short, names in table.items() for name in names}


def agency_named(name: str) -> str | None:
    """The abbreviation of an agency in any script, None for any other name."""
    return agency_of(name) or _agencies_elsewhere().get(folded(name))


def agency_in(bracket: str) -> str | None:
    """The agency named in a bracket; the first of several, "AFP" in "AFP/Reuters"."""
    parts = re.split(r"[/,;&]| and ", bracket)
    return next((found for part in parts if (found := agency_named(part))), None)


def split_tag(text: str, signed: str | None = None) -> tuple[str, str | None]:
    """(text without an agency's tag at its very end, that agency). `signed` is the dateline's, listed or not."""
    head, newline, last = text.rpartition("\n")
    bare = last.strip("()[] .-–—") if len(last) < 40 else ""
    if found := _same(bare, signed) or agency_named(bare):
        return head, found
    end = last[-LONGEST_TAG:]
    match = TAG.search(end)
    name = (match["bracketed"] or match["plain"]) if match else None
    start = len(last) - len(end) + (match.start() if match else 0)
    if match and name and start and (_same(name, signed) or _is_tag(name)):
        return head + newline + last[:start], _same(name, signed) or agency_in(name)
    return text, None


def _same(name: str, signed: str | None) -> str | None:
    return signed if signed and name.strip() == signed else None


def _is_tag(name: str) -> bool:
    """All parts are agencies' names, written as such: the "pa" in "(Pa)" is none."""
    parts = [part.strip() for part in re.split(r"[/,;&]| and ", name)]
    known = set(agencies().values())
    return all(agency_named(part) and (part in known or not part.islower()) for part in parts)


def agency_told(line: str) -> str | None:
    """The first agency that a short line about the story's origin names: "(With inputs from AFP)", "Source: Reuters".

    >>> agency_told("Source: Agence France-Presse")
    'AFP'
    """
    tokens = re.findall(r"[^\s()\[\]:：,،;/&|–—]+", line)
    if len(tokens) > ORIGIN_WORDS:
        return None
    starts, sizes = range(len(tokens)), range(HOUSE_WORDS, 0, -1)
    runs = (" ".join(tokens[start : start + size]) for start in starts for size in sizes)
    return next((agency_named(run) for run in runs if _is_tag(run.rstrip("."))), None)
