"""Fates that a verb tells only together with another word: "claimed the lives of 23 people", "shot down 14 drones".

Which words tell what stands with the others in `lexicon/fates.toml`; which nouns some verbs must have as their object,
in its table `only`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.tokens import Token

from pipeline.tag.grammar import children, is_passive, objects, pobjs, surface_subjects

_OPEN = re.compile(r"(?P<verb>\w+) (?:(?P<prep>from|into) )?(?P<noun>\w+)(?P<of> of)?")


def find_idiom(verb: Token, idioms: Mapping[str, str]) -> tuple[str, list[Token]] | None:
    """The idiom that the verb stands in, and whom it befell; None where there is none."""
    return next(((idiom, found) for idiom in idioms if (found := _befallen(verb, idiom))), None)


def _befallen(verb: Token, idiom: str) -> list[Token]:
    """Whom "claim life of", "lose life", "force from home" befell."""
    parts = _OPEN.fullmatch(idiom)
    if parts is None or verb.lemma_.lower() != parts["verb"]:
        return []
    if parts["prep"]:
        is_there = any(o.lemma_.lower() == parts["noun"] for o in pobjs(verb, parts["prep"]))
        return objects(verb) if is_there else []
    nouns = [o for o in children(verb, "dobj") if o.lemma_.lower() == parts["noun"]]
    if parts["of"]:
        return [o for noun in nouns for o in pobjs(noun, "of")]
    return surface_subjects(verb) if nouns and not is_passive(verb) else []


def with_particle(verb: Token) -> str:
    """The verb's lemma with the particle that belongs to it: "shoot down"."""
    particle = next((c for c in verb.children if c.dep_ in {"prt", "advmod"} and c.lower_ == "down"), None)
    return f"{verb.lemma_.lower()} {particle.lower_}" if particle is not None else verb.lemma_.lower()
