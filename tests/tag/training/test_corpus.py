"""The corpus holds what its guideline says, and the reader of its lines says what is wrong with one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError
from pipeline.tag.events.triggers import load_lexicon
from pipeline.tag.training.alike import alike
from pipeline.tag.training.corpus import Labelled, read_corpus, read_row
from tests.bench.corpus_agreement import SECOND, kappa, paired

SENTENCE = "Police in Varn held two men after police dogs found a pistol."
HELD = {"trigger": "held", "type": "COERCE", "mode": "arrest", "actors": ["Police in Varn"], "recipients": ["two men"]}
WORD = re.compile(r"[a-z0-9]+")
RUN = 6  # words in a row


@pytest.fixture(scope="module")
def sentences() -> list[Labelled]:
    return read_corpus()


def test_there_is_enough_of_everything(sentences: list[Labelled]) -> None:
    events = [e for s in sentences for e in s.events]
    types, modes = Counter(e.type for e in events), Counter((e.type, e.mode) for e in events)
    kinds = load_lexicon().types
    assert len(sentences) >= 3000
    assert {name for name in kinds if types[name] < 150} == set()
    assert {(name, mode) for name, kind in kinds.items() for mode in kind.modes if modes[name, mode] < 15} == set()
    assert sum(not s.events for s in sentences) >= 500
    assert sum(len(s.events) > 1 for s in sentences) >= 500
    for flag in ("planned", "hypothetical", "historical", "negated"):
        assert sum(flag in (e.modality, e.polarity) for e in events) >= 150


def test_no_two_sentences_are_of_one_pattern(sentences: list[Labelled]) -> None:
    assert list(alike(s.text for s in sentences)) == []


def test_patterns_are_seen_behind_other_names_and_figures() -> None:
    one = "Rebels of the Karo Front attacked an army post near Tamar on Monday, killing 12 soldiers."
    other = "Rebels of the Sel Union attacked an army post near Port Sel on Friday, killing 7 soldiers."
    assert list(alike([one, "Dockers walked out over wages.", other])) == [(one, other)]


def test_a_tenth_is_kept_for_testing(sentences: list[Labelled]) -> None:
    assert 0.07 < sum(s.is_test for s in sentences) / len(sentences) < 0.13


def test_nothing_is_taken_from_the_evaluation_sets(sentences: list[Labelled]) -> None:
    files = sorted((Path(os.environ.get("DATELINE_EVAL", "")) / "data").glob("*_dev.jsonl"))
    if not files:
        pytest.skip("DATELINE_EVAL names no folder with the public sets")
    ours = {run: s.text for s in sentences for run in runs(s.text)}
    lines = (json.loads(line) for f in files for line in f.read_text("utf-8").split("\n") if line)
    theirs = {run for line in lines if isinstance(line.get("text"), str) for run in runs(line["text"])}
    assert len(theirs) > 100_000
    assert {ours[run] for run in ours.keys() & theirs} == set()


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of six words."""
    words = WORD.findall(text.lower())
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def test_the_second_reading_is_of_sentences_of_the_corpus(sentences: list[Labelled]) -> None:
    first = {s.text: s for s in sentences}
    second = read_corpus([SECOND])
    assert len(second) >= len(sentences) * 0.1
    pairs = [pair for s in second for pair in paired(first[s.text], s)]
    assert kappa([(a.type, b.type) for a, b in pairs]) > 0.8


def test_spans_are_where_their_words_stand() -> None:
    read = read_row({"text": SENTENCE, "events": [HELD], "not": ["pistol"]}, "here")
    (event,) = read.events
    assert (event.trigger.start, event.trigger.end) == (15, 19)
    assert [(s.start, s.end) for s in event.actors] == [(0, 14)]
    assert (event.polarity, event.modality, event.place, read.kind) == ("affirmed", "actual", None, "wire")


def test_words_that_stand_twice_say_which() -> None:
    dogs = {
        "text": "Police dogs bit police.",
        "events": [{"trigger": "bit", "type": "ASSAULT", "recipients": ["police"]}],
    }
    assert read_row(dogs, "here").events[0].recipients[0].start == 16
    twice = {"text": "The mayor met the mayor.", "events": [{"trigger": "met", "type": "CONSULT", "actors": ["mayor"]}]}
    with pytest.raises(ConfigError, match=r"here, event 1: 'mayor' stands 2 times .* mayor@1 or mayor@2"):
        read_row(twice, "here")
    twice["events"][0]["actors"] = ["mayor@2"]  # type: ignore[index]
    assert read_row(twice, "here").events[0].actors[0].start == 18


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"trigger": "shot"}, "'shot' does not stand in"),
        ({"type": "ATTACK"}, "ATTACK arrest is none of PLOVER's"),
        ({"mode": "drone"}, "COERCE drone is none of PLOVER's"),
        ({"actors": "Police in Varn"}, "is no list"),
        ({"colour": "red"}, "unknown colour"),
        ({"counts": {"hurt": "two"}}, "unknown hurt"),
        ({"modality": "maybe"}, "affirmed maybe"),
        ({"recipients": ["police@3"]}, "does not stand in"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(said)):
        read_row({"text": SENTENCE, "events": [HELD | change]}, "here")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([1], "here: [1] is no object"),
        ({"text": SENTENCE}, "here: events None; a list of events"),
        ({"text": SENTENCE, "events": None}, "here: events None; a list of events"),
        ({"text": 5, "events": []}, "here: text 5 of kind 'wire'"),
        ({"text": SENTENCE, "events": ["held"]}, "here, event 1: 'held' is no object"),
        ({"text": SENTENCE, "events": [HELD | {"trigger": 3}]}, "here, event 1: 3; words of the sentence"),
        ({"text": SENTENCE, "events": [HELD | {"type": ["ASSAULT"]}]}, "is none of PLOVER's"),
        ({"text": SENTENCE, "events": [HELD | {"actors": [3]}]}, "here, event 1: 3; words of the sentence"),
        ({"text": SENTENCE, "events": [HELD | {"counts": 3}]}, "here, event 1: 3 is no object"),
        ({"text": SENTENCE, "events": [], "not": "pistol"}, "'pistol' is no list"),
    ],
)
def test_what_is_of_the_wrong_form_is_named(row: Any, said: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(said)):
        read_row(row, "here")


def test_a_file_of_ones_own_is_looked_through_for_likes(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text(f"{json.dumps({'text': SENTENCE, 'events': []})}\n" * 2)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.tag.training.corpus", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "alike:" in done.stdout


def test_a_line_may_hold_a_separator_and_a_file_must_be_utf8(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text('{"text": "Police\u2028held two men.", "events": []}', "utf-8")
    assert len(read_corpus([file])) == 1
    file.write_bytes(b'{"text": "\xff", "events": []}')
    with pytest.raises(ConfigError, match="in UTF-8"):
        read_corpus([file])


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text(json.dumps({"text": SENTENCE, "events": []}) + "\n\n{")
    with pytest.raises(ConfigError, match=r"own\.jsonl line 3: no JSON"):
        read_corpus([file])
    file.write_text(json.dumps({"text": SENTENCE, "events": [], "kind": "gossip"}))
    with pytest.raises(ConfigError, match="of kind 'gossip'"):
        read_corpus([file])
