"""What became of a coding that a person judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pipeline.records import Label, Standing
from warehouse.standing import Coding, Now, coding_of, is_right, last_ones, nearest, standing

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
ROW: dict[str, Any] = {
    "event_mention_id": "x1", "event_type": "ASSAULT", "mode": "firearms", "polarity": "affirmed",
    "modality": "actual", "trigger_text": "attacked", "trigger_start": 9, "date_start": date(2026, 11, 20),
    "date_end": date(2026, 11, 20), "date_text": "Friday", "killed_low": 3, "wounded_low": None, "arrested_low": None,
    "captured_low": None, "displaced_low": None, "place_text": "Rawa", "place_name": "Rāwah", "geonameid": 91597,
    "parties": [
        {"role": "actor", "text": "Soldiers", "entity_id": "n2", "name": "Iraqi army"},
        {"role": "recipient", "text": "three herders", "entity_id": None, "name": None},
    ],
}  # fmt: skip


def coding(**changes: object) -> Coding:
    return coding_of({**ROW, **changes})


def label(*wrong: str, **changes: Any) -> Label:
    made = Label(
        label_id="b1",
        labelled_at=NOON,
        labelled_by="ann",
        verdict="wrong" if wrong else "right",
        wrong=wrong,  # type: ignore[arg-type]
        should_be={},
        note=None,
        event_mention_id="x1",
        article_id="a1",
        event_type="ASSAULT",
        tagger="model 1",
        coded=coding().coded,
        sentence_text="Soldiers attacked Rawa on Friday and killed three herders.",
        trigger_start=9,
        trigger_text="attacked",
        drawn_from=None,
    )
    return replace(made, **changes)


def test_a_coding_is_told_part_by_part() -> None:
    assert coding().coded == {
        "type": "ASSAULT", "mode": "firearms", "actor": "Soldiers", "recipient": "three herders", "place": "Rāwah",
        "date": "2026-11-20", "toll": "killed 3", "truth": "affirmed actual",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("part", "right", "is_so"),
    [
        ("actor", "iraqi  army", True),
        ("actor", "Soldiers; the police", False),  # one is missing
        ("actor", "none", False),
        ("place", "rawa", True),
        ("place", "91597", True),
        ("date", "2026-11-20/2026-11-20", True),
        ("date", "2026-11-21", False),
        ("truth", "actual", True),
        ("truth", "negated", False),
        ("toll", "killed 3", True),
        ("toll", "killed 3; wounded 1", False),
    ],
)
def test_what_a_person_names_is_compared_by_any_name_of_it(part: Any, right: str, is_so: bool) -> None:
    assert is_right(coding().parts[part], right) is is_so


def test_nothing_coded_is_right_where_nothing_should_be() -> None:
    assert is_right(coding(place_text=None, place_name=None, geonameid=None).parts["place"], "none")


OTHER = coding(event_mention_id="x9", event_type="COERCE", mode="arrest")


@pytest.mark.parametrize(
    ("judged", "now", "told"),
    [
        (label(), Now(True, (coding(),)), "still right"),
        (label(), Now(True, (coding(mode=None),)), "changed"),
        (label(), Now(True), "gone"),
        (label(), Now(False), "text gone"),
        (label("type", should_be={"type": "COERCE"}), Now(True, (OTHER,)), "now right"),
        (label("type", should_be={"type": "PROTEST"}), Now(True, (OTHER,)), "changed"),
        (label("type"), Now(True, (OTHER,)), "changed"),
        (label("type", should_be={"type": "COERCE"}), Now(True, (coding(),)), "still wrong"),
        (label("type", "mode", should_be={"type": "COERCE"}), Now(True, (coding(event_type="COERCE"),)), "still wrong"),
        (label("event"), Now(True), "now right"),
        (label("event"), Now(True, (OTHER,)), "still wrong"),
        (label("place", should_be={"place": "none"}), Now(True, (coding(place_name=None),)), "now right"),
        (label("place"), Now(True, (coding(trigger_start=40),)), "gone"),  # other words of the sentence
    ],
)
def test_what_became_of_a_coding(judged: Label, now: Now, told: Standing) -> None:
    assert standing(judged, now) == told


def test_the_same_id_is_the_same_coding_whatever_else_the_words_are_coded_as() -> None:
    assert nearest(label(), (OTHER, coding())) == coding()
    assert nearest(label(), (OTHER, coding(trigger_start=50))) == OTHER


def test_the_last_label_of_a_coding_counts_and_a_withdrawal_leaves_none() -> None:
    later = NOON + timedelta(minutes=1)
    corrected = label("mode", label_id="b2", labelled_at=later)
    assert last_ones([corrected, label()]) == [corrected]
    withdrawn = replace(corrected, label_id="b3", verdict="withdrawn", wrong=(), labelled_at=later + timedelta(1))
    assert last_ones([label(), corrected, withdrawn]) == []


def test_a_correction_of_the_sample_stays_of_the_sample_and_another_coder_is_judged_by_itself() -> None:
    drawn = label(drawn_from=40)
    corrected = label("place", label_id="b2", labelled_at=NOON + timedelta(minutes=1))
    assert [one.drawn_from for one in last_ones([drawn, corrected])] == [40]
    assert len(last_ones([drawn, replace(corrected, tagger="model 2")])) == 2
