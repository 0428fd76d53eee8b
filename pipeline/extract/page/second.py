"""A second opinion on where the story is: the kind of place in which most of the page's prose stands.

Newsrooms' templates put every paragraph of a story into the same kind of element, though a story may be cut into many
such elements (by advertisements, pictures, widgets), where an extractor that looks for one container stops short.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.extract.page.blocks import INLINE, Block

LEVELS = 3  # the paragraph, what holds it, and what holds that
ALONE = 0.5  # weight of prose that is alone where it stands
HOMES = frozenset(("div", "section", "article", "td", "body"))  # text that stands in no paragraph is at home there

Kind = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a page's blocks stand. Numbers are places in `blocks`."""

    blocks: Sequence[Block]
    kinds: Sequence[Kind | None]  # the kind of place of each block; None for what is no prose
    prose: tuple[int, ...]  # the blocks in the one kind of place that holds most prose
    story: tuple[int, ...]  # all that stands with them: headings, items and short paragraphs too, but no links

    def length(self, numbers: Iterable[int]) -> int:
        """Characters of these blocks."""
        return sum(len(self.blocks[number].text) for number in numbers)

    def of(self, numbers: Iterable[int]) -> tuple[Block, ...]:
        """These blocks."""
        return tuple(self.blocks[number] for number in numbers)

    def texts(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """What these blocks say."""
        return tuple(self.blocks[number].text for number in numbers)


def layout_of(blocks: Sequence[Block]) -> Layout:
    """Where the page's blocks stand."""
    kinds = [kind_of(block.element) if block.is_prose else None for block in blocks]
    main = _main(blocks, kinds)
    prose = tuple(number for number, kind in enumerate(kinds) if kind is not None and kind == main)
    return Layout(blocks, kinds, prose, tuple(_story(blocks, prose)))


def kind_of(element: HtmlElement | None) -> Kind:
    """Tags and classes of an element and what it stands in, and the article around it: a page may have many."""
    kind: list[object] = []
    for level in range(LEVELS):
        if element is None:
            break
        kind.append((element.tag, element.get("class") if level else None))
        element = element.getparent()
    article = next(element.iterancestors("article"), None) if element is not None else None
    return (*kind, article)


def home(block: Block) -> HtmlElement:
    """What a paragraph stands in, a mark around several of them (<font>) passed over."""
    element = block.element
    if element.tag in HOMES:
        return element
    around = element.getparent()
    while around is not None and around.tag in INLINE:
        around = around.getparent()
    return around


def _main(blocks: Sequence[Block], kinds: Sequence[Kind | None]) -> Kind | None:
    """The kind of place that holds most prose; teasers, each in a place of its own, count half."""
    together: dict[Kind, list[Block]] = defaultdict(list)
    for block, kind in zip(blocks, kinds, strict=True):
        if kind is not None:
            together[kind].append(block)
    return max(together, key=lambda kind: _weight(together[kind]), default=None)


def _weight(blocks: Sequence[Block]) -> float:
    homes = Counter(map(home, blocks))
    return sum(len(block.text) * (1.0 if homes[home(block)] > 1 else ALONE) for block in blocks)


def _story(blocks: Sequence[Block], prose: Sequence[int]) -> list[int]:
    if not prose:
        return []
    homes = {home(blocks[number]) for number in prose}
    told = [n for n, block in enumerate(blocks) if block.is_prose and home(block) in homes]
    between = range(told[0], told[-1] + 1)
    return [number for number in between if not blocks[number].is_link and _is_in(blocks[number].element, homes)]


def _is_in(element: HtmlElement | None, homes: Collection[HtmlElement]) -> bool:
    for _ in range(LEVELS + 1):
        if element is None or element in homes:
            return element is not None
        element = element.getparent()
    return False
