"""When: the date that belongs to a trigger, out of those found in its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from spacy.tokens import Doc, Span, Token

from pipeline.records import DateMention
from pipeline.tag.events.fold import Draft
from pipeline.tag.events.matches import Match
from pipeline.tag.events.modality import stands_beside
from pipeline.tag.grammar import FINITE, children, governing_verb

EARLIER = frozenset({"after", "before", "over", "following", "since"})
MEANWHILE = frozenset({"when", "as", "while"})
PROMISES = frozenset({"AGREE", "CONCEDE"})
TO_COME = frozenset({"from", "by", "until", "starting"})  # "agreed to a ceasefire from Sunday": a day ahead


def date_of(draft: Draft, drafts: Iterable[Draft], sentence: Span, dates: Iterable[DateMention]) -> DateMention | None:
    """The date that hangs on the trigger or its verb, else the nearest of the clauses that it stands in; else None.

    What is planned has only a date of its own clause: "said on Thursday that it will send troops" tells none. The
    date of another deed or of a clause beside it is not its own: "… after rebels had attacked Karo on Monday".
    """
    match = draft.match
    heads = [(d, _head(d, sentence)) for d in dates if sentence.start_char <= d.start < sentence.end_char]
    here = [(d, h) for d, h in heads if h is not None and d.date_start and d.date_end]
    if draft.truth.modality == "planned":
        clause = {t.i for t in _clause(match).subtree}
        here = [(d, h) for d, h in here if h.i in clause]
    if draft.type in PROMISES:
        here = [(d, h) for d, h in here if h.head.lower_ not in TO_COME]
    own = {t.i for m in (match, *draft.parts) for t in (*m.tokens, *_verbs(m))}
    others = {d.match.head.i for d in drafts if d is not draft} - own
    found = [(d, h) for d, h in here if _is_told_of(match, h, own, others)]
    words, verbs = ({t.i for t in tokens} for tokens in (match.tokens, _verbs(match)))

    def distance(date: tuple[DateMention, Token]) -> tuple[bool, bool, int]:
        return not _hangs_on(date[1], words), not _hangs_on(date[1], verbs), abs(date[0].start - match.head.idx)

    return min(found, key=distance)[0] if found else None


def _verbs(match: Match) -> Sequence[Token]:
    """The verb of the match's clause, unless that tells of what came later: "arrested six over the attack"."""
    verb = match.verb if match.verb is not None else governing_verb(match.head)
    return () if verb is None or (match.verb is None and _is_earlier(match.head, verb)) else (verb,)


def _is_earlier(noun: Token, verb: Token) -> bool:
    between = [noun, *noun.ancestors]
    return any(t.lower_ in EARLIER and t.dep_ == "prep" for t in between[: between.index(verb)])


def _clause(match: Match) -> Token:
    """The word that a planned deed's clause hangs on: the verb of "a march is planned for Friday"."""
    if match.verb is not None:
        return match.verb
    return match.head.head if match.head.dep_ in {"nsubj", "nsubjpass"} else match.head


def _head(when: DateMention, sentence: Span) -> Token | None:
    """The word of the date that the others hang on."""
    doc: Doc = sentence.doc
    span = doc.char_span(when.start, when.end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _hangs_on(day: Token, carriers: Set[int]) -> bool:
    head = day.head
    return head.i in carriers or (head.dep_ == "prep" and head.head.i in carriers)


def _is_told_of(match: Match, day: Token, own: Set[int], others: Set[int]) -> bool:
    """Does a date tell of the match: below its own words, "Monday, when …", or of a clause that holds its own?"""
    if any(t.i in own and t.dep_ == "relcl" for t in day.children):
        return True
    verb = None
    for word in day.ancestors:
        if word.i in own:
            return True
        if word.i in others and word.pos_ == "NOUN":
            return False  # "arrested six over Monday's attack"
        if word.pos_ in {"VERB", "AUX"} and not _shares_time(word):
            verb = word
            break
    return verb is None or _holds(verb, match, fronted=_is_fronted(day, verb))


def _holds(verb: Token, match: Match, *, fronted: bool) -> bool:
    """Is a verb's time that of the match below it? That of the main clause is, and of who says so."""
    for word in (match.head, *match.head.ancestors):
        if word == verb:
            return True
        if word.dep_ == "prep" and word.lower_ in EARLIER:
            return False
        if word.pos_ in {"VERB", "AUX"} and not _is_within(word, fronted=fronted):
            return False
    return False


def _is_within(verb: Token, *, fronted: bool) -> bool:
    """Does what the time of the head tells hold for this clause too? A date in front holds for all that follows."""
    if verb.dep_ == "ccomp":
        return not stands_beside(verb)
    if verb.dep_ == "conj" and not _shares_time(verb):
        return fronted or not children(verb, "nsubj", "nsubjpass")
    return verb.dep_ not in {"advcl", "relcl"} or _shares_time(verb)


def _shares_time(verb: Token) -> bool:
    """A clause of the same time: "attacked the town, killing three", "two were killed and five hurt when a bomb …"."""
    if verb.dep_ == "advcl" and {c.lower_ for c in children(verb, "advmod", "mark")} & MEANWHILE:
        return True
    finite = verb.tag_ in FINITE or any(c.tag_ in FINITE for c in children(verb, "aux", "auxpass"))
    own = children(verb, "nsubj", "nsubjpass", "mark")
    if verb.dep_ == "conj" and verb.tag_ == "VBN":
        return bool(own) and not finite
    return verb.dep_ in {"advcl", "acl", "xcomp", "pcomp"} and not finite and not own


def _is_fronted(day: Token, verb: Token) -> bool:
    """ "On Monday, rebels attacked": before the verb and who does it."""
    subjects = children(verb, "nsubj", "nsubjpass", "expl")
    return day.i < min([verb.i, *(s.i for s in subjects)])
