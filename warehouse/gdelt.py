"""Events in GDELT 2.0's form: tab-separated, without a head, in the columns that its tools expect.

PLOVER is told in CAMEO's terms by `data/cameo.toml`. What GDELT has and Dateline has not (tone, ethnic codes, places of
the actors) is empty. Sources: GDELT Event Codebook 2.0 (2015-02-19), CAMEO codebook 1.1b3.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.store import Cursor, Row, statement

BATCH = 10_000
ADDED_AT, MENTIONED_AT = 59, 2  # columns DATEADDED and MentionTimeDate: the days that GDELT names its files by
DAY_DIGITS = 8  # of a time: 20261120


def write_gdelt(cursor: Cursor, folder: Path) -> dict[str, int]:
    """Files `YYYYMMDD.export.CSV` and `YYYYMMDD.mentions.CSV` of the events in `chosen`; the rows written, by kind."""
    for name, rows in lookups().items():
        cursor.register(name, pa.Table.from_pylist(rows))
    cursor.execute(statement("gdelt_parties"))
    return {
        "events": write_days(folder, "export", answer(cursor, "gdelt_events"), ADDED_AT),
        "mentions": write_days(folder, "mentions", answer(cursor, "gdelt_mentions"), MENTIONED_AT),
    }


def answer(cursor: Cursor, name: str) -> Iterator[tuple[object, ...]]:
    """The rows of a query, a batch at a time."""
    relation = cursor.execute(statement(name))
    while batch := relation.fetchmany(BATCH):
        yield from batch


def write_days(folder: Path, kind: str, rows: Iterable[tuple[object, ...]], time_at: int) -> int:
    """One file a day, of rows in the order of the time that stands in column `time_at`; the number of rows."""
    written = 0
    for day, of_day in groupby(rows, key=lambda row: str(row[time_at])[:DAY_DIGITS]):
        with (folder / f"{day}.{kind}.CSV").open("w", encoding="utf-8", newline="") as file:
            for row in of_day:
                file.write(line(row))
                written += 1
    return written


def line(row: tuple[object, ...]) -> str:
    """A row as GDELT writes it: nothing is quoted, so no value may hold a tab or a line break."""
    return "\t".join("" if value is None else " ".join(str(value).split()) for value in row) + "\n"


@cache
def tables() -> dict[str, Any]:
    """PLOVER in CAMEO's terms."""
    return tomllib.loads((files("warehouse") / "data" / "cameo.toml").read_text("utf-8"))


def lookups() -> dict[str, list[Row]]:
    """The relations that the queries join, by name."""
    told = tables()
    with (files("warehouse") / "data" / "countries.csv").open(encoding="utf-8") as file:
        countries: list[Row] = [dict(row) for row in csv.DictReader(file)]
    return {
        "cameo": list(event_codes()),
        "armed_sector": [{"sector": sector} for sector in told["armed"]["sectors"]],
        "cameo_sector": [{"sector": key, "cameo_role": role or None} for key, role in told["roles"].items()],
        "cameo_body": [
            {"country": key, "code": body["code"], "known_group": body["group"] or None, "cameo_role": body["role"]}
            for key, body in told["bodies"].items()
        ],
        "country": countries,
    }


def event_codes() -> Iterator[Row]:
    """CAMEO's code of each type and mode, for actors that are armed bodies and others; "" stands for no mode."""
    for event_type, entry in tables()["events"].items():
        for mode, code in {"": entry["code"], **entry.get("modes", {})}.items():
            for armed in (False, True):
                chosen = entry.get("armed", code) if armed and not mode else code
                yield {
                    "event_type": event_type,
                    "mode": mode,
                    "armed": armed,
                    "code": chosen,
                    "goldstein": goldstein(chosen),
                }


def goldstein(code: str) -> float:
    """Goldstein's figure of a CAMEO code: its own, else that of its base code."""
    scale = tables()["goldstein"]
    return float(scale[code] if code in scale else scale[code[:3]])
