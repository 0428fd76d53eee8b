"""Whom "the army", "the company" or "the two men" means: the only one before that is known better by the same word.

"Iraq's army said … . The army shelled" is Iraq's, "the tanker company Crest … . The company denied" is Crest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from pipeline.records import Mention
from pipeline.tag.events.referring import Phrase, is_plural
from pipeline.tag.grammar import children, pobjs
from pipeline.tag.names.nations import country_of
from pipeline.tag.names.sectors import general_sectors, sector_of

POINTING_BACK = frozenset({"the", "this", "these", "both"})
TITLES = frozenset({"compound", "nmod", "amod"})


def better_known(
    token: Token,
    same: Sequence[Phrase],
    near: Sequence[Phrase],
    here: Sequence[Phrase],
    named: Mapping[int, Mention],
) -> Token | None:
    """The head of the phrase that `token`, a description, stands for; None where none or several may be meant.

    `same` are all phrases before it that are called by its word, `near` those of the sentences close by: a word may
    point far back ("the army"), a kind ("the group", "the two men") only to what was just told. Of another state than
    `here`, its own sentence so far, tells of, it is not: "Bolivia's miners urged the government".
    """
    alike = [p for p in same if _is_one(p) and p.plural == is_plural(token, None)]
    if not alike:
        alike = [p for p in near if _is_one(p) and _is_kind(token, p, named)]
        if len({p.key for p in alike}) > 1:
            return None
    known = {who: p.heads[0] for p in alike if (who := _who(p, named))}
    if len(known) != 1:
        return None
    (head,) = known.values()
    abroad = {c for p in here if _is_one(p) and (c := _country(p.heads[0], named))} - {_country(head, named)}
    return None if abroad else head


def words_of(phrase: Phrase, named: Mapping[int, Mention]) -> set[str]:
    """By which nouns a phrase may be called again: its head, its title, its role, what stands in apposition."""
    if not _is_one(phrase):
        return set()
    head, mention = phrase.heads[0], named.get(phrase.heads[0].i)
    words = {head.lemma_.lower(), *(c.lemma_.lower() for c in head.lefts if c.dep_ in TITLES)}
    words |= {t.lemma_.lower() for t in children(head, "appos")}
    return words | (set((mention.role or "").lower().split()[-1:]) if mention else set())


def _is_one(phrase: Phrase) -> bool:
    return len(phrase.heads) == 1


def is_description(token: Token, mention: Mention | None) -> bool:
    """Is it a common noun with "the", and nothing else that says whose or which?"""
    if token.pos_ != "NOUN" or token.doc[token.left_edge.i].lower_ not in POINTING_BACK:
        return False
    if mention is not None and (mention.entity_id or mention.country):
        return False
    return not any(c.dep_ in {"poss", "prep", "relcl", "acl", "appos", "compound"} for c in token.children)


def _is_kind(token: Token, phrase: Phrase, named: Mapping[int, Mention]) -> bool:
    """Is it one of those whom the general noun may stand for, and as many? A body of no known kind may be any group."""
    kinds = general_sectors().get(token.lemma_.lower())
    if kinds is None or phrase.plural != is_plural(token, None):
        return False
    head, mention = phrase.heads[0], named.get(phrase.heads[0].i)
    if (wanted := _number(token)) and wanted != _number(head):
        return False
    sector = (mention.sector if mention else None) or sector_of([head.lemma_.lower()])
    return sector in kinds or (
        sector is None and phrase.kind == "body" and mention is not None and mention.label == "ORG"
    )


def _number(head: Token) -> str | None:
    return next((c.lower_ for c in children(head, "nummod")), None)


def _who(phrase: Phrase, named: Mapping[int, Mention]) -> str | None:
    """What makes it known: an entity, its own or that of the body it is of, else a country."""
    bodies = (named.get(t.i) for t in pobjs(phrase.heads[0], "of"))
    owned = (m.entity_id for m in bodies if m is not None and m.label == "ORG" and m.entity_id)
    return phrase.entity_id or next(owned, None) or _country(phrase.heads[0], named)


def _country(head: Token, named: Mapping[int, Mention]) -> str | None:
    mention = named.get(head.i)
    return (mention.country if mention else None) or country_of(head.doc[head.left_edge.i : head.i + 1].text)
