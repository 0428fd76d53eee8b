"""Whose deed or weapon a phrase names: Norland of "Norland's decision", the government of "government jets"."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.records import Participant
from pipeline.tag.clause import owners
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import children, keys, pobjs, with_conjuncts

AT_WAR = frozenset({"GOV", "MIL", "REB", "PRM"})  # they have weapons; "police vehicles" are no arms
BEFORE = ("compound", "nmod", "amod")


def owners_of(head: Token, lexicon: Lexicon) -> list[Token]:
    """Who owns a deed or a weapon: all of "Norwegian and Danish jets"; none of other phrases and of names."""
    if head.ent_type_ or not keys(head) & (lexicon.words["deeds"] | lexicon.words["no_party"]):
        return []
    owned = [o for o in owners(head) if o.pos_ in {"PROPN", "NOUN", "ADJ"} and o.head != head.head]
    if not owned and is_weapon(head, lexicon):
        owned = [t for t in children(head, *BEFORE) if _is_armed_body(t, lexicon)]
    if not owned and keys(head) & lexicon.words["decisions"]:
        owned = pobjs(head, "of", "from")
    beside = [t for t in with_conjuncts(owned) if t in owned or t.i < head.i]
    return beside if is_weapon(head, lexicon) else owned


def is_weapon(head: Token, lexicon: Lexicon) -> bool:
    """Is it what forces fight with: jets, missiles, tanks?"""
    return not head.ent_type_ and bool(keys(head) & lexicon.words["arms"])


def as_forces(party: Participant, owner: Token, weapon: Token, lexicon: Lexicon) -> Participant:
    """The owner of a weapon as who fights with it: states by their forces, "Syrian government jets" by both words."""
    if owner.ent_type_ in {"NORP", "GPE"} and owner.head == weapon:
        body = next((t for t in children(weapon, *BEFORE) if t.i == owner.i + 1 and _is_armed_body(t, lexicon)), None)
        if body is not None:
            end = body.idx + len(body)
            party = replace(party, end=end, text=weapon.doc.text[party.start : end])
    of_state = party.sector == "GOV" or (party.sector is None and owner.ent_type_ in {"NORP", "GPE"})
    return replace(party, sector="MIL") if of_state else party


def _is_armed_body(word: Token, lexicon: Lexicon) -> bool:
    return word.pos_ in {"NOUN", "PROPN"} and lexicon.sectors.get(word.lemma_.lower()) in AT_WAR
