"""Checks: each finds what breaks its promise, and nothing in a good warehouse. Cases: cases/warehouse/broken.toml."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from pipeline.errors import ConfigError, WarehouseError
from pipeline.records.articles import Precision, Source
from pipeline.records.labels import Part as LabelledPart
from pipeline.records.labels import Standing, Verdict
from pipeline.records.tags import DatePrecision, Part, PlaceFrom, Speech
from pipeline.tag.amounts.fates import Fate
from pipeline.tag.models.labels import ONTONOTES
from tests.warehouse.build import NOON, RUN, TEXT, entry, fetch, poll, reading
from tests.warehouse.good import CASES, make_good
from warehouse.checks import Check, checks, choose, find_broken, parse_check, run_checks
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.pages import unread_captures
from warehouse.runs import begin_run
from warehouse.store import Cursor, Warehouse

DOUBLED = {"keys_doubled", "rows_doubled"}
BROKEN: dict[str, list[str]] = tomllib.loads((CASES / "broken.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a warehouse that keeps every promise."""
    return make_good(tmp_path_factory.mktemp("good") / "dateline.duckdb")


@pytest.fixture(scope="module")
def connection(good: Path) -> Iterator[Cursor]:
    with duckdb.connect(str(good), config={"threads": 1}) as opened:
        opened.execute("SET TimeZone = 'UTC'")
        yield opened


@pytest.fixture
def cursor(connection: Cursor) -> Iterator[Cursor]:
    """Whatever is changed is taken back."""
    connection.begin()
    yield connection
    connection.rollback()


def broken_in(cursor: Cursor) -> list[str]:
    return [check.name for check in checks() if not find_broken(cursor, check, 3).is_kept]


def test_each_check_has_a_case_that_breaks_its_promise() -> None:
    assert {check.name for check in checks()} == set(BROKEN)


def test_a_good_warehouse_breaks_no_promise(cursor: Cursor) -> None:
    assert broken_in(cursor) == []


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.lake
def test_what_is_loaded_and_grouped_keeps_every_promise(warehouse: Warehouse, *, grouped: bool) -> None:
    begin_run(warehouse, RUN, NOON, flow="ingest", version="0.1.0", flow_run_id=None)
    for number, text in enumerate((TEXT, TEXT + " (Editing by the desk)", TEXT.replace("three", "four")), 1):
        at = NOON + timedelta(hours=number)
        poll(warehouse, [entry(number % 2, published_at=at, updated_at=at)], at=at)
        fetch(warehouse, f"https://wire.example/{number % 2}", at=at)
        load_readings(warehouse, RUN, at, [reading(unread, text) for unread in unread_captures(warehouse)], [])
        if grouped:
            group_all(warehouse, RUN)
    with warehouse.transaction() as cursor:
        assert broken_in(cursor) == []


def test_no_part_of_the_good_warehouse_is_empty(cursor: Cursor) -> None:
    """A check of an empty table proves nothing."""
    tables = [row[0] for row in cursor.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()]
    assert [name for name in tables if cursor.table(name).limit(1).fetchall() == []] == []


@pytest.mark.parametrize(("name", "change"), [(name, change) for name, changes in BROKEN.items() for change in changes])
def test_what_breaks_a_promise_is_found_by_its_check_alone(cursor: Cursor, name: str, change: str) -> None:
    cursor.execute(change)
    assert broken_in(cursor) == [name]


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_a_check_says_its_promise_in_a_sentence_or_two(check: Check) -> None:
    assert check.promise.endswith("."), "the comment at its head is the promise"
    assert len(check.promise) < 320
    assert len(duckdb.extract_statements(check.sql)) == 1


def test_the_sets_of_values_are_those_that_the_records_have() -> None:
    [check] = choose(["values_outside_their_sets"], checks())
    told: dict[str, set[str]] = {}
    for kind, value in re.findall(r"\('(\w+)', '([^']+)'\)", check.sql):
        told.setdefault(kind, set()).add(value)
    kinds = {
        "speech": Speech, "part": Part, "place_from": PlaceFrom, "date_precision": DatePrecision, "fate": Fate,
        "source": Source, "precision": Precision, "verdict": Verdict, "standing": Standing, "wrong": LabelledPart,
    }  # fmt: skip
    assert told == {kind: set(get_args(literal)) for kind, literal in kinds.items()} | {"label": ONTONOTES | {"GROUP"}}


def test_all_broken_rows_are_counted_and_the_first_shown(cursor: Cursor) -> None:
    cursor.execute("UPDATE mention SET run_id = mention_id; UPDATE place SET run_id = place_id")
    [check] = choose(["runs_missing"], checks())
    found = find_broken(cursor, check, 3)
    assert (found.broken, len(found.rows)) == (8, 3)
    assert found.columns == ("table_name", "run_id", "row_id", "rows_of_run")
    assert (find_broken(cursor, check, 8).broken, find_broken(cursor, check, 0).broken) == (8, 8)


def test_checks_are_chosen_by_name_and_heavy_ones_left_out_on_demand() -> None:
    known = [parse_check(n, s) for n, s in (("a", "-- A.\nSELECT 1;"), ("b", "-- B.\n-- Heavy: reads all.\nSELECT 1;"))]
    assert [c.name for c in choose([], known)] == ["a", "b"]
    assert [c.name for c in choose(["b"], known)] == ["b"]
    assert [c.name for c in choose([], known, quick=True)] == ["a"]
    assert (known[1].promise, known[1].heavy) == ("B.", "reads all.")


def test_an_unknown_name_is_told_with_those_that_are_near() -> None:
    with pytest.raises(ConfigError, match="runs_missing"):
        choose(["run_missing"], checks())


def test_the_published_file_is_read_only_and_must_be_there(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "dateline.duckdb"
    shutil.copyfile(good, path)
    path.chmod(0o444)
    assert all(found.is_kept for found in run_checks(path, checks(), 3))
    with pytest.raises(WarehouseError, match="no warehouse here yet"):
        list(run_checks(tmp_path / "none.duckdb", checks(), 3))


def test_every_key_is_held_also_where_the_storage_holds_none(connection: Cursor) -> None:
    keyed = connection.execute("SELECT table_name FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'")
    held = {name for c in checks() if c.name in DOUBLED for name in re.findall(r"SELECT '(\w+)'", c.sql)}
    assert {table for (table,) in keyed.fetchall()} - {"schema_migration"} <= held
