"""Who says that it happened, and how."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.records import Speech
from pipeline.tag.clause import antecedents
from pipeline.tag.events.denial import is_nobody
from pipeline.tag.events.matches import Match
from pipeline.tag.events.participants import phrase
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.grammar import children, pobjs


def attribution(match: Match, sentence: Span, lexicon: Lexicon) -> str | None:
    """Who says so: the subject of the saying verb above, or of "according to"; None when the text itself does."""
    for token in (match.head, *match.head.ancestors):
        head = token.head
        if head != token and token.dep_ in {"ccomp", "parataxis"} and head.lemma_.lower() in lexicon.words["say_verbs"]:
            speakers = [a for s in children(head, "nsubj") for a in antecedents(s, head)]
            if speakers and not is_nobody(speakers[0]) and not _is_apart(token, speakers[0]):
                return _text(speakers[0])
    for token in sentence:
        if token.lower_ == "according":
            sources = pobjs(token, "to")
            if sources:
                return _text(sources[0])
    return None


def _is_apart(told: Token, speaker: Token) -> bool:
    """ "The ministry said that jets killed 22; the army said …": the army does not say what stands before the mark."""
    return any(t.text == ";" for t in told.doc[told.i : speaker.i])


def speech_of(match: Match, sentence: Span, attributed: bool) -> Speech | None:
    """Direct where the trigger stands between quotation marks, indirect where somebody else says so; else None."""
    before = sentence.doc[sentence.start : match.head.i].text
    opened, closed = max(before.rfind(q) for q in '“"«'), max(before.rfind(q) for q in "”»")
    straight = before.count('"') % 2 == 1
    if (opened > closed and "“" in before) or straight:
        return "direct"
    return "indirect" if attributed else None


def _text(token: Token) -> str:
    inside = phrase(token)
    return token.doc[inside[0].i : inside[-1].i + 1].text
