"""Whether violence is told as a deed, or talked about or summed up: "attacks must stop", "70,000 died in the war".

A deed has something that makes it particular: a date, a place, a toll, somebody counted, named or single, or a verb in
the past. What has none of these is talk of violence in general, of any time as habits are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from spacy.tokens import Doc, Token

from pipeline.records import Count, DateMention, Participant
from pipeline.tag.events.matches import Match
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import children, keys, pobjs

STRUCK_LABELS = frozenset({"ORG", "FAC"})
ONE = frozenset({"a", "an", "another", "this", "that"})
MANY = 1000
LONG_DAYS = 92  # a season: no single deed lasts as long
PAST_AUXILIARIES = frozenset({"was", "were", "had", "did"})
CHAINS = frozenset({"conj", "advcl"})  # a participle there has the time of its head


def is_general(
    match: Match, actors: Iterable[Participant], recipients: Collection[Participant], lexicon: Lexicon, *, placed: bool
) -> bool:
    """Does a mention of violence without date or toll tell of no deed in particular?

    `placed` tells of a place, which does not help what is told in the present: "they are bombing the towns of Karo".
    """
    struck = [_head(match.head.doc, p) for p in recipients]
    if any(t is not None and t.ent_type_ in STRUCK_LABELS for t in struck):
        return False
    if any(_is_particular(t, lexicon) for t in (*struck, *(_head(match.head.doc, p) for p in actors))):
        return False
    verb = match.verb
    if verb is None:
        return not placed and not (_is_single(match.head) and (_is_one(match.head) or not struck))
    return not _is_past(verb) and not (placed and _is_perfect(verb))


def sums_up(match: Match, tolls: Iterable[Count], when: DateMention | None) -> bool:
    """Does it count the victims of many deeds? "70,000 people have been killed" in a war, "326 so far this year"."""
    if match.verb is None or not _is_perfect(match.verb):
        return False
    if when is None:
        return any(toll.low >= MANY for toll in tolls)
    return any(toll.low > 1 for toll in tolls) and _lasts_long(when)


def counts_since(
    matches: Iterable[Match], tolls: Iterable[Count], dates: Sequence[DateMention], published: date | None
) -> bool:
    """Does it count the victims since a day long ago or since what has no day, "since June", "since the coup"?"""
    if not any(toll.low > 1 for toll in tolls):
        return False
    words = {t.i: t for m in matches for t in (*m.tokens, *((m.verb,) if m.verb is not None else ()))}
    starts = [t for word in words.values() for t in pobjs(word, "since")]
    return any(_is_long_ago(t, dates, published) for t in starts)


def _is_long_ago(start: Token, dates: Iterable[DateMention], published: date | None) -> bool:
    if start.ent_type_ == "TIME":
        return False
    told = next((d for d in dates if d.start <= start.idx < d.end), None)
    if told is None:
        return start.ent_type_ != "DATE" and start.pos_ in {"NOUN", "PROPN"}
    return published is not None and told.date_start is not None and (published - told.date_start).days > LONG_DAYS


def _lasts_long(when: DateMention) -> bool:
    if when.date_start is None or when.date_end is None:
        return False
    return (when.date_end - when.date_start).days > LONG_DAYS


def _head(doc: Doc, party: Participant) -> Token | None:
    span = doc.char_span(party.start, party.end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _is_particular(head: Token | None, lexicon: Lexicon) -> bool:
    """Named as a person, counted, or a single one: "Ana Reve", "two farmers", "a bus", not "the people"."""
    if head is None:
        return False
    if head.ent_type_ == "PERSON" or head.tag_ == "CD" or children(head, "nummod"):
        return True
    return _is_single(head) and not keys(head) & lexicon.words["masses"]


def _is_single(noun: Token) -> bool:
    return noun.tag_ == "NN" and bool(children(noun, "det", "poss"))


def _is_one(noun: Token) -> bool:
    """ "An attack on villages", but "the killing of priests" is as many as the priests."""
    return any(c.lower_ in ONE for c in children(noun, "det"))


def _is_past(verb: Token) -> bool:
    """ "attacked", "were attacked", "had attacked"; a participle joined to such a verb; not "have been attacked"."""
    if verb.tag_ == "VBD" or any(c.lower_ in PAST_AUXILIARIES for c in children(verb, "aux", "auxpass")):
        return True
    bare = verb.tag_ in {"VBN", "VBG"} and not children(verb, "aux", "auxpass") and verb.dep_ in CHAINS
    infinitive = verb.tag_ == "VB" and verb.dep_ == "xcomp"  # "had to fire", "managed to kill"
    if verb.dep_ == "pcomp" and verb.head.lower_ == "after":  # "took the town after shelling villages"
        return verb.head.head.pos_ == "VERB" and _is_past(verb.head.head)
    return (bare or infinitive) and verb.head.i != verb.i and _is_past(verb.head)


def _is_perfect(verb: Token) -> bool:
    return any(c.lower_ in {"has", "have", "having", "'ve"} for c in children(verb, "aux"))
