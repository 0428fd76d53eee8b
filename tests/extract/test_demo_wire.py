"""Every article page of the demo wire yields what its gold says."""

from __future__ import annotations

import re
from functools import cache

import pytest

from pipeline.demo import GoldArticle, Story, gold, load_stories
from pipeline.demo.site import render_page
from pipeline.extract import extract_article
from pipeline.records import Article, Page

BASE = "http://wire.example"
STORIES = {story.path: story for story in load_stories()}
ARTICLES = gold().articles
FULL_NAMES = {"Meridian News Agency": "Meridian", "Boreal Press": "Boreal"}
EDITORS = {"Clara Voss", "Tom Adair", "Paul Okafor", "Hugh Carrick"}


def straight(text: str | None) -> str:
    """The gold's quote marks are those of the story's file, the article's those that were meant."""
    return re.sub("[“”\"]|``|''", '"', re.sub("[’‘`]", "'", text or ""))


@cache
def extracted(path: str) -> Article:
    story = STORIES[path]
    html = render_page(story, tuple(STORIES.values()), BASE)
    return extract_article(Page(page_id=path, url=BASE + path, html=html, content_type="text/html; charset=utf-8"))


def reporters(story: Story) -> tuple[str, ...]:
    """Those of the sign-off whom the page's own byline does not name."""
    told = re.findall(r"(?:Reporting|Writing) by ([^;)]+)", story.signoff or "")
    names = (re.sub(r" in .*", "", name) for part in told for name in part.split(" and "))
    return tuple(name for name in names if name not in story.byline)


def by_id(want: GoldArticle) -> str:
    return want.story_id


@pytest.mark.parametrize("want", ARTICLES, ids=by_id)
def test_a_page_says_who_where_and_when(want: GoldArticle) -> None:
    got = extracted(want.path)
    assert straight(got.title) == straight(want.title)
    assert got.language == want.language
    assert got.published_at == want.published
    assert (got.dateline or "").split(",")[0].casefold() == (want.place or "").casefold()
    assert FULL_NAMES.get(got.agency or "", got.agency) == want.agency


@pytest.mark.parametrize("want", ARTICLES, ids=by_id)
def test_authors_are_who_signs_and_who_writes(want: GoldArticle) -> None:
    got = extracted(want.path).byline
    assert got == tuple(want.byline) + reporters(STORIES[want.path])
    assert not EDITORS & set(got)


@pytest.mark.parametrize("want", ARTICLES, ids=by_id)
def test_the_text_is_the_story_and_nothing_else(want: GoldArticle) -> None:
    got = extracted(want.path)
    text = straight(" ".join(got.text.split()))
    assert text.startswith(straight(want.first_words))
    assert text.endswith(straight(want.last_words))
    assert [phrase for phrase in want.absent if phrase in got.text] == []
    assert len(got.text.split("\n")) == len(STORIES[want.path].paragraphs)


@pytest.mark.parametrize("want", [want for want in ARTICLES if STORIES[want.path].note], ids=by_id)
def test_a_note_to_editors_is_kept_apart(want: GoldArticle) -> None:
    notes = [removed.text for removed in extracted(want.path).removed if removed.reason in ("note", "correction")]
    assert notes == [STORIES[want.path].note]


@pytest.mark.parametrize("want", [want for want in ARTICLES if STORIES[want.path].signoff], ids=by_id)
def test_a_signature_is_kept_whole(want: GoldArticle) -> None:
    signed = [removed.text for removed in extracted(want.path).removed if removed.reason == "credits"]
    assert signed == [STORIES[want.path].signoff]
