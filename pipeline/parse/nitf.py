"""NITF 3.x, a news story in XML (IPTC, NITF 3.6)."""

from __future__ import annotations

import re
from typing import Any

from pipeline.parse.bodies import inner_html
from pipeline.parse.document import Dialect, Document, Found, FoundEntry
from pipeline.parse.xmltree import attribute, child, children, read_tree, text_of, within

_BY = re.compile(r"^by\s+", re.IGNORECASE)


def read(document: Document) -> Found:
    """The one story of the document."""
    root, problems = read_tree(document.text)
    entry = story(root)
    return Found(
        format="nitf",
        title=None,
        language=attribute(root, "baselang") or None,
        entries=(entry,),
        problems=problems,
    )


def story(root: Any) -> FoundEntry:
    """The story of a `nitf` element, its own document or inside NewsML-G2."""
    head, body = child(root, "head"), child(root, "body")
    data, top = child(head, "docdata"), child(body, "body.head")
    return FoundEntry(
        guid=attribute(child(data, "doc-id"), "id-string") or attribute(child(data, "du-key"), "key") or None,
        title=_headline(top) or text_of(child(head, "title")) or None,
        summary=text_of(child(top, "abstract")) or None,
        content_html=body_html(body),
        authors=_authors(top),
        categories=_categories(head, data),
        published=_times(data, head, top),
        version=attribute(child(data, "du-key"), "version") or None,
        status=attribute(data, "management-status") or None,
    )


def body_html(body: Any) -> str | None:
    """The story's text as HTML: `body.content`, else the body without its head and end."""
    content = list(children(body, "body.content"))
    return "".join(map(inner_html, content)) or None


def _headline(top: Any) -> str:
    """The main headline; some agencies write `headline` for `hedline`."""
    return next((text for hl1 in within(top, "hl1") if (text := text_of(hl1))), "")


def _authors(top: Any) -> tuple[str, ...]:
    """Persons of the byline, else its words without title and "By"."""
    names: list[str] = []
    for byline in children(top, "byline"):
        persons = [text for person in within(byline, "person") if (text := text_of(person))]
        for title in list(children(byline, "byttl")):
            byline.remove(title)
        names += persons or [text_of(byline)]
    return tuple(without_by(name) for name in names if name)


def without_by(byline: str) -> str:
    """“By Jo Doe” → “Jo Doe”."""
    return _BY.sub("", byline)


def _categories(head: Any, data: Any) -> tuple[str, ...]:
    """Subjects, from broad to narrow, and keywords."""
    names: list[str] = []
    for subject in children(head, "tobject", "tobject.subject"):
        levels = [attribute(subject, f"tobject.subject.{level}") for level in ("type", "matter", "detail")]
        names += [level for level in levels if level] or [attribute(subject, "tobject.subject.refnum")]
    return (*names, *(attribute(keyword, "key") for keyword in children(data, "key-list", "keyword")))


def _times(data: Any, head: Any, top: Any) -> tuple[str, ...]:
    """What may be the story's time, best first."""
    norms = [attribute(child(data, name), "norm") for name in ("date.issue", "date.release")]
    dateline = attribute(child(top, "dateline", "story.date"), "norm")
    printed = [attribute(node, "date.publication") for node in within(head, "pubdata")]
    return tuple(time for time in (*norms, dateline, *printed) if time)


DIALECT = Dialect("nitf", ("nitf",), read, roots=frozenset({"nitf"}))
