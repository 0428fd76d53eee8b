"""How close a place's name is tied to an event's trigger, by the grammar between them.

The paths from the trigger and from the place's name up to the word where they meet decide. A place below the trigger
is the event's ("was shot in Karo", "shelled the villages of Karo"), one below the verb that the trigger's clause hangs
on is inherited ("a bomb went off in Karo, killing 12"); one in a clause of its own is another deed's ("was shot while
trying to get to Karo"), and so is where somebody only spoke.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.records import Place
from pipeline.tag.events.matches import Match
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import PLACES, is_passive, keys

CLAUSE = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "parataxis", "csubj", "conj", "pcomp"})
HERE = frozenset({"in", "at", "near", "outside", "on", "inside", "around"})
AWAY = frozenset({"to", "into", "from", "toward", "towards"})
CLOSE = frozenset({"close", "next", "adjacent"})  # to
WITHIN = HERE | {"through", "across", "throughout"}
AT_THE_TIME = frozenset({"when", "as", "while", "after", "before"})
OF_PEOPLES = ("ish", "ian", "ean", "ist", "ic", "ite")  # "a Kurdish town", but "Kasese district"
FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
# How close a place is tied to the trigger, the closest first.
BELOW, INHERITED, DOER, CLAUSE_BESIDE, NEARBY = range(5)


@dataclass(frozen=True, slots=True)
class Way:
    """The words from a place's name (`root`) up to, without, the first word of the trigger's own path (`meet`).

    `own` are the indices of the words that tell of the event.
    """

    root: Token
    words: tuple[Token, ...]
    meet: Token
    own: Set[int]

    @property
    def prepositions(self) -> list[Token]:
        """Those on the way, the nearest to the name first."""
        return [t for t in (*self.words, self.meet) if t.dep_ == "prep"]

    def below(self, word: Token) -> tuple[Token, ...]:
        """The words between the name and one on the way."""
        return self.words[: self.words.index(word)]


def rank_of(place: Place, root: Token, match: Match, own: Set[int], kind: str, lexicon: Lexicon) -> int | None:
    """How close a place's name is tied to the trigger; None where it belongs to something else."""
    way = _way_to(root, match, own)
    if way is None or _is_aside(way, kind, lexicon) or not _is_told_as_place(place, way, lexicon):
        return None
    rank = _by_clauses(way, match, lexicon)
    beside = [p.head for p in way.prepositions if _is_beside(p.head, lexicon)]
    if rank is None or not beside:
        return rank
    return None if any(_is_measured(t, lexicon) for t in beside) else NEARBY


def _way_to(root: Token, match: Match, own: Set[int]) -> Way | None:
    goal = own | {t.i for t in match.head.ancestors}
    words = [root]
    while words[-1].head.i != words[-1].i:
        if words[-1].head.i in goal:
            return Way(root, tuple(words), words[-1].head, own)
        words.append(words[-1].head)
    return None


def _by_clauses(way: Way, match: Match, lexicon: Lexicon) -> int | None:
    """How close a name is tied by the clauses on its way, and by where in them it stands."""
    clauses = [t for t in way.words if _is_clause(t) and not _is_of_one_place(t, way.below(t), lexicon)]
    if clauses:
        return CLAUSE_BESIDE if len(clauses) == 1 and _shares_place(clauses[0], way, lexicon) else None
    if any(t.dep_ == "agent" for t in way.words):
        return DOER
    if way.meet.i in way.own:
        return _in_own_clause(way)
    first, last = sorted((way.root.i, match.head.i))
    if any(t.text == ";" for t in way.root.doc[first:last]):
        return None  # "Rebels shot two guards; a meeting took place in Karo"
    return _inherited(way, lexicon)


def _is_clause(word: Token) -> bool:
    return word.dep_ in CLAUSE and word.pos_ in {"VERB", "AUX"}


def _is_of_one_place(verb: Token, below: Sequence[Token], lexicon: Lexicon) -> bool:
    """Is what happens in a clause sure to happen where the deed above it does?

    `below` are the words from the place's name up to the clause's verb.
    """
    lemma = verb.lemma_.lower()
    if _is_resting(verb, lexicon) or (_is_infinitive(verb) and lemma in lexicon.words["taking"]):
        return True  # "launched an offensive to retake Karo"
    if not _stays(below):
        return False
    if verb.dep_ == "xcomp":  # "while trying to cross the border at Karo"
        return verb.head.lemma_.lower() in lexicon.words["conatives"]
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return True  # "shot two men attending a wedding in Karo"
    return _is_coordinated(verb, lexicon)


