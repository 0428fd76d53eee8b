"""Whose words for kinds of names are read, and how they become OntoNotes'."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError, DatelineError
from pipeline.tag.models.labels import Scheme, asked_scheme, kind_of, load_schemes, scheme_for
from pipeline.tag.models.token_classifier import decode

BIO = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC")


@pytest.mark.parametrize(
    ("labels", "scheme", "label", "mapped"),
    [
        (BIO, "conll", "I-PER", "PERSON"),
        (BIO, "conll", "B-LOC", "GPE"),
        (BIO, "conll", "B-MISC", ""),
        (("LOC", "PER", "ORG", "MISC"), "conll", "PER", "PERSON"),
        (("O", "B-GPE", "B-LOC", "B-DATE", "B-NORP"), "ontonotes", "B-LOC", "LOC"),
        (("O", "B-GPE", "B-LOC", "B-DATE", "B-NORP"), "ontonotes", "B-DATE", ""),
        (("O", "B-person", "B-location", "B-building"), "wide", "B-building", "FAC"),
        (("O", "S-ORG", "E-PER"), "conll", "S-ORG", "ORG"),
        (("O", "B-corporation", "B-creative-work", "B-group"), "wide", "B-creative-work", ""),
    ],
)
def test_a_models_labels_choose_the_table_that_knows_them_all(
    labels: tuple[str, ...], scheme: str, label: str, mapped: str
) -> None:
    found = scheme_for("m", labels, load_schemes())
    assert (found.name, found.mapped(label)) == (scheme, mapped)


def test_a_model_of_another_trade_is_refused_with_its_labels() -> None:
    with pytest.raises(DatelineError, match="transformers:med: no table of labels knows CHEMICAL, DISEASE; give"):
        scheme_for("transformers:med", ("O", "B-Disease", "B-Chemical", "B-PER"), load_schemes())


def test_dates_are_never_taken_from_a_recogniser() -> None:
    assert not any({"DATE", "TIME", "CARDINAL"} & (s.covers | set(s.labels.values())) for s in load_schemes())


def test_all_that_a_scheme_gives_it_also_covers() -> None:
    assert all(set(s.labels.values()) - {""} <= s.covers for s in load_schemes())


def test_what_is_asked_keeps_its_words() -> None:
    asked = asked_scheme(load_schemes())
    assert asked.mapped("body of water") == "LOC"


def test_an_operators_table_replaces_the_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[mine]\ncovers = ["PERSON"]\n[mine.labels]\nperson-politician = "PERSON"\n', encoding="utf-8")
    scheme = scheme_for("m", ("O", "B-person-politician"), load_schemes(path))
    assert scheme == Scheme("mine", frozenset({"PERSON"}), {"PERSON-POLITICIAN": "PERSON"})
    with pytest.raises(DatelineError, match=r"\[asked\] is missing"):
        asked_scheme(load_schemes(path))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[a]\ncovers = ['HUMAN']\n[a.labels]\nx = 'PERSON'", "HUMAN is no label of OntoNotes"),
        ("[a]\ncovers = ['PERSON']\n[a.labels]\nx = 'Person'", "Person is no label of OntoNotes"),
        ("[a]\nlabels = {}", "is no label table"),
        ("[a]\ncovers = 'PERSON'\n[a.labels]", "is no label table"),
        ("a = 1", "is no label table"),
        ("[a", "mine.toml"),
    ],
)
def test_a_table_of_another_form_is_refused(tmp_path: Path, text: str, wrong: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=wrong):
        load_schemes(path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="none"):
        load_schemes(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["B-PER", "I-PER", "O"], [(0, 2, "PER")]),
        (["B-PER", "B-PER", "O"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["PER", "PER", "LOC"], [(0, 2, "PER"), (2, 3, "LOC")]),
        (["I-PER", "O", "I-PER"], [(0, 1, "PER"), (2, 3, "PER")]),
        (["B-PER", "I-LOC", "I-LOC"], [(0, 1, "PER"), (1, 3, "LOC")]),
        (["B-PER", "E-PER", "S-PER"], [(0, 2, "PER"), (2, 3, "PER")]),
        (["O", "O", "O"], []),
        ([], []),
    ],
)
def test_words_with_labels_become_names(labels: list[str], names: list[tuple[int, int, str]]) -> None:
    """Each word is a tenth of a text, so that name 0 to 2 is its first two words."""
    found = decode([(i * 10, i * 10 + 9, label, 0.5) for i, label in enumerate(labels)])
    assert [(f.start // 10, f.end // 10 + 1, f.label) for f in found] == names


def test_a_dash_in_a_kind_is_no_mark_of_place() -> None:
    assert [kind_of(label) for label in ("LOC-building", "B-LOC-building")] == ["LOC-BUILDING"] * 2
