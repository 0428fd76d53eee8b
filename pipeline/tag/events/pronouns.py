"""Whom a pronoun means: the only phrase before it that fits in number, kind and gender; where several do, nobody.

"The army said … . It shelled …" is the army, "Rebels attacked a post. They took …" the rebels. Phrases of the sentence
itself come first, then those of the one before it, where the subject goes before the object.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from spacy.tokens import Doc, Token

from pipeline.tag.clause import surface_subjects
from pipeline.tag.events.referring import SUBJECTS, Kind, Phrase, first_of, verb_of
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import TIME_LABELS, children, is_passive

FORMS = {
    **dict.fromkeys(("he", "him", "his"), "he"),
    **dict.fromkeys(("she", "her"), "she"),
    **dict.fromkeys(("it", "its"), "it"),
    **dict.fromkeys(("they", "them", "their"), "they"),
}
OBJECTIVE = frozenset({"him", "her", "them"})
CONTENT_CLAUSES = ("ccomp", "xcomp", "csubj")
WITH_WHOM = frozenset({"with", "to", "by", "between", "among", "from"})  # who, not what


def meant_by(pronoun: Token, form: str, here: Sequence[Phrase], before: Sequence[Sequence[Phrase]]) -> Phrase | None:
    """The phrase that a pronoun stands for; None where none or several fit.

    `here` are the phrases of its sentence so far, `before` those of the sentences before, the nearest last.
    """
    own = [p for p in here if not _is_barred(p, pronoun)]
    others = {p.key for p in here if _is_opposite(p, pronoun)}
    known = [[p for p in phrases if p.key not in others] for phrases in reversed(before)]
    looked_at = [(own, _only_here), *((phrases, _only_before) for phrases in known if not _comes_first(pronoun))]
    acting = _is_somebody(pronoun)
    for fits in (_fits, _is_many) if form == "they" else (_fits,):
        for phrases, only in looked_at:
            if found := list({p.key: p for p in reversed(phrases) if fits(p, form, acting=acting)}.values())[::-1]:
                return only(pronoun, found)
    return None


def _is_somebody(pronoun: Token) -> bool:
    """Does it own or do something, or is something done with it? A thing does not."""
    if pronoun.dep_ == "pobj":
        return pronoun.head.lower_ in WITH_WHOM
    return pronoun.tag_ == "PRP$" or (pronoun.dep_ in SUBJECTS and not is_passive(pronoun.head))


def is_empty(pronoun: Token, lexicon: Lexicon) -> bool:
    """Does it mean nobody? "It is feared that", "it took hours"."""
    verb = pronoun.head
    if pronoun.lower_ != "it" or pronoun.dep_ not in SUBJECTS:
        return False
    lemma = verb.lemma_.lower()
    if verb.pos_ == "ADJ" or lemma in lexicon.words["impersonal"]:
        return True
    if is_passive(verb) and children(verb, *CONTENT_CLAUSES):
        return True
    if lemma == "be":
        told = [
            c for c in children(verb, "acomp", "attr") if c.lemma_.lower() not in lexicon.words["willing_adjectives"]
        ]
        if any(children(t, *CONTENT_CLAUSES) for t in (verb, *told)) or any(
            c.ent_type_ in TIME_LABELS for c in verb.subtree
        ):
            return True
    return any(o.ent_type_ in TIME_LABELS for o in children(verb, "dobj"))


def quoted(doc: Doc, text: str) -> Iterator[int]:
    """Indexes of the tokens of a text that stand between quotation marks; each paragraph opens its own."""
    if "“" not in text and '"' not in text:
        return
    inside = False
    for token in doc:
        if "\n" in token.text or token.text == "”":
            inside = False
        elif token.text in {"“", '"'}:
            inside = token.text == "“" or not inside
        elif inside:
            yield token.i


def again(pronoun: Token, form: str, meant: Phrase | None) -> Phrase:
    """A pronoun as what later ones may mean: whom it stands for, in its own place; doubtful ones are nobody."""
    if meant is not None:
        return replace(meant, at=pronoun)
    kind: Kind = "body" if form == "it" else "person"
    gender = form if form in {"he", "she"} else None
    return Phrase(pronoun, (), kind, plural=form == "they", single=form != "they", gender=gender)


def _is_barred(phrase: Phrase, pronoun: Token) -> bool:
    """What the pronoun cannot mean: another party of its own verb ("the army told it"), a phrase that it is part of."""
    around = {t.i for t in pronoun.ancestors}
    if any(h.i in around for h in (phrase.at, *phrase.at.conjuncts)):
        return True
    verb = verb_of(pronoun)
    if pronoun.tag_ == "PRP$" or verb is None:
        return False
    if pronoun.lower_ in OBJECTIVE and pronoun.dep_ in SUBJECTS:  # "found her sitting"
        verb = verb.head
    done_to = pronoun.lower_ in OBJECTIVE or pronoun.dep_ not in SUBJECTS
    return verb_of(phrase.at) == verb or (done_to and phrase.at in surface_subjects(verb))


def _is_opposite(phrase: Phrase, pronoun: Token) -> bool:
    """Who does it to the pronoun: "he promised him troops" has two men."""
    verb = verb_of(pronoun)
    return verb is not None and pronoun.lower_ in OBJECTIVE and phrase.at in surface_subjects(verb)


def _comes_first(pronoun: Token) -> bool:
    """ "When it was attacked, the army fired": whom it means may follow."""
    clause = next((t for t in pronoun.ancestors if t.dep_ == "advcl"), None)
    return clause is not None and clause.i < clause.head.i


def _fits(phrase: Phrase, form: str, *, acting: bool) -> bool:
    if phrase.kind == "thing" and acting:
        return False
    if form == "they":
        return phrase.plural
    if not phrase.single:
        return False
    if form == "it":
        return phrase.kind != "person"
    return phrase.kind in {"person", "somebody"} and phrase.gender in {form, None}


def _is_many(phrase: Phrase, form: str, *, acting: bool) -> bool:
    """A body is "they" where nothing else is."""
    return phrase.kind == "body" and phrase.single


def _only_here(pronoun: Token, fits: Sequence[Phrase]) -> Phrase | None:
    """Of the sentence's own phrases: the only one, else the subject of the verb that the pronoun's clause hangs on."""
    above = list(pronoun.ancestors)
    if len(fits) == 1:
        return fits[0] if _is_near(fits[0].at, above) else None
    owners = [p for p in fits if p.at.dep_ == "poss" and p.at.head in above]  # "Vale's claim that he was shot"
    subjects = [(p, first_of(p.at)) for p in fits if first_of(p.at).dep_ in SUBJECTS]
    governing = owners or [p for p, first in subjects if first.head in above]
    others = [p for p, _ in subjects if p not in governing]
    if len(governing) != 1 or others or pronoun.dep_ not in SUBJECTS:
        return None
    way = takewhile(lambda t: t != first_of(governing[0].at).head, above)
    return None if any(t.dep_ == "advcl" for t in way) else governing[0]


def _is_near(word: Token, above: Sequence[Token]) -> bool:
    """Does it belong to a verb above the pronoun, itself or by one noun: "a spokesman for the Front said that it"?"""
    for _ in range(2):
        word = first_of(word)
        word = word.head.head if word.dep_ in {"pobj", "dative"} else word.head
        if word in above:
            return True
    return False


def _only_before(pronoun: Token, fits: Sequence[Phrase]) -> Phrase | None:
    """Of the phrases of a sentence before: the only subject, else the only object.

    An object that fits as well leaves the subject to a pronoun in the same place: "Rebels shot soldiers. They took",
    but not "Police held four men. They were charged".
    """
    subjects = [p for p in fits if p.is_subject] or [p for p in fits if p.is_source]
    objects = [p for p in fits if p.is_object]
    if len(subjects) == 1 and (not objects or _is_parallel(pronoun, subjects[0].at)):
        return subjects[0]
    return fits[0] if not subjects and len(fits) == 1 and objects else None


def _is_parallel(pronoun: Token, subject: Token) -> bool:
    return pronoun.dep_ in SUBJECTS and is_passive(pronoun.head) == is_passive(subject.head)
