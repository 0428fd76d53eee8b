"""What feedparser's handler gets to see of RSS and Atom: always well-formed XML, whatever came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.parsers import expat

from lxml import etree

from pipeline.errors import ParseError
from pipeline.parse.handler import SEPARATOR
from pipeline.parse.trim import Trimmer
from pipeline.parse.xmltree import read_tree


@dataclass(frozen=True, slots=True)
class Trimmed:
    """Well-formed XML, and what had to be done to the text to get it."""

    text: str
    left_out: int  # entries beyond the most that are read
    broken_off: bool  # the text ends within an entry
    problems: tuple[str, ...]


def trimmed(text: str, most_entries: int) -> Trimmed:
    """The document mended, and within the limits of `trim.py`, in time that grows with its length and no faster."""
    trouble = xml_trouble(text)
    trimmer = Trimmer(text, most_entries, mends=trouble is not None)
    made = trimmer.document()
    problems = [trouble] if trouble else []
    if trimmer.dropped:
        problems.append(f"{trimmer.dropped} tags beyond any feed's number or depth were left out")
    return Trimmed(made, trimmer.left_out, trimmer.broken_off, tuple(problems))


def well_formed(text: str, most_entries: int) -> Trimmed:
    """As `trimmed`; ParseError in the rare case that it is still no XML, and nothing can be made of it.

    libxml2 mends it then, which is worse at it: it closes the innermost element at any end tag.
    """
    made = trimmed(text, most_entries)
    if xml_trouble(made.text) is None:
        return made
    root, _ = read_tree(made.text)
    mended = etree.tostring(root, encoding="unicode")
    if trouble := xml_trouble(mended):
        raise ParseError(f"XML that cannot be mended: {trouble}")
    return replace(made, text=mended)


def xml_trouble(text: str) -> str | None:
    """Where and why the text is not well-formed XML with namespaces, None if it is."""
    parser = expat.ParserCreate("utf-8", SEPARATOR)
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        return f"not well-formed at line {error.lineno}: {expat.ErrorString(error.code)}"
    return None
