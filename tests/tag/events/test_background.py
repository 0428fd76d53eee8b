"""Signs of old times: each finds its example and not its counter-example."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from pipeline.tag.events.background import signs

TABLE = tomllib.loads((files("pipeline.tag") / "lexicon" / "remembered.toml").read_text("utf-8"))
ROWS = [(where, row) for where, rows in TABLE.items() for row in rows]


@pytest.mark.parametrize(("where", "row"), ROWS, ids=lambda part: part["example"] if isinstance(part, dict) else part)
def test_a_sign_is_found_where_its_example_says(where: str, row: dict[str, str]) -> None:
    assert where in {"around", "before"}
    assert re.search(row["pattern"], row["example"], re.IGNORECASE)
    assert signs("around" if where == "around" else "before").search(row["example"])
    assert not signs("around" if where == "around" else "before").search(row["counter"])
