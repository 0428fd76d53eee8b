"""Each view has its typical query among the measurements."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.big_warehouse import World, make_warehouse
from tests.bench.warehouse import QUERIES, ask_views
from warehouse.migrate import scripts


@pytest.mark.parametrize("view", [name.removesuffix(".sql") for name, _ in scripts("views")])
def test_each_view_has_a_query(view: str) -> None:
    assert f"FROM {view}" in (QUERIES / f"{view}.sql").read_text("utf-8")


def test_the_queries_answer(tmp_path: Path) -> None:
    make_warehouse(tmp_path / "made.duckdb", World(articles=200, days=3))
    costs, peak = ask_views(tmp_path / "made.duckdb")
    assert float(peak) > 0
    assert all(float(cost.split(" / ")[0]) >= 0 for cost in costs.values())
