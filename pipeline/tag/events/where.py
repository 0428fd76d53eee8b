"""Where an event takes place: of the places in its sentence, the one that the grammar ties to it.

The paths from the trigger and from the place's name up to the word where they meet decide. A place below the trigger
is the event's ("was shot in Karo", "shelled the villages of Karo"), one below the verb that the trigger's clause hangs
on is inherited ("a bomb went off in Karo, killing 12"); one in a clause of its own is another deed's ("was shot while
trying to get to Karo"), and so is where somebody only spoke.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from pipeline.records import Event, Place, PlaceFrom
from pipeline.tag.events.matches import Match
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import is_passive, keys, pobjs

CARRIED = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})  # happen at one place
REACH = 2  # sentences
DEEDS = CARRIED | {"CONSULT", "COOPERATE", "AID", "SANCTION"}
CLAUSE = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "parataxis", "csubj", "conj", "pcomp"})
HERE = frozenset({"in", "at", "near", "outside", "on", "inside", "around"})
AWAY = frozenset({"to", "into", "from", "toward", "towards"})
WITHIN = HERE | {"through", "across", "throughout"}
AT_THE_TIME = frozenset({"when", "as", "while", "after", "before"})
FINEST = ("point", None, "city", "admin2", "admin1", "region", "country")  # None: too small for the gazetteer
# How close a place is tied to the trigger, the closest first.
BELOW, INHERITED, DOER, CLAUSE_BESIDE = range(4)


@dataclass(frozen=True, slots=True)
class Tie:
    """A place and how it hangs together with the trigger: `rank` (0 is closest), `distance` in characters."""

    place: Place
    root: Token
    rank: int
    distance: int

    @property
    def order(self) -> tuple[int, int, int, int]:
        """Sort key: of places tied alike the finest, as in "the Anbar town of Rawa"."""
        return self.rank, FINEST.index(self.place.precision), self.distance, self.place.start

    def contains(self, other: Tie) -> bool:
        """Does the text say that the other place lies in this one?

        "Rawa in Anbar", "Anbar's town of Rawa", "the Rawa region of Anbar".
        """
        if other.root.is_ancestor(self.root):
            return True
        area, within = (self.root.head, other.root) if self.root.dep_ == "poss" else (other.root.head, self.root)
        modifies = self.root.dep_ == "poss" or (other.root.dep_ == "compound" and other.root.i < area.i)
        return modifies and within in pobjs(area, "of")


def place_of(
    matches: Sequence[Match], kind: str, sentence: Span, places: Iterable[Place], lexicon: Lexicon
) -> tuple[Place, PlaceFrom] | None:
    """The place tied closest to an event's triggers, and what speaks for it; None where all are another deed's.

    `kind` is the event's type.
    """
    here = [p for p in places if sentence.start_char <= p.start < sentence.end_char]
    ends = {p.end + 2 for p in here}
    here = [p for p in here if not (p.start in ends and _is_behind_comma(p, sentence))]
    own = frozenset(_own(matches, lexicon))
    ties = [tie for p in here if (tie := _tie(p, matches[0], own, lexicon)) is not None]
    if kind not in DEEDS:  # words are said somewhere only where the text says so
        ties = [tie for tie in ties if tie.rank == BELOW and tie.root.dep_ == "pobj"]
    ties = [t for t in ties if not any(t.rank == o.rank and t.contains(o) for o in ties if o is not t)] or ties
    best = min(ties, key=lambda t: t.order, default=None)
    if best is None:
        return None
    return best.place, "attached" if best.rank == BELOW else "sentence"


def _is_behind_comma(place: Place, sentence: Span) -> bool:
    """ "Rawa, Norland": what stands behind the comma only says where Rawa is."""
    at = place.start - sentence.start_char
    return sentence.text[at - 2 : at] == ", "


def _own(matches: Iterable[Match], lexicon: Lexicon) -> Iterator[int]:
    """The words that tell of the event: all its triggers, and the verb that an event noun is subject of."""
    for match in matches:
        yield from (t.i for t in match.tokens)
        if match.light is not None:
            yield match.light.i
        elif match.trigger.kind == "noun" and (verb := _verb_of(match.head, lexicon)) is not None:
            yield verb.i


def _verb_of(noun: Token, lexicon: Lexicon) -> Token | None:
    verb = noun.head
    tells = noun.dep_ in {"nsubj", "nsubjpass"} and verb.pos_ == "VERB"
    return verb if tells and verb.lemma_.lower() not in lexicon.words["say_verbs"] else None


def _tie(place: Place, match: Match, own: frozenset[int], lexicon: Lexicon) -> Tie | None:
    span = match.head.doc.char_span(place.start, place.end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    rank = _rank(place, span.root, match, own, lexicon)
    return None if rank is None else Tie(place, span.root, rank, abs(place.start - match.head.idx))


def _rank(place: Place, root: Token, match: Match, own: frozenset[int], lexicon: Lexicon) -> int | None:
    """How close a place's name is tied to the trigger; None where it belongs to something else."""
    path, meet = _path_to(root, own | {t.i for t in match.head.ancestors})
    if meet is None or not _is_told_as_place(place, root, path, meet, lexicon):
        return None
    clauses = [
        t
        for t in path
        if t.dep_ in CLAUSE
        and t.pos_ in {"VERB", "AUX"}
        and not _is_resting(t, lexicon)
        and not _is_coordinated(t, path, lexicon)
    ]
    if clauses:
        return CLAUSE_BESIDE if len(clauses) == 1 and _shares_place(clauses[0], path, meet, own) else None
    if any(t.dep_ == "agent" for t in path):
        return DOER
    return _below(path, meet) if meet.i in own else _inherited(path, meet, lexicon)