def _is_resting(verb: Token, lexicon: Lexicon) -> bool:
    """Does it only say where a thing is? "a car parked near", "the fence separating", "a hill that rebels hold"."""
    participle = verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBG"}
    return (participle or verb.dep_ == "relcl") and verb.lemma_.lower() in lexicon.words["resting"]


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and verb.dep_ in {"acl", "advcl", "xcomp"}


def _is_coordinated(verb: Token, lexicon: Lexicon) -> bool:
    """A second verb of one doer ("shot and killed two men in Karo") or of one toll ("and five were wounded").

    Not what comes later: "was captured and held at Karo", "was captured but fled in Karo".
    """
    if verb.lemma_.lower() in lexicon.words["later"]:
        return False
    if any(c.lower_ == "but" for c in verb.head.children if c.dep_ == "cc" and c.i < verb.i):
        return False
    toll = verb.lemma_.lower() in lexicon.words["toll_verbs"]
    if verb.dep_ == "acl":  # "two were killed and five wounded in Karo" is often read as "five" that are wounded
        return toll and verb.head.dep_ == "conj"
    return verb.dep_ == "conj" and (toll or not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children))


def _stays(words: Iterable[Token]) -> bool:
    """Do the words from a name upwards say where, and lead nowhere else? Not "was captured and sent to Karo"."""
    prepositions = _prepositions(words)
    return bool(prepositions & HERE) and not prepositions & AWAY


def _prepositions(words: Iterable[Token]) -> set[str]:
    """Those among the words; "close to" is "near"."""
    return {"near" if t.head.lower_ in CLOSE else t.lower_ for t in words if t.dep_ == "prep"}


def _is_aside(way: Way, kind: str, lexicon: Lexicon) -> bool:
    """Is it what the deed is about, or who says so? "protested against the war in", "in support of", "according to".

    Not what only hangs on another noun ("a camp for refugees in Karo"); who is attacked is where it happens.
    """
    for token in way.prepositions:
        about = token.lower_ in lexicon.words["topical"] and not (token.lower_ == "against" and kind in FORCE)
        if about and (token.head.i in way.own or token.head.pos_ in {"VERB", "AUX"}):
            return True
        topics = lexicon.words["topical_nouns"] if token.lower_ == "in" else ()
        if any(t.head == token and t.lower_ in topics for t in way.words):
            return True
    return False


def _is_told_as_place(place: Place, way: Way, lexicon: Lexicon) -> bool:
    """Behind a preposition of place, or what a deed is done to, or beside a noun: "Karo airport".

    Not where somebody is from ("a man from Karo"), nor who somebody is ("Vale, a native of Norland").
    """
    root, territory = way.root, lexicon.words["territory"]
    if (
        _is_attribute(root, lexicon)
        or _is_victim(way, lexicon)
        or any(t.dep_ == "appos" and t != root and not keys(t) & territory for t in way.words)
    ):
        return False
    nearest = way.prepositions[0] if way.prepositions else None
    if place.precision == "country" and root.dep_ in {"compound", "amod", "nmod", "poss"}:
        in_its = root.dep_ == "poss" and nearest is not None and nearest.lower_ in WITHIN  # "in Norland's north"
        return in_its or bool(keys(root.head) & territory)  # "a Norland town", but "Norland soldiers"
    if nearest is None or nearest not in [*way.words, way.meet][:4]:
        return root.dep_ in {"dobj", "nsubjpass", "compound", "poss", "nmod", "appos", "npadvmod", "amod", "conj"}
    return _says_where(nearest, place, lexicon)


def _is_victim(way: Way, lexicon: Lexicon) -> bool:
    """Is it who was killed or hurt, a person with the name of a place?"""
    top = way.words[-1]
    hurt = top.dep_ in {"dobj", "nsubjpass"} and way.meet.lemma_.lower() in lexicon.words["toll_verbs"]
    return hurt and top.ent_type_ in PLACES


def _is_attribute(root: Token, lexicon: Lexicon) -> bool:
    """Does a name only tell of what kind something is? "US-led", "a Karo-based reporter", "a Kurdish town"."""
    if root.pos_ == "ADJ":
        return root.lower_.endswith(OF_PEOPLES) or not keys(root.head) & (
            lexicon.words["territory"] | lexicon.words["grounds"]
        )
    return root.tag_ == "VBN" or (root.dep_ == "npadvmod" and root.head.tag_ == "VBN")


