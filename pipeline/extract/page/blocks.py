"""A page as its blocks: runs of text between two edges of paragraphs, each with where it stands.

The finest view of a page that extractors agree on; what is chosen, dropped or added is chosen among these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
))  # fmt: skip
UNREAD = frozenset((
    "audio", "button", "canvas", "embed", "head", "iframe", "input", "link", "math", "meta", "noscript", "object",
    "option", "script", "select", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
PROSE_LINKS = 0.5  # a sentence has fewer of its characters in links
PROSE_CHARACTERS = 60
LINK_SHARE = 0.8  # a block with more is a link to somewhere else, not a sentence with links
LINK_CHARACTERS = 12  # shorter ones are names in a list
PARAGRAPHS = frozenset(("p", "div", "li", "section", "td"))
BULLETS = "-–—•·*|"


@dataclass(slots=True)
class Block:
    """A run of text. `element` is the paragraph, heading, item … that it stands in."""

    element: HtmlElement
    text: str
    linked: int  # characters in links
    furniture: str | None = None  # the kind of thing it is part of, where that is no story
    key: str = field(init=False)  # for comparing with what an extractor made of it: see `key_of`

    def __post_init__(self) -> None:
        self.key = key_of(self.text)

    @property
    def link_share(self) -> float:
        """0 to 1."""
        return min(1.0, self.linked / len(self.text))

    @property
    def is_link(self) -> bool:
        """Is it nothing but a link?"""
        return self.link_share > LINK_SHARE

    @property
    def leads_away(self) -> bool:
        """Is it a paragraph that only leads to another page? A heading that is a link may be a list's own."""
        return self.is_link and self.element.tag in PARAGRAPHS and len(self.text) >= LINK_CHARACTERS

    @property
    def is_prose(self) -> bool:
        """Is it as long as a sentence, and no link or list item? Lists of teasers hold sentences too."""
        long = len(self.text) >= PROSE_CHARACTERS and self.element.tag != "li"
        return long and self.link_share < PROSE_LINKS


def key_of(text: str) -> str:
    """A line without blanks, bullet and capitals: what an extractor makes of a block has the block's."""
    return "".join(text.split()).lower().lstrip(BULLETS)


def blocks_of(tree: HtmlElement, furniture: Mapping[HtmlElement, str]) -> list[Block]:
    """The page's blocks in their order. `furniture`: elements that are no part of the story, and what they are."""
    scan = _Scan(tree)
    for event, element in scan.walk:
        tag = element.tag
        if event == "end":
            scan.leave(element, tag)
        elif tag in INLINE:
            scan.links += tag == "a"
            scan.take(element.text)
        elif tag in UNREAD:
            scan.walk.skip_subtree()
        else:
            scan.enter(element, furniture)
    scan.cut()
    return scan.blocks


class _Scan:
    """One walk over a tree; an inline element goes on with the block that it stands in, any other one opens its own."""

    __slots__ = ("blocks", "inside", "linked", "links", "open", "pieces", "walk")

    def __init__(self, tree: HtmlElement) -> None:
        self.walk = etree.iterwalk(tree, events=("start", "end"))
        self.blocks: list[Block] = []
        self.open = [tree]
        self.inside: list[str | None] = [None]  # the furniture that each open element stands in
        self.pieces: list[str] = []
        self.linked = 0
        self.links = 0  # how many links are open

    def enter(self, element: HtmlElement, furniture: Mapping[HtmlElement, str]) -> None:
        """An element that breaks the line begins."""
        self.cut()
        if element.tag != "br":
            self.open.append(element)
            self.inside.append(self.inside[-1] or furniture.get(element))
        self.take(element.text)

    def leave(self, element: HtmlElement, tag: str) -> None:
        """An element ends; the text behind it belongs to what it stands in."""
        if tag in INLINE:
            self.links -= tag == "a"
        elif tag != "br" and tag not in UNREAD:
            self.cut()
            self.open.pop()
            self.inside.pop()
        self.take(element.tail)

    def take(self, text: str | None) -> None:
        """Go on with a piece of text."""
        if text:
            self.pieces.append(text)
            if self.links:
                self.linked += len(text.strip())

    def cut(self) -> None:
        """The block is whole."""
        if self.pieces:
            if text := " ".join("".join(self.pieces).split()):
                self.blocks.append(Block(self.open[-1], text, self.linked, self.inside[-1]))
            self.pieces.clear()
            self.linked = 0
