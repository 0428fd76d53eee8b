"""Which warehouse a home's settings lead to."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.demo import run_demo
from flows.opening import open_warehouse
from pipeline.errors import ConfigError
from pipeline.settings import Settings
from warehouse.storage import FileStorage, LakeStorage


def test_a_home_has_a_file_of_its_own(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert not settings.has_warehouse
    with open_warehouse(settings) as warehouse:
        assert warehouse.storage == FileStorage(tmp_path / "live" / "warehouse.duckdb")
    assert settings.has_warehouse
    assert settings.published == tmp_path / "dateline.duckdb"


def test_or_it_writes_to_a_lake_whose_files_are_where_they_are_said_to_be(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, warehouse=f"ducklake:sqlite:{tmp_path}/catalog.sqlite")
    assert settings.lake_files == str(tmp_path / "lake")
    elsewhere = settings.model_copy(update={"lake_data": str(tmp_path / "elsewhere")})
    with open_warehouse(elsewhere) as warehouse:
        assert isinstance(warehouse.storage, LakeStorage)
        assert warehouse.storage.lake.data == f"{tmp_path}/elsewhere/"
    assert settings.published == tmp_path / "dateline.lake"
    assert not settings.live.exists()


def test_an_address_that_leads_nowhere_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="DATELINE_WAREHOUSE"):
        open_warehouse(Settings(home=tmp_path, warehouse="s3://bucket/lake"))
    assert not list(tmp_path.iterdir())


def test_the_demo_keeps_its_made_up_news_out_of_a_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_WAREHOUSE", f"ducklake:sqlite:{tmp_path}/catalog.sqlite")
    with pytest.raises(ConfigError, match="DATELINE_WAREHOUSE"):
        run_demo(tmp_path / "demo")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [["doctor"], ["backup", "b"], ["restore", "b"]])
def test_what_looks_after_one_file_says_so_of_a_lake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("DATELINE_WAREHOUSE", f"ducklake:sqlite:{tmp_path}/catalog.sqlite")
    done = CliRunner().invoke(app, [*arguments, "--home", str(tmp_path)])
    assert isinstance(done.exception, ConfigError)
    assert f"{arguments[0]} is for a warehouse in one file" in str(done.exception)
