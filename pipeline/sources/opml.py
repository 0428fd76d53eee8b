"""OPML 1.0, 1.1 and 2.0 (opml.org): how feed readers hand their lists on.

Read by lxml, which mends broken XML and knows the line of each outline; listparser, the library made for it, gives
neither lines nor what it left out, and a list of feeds is worth a word on each that was lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from pipeline.errors import ConfigError
from pipeline.records import Feed

MAX_DEPTH = 200  # of outlines in outlines
_FEED_SCHEMES = (
    "feed://",
    "feed:",
)  # feed://host/path and feed:https://host/path: what browsers once handed to readers


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlFeed:
    """A feed of an OPML file. `note` names the folders that it lies in and what its outline says about it."""

    url: str
    title: str | None = None
    language: str | None = None  # ISO 639-1
    note: str | None = None


@dataclass(frozen=True, slots=True)
class OpmlList:
    """The feeds of a file, each address once, and a line for a person on whatever could not be read."""

    feeds: tuple[OpmlFeed, ...]
    problems: tuple[str, ...]


def read_opml(data: bytes, name: str) -> OpmlList:
    """The feeds of an OPML file that errors and problems call `name`. Raises ConfigError where it is none at all.

    Broken XML gives what can be read of it. Nothing that the file names is opened or loaded.
    """
    root, problems = _tree(data, name)
    feeds: dict[str, OpmlFeed] = {}
    for element, folders in _outlines(root):
        where = f"{name}:{element.sourceline}"
        attributes = {key.lower(): value.strip() for key, value in element.attrib.items()}
        written = attributes.get("xmlurl") or attributes.get("url")
        if not written:
            if not len(element):
                problems.append(
                    f'{where}: an outline without xmlUrl and without outlines in it; write xmlUrl="https://…"'
                )
            continue
        url = _address(written)
        if url is None:
            problems.append(f"{where}: xmlUrl {written!r} is no web address; write https://host/path")
        elif url in feeds:
            problems.append(f"{where}: {url} is listed a second time; each feed is added once")
        else:
            feeds[url] = _feed(url, attributes, folders)
    return OpmlList(tuple(feeds.values()), tuple(problems))


def write_opml(feeds: Sequence[Feed], *, title: str) -> bytes:
    """OPML 2.0 of the feeds: address, title, language; the note becomes the description."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _legal(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        values = {
            "type": "rss",
            "text": feed.title or feed.feed_id,
            "title": feed.title,
            "xmlUrl": feed.url,
            "language": feed.language,
            "description": feed.note,
        }
        etree.SubElement(body, "outline", {key: _legal(value) for key, value in values.items() if value})
    document: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return document


def _tree(data: bytes, name: str) -> tuple[Any, list[str]]:
    """The root element, and what is wrong with the XML."""
    problems: list[str] = []
    try:
        root = etree.fromstring(data, _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        problems.append(f"{name}:{line}: not well-formed: {str(error).split(', line ')[0]}; what can be read is read")
        root = _recovered(data)
    if root is None or etree.QName(root).localname.lower() != "opml":
        what = f"its root element is <{etree.QName(root).localname}>" if root is not None else "no XML"
        raise ConfigError(name, f"is no OPML: {what}", "export the list from a feed reader as OPML")
    return root, problems


def _recovered(data: bytes) -> Any:
    try:
        return etree.fromstring(data, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parser(*, recover: bool) -> Any:
    return etree.XMLParser(
        recover=recover, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )


def _outlines(root: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Each outline with the names of those that it lies in, in the order of the file."""
    pending: list[tuple[Any, tuple[str, ...]]] = [(root, ())]
    while pending:
        element, folders = pending.pop()
        inner = folders
        if etree.QName(element).localname.lower() == "outline":
            yield element, folders
            inner = (*folders, (element.get("text") or element.get("title") or "").strip())
        if len(inner) < MAX_DEPTH:
            pending += [(child, inner) for child in reversed(element) if isinstance(child.tag, str)]


def _feed(url: str, attributes: dict[str, str], folders: tuple[str, ...]) -> OpmlFeed:
    language = attributes.get("language", "")[:2].lower()
    note = "; ".join(filter(None, [" / ".join(filter(None, folders)), attributes.get("description")]))
    return OpmlFeed(
        url=url,
        title=attributes.get("title") or attributes.get("text") or None,
        language=language if len(language) == 2 and language.isascii() and language.isalpha() else None,
        note=note or None,
    )


def _address(written: str) -> str | None:
    """The http(s) address that is meant; None where none is."""
    for scheme in _FEED_SCHEMES:
        if written.lower().startswith(scheme):
            rest = written[len(scheme) :]
            written = rest if "://" in rest else f"https://{rest}"
            break
    try:
        parts = urlsplit(written)
        _ = parts.port
    except ValueError:
        return None
    whole = parts.scheme.lower() in ("http", "https") and parts.hostname and parts.username is None
    return written if whole and not any(c.isspace() for c in written) else None


def _legal(text: str) -> str:
    """Without characters that XML forbids."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe") or c > "\uffff"
    )
