"""Somebody who reads the readers' copy all the while."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.running import finish
from warehouse.query import ask


@dataclass(slots=True)
class Read:
    """What a reader saw."""

    times: int = 0
    problems: list[str] = field(default_factory=list)


def flag(home: Path) -> Path:
    """Lies there from when we have spoilt the readers' copy ourselves."""
    return home.with_name(f"{home.name}.spoilt")


@contextmanager
def reading(home: Path) -> Iterator[Read]:
    """A process that opens the readers' copy again and again, as analysts do."""
    told, read = home.with_name(f"{home.name}.reader"), Read()
    pid = os.fork()
    if not pid:
        try:
            read_on(home, told)
        finally:
            os._exit(0)
    try:
        yield read
    finally:
        os.kill(pid, signal.SIGKILL)
        finish(pid)
        lines = told.read_text().splitlines() if told.exists() else []
        read.times = lines.count("ok")
        read.problems += [f"reader: {line}" for line in lines if line != "ok"][:3]
        told.unlink(missing_ok=True)
        flag(home).unlink(missing_ok=True)


def read_on(home: Path, told: Path) -> None:
    """Count articles for ever; say each time how that went."""
    published = home / "dateline.duckdb"
    with told.open("a", buffering=1) as out:
        while True:
            time.sleep(0.05)
            if not published.exists():
                continue
            try:
                ask(published, "SELECT count(*), count(text) FROM article UNION ALL SELECT count(*), 0 FROM event")
                out.write("ok\n")
            except Exception as error:  # noqa: BLE001 - told to the campaign
                if published.exists() and not flag(home).exists():
                    out.write(f"{type(error).__name__}: {error}".splitlines()[0] + "\n")
