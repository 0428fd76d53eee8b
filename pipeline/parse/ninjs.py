"""ninjs 1.x, 2.x and 3.x, news in JSON (IPTC): one item, a list of them, or an object that holds such a list."""

from __future__ import annotations

from pipeline.parse.agency import Unread, iptc_codes, without_by
from pipeline.parse.bodies import html_of_text
from pipeline.parse.document import Dialect, Document, Found, FoundEntry
from pipeline.parse.jsonvalues import items, lower_keys, number_or_string, string, strings
from pipeline.parse.text import plain_text

IDS = frozenset({"uri", "guid"})
# Members that only a news item has: "uri" alone may be anybody's.
MARKS = frozenset({
    "standard", "$standard", "headline", "headlines", "versioncreated", "firstcreated", "contentcreated",
    "pubstatus", "body_text", "body_html", "body_xhtml", "bodies", "descriptions", "description_text",
    "byline", "by", "eventdetails", "representationtype", "copyrightholder",
})  # fmt: skip
WRAPPERS = ("items", "item", "data", "results", "news")
# Text for editors, not for readers; reported, not read.
NOTES = ("ednote", "ednotes", "editornote", "correction", "footnote")


def claims(data: object) -> bool:
    """Whether the first thing that could be an item is one."""
    found = _items(data)
    return bool(found)


def read(document: Document) -> Found:
    """Every item; those that stand inside another as its associations are part of that one."""
    found = _items(document.data)
    unread = Unread()
    for item in found[: document.max_entries]:
        _note_unread(item, unread)
    return Found(
        format="ninjs",
        language=next((language for item in found if (language := string(item, "language"))), None),
        entries=tuple(_entry(item) for item in found[: document.max_entries]),
        left_out=max(0, len(found) - document.max_entries),
        problems=unread.problems(),
    )


def _items(data: object, depth: int = 0) -> list[dict[str, object]]:
    """The items in a list, a wrapper ({"data": {"items": [{"item": …}]}}) or alone, keys in lower case."""
    if isinstance(data, list):
        return [item for member in data for item in _items(member, depth + 1)] if depth < 6 else []
    item = lower_keys(data)
    if IDS & item.keys() and (MARKS & item.keys() or any(key.startswith(("body_", "description_")) for key in item)):
        return [item]
    if depth < 6:
        for name in WRAPPERS:
            if found := _items(item.get(name), depth + 1):
                return found
    return []


def _entry(item: dict[str, object]) -> FoundEntry:
    """One item; its uri is its link where that is a web address."""
    uri = string(item, "uri", "guid") or ""
    return FoundEntry(
        guid=uri or None,
        link=string(item, "url") or (uri if uri.startswith(("http://", "https://")) else None),
        title=string(item, "headline") or _value(item, "headlines") or string(item, "title", "name", "slugline"),
        summary=_summary(item),
        content_html=_body(item),
        authors=_authors(item),
        categories=_categories(item),
        published=strings(item, "contentcreated", "firstcreated", "versioncreated"),
        updated=strings(item, "versioncreated", "contentmodified"),
        version=number_or_string(item, "version"),
        status=string(item, "pubstatus"),
        embargoed=strings(item, "embargoed", "embargo"),
        urgency=(number_or_string(item, "urgency") or "").removesuffix(".0") or None,
        subjects=_subjects(item),
        agency=_agency(item),
        slug=string(item, "slugline", "slug"),
    )


def _note_unread(item: dict[str, object], unread: Unread) -> None:
    """Text of an item that does not come out of it: notes of the editors', bodies beside the chosen one."""
    for name in NOTES:
        if text := string(item, name):
            unread.note(f"{name} that is not read", plain_text(text))
    for body in sorted(_values(item, "bodies"), key=_rank)[1:]:
        unread.note("body beside the chosen one that is not read", string(body, "role", "contenttype") or "")


def _authors(item: dict[str, object]) -> tuple[str, ...]:
    """The byline, else the authors by name (superdesk)."""
    bylines = strings(item, "byline", "by")
    names = [string(lower_keys(member), "name") for member in items(item.get("authors"))]
    return tuple(without_by(plain_text(name)) for name in bylines or names if name)


def _agency(item: dict[str, object]) -> str | None:
    """The source, by name; else who holds the copyright."""
    for key in ("infosources", "infosource", "source", "provider", "copyrightholder"):
        for member in items(item.get(key)):
            name = member if isinstance(member, str) else string(lower_keys(member), "name", "literal", "code")
            if name and name.strip():
                return name
    return None


def _subjects(item: dict[str, object]) -> tuple[str, ...]:
    """IPTC's codes: 1.x has them as `code`, later versions as `uri` or `literal`, superdesk as `qcode`."""
    members = (lower_keys(member) for member in (*items(item.get("subject")), *items(item.get("subjects"))))
    return iptc_codes(text for member in members for text in strings(member, "code", "qcode", "uri", "literal"))


def _values(item: dict[str, object], name: str) -> list[dict[str, object]]:
    """Members of `headlines`, `bodies` and `descriptions` (2.x and later) that hold a value."""
    return [value for member in items(item.get(name)) if string(value := lower_keys(member), "value")]


def _value(item: dict[str, object], name: str) -> str | None:
    """The one whose role is main or missing, else the first."""
    found = _values(item, name)
    main = [value for value in found if (string(value, "role") or "main") in ("main", "headline")]
    return string((main or found or [{}])[0], "value")


def _summary(item: dict[str, object]) -> str | None:
    return string(item, "description_text", "description_html", "description_xhtml", "description", "abstract") or (
        _value(item, "descriptions") or _any(item, "description_")
    )


def _body(item: dict[str, object]) -> str | None:
    """The body as HTML, from HTML before text; XML of an agency's own is left out."""
    old = string(item, "body_html", "body_xhtml", "body_html5", "body_xhtml5", "body_text")
    bodies = sorted(_values(item, "bodies"), key=_rank)
    new = string(bodies[0], "value") if bodies and _rank(bodies[0]) < 3 else None
    text = old or new or _any(item, "body_")
    return html_of_text(text) if text else None


def _rank(body: dict[str, object]) -> int:
    """0 HTML, 1 nothing said, 2 text, 3 other."""
    kind = f"{string(body, 'contenttype') or ''} {string(body, 'role') or ''}".lower()
    if "html" in kind:
        return 0
    if "text/plain" in kind or not string(body, "contenttype"):
        return 1 if not string(body, "contenttype") else 2
    return 3


def _any(item: dict[str, object], prefix: str) -> str | None:
    """1.x lets agencies add body_… and description_… of their own."""
    return next((text for key in sorted(item) if key.startswith(prefix) and (text := string(item, key))), None)


def _categories(item: dict[str, object]) -> tuple[str, ...]:
    """Names of the subjects, else their codes, and keywords."""
    names: list[str] = []
    for member in (*items(item.get("subject")), *items(item.get("subjects"))):
        subject = lower_keys(member)
        names += strings(subject, "name") or strings(subject, "literal", "code")[:1]
    return (*names, *(word for word in items(item.get("keywords")) if isinstance(word, str)))


DIALECT = Dialect("ninjs", ("ninjs",), read, claims=claims)
