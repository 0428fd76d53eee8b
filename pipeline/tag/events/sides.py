"""Who calls for the end of a fight: its own sides agree to it, outsiders ask the sides to yield (PLOVER).

A side is who is called one, who is in arms against the state, or whose adversary the call itself names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.records import Participant
from pipeline.tag.events.fold import Draft
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import keys, pobjs, with_conjuncts

IN_ARMS = frozenset({"REB", "PRM"})
ADVERSARY = ("with", "against")


def with_own_peace(
    draft: Draft, actors: Sequence[Participant], recipients: Sequence[Participant], lexicon: Lexicon
) -> Draft:
    """The draft of a call for the end of a fight, by who calls; any other draft as it is."""
    if draft.type != "REQUEST" or draft.mode not in {None, "yield"}:
        return draft
    fights = _ended_fights(draft, lexicon)
    if not fights:
        return draft
    if _is_side(draft, actors, lexicon) or _names_adversary(fights, actors, recipients):
        return replace(draft, type="AGREE", mode=None)
    return replace(draft, mode="yield")


def _ended_fights(draft: Draft, lexicon: Lexicon) -> list[Token]:
    """The truce or the fight that the call is about: "a truce", "an end to the war", "to halt the fighting"."""
    asked = list(draft.match.head.subtree)
    truces = [t for t in asked if keys(t) & lexicon.words["peace_terms"]]
    ended = any(t.lemma_.lower() in lexicon.words["ending"] for t in asked)
    return truces + [t for t in asked if ended and t.lemma_.lower() in lexicon.words["fights"]]


def _is_side(draft: Draft, actors: Sequence[Participant], lexicon: Lexicon) -> bool:
    if any(a.sector in IN_ARMS for a in actors):
        return True
    doc = draft.match.head.doc
    spans = [doc.char_span(a.start, a.end, alignment_mode="expand") for a in actors]
    return any(span is not None and keys(span.root) & lexicon.words["sides"] for span in spans)


def _names_adversary(fights: Sequence[Token], actors: Sequence[Participant], recipients: Sequence[Participant]) -> bool:
    """ "Called for a truce with the rebels"; who urges somebody else to make one with them is no side."""
    if not actors:
        return False
    if not recipients and any(pobjs(fight, *ADVERSARY) for fight in fights):
        return True
    fighting = {t.text.lower() for f in fights for t in with_conjuncts(pobjs(f, "between"))}
    return any(a.text.lower().split()[-1] in fighting for a in actors)
