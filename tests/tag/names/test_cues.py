"""Every cue of `lexicon/cues.toml` holds in its own example."""

from __future__ import annotations

import pytest

from pipeline.tag.names.cues import Cue, load_cues, read_cues


@pytest.mark.parametrize("cue", load_cues(), ids=lambda cue: cue.example)
def test_a_cue_holds_in_its_example(cue: Cue) -> None:
    start = cue.example.index("[")
    end = cue.example.index("]") - 1
    text = cue.example.replace("[", "").replace("]", "")
    assert cue in read_cues(text, start, end)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nobody said where the meeting would be, Vale or not.", "Vale"),
        ("The report names Harbour, Vale and Orsk.", "Harbour"),
    ],
)
def test_a_name_alone_has_no_cue(text: str, name: str) -> None:
    start = text.index(name)
    assert list(read_cues(text, start, start + len(name))) == []
