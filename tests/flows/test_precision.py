"""Precision and its interval, held to published figures and to made-up populations."""

from __future__ import annotations

import random

import pytest

from flows.labels.precision import WHOLE, precision, verdict, weighted, wilson
from pipeline.records import Label
from tests.warehouse.test_standing import label


def labels(right: int, wrong: int) -> list[Label]:
    return [label() for _ in range(right)] + [label("type") for _ in range(wrong)]


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)  # R. G. Newcombe, Statistics in Medicine 17 (1998), p. 862, method 3
def test_intervals_are_wilsons(right: int, of: int, low: float, high: float) -> None:
    assert wilson(right / of, of) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ((), {"whole": True, "event": True, "type": True, "place": True}),
        (("place",), {"whole": False, "event": True, "type": True, "place": False}),
        (("event",), {"whole": False, "event": False, "type": False, "place": None}),
    ],
)
def test_where_there_is_no_event_its_type_is_wrong_and_nothing_is_said_of_its_place(
    wrong: tuple[str, ...], told: dict[str, bool | None]
) -> None:
    assert {part: verdict(label(*wrong), part) for part in told} == told


def test_of_nothing_there_is_no_precision() -> None:
    assert precision([], WHOLE) is None
    assert precision([label("event")], "place") is None
    assert weighted({}, {"ASSAULT": 10}, WHOLE) is None


def test_of_one_type_the_weighted_figure_is_the_plain_one() -> None:
    some = labels(8, 2)
    assert weighted({"ASSAULT": some}, {"ASSAULT": 900}, WHOLE) == precision(some, WHOLE)


def test_a_rare_type_weighs_by_its_mentions_and_not_by_its_labels() -> None:
    found = weighted({"ASSAULT": labels(9, 1), "AID": labels(1, 9)}, {"ASSAULT": 950, "AID": 50, "AGREE": 1000}, "type")
    assert found is not None
    assert found.share == pytest.approx(0.95 * 0.9 + 0.05 * 0.1)
    assert (found.right, found.judged, found.covered) == (10, 20, 0.5)
    assert found.low < found.share < found.high


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """3,000 mentions of three types, 20 of each judged, 400 times over."""
    lots = random.Random(1)
    shares, sizes = {"A": 0.95, "B": 0.7, "C": 0.4}, {"A": 2400, "B": 500, "C": 100}
    truth = sum(shares[kind] * sizes[kind] for kind in sizes) / 3000
    found = [
        weighted(
            {kind: [label(*(() if lots.random() < shares[kind] else ("type",))) for _ in range(20)] for kind in sizes},
            sizes,
            "type",
        )
        for _ in range(400)
    ]
    held = [p for p in found if p and p.low <= truth <= p.high]
    assert 0.92 <= len(held) / 400 <= 1
    assert sum(p.share for p in found if p) / 400 == pytest.approx(truth, abs=0.01)
