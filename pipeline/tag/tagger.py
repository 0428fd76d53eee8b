"""The tagger: a document in, its mentions, places and events out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self, TypeVar

from spacy.language import Language

from pipeline.records import Document, Event, Mention, Place, Tags
from pipeline.tag.dates.when import find_dates
from pipeline.tag.events.coder import code_events
from pipeline.tag.events.triggers import Lexicon, load_lexicon
from pipeline.tag.models.spacy_model import load_model, model_version
from pipeline.tag.names.mentions import find_mentions
from pipeline.tag.places.gazetteer import Gazetteer
from pipeline.tag.places.resolve import find_places

RULES = 1  # raised when code changes what comes out of the same lexicon
PIECE_CHARACTERS = 50_000  # parsed at once: about 60 MB of memory; longer texts are cut at paragraphs
MOST_CHARACTERS = 1_000_000  # of one document; what follows is no news article


Spanned = TypeVar("Spanned", Mention, Place)


@dataclass(frozen=True, slots=True)
class Tagger:
    """An English spaCy pipeline, the gazetteer and the event lexicon. `version` names all that decides the outcome."""

    nlp: Language
    gazetteer: Gazetteer
    lexicon: Lexicon
    version: str

    @classmethod
    def open(cls, *, model: str, gazetteer: Path) -> Self:
        """Loads the installed spaCy pipeline `model` and opens the gazetteer; ConfigError if either is missing."""
        nlp, lexicon = load_model(model), load_lexicon()
        version = f"{model_version(nlp)} / rules {RULES} / lexicon {lexicon.version}"
        return cls(nlp, Gazetteer.open(gazetteer), lexicon, version)

    def tag(self, document: Document) -> Tags:
        """Mentions, places and events, with offsets into `document.text`.

        A document said to be in another language than English, or without text, has none.
        """
        empty = Tags(document_id=document.document_id, tagger=self.version)
        if (document.language or "en").lower().split("-")[0] != "en" or not document.text.strip():
            return empty
        mentions: list[Mention] = []
        places: list[Place] = []
        events: list[Event] = []
        for offset, piece in _pieces(document.text):
            found = self._tag_piece(document, piece, offset)
            mentions += found.mentions
            places += found.places
            events += found.events
        return replace(empty, mentions=tuple(mentions), places=tuple(places), events=tuple(events))

    def _tag_piece(self, document: Document, piece: str, offset: int) -> Tags:
        doc = self.nlp(piece)
        published = document.published_at.date() if document.published_at else None
        mentions = find_mentions(doc)
        places = find_places(doc, mentions, self.gazetteer)
        events = code_events(doc, mentions, places, find_dates(doc, published), published, self.lexicon)
        return Tags(
            document_id=document.document_id,
            tagger=self.version,
            mentions=tuple(_moved(m, offset) for m in mentions),
            places=tuple(_moved(p, offset) for p in places),
            events=tuple(_moved_event(e, offset) for e in events),
        )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces of bounded size, cut at paragraphs, else lines, else spaces; each with its offset."""
    text, start = text[:MOST_CHARACTERS], 0
    while len(text) - start > PIECE_CHARACTERS:
        limit = start + PIECE_CHARACTERS
        cuts = (text.rfind(mark, start + 1, limit) + len(mark) for mark in ("\n\n", "\n", ". ", " "))
        cut = next((c for c in cuts if c > start + PIECE_CHARACTERS // 2), limit)
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def _moved(span: Spanned, offset: int) -> Spanned:
    return replace(span, start=span.start + offset, end=span.end + offset) if offset else span


def _moved_event(event: Event, offset: int) -> Event:
    if not offset:
        return event
    trigger = replace(event.trigger, start=event.trigger.start + offset, end=event.trigger.end + offset)
    return replace(
        event,
        trigger=trigger,
        sentence_start=event.sentence_start + offset,
        sentence_end=event.sentence_end + offset,
        actors=tuple(replace(p, start=p.start + offset, end=p.end + offset) for p in event.actors),
        recipients=tuple(replace(p, start=p.start + offset, end=p.end + offset) for p in event.recipients),
        place=_moved(event.place, offset) if event.place else None,
    )
