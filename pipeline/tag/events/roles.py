"""Who acts in a draft and to whom it is done: the parties in the places that its triggers name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.records import Participant
from pipeline.tag.events.fold import Draft
from pipeline.tag.events.matches import Match, fills, is_reference
from pipeline.tag.events.participants import Roster, Wanted, is_alive, parties
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.names.nations import is_seat

Sides = tuple[tuple[Participant, ...], tuple[Participant, ...]]  # actors, recipients

# Whom a type is done to, where that is not just anything.
RECIPIENTS: Mapping[str, Wanted] = {
    **dict.fromkeys(("REQUEST", "THREATEN", "CONSULT", "AGREE", "SUPPORT"), "addressee"),
    **dict.fromkeys(("ACCUSE", "REJECT", "PROTEST"), "deed"),
}
TO_PLACES = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT"})  # done to a capital, they are done to a town
BODILY = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})  # done by people or to people
SOMEBODY = frozenset({"he", "she", "they", "we", "him", "her", "them", "us", "others"})
NOBODY = frozenset({"no one", "nobody", "none"})
DENIED = ("no ", "none ", "neither ")


def named_sides(draft: Draft, roster: Roster, lexicon: Lexicon) -> Sides:
    """Actors and recipients without "nobody": "no group said that it was behind the attack", somebody else was."""
    actors, recipients = _sides_of(draft, roster, lexicon)
    if draft.truth.polarity == "affirmed":
        actors = tuple(a for a in actors if not a.text.lower().startswith(DENIED))
    recipients = tuple(r for r in recipients if r.text.lower() not in NOBODY)
    return actors, tuple(map(_as_place, recipients)) if draft.type in TO_PLACES else recipients


def _as_place(party: Participant) -> Participant:
    """A capital that is shelled is no government."""
    return replace(party, sector=None) if party.sector == "GOV" and is_seat(party.text) else party


def tells_without_parties(draft: Draft) -> bool:
    """Is it an event though it names no party?"""
    return _tells_alone(draft) or _has_somebody(draft)


def _sides_of(draft: Draft, roster: Roster, lexicon: Lexicon) -> Sides:
    """Actors and recipients of a draft; nobody is on both sides; all parties of a mutual event act but its victims."""
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    for match in (draft.match, *draft.parts):
        trigger = match.trigger
        content = match is not draft.match and draft.type == "REQUEST"  # who is asked to do it does not ask
        if match is draft.match or not (actors or content):
            actors = actors or _first(match, trigger.actor, roster, lexicon, "actor")
        found = _first(match, trigger.recipient, roster, lexicon, RECIPIENTS.get(draft.type, "anything"))
        if match is draft.match or match.trigger.effect or not recipients:
            recipients += tuple(p for p in found if p not in recipients)
    if draft.match.trigger.mutual and lexicon.types[draft.type].mutual:  # who "will not hold talks with X" rejects X
        victims = tuple(
            p for m in draft.parts if m.trigger.effect for p in _first(m, ("obj",), roster, lexicon, "anything")
        )
        together = _first(draft.match, ("between", "among"), roster, lexicon, "actor")
        sides = tuple(r for r in recipients if r not in together and r not in victims)
        actors = tuple(dict.fromkeys((*actors, *together, *sides)))
        recipients = victims
    taken = {(a.start, a.end) for a in actors}
    return actors, tuple(r for r in recipients if (r.start, r.end) not in taken)


def _tells_alone(draft: Draft) -> bool:
    """Is it an event without any party? "Heavy fighting raged in Karo", not "five were hurt in the fighting"."""
    return draft.match.trigger.alone and not is_reference(draft.match)


def _has_somebody(draft: Draft) -> bool:
    """Is there a party that the sentence does not name? "They were captured", "two were shot"."""
    if draft.type not in BODILY:
        return False
    trigger = draft.match.trigger
    fillers = [t for place in (*trigger.actor, *trigger.recipient) for t in fills(draft.match, place)]
    return any(t.lower_ in SOMEBODY or t.ent_type_ == "CARDINAL" for t in fillers)


def _first(
    match: Match, places: Iterable[str], roster: Roster, lexicon: Lexicon, wanted: Wanted
) -> tuple[Participant, ...]:
    """The parties in the first of these places that holds people, else in the first that holds any."""
    first: tuple[Participant, ...] = ()
    for place in places:
        heads = fills(match, place)
        found = parties(heads, roster, lexicon, wanted)
        if found and any(is_alive(h, roster, lexicon) for h in heads):
            return found
        first = first or found
        if place == "dative" and heads:  # "promised him more troops": him, whoever that is
            return first
    return first
