"""Whether an event happened, and who says so: negation, plans, conditions, background, reported speech."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Span, Token

from pipeline.records import Modality, Polarity, Speech
from pipeline.tag.events.matches import DEFINITE, Match, clause_verb
from pipeline.tag.events.participants import phrase
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import antecedents, children, pobjs, surface_subjects

FUTURE = frozenset({"will", "'ll", "shall", "wo"})
POSSIBLE = frozenset({"may", "might", "could", "can", "should", "must", "ca"})
HABITUAL = frozenset({"when", "whenever", "often", "usually", "always", "sometimes", "generally", "regularly"})
ASIDE = frozenset({"nsubj", "nsubjpass", "relcl", "parataxis", "appos", "poss", "agent", "compound"})
BESIDE = frozenset({"after", "since", "during", "before", "following", "amid", "over", "despite", "by", "because"})
NEARLY = frozenset({"almost", "nearly"})
UNTIL = frozenset({"before", "until", "till"})
ONCE = frozenset({"after", "once", "when"})
PRESENT = frozenset({"VBP", "VBZ"})
TIMES = frozenset({"time", "moment", "point"})  # "at no time"
YEAR = re.compile(r"^(1[89]|20)\d\d$")
LONG_AGO = re.compile(r"^(years|decades|centuries)$")


@dataclass(frozen=True, slots=True)
class Truth:
    """Polarity and modality of one event mention."""

    polarity: Polarity = "affirmed"
    modality: Modality = "actual"


def read_truth(match: Match, lexicon: Lexicon, published: date | None) -> Truth:
    """What the clause and its governors say; the nearest sign of a modality decides, negations add up."""
    negated = _negated(match, lexicon)
    modality: Modality | None = _own_modality(match, lexicon)
    verb = clause_verb(match)
    if match.verb is not None and verb is not None:
        stands = match.trigger.type == "ACCUSE" and _is_habit(verb)  # "four officers whom it accuses of theft"
        modality = modality or (None if stands else _verb_modality(verb, lexicon))
    below, told = match.verb if match.verb is not None else match.head, False
    for governor, link in _governors(below, lexicon):
        told, below = told or (link == "ccomp" and _is_told(below)), governor
        if _denies(governor, link, match, lexicon):
            negated = True
        if modality is None:
            modality = _governed(governor, link, lexicon)
            modality = None if told and modality == "planned" else modality  # "asked who had killed the mayor"
            negated = negated or (modality == "planned" and _is_given_up(governor, lexicon))
        elif modality == "planned" and link == "ccomp" and _governed(governor, link, lexicon) == "hypothetical":
            modality = "hypothetical"  # "they fear that the army will shell the camp"
    if (
        modality is None
        and match.trigger.type == "ASSAULT"
        and match.verb is not None
        and _is_purpose(match.verb, lexicon)
    ):
        modality = "hypothetical"
    if modality is None and _historical(match, published):
        modality = "historical"
    return Truth("negated" if negated else "affirmed", modality or "actual")


def _denies(governor: Token, link: str, match: Match, lexicon: Lexicon) -> bool:
    """ "Failed to attack"; not "stopped a bus and shot six", nor "escaped an attack", which there was."""
    lemma = governor.lemma_.lower()
    survived = lemma == "escape" and match.trigger.kind == "noun" and match.trigger.type == "ASSAULT"
    denies = link != "conj" and lemma in lexicon.words["deny_verbs"] and not survived
    return denies and not _negations(governor, lexicon)


def _is_given_up(plan: Token, lexicon: Lexicon) -> bool:
    """ "Does not intend to attack", "have no plan to attack"; who is not ordered to may do it all the same."""
    return plan.lemma_.lower() in lexicon.words["own_plans"] and _negations(plan, lexicon)


def _is_told(verb: Token) -> bool:
    """Is a clause told as what was or is, "that they attacked", "who had attacked"; not "that they attack"?"""
    return verb.tag_ == "VBD" or any(c.tag_ in {"VBD", "VBZ", "VBP"} for c in children(verb, "aux", "auxpass"))


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
    if any(_has_no(time) and time.lemma_ in TIMES for time in pobjs(token, "at")):
        return True
    joined = {c.lower_ for c in children(token.head, "cc")} if token.dep_ == "conj" else set()
    if "nor" in joined or ("or" in joined and token.tag_ == "VB" and _negations(token.head, lexicon)):
        return True  # "neither attacked nor threatened", "did not attack or loot"
    return token.dep_ == "pcomp" and token.head.lower_ == "without"


def _own_modality(match: Match, lexicon: Lexicon) -> Modality | None:
    if match.trigger.kind == "verb":
        return None
    said = {c.lower_ for c in children(match.head, "amod")}
    if said & lexicon.words["plan_adjectives"]:
        return "planned"
    if any(c.lower_ == "any" for c in children(match.head, "det")):  # "ready to repel any attack"
        return "hypothetical"
    return "hypothetical" if said & lexicon.words["hypothetical_adjectives"] else None


def _verb_modality(verb: Token, lexicon: Lexicon) -> Modality | None:
    aux = {c.lower_ for c in children(verb, "aux")}
    if verb.dep_ == "conj" and not aux and not children(verb, "nsubj", "nsubjpass") and verb.head.tag_ == verb.tag_:
        return _verb_modality(verb.head, lexicon)
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
    return "hypothetical" if _is_habit(verb) or _is_awaited(verb, lexicon) else None


def _is_inverted(verb: Token) -> bool:
    """ "Had police fired on the crowd, many would have died": if they had."""
    first = next(verb.lefts, None)
    inverted = first is not None and first.dep_ in {"aux", "auxpass"} and first.lower_ in {"had", "were", "should"}
    return inverted and verb.dep_ == "advcl" and bool(children(verb, "nsubj", "nsubjpass"))


def _is_habit(verb: Token) -> bool:
    """ "The militias who attack villages", "what happens when they clash": of any time, not of one."""
    if verb.tag_ not in {"VBP", "VBZ"} or children(verb, "aux", "auxpass"):
        return False
    return verb.dep_ == "relcl" or any(c.lower_ in HABITUAL for c in verb.children)


def _is_awaited(verb: Token, lexicon: Lexicon) -> bool:
    """ "Before the army attacks", "will answer once the rebels attack", "would stay until it withdrew": yet to come."""
    if verb.dep_ != "advcl":
        return False
    joins = {c.lower_ for c in children(verb, "mark", "advmod")}
    tense = next((c.tag_ for c in children(verb, "aux", "auxpass")), verb.tag_)
    if joins & UNTIL and (tense in PRESENT or (tense == "VBD" and _would(verb.head))):
        return True
    return bool(joins & ONCE) and tense in PRESENT and _verb_modality(verb.head, lexicon) is not None


def _is_dated(verb: Token) -> bool:
    """ "Ten days before the ministers meet": on a day that is set."""
    before = [m for m in children(verb, "mark") if m.lower_ == "before" and m.i > 0]
    return verb.tag_ in PRESENT and any(m.nbor(-1).ent_type_ in {"DATE", "TIME"} for m in before)


def _would(verb: Token) -> bool:
    return any(c.lower_ in {"would", "'d"} for c in children(verb, "aux"))


def _is_purpose(verb: Token, lexicon: Lexicon) -> bool:
    """ "Weapons to kill the people", "used to attack towns": what something is for, not what was done with it."""
    if verb.tag_ != "VB" or not any(c.lower_ == "to" for c in children(verb, "aux")):
        return False
    if verb.dep_ == "xcomp":
        return verb.head.lemma_.lower() in lexicon.words["purpose_verbs"]
    return verb.dep_ in {"advcl", "acl", "relcl"} and verb.head.lemma_.lower() not in lexicon.words["undertaking"]


def _going_to(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lower_ == "going"


def _is_still_to(verb: Token) -> bool:
    """ "Are to attack on Friday", "has yet to retake"; "had to fire" has fired."""
    if verb.dep_ != "xcomp" or verb.tag_ != "VB":
        return False
    return verb.head.lemma_ == "be" or any(c.lower_ == "yet" for c in verb.head.children)


def _governors(token: Token, lexicon: Lexicon) -> list[tuple[Token, str]]:
    """Words above that hold this one as their content, nearest first, each with the label that leads to it."""
    found: list[tuple[Token, str]] = []
    known = is_known(token)
    while token.head != token and len(found) < 12:
        link = token.dep_
        if link in ASIDE:
            break
        if link == "advcl" and not (token.tag_ == "VB" and any(a.lower_ == "to" for a in children(token, "aux"))):
            found += [(token.head, link)] if token.head.dep_ == "xcomp" else []
            break
        if link == "prep" and (token.lower_ in BESIDE or (known and is_about(token.head, lexicon))):
            break
        token = token.head
        found.append((token, link))
    return found


def is_known(noun: Token) -> bool:
    """ "The murder of the mayor", "his murder": who speaks of it takes it that it happened."""
    return noun.pos_ == "NOUN" and any(c.dep_ == "poss" or c.lower_ in DEFINITE for c in noun.children)


def is_about(noun: Token, lexicon: Lexicon) -> bool:
    """ "An inquiry into the murder", "responsibility for it"; not "the start of the attack", "reports of it"."""
    carried = ("plan_nouns", "hypothetical_nouns", "carrying_nouns")
    return noun.pos_ == "NOUN" and not any(noun.lemma_.lower() in lexicon.words[name] for name in carried)


def _governed(governor: Token, link: str, lexicon: Lexicon) -> Modality | None:
    lemma = governor.lemma_.lower()
    if governor.pos_ == "NOUN":
        if link in {"acl", "prep"} and lemma in lexicon.words["hypothetical_nouns"]:
            return "hypothetical"
        if link == "acl" and lemma == "case":  # "in case they attack"
            return "hypothetical"
        infinitive = link in {"acl", "prep", "compound"}
        return "planned" if infinitive and lemma in lexicon.words["plan_nouns"] else None
    if governor.pos_ == "ADJ" and link == "xcomp" and lemma in lexicon.words["willing_adjectives"]:
        return "planned"
    if governor.pos_ not in {"VERB", "AUX"}:
        return None
    if link in {"xcomp", "ccomp", "dobj", "prep", "pcomp", "advcl"}:
        if lemma in lexicon.words["plan_verbs"]:
            return "planned"
        if lemma in lexicon.words["hypothetical_verbs"]:
            return "hypothetical"
    going_on = link == "prep" and lemma in {"go", "keep", "carry"}  # "will go on shelling"
    if (link in {"xcomp", "ccomp", "conj", "dobj", "advcl"} or going_on) and lemma not in lexicon.words["say_verbs"]:
        return _verb_modality(governor, lexicon)
    return None


def _historical(match: Match, published: date | None) -> bool:
    """Background: "in 1998" when published later, "since 2011", "years ago"."""
    verb = clause_verb(match)
    carriers = {t.i: t for t in (*match.tokens, *((verb,) if verb is not None else ()))}
    for token in carriers.values():
        if any(a.lower_ == "ago" and any(LONG_AGO.match(c.lower_) for c in a.subtree) for a in token.children):
            return True
        for preposition in ("in", "since", "during"):
            years = [y for o in pobjs(token, preposition) for y in o.subtree if YEAR.match(y.text.removesuffix("s"))]
            if any(_past_year(y, published, preposition) for y in years):
                return True
    return False


def _past_year(year: Token, published: date | None, preposition: str) -> bool:
    if preposition == "since" or year.text.endswith("s"):
        return True
    return published is not None and int(year.text[:4]) < published.year - (1 if published.month == 1 else 0)


def attribution(match: Match, sentence: Span, lexicon: Lexicon) -> str | None:
    """Who says so: the subject of the saying verb above, or of "according to"; None when the text itself does."""
    for token in (match.head, *match.head.ancestors):
        head = token.head
        if head != token and token.dep_ in {"ccomp", "parataxis"} and head.lemma_.lower() in lexicon.words["say_verbs"]:
            speakers = [a for s in children(head, "nsubj") for a in antecedents(s, head)]
            if speakers and not _is_apart(token, speakers[0]):
                return _text(speakers[0])
    for token in sentence:
        if token.lower_ == "according":
            sources = pobjs(token, "to")
            if sources:
                return _text(sources[0])
    return None


def _is_apart(told: Token, speaker: Token) -> bool:
    """ "The ministry said that jets killed 22; the army said …": the army does not say what stands before the mark."""
    return any(t.text == ";" for t in told.doc[told.i : speaker.i])


def speech_of(match: Match, sentence: Span, attributed: bool) -> Speech | None:
    """Direct where the trigger stands between quotation marks, indirect where somebody else says so; else None."""
    before = sentence.doc[sentence.start : match.head.i].text
    opened, closed = max(before.rfind(q) for q in '“"«'), max(before.rfind(q) for q in "”»")
    straight = before.count('"') % 2 == 1
    if (opened > closed and "“" in before) or straight:
        return "direct"
    return "indirect" if attributed else None


def _text(token: Token) -> str:
    inside = phrase(token)
    return token.doc[inside[0].i : inside[-1].i + 1].text
