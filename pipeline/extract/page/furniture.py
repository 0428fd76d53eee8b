"""Parts of a page that are no part of its story, by what the page itself calls them: `furniture.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from lxml.etree import XPath
from lxml.html import HtmlElement

PROSE_CHARACTERS = 60  # of a run of text that is a sentence
MOST_OF_STORY = 0.3  # what holds more of the page's prose is the story, whatever it is called
LONGEST_NAME = 60  # a longer class or id is a headline's slug
STORY = "story"
LONG_TEXTS = XPath(
    f".//text()[string-length() >= {PROSE_CHARACTERS} and string-length(normalize-space()) >= {PROSE_CHARACTERS}]",
    smart_strings=False,
)
UNLINKED_TEXTS = XPath(
    f".//text()[string-length(normalize-space()) >= {PROSE_CHARACTERS} and not(ancestor::a)]", smart_strings=False
)
LEAST_LEFT = 0.1  # of the page's prose
NEVER_STORY = frozenset({"comments", "hidden", "consent"})
NAMED = XPath("//*[(@class or @id or @style or @hidden) and not(self::html or self::body)]")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Furniture:
    """An element that is no part of the story, and the kind of thing it is."""

    element: HtmlElement
    kind: str


@dataclass(frozen=True, slots=True)
class Kind:
    """How pages name one kind of furniture."""

    parts: tuple[str, ...]  # regular expressions over parts of a name
    whole: tuple[str, ...]  # over whole names
    takes: tuple[str, ...]
    spares: tuple[str, ...]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("pipeline.extract.page") / "furniture.toml").read_text("utf-8"))


@cache
def kinds() -> dict[str, Kind]:
    """The kinds of `furniture.toml`."""
    fields = ("parts", "whole", "takes", "spares")
    return {name: Kind(*(tuple(entry.get(field, ())) for field in fields)) for name, entry in _table()["kind"].items()}


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern of all kinds, `story` first: the group that matches is the kind."""
    story = Kind(tuple(_table()["story"]["parts"]), (), (), ())
    named = {STORY: story, **kinds()}
    return re.compile("|".join(f"(?P<{name}>{_options(kind)})" for name, kind in named.items()))


def _options(kind: Kind) -> str:
    parts = rf"(?<![a-z0-9])(?:{'|'.join(kind.parts)})(?![a-z0-9])" if kind.parts else ""
    whole = rf"^(?:{'|'.join(kind.whole)})$" if kind.whole else ""
    return "|".join(filter(None, (parts, whole)))


def kind_of_name(name: str) -> str | None:
    """The kind that a class or id names, None for any other.

    >>> kind_of_name("articleRelatedLinks"), kind_of_name("article-body")
    ('related', None)
    """
    if len(name) > LONGEST_NAME:
        return None
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
    found = _pattern().search(apart)
    return found.lastgroup if found else None


def furniture_of(tree: HtmlElement) -> list[Furniture]:
    """The page's outermost elements that are furniture.

    Where next to no prose would be left, the elements of one name that hold most of it are the story after all: it
    may be cut into sections, each too small to be told from a box beside it.
    """
    whole = _prose(tree)
    found = list(_named_furniture(tree, whole * MOST_OF_STORY))
    if whole and whole - sum(_prose(f.element) for f in found) < LEAST_LEFT * whole:
        found = _without_story(found, whole)
    return found


def _without_story(found: list[Furniture], whole: int) -> list[Furniture]:
    """What is left when the elements of one name that hold most of the page's prose are spared; links are none."""
    held: Counter[str] = Counter()
    for piece in found:
        if piece.kind not in NEVER_STORY:
            held[_names(piece.element)] += sum(map(len, UNLINKED_TEXTS(piece.element)))
    names, prose = max(held.items(), key=lambda item: item[1], default=("", 0))
    return [f for f in found if _names(f.element) != names] if prose > MOST_OF_STORY * whole else found


def _names(element: HtmlElement) -> str:
    return f"{element.get('class')} {element.tag}"


def _named_furniture(tree: HtmlElement, most: float) -> Iterator[Furniture]:
    inside: set[HtmlElement] = set()
    for element in NAMED(tree):
        style = element.get("style")
        if element.get("hidden") is not None or (style and HIDDEN_STYLE.search(style)):
            kind: str | None = "hidden"
        else:
            kind = kind_of(element.get("class"), element.get("id"))
        if not kind or element in inside:
            continue
        if _prose(element) <= most:
            inside.update(element.iterdescendants())
            yield Furniture(element, kind)
        elif kind == "hidden":  # the rest of a story behind a button: extractors pass over what is hidden
            element.attrib.pop("hidden", None)
            element.attrib.pop("style", None)


@lru_cache(maxsize=50_000)
def kind_of(classes: str | None, id_: str | None) -> str | None:
    """The kind that an element's names tell, None where they tell none, or also that it is the story."""
    names = f"{classes or ''} {id_ or ''}".split()
    found = [kind for name in names if (kind := kind_of_name(name))]
    return found[0] if found and STORY not in found else None


def _prose(element: HtmlElement) -> int:
    """Characters in its long runs of text."""
    return sum(map(len, LONG_TEXTS(element)))
