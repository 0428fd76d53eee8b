"""Labels in their file and beside the events: nothing that was said is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.records import Label
from tests.warehouse.build import NOON, RUN, TEXT, entry, fetch, poll, reading
from tests.warehouse.published import attack, promise
from tests.warehouse.test_standing import label
from tests.warehouse.test_views import examples
from warehouse.grouping import group_all
from warehouse.label_file import append_label, read_labels
from warehouse.labels import all_labels, check_published, codings, draw, keep_labels, strata
from warehouse.load import load_readings
from warehouse.migrate import scripts
from warehouse.pages import unread_captures
from warehouse.publish import publish
from warehouse.query import ask
from warehouse.standing import last_ones
from warehouse.storage import LakeStorage
from warehouse.store import Warehouse


def write_many(path: Path, lock: Path, first: int) -> None:
    """Twenty labels, each its own line."""
    for number in range(first, first + 20):
        append_label(path, lock, label(label_id=f"b{number}", note="said\n" * 200))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "labels.jsonl"


def test_what_is_written_is_read_back(file: Path, tmp_path: Path) -> None:
    said = [label(), label("place", label_id="b2", should_be={"place": "Rāwah"}, note="x\u202e\ny", drawn_from=7)]
    for one in said:
        append_label(file, tmp_path / "live" / "labels.lock", one)
    assert read_labels(file) == (said, [])
    assert read_labels(tmp_path / "none.jsonl") == ([], [])


def test_who_write_at_once_do_not_mix_their_lines(file: Path, tmp_path: Path) -> None:
    context = get_context("spawn")
    writers = [context.Process(target=write_many, args=(file, tmp_path / "lock", 100 * n)) for n in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    labels, wrong = read_labels(file)
    assert wrong == []
    assert len({one.label_id for one in labels}) == 60


def test_a_line_that_a_kill_cut_off_is_passed_over_and_told_and_the_next_stands(file: Path, tmp_path: Path) -> None:
    append_label(file, tmp_path / "lock", label())
    torn = file.read_bytes()[:-40]
    file.write_bytes(torn)
    append_label(file, tmp_path / "lock", label(label_id="b2"))
    labels, wrong = read_labels(file)
    assert [one.label_id for one in labels] == ["b2"]
    assert len(wrong) == 1
    assert wrong[0].startswith("labels.jsonl line 1: no label, and passed over")


@pytest.mark.parametrize(
    "change",
    [{"verdict": "so-so"}, {"wrong": ["tone"]}, {"labelled_at": "yesterday"}, {"labelled_at": "2026-11-30T12:00:00"},
     {"tagger": None}, {"trigger_start": "9"}, {"coded": [1]}, {"should_be": {"type": 3}}, {"note": 5},
     {"note": "\ud800"}, {"drawn_from": "x"}, {"drawn_from": 0}, {"drawn_from": True}, {"trigger_start": 2**40},
     {"labelled_at": "0001-01-01T00:00:00+23:00"}, {"verdict": "wrong", "wrong": []},
     {"verdict": "right", "wrong": ["type"]}, {"should_be": {"type": "COERCE"}}],
)  # fmt: skip
def test_a_line_that_is_no_label_is_passed_over(file: Path, tmp_path: Path, change: dict[str, object]) -> None:
    append_label(file, tmp_path / "lock", label())
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | change) + "\n[]\n")
    labels, wrong = read_labels(file)
    assert (labels, len(wrong)) == ([], 2)


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").mkdir()
    with pytest.raises(ConfigError, match="cannot be written"):
        append_label(tmp_path / "labels.jsonl", tmp_path / "lock", label())


def load(warehouse: Warehouse, number: int, text: str = TEXT, *, later: int = 0) -> None:
    """An article with the attack and the promise; so many hours later anew."""
    at = NOON + timedelta(hours=number + later)
    poll(warehouse, [entry(number, published_at=at, updated_at=at)], at=at)
    fetch(warehouse, f"https://wire.example/{number}", at=at)
    read = [reading(unread, text, [attack(text), promise(text)]) for unread in unread_captures(warehouse)]
    load_readings(warehouse, RUN, at, read, [])
    group_all(warehouse, RUN)


def judged(warehouse: Warehouse, kind: str, *wrong: str, **changes: object) -> Label:
    """A label of the one event mention of a type, as it is coded."""
    with warehouse.transaction() as cursor:
        query = (
            "SELECT event_mention_id, article_id, sentence_text, tagger FROM event_mention JOIN article "
            "USING (article_id) WHERE is_latest AND event_type = ? ORDER BY event_mention_id LIMIT 1"
        )
        ((mention, article, sentence, tagger),) = cursor.execute(query, [kind]).fetchall()
        found = codings(cursor, [("k", article, sentence)])["k"].codings
        (coding,) = [c for c in found if c.event_mention_id == mention]
    made = label(
        *wrong,
        event_mention_id=mention,
        article_id=article,
        event_type=kind,
        tagger=tagger,
        coded=coding.coded,
        sentence_text=sentence,
        trigger_start=coding.start,
        trigger_text=coding.trigger_text,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def published_of(warehouse: Warehouse, folder: Path) -> Path:
    published = folder / ("dateline.lake" if isinstance(warehouse.storage, LakeStorage) else "dateline.duckdb")
    publish(warehouse, published)
    return published


@pytest.mark.lake
def test_runs_load_labels_once_and_note_what_became_of_the_codings(
    warehouse: Warehouse, file: Path, tmp_path: Path
) -> None:
    load(warehouse, 1)
    right = judged(warehouse, "ASSAULT", label_id="b1", drawn_from=1)
    wrong = judged(warehouse, "RETREAT", "mode", label_id="b2", should_be={"mode": "none"})
    for one in (right, wrong):
        append_label(file, tmp_path / "lock", one)
    for run in ("run-2", "run-3"):
        checked, troubles = keep_labels(warehouse, file, run)
        assert {one.label.label_id: one.standing for one in checked} == {"b1": "still right", "b2": "still wrong"}
        assert troubles == []
    published = published_of(warehouse, tmp_path)
    with warehouse.transaction() as cursor:
        query = "SELECT l.label_id, l.standing, l.coded_now['mode'], t.run_id, l.url FROM labels AS l "
        joined = "JOIN label AS t USING (label_id) ORDER BY ALL"
        assert cursor.execute(query + joined).fetchall() == [
            ("b1", "still right", "", "run-2", "https://wire.example/1"),
            ("b2", "still wrong", "withdraw", "run-2", "https://wire.example/1"),
        ]
        cursor.execute("UPDATE event_mention SET mode = NULL")
    assert {one.label.label_id: one.standing for one in keep_labels(warehouse, file, "run-4")[0]} == {
        "b1": "still right",
        "b2": "now right",
    }
    assert all_labels(published, file) == ([right, wrong], [])


def test_labels_outlive_their_file_and_the_warehouse(warehouse: Warehouse, file: Path, tmp_path: Path) -> None:
    load(warehouse, 1)
    said = judged(warehouse, "ASSAULT", "place", should_be={"place": "Basra"}, drawn_from=1)
    published = published_of(warehouse, tmp_path)
    append_label(file, tmp_path / "lock", said)
    assert all_labels(published, file) == ([said], [])  # at once, before any run
    keep_labels(warehouse, file, "run-2")
    file.unlink()
    published = published_of(warehouse, tmp_path)
    assert all_labels(published, file) == ([said], [])
    assert [one.standing for one in keep_labels(warehouse, file, "run-3")[0]] == ["still wrong"]


def test_a_label_follows_its_sentence_into_the_next_version_of_the_text(
    warehouse: Warehouse, file: Path, tmp_path: Path
) -> None:
    load(warehouse, 1)
    append_label(file, tmp_path / "lock", judged(warehouse, "ASSAULT"))
    append_label(file, tmp_path / "lock", judged(warehouse, "RETREAT", label_id="b2"))
    load(warehouse, 1, TEXT.replace("within a week", "within half a week"), later=5)
    checked, _ = keep_labels(warehouse, file, "run-2")
    assert [one.standing for one in checked] == ["still right", "text gone"]


def test_the_examples_of_the_view_find_something(warehouse: Warehouse, file: Path, tmp_path: Path) -> None:
    load(warehouse, 1)
    append_label(file, tmp_path / "lock", judged(warehouse, "ASSAULT", "type", should_be={"type": "COERCE"}))
    keep_labels(warehouse, file, "run-2")
    published = published_of(warehouse, tmp_path)
    [view] = [text for name, text in scripts("views") if name == "labels.sql"]
    assert [len(ask(published, example).rows) for example in examples(view)] == [1, 1]


def test_where_nothing_was_said_a_run_writes_nothing(warehouse: Warehouse, file: Path, tmp_path: Path) -> None:
    load(warehouse, 1)
    published_of(warehouse, tmp_path)
    warehouse.unpublished = False
    assert keep_labels(warehouse, file, "run-2") == ([], [])
    assert warehouse.unpublished is False


def test_a_draw_takes_types_in_turn_and_leaves_out_what_was_drawn_before_and_not_what_was_reported(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    for number in range(1, 5):
        load(warehouse, number, TEXT.replace("Rawa", f"Rawa {'x' * number}"))
    reported, drawn = judged(warehouse, "ASSAULT", "place"), judged(warehouse, "RETREAT", drawn_from=4)
    published = published_of(warehouse, tmp_path)
    assert {kind: number for (_, kind), number in strata(published).items()} == {"ASSAULT": 4, "RETREAT": 4}
    first = draw(published, [], 2, None, seed=1)
    with warehouse.transaction() as cursor:
        kinds = dict(cursor.execute("SELECT event_mention_id, event_type FROM event_mention").fetchall())
    assert sorted(kinds[one.event_mention_id] for one in first) == ["ASSAULT", "RETREAT"]
    assert draw(published, [], 2, None, seed=1) == first
    everything = {one.event_mention_id for one in draw(published, last_ones([reported, drawn]), 99, None, seed=2)}
    assert everything == set(kinds) - {drawn.event_mention_id}
    assert len(draw(published, [], 99, ["RETREAT"], seed=2)) == 4
    assert [one.standing for one in check_published(published, [drawn])] == ["still right"]
