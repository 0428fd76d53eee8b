"""NITF 3.x, a news story in XML (IPTC, NITF 3.6)."""

from __future__ import annotations

from typing import Any

from pipeline.parse.agency import Unread, iptc_codes, without_by
from pipeline.parse.bodies import inner_html
from pipeline.parse.dates import parse_date
from pipeline.parse.document import Dialect, Document, Found, FoundEntry
from pipeline.parse.xmltree import attribute, child, children, local, read_tree, text_of, within

# `meta` names under which agencies carry the slug of older formats: ANPA 1312's keyword (AAP), NTB's "stikkord".
META_SLUGS = ("anpa-keyword", "ntbstikkord", "slug", "slugline")


def read(document: Document) -> Found:
    """The one story of the document."""
    root, problems = read_tree(document.text)
    entry = story(root)
    unread = Unread()
    for note in [*within(root, "ed-msg"), *within(child(root, "body", "body.head"), "note")]:
        if text := attribute(note, "info") or text_of(note):
            unread.note("note of the editors' that is not read", text)
    return Found(
        format="nitf",
        title=None,
        language=attribute(root, "baselang") or None,
        entries=(entry,),
        problems=(*problems, *unread.problems()),
    )


def story(root: Any) -> FoundEntry:
    """The story of a `nitf` element, its own document or inside NewsML-G2."""
    head, body = child(root, "head"), child(root, "body")
    data, top = child(head, "docdata"), child(body, "body.head")
    embargoed = _embargoed(data)
    return FoundEntry(
        guid=attribute(child(data, "doc-id"), "id-string") or attribute(child(data, "du-key"), "key") or None,
        title=_headline(top) or text_of(child(head, "title")) or None,
        summary=text_of(child(top, "abstract")) or _second_headline(top) or None,
        content_html=body_html(body),
        authors=_authors(top),
        categories=_categories(head, data),
        published=_times(data, head, top),
        version=attribute(child(data, "du-key"), "version") or None,
        status=_status(data, embargoed),
        embargoed=embargoed,
        urgency=next((urgency for node in within(head, "urgency") if (urgency := attribute(node, "ed-urg"))), None),
        subjects=_subjects(head),
        agency=_agency(data, top),
        slug=_slug(head, data),
    )


def _embargoed(data: Any) -> tuple[str, ...]:
    """`date.release`, if the item waits for it: AAP writes the time of issue there too, with no embargo meant."""
    issued, released = (attribute(child(data, name), "norm") for name in ("date.issue", "date.release"))
    waits = attribute(data, "management-status").lower() == "embargoed" or released != issued
    return (released,) if released and waits else ()


def _status(data: Any, embargoed: tuple[str, ...]) -> str | None:
    """As written; an embargoed item whose end of embargo can be read is usable from then on."""
    status = attribute(data, "management-status")
    return "usable" if status.lower() == "embargoed" and any(map(parse_date, embargoed)) else status or None


def _subjects(head: Any) -> tuple[str, ...]:
    """Reference numbers that are IPTC's: EFE's own (`ipr="EFE"`, F01001000) look otherwise."""
    nodes = children(head, "tobject", "tobject.subject")
    return iptc_codes(attribute(node, "tobject.subject.refnum") for node in nodes)


def _agency(data: Any, top: Any) -> str | None:
    """Who distributes the story, else who holds its copyright, else where its id is registered."""
    distributor = child(top, "distributor")
    named = text_of(child(distributor, "org")) or text_of(distributor) or text_of(child(top, "rights", "rights.owner"))
    holder = attribute(child(data, "doc.copyright"), "holder")
    return named or holder or attribute(child(data, "doc-id"), "regsrc") or None


def _slug(head: Any, data: Any) -> str | None:
    """The editors' key: `du-key` ("consistent across a story's versions", NITF 3.6), else what agencies have for it."""
    keys = (attribute(child(data, "du-key"), "key"), attribute(child(data, "key-list"), "key"))
    metas = {attribute(node, "name").lower(): attribute(node, "content") for node in children(head, "meta")}
    words = (metas.get(name, "") for name in META_SLUGS)
    return next(filter(None, (*keys, *words, attribute(child(data, "fixture"), "fix-id"))), None)


def body_html(body: Any) -> str | None:
    """The story's text as HTML: `body.content`, and the tagline below it ("Jo Doe contributed to this story.")."""
    content = [inner_html(node) for node in children(body, "body.content")]
    ends = [inner_html(node) for node in children(body, "body.end")]
    return "".join((*content, *ends)) or None


def _headline(top: Any) -> str:
    """The main headline; some agencies write `headline` for `hedline`."""
    return next((text for hl1 in within(top, "hl1") if (text := text_of(hl1))), "")


def _second_headline(top: Any) -> str:
    """What stands below the main headline; AP repeats that one there."""
    return next((text for hl2 in within(top, "hl2") if (text := text_of(hl2)) and text != _headline(top)), "")


def _authors(top: Any) -> tuple[str, ...]:
    """Persons of the byline, else its words without "By", else its title: the desk's."""
    names: list[str] = []
    for byline in children(top, "byline"):
        persons = [text for person in within(byline, "person") if (text := text_of(person))]
        titles = [text for title in within(byline, "byttl") if (text := text_of(title))]
        names += persons or [words for words in [_words_beside(byline, "byttl")] if words] or titles
    return tuple(name for name in map(without_by, names) if name)


def _words_beside(element: Any, name: str) -> str:
    """All text inside but that of the children with this name."""
    pieces = [element.text or ""]
    for node in element:
        pieces += ["" if local(node) == name else text_of(node), node.tail or ""]
    return " ".join(" ".join(pieces).split())


def _categories(head: Any, data: Any) -> tuple[str, ...]:
    """Subjects, from broad to narrow, and keywords."""
    names: list[str] = []
    for subject in children(head, "tobject", "tobject.subject"):
        levels = [attribute(subject, f"tobject.subject.{level}") for level in ("type", "matter", "detail")]
        names += [level for level in levels if level] or [attribute(subject, "tobject.subject.refnum")]
    keywords = (attribute(node, "key") or text_of(node) for node in children(data, "key-list", "keyword"))
    return (*names, *keywords)


def _times(data: Any, head: Any, top: Any) -> tuple[str, ...]:
    """What may be the story's time, best first."""
    norms = [attribute(child(data, name), "norm") for name in ("date.issue", "date.release")]
    dateline = attribute(child(top, "dateline", "story.date"), "norm")
    printed = [attribute(node, "date.publication") for node in within(head, "pubdata")]
    return tuple(time for time in (*norms, dateline, *printed) if time)


DIALECT = Dialect("nitf", ("nitf",), read, roots=frozenset({"nitf"}))
