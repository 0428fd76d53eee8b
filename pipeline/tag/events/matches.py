"""Where a sentence matches the lexicon: one match a head word, the most specific entry first."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.tag.clause import claimants, datives, named_owners, objects, subjects, surface_subjects
from pipeline.tag.events.participants import Roster
from pipeline.tag.events.triggers import NO_EVENT, Kind, Lexicon, Trigger
from pipeline.tag.grammar import (
    TIME_LABELS,
    children,
    governing_verb,
    is_passive,
    keys,
    pobjs,
    with_conjuncts,
    with_members,
)

KIND_OF: dict[str, Kind] = {"VERB": "verb", "NOUN": "noun"}
INFINITIVE = frozenset({"to"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
APART_FROM_VERB = frozenset(
    {"after", "amid", "before", "despite", "following", "over", "since"}
)  # "after the protests"
POSSIBLE = frozenset({"could", "may", "might"})
OBLIGED = frozenset({"must", "should"})
CLAUSE_SEATS = frozenset({"xcomp", "ccomp", "pcomp", "advcl"})


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found at `head`; `tokens` are all words of the frame, the head first.

    `light` is the verb that only carries an event noun ("launched" in "launched an attack"), if there is one.
    """

    trigger: Trigger
    head: Token
    tokens: tuple[Token, ...]
    light: Token | None = None

    @property
    def verb(self) -> Token | None:
        """The verb whose tense and mood are the event's."""
        return self.head if self.trigger.kind == "verb" else self.light


def find_matches(sentence: Span, lexicon: Lexicon, roster: Roster) -> list[Match]:
    """All matches in the order of their heads; a noun inside a verb's frame is no match of its own, nor are idioms.

    `roster` tells what a word class is asked of: "they walked out" is a strike where they are miners.
    """
    found = find_fits(sentence, lexicon, roster)
    inside = {t.i for m in found if m.trigger.kind == "verb" for t in m.tokens[1:]}
    inside |= {t.i for m in found for t in _modifiers(m, found)}
    return [m for m in found if m.head.i not in inside and m.trigger.type != NO_EVENT]


def find_fits(sentence: Span, lexicon: Lexicon, roster: Roster) -> list[Match]:
    """The entry that fits each word best, in the order of the words; those of NO_EVENT too."""
    words = list(sentence)
    likely = [t for t in words if t.pos_ in KIND_OF and not lexicon.heads.isdisjoint((t.lower_, t.lemma_.lower()))]
    if not likely:
        return []
    present = {word for token in words for word in (token.lemma_.lower(), token.lower_)}
    return [m for token in likely if (m := _best(token, present, lexicon, roster)) is not None]


def _modifiers(match: Match, found: Iterable[Match]) -> list[Token]:
    """Heads of matches that only name the kind of this deed: "bombing" of "a bombing raid"."""
    alike = {m.head.i for m in found if m.trigger.type == match.trigger.type}
    return [c for t in match.tokens for c in children(t, "compound", "amod") if c.i in alike]


def _best(token: Token, present: Set[str], lexicon: Lexicon, roster: Roster) -> Match | None:
    kind = "noun" if _is_gerund(token) else KIND_OF[token.pos_]
    entries = {t.id: t for k in sorted(keys(token)) for t in lexicon.by_key.get((kind, k), ())}
    likely = [t for t in entries.values() if not any(heads.isdisjoint(present) for heads in t.rest_heads)]
    fits = [m for t in likely if (m := _fit(token, t, lexicon, roster)) is not None]
    return max(fits, key=lambda m: (*_specificity(m), _severity(m, lexicon)), default=None)


def _is_gerund(token: Token) -> bool:
    """ "Fighting between rebels and troops killed 12" is read as a verb."""
    if token.tag_ != "VBG" or token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    return bool(pobjs(token, "between")) and not children(token, "dobj")


