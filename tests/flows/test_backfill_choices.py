"""What a backfill is asked for is checked first, and what the README says of its workers is so."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from flows.backfill import AHEAD
from flows.choosing import choose
from flows.reading import TOGETHER, tagger_options
from pipeline.settings import Settings, load_settings
from tests.flows.home import make_home

README = Path(__file__).parents[2] / "README.md"
NAMES = {
    "gazetteer": "DATELINE_GAZETTEER_FILE",
    "actors": "actors.toml",
    "rules": "rules.toml",
    "labels": "DATELINE_LABEL_TABLE",
    "learned": "DATELINE_EVENT_MODEL",
}


def elsewhere() -> str:
    """The README's paragraph on other machines, in one line."""
    [section] = re.findall(r"\*\*Elsewhere\.\*\*.*?\n\n", README.read_text(), re.DOTALL)
    return " ".join(section.split())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "news.jsonl").touch()
    return load_settings(home=make_home(tmp_path / "home", []))


def test_languages_are_taken_however_they_are_written(settings: Settings) -> None:
    path = str(settings.home.parent / "news.jsonl")
    assert choose(settings, [path], "processes", None, ["EN", " de "], None, None).languages == {"en", "de"}


def test_the_readme_says_how_many_workers_a_batch_keeps_busy() -> None:
    usual = Settings.model_fields["batch_size"].default
    assert (TOGETHER, AHEAD) == (8, 3)
    assert "eight pages at once and three batches are under way" in elsewhere()
    assert f"the usual {usual} pages a batch keep at most {AHEAD * usual // TOGETHER} workers busy" in elsewhere()
    assert "`DATELINE_BATCH_SIZE`: three times its cores" in elsewhere()
    assert AHEAD * 3 / TOGETHER >= 1, "a group of pages for each core"


def test_the_readme_names_each_file_that_workers_open(settings: Settings) -> None:
    for name in ("actors.toml", "rules.toml"):
        (settings.home / name).touch()
    options = tagger_options(settings)
    opened = {f.name for f in fields(options) if "Path" in str(f.type)}
    assert opened == set(NAMES)
    assert [name for name in NAMES.values() if f"`{name}`" not in elsewhere()] == []