def _is_resting(verb: Token, lexicon: Lexicon) -> bool:
    """Does a participle only say where a thing is? "a car parked near", "the fence separating", "a road used by"."""
    return verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBG"} and verb.lemma_.lower() in lexicon.words["resting"]


def _is_coordinated(verb: Token, path: Sequence[Token], lexicon: Lexicon) -> bool:
    """A second verb of one doer ("shot and killed two men in Karo") or of one toll ("and five were wounded").

    Not where it leads elsewhere: "was captured and sent to Karo".
    """
    prepositions = {t.lower_ for t in path[: path.index(verb)] if t.dep_ == "prep"}
    if verb.dep_ != "conj" or not prepositions & HERE or prepositions & AWAY:
        return False
    return verb.lemma_.lower() in lexicon.words["toll_verbs"] or not any(
        c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children
    )


def _path_to(root: Token, goal: Set[int]) -> tuple[list[Token], Token | None]:
    """The words from a name up to (without) the first of `goal`, and that word."""
    path = [root]
    while path[-1].head.i != path[-1].i:
        if path[-1].head.i in goal:
            return path, path[-1].head
        path.append(path[-1].head)
    return path, None


def _is_told_as_place(place: Place, root: Token, path: Sequence[Token], meet: Token, lexicon: Lexicon) -> bool:
    """Behind a preposition of place, or what a deed is done to, or beside a noun: "Karo airport".

    Not what only tells where another place is ("40 km west of Karo"), what the deed is about ("protested against the
    war in Karo"), or where somebody is from ("a man from Karo").
    """
    prepositions = [t for t in (*path, meet) if t.dep_ == "prep"]
    if any(t.lower_ in lexicon.words["topical"] or t.head.lower_ in lexicon.words["directions"] for t in prepositions):
        return False
    if root.pos_ == "ADJ":
        return False
    if any(t.dep_ == "appos" and t != root and not keys(t) & lexicon.words["territory"] for t in path):
        return False  # "Vale, a native of Norland"
    if place.precision == "country" and root.dep_ in {"compound", "amod", "nmod", "poss"}:
        in_its = root.dep_ == "poss" and bool(prepositions) and prepositions[0].lower_ in WITHIN  # "in Norland's north"
        return in_its or bool(keys(root.head) & lexicon.words["territory"])  # "a Norland town", but "Norland soldiers"
    if not prepositions or prepositions[0] not in [*path, meet][:4]:
        return root.dep_ in {"dobj", "nsubjpass", "compound", "poss", "nmod", "appos", "npadvmod", "amod", "conj"}
    nearest = prepositions[0]
    if nearest.lower_ == "from" or (nearest.lower_ == "of" and nearest.head.pos_ == "PROPN"):
        return nearest.head.pos_ == "VERB"
    if nearest.lower_ == "by" and place.precision == "country":
        return False  # who, not where
    return nearest.lower_ in lexicon.words["locative"]


