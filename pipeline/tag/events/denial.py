"""What is called untrue: "it is not true that", "rumours that … are false", "nobody believes that"."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import children

NOBODY = frozenset({"nobody", "none"})
Negated = Callable[[Token], bool]


def is_called_untrue(governor: Token, link: str, lexicon: Lexicon, negated: Negated) -> bool:
    """Does a word that holds a clause say that the clause is not so?"""
    lemma = governor.lemma_.lower()
    if governor.pos_ == "NOUN":
        no_truth = lemma == "truth" and negated(governor)  # "no truth in reports that"
        return no_truth or (lemma in lexicon.words["claims"] and _is_refuted(governor, lexicon, negated))
    if link not in {"ccomp", "xcomp"}:
        return False
    if lemma in lexicon.words["believing"]:
        return negated(governor) or any(is_nobody(s) for s in children(governor, "nsubj"))
    return _is_false(governor, lexicon, negated)


def is_nobody(noun: Token) -> bool:
    """ "Nobody", "no one"."""
    return noun.lower_ in NOBODY or any(c.lower_ == "no" for c in children(noun, "det"))


def _is_false(be: Token, lexicon: Lexicon, negated: Negated) -> bool:
    """ "Is false", "is not true"."""
    said = {c.lemma_.lower() for c in (be, *children(be, "acomp", "attr", "oprd"))}
    return bool(said & lexicon.words["true" if negated(be) else "untrue"])


def _is_refuted(claim: Token, lexicon: Lexicon, negated: Negated) -> bool:
    """Of a claim: are the rumours false or denied, or does somebody reject them?"""
    verb = claim.head
    if claim.dep_ == "nsubj" and _is_false(verb, lexicon, negated):
        return True
    rejected = claim.dep_ in {"dobj", "nsubjpass"} and verb.lemma_.lower() in lexicon.words["refuting"]
    return rejected and not negated(verb)
