"""Numbers of people killed, wounded, arrested … in one sentence, each with the word that tells it: for events.

The same numbers and fates as in quantities, and one more: a single person, named or not ("a soldier", "the mayor").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.records import Count
from pipeline.tag.amounts.counted import Counted, find_counted
from pipeline.tag.amounts.fates import Fate, Telling, find_fates, load_fates
from pipeline.tag.amounts.numbers import Numeral
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import keys, pobjs, with_conjuncts

CountKind = Fate
SOME = {"some": 3, "many": 3, "several": 3, "few": 3, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000}


@dataclass(frozen=True, slots=True)
class Toll:
    """A count and the token that says what happened to the people."""

    kind: CountKind
    count: Count
    token: Token


def find_tolls(tokens: Iterable[Token], lexicon: Lexicon) -> Iterator[Toll]:
    """All tolls of a sentence, in the order of the words that tell them."""
    sentence = list(tokens)
    tellings = [t for t in find_fates(sentence) if t.fate in load_fates().persons or _are_captives(t, lexicon)]
    if not tellings:
        return
    span = sentence[0].doc[sentence[0].i : sentence[-1].i + 1]
    counted = {t.i: c for c in find_counted(span) if _of_people(c) for t in c.tokens}
    for telling in tellings:
        alone = telling.kind in {"noun", "total"}  # "a death" names nobody
        counts = (_count_of(v, counted, None if alone else lexicon) for v in telling.victims)
        count = next((c for c in counts if c is not None), None)
        if count is not None:
            yield Toll(telling.fate, count, telling.token)


def _are_captives(telling: Telling, lexicon: Lexicon) -> bool:
    """ "Captured 14 soldiers", not "captured 12 villages"."""
    people = lexicon.words["people"] | lexicon.words["troops"] | lexicon.words["militias"] | lexicon.words["prisoners"]
    return telling.fate == "captured" and any(keys(v) & people for v in telling.victims)


def _of_people(counted: Counted) -> bool:
    return not counted.numeral.share and counted.measure_end is None


def _whole(numeral: Numeral, text: str) -> Count:
    high = None if numeral.high is None else round(numeral.high)
    return Count(low=round(numeral.low or 0), high=high, text=text)


def _count_of(victim: Token, counted: Mapping[int, Counted], lexicon: Lexicon | None) -> Count | None:
    if victim.pos_ in {"PRON", "DET"} and victim.lower_ not in SOME and victim.i not in counted:
        return None
    counts = [c for v in with_conjuncts([victim]) if (c := _one_count(v, counted, lexicon)) is not None]
    if not counts:
        return None
    if len(counts) == 1:
        return counts[0]
    highs = [c.high for c in counts]
    high = sum(h for h in highs if h is not None) if None not in highs else None
    return Count(low=sum(c.low for c in counts), high=high, text=" + ".join(c.text for c in counts))


def _one_count(victim: Token, counted: Mapping[int, Counted], lexicon: Lexicon | None) -> Count | None:
    for token in (victim, *pobjs(victim, "of")[:1]):  # "a family of five"
        if token.i in counted:
            return _whole(counted[token.i].numeral, counted[token.i].numeral.text)
    vague = next((c for c in (victim, *victim.lefts) if c.lower_ in SOME), None)
    if vague is not None:
        return Count(low=SOME[vague.lower_], high=None, text=vague.text)
    return _single(victim, lexicon) if lexicon is not None else None


def _single(victim: Token, lexicon: Lexicon) -> Count | None:
    """One person: "a soldier", "the mayor", a name."""
    single = victim.tag_ in {"NN", "NNP"} and (
        victim.ent_type_ == "PERSON" or any(c.dep_ in {"det", "poss"} for c in victim.children)
    )
    human = victim.ent_type_ == "PERSON" or victim.lemma_.lower() in lexicon.sectors
    collective = victim.lemma_.lower() in lexicon.words["collectives"]
    if single and human and not collective:
        return Count(low=1, high=1, text=_plain(victim))
    return None


def _plain(victim: Token) -> str:
    left = [t.i for t in victim.lefts if t.dep_ in {"det", "compound", "amod", "poss"}]
    return str(victim.doc[min(left, default=victim.i) : victim.i + 1].text)
