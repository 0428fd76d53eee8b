"""Numbers of people killed, wounded and arrested, as the text gives them.

| text | low | high |
|---|---|---|
| 12, twelve, a dozen | 12 | 12 |
| at least 12, more than 12, over 12 (a bound is kept as given: 12, not 13) | 12 | none |
| up to 12, at most 12, fewer than 12 | 0 | 12 |
| about 12, nearly 12 | 12 | 12 |
| between 10 and 20, 10 to 20, 10 or 20 | 10 | 20 |
| a couple; several, a few, some (with no number) | 2; 3 | 2; none |
| dozens, scores, hundreds, thousands | 24, 40, 200, 2000 | none |
| a soldier, the mayor (one person, named or not) | 1 | 1 |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from pipeline.records import Count
from pipeline.tag.events.grammar import children, is_passive, objects, surface_subjects, with_conjuncts
from pipeline.tag.events.triggers import Lexicon

CountKind = Literal["killed", "wounded", "arrested"]

WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
ONES = {word: n for n, word in enumerate(WORDS.split())}
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "several": 3, "few": 3, "some": 3, "many": 3}
AT_LEAST = re.compile(r"\b(at least|more than|over|no fewer than|no less than|upwards of|in excess of)\b", re.I)
AT_MOST = re.compile(r"\b(up to|at most|as many as|fewer than|less than|no more than|under)\b", re.I)
RANGE = re.compile(r"\b(?:between\s+)?(\d[\d,]*|[a-z]+)\s*(?:and|to|or|-|–)\s*(\d[\d,]*|[a-z]+)\b", re.I)
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")

KILLED = frozenset(
    {"kill", "die", "slay", "massacre", "murder", "execute", "behead", "assassinate", "lynch", "slaughter", "perish"}
)
WOUNDED = frozenset({"wound", "injure", "hurt", "maim"})
ARRESTED = frozenset({"arrest", "detain", "jail", "imprison", "apprehend"})
VERBS: dict[str, CountKind] = {
    **dict.fromkeys(KILLED, "killed"),
    **dict.fromkeys(WOUNDED, "wounded"),
    **dict.fromkeys(ARRESTED, "arrested"),
}
STATES: dict[str, CountKind] = {
    "dead": "killed",
    "killed": "killed",
    "wounded": "wounded",
    "injured": "wounded",
    "hurt": "wounded",
}
NOUNS: dict[str, CountKind] = {"death": "killed", "fatality": "killed", "arrest": "arrested", "detention": "arrested"}


@dataclass(frozen=True, slots=True)
class Toll:
    """A count and the token that says what happened to the people."""

    kind: CountKind
    count: Count
    token: Token


def number(text: str) -> int | None:
    """The whole number that digits or words say: "1,200", "twenty-five", "two hundred", "1.5 million".

    None where there is none. A word that is no number ends it.
    """
    words = [w for w in re.split(r"[\s-]+", text.lower().strip()) if w and w not in {"and", "a", "an"}]
    total, current, seen = 0.0, 0.0, False
    for word in words:
        if word in ONES or word in TENS:
            current += ONES.get(word, TENS.get(word, 0))
        elif DIGITS.fullmatch(word):
            current += float(word.replace(",", ""))
        elif word in SCALES:
            factor = SCALES[word]
            current = (current or 1) * factor
            if factor >= 1_000:
                total, current = total + current, 0
        elif not seen:
            continue
        else:
            break
        seen = True
    return round(total + current) if seen else None


def read_count(text: str) -> Count | None:
    """The bounds a phrase such as "at least 12 people" gives; None where it has no number."""
    lowered = text.lower()
    span = RANGE.search(lowered)
    if span is not None:
        low, high = number(span.group(1)), number(span.group(2))
        if low is not None and high is not None and low < high:
            return Count(low=low, high=high, text=text)
    vague = next((n for w, n in VAGUE.items() if re.search(rf"\b{w}\b", lowered)), None)
    exact = number(lowered)
    if vague is not None and (exact is None or exact in SCALES.values()):
        return Count(low=vague, high=None, text=text)
    if re.search(r"\b(a )?couple\b", lowered) and exact is None:
        return Count(low=2, high=2, text=text)
    if exact is None:
        return None
    if AT_LEAST.search(lowered):
        return Count(low=exact, high=None, text=text)
    if AT_MOST.search(lowered):
        return Count(low=0, high=exact, text=text)
    return Count(low=exact, high=exact, text=text)


def find_tolls(tokens: Iterable[Token], lexicon: Lexicon) -> Iterator[Toll]:
    """All tolls of a sentence, in the order of the words that tell them."""
    for token in tokens:
        kind, victims = _told(token)
        if kind is None:
            continue
        for victim in victims:
            count = _count_of(victim, lexicon)
            if count is not None:
                yield Toll(kind, count, token)
                break


def _told(token: Token) -> tuple[CountKind | None, list[Token]]:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and lemma in VERBS:
        intransitive = lemma in {"die", "perish"}
        return VERBS[lemma], surface_subjects(token) if intransitive else objects(token)
    if token.lower_ in STATES and token.dep_ in {
        "acomp",
        "oprd",
        "amod",
        "conj",
        "xcomp",
        "ccomp",
        "acl",
        "dobj",
        "ROOT",
    }:
        return STATES[token.lower_], _of_state(token)
    if token.pos_ == "NOUN" and lemma in NOUNS:
        return NOUNS[lemma], [token] if any(c.dep_ == "nummod" for c in token.children) else []
    return None, []


def _of_state(token: Token) -> list[Token]:
    """ "left 12 people dead", "12 were wounded", "five others injured", "12 dead"."""
    own = children(token, "nsubj", "nsubjpass")
    if own:
        return own
    if token.dep_ in {"amod", "acl"}:
        return [token.head]
    if any(c.dep_ in {"nummod", "quantmod"} for c in token.children):
        return [token]
    verb = token.head
    if token.dep_ == "conj" and verb.lower_ in STATES:
        return children(token, "npadvmod", "dep")
    return children(verb, "dobj") or (
        surface_subjects(verb) if verb.pos_ in {"AUX", "VERB"} and not is_passive(verb) else []
    )


def _count_of(victim: Token, lexicon: Lexicon) -> Count | None:
    if victim.pos_ in {"PRON", "DET"} and victim.lower_ not in {"some", "many", "several"}:
        return None
    counts = [c for v in with_conjuncts([victim]) if (c := _one_count(v, lexicon)) is not None]
    if not counts:
        return None
    if len(counts) == 1:
        return counts[0]
    highs = [c.high for c in counts]
    high = sum(h for h in highs if h is not None) if None not in highs else None
    return Count(low=sum(c.low for c in counts), high=high, text=" + ".join(c.text for c in counts))


def _one_count(victim: Token, lexicon: Lexicon) -> Count | None:
    text = _quantity_text(victim)
    found = read_count(text)
    if found is not None or text:
        return found
    single = victim.tag_ in {"NN", "NNP"} and (
        victim.ent_type_ == "PERSON" or any(c.dep_ in {"det", "poss"} for c in victim.children)
    )
    human = victim.ent_type_ == "PERSON" or victim.lemma_.lower() in lexicon.sectors
    collective = victim.lemma_.lower() in lexicon.words["collectives"]
    if single and human and not collective:
        return Count(low=1, high=1, text=_plain(victim))
    return None


def _quantity_text(victim: Token) -> str:
    """The number's words before the noun: "at least 12", "dozens" of "dozens of people"."""
    if victim.pos_ == "NUM" or victim.lower_ in VAGUE:
        inside = [t for t in victim.subtree if t.i <= victim.i and t.dep_ not in {"punct"}]
        start = min(t.i for t in inside)
        return str(victim.doc[_widened(victim.doc[start].i, victim) : victim.i + 1].text)
    numbers = [c for c in victim.lefts if c.dep_ == "nummod" or c.lower_ in VAGUE or c.lower_ in SCALES]
    if not numbers:
        return ""
    inside = [t for n in numbers for t in n.subtree]
    start = _widened(min(t.i for t in inside), victim)
    return str(victim.doc[start : max(t.i for t in inside) + 1].text)


def _widened(start: int, victim: Token) -> int:
    """Takes in "at least", "up to", "more than" that the parser hung elsewhere."""
    before = victim.doc[max(start - 2, victim.sent.start) : start]
    if len(before) == 2 and (AT_LEAST.fullmatch(before.text) or AT_MOST.fullmatch(before.text)):
        return start - 2
    if len(before) and (AT_LEAST.fullmatch(before[-1].text) or AT_MOST.fullmatch(before[-1].text)):
        return start - 1
    return start


def _plain(victim: Token) -> str:
    left = [t.i for t in victim.lefts if t.dep_ in {"det", "compound", "amod", "poss"}]
    return str(victim.doc[min(left, default=victim.i) : victim.i + 1].text)
