"""Names in the text: what the model finds, trimmed, relabelled where the words around decide, and given an identity.

`entity_id` is one id for one referent within a document: a surname goes with the full name before it, an abbreviation
with the long form that introduced it, "US" with "the United States".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span

from pipeline.ids import stable_id
from pipeline.records import Mention
from pipeline.tag.names.nations import country_of, is_demonym, name_of

LABELS = frozenset({"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"})
# One kind of referent: the model wavers between GPE, LOC and FAC for the same place.
KINDS = {"GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}

_AREAS = (
    "(?:province|governorate|district|region|county|prefecture|oblast|emirate|canton"
    "|city|town|village|neighbou?rhood|suburb)"
)
# "Rawa" in "the town of Rawa", "in Anbar province": a place, whatever the model calls it.
_AREA_BEFORE = re.compile(rf"\b{_AREAS}s? (?:of|in) (?:the )?$", re.IGNORECASE)
_AREA_AFTER = re.compile(rf"^(?:['’]s)? {_AREAS}\b", re.IGNORECASE)
# "Rawa" in "entered Rawa": one word in such a place is one, too (wikigold partial F1 .733 → .737, re3d .586 → .587).
_WHERE_BEFORE = re.compile(
    r"\b(?:in|near|outside|around|entered|captured|recaptured|retook|seized|stormed|besieged) $", re.IGNORECASE
)
_LEAD = re.compile(r"^(?:(?:the|a|an)\s+|[^\w]+)+", re.IGNORECASE)
_TAIL = re.compile(r"(?:['’`]s?|[\s,;:\-–(\[\"“”'’`]+)$")
_TITLE = re.compile(
    r"^(?:mr|mrs|ms|dr|sir|lord|lady|president|prime minister|general|gen|colonel|col|major|maj|captain|capt"
    r"|lieutenant|lt|sergeant|sgt|senator|sen|minister|sheikh|sheik|ayatollah|judge|king|queen|prince|princess|pope)\.?\s+",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"^\s*\(\s*([A-Z][A-Za-z]*[A-Z]\.?)\s*\)")


def _trimmed(text: str) -> tuple[int, int]:
    """Offsets within `text` of the name itself: no "the" before it, no "'s", quote or comma after it."""
    lead = _LEAD.match(text)
    start, end = lead.end() if lead else 0, len(text)
    while (tail := _TAIL.search(text, start, end)) and tail.start() > start:
        end = tail.start()
    return start, end


def _label(span: Span, start: int, end: int) -> str:
    """The model's label, or GPE where the words around say that it is a place."""
    text = span.doc.text
    name = text[start:end]
    if name_of(name):
        return "GPE"
    if span.label_ in {"GPE", "ORG", "PERSON", "PRODUCT", "NORP"} and is_demonym(name):
        return "NORP"
    if span.label_ in {"PERSON", "ORG", "PRODUCT", "NORP", "FAC"} and not is_demonym(name):
        before, after = text[max(0, start - 40) : start], text[end : end + 25]
        if _AREA_BEFORE.search(before) or _AREA_AFTER.match(after):
            return "GPE"
        if span.label_ not in {"NORP", "FAC"} and name.isalpha() and name.istitle() and _WHERE_BEFORE.search(before):
            return "GPE"
    return span.label_


def _spans(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Trimmed names with their labels, in the order of the text."""
    for span in doc.ents:
        if span.label_ not in LABELS:
            continue
        start, end = _trimmed(span.text)
        if end > start:
            start, end = span.start_char + start, span.start_char + end
            yield start, end, _label(span, start, end)


def _plain(name: str) -> str:
    """A name for comparing: one space, no dots, titles or case."""
    return _TITLE.sub("", re.sub(r"\s+", " ", name)).replace(".", "").casefold()


def _initials(name: str) -> str:
    """First letters of the capitalised words: "Kurdistan Workers' Party" → "KWP"."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())


class _Referents:
    """The names of one document, seen in order, and the name each stands for."""

    def __init__(self) -> None:
        self._full: dict[tuple[str, str], str] = {}

    def canonical(self, kind: str, name: str) -> str:
        """The name that stands for the referent: a state's code, the long form, the full name; else itself."""
        if kind == "PLACE" and (iso3 := name_of(name)):
            return iso3
        if kind == "NORP" and is_demonym(name) and (iso3 := country_of(name)):
            return iso3
        plain = _plain(name)
        full = self._full.setdefault((kind, plain), plain)
        if kind == "PERSON" and " " in plain:
            self._full.setdefault((kind, plain.rsplit(" ", 1)[1]), full)
        return full

    def introduce(self, kind: str, name: str, acronym: str) -> None:
        """From here on `acronym` stands for `name`."""
        self._full[kind, _plain(acronym)] = self.canonical(kind, name)


def _acronym_after(text: str, end: int, name: str) -> str | None:
    """The abbreviation in brackets after a name of several words, if their first letters agree."""
    match = _ACRONYM.match(text[end : end + 16])
    if match is None or " " not in name:
        return None
    letters = match[1].strip(".").upper()
    return match[1] if letters[0] in _initials(name).upper() and len(letters) >= 2 else None


def find_mentions(doc: Doc) -> tuple[Mention, ...]:
    """Named entities in the order of the text. The model gives no probabilities, so `score` is None."""
    return tuple(_identified(doc.text, _spans(doc)))


def _identified(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[Mention]:
    """Mentions with the id of what they name."""
    referents = _Referents()
    for start, end, label in spans:
        name, kind = text[start:end], KINDS.get(label, label)
        if acronym := _acronym_after(text, end, name):
            referents.introduce(kind, name, acronym)
        entity_id = stable_id(kind, referents.canonical(kind, name))
        yield Mention(start=start, end=end, text=name, label=label, entity_id=entity_id)
