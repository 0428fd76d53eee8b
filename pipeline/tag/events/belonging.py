"""Whose doing an effect is: "killed 12" belongs to "a raid", and not to the raid of somebody else beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Token

from pipeline.tag.clause import surface_subjects
from pipeline.tag.events.matches import Match, fills
from pipeline.tag.events.participants import Roster, is_alive, phrase
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import PLACES, children, is_passive, pobjs

EARLIER = frozenset({"after", "since", "because"})  # what is told behind them came first
APART = EARLIER | {"before", "while", "as"}
SCENES = ("in", "by", "with", "during", "when")
AT = ("in", "at", "near", "outside", "from")
ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their"})
JOINED = frozenset({"conj", "ccomp", "parataxis", "dep"})
DYING = frozenset({"die", "perish"})
SOMEBODY = frozenset({"they", "he", "she", "it", "who", "that", "which"})


@dataclass(frozen=True, slots=True)
class Belonging:
    """What tells effects of one deed from those of another; `fates` are kinds of toll by the token that tells them."""

    fates: Mapping[int, str]
    roster: Roster
    lexicon: Lexicon

    def holds(self, effect: Match, deed: Match) -> bool:
        """May the effect have come of the deed? Across clauses only where nobody else did it, elsewhere, or to others.

        "Troops killed five after gunmen attacked a base" and "nine were shot in Karo, and two in Maru" are two deeds.
        """
        if _is_in_one_clause(effect, deed):
            return True
        if _mark(effect.head, deed) & EARLIER or self._is_told_twice(effect, deed) or self._is_elsewhere(effect, deed):
            return False
        apart = bool((_mark(effect.head, deed) | _mark(deed.verb, effect)) & APART)
        doers, others = self._own_doers(effect, apart=apart), self.doers(deed)
        if not doers or not (others or apart):
            return True
        return self._are_the_same(doers, [*others, *deed.tokens[1:]])

    def doers(self, match: Match) -> list[Token]:
        """Who does it; of a fight both sides."""
        return [*fills(match, "subj"), *(fills(match, "with") if match.trigger.mutual else ())]

    def as_effect(self, match: Match) -> Match:
        """ "An attack on a market that killed 15": the market is read as who did it, and did nothing."""
        if _deed_before(match.head) is None or any(self._is_alive(t) for t in fills(match, "subj")):
            return match
        return replace(match, trigger=replace(match.trigger, actor=()))

    def near(self, effect: Match) -> list[Token]:
        """Words that may tell of the deed that an effect belongs to, the nearest first."""
        verb, found = effect.head, list[Token]()
        if verb.pos_ == "VERB":
            found += [*fills(effect, "subj"), *surface_subjects(verb)]
            found += [t for p in (*SCENES, "after") for t in fills(effect, p)]
            if verb.dep_ in {"advcl", "conj", "xcomp", "ccomp", "dep"}:
                found.append(verb.head)
            found += children(verb, "advcl", "conj", "ccomp")
            found += [t for c in causes(verb) for t in (c, c.head)]
        if verb.dep_ in {"acl", "relcl"}:
            deed = _deed_before(verb)
            found += [verb.head] if deed is None or self._is_alive(verb.head) else [verb.head, deed]
        return found

    def _is_alive(self, token: Token) -> bool:
        return is_alive(token, self.roster, self.lexicon)

    def _own_doers(self, effect: Match, *, apart: bool) -> list[Token]:
        """Who is told to have done it; what did it ("a rocket"), where the deed is told as before, behind or beside."""
        doers = fills(effect, "subj") if "subj" in effect.trigger.actor else []
        living = [t for t in doers if self._is_alive(t)]
        return living or (doers if apart else [])

    def _are_the_same(self, doers: Iterable[Token], others: Iterable[Token]) -> bool:
        """Is one of them among the others, by itself or by the same words? Whoever "they" are may be them."""
        meant = [[m for t in group for m in self.roster.meant.get(t.i, (t,))] for group in (doers, others)]
        return any(_may_be(one, other) for one in meant[0] for other in meant[1])

    def _is_told_twice(self, effect: Match, deed: Match) -> bool:
        """ "Rebels killed three soldiers, the army killed nine": two tolls of one kind."""
        tolls = [{self.fates[t.i] for t in m.tokens if t.i in self.fates} for m in (effect, deed)]
        return deed.trigger.effect and bool(tolls[0] & tolls[1])

    def _is_elsewhere(self, effect: Match, deed: Match) -> bool:
        """ "Nine were shot in Veracruz, and three were wounded in Oaxaca": side by side, each with its own place."""
        if deed.verb is None or not (_is_beside(effect.head, deed.verb) or _is_beside(deed.verb, effect.head)):
            return False
        at = [self._places(m) for m in (effect, deed)]
        return bool(at[0] and at[1]) and not at[0] & at[1]

    def _places(self, match: Match) -> set[str]:
        carriers = [t for t in (*match.tokens, match.verb) if t is not None]
        carriers += [t for place in ("obj", "on") for t in fills(match, place)]
        found = [*(o for t in carriers for o in pobjs(t, *AT)), *fills(match, "obj")]
        return {t.lower_ for t in found if t.pos_ == "PROPN" and self._label(t) in PLACES}

    def _label(self, token: Token) -> str:
        mention = self.roster.by_token.get(token.i)
        return mention.label if mention is not None else token.ent_type_


def causes(verb: Token) -> list[Token]:
    """What it came of: "as a result of a blast", "due to a blast", "when a bomb went off"."""
    found = [t for r in pobjs(verb, "as") if r.lemma_ == "result" for t in pobjs(r, "of")]
    found += [
        t for c in verb.children if c.lower_ in {"because", "due"} for t in (*children(c, "pobj"), *pobjs(c, "to"))
    ]
    if not is_passive(verb) and verb.lemma_ not in DYING:  # "troops shot five after a bomb went off": not with the bomb
        return found
    clauses = [c for c in children(verb, "advcl") if any(m.lower_ in {"when", "after", "as"} for m in c.children)]
    return found + [s for c in clauses for s in surface_subjects(c)]


def _is_in_one_clause(effect: Match, deed: Match) -> bool:
    """ "The blast killed 12", "killed 12 in a raid", "a raid that killed 12"; not "after their raid"."""
    if deed.trigger.kind == "noun" and deed.light in {None, effect.head}:
        return deed.head not in fills(effect, "after")
    return effect.head.dep_ in {"acl", "relcl"} and effect.head.head in deed.tokens


def _mark(verb: Token | None, other: Match) -> set[str]:
    """What joins a clause to that of the other: the "after" of "after gunmen attacked a base"."""
    if verb is None or verb.dep_ != "advcl" or not {other.head, other.verb} & {*verb.ancestors}:
        return set()
    return {c.lower_ for c in children(verb, "mark", "advmod", "prep")}


def _is_beside(verb: Token, other: Token) -> bool:
    own = children(verb, "nsubj", "nsubjpass") or is_passive(verb)
    return verb.dep_ in JOINED and verb.head == other and bool(own)


def _deed_before(verb: Token) -> Token | None:
    """The noun that "that killed 15" may be of, where it is read with a later one: "an attack on a market"."""
    relative = next((s for s in children(verb, "nsubj") if s.lower_ in {"that", "which"}), None)
    noun = verb.head
    if verb.dep_ != "relcl" or relative is None:
        return None
    while noun.dep_ == "pobj" and noun.head.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head.head
    return noun if noun != verb.head else None


def _may_be(one: Token, other: Token) -> bool:
    if one == other or other.lower_ in SOMEBODY or one.lower_ in SOMEBODY:
        return True
    words = [{t.lemma_.lower() for t in phrase(t) if not t.is_punct} - ARTICLES for t in (one, other)]
    return one.lemma_.lower() == other.lemma_.lower() and (words[0] <= words[1] or words[1] <= words[0])
