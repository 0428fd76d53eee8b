"""A small home that is well, one for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.settings import Settings
from tests.flows.small_home import small_home


@pytest.fixture(scope="session")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home that is well, with a page that is yet to be read."""
    return small_home(tmp_path_factory.mktemp("model") / "home")


@pytest.fixture
def settings(model_home: Settings, tmp_path: Path) -> Settings:
    """A copy of it."""
    shutil.copytree(model_home.home, tmp_path / "home")
    return model_home.model_copy(update={"home": tmp_path / "home"})
