"""Noun phrases in the text's words, without clauses and appositions."""

from __future__ import annotations

from spacy.tokens import Token

INNER = frozenset(
    {"compound", "amod", "nmod", "poss", "det", "nummod", "quantmod", "npadvmod", "advmod", "punct", "case"}
)
LONGEST = 9  # tokens of an "of" phrase


def noun_phrase(noun: Token, first: int | None = None) -> str:
    """The phrase of a noun: "the Ministry of Health", "Save the Children".

    `first`, a token's index, cuts what stands before it.
    """
    left = [c.left_edge.i for c in noun.lefts if c.dep_ in INNER]
    start = max(min(left, default=noun.i), noun.sent.start)
    start = start if first is None else min(max(start, first), noun.i)
    while start < noun.i and (noun.doc[start].is_punct or noun.doc[start].is_space):
        start += 1
    end = max(noun.i, *(c.i for c in noun.rights if c.dep_ == "case"), _tail(noun), _named_until(noun))
    return str(noun.doc[start : end + 1].text)


def _named_until(noun: Token) -> int:
    """The last token of the body's name that the noun is part of."""
    last = noun
    while noun.ent_type_ == "ORG" and last.i + 1 < len(noun.doc) and last.nbor(1).ent_iob_ == "I":
        last = last.nbor(1)
    return int(last.i - 1 if last.tag_ == "POS" and last.i > noun.i else last.i)


def _tail(noun: Token) -> int:
    """The last token of "of the northern province" directly behind the noun; the noun's own where there is none."""
    for prep in noun.rights:
        if prep.i == noun.i + 1 and prep.lower_ in {"of"} | ({"for"} if noun.pos_ == "PROPN" else set()):
            inner = [o for o in prep.children if o.dep_ == "pobj"]
            if inner and inner[0].i - prep.i < LONGEST and inner[0].ent_type_ not in {"DATE", "TIME"}:
                return inner[0].i
    return noun.i
