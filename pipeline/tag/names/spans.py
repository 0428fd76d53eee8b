"""Where names begin and end: the model's spans, trimmed, cut and joined to what a reader takes for the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipeline.tag.models.recogniser import score_of

LABELS = frozenset({"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"})

# No part of a name: an article, "Near" at the start of a sentence, quotes and brackets; "'s" and commas after it.
_LEAD = re.compile(r"^(?:(?:the|a|an|near|inside|outside|from|against|(?-i:[PC]M))\s+|[^\w]+)+", re.IGNORECASE)
_TAIL = re.compile(r"(?:['’`]s?|[\s,;:\-–()\[\"“”'’`/]+)$")
# Two names: "Tunis - Sfax", a line break, a semicolon.
_CUT = re.compile(r"\s+[-–—]\s+|\s*[\n;|]\s*|\s\(")
# What joins two halves: "Deir" + " ez-" + "Zor", "Abu" + " bin " + "Tariq".
_JOINT = re.compile(
    r"\s?-?(?:al|el|ad|ar|as|ash|at|ez|az|es|an|ul|ur|ud|us)-|-"
    r"| (?:bin|ibn|bint|von|van|van der|de|de la|del|della|di|da|dos|do|du|le|la) "
)
_PARTICLE = re.compile(r"\b(?:(?:[Aa]l|[Ee]l|[Aa]d|[Aa]r|[Aa]s|[Aa]sh|[Aa]t|[Ee]z|[Aa]z|[Aa]n)-|(?:Al|El|al) )$")
# What a person's name must still have that ends so: "Ursula von" + " der Leyen".
_OPEN_END = re.compile(r" (?:von|van|de|del|della|di|da|dos|do|du|bin|ibn|bint|al|el|la)\Z")
_REST = re.compile(r"(?: (?:der|den|dem|la|las|los|zu|al))? (?:[a-z]{1,3}-)?[A-Z][\w’'-]*\w(?:-[A-Z]\w+)?")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: offsets in code points and the model's label."""

    start: int
    end: int
    label: str
    score: float | None = None


def find_names(doc: Doc, text: str) -> list[Name]:
    """The model's names in the order of the text, none of them without a capital letter or a digit."""
    spans = (Name(e.start_char, e.end_char, e.label_, score_of(e)) for e in doc.ents if e.label_ in LABELS)
    cut = (trimmed for span in spans for piece in _pieces(text, span) if (trimmed := _trimmed(text, piece)))
    return [name for name in _joined(text, cut) if _is_name(text[name.start : name.end])]


def _pieces(text: str, span: Name) -> Iterator[Name]:
    start = span.start
    for match in _CUT.finditer(text, span.start, span.end):
        yield replace(span, start=start, end=match.start())
        start = match.end()
    yield replace(span, start=start)


def _trimmed(text: str, span: Name) -> Name | None:
    """The name itself; with the particle that the model left before it ("al-" + "Abadi")."""
    lead = _LEAD.match(text[span.start : span.end])
    start, end = span.start + (lead.end() if lead else 0), span.end
    while (tail := _TAIL.search(text, start, end)) and tail.start() > start:
        end = tail.start()
    if span.label == "PERSON" and _OPEN_END.search(text, start, end) and (rest := _REST.match(text, end)):
        end = rest.end()
    if particle := _PARTICLE.search(text, max(0, start - 4), start):
        start = particle.start()
    return replace(span, start=start, end=end) if end > start else None


def _joined(text: str, spans: Iterable[Name]) -> Iterator[Name]:
    """Halves of one name put together: of the same kind, with nothing but a particle between."""
    last: Name | None = None
    for span in spans:
        if last is not None and span.start < last.end:
            continue
        if last is not None and _belongs(text, last, span):
            last = replace(last, end=span.end)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _belongs(text: str, left: Name, right: Name) -> bool:
    between = text[left.end : right.start]
    return left.label == right.label and _JOINT.fullmatch(between) is not None


def _is_name(text: str) -> bool:
    return any(c.isupper() or c.isdigit() or (c.isalpha() and not c.islower()) for c in text) and not text.isdigit()
