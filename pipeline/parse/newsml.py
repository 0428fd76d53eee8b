"""NewsML-G2: items, packages, and messages that hold them (IPTC, NewsML-G2 2.x)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.parse import nitf
from pipeline.parse.agency import Unread, iptc_codes, without_by
from pipeline.parse.bodies import html_of_text, inner_html
from pipeline.parse.document import Dialect, Document, Found, FoundEntry
from pipeline.parse.xmltree import attribute, child, children, local, read_tree, text_of, within

ITEMS = ("newsItem", "packageItem")
OTHER_ITEMS = ("conceptItem", "knowledgeItem", "planningItem", "catalogItem")
# What is read of an item's two metas, and what says nothing about the news itself; any other text is reported.
ITEM_META = frozenset({
    "versionCreated", "firstCreated", "embargoed", "pubStatus", "provider", "title",  # read
    "itemClass", "role", "fileName", "generator", "profile", "service", "memberOf", "signal", "link", "versionedId",
    "instanceOf", "located", "expires", "origRep", "incomingFeedId", "timestamp",
})  # fmt: skip
CONTENT_META = frozenset({
    "contentCreated", "contentModified", "urgency", "infoSource", "creator", "contributor", "by", "language",  # read
    "subject", "keyword", "slugline", "headline", "description",
    "altId", "located", "dateline", "creditline", "genre", "rating", "icon", "audience", "exclAudience", "intendedUse",
    "signal", "hash", "userInteraction", "derivedFrom",
})  # fmt: skip


def read(document: Document) -> Found:
    """Every news and package item of the document."""
    root, problems = read_tree(document.text)
    items = [root] if local(root) in ITEMS else list(_items(root))
    entries = tuple(_entry(item) for item in items)
    unread = Unread()
    for item in items:
        _note_unread(item, unread)
    _note_others(root, items, unread)
    return Found(
        format="newsml-g2",
        title=text_of(child(root, "header", "channel")) or None,
        language=next((language for item in items if (language := _language(item))), None),
        entries=entries,
        problems=(*problems, *unread.problems()),
    )


def _items(element: Any) -> Iterator[Any]:
    """Items below, but for what items themselves hold."""
    for node in element:
        if local(node) in ITEMS:
            yield node
        else:
            yield from _items(node)


def _note_unread(item: Any, unread: Unread) -> None:
    """Text of an item that does not come out of it: notes of the editors', further contents, unknown elements."""
    for name, known in (("itemMeta", ITEM_META), ("contentMeta", CONTENT_META)):
        for node in child(item, name) if child(item, name) is not None else ():
            if local(node) and local(node) not in known and (text := text_of(node)):
                unread.note(f"{name}/{local(node)} that is not read", text)
    for node in children(item, "itemMeta", "embargoed"):
        if not text_of(node):
            unread.note("embargo without a time, taken for none", attribute(item, "guid"))
    contents = [*children(item, "contentSet", "inlineXML"), *children(item, "contentSet", "inlineData")]
    for text in sorted(map(text_of, contents), key=len)[:-1]:
        if text:
            unread.note("content beside an item's longest that is not read", text)


def _note_others(root: Any, items: list[Any], unread: Unread) -> None:
    """What is no news item: a package's members are links, not articles; those that are not here are told."""
    held = {attribute(item, "guid") for item in items}
    for item in items:
        for reference in within(item, "itemRef") if local(item) == "packageItem" else ():
            member = attribute(reference, "residref") or attribute(reference, "href")
            if member and member not in held:
                unread.note("item that a package names and that is not in the document", member)
    for other in within(root, *OTHER_ITEMS):
        unread.note(f"{local(other)} that is not read", attribute(other, "guid"))


def _language(item: Any) -> str | None:
    return attribute(child(item, "contentMeta", "language"), "tag") or attribute(item, "lang") or None


