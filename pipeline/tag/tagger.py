"""The tagger: a document in, its mentions, places, dates, quantities and events out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, Self

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.records import Document, Event, Place, Tags, Vector
from pipeline.tag.amounts.quantities import find_quantities
from pipeline.tag.dates.find import find_dates
from pipeline.tag.dates.when import local_day
from pipeline.tag.events.coders import EventCoder, VectorMaker, open_coder, open_vectors
from pipeline.tag.events.headline import with_headline
from pipeline.tag.events.headline_english import is_doubtful, plain_words, told_sentence
from pipeline.tag.events.linked import with_happenings
from pipeline.tag.events.parsed import ParsedText
from pipeline.tag.events.triggers import load_lexicon
from pipeline.tag.events.where import with_dateline
from pipeline.tag.languages.reader import Model, base_language, read_other
from pipeline.tag.models import open_model
from pipeline.tag.models.labels import load_schemes
from pipeline.tag.models.spacy_model import model_version
from pipeline.tag.names.actors import load_actors
from pipeline.tag.names.mentions import Knowledge, find_mentions
from pipeline.tag.opening import opening_of
from pipeline.tag.places.filed import filed_from, is_well_known
from pipeline.tag.places.gazetteer import Candidate, Gazetteer
from pipeline.tag.places.identity import with_places
from pipeline.tag.places.resolve import filed_at, find_places

RULES = 10  # raised when code or thresholds change what comes out of the same lexicon
PIECE_CHARACTERS = 50_000  # parsed at once: about 60 MB of memory; longer texts are cut at paragraphs
TOGETHER = 16  # texts, of 8 documents with their headlines: what stays in the caches of a processor
MOST_CHARACTERS = 1_000_000  # of one document; what follows is no news article


class Tagger(Protocol):
    """What reads documents."""

    @property
    def version(self) -> str:
        """Model, rules and lexicon, each with its version."""
        ...

    def tag(self, document: Document) -> Tags:
        """All that is read in the document, with offsets into its text."""
        ...

    def tag_all(self, documents: Sequence[Document]) -> list[Tags]:
        """The same of each document, for less together than one by one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a tagger is made of, by name: sent to worker processes instead of the tagger itself.

    `languages` are pipelines of other languages than English (see `check_models`), `actors`, `rules` and `labels` the
    operator's own tables, `coder` who codes events (see `open_coder`), `learned` the folder of their own learned coder.
    """

    model: str
    gazetteer: Path
    coder: str
    actors: Path | None = None
    rules: Path | None = None
    learned: Path | None = None
    languages: tuple[tuple[str, str], ...] = ()
    labels: Path | None = None


@dataclass(frozen=True, slots=True)
class NewsTagger:
    """English by a spaCy pipeline and our rules; other languages by their own pipeline, or places and dates alone."""

    options: Options
    nlp: Language
    known: Knowledge
    gazetteer: Gazetteer
    coder: EventCoder
    vectors: VectorMaker | None  # where the coder has a network
    version: str

    @classmethod
    def open(cls, options: Options) -> Self:
        """Loads the pipeline and opens the gazetteer; DatelineError names what is missing or wrong."""
        nlp, lexicon = open_model(options.model, options.labels), load_lexicon(options.rules)
        gazetteer = Gazetteer.open(options.gazetteer)
        known = Knowledge(load_actors(options.actors), gazetteer)
        coder = open_coder(options.coder, lexicon, options.learned)
        version = f"{model_version(nlp)} / rules {RULES} / lexicon {lexicon.version} / events {coder.version}"
        return cls(options, nlp, known, gazetteer, coder, open_vectors(options.coder, options.learned), version)

    def tag(self, document: Document) -> Tags:
        """All that is read in `document.text`, with offsets into it."""
        return self.tag_all([document])[0]

    def tag_all(self, documents: Sequence[Document]) -> list[Tags]:
        """The same of each document. The model reads their texts in batches, which makes it a fifth faster."""
        docs = self._parsed(text for d in documents if _is_english(d) for text in _texts(d))
        return [self._english(d, docs) if _is_english(d) else self._other(d) for d in documents]

    def read_all(self, documents: Sequence[Document]) -> Iterator[ParsedText]:
        """English documents as a coder of events is given them, without cuts: for training."""
        docs = self._parsed(d.text for d in documents)
        return (self._read(doc, document) for doc, document in zip(docs, documents, strict=True))

    def _parsed(self, texts: Iterable[str]) -> Iterator[Doc]:
        """The texts as the model reads them, each batch when its first is asked for."""
        return chain.from_iterable(self.nlp.pipe(batch) for batch in _batches(texts))

    def _english(self, document: Document, docs: Iterator[Doc]) -> Tags:
        """The pieces of the text, the next of `docs`, with their events linked and compared with the headline."""
        offsets = (offset for offset, _ in _pieces(document.text))
        pairs = zip(offsets, docs)  # noqa: B905
        found = [_moved(self._tags(doc, document, is_first=not offset), offset) for offset, doc in pairs]
        spans = _together(found)
        headline = next(docs) if _headline(document) else None
        events = with_happenings(spans["events"])
        if events and (document.title or "").strip():
            events = with_headline(events, self._told_by(headline, document) if headline else ())
        spans |= {"events": tuple(events)}
        return Tags(document_id=document.document_id, tagger=self.version, **spans, vector=found[0].vector)

    def _vector(self, doc: Doc, document: Document) -> Vector | None:
        """What the document is about; None where no network reads."""
        return self.vectors.of(document.title, (s.text for s in doc.sents)) if self.vectors else None

    def _other(self, document: Document) -> Tags:
        """What can be read in a text of another language, or in none."""
        if not document.text.strip():
            return Tags(document_id=document.document_id, tagger=self.version, status="no text")
        language = base_language(document.language)
        model = self._model(language)
        found = [_moved(self._foreign(language, model, document, piece), at) for at, piece in _pieces(document.text)]
        return Tags(
            document_id=document.document_id,
            tagger=f"{self.version} / {model_version(model.nlp)}" if model else self.version,
            status="tagged" if model else f"no model for {language}",
            **_together(found),
        )

    def _told_by(self, headline: Doc, document: Document) -> tuple[Event, ...]:
        """The events that the headline tells; what rules take for talk of any time is news where nothing is doubted."""
        told = self.coder.code(self._read(told_sentence(headline, self.nlp), document))
        if is_doubtful(headline):
            return told
        return tuple(replace(e, modality="actual") if e.modality == "hypothetical" else e for e in told)

    def _model(self, language: str) -> Model | None:
        """The operator's pipeline for a language, loaded when its first text comes."""
        name = dict(self.options.languages).get(language)
        return _open_other(name, self.options.labels) if name else None

    def _tags(self, doc: Doc, document: Document, *, is_first: bool) -> Tags:
        """What is read in a parsed piece of the text; the first tells what the whole is about."""
        read = self._read(doc, document)
        return Tags(
            document_id=document.document_id,
            tagger=self.version,
            mentions=read.mentions,
            places=read.places,
            dates=read.dates,
            quantities=find_quantities(read.doc),
            events=tuple(with_dateline(self.coder.code(read), self._filed_at(document))),
            vector=self._vector(doc, document) if is_first else None,
        )

    def _read(self, doc: Doc, document: Document) -> ParsedText:
        """The names, places and dates of a parsed text of the document's."""
        published = self._day(document)
        mentions = find_mentions(doc, self.known, published.year if published else None, document.document_id)
        places = find_places(doc.text, mentions, self.gazetteer, self._home(document))
        return ParsedText(
            doc=doc,
            mentions=with_places(mentions, places),
            places=places,
            dates=find_dates(doc, published),
            published=published,
        )

    def _foreign(self, language: str, model: Model | None, document: Document, piece: str) -> Tags:
        home = self._home(document)
        read = read_other(piece, language, self.gazetteer, model, self._day(document), home, document.document_id)
        return Tags(
            document_id=document.document_id,
            tagger=self.version,
            mentions=read.mentions,
            places=read.places,
            dates=read.dates,
        )

    def _filed(self, document: Document) -> Candidate | None:
        """The place that the report was filed from: its dateline's, or that of the one that the text still has."""
        if document.dateline:
            return filed_from(document.dateline, self.gazetteer)
        opening = opening_of(document.text)
        filed = filed_from(opening.place, self.gazetteer) if opening.place else None
        return filed if filed and (opening.sure or is_well_known(filed)) else None

    def _filed_at(self, document: Document) -> Place | None:
        """The same, as an event's place."""
        filed, written = self._filed(document), document.dateline or opening_of(document.text).place
        return filed_at(written, filed) if filed and written else None

    def _home(self, document: Document) -> str | None:
        """The country that a doubtful name lies in more likely: where the report was filed, else the feed's."""
        filed = self._filed(document)
        return (filed.country if filed else None) or document.country

    def _day(self, document: Document) -> date | None:
        """The day of publication where the report was filed; "Thursday" is counted from it."""
        if document.published_at is None:
            return None
        filed = self._filed(document)
        return local_day(document.published_at, filed.timezone if filed else None)


