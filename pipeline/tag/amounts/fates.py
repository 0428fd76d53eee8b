"""What befell people and things: killed, wounded, missing …, told by verbs, states and nouns.

Which words tell what, with an example for each: `lexicon/fates.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from spacy.tokens import Token

from pipeline.errors import ConfigError
from pipeline.tag.amounts.idioms import find_idiom, with_particle
from pipeline.tag.clause import objects, surface_subjects
from pipeline.tag.grammar import children, is_passive, pobjs

Fate = Literal[
    "killed", "wounded", "missing", "arrested", "captured", "displaced", "kidnapped", "evacuated", "rescued", "freed",
    "infected", "destroyed",
]  # fmt: skip
FATES: tuple[Fate, ...] = get_args(Fate)
STATE_LABELS = frozenset(
    {"acomp", "oprd", "amod", "conj", "xcomp", "ccomp", "acl", "dobj", "ROOT", "attr", "advcl", "dep"}
)
BOUNDS = frozenset({"between", "over", "under", "above", "below", "about", "around", "up"})
TOTAL_PREPOSITIONS = ("to", "at", "of", "past", "by")


@dataclass(frozen=True, slots=True)
class Telling:
    """A fate, the word that tells it and whom it befell. `kind` says how: verb, state, noun or total."""

    fate: Fate
    token: Token
    victims: tuple[Token, ...]
    kind: Literal["verb", "state", "noun", "total"]


@dataclass(frozen=True, slots=True)
class FateWords:
    """The lexicon's words, each with its fate."""

    object: Mapping[str, Fate]
    phrasal: frozenset[str]  # verbs that tell one with a particle: "shoot" of "shoot down"
    subject: Mapping[str, Fate]
    state: Mapping[str, Fate]
    noun: Mapping[str, Fate]
    deed: Mapping[str, Fate]
    idiom: Mapping[str, Fate]
    total: Mapping[str, Fate]
    only: Mapping[str, frozenset[str]]  # nouns without which a verb tells none
    total_verbs: frozenset[str]
    total_heads: frozenset[str]
    telling: frozenset[str]
    persons: frozenset[str]


UNREAL = frozenset({"could", "may", "might", "would", "will", "can", "wo", "'ll"})  # "could kill 12": nobody yet

FEARED = frozenset({"fear", "believe", "presume", "think"})


@cache
def load_fates() -> FateWords:
    """The fates of the lexicon; ConfigError for a fate that is not in FATES."""
    table = tomllib.loads((files("pipeline.tag") / "lexicon" / "fates.toml").read_text(encoding="utf-8"))
    lists = {name: table.pop(name) for name in ("totals", "telling", "persons", "only")}
    unknown = set(table) - set(FATES)
    if unknown:
        raise ConfigError("fates.toml", f"no such fate: {', '.join(sorted(unknown))}", f"one of {', '.join(FATES)}")
    return FateWords(
        object=_words(table, "object"),
        phrasal=frozenset(verb.split()[0] for verb in _words(table, "object") if " " in verb),
        subject=_words(table, "subject"),
        state=_words(table, "state"),
        noun=_words(table, "noun"),
        deed=_words(table, "deed"),
        idiom=_words(table, "idiom"),
        total=_words(table, "total"),
        only={verb: frozenset(nouns) for verb, nouns in lists["only"].items()},
        total_verbs=frozenset(lists["totals"]["verbs"]),
        total_heads=frozenset(lists["totals"]["heads"]),
        telling=frozenset(lists["telling"]["verbs"]),
        persons=frozenset(lists["persons"]["fates"]),
    )


def _words(table: Mapping[str, Any], role: str) -> dict[str, Fate]:
    return {word: fate for fate in FATES for word in table.get(fate, {}).get(role, {})}