def _specificity(match: Match) -> tuple[int, int, int, int]:
    """More words beat fewer, restricted entries beat open ones, entries with a mode those without."""
    trigger = match.trigger
    wanted = (trigger.head, *trigger.rest)
    words = len(wanted) + sum(max((k.count("_") for k in o & keys(t)), default=0) for o in wanted for t in match.tokens)
    restricted = bool(trigger.subject) + bool(trigger.object)
    return words, restricted, bool(trigger.needs), trigger.mode is not None


def _severity(match: Match, lexicon: Lexicon) -> float:
    """Of "suicide car bombing" the suicide attack counts: the mode further from zero."""
    trigger = match.trigger
    return abs(lexicon.types[trigger.type].modes[trigger.mode]) if trigger.mode else 0.0


def _fit(token: Token, trigger: Trigger, lexicon: Lexicon, roster: Roster) -> Match | None:
    tokens = [token]
    for word in trigger.rest:
        following = next((t for t in _arguments(tokens) if keys(t) & word and not _is_beside(t, trigger)), None)
        if following is not None:
            tokens.append(following)
        elif word != INFINITIVE or not _has_infinitive(token):
            return None
    if any(keys(t) & trigger.never for t in tokens) or (trigger.passive and not is_passive(token)):
        return None
    match = Match(trigger, token, tuple(tokens), light_verb(token, trigger, lexicon))
    if _idle(token, lexicon) if trigger.kind == "verb" else trigger.type == "ASSAULT" and _undone(token, lexicon):
        return None
    if (trigger.effect or "subj" in trigger.recipient) and _is_mishap(match, lexicon):
        return None
    if trigger.needs and not any(fills(match, place) for place in trigger.needs):
        return None
    return match if _restrictions_hold(match, lexicon, roster) else None


def _is_mishap(match: Match, lexicon: Lexicon) -> bool:
    """ "Killed in a crash", "hurt when a wall fell": nobody did it."""
    verbs = [match.head, *(c for c in children(match.head, "conj") if c.pos_ == "VERB")]
    if match.head.tag_ == "VBG" and match.head.dep_ == "advcl":  # "the plane crashed, killing nine"
        verbs.append(match.head.head)
        if match.head.head.lemma_.lower() in lexicon.words["mishaps"]:
            return True
    causes = {k for verb in verbs for t in pobjs(verb, "in", "by", "from", "during") for k in keys(t)}
    if causes & lexicon.words["disasters"] and not causes & lexicon.words["weapons"]:
        return True
    clauses = [c for c in children(match.head, "advcl") if c.lemma_.lower() in lexicon.words["mishaps"]]
    return any(c.lower_ in {"when", "after", "as"} for clause in clauses for c in clause.children)


def _is_beside(word: Token, trigger: Trigger) -> bool:
    """A time, or the verb of "ordered X to release Y", which is not the noun of "ordered the release of Y"."""
    infinitive = word.tag_ == "VB" and any(a.lower_ == "to" for a in children(word, "aux"))
    return _is_time(word, trigger) or (infinitive and INFINITIVE not in trigger.rest)


def _is_time(word: Token, trigger: Trigger) -> bool:
    """The "on" of "on Thursday" opens no place in a frame that does not ask for a time."""
    times = [o for o in children(word, "pobj") if o.ent_type_ in TIME_LABELS]
    return bool(times) and not any(keys(o) & wanted for o in times for wanted in trigger.rest)


def _has_infinitive(verb: Token) -> bool:
    """In "threaten to leave" the "to" hangs on "leave"."""
    return any(a.lower_ == "to" for c in children(verb, "xcomp", "ccomp", "advcl") for a in children(c, "aux"))


def _idle(verb: Token, lexicon: Lexicon) -> bool:
    """A participle before its noun ("armed men") tells of no event, nor one behind it that only says on whose side.

    "Rebels backed by Norland" are of a kind; "a plan backed by Norland" has Norland's support.
    """
    if verb.dep_ in {"amod", "compound"}:
        return True
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lemma_.lower() in lexicon.words["scheduling"]:
        return True  # "talks scheduled for Friday were cancelled"
    sided = verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBN" and verb.lemma_.lower() in lexicon.words["siding"]
    return sided and not keys(verb.head) & lexicon.words["demands"]