@cache
def open_tagger(options: Options) -> Tagger:
    """The process's one tagger with these options; DatelineError names what is missing or wrong."""
    return NewsTagger.open(options)


@cache
def _open_other(name: str, labels: Path | None) -> Model:
    return Model.of(open_model(name), load_schemes(labels))


SPANS = ("mentions", "places", "dates", "quantities", "events")


def _together(found: list[Tags]) -> dict[str, Any]:
    """The spans of all pieces, kind by kind."""
    return {name: tuple(span for tags in found for span in getattr(tags, name)) for name in SPANS}


def _is_english(document: Document) -> bool:
    return bool(document.text.strip()) and base_language(document.language) == "en"


def _texts(document: Document) -> Iterator[str]:
    """What the model is given of an English document: the pieces of its text, then its headline in plain words."""
    yield from (piece for _, piece in _pieces(document.text))
    if words := _headline(document):
        yield words


def _headline(document: Document) -> str | None:
    return plain_words(document.title or "", document.text)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts that the model reads together: not more at once than one piece may hold."""
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == TOGETHER or sum(map(len, batch)) + len(text) > PIECE_CHARACTERS):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


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


def _moved(tags: Tags, offset: int) -> Tags:
    """A piece's tags with offsets into the whole text."""
    if not offset:
        return tags
    moved: dict[str, Any] = {name: tuple(_shifted(span, offset) for span in getattr(tags, name)) for name in SPANS}
    moved["events"] = tuple(replace(event, part="body") for event in moved["events"])  # each piece has its own lead
    return replace(tags, **moved)


def _shifted(span: Any, offset: int) -> Any:
    """A record with all its offsets moved, and those of the records in it."""
    changes: dict[str, Any] = {}
    for field in fields(span):
        value = getattr(span, field.name)
        if field.name in {"start", "end", "sentence_start", "sentence_end"}:
            changes[field.name] = value + offset
        elif hasattr(value, "start") and hasattr(value, "end"):
            changes[field.name] = _shifted(value, offset)
        elif isinstance(span, Event) and field.name in {"actors", "recipients"}:
            changes[field.name] = tuple(_shifted(party, offset) for party in value)
    return replace(span, **changes)
