"""A recogniser of names that is no spaCy pipeline, put in the place of one's own: as a component of the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.tag.models.labels import Scheme
from pipeline.tag.models.windows import Window, units, windows

SCORE = "dateline_score"


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text: offsets in code points, the model's own label, and how sure it is (0..1)."""

    start: int
    end: int
    label: str
    score: float


class Recogniser(Protocol):
    """What finds names in short texts."""

    @property
    def version(self) -> str:
        """Kind, name and, of a local model, a hash of its configuration."""
        ...

    @property
    def limit(self) -> int:
        """The size of the longest text that it reads whole."""
        ...

    def measure(self, texts: Sequence[str]) -> list[int]:
        """The size of each text in its own units."""
        ...

    def find(self, texts: Sequence[str]) -> list[list[Found]]:
        """The names in each text."""
        ...


def score_of(span: Span) -> float | None:
    """How sure the recogniser was of this name; None of what spaCy's own found, which gives no probabilities."""
    if not Span.has_extension(SCORE):
        return None
    found: float | None = span._.get(SCORE)
    return found


@dataclass(frozen=True, slots=True)
class Names:
    """A spaCy component: the recogniser's names, and what the pipeline beneath says of kinds that it does not cover."""

    recogniser: Recogniser
    scheme: Scheme

    def __call__(self, doc: Doc) -> Doc:
        """The document with `ents` exchanged; each new one has its score (see `score_of`)."""
        if not Span.has_extension(SCORE):
            Span.set_extension(SCORE, default=None)
        spans = filter_spans(self._names(doc))
        taken = {token.i for span in spans for token in span}
        kept = [e for e in doc.ents if e.label_ not in self.scheme.covers and not any(t.i in taken for t in e)]
        doc.set_ents([*spans, *kept], default="outside")
        return doc

    def _names(self, doc: Doc) -> list[Span]:
        """The names of all windows, as spans of whole tokens."""
        if not doc.text.strip():
            return []
        pieces, sizes = units(doc, self.recogniser.measure, self.recogniser.limit)
        cut = windows(sizes, self.recogniser.limit)
        texts = [doc[pieces[w.first].start : pieces[w.last - 1].end].text for w in cut]
        spans = []
        for window, found in zip(cut, self.recogniser.find(texts), strict=True):
            offset = pieces[window.first].start_char
            spans += [span for f in found if (span := self._span(doc, f, offset)) and _owned(span, window, pieces)]
        return spans

    def _span(self, doc: Doc, found: Found, offset: int) -> Span | None:
        """The tokens that lie wholly in the name, without punctuation at its ends; None when the kind is dropped."""
        label = self.scheme.mapped(found.label)
        if not label:
            return None
        span = doc.char_span(offset + found.start, offset + found.end, label=label, alignment_mode="contract")
        while span and (span[-1].is_punct or span[-1].is_space):
            span = Span(doc, span.start, span.end - 1, label=label)
        while span and (span[0].is_punct or span[0].is_space):
            span = Span(doc, span.start + 1, span.end, label=label)
        if not span:
            return None
        span._.set(SCORE, round(found.score, 4))
        return span


def _owned(span: Span, window: Window, pieces: Sequence[Span]) -> bool:
    """Does the name begin in what its window answers for?"""
    return pieces[window.own_first].start <= span.start < pieces[window.own_last - 1].end
