"""NewsML-G2: items, packages, and messages that hold them (IPTC, NewsML-G2 2.x)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.parse import nitf
from pipeline.parse.bodies import html_of_text, inner_html
from pipeline.parse.document import Dialect, Document, Found, FoundEntry
from pipeline.parse.xmltree import attribute, child, children, local, read_tree, text_of, within

ITEMS = ("newsItem", "packageItem")


def read(document: Document) -> Found:
    """Every news and package item of the document."""
    root, problems = read_tree(document.text)
    items = [root] if local(root) in ITEMS else list(_items(root))
    entries = tuple(_entry(item) for item in items)
    return Found(
        format="newsml-g2",
        title=text_of(child(root, "header", "channel")) or None,
        language=next((language for item in items if (language := _language(item))), None),
        entries=entries,
        problems=problems,
    )


def _items(element: Any) -> Iterator[Any]:
    """Items below, but for what items themselves hold."""
    for node in element:
        if local(node) in ITEMS:
            yield node
        else:
            yield from _items(node)


def _language(item: Any) -> str | None:
    return attribute(child(item, "contentMeta", "language"), "tag") or attribute(item, "lang") or None


def _entry(item: Any) -> FoundEntry:
    """One item. `link` is its guid where that is a web address: items rarely state another."""
    meta, content = child(item, "itemMeta"), child(item, "contentMeta")
    inner = _inner_story(item)
    guid = attribute(item, "guid")
    return FoundEntry(
        guid=guid or None,
        link=guid if guid.startswith(("http://", "https://")) else None,
        title=_title(meta, content, inner),
        summary=_summary(content) or (inner.summary if inner else None),
        content_html=_body(item) or None,
        authors=_authors(content) or (inner.authors if inner else ()),
        categories=_categories(content, attribute(item, "lang")),
        published=_times(content, "contentCreated") + _times(meta, "firstCreated", "versionCreated"),
        updated=_times(meta, "versionCreated") + _times(content, "contentModified"),
        version=attribute(item, "version") or None,
        status=attribute(child(meta, "pubStatus"), "qcode") or attribute(child(meta, "pubStatus"), "uri") or None,
    )


def _inner_story(item: Any) -> FoundEntry | None:
    """What an inline NITF document says about itself."""
    root = child(item, "contentSet", "inlineXML", "nitf")
    return nitf.story(root) if root is not None else None


def _title(meta: Any, content: Any, inner: FoundEntry | None) -> str | None:
    """The headline, else a title, else the slugline: what editors call a story that has no headline yet."""
    stated = _headline(content) or text_of(child(meta, "title")) or (inner.title if inner else None)
    return stated or text_of(child(content, "slugline")) or None


def _headline(content: Any) -> str:
    """The main headline: one without a role before one with (`hld:subHeadline`)."""
    headlines = [(attribute(node, "role"), text_of(node)) for node in children(content, "headline")]
    written = sorted((rank for rank in headlines if rank[1]), key=lambda pair: _rank(pair[0]))
    return written[0][1] if written else ""


def _rank(role: str) -> int:
    return 0 if not role or role.lower().endswith((":main", ":headline")) else 1


def _summary(content: Any) -> str:
    """The description, a summary before a caption."""
    descriptions = [(attribute(node, "role"), text_of(node)) for node in children(content, "description")]
    written = sorted((pair for pair in descriptions if pair[1]), key=lambda pair: "caption" in pair[0].lower())
    return written[0][1] if written else ""


def _authors(content: Any) -> tuple[str, ...]:
    """The byline's words, else the creators' names."""
    bylines = tuple(nitf.without_by(text) for node in children(content, "by") if (text := text_of(node)))
    return bylines or tuple(text for node in children(content, "creator", "name") if (text := text_of(node)))


def _categories(content: Any, language: str) -> tuple[str, ...]:
    """Subjects by name (in the item's language if there is a choice), else by code, and keywords."""
    subjects = (
        _name(node, language) or attribute(node, "literal") or attribute(node, "qcode") or attribute(node, "uri")
        for node in children(content, "subject")
    )
    return (*(name for name in subjects if name), *map(text_of, children(content, "keyword")))


def _name(node: Any, language: str) -> str:
    names = [(attribute(name, "lang"), text_of(name)) for name in children(node, "name")]
    fitting = [text for lang, text in names if lang[:2] == language[:2]]
    return (fitting or [text for _, text in names] or [""])[0]


def _times(holder: Any, *names: str) -> tuple[str, ...]:
    return tuple(text for name in names for node in children(holder, name) if (text := text_of(node)))


def _body(item: Any) -> str:
    """The longest of the item's inline contents, as HTML."""
    contents = child(item, "contentSet")
    bodies = [_inline_xml(node) for node in children(contents, "inlineXML")]
    bodies += [html_of_text("".join(node.itertext())) for node in children(contents, "inlineData")]
    return max(bodies, key=len, default="")


def _inline_xml(node: Any) -> str:
    """NITF's body.content, XHTML's body, or what else there is."""
    story = child(node, "nitf", "body")
    if story is not None:
        return nitf.body_html(story) or ""
    body = next(within(node, "body", "BODY"), node)
    return inner_html(body) if len(body) else html_of_text("".join(body.itertext()))


DIALECT = Dialect("newsml", ("newsml-g2",), read, roots=frozenset({"newsitem", "newsmessage", "packageitem"}))
