"""Who says so: the speaker of a number, by the verb of saying above it or by "according to"."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from pipeline.tag.amounts.fates import load_fates
from pipeline.tag.amounts.idioms import find_idiom
from pipeline.tag.amounts.phrases import noun_phrase
from pipeline.tag.clause import antecedents
from pipeline.tag.grammar import children, is_passive, pobjs

CLAUSES = frozenset({"ccomp", "parataxis"})
OBJECTS = frozenset({"dobj", "attr", "pobj", "prep", "conj", "nummod", "appos", "quantmod"})


@cache
def say_verbs() -> frozenset[str]:
    """Verbs of saying, as the event coder has them."""
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "words.toml").read_text(encoding="utf-8"))
    return frozenset(table["say_verbs"])


def source_of(token: Token) -> str | None:
    """The speaker's words: "police" of "12 people died, police said"; None where the text itself says it."""
    for speaker in _speakers(token):
        if speaker.tag_ not in {"WP", "WDT", "EX"}:
            return noun_phrase(speaker)
    return None


def _speakers(token: Token) -> Iterator[Token]:
    reachable = True  # up to here all is object of the verb of telling: "reported 40 deaths", not "reported that …"
    for each in (token, *token.ancestors):
        head = each.head
        reachable = reachable and each.dep_ in OBJECTS
        lemma = head.lemma_.lower()
        if each.dep_ in CLAUSES and lemma in say_verbs() | load_fates().telling:
            yield from _subjects(head)
        elif find_idiom(head, load_fates().idiom):  # who claims lives tells nothing
            continue
        elif reachable and each.dep_ in {"dobj", "prep"} and lemma in load_fates().telling and head.pos_ == "VERB":
            yield from (pobjs(head, "by") if is_passive(head) else _subjects(head))
        for aside in children(each, "parataxis"):
            if aside.lemma_.lower() in say_verbs():
                yield from _subjects(aside)
    for word in token.sent:
        if word.lower_ == "according":
            yield from pobjs(word, "to") or [
                o for c in word.children if c.lower_ == "to" for o in children(c, "pobj", "pcomp")
            ]


def _subjects(verb: Token) -> list[Token]:
    return [a for s in children(verb, "nsubj") for a in antecedents(s, verb)]
