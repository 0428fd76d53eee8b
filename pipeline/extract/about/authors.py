"""Who signs by a page's markup: the byline that a reader sees."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from pipeline.extract.about.names import is_lead
from pipeline.extract.text import one_line

# Markup by which pages show who signs. Found by attributes, not elements: five times as fast.
MARKED = etree.XPath(
    "//@class[contains(., 'uthor') or contains(., 'yline')]/.. | //@itemprop[.='author']/.. | //@rel[.='author']/.."
)
OUTSIDE = re.compile(r"comment|related|widget|sidebar|teaser|promo|recommend|avatar|popular|trending", re.IGNORECASE)
MARKED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|(?:article|post|entry|story|news|content|meta|node)?[_-]?author(?:[_-]?(?:name|link|title))?)"
    r"s?(?:$|[\s_])|authorName|articleAuthor|postAuthor"
)
LONGEST_BYLINE = 120  # characters


def marked_authors(tree: HtmlElement) -> list[str]:
    """What the page's markup calls its author, in the first such place that is not another story's or a reader's."""
    found = MARKED(tree)
    ranked = sorted((rank, n) for n, element in enumerate(found) if (rank := _rank(element)) is not None)
    for rank, n in ranked:
        if _is_outside(found[n]) or not (text := _byline_text(found[n])):
            continue
        beside = [m for other, m in ranked if other == rank and m > n and found[m].getparent() is found[n].getparent()]
        return [text, *filter(None, (_byline_text(found[m]) for m in beside))]
    return []


def _rank(element: HtmlElement) -> int | None:
    """How sure it is that an element's text is the byline, 0 the surest; None for one of another use."""
    if element.get("itemprop") == "author":
        return 0
    if element.get("rel") == "author":
        return 1
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    return 2 if MARKED_CLASS.search(marks) else None


def _is_outside(element: HtmlElement) -> bool:
    """Whether an element stands among comments, other stories, in a box beside the story, or in the page's frame."""
    is_in_article = any(above.tag == "article" for above in element.iterancestors())  # with a footer of its own
    frame = ("aside", "nav") if is_in_article else ("aside", "nav", "footer")
    return any(
        above.tag in frame or OUTSIDE.search(f"{above.get('class') or ''} {above.get('id') or ''}")
        for above in (element, *element.iterancestors())
        if above.tag not in ("body", "html")
    )


def _byline_text(element: HtmlElement) -> str:
    """What an element shows, its parts apart: "By", "Ann Vale", "Staff Writer" → "Ann Vale, Staff Writer"."""
    if element.tag == "meta":
        return one_line(element.get("content"))
    named = element.xpath("self::*[@itemprop]//meta[@itemprop='name']/@content")
    if named:
        return one_line(str(named[0]))
    pieces = [piece for text in element.itertext() if (piece := one_line(text)) and not is_lead(piece)]
    text = (", " if any(" " in piece for piece in pieces) else " ").join(pieces)
    return text if 1 < len(text) <= LONGEST_BYLINE else ""