def _undone(noun: Token, lexicon: Lexicon) -> bool:
    """A bomb that is found or destroyed has not gone off."""
    return noun.dep_ in {"dobj", "nsubjpass"} and noun.head.lemma_.lower() in lexicon.words["undo_verbs"]


def _arguments(tokens: list[Token]) -> list[Token]:
    """Words that may continue a frame: below the words found so far, or the verb's logical object."""
    verb = tokens[0]
    seen = {t.i for t in tokens}
    below = [c for t in tokens for c in t.children if c.dep_ not in {"nsubj", "punct", "conj"} and c.i not in seen]
    below = [c for c in below if not (c.dep_ == "aux" and c.tag_ == "TO")]  # "to protest" is no protest to somebody
    below += [a for c in children(verb, "ccomp") for a in children(c, "aux")]  # "said that X must"
    return below + ([o for o in objects(verb) if o.i not in seen] if verb.pos_ == "VERB" else [])


def light_verb(noun: Token, trigger: Trigger, lexicon: Lexicon) -> Token | None:
    """The verb that only carries an event noun: "launched" of "launched an attack"."""
    if trigger.kind == "verb":
        return None
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"} and noun.head.i < noun.i:
        noun = noun.head
    verb = noun.head if noun.dep_ in {"dobj", "nsubj", "nsubjpass", "attr"} else None
    if noun.dep_ == "pobj" and noun.head.head.pos_ == "VERB" and noun.head.lower_ not in APART_FROM_VERB:
        verb = noun.head.head
    if verb is None or verb.pos_ != "VERB":
        return None
    carries = (
        lexicon.words["light_verbs"] if noun.dep_ in {"dobj", "nsubjpass", "pobj"} else lexicon.words["occur_verbs"]
    )
    return verb if verb.lemma_.lower() in carries else None


def _restrictions_hold(match: Match, lexicon: Lexicon, roster: Roster) -> bool:
    trigger = match.trigger
    doers = with_conjuncts(fills(match, "subj")) if _asks_who(trigger) else []
    if trigger.plural and not (len(doers) > 1 or any(t.tag_ in {"NNS", "NNPS"} for t in doers)):
        return False
    doers = [
        t for t in _with_meant(doers, roster) if not keys(t) & lexicon.words["gunfire"]
    ]  # "sniper fire" is no blaze
    if not _listed(doers, trigger.subject, trigger.not_subject, roster):
        return False
    if trigger.not_owner and not _listed(_owners_in(match, doers), frozenset(), trigger.not_owner, roster):
        return False
    if not trigger.object and not trigger.not_object:
        return True
    sought = (
        ("of", "on", "against") if trigger.kind == "noun" else ("obj", *(trigger.recipient if trigger.rest else ()))
    )
    targets = with_conjuncts(t for place in sought for t in fills(match, place))
    return _listed(_with_meant(targets, roster), trigger.object, trigger.not_object, roster)


def _asks_who(trigger: Trigger) -> bool:
    return bool(trigger.subject or trigger.not_subject or trigger.not_owner or trigger.plural)


def _owners_in(match: Match, doers: Iterable[Token]) -> list[Token]:
    """Whose the deeds that do it are: the tellers of "was hit by a strike of tellers"."""
    deeds = [t for t in (*match.tokens[1:], *doers) if t.pos_ == "NOUN"]
    return [o for deed in deeds for o in (*named_owners(deed), *children(deed, "compound"), *pobjs(deed, "of"))]


def _with_meant(heads: Iterable[Token], roster: Roster) -> list[Token]:
    """Each head, and whom it stands for."""
    return [t for head in heads for t in (head, *roster.meant.get(head.i, ()))]


def _listed(heads: list[Token], wanted: frozenset[str], unwanted: frozenset[str], roster: Roster) -> bool:
    """Is one of the heads (or the label of what it names) among the wanted, if any are, and none among the unwanted?"""
    members = with_members(heads)
    named = [roster.by_token[t.i].label if t.i in roster.by_token else t.ent_type_ for t in members]
    names = {*named, *(key for t in members for key in keys(t))}
    return (not wanted or bool(names & wanted)) and not names & unwanted