def find_fates(tokens: Iterable[Token]) -> Iterator[Telling]:
    """All words that tell a fate, in the order of the text. Negated ones too: whether it happened is not read here."""
    words = load_fates()
    for token in tokens:
        telling = _told(token, words)
        if telling is not None and telling.victims:
            yield telling


def _told(token: Token, words: FateWords) -> Telling | None:
    lemma, form = token.lemma_.lower(), token.lower_
    if form in words.state and _is_head(token):
        return Telling(words.state[form], token, (token, token.nbor(-1)), "noun")
    if token.pos_ == "VERB" and (telling := _of_verb(token, lemma, words)):
        return telling
    if token.pos_ == "VERB" and (lemma in words.object or lemma in words.subject):
        return None  # "could kill 12"
    if form in words.state and token.dep_ in STATE_LABELS:
        victims = _of_state(token, words)
        if victims:
            return Telling(words.state[form], token, tuple(victims), "state")
    if token.pos_ == "NOUN" and lemma in words.deed and (whom := pobjs(token, "of")):
        return Telling(words.deed[lemma], token, tuple(whom), "noun")
    if token.pos_ in {"NOUN", "ADJ", "VERB"} and (lemma in words.noun or f"{lemma} of" in words.noun):
        return _noun(token, lemma, words)
    if lemma in words.total_heads:
        fate = _total_of(token, words)
        return Telling(fate, token, tuple(_total_numbers(token, words)), "total") if fate else None
    return None


def _is_head(token: Token) -> bool:
    """ "scores of injured", "treated 12 wounded": the participle stands for those it befell."""
    if token.i == token.sent.start or token.pos_ != "VERB":
        return False
    return token.dep_ == "pobj" or (token.dep_ == "advcl" and token.nbor(-1).like_num and not children(token, "dobj"))


def _of_verb(token: Token, lemma: str, words: FateWords) -> Telling | None:
    """What a verb tells in an idiom, with a particle, by itself."""
    if idiom := find_idiom(token, words.idiom):
        return None if _is_unreal(token) else Telling(words.idiom[idiom[0]], token, tuple(idiom[1]), "verb")
    verb = with_particle(token, lemma) if lemma in words.phrasal else lemma
    return _verb(token, verb, words) if verb in words.object or verb in words.subject else None


def _verb(token: Token, lemma: str, words: FateWords) -> Telling | None:
    if _is_unreal(token):
        return None
    if lemma in words.object and (whom := _objects(token, words.only.get(lemma))):
        return Telling(words.object[lemma], token, tuple(whom), "verb")
    if lemma in words.subject and not is_passive(token):
        whom = surface_subjects(token) or _bounded_subjects(token)
        return Telling(words.subject[lemma], token, tuple(whom), "verb")
    if token.lower_ in words.state:
        return Telling(words.state[token.lower_], token, tuple(_of_state(token, words)), "state")
    return None


def _is_unreal(verb: Token) -> bool:
    return any(c.lower_ in UNREAL for c in children(verb, "aux"))


def _objects(verb: Token, only: frozenset[str] | None) -> list[Token]:
    """Whom it is done to; `only`: of these kinds."""
    found = (_bounded_subjects(verb) if is_passive(verb) else []) or objects(verb) or _bounded_objects(verb)
    return found if only is None else [o for o in found if o.lemma_.lower() in only]


def _bounded_subjects(verb: Token) -> list[Token]:
    """ "Between 10 and 15 people were arrested": the bound stands for the subject."""
    if children(verb, "nsubj", "nsubjpass"):
        return []
    bounds = [c for c in children(verb, "prep") if c.i < verb.i and c.lower_ in BOUNDS]
    found = [b for bound in bounds if any(_counts(o) for o in children(bound, "pobj")) for b in children(bound, "pobj")]
    return [o for o in found if o.ent_type_ not in {"DATE", "TIME"}]


