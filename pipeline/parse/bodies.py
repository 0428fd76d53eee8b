"""NITF and XHTML bodies → HTML without namespaces, so that a page reader takes them like any page."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from pipeline.parse.text import clean, looks_like_html, paragraphs
from pipeline.parse.xmltree import local

# A whole page in a body (TT): its head goes, and the tags around what its body holds.
_PAGE = re.compile(
    r"<!DOCTYPE[^<>]*>|<head\b[^<>]*>.*?(?:</head\s*>|(?=<body\b)|\Z)|</?(?:html|body)\b[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
# NITF 3.6's elements that HTML calls otherwise.
RENAMED = {
    "hl1": "h1", "hl2": "h2", "block": "div", "bq": "blockquote", "nitf-table": "div", "media": "figure",
    "media-caption": "figcaption", "media-producer": "small", "note": "aside", "tagline": "p", "fn": "small",
    "nitf-col": "col", "nitf-colgroup": "colgroup", "abstract": "div",
}  # fmt: skip
KEPT = frozenset({
    "a", "aside", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "div",
    "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li",
    "ol", "p", "pre", "q", "s", "section", "small", "span", "strong", "sub", "sup", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "u", "ul", "article",
})  # fmt: skip
# NITF's and NewsML's words within a sentence: their text stays where it is.
INLINE = frozenset({
    "person", "org", "location", "city", "country", "region", "state", "sublocation", "chron", "num",
    "money", "event", "function", "object.title", "postaddr", "virtloc", "copyrite", "pronounce", "lang",
    "alt-code", "classifier", "frac", "sub", "sup", "name.given", "name.family", "font", "abbr", "time",
    "mark",
})  # fmt: skip
VOID = frozenset({"br", "hr", "img", "col"})
# What a page reader must not take for text; dpa and TT put keywords and the headline in a `header`.
DROPPED = frozenset({
    "script", "style", "head", "title", "header", "hedline", "media-reference", "media-metadata",
    "media-object", "nitf-table-metadata",
})  # fmt: skip
ATTRIBUTES = frozenset({"href", "src", "alt", "title", "colspan", "rowspan"})


def inner_html(element: Any) -> str:
    """What is inside the element, as HTML; elements that HTML does not know leave their text behind."""
    # In an element of an agency's own that holds no text itself, such elements (TT's `MELLIS`) are lines.
    lines = local(element).lower() not in KEPT and not _has_text(element)
    pieces = [escape(element.text or "", quote=False)]
    for child in element:
        pieces += [_outer(child, lines), escape(child.tail or "", quote=False)]
    return "".join(pieces).strip()


def _has_text(element: Any) -> bool:
    """Whether words stand directly in the element, beside its children."""
    return any(text.strip() for text in (element.text, *(child.tail for child in element)) if text)


def _outer(element: Any, lines: bool) -> str:
    """The element as HTML; `lines` says that one HTML does not know becomes a paragraph, if it holds words."""
    name = local(element).lower()
    name = RENAMED.get(name, name)
    if name in DROPPED or (name == "img" and not element.get("src")):
        return ""
    inner = "" if name in VOID else inner_html(element)
    if name not in KEPT:
        return f"<p>{inner}</p>" if lines and name not in INLINE and (element.text or "").strip() else inner
    attributes = "".join(
        f' {key}="{escape(value)}"' for key, value in element.attrib.items() if key.lower() in ATTRIBUTES
    )
    return f"<{name}{attributes}>" if name in VOID else f"<{name}{attributes}>{inner}</{name}>"


def html_of_text(text: str) -> str:
    """HTML of a body whose type is not to be trusted: plain text gets paragraphs, markup stays."""
    text = _PAGE.sub("", clean(text))
    return text.strip() if looks_like_html(text) else paragraphs(text)
