"""Names, groups and who is meant: `tests/cases/tag/names.toml` and `persons.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Mention
from pipeline.tag.models.spacy_model import load_model
from pipeline.tag.names.actors import load_actors
from pipeline.tag.names.mentions import Knowledge, find_mentions


def cases(name: str) -> list[dict[str, Any]]:
    path = Path(__file__).parents[2] / "cases" / "tag" / f"{name}.toml"
    found: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["case"]
    return found


WORDS = [
    "The",
    "army",
    "of",
    "Rawa",
    "al-",
    "General",
    "Vale",
    "(",
    ")",
    "HWU",
    "said",
    "in",
    "'s",
    ",",
    ".",
    "\n",
    "US",
]


def mentions(text: str) -> tuple[Mention, ...]:
    return find_mentions(load_model()(text), Knowledge(load_actors()))


@pytest.mark.parametrize("case", cases("names"), ids=lambda case: case["why"])
def test_names_are_read_rightly(case: dict[str, Any]) -> None:
    found = mentions(case["text"])
    labels = {(m.text, m.label) for m in found}
    assert set(case.get("found", {}).items()) <= labels, labels
    assert not {m.text for m in found} & set(case.get("absent", []))
    for words in case.get("same", []):
        ids = {m.text: m.entity_id for m in found}
        assert len({ids[w] for w in words}) == 1, ids


@pytest.mark.parametrize("case", cases("persons"), ids=lambda case: case["why"])
def test_persons_are_told_apart(case: dict[str, Any]) -> None:
    found = [f"{m.text} = {m.name or ''}".rstrip() for m in mentions(case["text"]) if m.label == "PERSON"]
    assert found == case["who"]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Chad's president Mahamat Idriss Deby arrived.", "Mahamat Idriss Deby", "president"),
        ("London's mayor Sadiq Khan spoke.", "Sadiq Khan", "mayor"),
        ("KIA's colonel Naw Bu said so.", "Naw Bu", "colonel"),
        ("Wagner boss Yevgeny Prigozhin said Bakhmut was taken.", "Yevgeny Prigozhin", "Wagner boss"),
        ("Federal police commander Raed Jawdat said so.", "Raed Jawdat", "Federal police commander"),
        ("The bomb killed Omar Daud on Monday.", "Omar Daud", None),
        ("The prime minister of Iraq, Omar Daud, and the governor, Ali Vale, met.", "Omar Daud", "prime minister"),
    ],
)
def test_an_office_before_a_name_is_its_bearers(text: str, name: str, role: str | None) -> None:
    assert {m.text: m.role for m in mentions(text)}[name] == role


def test_allies_of_a_state_are_not_its_government() -> None:
    found = {m.text: m for m in mentions("President Zelensky thanked Kyiv's allies on Monday.")}
    assert "Kyiv's allies" not in found or found["Kyiv's allies"].name != "Ukraine"


def test_a_person_with_one_name_is_only_known_in_the_document() -> None:
    doc, known = load_model()("Police arrested a man named Kim on Monday. Kim denied it."), Knowledge(load_actors())
    found = [find_mentions(doc, known, document_id=name) for name in ("a", "b")]
    one, other = ({m.entity_id for m in mentions if m.label == "PERSON"} for mentions in found)
    assert len(one) == len(other) == 1
    assert one != other


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
@settings(deadline=None, max_examples=60)
def test_any_words_give_mentions_whose_offsets_hold(text: str) -> None:
    for mention in mentions(text):
        assert text[mention.start : mention.end] == mention.text
        assert (mention.entity_id is None) == (mention.name is None)
        assert mention.entity_id or mention.label in {"GROUP", "PERSON"}
