"""What workers hand over: rows that become the warehouse's once the article is known."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ids import hashed, id_parts, stable_id
from pipeline.records import Mention, Tags
from tests.warehouse.build import TEXT, assault, tags_of
from warehouse.told import COLUMNS, IDS, Naming, told_in

parts = st.lists(st.none() | st.integers() | st.text() | st.lists(st.tuples(st.integers(), st.integers())))


@given(parts, parts)
def test_an_id_is_the_same_whether_its_parts_come_together_or_apart(first: list[object], rest: list[object]) -> None:
    assert hashed(id_parts(*first) + id_parts(*rest)) == stable_id(*first, *rest)


def test_a_row_has_a_value_for_each_column_and_its_ids_stand_open() -> None:
    told = told_in(TEXT, tags_of())
    assert set(told.rows) == set(COLUMNS)
    for table, rows in told.rows.items():
        for row in rows:
            values = dict(zip(COLUMNS[table], row, strict=True))
            assert all(isinstance(values[name], bytes) for name in IDS & values.keys())


def test_what_stands_twice_in_one_place_is_told_once_and_the_place_of_an_event_is_a_place() -> None:
    told = told_in(TEXT, tags_of(events=[assault(), replace(assault(), confidence=0.1)]))
    assert [len(told.rows[t]) for t in ("mention", "event_mention", "event_participant", "place")] == [1, 1, 1, 1]
    event = dict(zip(COLUMNS["event_mention"], told.rows["event_mention"][0], strict=True))
    assert (event["confidence"], event["sentence_text"]) == (0.8, TEXT[: TEXT.index(".") + 1])
    assert event["place_id"] == told.rows["place"][0][0]


def test_names_are_counted_by_the_way_they_are_written() -> None:
    def mention(text: str, start: int, **known: str) -> Mention:
        return Mention(start=start, end=start + 5, text=text, label="PERSON", entity_id="x", name="José Pérez", **known)  # type: ignore[arg-type]

    tags = Tags(document_id="d", tagger="t", mentions=(mention("Pérez", 9, country="ESP"), mention("Pérez", 0)))
    assert told_in("", tags).names == [
        Naming("x", "José Pérez", "jose perez", "PERSON:js prz", "PERSON", "ESP", None, None, [("Pérez", "perez", 2)])
    ]


def test_workers_make_rows_without_duckdb() -> None:
    """It would cost each of them 40 MB."""
    code = "import sys, flows.reading; sys.exit('duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0
