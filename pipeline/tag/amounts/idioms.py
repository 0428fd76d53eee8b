"""Fates that a verb tells only together with another word: "claimed the lives of 23 people", "shot down 14 drones".

Which words tell what stands with the others in `lexicon/fates.toml`; which nouns some verbs must have as their object,
in its table `only`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from spacy.tokens import Token

from pipeline.tag.clause import objects, surface_subjects
from pipeline.tag.grammar import children, is_passive, pobjs

_OPEN = re.compile(r"(?P<verb>\w+) (?:(?P<prep>from|into|to) )?(?P<noun>\w+)(?P<of> of)?")


def find_idiom(verb: Token, idioms: Mapping[str, str]) -> tuple[str, list[Token]] | None:
    """The idiom that the verb stands in, and whom it befell; None where there is none."""
    of_verb = _by_verb(tuple(idioms)).get(verb.lemma_.lower(), ())
    return next(((parts[0], found) for parts in of_verb if (found := _befallen(verb, parts))), None)


@cache
def _by_verb(idioms: tuple[str, ...]) -> Mapping[str, tuple[re.Match[str], ...]]:
    """The idioms taken apart, by their verbs."""
    parts = [match for idiom in idioms if (match := _OPEN.fullmatch(idiom))]
    return {verb: tuple(m for m in parts if m["verb"] == verb) for verb in {m["verb"] for m in parts}}


def _befallen(verb: Token, parts: re.Match[str]) -> list[Token]:
    """Whom "claim life of", "lose life", "force from home", "stab to death", "bleed to death" befell."""
    if parts["prep"]:
        is_there = any(o.lemma_.lower() == parts["noun"] for o in pobjs(verb, parts["prep"]))
        alone = surface_subjects(verb) if parts["prep"] == "to" and not is_passive(verb) else []
        return (objects(verb) or alone) if is_there else []
    nouns = [o for o in children(verb, "dobj") if o.lemma_.lower() == parts["noun"]]
    if parts["of"]:
        return [o for noun in nouns for o in pobjs(noun, "of") or pobjs(verb, "of")]  # parsers hang "of" on either
    return surface_subjects(verb) if nouns and not is_passive(verb) else []


def with_particle(verb: Token, lemma: str) -> str:
    """The verb's lemma with the particle that belongs to it: "shoot down"."""
    for near in verb.doc[verb.i + 1 : verb.i + 6]:
        if near.lower_ == "down" and near.head.i == verb.i and near.dep_ in {"prt", "advmod"}:
            return f"{lemma} down"
    return lemma