def _says_where(preposition: Token, place: Place, lexicon: Lexicon) -> bool:
    """Does a preposition in front of a place's name tell where something happens?"""
    word, head = preposition.lower_, preposition.head
    if word == "from" or (word == "of" and head.pos_ == "PROPN"):
        return head.pos_ == "VERB"
    if word == "by" and place.precision == "country":
        return False  # who, not where
    if word == "between":  # "the road between Karo and Sel", but "tension between", "the talks between"
        ways = lexicon.words["ways"] | lexicon.words["territory"] | lexicon.words["grounds"]
        return place.precision != "country" and (head.pos_ == "VERB" or bool(keys(head) & ways))
    if word == "to" and head.lower_ in lexicon.words["journeys"]:
        return False
    return word in lexicon.words["locative"]


def _is_beside(direction: Token, lexicon: Lexicon) -> bool:
    """ "West of Karo", "20 km from Karo"; "in the west of Norland" is in it."""
    if direction.lower_ not in lexicon.words["directions"]:
        return False
    inside = direction.dep_ == "pobj" and direction.head.lower_ in {"in", "across", "throughout"}
    return not (inside and any(c.dep_ == "det" for c in direction.children))


def _is_measured(direction: Token, lexicon: Lexicon) -> bool:
    """Is it said how far? "40 km west of Karo", "40 miles (64 km) west of Karo"."""
    if direction.lower_ in lexicon.words["distances"]:
        return True
    before = [t.lower_ for t in direction.doc[max(0, direction.i - 4) : direction.i]]
    return any(word in lexicon.words["distances"] for word in before)


def _shares_place(clause: Token, way: Way, lexicon: Lexicon) -> bool:
    """Does it happen at the same place? "when a bomb went off in Karo", "in a blast that rocked Karo"."""
    below = way.below(clause)
    highest = next((t for t in reversed(below) if t.dep_ == "prep"), None)
    if way.meet.i not in way.own or (highest is not None and _prepositions([highest]) & (AWAY | {"of"})):
        return False
    if clause.dep_ == "advcl":
        return _tells_when(clause) or _tells_how(clause, below, lexicon)
    if clause.dep_ == "pcomp":  # "shot two men after opening fire in Karo"
        return clause.head.lower_ in AT_THE_TIME
    return clause.dep_ == "relcl" and _is_of_deed(clause.head, way, lexicon)


def _is_of_deed(noun: Token, way: Way, lexicon: Lexicon) -> bool:
    """Is a noun the deed itself or its cause? "were shot in violence that has rocked Karo"."""
    told = noun.head if noun.dep_ == "pobj" else noun
    if told.i in way.own:
        return True
    above = told.head
    counted = above.dep_ == "conj" or above.lemma_.lower() in lexicon.words["toll_verbs"]
    return told.dep_ in {"prep", "agent"} and (above.i in way.own or counted)


def _tells_when(clause: Token) -> bool:
    return any(c.lower_ in AT_THE_TIME for c in clause.children)


def _tells_how(clause: Token, below: Sequence[Token], lexicon: Lexicon) -> bool:
    """A participle of the same doer: "opened an attack, targeting villages near Karo"; not "prompting protests in"."""
    alone = not any(c.dep_ in {"mark", "aux", "nsubj", "nsubjpass"} for c in clause.children)
    stays = _prepositions(below) <= HERE | {"of"}
    return clause.tag_ == "VBG" and alone and stays and clause.lemma_.lower() not in lexicon.words["leading"]


def _in_own_clause(way: Way) -> int | None:
    """A place below the trigger: of its own, in what it is done to, in who does it."""
    top = way.words[-1]
    if top.dep_ in {"nsubj", "poss"} and not (top.dep_ == "nsubj" and is_passive(way.meet)):
        return DOER if any(t.dep_ != "conj" for t in way.words[:-1]) else None  # "Norland and Sudria exchanged"
    if top.dep_ == "nsubjpass" and any(t.lower_ in HERE for t in way.words):
        return INHERITED  # "prisoners at Sel were captured in Norland"
    return BELOW


def _inherited(way: Way, lexicon: Lexicon) -> int | None:
    """A place of what the trigger's clause depends on; not where somebody only says so."""
    top, meet = way.words[-1], way.meet
    if meet.lemma_.lower() in lexicon.words["say_verbs"]:
        return CLAUSE_BESIDE if top.i < meet.i and top.dep_ == "prep" else None
    if top.dep_ in {"nsubj", "agent"} and meet.pos_ in {"VERB", "AUX"}:
        return DOER if len(way.words) > 1 else None
    return INHERITED
