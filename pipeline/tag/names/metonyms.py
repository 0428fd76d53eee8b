"""Seats of government that stand for the government: "Washington said" names an actor, not a place.

What they do and have when they do stands in `lexicon/metonyms.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Span, Token

from pipeline.spelling import normal_name
from pipeline.tag.names.nations import NATIONS


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: frozenset[str]
    giving: frozenset[str]
    deeds: frozenset[str]
    dealings: frozenset[str]


@cache
def _words() -> _Words:
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "metonyms.toml").read_text(encoding="utf-8"))
    return _Words(*(frozenset(table[name]) for name in ("verbs", "giving", "deeds", "dealings")))


@cache
def _seats() -> dict[str, str]:
    return {normal_name(seat): nation.iso3 for nation in reversed(NATIONS.values()) for seat in nation.seats}


def government_meant(span: Span) -> str | None:
    """ISO 3166 alpha-3 of the state for whose government the name stands here; None where it is a place or no seat.

    >>> government_meant(nlp("Washington accused the general.")[:1])  # doctest: +SKIP
    'USA'
    """
    iso3 = _seats().get(normal_name(span.text))
    return iso3 if iso3 is not None and _acts(span.root) else None


def _acts(token: Token) -> bool:
    while token.dep_ == "conj" and token.head.i != token.i:  # a list may be a thousand names long
        token = token.head
    words, head = _words(), token.head
    if token.dep_ == "nsubj":
        gives = head.lemma_.lower() in words.giving and any(c.dep_ == "dobj" for c in head.children)
        return gives or head.lemma_.lower() in words.verbs
    if token.dep_ == "poss":
        return head.lower_ in words.deeds
    if token.dep_ == "pobj" and head.lower_ in {"between", "with", "by"}:
        governor = head.head
        return governor.lower_ in words.dealings or (head.lower_ == "by" and governor.lemma_.lower() in words.verbs)
    return token.dep_ == "dobj" and head.lemma_.lower() in {
        "accuse",
        "blame",
        "condemn",
        "warn",
        "urge",
        "criticize",
        "criticise",
        "pressure",
    }
