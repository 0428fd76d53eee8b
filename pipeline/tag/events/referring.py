"""Phrases that later words may refer to: how many they are, whether persons, a body or things, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from spacy.tokens import Token

from pipeline.records import Mention
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import QUANTITIES, children, keys, pobjs, with_conjuncts
from pipeline.tag.names.nations import name_of

Kind = Literal["person", "body", "somebody", "thing"]  # somebody: a name that may be a person's or a body's

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "dative", "pobj"})
ARGUMENTS = SUBJECTS | OBJECTS
REFERRED = ARGUMENTS | {"conj", "poss"}
NOMINAL = frozenset({"NOUN", "PROPN", "NUM"})
PLURAL = frozenset({"NNS", "NNPS"})
PEOPLE = ("persons", "people", "arrestable", "officials", "dignitaries", "diplomats")  # classes of words.toml
THINGS = ("no_party", "arms", "posts", "vehicles")
SPEAKING = ("say_verbs", "deny_verbs", "plan_verbs")
WHERE = frozenset({"in", "at", "near", "from", "across", "inside", "outside", "around", "on", "into", "through"})
TERRITORY = frozenset({"state", "country", "department", "kingdom", "republic"})  # "in the state of Karo"
NO_ONE = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, or a pronoun that stands for one: `at` is where it stands, `heads` are those that it means.

    `plural` phrases may be called "they", `single` ones "it", "he" or "she"; `gender` is "he", "she" or not known.
    """

    at: Token
    heads: tuple[Token, ...]
    kind: Kind
    plural: bool
    single: bool
    gender: str | None = None
    entity_id: str | None = None

    @property
    def key(self) -> object:
        """Equal for phrases that mean the same."""
        words = [_words(h) for h in self.heads] or [self.at.lower_]
        return self.entity_id or (tuple(words), self.plural)

    @property
    def is_subject(self) -> bool:
        """Is it what the sentence is about? Not who only says so at its end."""
        first = first_of(self.at)
        return first.dep_ in SUBJECTS and is_main(first.head) and not self.is_source

    @property
    def is_source(self) -> bool:
        """ "Rebels shot five men, residents said"."""
        return self.at.dep_ in SUBJECTS and any(c.i < self.at.i for c in children(self.at.head, "ccomp"))

    @property
    def is_object(self) -> bool:
        """Is it what the sentence's own verbs are done to, or done with?"""
        verb = verb_of(self.at)
        if first_of(self.at).dep_ in SUBJECTS or (self.kind == "thing" and self.at.dep_ == "pobj"):
            return False
        return verb is not None and is_main(verb)


def _words(head: Token) -> str:
    """A head with what stands before it, without an article: "interior minister"."""
    return " ".join(t.lower_ for t in head.doc[head.left_edge.i : head.i + 1] if t.dep_ != "det")


def phrases_at(token: Token, named: Mapping[int, Mention], lexicon: Lexicon) -> list[Phrase]:
    """The phrases that begin with this head: itself, and what is coordinated with it as one."""
    if token.pos_ not in NOMINAL or token.dep_ not in REFERRED or token.ent_type_ in NO_ONE:
        return []
    mention = named.get(token.i)
    kind, plural = kind_of(token, mention, lexicon), is_plural(token, mention)
    gender = _gender(token, mention, lexicon) if kind in {"person", "somebody"} and not plural else None
    entity = (mention.entity_id if mention else None) or _entity_beside(token, named)
    alone = Phrase(token, (token,), kind, plural=plural, single=not plural, gender=gender, entity_id=entity)
    if token.dep_ == "conj" or not any(c.dep_ == "conj" for c in token.rights):
        return [alone]
    group = with_conjuncts([token])
    kinds = {kind_of(t, named.get(t.i), lexicon) for t in group}
    whole: Kind = next(k for k in ("thing", "person", "somebody", "body") if k in kinds)
    return [replace(alone, plural=False), Phrase(token, tuple(group), whole, plural=True, single=False)]