def _shares_place(clause: Token, path: Sequence[Token], meet: Token, own: Set[int]) -> bool:
    """Does it happen at the same place? "when a bomb went off in Karo", "in a blast that rocked Karo"."""
    within = path[: path.index(clause)]
    if next((t.lower_ for t in reversed(within) if t.dep_ == "prep"), "in") in AWAY | {"of"}:
        return False
    if clause.dep_ == "advcl":
        return meet.i in own and any(c.lower_ in AT_THE_TIME for c in clause.children)
    if clause.dep_ == "pcomp":  # "shot two men after opening fire in Karo"
        return meet.i in own and clause.head.lower_ in AT_THE_TIME
    told = clause.head.head if clause.head.dep_ == "pobj" else clause.head  # "violence that has rocked Karo"
    is_of_it = told.i in own or (told.dep_ in {"prep", "agent"} and (told.head.i in own or told.head.dep_ == "conj"))
    return clause.dep_ == "relcl" and is_of_it and meet.i in own


def _below(path: Sequence[Token], meet: Token) -> int | None:
    """A place below the trigger: of its own, in what it is done to, in who does it."""
    top = path[-1]
    if top.dep_ in {"nsubj", "poss"} and not (top.dep_ == "nsubj" and is_passive(meet)):
        return DOER if len(path) > 1 else None
    if top.dep_ == "nsubjpass" and any(t.lower_ in HERE for t in path):
        return INHERITED  # "prisoners at Sel were captured in Norland"
    return BELOW


def _inherited(path: Sequence[Token], meet: Token, lexicon: Lexicon) -> int | None:
    """A place of what the trigger's clause depends on; not where somebody only says so."""
    if meet.lemma_.lower() in lexicon.words["say_verbs"]:
        return CLAUSE_BESIDE if path[-1].i < meet.i and path[-1].dep_ == "prep" else None
    if path[-1].dep_ in {"nsubj", "agent"} and meet.pos_ in {"VERB", "AUX"}:
        return DOER if len(path) > 1 else None
    return INHERITED


def with_carried(events: Sequence[Event]) -> list[Event]:
    """Deeds without a place take that of the deed told just before: "A bomb went off in Karo. Two guards were shot."

    `events` in the order of the text, of one paragraph.
    """
    found: list[Event] = []
    last: Event | None = None
    sentences = sorted({e.sentence_start for e in events})
    for event in events:
        if event.type not in CARRIED or event.modality != "actual":
            found.append(event)
            continue
        if event.place is not None:
            last = event
        elif last is not None and 0 < _apart(sentences, last, event) <= REACH:
            event = replace(event, place=last.place, place_from="previous sentence")
        found.append(event)
    return found


def with_dateline(events: Sequence[Event], filed: Place | None) -> list[Event]:
    """Deeds of the lead that the whole lead gives no place took place where the report was filed: "KARO, Nov 3 -"."""
    lead = [e for e in events if e.part == "lead" and e.type in CARRIED and e.modality == "actual"]
    if filed is None or any(e.place is not None for e in lead):
        return list(events)
    return with_carried([replace(e, place=filed, place_from="dateline") if e in lead else e for e in events])


def _apart(sentences: Sequence[int], one: Event, other: Event) -> int:
    """Sentences between two events, of those that tell of any."""
    return sentences.index(other.sentence_start) - sentences.index(one.sentence_start)
