"""Whether an event happened: its polarity and its modality, out of its own clause and those that hold it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from pipeline.records import Modality, Polarity
from pipeline.tag.clause import surface_subjects
from pipeline.tag.events.denial import is_called_untrue
from pipeline.tag.events.matches import Match, clause_verb
from pipeline.tag.events.modality import (
    Governor,
    governed,
    governors,
    is_background,
    is_habit,
    is_purpose,
    own_modality,
    verb_modality,
)
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import children, pobjs

NEARLY = frozenset({"almost", "nearly"})
MOMENTS = frozenset({"time", "moment", "point"})  # "at no time"


@dataclass(frozen=True, slots=True)
class Truth:
    """Polarity and modality of one event mention."""

    polarity: Polarity = "affirmed"
    modality: Modality = "actual"


def read_truth(match: Match, lexicon: Lexicon, published: date | None) -> Truth:
    """What the clause and its governors say; the nearest sign of a modality decides, any negation counts."""
    above = governors(match.verb if match.verb is not None else match.head, lexicon)
    said = _as_said(match, lexicon)
    held = _as_held(said, above, lexicon)
    modality = held or _unsaid(match, lexicon, published)
    denied = any(_denies(g.word, g.link, match, lexicon) or _is_untrue(g, lexicon) for g in above)
    given_up = said is None and held == "planned" and any(_is_given_up(g.word, lexicon) for g in above)
    negated = denied or given_up or _negated(match, lexicon)
    return Truth("negated" if negated else "affirmed", modality)


def _as_said(match: Match, lexicon: Lexicon) -> Modality | None:
    """The modality that the words of the deed and its own clause give it."""
    said = own_modality(match, lexicon)
    verb = clause_verb(match)
    if said or match.verb is None or verb is None:
        return said
    accuses = match.trigger.type == "ACCUSE" and is_habit(verb)  # "four officers whom it accuses of theft"
    return None if accuses else verb_modality(verb, lexicon)


def _as_held(said: Modality | None, above: Iterable[Governor], lexicon: Lexicon) -> Modality | None:
    """The same with what governs the clause: "planned to attack", "they fear that the army will shell the camp"."""
    for governor in above:
        modality = governed(governor.word, governor.link, lexicon)
        if said is None:
            said = None if governor.is_of_fact and modality == "planned" else modality
        elif said == "planned" and governor.link == "ccomp" and modality == "hypothetical":
            said = modality
    return said


def _unsaid(match: Match, lexicon: Lexicon, published: date | None) -> Modality:
    """The modality where no verb gives one: what something is for, what lies years back, what was."""
    if match.trigger.type == "ASSAULT" and match.verb is not None and is_purpose(match.verb, lexicon):
        return "hypothetical"
    return "historical" if is_background(match, published) else "actual"


def _denies(governor: Token, link: str, match: Match, lexicon: Lexicon) -> bool:
    """ "Failed to attack"; not "stopped a bus and shot six", nor "escaped an attack", which there was."""
    lemma = governor.lemma_.lower()
    survived = lemma == "escape" and match.trigger.kind == "noun" and match.trigger.type == "ASSAULT"
    denies = link != "conj" and lemma in lexicon.words["deny_verbs"] and not survived
    return denies and not _negations(governor, lexicon)


def _is_untrue(governor: Governor, lexicon: Lexicon) -> bool:
    """ "It is not true that", "nobody believes that"."""
    return is_called_untrue(governor.word, governor.link, lexicon, lambda word: _negations(word, lexicon))


def _is_given_up(plan: Token, lexicon: Lexicon) -> bool:
    """ "Does not intend to attack", "have no plan to attack"; who is not ordered to may do it all the same."""
    return plan.lemma_.lower() in lexicon.words["own_plans"] and _negations(plan, lexicon)


def _negated(match: Match, lexicon: Lexicon) -> bool:
    claims = match.light is not None and match.light.lemma_ in lexicon.words["claiming"]
    tokens = (*match.tokens, match.light) if match.light is not None and not claims else match.tokens
    if any(_negations(t, lexicon) for t in tokens):
        return True
    affected = [c for t in tokens for c in children(t, "nsubj", "nsubjpass", "dobj")]
    affected += [s for t in tokens if t.pos_ == "VERB" and t.dep_ == "conj" for s in surface_subjects(t)]
    return any(c.lower_ in {"no", "nobody", "none"} or _has_no(c) for c in affected)


def _has_no(noun: Token) -> bool:
    return any(c.lower_ in {"no", "neither"} for c in children(noun, "det", "preconj"))


def _negations(token: Token, lexicon: Lexicon) -> bool:
    words = lexicon.words["negations"]
    if any(c.dep_ == "neg" or (c.dep_ in {"det", "preconj"} and c.lower_ in words) for c in token.children):
        return True
    if any(c.lower_ in NEARLY and c.i == token.i - 1 for c in children(token, "advmod")):
        return True  # "nearly captured the town", but "killed nearly 40"
    if any(_has_no(time) and time.lemma_ in MOMENTS for time in pobjs(token, "at")):
        return True
    joined = {c.lower_ for c in children(token.head, "cc")} if token.dep_ == "conj" else set()
    if "nor" in joined or ("or" in joined and token.tag_ == "VB" and _negations(token.head, lexicon)):
        return True  # "neither attacked nor threatened", "did not attack or loot"
    return token.dep_ == "pcomp" and token.head.lower_ == "without"
