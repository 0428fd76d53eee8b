"""Forces and groups without a name of their own: "the federal police", "armed men", "Iraqi security forces".

Which nouns make one stands in `lexicon/groups.toml`. A nation beside them tells the country, the head noun the sector.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Span, Token

from pipeline.tag.names.spans import Name

NAMED = frozenset({"NORP", "GPE", "ORG"})
REGIMES = frozenset({"regime", "government", "forces", "army", "administration", "troops"})  # "Asad's regime" is a body


@dataclass(frozen=True, slots=True)
class _Words:
    bodies: frozenset[str]
    people: frozenset[str]
    plain: frozenset[str]
    empty: frozenset[str]
    definite: frozenset[str]
    appended: frozenset[str]


@cache
def _words() -> _Words:
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "groups.toml").read_text(encoding="utf-8"))
    return _Words(*(frozenset(table[name]) for name in ("bodies", "people", "plain", "empty", "definite", "appended")))


def find_groups(doc: Doc, names: Sequence[Name]) -> list[Name]:
    """Noun phrases that name a force or group, without article and numbers; none that lies inside of a name.

    ORG where a name or nation stands in it ("Iraqi security forces"), GROUP else ("armed men").
    """
    spans = (span for token in doc if (span := _group(token)) is not None)
    return [name for span in spans if (name := _named(span, names)) is not None]


def _group(token: Token) -> Span | None:
    """The phrase that ends with this head noun."""
    words = _words()
    head = token.lower_
    if token.pos_ not in {"NOUN", "PROPN"} or head not in words.bodies | words.people | words.plain:
        return None
    start = _start(token)
    span = token.doc[start : token.i + 1]
    two = token.doc[max(start, token.i - 1) : token.i + 1].text.lower()
    if len(span) == 1 and head not in words.plain and not _is_definite(token):
        return None
    shouted = len(span) > 1 and span.text.isupper() and span.sent.text.isupper()  # "SEND TROOPS"
    return span if two not in words.empty and not shouted else None


def _is_definite(token: Token) -> bool:
    """ "The army": the one that everybody knows here."""
    return token.lower_ in _words().definite and token.i > token.sent.start and token.nbor(-1).lower_ == "the"


def _start(head: Token) -> int:
    """Leftmost word of the phrase that says who they are: no article, number or "other"."""
    empty, start = _words().empty, head.i
    while start > head.sent.start:
        word = head.doc[start - 1]
        if word.tag_ == "VBN" and start - 2 >= head.sent.start and head.doc[start - 2].text == "-":  # "Kurdish-led"
            start -= 1
            continue
        if word.ent_type_ in {"DATE", "TIME"} and word.pos_ == "PROPN":  # "On Monday Norwegian jets bombed"
            break
        if word.pos_ in {"DET", "NUM", "PRON", "VERB", "AUX", "ADP", "CCONJ", "SCONJ", "SPACE"} or word.lower_ in empty:
            break
        if word.text in {"-", "–"} or word.tag_ in {"JJ", "NN", "NNP", "NNPS", "VBN", "VBG", "NNS", "HYPH", "POS"}:
            start -= 1
            continue
        break
    while start < head.i and (head.doc[start].is_punct or head.doc[start].tag_ == "POS"):
        start += 1
    return start


def _named(span: Span, names: Sequence[Name]) -> Name | None:
    start, end = span.start_char, span.end_char
    over = [n for n in names if n.start < end and start < n.end]
    if any(n.start <= start and end <= n.end for n in over):
        return None
    if span.root.lower_ in _words().appended and any(n.label == "ORG" and n.start <= start for n in over):
        return None
    start = min([start, *(n.start for n in over)])
    named = any(n.label in NAMED or (n.label == "PERSON" and span.root.lower_ in REGIMES) for n in over)
    return Name(start, end, "ORG" if named or _has_capital(span) else "GROUP")


def _has_capital(span: Span) -> bool:
    """ "Coalition partners", "507th Refueling Wing": written as a name within the sentence."""
    return any(t.text[0].isupper() and not t.is_sent_start and t.pos_ == "PROPN" for t in span)