def _entity_beside(token: Token, named: Mapping[int, Mention]) -> str | None:
    """That of the name in apposition: "the interior minister, Ana Reve"."""
    names = (named.get(t.i) for t in token.rights if t.dep_ == "appos")
    return next((m.entity_id for m in names if m is not None and m.entity_id), None)


def kind_of(token: Token, mention: Mention | None, lexicon: Lexicon) -> Kind:
    """A person or persons, one body of many, or a thing; a state is a body, a town is a thing."""
    label = mention.label if mention else None
    if label == "PERSON" and not token.is_lower:
        return "person"
    speaks = token.dep_ in SUBJECTS and token.head.lemma_.lower() in _of_classes(lexicon, SPEAKING)
    if label == "GPE" and mention is not None and name_of(mention.text) and not _is_where(token):
        return "body"
    if label == "NORP" or (label == "ORG" and not _is_common(token)):
        return "person" if label == "NORP" else "body"
    if label not in {None, "ORG", "GROUP", "PERSON"}:
        return "somebody" if speaks else "thing"
    names = keys(token)
    if token.lemma_.lower() in QUANTITIES:
        names = names.union(*(keys(t) for t in pobjs(token, "of")[:1]))
    if names & lexicon.words["one_body"]:
        in_it = names & TERRITORY and any(t.ent_type_ == "GPE" for t in pobjs(token, "of"))
        return "thing" if in_it else "body"
    if names & _of_classes(lexicon, THINGS):
        return "thing"
    known = not names.isdisjoint(lexicon.sectors.keys()) or names & _of_classes(lexicon, PEOPLE)
    if not known and token.pos_ == "PROPN" and token.is_title:
        return "somebody"
    return "person" if known or speaks or token.pos_ == "NUM" else "thing"


def is_thing(token: Token, lexicon: Lexicon) -> bool:
    """Is it a deed, a document, a weapon, a place or a vehicle by its noun?"""
    return bool(keys(token) & _of_classes(lexicon, THINGS))


@cache
def _of_classes(lexicon: Lexicon, classes: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(lexicon.words[c] for c in classes))


def _is_common(token: Token) -> bool:
    """ "troops" of "Iraqi troops", "Rebels" where a sentence begins: no name."""
    return token.tag_ in {"NN", "NNS"} and (token.is_lower or bool(token.is_sent_start))


def _is_where(token: Token) -> bool:
    """ "In Norland" is a place, "by Norland" its government."""
    return token.dep_ == "pobj" and token.head.lower_ in WHERE


def is_plural(token: Token, mention: Mention | None) -> bool:
    """Are they several? A body with a name is one ("the United Nations")."""
    if mention is not None and mention.label in {"GPE", "ORG"} and not _is_common(token):
        return False
    if token.lower_ in {"police", "people"} or token.tag_ in PLURAL:
        return True
    members = pobjs(token, "of") if token.lemma_.lower() in QUANTITIES else []
    return (token.pos_ == "NUM" and token.lower_ not in {"one", "1"}) or any(m.tag_ in PLURAL for m in members)


def _gender(token: Token, mention: Mention | None, lexicon: Lexicon) -> str | None:
    words = {t.lower_.rstrip(".") for t in token.lefts if t.dep_ != "poss"} | keys(token)
    words |= set((mention.role or "").lower().split()) if mention else set()
    found = [form for form in ("he", "she") if words & lexicon.words[f"called_{form}"]]
    return found[0] if len(found) == 1 else None


def first_of(token: Token) -> Token:
    """The first of what is coordinated: "the company" of "the company and the union"."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def verb_of(token: Token) -> Token | None:
    """The verb that an argument belongs to, through its preposition; None for what only belongs to a noun."""
    token = first_of(token)
    head = token.head.head if token.dep_ == "pobj" else token.head
    return head if head.pos_ in {"VERB", "AUX"} and token.dep_ in ARGUMENTS else None


def is_main(verb: Token) -> bool:
    """Does it tell what the sentence tells: its root, what is coordinated with it, or what somebody says?"""
    while verb.dep_ in {"conj", "ccomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        verb = verb.head
    return verb.dep_ == "ROOT"
