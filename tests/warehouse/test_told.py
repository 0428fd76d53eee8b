"""What workers hand over: rows that become the warehouse's once the article is known."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ids import hashed, id_parts, stable_id
from pipeline.records import DateMention, Mention, Tags
from tests.warehouse.build import TEXT, assault, tags_of
from warehouse.migrate import migrate
from warehouse.said import COLUMNS, NAMING
from warehouse.told import SCHEMAS, Told, of_article, told_in

parts = st.lists(st.none() | st.integers() | st.text() | st.lists(st.tuples(st.integers(), st.integers())))


def rows(told: Told, table: str) -> list[dict[str, object]]:
    own = told.tables[table]
    found: list[dict[str, object]] = own.batch.slice(own.start, own.count).to_pylist()
    return found


@given(parts, parts)
def test_an_id_is_the_same_whether_its_parts_come_together_or_apart(first: list[object], rest: list[object]) -> None:
    assert hashed(id_parts(*first) + id_parts(*rest)) == stable_id(*first, *rest)


def test_rows_have_the_types_of_the_warehouse(tmp_path: Path) -> None:
    migrate(tmp_path / "w.duckdb")
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connection:
        for table in COLUMNS:
            held = connection.execute(f"SELECT * FROM {table} LIMIT 0").to_arrow_table().schema
            for field in SCHEMAS[table]:
                kind = held.field(field.name).type
                assert kind == field.type or (pa.types.is_dictionary(kind) and pa.types.is_string(field.type))


def test_what_stands_twice_in_one_place_is_told_once_and_the_place_of_an_event_is_a_place() -> None:
    told = told_in(TEXT, tags_of(events=[assault(), replace(assault(), confidence=0.1)]), "a")
    assert [told.count(t) for t in ("mention", "event_mention", "event_participant", "place")] == [1, 1, 1, 1]
    (event,) = rows(told, "event_mention")
    assert (event["confidence"], event["sentence_text"]) == (0.8, TEXT[: TEXT.index(".") + 1])
    assert [event["place_id"]] == told.column("place", "place_id")
    assert told.column("event_participant", "event_mention_id") == [event["event_mention_id"]]


def test_a_text_without_anything_has_no_rows() -> None:
    assert told_in("", Tags(document_id="d", tagger="t")).tables == {}


def test_rows_of_one_article_become_those_of_another() -> None:
    nameless = replace(assault(), actors=(), recipients=(), place=None, rule="other")
    friday = DateMention(start=41, end=47, text="Friday", date_start=date(2026, 11, 20), date_end=None, precision="day")
    tags = tags_of(events=[assault(), nameless], dates=(friday,))
    assert of_article(told_in(TEXT, tags, "a"), "b") == told_in(TEXT, tags, "b") != told_in(TEXT, tags, "a")
    assert of_article(told_in("", replace(tags, mentions=(), events=(), dates=()), "a"), "b").tables == {}


def test_ids_are_hashes_of_the_article_and_what_identifies_a_row_in_it() -> None:
    told = told_in(TEXT, tags_of(), "a")
    start = TEXT.index("Rawa")
    assert told.column("mention", "mention_id") == [stable_id("a", start, start + 4, "GPE")]


def test_names_are_counted_by_the_way_they_are_written() -> None:
    def mention(text: str, start: int, **known: str) -> Mention:
        return Mention(start=start, end=start + 5, text=text, label="PERSON", entity_id="x", name="José Pérez", **known)  # type: ignore[arg-type]

    tags = Tags(document_id="d", tagger="t", mentions=(mention("Pérez", 9, country="ESP"), mention("Pérez", 0)))
    who = dict(zip(NAMING, ("x", "José Pérez", "PERSON:js prz", "PERSON", "ESP", None, None), strict=False))
    assert rows(told_in("", tags), "naming") == [
        who | {"alias": "José Pérez", "alias_key": "jose perez", "count": 0},
        who | {"alias": "Pérez", "alias_key": "perez", "count": 2},
    ]


def test_workers_make_rows_without_duckdb() -> None:
    """It would cost each of them 40 MB."""
    code = "import sys, flows.reading; sys.exit('duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0
