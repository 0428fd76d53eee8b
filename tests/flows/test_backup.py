"""Backups: whole while a run works, renewed cheaply, verified before they are put back."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.backup import back_up
from flows.manifest import BackupError, read_manifest, write_manifest
from flows.restore import restore
from pipeline.errors import ConfigError, LockedError, WarehouseError
from pipeline.fetch import Archive, read_capture
from pipeline.settings import Settings
from tests.faults.rows import rows_of
from tests.flows.small_home import LONG_AGO, next_run, page, small_home
from tests.warehouse.build import entry, poll
from warehouse.pages import record_fetches
from warehouse.publish import everything, publish
from warehouse.query import ask
from warehouse.store import Warehouse


@pytest.fixture(scope="module")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with a backup beside it."""
    settings = small_home(tmp_path_factory.mktemp("model") / "home")
    (settings.home / "rules.toml").write_text("# none\n")
    back_up(settings, settings.home.with_name("backup"))
    return settings


@pytest.fixture
def settings(model_home: Settings, tmp_path: Path) -> Settings:
    """A copy of it."""
    shutil.copytree(model_home.home.parent, tmp_path, dirs_exist_ok=True)
    backup = tmp_path / "backup"
    write_manifest(backup, replace(read_manifest(backup), home=str((tmp_path / "home").resolve())))
    return model_home.model_copy(update={"home": tmp_path / "home"})


@pytest.fixture
def backup(settings: Settings) -> Path:
    return settings.home.with_name("backup")


def stored(folder: Path, ending: str) -> Path:
    [item] = [item for item in read_manifest(folder).items if item.path.endswith(ending)]
    return folder / item.stored


def elsewhere(settings: Settings) -> Settings:
    return settings.model_copy(update={"home": settings.home.with_name("other")})


def fetch_more(warehouse: Warehouse, settings: Settings) -> None:
    """A third page, captured and not yet read."""
    poll(warehouse, [entry(3)])
    with Archive(settings.home, settings.raw, "run-2") as archive:
        record_fetches(warehouse, "run-2", LONG_AGO, [archive.write(page(3))], [])


def test_what_is_restored_is_what_was_backed_up(settings: Settings, backup: Path) -> None:
    told = list(restore(elsewhere(settings), backup, force=False))
    other = elsewhere(settings)
    assert told[0].endswith("1 articles")
    assert rows_of(other.published) == rows_of(settings.published)
    assert (other.home / "rules.toml").read_text() == "# none\n"
    for file, offset in ask(other.published, "SELECT warc_file, warc_offset FROM capture").rows:
        assert read_capture(other.home, str(file), int(str(offset))).body.startswith(b"page ")
    assert next_run(other) == 1


def test_a_home_whose_readers_see_the_last_days_is_restored_with_all_of_them(settings: Settings, backup: Path) -> None:
    recent = settings.model_copy(update={"publish_days": 1})
    assert next_run(recent) == 0, "its one article is of another day"
    back_up(recent, backup)
    other = elsewhere(recent)
    told = list(restore(other, backup, force=False))
    assert told[0].endswith("1 articles")
    assert ask(other.published, "SELECT count(*) FROM article").rows == [(0,)]
    assert rows_of(everything(other.published)) == rows_of(everything(settings.published))


def test_a_second_backup_copies_only_raw_files_that_are_new(settings: Settings, backup: Path) -> None:
    kept = stored(backup, "run-1-1.warc.gz")
    before = kept.stat().st_ino
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        fetch_more(warehouse, settings)
    assert "1 raw files copied now" in back_up(settings, backup)
    assert kept.stat().st_ino == before
    assert stored(backup, "run-2-1.warc.gz").exists()
    assert len(list(backup.rglob("warehouse.duckdb"))) == 1, "the earlier warehouse is gone"


def test_a_backup_while_a_run_works_is_what_readers_see(settings: Settings, backup: Path) -> None:
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        fetch_more(warehouse, settings)
        assert "warehouse from dateline.duckdb" in back_up(settings, backup)
        list(restore(elsewhere(settings), backup, force=False))
        assert rows_of(elsewhere(settings).published) == rows_of(settings.published)
        publish(warehouse, settings.published)
        back_up(settings, backup)
    assert stored(backup, "run-2-1.warc.gz").exists()


