"""Words of a parsed sentence and what hangs on them, read from spaCy's dependency tree.

Every function takes tokens of one sentence and follows the tree upwards at most, so it ends.
Labels are those of the English models (ClearNLP style: nsubj, nsubjpass, dobj, agent, pobj, relcl ...).
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

PLACES = frozenset({"GPE", "LOC", "FAC"})
TIME_LABELS = frozenset({"DATE", "TIME"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
# Nouns that only count: whom they count stands behind "of".
QUANTITIES = frozenset(
    {
        "dozen",
        "hundred",
        "thousand",
        "million",
        "score",
        "group",
        "number",
        "ten",
        "majority",
        "lot",
        "member",
        "team",
        "series",
        "couple",
        "one",
        "some",
        "many",
        "most",
        "all",
        "part",
        "rest",
        "half",
        "several",
        "total",
        "percent",
        "remainder",
    }
)
# What is asked of a word again and again, and kept by its document until `forget`: its keys, its children by label.
KEYS, CHILDREN = "dateline_keys", "dateline_children"


def keys(token: Token) -> frozenset[str]:
    """Names a word goes by in the lexicon: lemma, form, and each joined to its modifier ("air_strike")."""
    known = token.doc.user_data.setdefault(KEYS, {})
    found: frozenset[str] | None = known.get(token.i)
    if found is None:
        found = known[token.i] = _keys(token)
    return found


def _keys(token: Token) -> frozenset[str]:
    forms = {token.lemma_.lower(), token.lower_}
    if token.is_sent_start and token.tag_ in {"NNP", "NNPS"} and not token.ent_type_:
        forms.add(token.lower_.removesuffix("s"))  # "Teachers blocked the road": in front a capital is no name
    if token.i > 1 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_:
        forms |= {f"{token.nbor(-2).lower_}-{form}" for form in forms}
    left = [c for c in token.lefts if c.dep_ in {"compound", "amod", "nmod", "npadvmod", "punct"} and c.is_alpha]
    joined = {f"{m}_{form}" for c in left for m in (c.lower_, c.lemma_.lower()) for form in forms}
    return frozenset(forms | joined)


def children(token: Token, *deps: str) -> list[Token]:
    """Children with one of these labels, in the order of the text."""
    known = token.doc.user_data.setdefault(CHILDREN, {})
    labelled: list[tuple[str, Token]] | None = known.get(token.i)
    if labelled is None:
        labelled = known[token.i] = [(c.dep_, c) for c in token.children]
    return [child for dep, child in labelled if dep in deps]


def forget(doc: Doc) -> None:
    """Let go of what is kept of the words: they hold the document, which would outlive its use."""
    for name in (KEYS, CHILDREN):
        doc.user_data.pop(name, None)


def with_conjuncts(tokens: Iterable[Token]) -> list[Token]:
    """Each token followed by what is coordinated with it: "A, B and C" gives three."""
    found: dict[int, Token] = {}
    for token in tokens:
        for each in (token, *(c for c in token.conjuncts if c.i > token.i and not _opens_clause(c))):
            found.setdefault(each.i, each)
    return list(found.values())


def _opens_clause(noun: Token) -> bool:
    """Is it the subject of the next clause, though read as one more of what stands before "and"?"""
    end = noun.right_edge.i + 1
    if end >= len(noun.doc):
        return False
    following = noun.doc[end]
    verb = following.head if following.dep_ in {"aux", "auxpass"} else following
    return noun in read_as_conjunct(verb)


def read_as_conjunct(verb: Token) -> list[Token]:
    """ "Killed four in Karo and soldiers shot two": the soldiers are read with the town, and the verb with none."""
    first = verb.left_edge.i
    finite = verb.tag_ in FINITE or any(c.tag_ in FINITE for c in children(verb, "aux", "auxpass"))
    if verb.dep_ != "conj" or verb.pos_ != "VERB" or not finite or not first or children(verb, "nsubj", "nsubjpass"):
        return []
    noun = verb.doc[first - 1]
    while noun.dep_ != "conj" and noun.head.right_edge.i == first - 1 and noun.head.i > verb.head.i:
        noun = noun.head
    joined = noun.dep_ == "conj" and noun.head.pos_ != "VERB" and noun.i > verb.head.i
    return [noun] if joined and noun.doc[noun.left_edge.i - 1].dep_ == "cc" else []


def with_members(tokens: Iterable[Token]) -> list[Token]:
    """Each token, and for "dozens of activists" or "a group of rebels" the people too."""
    return [m for t in tokens for m in (t, *(pobjs(t, "of") if t.lemma_.lower() in QUANTITIES else ()))]


def is_passive(verb: Token) -> bool:
    """Is the surface subject the one it is done to?"""
    if any(c.dep_ in {"nsubjpass", "auxpass", "agent"} for c in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in {"acl", "advcl"} and not children(verb, "aux"):
        return True
    shared = not children(verb, "nsubj", "aux", "dobj")
    return verb.dep_ == "conj" and shared and verb.head.pos_ in {"VERB", "AUX"} and is_passive(verb.head)


def pobjs(token: Token, *prepositions: str) -> list[Token]:
    """Objects of these prepositions below `token`."""
    found = [p for p in children(token, "prep", "agent", "dative", "prt") if p.lower_ in prepositions]
    return [o for p in found for o in children(p, "pobj")]


def governing_verb(noun: Token) -> Token | None:
    """The verb a noun is an argument of (through prepositions and coordination), None if there is none."""
    token = noun
    while token.head.i != token.i:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
        if token.pos_ not in {"ADP", "NOUN", "PROPN"}:
            return None
    return None
