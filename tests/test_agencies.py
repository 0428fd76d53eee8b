"""Which names are of one agency."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import agencies
from pipeline.agencies import agency_key, agency_of

TABLE = tomllib.loads(Path(agencies.__file__).with_suffix(".toml").read_text("utf-8"))


def test_an_agency_is_known_by_all_its_names() -> None:
    named = ("The Associated Press", "AP", "AP News", "Associated Press Writers", "Reuters Staff", "Ann Vale")
    assert [agency_of(name) for name in named] == ["AP", "AP", "AP", "AP", "Reuters", None]


@pytest.mark.parametrize(("short", "names"), TABLE["agencies"].items())
def test_all_names_of_an_agency_are_one(short: str, names: list[str]) -> None:
    assert {agency_key(name) for name in names} <= {agency_key(short)}


@pytest.mark.parametrize(("one", "other"), TABLE["same"]["takes"])
def test_two_ways_of_writing_a_name_are_one_agency(one: str, other: str) -> None:
    assert agency_key(one) == agency_key(other)


@pytest.mark.parametrize(("one", "other"), TABLE["same"]["spares"])
def test_names_that_are_only_like_each_other_are_two(one: str, other: str) -> None:
    assert agency_key(one) != agency_key(other)


@given(st.text(min_size=1))
def test_case_and_punctuation_tell_no_agencies_apart(name: str) -> None:
    assert agency_key(f"“{name}”") == agency_key(name)
