"""How names are compared: which spellings are one name, and which are two."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.spelling import fold, rules, similar, skeleton

PAIRS = tomllib.loads((Path(__file__).parent / "cases" / "group" / "names.toml").read_text("utf-8"))
TABLE = tomllib.loads((Path(__file__).parents[1] / "pipeline" / "spelling.toml").read_text("utf-8"))
NAMES = [(kind, name) for kind, *names in PAIRS["same"] + PAIRS["apart"] for name in names]


@pytest.mark.parametrize(("kind", "one", "other"), PAIRS["same"])
def test_spellings_of_one_name_are_alike_and_share_a_block(kind: str, one: str, other: str) -> None:
    assert similar(one, other, kind) >= 0.9
    assert skeleton(one, kind) == skeleton(other, kind)


@pytest.mark.parametrize(("kind", "one", "other"), PAIRS["apart"])
def test_two_names_are_never_alike(kind: str, one: str, other: str) -> None:
    assert similar(one, other, kind) == 0


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert min(len(PAIRS["same"]), len(PAIRS["apart"])) >= 120


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_likeness_has_no_direction_and_holds_within_a_block_only(a: tuple[str, str], b: tuple[str, str]) -> None:
    kind = a[0]
    assert similar(a[1], b[1], kind) == similar(b[1], a[1], kind)
    if similar(a[1], b[1], kind):
        assert skeleton(a[1], kind) == skeleton(b[1], kind)


@given(st.text(max_size=40), st.sampled_from(["PERSON", "ORG", "PLACE", "NORP", "GROUP", "OTHER"]))
def test_any_text_has_a_skeleton_and_is_like_itself(name: str, kind: str) -> None:
    assert isinstance(skeleton(name, kind), str)
    assert similar(name, name, kind) == 1


@pytest.mark.parametrize(("pattern", "by", "one", "other"), TABLE["letters"])
def test_each_rule_of_letters_makes_its_example_one_word(pattern: str, by: str, one: str, other: str) -> None:
    assert re.search(pattern, one.lower()) or re.search(pattern, other.lower())
    assert fold(one.lower()) == fold(other.lower())


def test_a_word_has_one_family() -> None:
    counted = Counter(word for line in TABLE["families"] for word in line.split())
    assert [word for word, times in counted.items() if times > 1] == []
    assert len(rules().family) == len(counted)
