"""Exports that others read: each file is read back, with hostile headlines."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline.errors import ConfigError, WarehouseError
from tests.warehouse.news import ATTACK, TALKS, publish_news
from warehouse.export import Selection, export

HOSTILE = 'Three "killed",\tRawa\n</script><b>=1+1\u2028end'
ALL = Selection()


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up news; the headline of the attack's fullest report is hostile."""
    published = publish_news(tmp_path_factory.mktemp("home"))
    with duckdb.connect(str(published)) as connection:
        connection.execute("UPDATE article SET title = ? WHERE article_id = 'a5'", [HOSTILE])
    return published


def test_csv_keeps_tabs_quotes_and_line_breaks_and_has_lists_as_json(news: Path, tmp_path: Path) -> None:
    assert export(news, "csv", tmp_path / "out", ALL) == {"events": 2, "reports": 4}
    with (tmp_path / "out" / "events.csv").open(encoding="utf-8", newline="") as file:
        talks, attack = csv.DictReader(file)
    assert (attack["title"], attack["actors"], attack["recipients"]) == (HOSTILE, '["Rebels"]', '["three herders"]')
    assert (attack["event_day"], attack["killed_low"], attack["killed_high"]) == ("2026-11-20", "3", "5")
    assert (talks["place_name"], json.loads(talks["actors"])) == ("", ["Norland", "Sudria"])


def test_ndjson_has_an_object_a_line_that_a_page_may_hold(news: Path, tmp_path: Path) -> None:
    assert export(news, "ndjson", tmp_path / "out", ALL) == {"events": 2, "reports": 4}
    text = (tmp_path / "out" / "events.ndjson").read_text("utf-8")
    talks, attack = (json.loads(line) for line in text.split("\n")[:-1])
    assert "</script>" not in text
    assert (attack["event_id"], attack["title"], attack["actors"]) == (ATTACK, HOSTILE, ["Rebels"])
    assert (talks["event_day"], talks["first_reported_at"]) == ("2026-11-19", "2026-11-19T10:00:00+00:00")


def test_geojson_has_points_only_for_what_a_point_can_stand_for(news: Path, tmp_path: Path) -> None:
    assert export(news, "geojson", tmp_path / "out", ALL) == {"events": 2}
    text = (tmp_path / "out" / "events.geojson").read_text("utf-8")
    assert "</script>" not in text
    found = json.loads(text)
    talks, attack = found["features"]
    assert found["type"] == "FeatureCollection"
    assert attack["geometry"] == {"type": "Point", "coordinates": [41.92, 34.48]}
    assert (attack["id"], attack["properties"]["title"]) == (ATTACK, HOSTILE)
    assert talks["geometry"] is None


@pytest.mark.parametrize(
    ("precision", "is_point"),
    [("point", True), ("city", True), ("admin2", True), ("admin1", False), ("country", False), ("region", False)],
)
def test_the_middle_of_a_country_or_province_is_no_point(
    news: Path, tmp_path: Path, precision: str, is_point: bool
) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(news.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute("UPDATE event SET place_precision = ? WHERE country = 'IRQ'", [precision])
    export(copy, "geojson", tmp_path / "out", Selection(where="country = 'IRQ'"))
    (feature,) = json.loads((tmp_path / "out" / "events.geojson").read_text("utf-8"))["features"]
    assert (feature["geometry"] is not None) is is_point


def test_parquet_is_partitioned_by_month_and_says_what_each_column_means(news: Path, tmp_path: Path) -> None:
    assert export(news, "parquet", tmp_path / "out", ALL) == {"events": 2, "reports": 4}
    (file,) = (tmp_path / "out" / "events" / "year=2026" / "month=11").iterdir()
    schema = pq.read_schema(file)
    assert schema.field("killed_low").metadata[b"comment"].startswith(b"At least so many killed")
    assert schema.metadata[b"comment"].startswith(b"Who did what to whom")
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT event_id, year, month, title, actors FROM read_parquet(?) ORDER BY event_day",
            [str(tmp_path / "out" / "events" / "**" / "*.parquet")],
        ).fetchall()
        told = dict(
            connection.execute("SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(file)]).fetchall()
        )
    assert rows == [
        (TALKS, 2026, 11, "Norland and Sudria meet", ["Norland", "Sudria"]),
        (ATTACK, 2026, 11, HOSTILE, ["Rebels"]),
    ]
    assert told["comment.event_type"] == "PLOVER type: AGREE, CONSULT, … ASSAULT."


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        (Selection(since=date(2026, 11, 20)), [ATTACK]),
        (Selection(until=date(2026, 11, 19)), [TALKS]),
        (Selection(since=date(2026, 11, 19), until=date(2026, 11, 20)), [TALKS, ATTACK]),
        (Selection(where="quad = 4 AND list_contains(actors, 'Rebels')"), [ATTACK]),
        (Selection(where="title = 'it''s none' OR false"), []),
    ],
)
def test_events_are_chosen_by_day_and_by_the_analysts_own_condition(
    news: Path, tmp_path: Path, selection: Selection, wanted: list[str]
) -> None:
    assert export(news, "ndjson", tmp_path / "out", selection)["events"] == len(wanted)
    lines = (tmp_path / "out" / "events.ndjson").read_text("utf-8").split("\n")[:-1]
    assert [json.loads(line)["event_id"] for line in lines] == wanted


@pytest.mark.parametrize("where", ["no_such_column = 1", "true) OR (true", "true; DROP TABLE event", "1 = "])
def test_a_wrong_condition_is_refused_and_nothing_is_written(news: Path, tmp_path: Path, where: str) -> None:
    before = news.read_bytes()
    with pytest.raises(WarehouseError):
        export(news, "csv", tmp_path / "out", Selection(where=where))
    assert not (tmp_path / "out").exists()
    assert news.read_bytes() == before


def test_old_files_and_unknown_formats_are_refused(news: Path, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("old")
    with pytest.raises(ConfigError, match="is not empty"):
        export(news, "csv", tmp_path, ALL)
    with pytest.raises(ConfigError, match="one of parquet, csv, ndjson, geojson, gdelt"):
        export(news, "xml", tmp_path / "out", ALL)
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        export(news, "csv", tmp_path / "file", ALL)