def fills(match: Match, place: str) -> list[Token]:
    """Heads of the phrases in one place of the frame: subj, obj, a clause label, or a preposition.

    "clause" is the subject of what is said: X of "said that X must leave"; "wish" a clause of what is asked for;
    "threat" one of what the speaker may do, else whom; "dative" whom something is given. "subj.between" is what hangs
    on the subject by "between".
    """
    taken = {t.i for t in match.tokens}
    if "." in place:
        outer, _, inner = place.partition(".")
        found = [o for t in fills(match, outer) for o in (objects(t) if inner == "obj" else pobjs(t, inner))]
    elif place == "subj":
        found = _doers(match)
    elif place == "obj":
        found = [o for t in match.tokens if t.pos_ == "VERB" for o in objects(t)]
    elif place == "dative":
        found = datives(match.head)
    elif place == "poss":
        found = [p for t in match.tokens for p in children(t, "poss")]
    elif place == "clause":
        found = [s for c in children(match.head, "ccomp") for s in surface_subjects(c)]
    elif place == "compound":  # "took six sailors hostage" is read as one phrase
        found = [c for t in match.tokens[1:] for c in children(t, "compound", "nmod")]
    elif place == "wish":
        found = [c for c in children(match.head, "ccomp") if _is_wish(c)]
    elif place == "threat":
        clauses = children(match.head, "ccomp")
        found = [c for c in clauses if not _is_of_others(c)] if clauses else objects(match.head)
    elif place in CLAUSE_SEATS:
        found = children(match.head, place)
    else:
        carriers = (*match.tokens, match.light) if match.light is not None else match.tokens
        found = [o for t in carriers for o in pobjs(t, place)]
        if place == "to":
            found += datives(match.head)
    return [t for t in found if t.i not in taken and t.ent_type_ not in TIME_LABELS]


def _is_wish(clause: Token) -> bool:
    """ "(Insisted) that the rebels leave", "must leave"; not "that it holds the town", "that they hold it"."""
    aux = children(clause, "aux", "auxpass")
    if any(a.lower_ in OBLIGED for a in aux):
        return True
    plain = (aux[0] if aux else clause).tag_ in {"VB", "VBP"}
    return plain and any(s.tag_ != "PRP" for s in children(clause, "nsubj", "nsubjpass"))


def _is_of_others(clause: Token) -> bool:
    """ "(Warned) that rebels could attack", what others may do, is no threat; "that it could", "its forces may" are."""
    if not any(a.lower_ in POSSIBLE for a in children(clause, "aux")):
        return False
    doers = children(clause, "nsubj", "nsubjpass")
    return any(d.tag_ != "PRP" and not any(p.tag_ == "PRP$" for p in children(d, "poss")) for d in doers)


def _doers(match: Match) -> list[Token]:
    if match.trigger.kind == "verb":
        return subjects(match.head)
    owned = named_owners(match.head) or claimants(match.head)
    if owned or match.light is None or match.head.dep_ in {"nsubj", "nsubjpass"}:
        return owned
    return surface_subjects(match.light) if not is_passive(match.light) else pobjs(match.light, "by")


def is_reference(match: Match) -> bool:
    """Does an event noun only point back at what was told? "wounded in the fighting", "since this attack"."""
    noun = match.head
    if match.trigger.kind != "noun" or match.light is not None or noun.dep_ != "pobj":
        return False
    return is_definite(match) and not any(c.dep_ in {"prep", "acl", "relcl", "nummod"} for c in noun.children)


def is_definite(match: Match) -> bool:
    """An event noun of which the reader knows already: "the clash lasted an hour", "these attacks"."""
    return match.trigger.kind == "noun" and any(c.lower_ in DEFINITE for c in children(match.head, "det"))


def clause_verb(match: Match) -> Token | None:
    """The verb of the clause the match stands in."""
    return match.verb if match.verb is not None else governing_verb(match.head)
