"""Which noun a number counts, and which numbers count nothing: years, dates, ages, names such as "Flight 370"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.tag.amounts.numbers import ONES, TENS, Numeral, find_numerals
from pipeline.tag.amounts.units import TIMES, load_units, measure_behind
from pipeline.tag.grammar import pobjs

YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
AGE = re.compile(r"[\s-]+years?(?:[\s-]+olds?\b|\s+of\s+age\b)|-month-old", re.IGNORECASE)
COMPOUND = re.compile(r"-(member|man|person|strong|vehicle|truck|ship|seat|bed|room|nation|country)\b", re.IGNORECASE)
STUCK = re.compile(r"[^\W_]|[/:]\d|-[A-Za-z0-9]|'s\b")
CLOCK = re.compile(r"\s*(?:[ap]\.?m\b|o['’]clock|GMT\b|UTC\b|[ap]\.m\.)", re.IGNORECASE)
NAMED = frozenset({"LAW", "WORK_OF_ART", "PRODUCT", "FAC", "EVENT"})
LEFT_LABELS = frozenset(
    {"nummod", "amod", "quantmod", "compound", "nmod", "det", "npadvmod", "advmod", "predet", "poss", "dep"}
)
NOT_ONE = frozenset({"no", "any", "every", "each", "this", "that", "which", "the", "another", "some", "only"})
PLAIN = frozenset(
    {
        "dozen",
        "score",
        "hundred",
        "thousand",
        "million",
        "billion",
        "few",
        "several",
        "couple",
        "handful",
        "pair",
        "half",
    }
)
NUMBER_WORDS = PLAIN | frozenset(ONES) | frozenset(TENS) | {"third", "quarter"}
FURTHEST = 7  # tokens between a number and its noun: "three heavily armed masked local gunmen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A number in its sentence: `root` is its token, `noun` what it counts (None: it stands alone), `unit` its name."""

    numeral: Numeral
    root: Token
    noun: Token | None
    unit: str | None
    measure_end: int | None  # where a unit of measure ends that stands behind the number

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens that a fate can befall: "dozens" and "people" of "dozens of people"."""
        return (self.root,) if self.noun is None else (self.noun, self.root)


def find_counted(doc: Doc | Span) -> Iterator[Counted]:
    """All numbers of a text or sentence that count or measure something, or stand alone; in its order."""
    whole = doc.doc
    offset = doc.start_char if isinstance(doc, Span) else 0
    text = doc.text
    for numeral in find_numerals(text):
        span = whole.char_span(offset + numeral.start, offset + numeral.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        counted = _counted(text, numeral, span, offset)
        if counted is not None:
            yield counted


def _counted(text: str, numeral: Numeral, span: Span, offset: int) -> Counted | None:
    root = _root(span)
    if AGE.match(text, numeral.end) or CLOCK.match(text, numeral.end) or _ratio_of_score(text, numeral):
        return None
    if numeral.sign is not None:
        unit = load_units().signs.get(numeral.sign.lower())
        return Counted(numeral=numeral, root=root, noun=None, unit=unit, measure_end=numeral.end)
    measure = measure_behind(text, numeral.end)
    if measure is not None:
        return _measured(text, numeral, root, measure, offset)
    compound = COMPOUND.match(text, numeral.end)
    if compound is not None:
        unit = load_units().nouns.get(compound[1].lower(), compound[1].lower())
        return Counted(numeral=numeral, root=root, noun=None, unit=unit, measure_end=compound.end())
    if STUCK.match(text, numeral.end):
        return None
    noun = _noun(root, span)
    if _is_name(numeral, root, noun, span) or _is_date(numeral, root, noun) or _is_pronoun(numeral, noun, span):
        return None
    return Counted(numeral=numeral, root=root, noun=noun, unit=_unit(noun), measure_end=None)


def _measured(text: str, numeral: Numeral, root: Token, measure: tuple[str, int], offset: int) -> Counted | None:
    unit, end = measure
    units = load_units()
    if unit in TIMES:
        before = root.doc[max(root.i - 2, root.sent.start) : root.i]
        if any(t.lower_ in units.dated_before for t in before) or units.dated_behind.match(text, end):
            return None
        if numeral.text.lower() == "one":  # "one day the war will end"
            return None
    tail = root.doc.char_span(offset + numeral.end, offset + end, alignment_mode="expand")
    noun = tail[-1] if tail is not None and len(tail) else None
    return Counted(numeral=numeral, root=root, noun=noun, unit=unit, measure_end=end)


def _ratio_of_score(text: str, numeral: Numeral) -> bool:
    return bool(re.match(r"\s*[-–:]\s*\d", text[numeral.end : numeral.end + 4]))


def _root(span: Span) -> Token:
    """The token that says the number: "thousands" goes with "tens" of "tens of thousands"."""
    words = [t for t in span if _is_number_word(t)] or list(span)
    root = words[-1]
    while root.head.i != root.i and span.start <= root.head.i < span.end:
        head = root.head
        if not _is_number_word(head) and head.lower_ != "of":
            break
        root = head
    return root if root.lower_ != "of" else words[-1]


def _is_number_word(token: Token) -> bool:
    word = token.lower_
    return token.like_num or word[:1].isdigit() or word in NUMBER_WORDS or word.removesuffix("s") in NUMBER_WORDS


def _noun(root: Token, span: Span) -> Token | None:
    """The noun a number counts: by the tree, behind "of", else the next noun of the same phrase."""
    inside = [o for t in span for o in pobjs(t, "of") if o.i >= span.end]
    if inside:
        return inside[0]
    head = root.head
    while head.i != head.head.i and head.i < span.end and head.dep_ in LEFT_LABELS and head.i >= span.start:
        head = head.head
    if root.dep_ in LEFT_LABELS and span.end <= head.i < span.end + FURTHEST and head.pos_ in {"NOUN", "PROPN", "ADJ"}:
        return head
    return _next_noun(span, root)


def _next_noun(span: Span, root: Token) -> Token | None:
    """For trees that hang the number elsewhere: the last noun of the run of adjectives and nouns behind it."""
    found: Token | None = None
    for token in span.doc[span.end : min(span.end + FURTHEST, root.sent.end)]:
        if token.pos_ in {"NOUN", "PROPN"}:
            if found is not None and found.tag_ in {"NNS", "NNPS"}:
                break
            found = token
        elif token.pos_ not in {"ADJ"} or found is not None:
            break
    return (
        found if found is not None and (found.tag_ in {"NNS", "NNPS"} or found.lower_ in load_units().nouns) else None
    )


def _unit(noun: Token | None) -> str | None:
    if noun is None or noun.pos_ in {"PRON", "DET", "NUM"} or noun.tag_.startswith("W"):
        return None
    nouns = load_units().nouns
    lemma = noun.lemma_ if noun.pos_ == "PROPN" else noun.lemma_.lower()
    if noun.tag_ == "NNPS" and lemma.endswith("s") and not lemma.endswith("ss"):
        lemma = lemma[:-1]
    return nouns.get(noun.lower_) or nouns.get(lemma.lower()) or lemma


def _is_name(numeral: Numeral, root: Token, noun: Token | None, span: Span) -> bool:
    """ "Flight 370", "Boeing 737", "Resolution 2254", "page 12"."""
    if root.ent_type_ in NAMED and (noun is None or noun.ent_type_ == root.ent_type_):
        return True
    if span.start == root.sent.start or not (numeral.text[:1].isdigit() or numeral.text[:1].isupper()):
        return False
    before = root.doc[span.start - 1]
    own = noun is not None and noun.i >= span.end
    if before.lower_.rstrip(".") in load_units().labels and "," not in numeral.text:  # "since May 2,000 died"
        return (before.text[:1].isupper() and before.i > root.sent.start) or not own
    return before.pos_ == "PROPN" and not own and root.head.i < root.i and root.dep_ in {"nummod", "appos", "punct"}


def _is_date(numeral: Numeral, root: Token, noun: Token | None) -> bool:
    """ "in 2017", "June 10", "10 June"."""
    never = load_units().never
    behind = root.nbor(1) if root.i + 1 < len(root.doc) else None
    if (
        behind is not None
        and behind.lower_ in never
        and (behind.text[:1].isupper() or behind.lower_ not in {"may", "march"})
    ):
        return True
    if noun is not None and noun.lower_ in never:
        return True
    plain = numeral.digits and "," not in numeral.text
    if (
        plain
        and YEAR.fullmatch(numeral.text)
        and (noun is None or noun.tag_ not in {"NNS", "NNPS"} or root.ent_type_ == "DATE")
    ):
        return True
    return root.ent_type_ in {"DATE", "TIME"} and (noun is None or noun.ent_type_ in {"DATE", "TIME"})


def _is_pronoun(numeral: Numeral, noun: Token | None, span: Span) -> bool:
    """ "one" of "no one", "the one", "one of the largest cities", "one day"."""
    if numeral.text.lower() != "one":
        return False
    behind = span.doc[span.end : span.end + 2].text.lower()
    if behind == "by one" or (span.start > 0 and span.doc[span.start - 1].lower_ in {*NOT_ONE, "by"}):
        return True
    return noun is not None and noun.lower_ in load_units().never
