"""A small home that is well, copied for each test that asks for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.settings import Settings
from tests.flows.small_home import small_home


@pytest.fixture(scope="session")
def model_home(place_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home that is well, with a page that is yet to be read."""
    assert place_file.is_file()
    return small_home(tmp_path_factory.mktemp("model") / "home")


@pytest.fixture
def settings(model_home: Settings, tmp_path: Path) -> Settings:
    """A copy of it."""
    shutil.copytree(model_home.home, tmp_path / "home")
    return model_home.model_copy(update={"home": tmp_path / "home"})