def _entry(item: Any) -> FoundEntry:
    """One item. `link` is its guid where that is a web address, else that of its page: items rarely state another."""
    meta, content = child(item, "itemMeta"), child(item, "contentMeta")
    inner = _inner_story(item)
    guid, title = attribute(item, "guid"), _title(meta, content, inner)
    return FoundEntry(
        guid=guid or None,
        link=guid if guid.startswith(("http://", "https://")) else _page(item),
        title=title,
        summary=_summary(content) or (inner.summary if inner else None) or _subheadline(content, title),
        content_html=_body(item) or None,
        authors=_authors(item, content) or (inner.authors if inner else ()),
        categories=_categories(content, attribute(item, "lang")),
        published=_times(content, "contentCreated") + _times(meta, "firstCreated", "versionCreated"),
        updated=_times(meta, "versionCreated") + _times(content, "contentModified"),
        version=attribute(item, "version") or None,
        status=attribute(child(meta, "pubStatus"), "qcode") or attribute(child(meta, "pubStatus"), "uri") or None,
        embargoed=_times(meta, "embargoed"),
        urgency=text_of(child(content, "urgency")) or (inner.urgency if inner else None) or None,
        subjects=_subjects(content) or (inner.subjects if inner else ()),
        agency=_agency(item, meta, content) or (inner.agency if inner else None),
        slug=text_of(child(content, "slugline")) or (inner.slug if inner else None) or None,
    )


def _page(item: Any) -> str | None:
    """The address of a web page that is one of the item's contents."""
    remote = children(item, "contentSet", "remoteContent")
    return next((attribute(n, "href") for n in remote if attribute(n, "contenttype").startswith("text/html")), None)


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


def _subheadline(content: Any, title: str | None) -> str | None:
    """A headline beside the main one: the nearest to a summary in an item without description (ANSA)."""
    return next((text for node in children(content, "headline") if (text := text_of(node)) and text != title), None)


def _authors(item: Any, content: Any) -> tuple[str, ...]:
    """The byline's words, else the creators' names (no agencies), else a byline in the text (TT), else contributors."""
    found = [text for node in children(content, "by") if (text := text_of(node))]
    found = found or _persons(children(content, "creator"))
    found = found or [text_of(node) for node in within(child(item, "contentSet"), "BYLINE")]
    return tuple(without_by(text) for text in found or _persons(children(content, "contributor")) if text)


def _persons(nodes: Iterator[Any]) -> list[str]:
    """Names, else literals, of parties that are not said to be a source or supplier (Reuters: `cRole:source`)."""
    people = (node for node in nodes if not attribute(node, "role").lower().endswith(("source", "supplier", "prov")))
    return [name for node in people if (name := text_of(child(node, "name")) or attribute(node, "literal"))]


def _agency(item: Any, meta: Any, content: Any) -> str | None:
    """Where the text is from: a source by name before the item's provider, codes last ("nprov:AcmeNews")."""
    sources = [node for node in children(content, "infoSource") if not _is_origin(node)]
    sources += [*children(content, "infoSource"), *children(meta, "provider")]
    holders = [*sources, *children(item, "rightsInfo", "copyrightHolder")]
    names = (text_of(child(node, "name")) or attribute(node, "literal") for node in holders)
    codes = (attribute(node, "qcode").rpartition(":")[2] for node in reversed(sources))
    return next(filter(None, (*names, *codes)), None)


def _is_origin(node: Any) -> bool:
    """Whether a source is only the first of a chain (`crole:origProv`): who sent it on comes before."""
    return attribute(node, "role").lower().endswith("origprov")


def _subjects(content: Any) -> tuple[str, ...]:
    """IPTC's codes of the subjects, and of what the agency says to be the same as a subject of its own."""
    nodes = (same for node in children(content, "subject") for same in (node, *children(node, "sameAs")))
    return iptc_codes(attribute(node, name) for node in nodes for name in ("qcode", "uri", "literal"))


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
    return max(_bodies(item), key=len, default="")


def _bodies(item: Any) -> list[str]:
    contents = child(item, "contentSet")
    bodies = [_inline_xml(node) for node in children(contents, "inlineXML")]
    return bodies + [html_of_text("".join(node.itertext())) for node in children(contents, "inlineData")]


def _inline_xml(node: Any) -> str:
    """NITF's body.content, XHTML's body, or what else there is."""
    story = child(node, "nitf", "body")
    if story is not None:
        return nitf.body_html(story) or ""
    body = next(within(node, "body", "BODY"), node)
    return inner_html(body) if len(body) else html_of_text("".join(body.itertext()))


DIALECT = Dialect("newsml", ("newsml-g2",), read, roots=frozenset({"newsitem", "newsmessage", "packageitem"}))
