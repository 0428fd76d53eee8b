"""Items handed over in groups: the same results as one by one, and one bad item costs itself only."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence

import pytest

from pipeline.extract import Crash, Grouped, Workers


def obey(orders: Sequence[str]) -> list[str]:
    """Each order with the number of those that came with it."""
    for order in orders:
        if order == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if order == "raise":
            raise ValueError("bad item")
        if order == "sleep":
            time.sleep(60)
    return [f"{order} of {len(orders)}" for order in orders]


def opened(size: int, seconds: float = 30) -> Grouped[str, str]:
    return Grouped(Workers(obey, count=2, seconds=seconds), size)


def test_items_come_in_groups_with_their_own_numbers() -> None:
    with opened(3) as grouped:
        assert sorted(grouped.map(list("abcdefgh"))) == [
            *((n, f"{order} of 3") for n, order in enumerate("abcdef")),
            (6, "g of 2"),
            (7, "h of 2"),
        ]
        assert list(grouped.map([])) == []


@pytest.mark.parametrize(("order", "reason"), [("die", "crashed"), ("raise", "error"), ("sleep", "timeout")])
def test_a_bad_item_costs_itself_only(order: str, reason: str) -> None:
    with opened(4, seconds=2) as grouped:
        results = dict(grouped.map(["a", order, "b", "c", "d", "e"]))
    crash = results.pop(1)
    assert isinstance(crash, Crash)
    assert crash.reason == reason
    assert results == {0: "a of 1", 2: "b of 1", 3: "c of 1", 4: "d of 2", 5: "e of 2"}


def test_a_group_holds_something() -> None:
    with Workers(obey, count=1, seconds=1) as workers, pytest.raises(ValueError, match="size 0"):
        Grouped(workers, 0)
