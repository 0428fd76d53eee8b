"""Quantities: every number with a unit in a text, its bounds, what befell those counted, and who says so.

| text | low | high | unit | fate | counted | source |
|---|---|---|---|---|---|---|
| At least 12 Iraqi soldiers were killed, police said. | 12 | none | soldier | killed | Iraqi soldiers | police |
| The raid left 12 dead. | 12 | 12 | person | killed | none | none |
| The town lies 40 km away. | 40 | 40 | km | none | none | none |
| A third of the houses burned down. | 33.3 | 33.3 | % | none | houses | none |

Shares are given in percent. Numbers without a unit ("the index closed at 4,000") are left out, unless a fate makes
persons of them. Dates, ages and names ("Flight 370") are no quantities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Token

from pipeline.records import Quantity
from pipeline.tag.amounts.counted import Counted, find_counted
from pipeline.tag.amounts.fates import Fate, Telling, find_fates, load_fates
from pipeline.tag.amounts.phrases import noun_phrase
from pipeline.tag.amounts.sources import source_of
from pipeline.tag.grammar import pobjs, with_conjuncts

ORDER = {"verb": 0, "total": 0, "state": 1, "noun": 2}  # of "killed 12 hostages" the verb decides
# Nouns that stand for their members: "killed a family of five".
GROUPS = frozenset(
    {"family", "group", "crew", "total", "party", "team", "number", "convoy", "crowd", "gang", "score", "dozen"}
)
PARTS = frozenset({"including", "among", "least", "most"})


def find_quantities(doc: Doc) -> tuple[Quantity, ...]:
    """All quantities of a parsed English text, in its order, with offsets into it."""
    counted = list(find_counted(doc))
    if not counted:
        return ()
    text, fates = doc.text, _fates_by_token(find_fates(doc))
    found = (_quantity(text, each, {} if _is_whole(each) else fates) for each in counted)
    return tuple(q for q in found if q is not None)


def _is_whole(counted: Counted) -> bool:
    """The 56 of "32 of the 56 villages fell": what befell the part did not befall the whole."""
    noun = counted.noun
    if noun is None or noun.dep_ != "pobj" or not noun.left_edge.i <= counted.root.i < noun.i:
        return False
    return noun.head.lower_ == "of" and bool(noun.head.head.like_num)


def _fates_by_token(tellings: Iterable[Telling]) -> Mapping[int, Fate]:
    """The fate of each token that one befell; the surest telling wins, what is said of all holds for the part."""
    fates: dict[int, Fate] = {}
    ordered = sorted((t for t in tellings if not _negated(t.token)), key=lambda t: ORDER[t.kind])
    for telling in ordered:
        for victim in telling.victims:
            fates.setdefault(victim.i, telling.fate)
    for telling in ordered:
        for victim in telling.victims:
            for part in _parts(victim):
                fates.setdefault(part.i, telling.fate)
    return fates


def _negated(token: Token) -> bool:
    return any(c.dep_ == "neg" for c in token.children)


def _parts(victim: Token) -> list[Token]:
    """Those a fate befell along with or within its victim: "12 people, including two children", "a family of five"."""
    found: list[Token] = []
    for token in with_conjuncts([victim]):
        found.append(token)
        if token.lemma_.lower() in GROUPS or token.pos_ == "NUM":
            found += with_conjuncts(pobjs(token, "of"))
        for child in token.children:
            if child.dep_ == "appos" and child.pos_ in {"NOUN", "NUM"}:
                found += with_conjuncts([child])
            if child.lower_ in PARTS:
                found += with_conjuncts(c for c in child.children if c.dep_ == "pobj")
    verb = victim.head
    asides = [c for c in verb.children if c.lower_ == "including" and c.dep_ == "prep"]
    return found + with_conjuncts(c for a in asides for c in a.children if c.dep_ == "pobj")


def _quantity(text: str, counted: Counted, fates: Mapping[int, Fate]) -> Quantity | None:
    numeral = counted.numeral
    fate = next((fates[t.i] for t in _bearers(counted) if t.i in fates), None)
    unit = "%" if numeral.share else counted.unit
    if unit is None and fate in load_fates().persons:
        unit = "person"
    if unit is None or (numeral.text.lower() == "one" and _of(counted) and fate is None):
        return None
    factor = 100.0 if numeral.share else 1.0
    end = _end(counted)
    return Quantity(
        start=numeral.start,
        end=end,
        text=text[numeral.start : end],
        low=_scaled(numeral.low, factor),
        high=_scaled(numeral.high, factor),
        unit=unit,
        fate=fate,
        counted=_who(counted),
        source=source_of(counted.noun if counted.noun is not None else counted.root),
    )


def _bearers(counted: Counted) -> list[Token]:
    """Tokens whose fate is the number's: its noun, itself, and whom a measure is of ("40 percent of the homes").

    Of "21 of the 45 protesters arrested on Friday had been freed", those 21 first.
    """
    measured = pobjs(counted.noun, "of") if counted.noun is not None and counted.measure_end else []
    is_part = counted.noun is not None and counted.noun in pobjs(counted.root, "of")
    return [*(reversed(counted.tokens) if is_part else counted.tokens), *measured]


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else round(value * factor, 1) if factor != 1 else value


def _of(counted: Counted) -> bool:
    return counted.noun is not None and counted.noun.dep_ == "pobj"


def _end(counted: Counted) -> int:
    if counted.measure_end is not None:
        return max(counted.numeral.end, counted.measure_end)
    if counted.noun is None:
        return counted.numeral.end
    return max(counted.numeral.end, counted.noun.idx + len(counted.noun))


def _who(counted: Counted) -> str | None:
    """The noun phrase of those counted, without the number; None for a number alone and a bare measure."""
    noun = counted.noun
    if counted.measure_end is not None:
        inside = pobjs(noun, "of") if noun is not None else []
        noun = inside[0] if inside else None
        first = noun.left_edge.i if noun is not None else 0
    else:
        span = counted.root.doc.char_span(counted.numeral.start, counted.numeral.end, alignment_mode="expand")
        first = span.end if span is not None else counted.root.i + 1
    if (
        noun is None
        or noun.pos_ in {"PRON", "NUM", "DET"}
        or noun.lower_ in {"dead", "wounded", "injured", "missing", "others"}
    ):
        return None
    return noun_phrase(noun, _without_article(noun, first)) or None


def _without_article(noun: Token, first: int) -> int:
    while first < noun.i and (noun.doc[first].lower_ in {"of", "the", "a", "an"} or noun.doc[first].is_space):
        first += 1
    return first
