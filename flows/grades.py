"""How bad a finding is, as the exit status of `doctor` and `status` says it; and how much room a run needs."""

from __future__ import annotations

from enum import IntEnum

LEAST_FREE_BYTES = 1 << 30
COPIES = 2.2  # a run needs room for a readers' copy beside the old one, and for what it writes
NO_ROOM = 0.05  # of what is needed: not even a log fits


class Grade(IntEnum):
    """How bad it is, as the exit status says it."""

    LOOK = 1  # runs go on; somebody should look
    BROKEN = 2  # runs or readers fail


def wanted_bytes(warehouse_bytes: int) -> int:
    """How much room a run with a warehouse of that size may need."""
    return max(LEAST_FREE_BYTES, int(COPIES * warehouse_bytes))


def grade_of_room(free_bytes: int, warehouse_bytes: int) -> Grade | None:
    """How bad it is that no more is free; None where it is enough."""
    wanted = wanted_bytes(warehouse_bytes)
    if free_bytes >= wanted:
        return None
    return Grade.BROKEN if free_bytes < NO_ROOM * wanted else Grade.LOOK
