"""How much of the corpus a tagger codes as its annotators told it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.records import Document, Event, Span
from pipeline.records.tags import Participant
from pipeline.tag.tagger import Tagger
from pipeline.tag.training.corpus import Labelled, LabelledEvent

DAY = datetime(2024, 5, 1, 12, tzinfo=UTC)  # the sentences have none of their own


@dataclass(frozen=True, slots=True)
class Found:
    """Events that were coded, that were told, and that were both."""

    coded: int
    told: int
    both: int

    @property
    def precision(self) -> float:
        """Share of the coded that were told."""
        return self.both / self.coded if self.coded else 0.0

    @property
    def recall(self) -> float:
        """Share of the told that were coded."""
        return self.both / self.told if self.told else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.both / (self.coded + self.told) if self.coded + self.told else 0.0


def coded_in(tagger: Tagger, sentences: Iterable[Labelled]) -> Iterable[tuple[Labelled, tuple[Event, ...]]]:
    """Each sentence with what the tagger codes in it."""
    for number, sentence in enumerate(sentences):
        document = Document(document_id=str(number), text=sentence.text, published_at=DAY, language="en")
        yield sentence, tagger.tag(document).events


def found_in(tagger: Tagger, sentences: Iterable[Labelled]) -> Found:
    """An event is found where one of its type is coded with its trigger or one of its parties."""
    coded = told = both = 0
    for sentence, events in coded_in(tagger, sentences):
        coded, told, both = coded + len(events), told + len(sentence.events), both + matched(sentence, events)
    return Found(coded, told, both)


def matched(sentence: Labelled, events: Sequence[Event]) -> int:
    """How many of the told events are coded, each by one."""
    left = list(sentence.events)
    for event in events:
        found = next((e for e in left if e.type == event.type and same_deed(e, event)), None)
        if found is not None:
            left.remove(found)
    return len(sentence.events) - len(left)


def same_deed(told: LabelledEvent, coded: Event) -> bool:
    """Do the triggers, or two of the parties, share a word?"""
    theirs, ours = (*told.actors, *told.recipients), (*coded.actors, *coded.recipients)
    return _overlap(told.trigger, coded.trigger) or any(_overlap(a, b) for a in theirs for b in ours)


def _overlap(a: Span, b: Span | Participant) -> bool:
    return a.start < b.end and b.start < a.end
