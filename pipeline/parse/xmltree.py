"""The few looks into an XML tree that the wire dialects share, by local name: agencies mix namespaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from pipeline.errors import ParseError

# What is no markup: libxml2 takes 7 µs to complain of each, 36 s for 10 MB of them. Sections that may hold it go first.
_STRAY = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)"
    r"|(?P<stray>(?:<(?!/?[^\W\d][^<>]*>)|&(?!(?:amp|lt|gt|quot|apos|#\d{1,9}|#x[0-9A-Fa-f]{1,8});))+)",
    re.DOTALL,
)
# In libxml2: of an element with 20,000 attributes, 54 looks took 5 s in Python.
_ATTRIBUTE = etree.XPath("string(@*[local-name() = $name])")
_FIRST_TAG = re.compile(r"<[^\W\d]")


def read_tree(text: str) -> tuple[Any, tuple[str, ...]]:
    """The root element and what is wrong with the XML; ParseError where no element can be read.

    Entities are not resolved, nothing is loaded, and libxml2's limits on depth (256) and size hold.
    """
    data = text.encode("utf-8")
    try:
        return etree.fromstring(data, _parser(recover=False)), ()
    except etree.XMLSyntaxError as error:
        trouble = f"not well-formed at line {error.lineno}: {str(error.msg).split(', line ')[0]}"
    try:
        root = etree.fromstring(_without_strays(text).encode("utf-8"), _parser(recover=True))
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise ParseError(f"XML of which nothing can be read: {trouble}")
    return root, (trouble,)


def _without_strays(text: str) -> str:
    """The text with what is no markup escaped, but for the root's tag: without one, libxml2 reads nothing."""
    match = _FIRST_TAG.search(text)
    start = match.end() if match else 0
    return text[:start] + _STRAY.sub(lambda found: escape(found[0]) if found["stray"] else found[0], text[start:])


def _parser(*, recover: bool) -> Any:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def local(element: Any) -> str:
    """The element's name without namespace, "" for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def children(element: Any, *path: str) -> Iterator[Any]:
    """Elements under `element` along the path of local names."""
    if element is None or not path:
        return
    for child in element:
        if local(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from children(child, *path[1:])


def child(element: Any, *path: str) -> Any:
    """The first of `children`, None where there is none."""
    return next(children(element, *path), None)


def within(element: Any, *names: str) -> Iterator[Any]:
    """All elements below `element` that have one of the names, in document order."""
    if element is not None:
        yield from (node for node in element.iterdescendants() if local(node) in names)


def text_of(element: Any) -> str:
    """All text inside, white space collapsed; "" for None."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def attribute(element: Any, name: str) -> str:
    """An attribute by local name (`lang` finds `xml:lang`), "" where it is missing."""
    if element is None:
        return ""
    return str(_ATTRIBUTE(element, name=name)).strip()
