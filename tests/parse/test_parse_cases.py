"""Every case file says what must come out of it; a dialect without a case fails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.errors import ParseError
from pipeline.parse import parse_feed
from pipeline.parse.sniff import DIALECTS

FOLDER = Path(__file__).parent.parent / "cases" / "parse"
CASES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expect.json"))
FORMATS = [name for dialect in DIALECTS for name in dialect.formats]


def expectation(case: Path) -> dict[str, object]:
    """What stands beside the case: options of the call, and `feed` (members that must be equal) or `error`."""
    loaded: dict[str, object] = json.loads(case.with_suffix(".expect.json").read_text(encoding="utf-8"))
    return loaded


def plain(value: object) -> object:
    """Values as JSON would hold them."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def part(found: object, wanted: object) -> object:
    """`found`, cut down to the members that `wanted` names."""
    if isinstance(found, dict) and isinstance(wanted, Mapping):
        return {key: part(found.get(key, "no such member"), value) for key, value in wanted.items()}
    if isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        return [part(*pair) for pair in zip(found, wanted, strict=True)]
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_document_says_what_its_case_expects(case: Path) -> None:
    wanted = expectation(case)
    options = {key: wanted[key] for key in ("url", "content_type", "max_entries") if key in wanted}
    if "error" in wanted:
        with pytest.raises(ParseError) as caught:
            parse_feed(case.read_bytes(), **options)  # type: ignore[arg-type]
        assert str(caught.value) == wanted["error"]
        return
    found = plain(asdict(parse_feed(case.read_bytes(), **options)))  # type: ignore[arg-type]
    assert part(found, wanted["feed"]) == wanted["feed"]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_second_reading_gives_the_same_ids(case: Path) -> None:
    if "error" not in expectation(case):
        first, second = (parse_feed(case.read_bytes()) for _ in range(2))
        ids = [entry.entry_id for entry in first.entries]
        assert ids == [entry.entry_id for entry in second.entries]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_of_the_registry_has_a_case(name: str) -> None:
    formats = [expectation(case).get("feed", {}) for case in CASES]
    assert any(isinstance(feed, dict) and feed.get("format") == name for feed in formats)
