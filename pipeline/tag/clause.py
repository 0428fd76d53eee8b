"""Who does what to whom in a parsed clause: logical subjects, objects and owners of deeds.

Every function takes tokens of one sentence and follows the tree upwards at most, so it ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.tag.grammar import PLACES, children, is_passive, pobjs, read_as_conjunct

BODIES = PLACES | {"ORG"}
RELATIVE = frozenset({"who", "whom", "which", "that"})
# What is done with somebody else's deed: "police foiled a plot to bomb the metro".
OTHERS_DEEDS = frozenset({"foil", "thwart", "avert", "disrupt", "uncover", "prevent"})
# "Claimed responsibility": who did it.
OWNING_UP = frozenset({"claim", "take", "accept", "admit", "assume"})
# Whom these give something to may stand before it: "gave Ukraine tanks", which is also read as tanks of that name.
GIVING = frozenset(
    {"give", "send", "lend", "loan", "hand", "ship", "supply", "grant", "offer", "provide", "deliver", "sell", "pay",
     "award", "promise", "pledge", "deny", "allocate"}
)  # fmt: skip
NAMES = frozenset({"GPE", "PERSON", "NORP"})
# "urged X to leave": X leaves; "promised X to leave": the subject does.
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "use", "agree", "swear"})


def subjects(verb: Token) -> list[Token]:
    """Who does it: the subject, or the by-agent of a passive; inherited where the clause has none of its own."""
    if is_passive(verb):
        return pobjs(verb, "by") or [t for head in _passive_heads(verb) for t in pobjs(head, "by")]
    return surface_subjects(verb)


def _passive_heads(verb: Token) -> Iterator[Token]:
    """ "were attacked and burned by X": the agent may hang on a later verb of the chain."""
    yield from (c for c in children(verb, "conj") if c.tag_ == "VBN")


def surface_subjects(verb: Token) -> list[Token]:
    """The subject as written, of the verb or of what governs it."""
    own = children(verb, "nsubj", "nsubjpass")
    if own:
        return [s for token in own for s in antecedents(token, verb)]
    return _inherited(verb)


def _fronted(verb: Token) -> list[Token]:
    """The subject behind a place in front: "On the island of Sel, a man was shot" is read with "man" beside "Sel"."""
    places = [p for p in verb.lefts if p.dep_ == "prep" and p.i < verb.i]
    beside = [t for p in places for t in p.subtree if t.dep_ == "appos" and t.pos_ in {"NOUN", "PROPN"}]
    return [t for t in beside if t.doc[t.left_edge.i - 1].text == "," and t.i < verb.i][-1:]


def _inherited(verb: Token) -> list[Token]:
    head = verb.head
    if found := _fronted(verb) or read_as_conjunct(verb):
        return found
    if head == verb:
        return []
    verbal = head.pos_ in {"VERB", "AUX"}
    if verb.dep_ in {"conj", "dep"} and verbal:
        return surface_subjects(head)
    if verb.dep_ in {"xcomp", "ccomp"} and verbal:
        return _controller(head)
    if verb.dep_ == "advcl" and verbal and verb.tag_ in {"VBG", "VB", "VBN"}:
        return surface_subjects(head)
    if verb.dep_ == "acl":
        return _one_of(head) if verb.tag_ in {"VBG", "VBN"} else owners(head)
    if verb.dep_ == "pcomp":
        return _pcomp_subject(head)
    if verb.dep_ == "acomp" or (verb.dep_ == "xcomp" and head.pos_ == "ADJ"):
        return surface_subjects(head.head)
    return []


def _controller(head: Token) -> list[Token]:
    """Subject of an infinitive below `head`: its object ("ordered X to leave"), else its subject."""
    if head.lemma_ not in SUBJECT_CONTROL:
        if is_passive(head):
            return surface_subjects(head)
        objects_here = children(head, "dobj", "dative")
        if objects_here:
            return objects_here
        called = [o for p in children(head, "prep") if p.lower_ in {"on", "upon", "to"} for o in children(p, "pobj")]
        if called and head.lemma_ in {"call", "appeal"}:
            return called
    return surface_subjects(head)


def _pcomp_subject(prep: Token) -> list[Token]:
    """Subject of a gerund below a preposition: "accused X of killing", "responded by killing"."""
    head = prep.head
    if head.pos_ not in {"VERB", "AUX"}:
        return owners(head)
    if prep.lower_ in {"of", "from", "with", "for"} and (found := objects(head)):
        return found
    return surface_subjects(head)


def antecedents(token: Token, verb: Token) -> list[Token]:
    """What a relative pronoun stands for; a personal pronoun in reported speech behind the speaker stands for it."""
    if token.lower_ in RELATIVE and token.tag_ in {"WDT", "WP", "DT", "IN"}:
        clause = next((a for a in (verb, *verb.ancestors) if a.dep_ == "relcl"), None)
        return _one_of(_named(clause.head, token)) if clause is not None else []
    if token.tag_ == "PRP" and verb.dep_ == "ccomp" and verb.head.pos_ == "VERB":
        speaker = [s for s in children(verb.head, "nsubj") if s.tag_ != "PRP" and s.i < token.i]
        return speaker or [token]
    return [token]


def _named(noun: Token, relative: Token) -> Token:
    """Who is told of behind an apposition, a body or a place: "the Karo Front, a faction that", "its leader, who",
    "the attack in Karo that killed 26".
    """
    placed = noun.dep_ == "pobj" and noun.head.lower_ in {"in", "at", "near"} and noun.ent_type_ in PLACES
    if relative.lower_ == "that" and placed and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
    body = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.ent_type_ in BODIES
    if relative.lower_ == "who" and body and noun.head.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head.head
    return noun.head if noun.dep_ == "appos" and noun.head.pos_ == "PROPN" else noun


def _one_of(noun: Token) -> list[Token]:
    """Who is counted in: "the owner was among those detained", "he is one of those who were shot"."""
    among = noun.head
    if noun.lower_ not in {"those", "these"} or among.lower_ not in {"among", "of"}:
        return [noun]
    be = among.head.head if among.head.dep_ == "attr" else among.head
    return children(be, "nsubj") or children(be, "attr") if be.lemma_ == "be" else [noun]


def objects(verb: Token) -> list[Token]:
    """Whom or what it is done to: object, passive subject, antecedent, or the object of a coordinated verb."""
    if is_passive(verb):
        own = children(verb, "nsubjpass", "nsubj") or read_as_conjunct(verb)
        found = [s for token in own for s in antecedents(token, verb)] if own else _inherited(verb)
        return found + children(verb, "dobj", "oprd")
    own = children(verb, "dobj", "dative") or _infinitive_subject(verb)
    if own:
        return [s for token in own if token.dep_ != "dative" or token.pos_ != "ADP" for s in antecedents(token, verb)]
    if children(verb, "prep", "xcomp", "ccomp"):
        return []
    later = [c for c in children(verb, "conj") if c.pos_ == "VERB" and not children(c, "nsubj", "nsubjpass")]
    return objects(later[0]) if later else []


def datives(verb: Token) -> list[Token]:
    """Whom it is given: "lent Pakistan money", "Pakistan was lent money", "gave Ukraine tanks", "gave the men food"."""
    told = [t for t in children(verb, "dative") if t.pos_ != "ADP"]
    if told or verb.lemma_ not in GIVING:
        return told
    if is_passive(verb):
        return children(verb, "nsubjpass") if children(verb, "dobj") else []
    return [name for gift in children(verb, "dobj") for name in _read_as_part(gift, verb)]


def _read_as_part(gift: Token, verb: Token) -> list[Token]:
    """The first of the words that hang on a gift, if it follows the verb and is a name or "the rebels"."""
    before = [t for t in gift.lefts if t.i > verb.i]
    name = next((t for t in before if t.dep_ in {"compound", "nmod"}), None)
    if name is None or any(t.dep_ == "amod" for t in before):
        return []
    named = name.ent_type_ in NAMES and name.pos_ == "PROPN" and name.left_edge.i == verb.i + 1
    people = name.tag_ == "NNS" and before[0].dep_ in {"det", "poss"} and before[0].i == verb.i + 1
    return [name] if named or (people and gift.tag_ == "NN") else []


def _infinitive_subject(verb: Token) -> list[Token]:
    """ "urged X to leave" is often parsed with X as the subject of "leave"."""
    bare = {"VB", "VBP"} if verb.lemma_ == "let" else set()  # "let the women go"
    clauses = [c for c in children(verb, "ccomp", "xcomp") if c.tag_ in {"VB", *bare} and not children(c, "mark")]
    infinitives = [c for c in clauses if bare or any(a.lower_ == "to" for a in children(c, "aux"))]
    return [s for c in infinitives for s in children(c, "nsubj", "nsubjpass") if s.i > verb.i]


def owners(noun: Token) -> list[Token]:
    """Whose deed a noun tells: "X's attack", "attack by X", "Russian strikes", or X of "X launched an attack"."""
    return named_owners(noun) or _clause_owner(noun)


def named_owners(noun: Token) -> list[Token]:
    """Whose deed the noun's own words tell: "X's attack", "attack by X", "Russian strikes", "X repeated its threat".

    The "by" of "the seizure of a tanker by X" is often read with the tanker.
    """
    owned = children(noun, "poss") + pobjs(noun, "by")
    owned = owned or [t for o in pobjs(noun, "of") for t in pobjs(o, "by")]
    if owned:
        return [t for t in owned if t.tag_ != "PRP$"] or _clause_owner(noun) or speakers(noun)
    return [c for c in noun.lefts if c.ent_type_ in {"NORP", "GPE", "ORG"} and c.dep_ in {"amod", "compound", "nmod"}]


def claimants(noun: Token) -> list[Token]:
    """Who owns up to a deed: "X claimed responsibility for the attack", "X was behind the bombing"."""
    preposition = noun.head
    above = preposition.head
    if noun.dep_ != "pobj" or preposition.dep_ != "prep":
        return []
    if preposition.lower_ == "behind" and above.lemma_ == "be":
        return surface_subjects(above)
    claimed = preposition.lower_ == "for" and above.lemma_ == "responsibility" and above.dep_ == "dobj"
    return surface_subjects(above.head) if claimed and above.head.lemma_ in OWNING_UP else []


def _clause_owner(noun: Token) -> list[Token]:
    verb = noun.head
    if found := claimants(noun):
        return found
    if verb.lemma_ in OTHERS_DEEDS:
        return []
    if noun.dep_ in {"dobj", "attr"} and verb.pos_ == "VERB" and not is_passive(verb):
        return surface_subjects(verb)
    if noun.dep_ == "nsubjpass":
        return pobjs(verb, "by")
    return []


def speakers(noun: Token) -> list[Token]:
    """Who says what the noun does: "Norland said its jets bombed the town" has Norland's jets."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.dep_ != "ccomp":
        return []
    return [s for s in children(verb.head, "nsubj") if s.tag_ != "PRP" and s.i < noun.i]
