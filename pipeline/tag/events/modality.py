"""What a clause and the words above it say of a deed: planned, hypothetical, or background of another time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from pipeline.records import Modality
from pipeline.tag.events.matches import DEFINITE, Match, clause_verb
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import children, pobjs

FUTURE = frozenset({"will", "'ll", "shall", "wo"})
POSSIBLE = frozenset({"may", "might", "could", "can", "should", "must", "ca"})
WHENEVER = frozenset({"when", "whenever"})
OFTEN = frozenset({"often", "usually", "always", "sometimes", "generally", "regularly", "routinely", "frequently"})
CUTS_OFF = frozenset({"nsubj", "nsubjpass", "relcl", "parataxis", "appos", "poss", "agent", "compound"})
AROUND = frozenset({"after", "since", "during", "before", "following", "amid", "over", "despite", "by", "because"})
UNTIL = frozenset({"before", "until", "till"})
ONCE = frozenset({"after", "once", "when"})
MOST_GOVERNORS = 12
PRESENT = frozenset({"VBP", "VBZ"})
YEAR = re.compile(r"^(1[89]|20)\d\d$")
LONG_AGO = re.compile(r"^(years|decades|centuries)$")


@dataclass(frozen=True, slots=True)
class Governor:
    """A word that holds another as its content, and the label that leads to it.

    `is_of_fact` is what it holds that is told as what was or is: "asked who had killed the mayor".
    """

    word: Token
    link: str
    is_of_fact: bool


def own_modality(match: Match, lexicon: Lexicon) -> Modality | None:
    """What the adjectives and articles of an event noun say: "a planned attack", "any attack"."""
    if match.trigger.kind == "verb":
        return None
    said = {c.lower_ for c in children(match.head, "amod")}
    if said & lexicon.words["plan_adjectives"]:
        return "planned"
    if any(c.lower_ == "any" for c in children(match.head, "det")):  # "ready to repel any attack"
        return "hypothetical"
    return "hypothetical" if said & lexicon.words["hypothetical_adjectives"] else None


def verb_modality(verb: Token, lexicon: Lexicon) -> Modality | None:
    """What a verb's auxiliaries, conjunctions and adverbs say; None where it tells a plain fact.

    What is or was done again and again is background: "soldiers regularly shelled the village"; what somebody is
    known for doing is no deed: "militias who attack villages".
    """
    aux = {c.lower_ for c in children(verb, "aux")}
    if verb.dep_ == "conj" and not aux and not children(verb, "nsubj", "nsubjpass") and verb.head.tag_ == verb.tag_:
        return verb_modality(verb.head, lexicon)
    marks = {c.lower_ for c in children(verb, "mark")}
    if marks & lexicon.words["hypothetical_marks"] or _is_inverted(verb):
        return "hypothetical"
    if aux & FUTURE or _going_to(verb) or _is_still_to(verb) or _is_dated(verb):
        return "planned"
    if "would" in aux or "'d" in aux:
        return "planned" if verb.dep_ in {"ccomp", "relcl"} and "have" not in aux else "hypothetical"
    if aux & POSSIBLE:
        return "hypothetical"
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and not aux:
        return "hypothetical"
    if _is_awaited(verb, lexicon) or _is_condition(verb):
        return "hypothetical"
    if _is_often(verb):
        return "historical"
    return "hypothetical" if is_habit(verb) else None


def _is_inverted(verb: Token) -> bool:
    """ "Had police fired on the crowd, many would have died": if they had."""
    first = next(verb.lefts, None)
    inverted = first is not None and first.dep_ in {"aux", "auxpass"} and first.lower_ in {"had", "were", "should"}
    return inverted and verb.dep_ == "advcl" and bool(children(verb, "nsubj", "nsubjpass"))


def _is_condition(verb: Token) -> bool:
    """ "What happens when they clash"; not "when they clashed"."""
    return _is_timeless(verb) and any(c.lower_ in WHENEVER for c in verb.children)


def is_habit(verb: Token) -> bool:
    """ "The militias who attack villages", "they often attack villages": of many times, not of one."""
    return _is_often(verb) or (verb.dep_ == "relcl" and _is_timeless(verb))


def _is_often(verb: Token) -> bool:
    return any(c.lower_ in OFTEN for c in children(verb, "advmod"))


def _is_timeless(verb: Token) -> bool:
    return verb.tag_ in PRESENT and not children(verb, "aux", "auxpass")


def _is_awaited(verb: Token, lexicon: Lexicon) -> bool:
    """ "Before the army attacks", "will answer once the rebels attack", "would stay until it withdrew": yet to come."""
    if verb.dep_ != "advcl":
        return False
    joins = {c.lower_ for c in children(verb, "mark", "advmod")}
    tense = next((c.tag_ for c in children(verb, "aux", "auxpass")), verb.tag_)
    if joins & UNTIL and (tense in PRESENT or (tense == "VBD" and _would(verb.head))):
        return True
    return bool(joins & ONCE) and tense in PRESENT and verb_modality(verb.head, lexicon) is not None


def _is_dated(verb: Token) -> bool:
    """ "Ten days before the ministers meet": on a day that is set."""
    before = [m for m in children(verb, "mark") if m.lower_ == "before" and m.i > 0]
    return verb.tag_ in PRESENT and any(m.nbor(-1).ent_type_ in {"DATE", "TIME"} for m in before)


def _would(verb: Token) -> bool:
    return any(c.lower_ in {"would", "'d"} for c in children(verb, "aux"))


def _going_to(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lower_ == "going"


def _is_still_to(verb: Token) -> bool:
    """ "Are to attack on Friday", "has yet to retake"; "had to fire" has fired."""
    if verb.dep_ != "xcomp" or verb.tag_ != "VB":
        return False
    return verb.head.lemma_ == "be" or any(c.lower_ == "yet" for c in verb.head.children)


def governors(token: Token, lexicon: Lexicon) -> list[Governor]:
    """Words above that hold this one as their content, nearest first."""
    found: list[Governor] = []
    known, fact = is_known(token), False
    while token.head != token and len(found) < MOST_GOVERNORS:
        link = token.dep_
        fact = fact or (link == "ccomp" and _is_told(token))
        if link in CUTS_OFF or stands_beside(token):
            break
        if link == "advcl" and not _has_to(token):
            found += [Governor(token.head, link, fact)] if token.head.dep_ == "xcomp" else []
            break
        if link == "prep" and (token.lower_ in AROUND or (known and is_about(token.head, lexicon))):
            break
        token = token.head
        found.append(Governor(token, link, fact))
    return found


def stands_beside(clause: Token) -> bool:
    """Is a clause read as the content of the next, which says something of its own? "…; police denied it"."""
    verb = clause.head
    if clause.dep_ != "ccomp" or clause.i > verb.i:
        return False
    apart = any(t.text == ";" for t in clause.doc[clause.i : verb.i])
    return apart or any(c.lower_ in {"it", "this", "that"} for c in children(verb, "dobj"))


def is_attempt(word: Token, lexicon: Lexicon) -> bool:
    """ "Tried to kill the mayor", "the attempted murder of the mayor": he may live."""
    while word.dep_ == "conj":
        word = word.head
    tried = word.dep_ == "xcomp" and word.head.lemma_.lower() in lexicon.words["trying"]
    return tried or any(c.lower_ in lexicon.words["trying"] for c in children(word, "amod"))


def _has_to(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(a.lower_ == "to" for a in children(verb, "aux"))


def _is_told(verb: Token) -> bool:
    """Is a clause told as what was or is, "that they attacked", "who had attacked"; not "that they attack"?"""
    return verb.tag_ == "VBD" or any(c.tag_ in {"VBD", "VBZ", "VBP"} for c in children(verb, "aux", "auxpass"))


def is_known(noun: Token) -> bool:
    """ "The murder of the mayor", "his murder": who speaks of it takes it that it happened."""
    return noun.pos_ == "NOUN" and any(c.dep_ == "poss" or c.lower_ in DEFINITE for c in noun.children)


def is_about(noun: Token, lexicon: Lexicon) -> bool:
    """ "An inquiry into the murder", "responsibility for it"; not "the start of the attack", "reports of it"."""
    carried = ("plan_nouns", "hypothetical_nouns", "carrying_nouns")
    return noun.pos_ == "NOUN" and not any(noun.lemma_.lower() in lexicon.words[name] for name in carried)


def governed(governor: Token, link: str, lexicon: Lexicon) -> Modality | None:
    """What a governor says of what it holds: "plans to attack", "fear of attacks", "ready to attack"."""
    lemma = governor.lemma_.lower()
    if governor.pos_ == "NOUN":
        return _held_by_noun(lemma, link, lexicon)
    if governor.pos_ == "ADJ" and link == "xcomp" and lemma in lexicon.words["willing_adjectives"]:
        return "planned"
    if governor.pos_ not in {"VERB", "AUX"}:
        return None
    if link in {"xcomp", "ccomp", "dobj", "prep", "pcomp", "advcl"}:
        if lemma == "rule" and children(governor, "neg"):  # "did not rule out sending troops"
            return "hypothetical"
        if lemma in lexicon.words["plan_verbs"]:
            return "planned"
        if lemma in lexicon.words["hypothetical_verbs"]:
            return "hypothetical"
    going_on = link == "prep" and lemma in {"go", "keep", "carry"}  # "will go on shelling"
    shares = link in {"xcomp", "ccomp", "conj", "dobj", "advcl"} and lemma not in lexicon.words["say_verbs"]
    return verb_modality(governor, lexicon) if shares or going_on else None


def _held_by_noun(lemma: str, link: str, lexicon: Lexicon) -> Modality | None:
    if link in {"acl", "prep"} and lemma in lexicon.words["hypothetical_nouns"]:
        return "hypothetical"
    if link == "acl" and lemma == "case":  # "in case they attack"
        return "hypothetical"
    return "planned" if link in {"acl", "prep", "compound"} and lemma in lexicon.words["plan_nouns"] else None


def is_purpose(verb: Token, lexicon: Lexicon) -> bool:
    """ "Weapons to kill the people", "used to attack towns": what something is for, not what was done with it."""
    if not _has_to(verb):
        return False
    if verb.dep_ == "xcomp":
        return verb.head.lemma_.lower() in lexicon.words["purpose_verbs"]
    return verb.dep_ in {"advcl", "acl", "relcl"} and verb.head.lemma_.lower() not in lexicon.words["undertaking"]


def is_background(match: Match, published: date | None) -> bool:
    """ "In 1998" when published later, "since 2011", "years ago", "has fought for years"."""
    verb = clause_verb(match)
    carriers = {t.i: t for t in (*match.tokens, *((verb,) if verb is not None else ()))}
    return any(_is_years_back(t) or _is_in_past_years(t, published) for t in carriers.values())


def _is_years_back(token: Token) -> bool:
    if any(LONG_AGO.match(t.lower_) for t in pobjs(token, "for")) and children(token, "aux"):
        return True
    return any(a.lower_ == "ago" and any(LONG_AGO.match(t.lower_) for t in a.subtree) for a in token.children)


def _is_in_past_years(token: Token, published: date | None) -> bool:
    told = ((p, y) for p in ("in", "since", "during") for o in pobjs(token, p) for y in o.subtree)
    return any(_past_year(y, published, p) for p, y in told if YEAR.match(y.text.removesuffix("s")))


def _past_year(year: Token, published: date | None, preposition: str) -> bool:
    if preposition == "since" or year.text.endswith("s"):
        return True
    return published is not None and int(year.text[:4]) < published.year - (1 if published.month == 1 else 0)