def test_a_backup_that_fails_leaves_the_one_before(
    settings: Settings, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("flows.backup.write_manifest", full)
    with pytest.raises(OSError, match="No space"):
        back_up(settings, backup)
    assert list(restore(elsewhere(settings), backup, force=False))
    monkeypatch.undo()
    back_up(settings, backup)
    assert len(list(backup.rglob("warehouse.duckdb"))) == 1, "what the failed one left is gone"


def test_a_raw_file_that_changed_lies_beside_the_earlier_one_until_the_new_backup_is_whole(
    settings: Settings, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = next(settings.raw.rglob("*.warc.gz"))
    raw.write_bytes(raw.read_bytes() + b"torn")

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("flows.backup.write_manifest", full)
    with pytest.raises(OSError, match="No space"):
        back_up(settings, backup)
    assert list(restore(elsewhere(settings), backup, force=False)), "the one before is whole"
    monkeypatch.undo()
    back_up(settings, backup)
    assert stored(backup, raw.name).read_bytes().endswith(b"torn")
    assert len(list(backup.rglob("*.warc.gz"))) == 1, "the earlier one is gone"


def test_what_others_put_into_the_folder_stays(settings: Settings, backup: Path) -> None:
    (backup / "notes.txt").write_text("mine")
    (backup / "other" / "deep").mkdir(parents=True)
    (backup / "other" / "deep" / "file").write_text("mine")
    back_up(settings, backup)
    assert (backup / "notes.txt").read_text() == (backup / "other" / "deep" / "file").read_text() == "mine"


def test_each_home_has_a_folder_of_its_own(settings: Settings, backup: Path) -> None:
    list(restore(elsewhere(settings), backup, force=False))
    with pytest.raises(ConfigError, match="holds the backup of "):
        back_up(elsewhere(settings), backup)
    with pytest.raises(ConfigError, match="lies in another backup"):
        back_up(elsewhere(settings), backup / "inner")
    (settings.home.parent / "file").touch()
    with pytest.raises(ConfigError, match="is a file"):
        back_up(settings, settings.home.parent / "file")


def test_a_mounted_home_is_refused_before_anything_is_copied(
    settings: Settings, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda path: path == settings.home.resolve())
    with pytest.raises(ConfigError, match="is mounted"):
        list(restore(settings, backup, force=True))
    assert not list(settings.home.parent.glob(".*.restoring"))


def test_secrets_that_readers_do_not_see_are_not_lost_to_a_backup(settings: Settings, backup: Path) -> None:
    with Warehouse.open(settings.live, settings.lock) as warehouse:
        with warehouse.transaction() as cursor:
            cursor.execute("UPDATE feed SET feed_url = feed_url || '?token=5ecret'")
        publish(warehouse, settings.published)
        with pytest.raises(WarehouseError, match="back up when it has ended"):
            back_up(settings, backup)
    back_up(settings, backup)
    other = elsewhere(settings)
    list(restore(other, backup, force=False))
    with Warehouse.open(other.live, other.lock) as warehouse, warehouse.transaction() as cursor:
        assert "5ecret" in str(cursor.execute("SELECT list(feed_url) FROM feed").fetchall())


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda b: stored(b, "feeds.toml").unlink(), "feeds.toml is missing"),
        (lambda b: flip(stored(b, "warehouse.duckdb")), "warehouse.duckdb holds other bytes"),
        (lambda b: flip(stored(b, ".warc.gz")), ".warc.gz holds other bytes"),
        (lambda b: os.truncate(stored(b, ".warc.gz"), 5), ".warc.gz has 5 bytes of"),
        (lambda b: (b / "manifest.json").unlink(), "no backup here"),
        (lambda b: (b / "manifest.json").write_text("{}"), "cannot be read"),
    ],
)
def test_a_damaged_backup_is_refused_and_touches_nothing(
    spoil: Callable[[Path], object], says: str, settings: Settings, backup: Path
) -> None:
    spoil(backup)
    before = sorted(settings.home.rglob("*"))
    with pytest.raises(BackupError, match=says):
        list(restore(settings, backup, force=True))
    assert sorted(settings.home.rglob("*")) == before


def test_a_home_that_is_there_is_moved_aside_only_by_force(settings: Settings, backup: Path) -> None:
    (settings.home / "mine").touch()
    with pytest.raises(ConfigError, match="is there already"):
        list(restore(settings, backup, force=False))
    told = list(restore(settings, backup, force=True))
    [aside] = settings.home.parent.glob("home.until-*")
    assert (aside / "mine").exists()
    assert str(aside) in told[1]
    assert not (settings.home / "mine").exists()
    assert next_run(settings) == 1


def test_a_home_where_a_run_works_is_not_moved(settings: Settings, backup: Path) -> None:
    with Warehouse.open(settings.live, settings.lock), pytest.raises(LockedError):
        list(restore(settings, backup, force=True))
    assert next_run(settings) == 1


def test_no_other_folder_is_taken_for_a_backup(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").touch()
    for folder in (tmp_path / "letters", settings.home / "backup"):
        with pytest.raises(ConfigError):
            back_up(settings, folder)
    assert (tmp_path / "letters" / "dear.txt").exists()


def test_the_manifest_names_every_file(backup: Path) -> None:
    told = json.loads((backup / "manifest.json").read_text())
    there = {p.relative_to(backup).as_posix() for p in files(backup)} - {"manifest.json", ".dateline-backup.lock"}
    assert {item["stored"] for item in told["items"]} == there


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