def _bounded_objects(verb: Token) -> list[Token]:
    """ "arrested between 10 and 15 people": parsers take the bound for a preposition."""
    bounds = [c for c in children(verb, "prep") if c.i == verb.i + 1 and c.lower_ in BOUNDS]
    found = [o for b in bounds for o in children(b, "pobj")] + [c for c in verb.rights if c.dep_ == "npadvmod"]
    return [o for o in found if _counts(o) and o.ent_type_ not in {"DATE", "TIME"}]


def _noun(token: Token, lemma: str, words: FateWords) -> Telling | None:
    name = f"{lemma} of" if f"{lemma} of" in words.noun and pobjs(token, "of") else lemma
    return Telling(words.noun[name], token, (token,), "noun") if name in words.noun else None


def _of_state(token: Token, words: FateWords) -> list[Token]:
    """ "left 12 people dead", "12 were wounded", "five others injured", "12 dead"."""
    clause = (token, *children(token, "aux"))  # parsers hang "people" on "are" in "people are missing"
    own = [s for verb in clause for s in children(verb, "nsubj", "nsubjpass")]
    if own := own or (_bounded_subjects(token) if token.pos_ == "VERB" else []):
        return own
    if token.i > token.sent.start and token.nbor(-1).like_num:
        return [token.nbor(-1)]
    if token.dep_ in {"amod", "acl"}:
        return [token.head]
    if any(c.dep_ in {"nummod", "quantmod"} or c.pos_ == "NUM" for c in token.lefts):
        return [token]
    verb = token.head
    if token.dep_ == "conj" and verb.lower_ in words.state:
        return children(token, "npadvmod", "dep")
    if verb.pos_ not in {"AUX", "VERB"}:
        return []
    return [o for o in children(verb, "dobj") if o != token] or _subjects_of_state(token, verb)


def _subjects_of_state(token: Token, verb: Token) -> list[Token]:
    """ "Two brothers were shot dead", "12 are dead"; who is feared dead may live."""
    if verb.lemma_.lower() in FEARED:
        return []
    if is_passive(verb):
        return children(verb, "nsubjpass") or _bounded_subjects(verb) if token.dep_ == "oprd" else []
    return surface_subjects(verb) or _bounded_subjects(verb)


def _total_of(head: Token, words: FateWords) -> Fate | None:
    """ "death toll", "number of dead", "toll of wounded"."""
    before = " ".join([*(c.lower_ for c in head.lefts if c.dep_ in {"compound", "amod", "nmod"}), head.lower_])
    for name, fate in words.total.items():
        if name in before:
            return fate
    inside = [t for o in pobjs(head, "of") for t in o.subtree]
    return next((words.total[t.lower_] for t in inside if t.lower_ in words.total), None) or (
        "killed" if head.lower_ == "toll" else None
    )


def _total_numbers(head: Token, words: FateWords) -> list[Token]:
    """The numbers a total comes to: "a toll of 40", "rose to 40", "reached 40", "put the toll at 40"."""
    own = [o for o in pobjs(head, "of", "at", "to") if _counts(o)]
    verb = head.head
    if own or verb.lemma_.lower() not in words.total_verbs:
        return own
    if head.dep_ in {"nsubj", "nsubjpass"}:
        later = [o for p in children(verb, "prep") for o in pobjs(p, "to")]  # "rose from 10 to 15"
        later += [o for o in pobjs(verb, "from") if any(c.lower_ == "to" for c in o.lefts)]
        told = (*children(verb, "dobj", "attr"), *pobjs(verb, *TOTAL_PREPOSITIONS), *later)
        own = [o for o in told if _counts(o)]
        return own[-1:]
    return [o for o in pobjs(verb, "at") if _counts(o)] if head.dep_ == "dobj" else []


def _counts(token: Token) -> bool:
    return (
        token.pos_ == "NUM"
        or any(c.dep_ == "nummod" for c in token.children)
        or token.lower_.rstrip("s") in {"dozen", "hundred", "thousand"}
    )
