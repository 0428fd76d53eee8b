"""`dateline tag --explain`: any text, from its first character to its last, with why each event was coded."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from flows.contracts import Bad
from flows.explain import documents_in, is_lines, passages, show_document, text_of
from pipeline.errors import ConfigError
from pipeline.records import Document, Event, Tags
from tests.flows.home import dateline
from tests.warehouse.build import TEXT
from tests.warehouse.published import attack, promise

REPORT = "Rain fell on the hills.\r\n\r\nRebels shelled the town of Goma, a doctor said. It was quiet later.\r\n"


def shown(document: Document, tags: Tags, *, events_only: bool = False) -> str:
    target = io.StringIO()
    show_document(Console(file=target, width=160), document, tags, None, events_only=events_only)
    return target.getvalue()


def document(text: str = TEXT) -> Document:
    return Document(document_id="report.txt", text=text)


def tags(*events: Event) -> Tags:
    return Tags(document_id="report.txt", tagger="test", events=events)


def test_each_event_is_shown_in_its_sentence_and_the_rest_as_it_is() -> None:
    lines = shown(document(), tags(attack(TEXT), promise(TEXT))).splitlines()
    assert lines[0] == "report.txt: 2 events"
    assert "ASSAULT · characters 0 to 73, trigger 9 to 17" in lines
    assert "  The governor said that [actor: the army] would [trigger: leave] the valley within a week." in lines
    assert lines[-2] == "  " + TEXT[TEXT.index("Neighbours") :]


def test_two_events_of_a_sentence_show_it_twice() -> None:
    other = replace(attack(TEXT), type="ACCUSE", mode=None)
    assert shown(document(), tags(attack(TEXT), other)).count("[trigger: attacked]") == 2


def test_events_alone_are_shown_where_that_is_asked() -> None:
    alone = shown(document(), tags(attack(TEXT)), events_only=True)
    assert "[trigger: attacked]" in alone
    assert "Neighbours" not in alone


def test_a_text_that_could_not_be_tagged_says_why() -> None:
    untagged = replace(tags(), status="no model for ar")
    assert shown(document(), untagged).startswith("report.txt: no events (no model for ar)\n")


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1])), max_size=4),
)
def test_nothing_of_a_text_is_left_out(text: str, spans: list[tuple[int, int]]) -> None:
    here = sorted((start, min(end, len(text))) for start, end in spans if start < len(text))
    apart = [s for i, s in enumerate(here) if all(s[0] >= other[1] for other in here[:i])]
    events = tuple(replace(attack(TEXT), sentence_start=start, sentence_end=end) for start, end in apart)
    cut = list(passages(text, events))
    assert "".join(text[p.start : p.end] for p in cut) == text
    assert [(p.start, p.end) for p in cut if p.events] == apart


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("a.txt", '{"id": "a", "text": "x"}', False),
        ("a.jsonl", "plain words", True),
        ("a.json", '\n{"id": "a", "text": "x"}\n', True),
        (None, '{"id": "a", "text": "x"}', True),
        (None, '{"id": "a"}', False),
        (None, '"Leave," he said.', False),
        (None, "", False),
    ],
)
def test_plain_text_is_told_from_records(name: str | None, text: str, lines: bool) -> None:
    assert is_lines(text, Path(name) if name else None) is lines


def test_a_broken_record_does_not_hide_the_others() -> None:
    good = json.dumps({"id": "a", "title": "A", "text": "One.\u2028Two."}, ensure_ascii=False)
    first, second = documents_in(f"{good}\n{{oops\n", Path("x.jsonl"))
    assert isinstance(first, Document)
    assert first.text == "One.\u2028Two."
    assert isinstance(second, Bad)


def test_a_text_keeps_its_line_ends_and_loses_its_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfOne.\r\nTwo.")
    assert text_of(tmp_path / "a.txt") == "One.\r\nTwo."


@pytest.mark.parametrize(("data", "says"), [(b"caf\xe9", "no UTF-8 at byte 3"), (None, "cannot be read")])
def test_a_file_that_is_no_text_is_an_error_that_names_it(tmp_path: Path, data: bytes | None, says: str) -> None:
    path = tmp_path / "a.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ConfigError, match=says) as caught:
        text_of(path)
    assert str(path) in str(caught.value)


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"One.\r\n")))
    assert text_of(None) == "One.\r\n"


def test_the_command_explains_a_text_file_with_offsets_into_it(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(REPORT.encode())
    done = dateline("tag", "--explain", str(tmp_path / "report.txt"))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "report.txt: 1 event"
    found = re.search(r"ASSAULT heavy-weapons · characters (\d+) to (\d+), trigger (\d+) to (\d+)", done.stdout)
    assert found
    start, end, trigger_start, trigger_end = map(int, found.groups())
    assert REPORT[start:end] == "Rebels shelled the town of Goma, a doctor said."
    assert REPORT[trigger_start:trigger_end] == "shelled"
    assert "[actor: Rebels] [trigger: shelled]" in done.stdout
    assert "[says: a doctor] said." in done.stdout
    assert {"  Rain fell on the hills.", "  It was quiet later."} <= set(lines)
    assert "    example     Government troops shelled rebel positions near Karo." in lines


def test_the_command_explains_records_and_counts_those_that_it_cannot_read(tmp_path: Path) -> None:
    day = "2026-11-20T12:00:00+00:00"
    good = {"id": "a", "title": "Arrests", "text": "Police arrested nine students on Monday.", "published_at": day}
    (tmp_path / "in.jsonl").write_text(json.dumps(good) + '\n{"id": "b"}\n')
    done = dateline("tag", "--explain", "--events-only", str(tmp_path / "in.jsonl"))
    assert done.returncode == 1
    assert "    date        Monday → 2026-11-16 (day)" in done.stdout
    assert "a: Arrests: 1 event" in done.stdout
    assert "b: without text" in done.stdout
    assert done.stderr == "dateline: 1 records could not be read\n"


def test_the_contract_knows_no_events_only() -> None:
    done = dateline("tag", "--events-only", "x.jsonl")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--events-only: only --explain knows it; add --explain" in done.stderr
