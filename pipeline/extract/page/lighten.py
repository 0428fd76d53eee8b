"""Pages that no newsroom writes, made light enough to be read within a page's time; any other page stays as it is.

The limits stand far above what 221 benchmark pages hold: 2,481 elements, 51 levels, 41 rows in a table.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from pipeline.errors import ExtractError

MANY = 15_000  # elements of a page from which on its marks, breaks and tables are thinned
MOST = 50_000  # elements that are left of one; 60,000 paragraphs take 9 s to read, 100,000 take 28 s
MOST_ROWS = 1_000  # of a table in such a page; one with more is data, not story
DEEPEST = 200  # levels; extractors and libxml2's own functions call themselves once or more a level, Python 1,000 times

# Marks in a line, and what stands in their place when they go: their text.
MARKS = (
    "abbr", "b", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "label", "mark", "nobr", "s", "small", "span",
    "strong", "sub", "sup", "tt", "u", "wbr",
)  # fmt: skip

# What is left of a page that is too deep to be parsed: what makes paragraphs, and what is said about it.
KEPT = "html|head|body|title|meta|link|script|style|article|main|nav|footer|header|aside|p|h[1-6]|blockquote|a|img|time"
LEVEL = re.compile(rf"</?(?!(?:{KEPT})\b)[a-z][^<>]{{0,10000}}>", re.IGNORECASE)

GONE = "too-deep"  # an element on its way out

_COUNT = etree.XPath("count(//*)")
_IS_DEEP = etree.XPath(f"boolean({'/*' * (DEEPEST + 1)})")
_DEEP = etree.XPath(f"{'/*' * DEEPEST}//*")
_LONG_TABLES = etree.XPath(f"//table[count(tr | */tr) > {MOST_ROWS}]")


def was_cut(parser: etree.HTMLParser) -> bool:
    """Whether the parser gave up at its 2,048th level, and what came after is lost."""
    return any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def without_levels(html: str) -> str:
    """A page that was cut, with nothing in it that nests but its article: "<div><ul><li>Boats" becomes "Boats"."""
    return LEVEL.sub(" ", html)


def lighten(tree: HtmlElement) -> tuple[str, ...]:
    """Thin a tree that is too large or too deep, in place: what was done, a word each, () for a page like any other.

    Raises ExtractError `too_many_tags` where too much is left.
    """
    done = []
    count = _COUNT(tree)
    if count > MANY:
        done += [name for name, thin in (("tables", _drop_tables), ("marks", _drop_marks)) if thin(tree)]
        count = _COUNT(tree)
    if _IS_DEEP(tree):
        _flatten(tree)
        done.append("levels")
    if count > MOST:
        raise ExtractError("too_many_tags", f"the page has {count:,.0f} elements, {MOST:,} are read")
    return tuple(done)


def _drop_tables(tree: HtmlElement) -> bool:
    tables = _LONG_TABLES(tree)
    for table in tables:
        table.drop_tree()
    return bool(tables)


def _drop_marks(tree: HtmlElement) -> bool:
    before = _COUNT(tree)
    etree.strip_tags(tree, *MARKS)
    for element in tree.iter():
        # What were many pieces of text becomes one: 100,000 beside each other take an extractor minutes, one 0.3 s.
        element.text, element.tail = element.text, element.tail
    return bool(_COUNT(tree) < before)


def _flatten(tree: HtmlElement) -> None:
    """What stands deeper than DEEPEST goes up to that level, in its order.

    By libxml2 in one go: `drop_tag` moves all that is below an element, and 12,000 unclosed <b> took 8 s.
    """
    for element in _DEEP(tree):
        if len(element):
            element.tag = GONE
    etree.strip_tags(tree, GONE)
    for element in tree.iter():
        element.text, element.tail = element.text, element.tail  # one piece of text, as in `_drop_marks`
