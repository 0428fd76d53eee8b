"""Names in the text and who they stand for."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from pipeline.errors import DatelineError
from pipeline.records import Mention
from pipeline.tag.models.spacy_model import WEIGHTS, check_weights, load_model, model_version
from pipeline.tag.names.actors import load_actors
from pipeline.tag.names.mentions import Knowledge, find_mentions

KNOWN = Knowledge(load_actors())


def mentions(text: str) -> dict[str, Mention]:
    return {m.text: m for m in find_mentions(load_model()(text), KNOWN)}


def test_names_stand_without_article_and_possessive() -> None:
    found = mentions("The United Nations' envoy praised the European Union. Angela Merkel's visit ended in Berlin.")
    assert {"United Nations", "European Union", "Angela Merkel", "Berlin"} <= found.keys()


def test_offsets_cut_the_name_out_of_the_text() -> None:
    text = "  The World Bank's office in Nairobi, Kenya, closed on Monday."
    for mention in find_mentions(load_model()(text), KNOWN):
        assert text[mention.start : mention.end] == mention.text


def test_dates_and_numbers_are_no_mentions() -> None:
    assert {m.label for m in mentions("On Monday 12 people left Oslo for $300.").values()} == {"GPE"}


def test_a_surname_goes_with_the_full_name_before_it() -> None:
    found = mentions("Maria Sanchez won the vote in Lisbon. Later Sanchez thanked her voters.")
    assert found["Sanchez"].entity_id == found["Maria Sanchez"].entity_id != found["Lisbon"].entity_id


def test_an_abbreviation_goes_with_its_long_form() -> None:
    found = mentions("The World Health Organization (WHO) sent doctors. WHO said they arrived in Kabul.")
    assert found["WHO"].entity_id == found["World Health Organization"].entity_id


def test_a_state_has_one_id_whatever_it_is_called() -> None:
    found = mentions("The United States and France signed the deal. The U.S. will pay for it.")
    assert found["United States"].entity_id == found["U.S."].entity_id != found["France"].entity_id


def test_what_is_called_a_province_is_a_place() -> None:
    assert mentions("Troops entered Anbar province after dawn.")["Anbar"].label == "GPE"


def test_what_is_entered_is_a_place() -> None:
    assert mentions("Iraqi troops entered Rawa on Friday.")["Rawa"].label == "GPE"


def test_an_empty_text_has_none() -> None:
    assert find_mentions(load_model()(""), KNOWN) == ()


def test_the_model_loads_once_without_a_warning_and_says_its_version() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        load_model.cache_clear()
        nlp = load_model()
    assert nlp is load_model()
    assert model_version(nlp) == "en_core_web_md 3.7.1"


def test_other_weights_are_refused(tmp_path: Path) -> None:
    for name in WEIGHTS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(DatelineError, match=r"ner/model has sha256"):
        check_weights(tmp_path)


def test_a_missing_model_is_named() -> None:
    with pytest.raises(DatelineError, match="no_such_model"):
        load_model("no_such_model")
