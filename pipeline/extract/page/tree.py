"""Text of a page → its tree."""

from __future__ import annotations

import re
from html import escape

from lxml import etree
from lxml.html import HtmlElement

from pipeline.errors import ExtractError
from pipeline.extract.page.decode import ANY_TAG
from pipeline.extract.page.lighten import lighten, was_cut, without_levels

WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)

FRAGMENT = "<html><head><title></title></head><body><article>{}</article></body></html>"

CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))  # no text in HTML; some stop libxml2
HEAD = 4096
# libxml2 takes names of public identifiers that it does not know for text (bugs.launchpad.net/lxml/+bug/1955915).
DOCTYPE = re.compile(r"<!doctype[^>]*>", re.IGNORECASE)
CLOSED_ROOT = re.compile(r"(<html\b[^>]*?)\s*/>", re.IGNORECASE)

# As trafilatura parses, but every element is made an HtmlElement in C: lxml.html asks a Python function for each,
# each time that it is touched, which took a fifth of all extraction.
PARSER = etree.HTMLParser(
    collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
)
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))


def parse_page(html: str) -> HtmlElement:
    """The page parsed; a fragment, as full-text feeds carry it, becomes a whole page first.

    Raises ExtractError `not_html`.
    """
    if not WHOLE.search(html):
        blocks = html if ANY_TAG.search(html) else "".join(f"<p>{escape(line)}</p>" for line in html.split("\n"))
        html = FRAGMENT.format(blocks)
    tree = _parsed(html)
    if was_cut(PARSER):
        tree = _parsed(without_levels(html))
        if was_cut(PARSER):
            raise ExtractError("too_deep", "the page has more than 2,048 levels")
    lighten(tree)
    return tree


def _parsed(html: str) -> HtmlElement:
    raw = _mended(html).encode("utf-8", "surrogatepass").translate(None, CONTROLS)
    try:
        tree = etree.fromstring(raw, PARSER)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError("libxml2 has no memory") from error
        raise ExtractError("not_html", f"the answer cannot be parsed as HTML: {error}") from error
    if tree is None:
        raise ExtractError("not_html", "the answer cannot be parsed as HTML")
    return tree


def _mended(html: str) -> str:
    """Without what libxml2 stumbles over at a page's start: a document type of several kinds, a closed `<html />`."""
    head = html[:HEAD]
    return CLOSED_ROOT.sub(r"\1>", DOCTYPE.sub("", head, count=1), count=1) + html[HEAD:]
