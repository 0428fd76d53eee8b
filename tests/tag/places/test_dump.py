"""A gazetteer from a GeoNames dump: a small made-up one in tests/cases/tag/geonames."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.errors import DatelineError
from pipeline.tag.places.build import is_current
from pipeline.tag.places.dump import Built, build_from_geonames
from pipeline.tag.places.gazetteer import Candidate, Gazetteer

SAMPLE = Path(__file__).parents[2] / "cases" / "tag" / "geonames"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    out = tmp_path_factory.mktemp("dump") / "gazetteer.sqlite"
    return out, build_from_geonames(SAMPLE / "allCountries.txt", out)


@pytest.fixture(scope="module")
def gazetteer(built: tuple[Path, Built]) -> Iterator[Gazetteer]:
    with Gazetteer.open(built[0]) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "geonameid", "feature"),
    [
        ("Mintara", 9000002, "ADM1"),
        ("Mintara Governorate", 9000002, "ADM1"),
        ("منتارة", 9000002, "ADM1"),
        ("Tell Oruk", 9000004, "PPL"),
        ("Tall Uruk", 9000004, "PPL"),
        ("تل أوروك", 9000004, "PPL"),
        ("Телль-Орук", 9000004, "PPL"),  # of alternateNamesV2.txt
        ("Oruk Minor", 9000005, "PPL"),
        ("Lemna Lake", 9000006, "LK"),
        ("Jabal Lemna", 9000008, "MTS"),
        ("Tell Oruk Air Base", 9000010, "AIRB"),
        ("Red Sea", 9000007, "SEA"),
        ("Mer Rouge", 9000007, "SEA"),  # our own name of the dump's sea
        ("Iraq", 9000001, "PCLI"),
    ],
)
def test_a_place_of_the_dump_is_found(gazetteer: Gazetteer, name: str, geonameid: int, feature: str) -> None:
    assert [(c.geonameid, c.feature) for c in gazetteer.lookup(name)][:1] == [(geonameid, feature)]


def test_a_place_carries_all_that_the_dump_says(gazetteer: Gazetteer) -> None:
    (town,) = gazetteer.lookup("Tell Oruk")
    assert town == Candidate(
        geonameid=9000004,
        name="Tell Oruk",
        latitude=34.45,
        longitude=41.92,
        country="IRQ",
        admin1="Mintara",
        feature="PPL",
        population=45000,
        admin2="Qada Lemna",
        timezone="Asia/Baghdad",
    )


@pytest.mark.parametrize(
    "name", ["Hotel Lemna", "Grand Hotel", "Old Oruk", "QQQ", "XTO", "أوروك الصغرى", "Broken point"]
)
def test_what_no_text_says_is_left_out(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == ()


def test_our_own_places_that_the_dump_lacks_are_added(gazetteer: Gazetteer) -> None:
    assert [c.feature for c in gazetteer.lookup("Strait of Hormuz")] == ["STRT"]
    assert len([c for c in gazetteer.lookup("Red Sea") if c.feature == "SEA"]) == 1


def test_bad_lines_are_counted_and_the_first_is_named(built: tuple[Path, Built]) -> None:
    assert built[1].bad_lines == 3
    assert built[1].first_bad is not None
    assert built[1].first_bad.endswith("allCountries.txt line 12: could not convert string to float: 'north'")


def test_small_places_can_be_left_out(tmp_path: Path) -> None:
    build_from_geonames(SAMPLE, tmp_path / "few.sqlite", people=1000)
    with Gazetteer.open(tmp_path / "few.sqlite") as few:
        assert few.lookup("Little Oruk") == few.lookup("Oruk Minor") == ()
        assert few.lookup("Tell Oruk")


def test_the_dump_alone_is_enough_and_may_be_zipped(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "allCountries.zip", "w") as archive:
        archive.write(SAMPLE / "allCountries.txt", "allCountries.txt")
    build_from_geonames(tmp_path, tmp_path / "g.sqlite")
    with Gazetteer.open(tmp_path / "g.sqlite") as gazetteer:
        (town,) = gazetteer.lookup("Tell Oruk")
    assert (town.country, town.admin1, town.admin2) == ("IRQ", "Mintara", "Qada Lemna")


@pytest.mark.parametrize("text", ["", "a,b,c\n", "name\tpeople\n" * 2000, '{"places": []}\n'])
def test_a_file_that_is_no_dump_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "wrong.txt").write_text(text, encoding="utf-8")
    with pytest.raises(DatelineError, match="no GeoNames dump"):
        build_from_geonames(tmp_path / "wrong.txt", tmp_path / "g.sqlite")
    assert not list(tmp_path.glob("*.sqlite*"))


def test_a_dump_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=r"absent\.txt"):
        build_from_geonames(tmp_path / "absent.txt", tmp_path / "g.sqlite")


def test_bytes_that_are_no_utf8_are_refused_and_the_old_file_stays(tmp_path: Path) -> None:
    out = tmp_path / "g.sqlite"
    out.write_bytes(b"old")
    (tmp_path / "latin.txt").write_bytes((SAMPLE / "allCountries.txt").read_bytes() + b"\xff\xfe\n")
    with pytest.raises(DatelineError, match="cannot be built"):
        build_from_geonames(tmp_path / "latin.txt", out)
    assert out.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.sqlite", "latin.txt"]


def test_a_dumps_file_is_never_replaced_by_ours(built: tuple[Path, Built], tmp_path: Path) -> None:
    path = tmp_path / "g.sqlite"
    shutil.copy(built[0], path)
    assert is_current(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET version = '1 geonames-dump old.txt'")
    connection.close()
    with pytest.raises(DatelineError, match="build it again"):
        Gazetteer.open(path)
