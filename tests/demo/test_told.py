"""The gold of the demo wire's events is of one piece: it can be read in the stories, in PLOVER's words."""

from __future__ import annotations

import pytest

from tests.demo.test_wire import GOLD, TYPES
from tests.demo.told import Told, stories, straight, told

STORIES = stories()
TRUTHS = {"actual", "planned", "hypothetical", "historical", "negated"}
MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "REJECT": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone"
    " heavy-weapons crowd-control unconventional",
}


def test_the_file_covers_every_english_story_that_is_no_copy() -> None:
    assert told().keys() == STORIES.keys()
    assert len(STORIES) == 31
    assert {r.type for rows in told().values() for t in rows if t.asked for r in t.readings} == TYPES


@pytest.mark.parametrize("story", STORIES)
def test_each_event_can_be_read_in_its_story(story: str) -> None:
    text = straight("\n".join(STORIES[story].paragraphs))
    around = f"{text} {STORIES[story].dateline}".lower()
    for row in told()[story]:
        assert text.count(row.says) == 1, row.says
        assert all(trigger in row.says for trigger in row.triggers), row
        assert [words for words in parties_and_places(row) if words.lower() not in around] == [], row


def parties_and_places(row: Told) -> set[str]:
    """All words that a party's or a place's text may hold."""
    lists = [side or () for reading in row.readings for side in (reading.actors, reading.recipients)]
    return {w for words in (*lists, (row.place,) if row.place else ()) for one in words for w in one.either}


@pytest.mark.parametrize("story", STORIES)
def test_each_event_is_coded_in_plovers_words(story: str) -> None:
    for row in told()[story]:
        assert row.truths <= TRUTHS, row
        for reading in row.readings:
            assert reading.type in TYPES, row
            assert reading.modes <= {None, *MODES.get(reading.type, "").split()}, row


@pytest.mark.parametrize("story", STORIES)
def test_no_event_is_told_twice(story: str) -> None:
    rows = [(row.says, row.triggers, {r.type for r in row.readings}) for row in told()[story]]
    assert all(one not in rows[:number] for number, one in enumerate(rows))


def test_what_any_coder_must_find_is_told_here_too() -> None:
    for article in GOLD.articles:
        for event in article.events if article.story_id in STORIES else ():
            near = [row for row in told()[article.story_id] if same_sentence(article.story_id, row.says, event.says)]
            if not any(event.type in {r.type for r in row.readings} for row in near):
                assert first_printed_elsewhere(article.story_id, event.says), event


def same_sentence(story: str, one: str, two: str) -> bool:
    """Whether both pieces stand in one sentence, as far as full stops tell."""
    text = straight("\n".join(STORIES[story].paragraphs))
    first, last = sorted((text.index(one), text.index(straight(two))))
    return not any(mark in text[first:last] for mark in (". ", "\n"))


def first_printed_elsewhere(story: str, says: str) -> bool:
    """Whether an earlier story of the file prints the words."""
    order = list(told())
    return any(says in " ".join(STORIES[other].paragraphs) for other in order[: order.index(story)])
