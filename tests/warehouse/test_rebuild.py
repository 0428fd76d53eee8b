"""Stored pages are read again: a changed text is a new version, the same text gets new columns, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.records import Article, Claim, Failure, Quality, Stage
from tests.warehouse.build import NOON, PAPER, RUN, TEXT, entry, fetch, poll, reading
from tests.warehouse.conftest import Ask
from warehouse.grouping import group_all
from warehouse.load import load_readings
from warehouse.pages import PageFailure, unread_captures
from warehouse.rebuild import (
    Renewal,
    StoredPage,
    changed_columns,
    known_articles,
    store_rebuilt,
    stored_pages,
)
from warehouse.runs import begin_run, end_run
from warehouse.store import Warehouse

LATER = NOON + timedelta(days=30)
URL = "https://wire.example/1"


@pytest.fixture
def loaded(warehouse: Warehouse) -> Warehouse:
    """A warehouse with one article by the extractor "test", and one page that could not be read."""
    poll(warehouse, [entry(1), entry(2)])
    fetch(warehouse, URL, "https://wire.example/2")
    first, second = sorted(unread_captures(warehouse), key=lambda unread: unread.capture.url)
    failure = Failure(stage=Stage.EXTRACT, reason="no_text", detail="nothing left")
    bad = PageFailure(url=second.capture.url, feed_id="wire", failure=failure, next_attempt_at=None)
    load_readings(warehouse, RUN, NOON, [reading(first)], [bad])
    return warehouse


def stored(warehouse: Warehouse, extractor: str, *, every: bool = False) -> list[StoredPage]:
    return stored_pages(warehouse, extractor, every=every, feeds=None, limit=None)


def reread(page: StoredPage, **changes: object) -> Article:
    return replace(reading(page.unread).article, extractor="newer", **changes)  # type: ignore[arg-type]


def test_pages_of_another_extractor_and_unread_ones_are_to_be_read_again(loaded: Warehouse) -> None:
    assert [page.unread.capture.url for page in stored(loaded, "newer")] == [URL, "https://wire.example/2"]
    assert [page.article_id for page in stored(loaded, "test")] == [None]
    assert len(stored(loaded, "test", every=True)) == 2


def test_pages_can_be_chosen_by_feed_and_number(loaded: Warehouse) -> None:
    assert stored_pages(loaded, "newer", every=False, feeds=["paper"], limit=None) == []
    assert len(stored_pages(loaded, "newer", every=False, feeds=["wire"], limit=1)) == 1


def test_a_page_fetched_anew_with_the_same_text_is_read_again_from_the_capture_of_its_article(
    loaded: Warehouse,
) -> None:
    with loaded.transaction() as cursor:
        cursor.execute("UPDATE entry SET capture_id = 'later' WHERE entry_id = 'e1'")
    page = stored(loaded, "newer")[0]
    assert (page.unread.capture.url, page.unread.feed_id) == (URL, "wire")


def test_the_feed_that_showed_a_page_first_speaks_for_it_whichever_is_asked_for(loaded: Warehouse) -> None:
    poll(loaded, [entry(1, title="As the paper has it")], PAPER, LATER)
    with loaded.transaction() as cursor:
        cursor.execute(
            "UPDATE entry SET capture_id = (SELECT capture_id FROM article), status = 'loaded' WHERE feed_id = 'paper'"
        )
    for feeds in (None, ["paper"], ["wire"]):
        page = stored_pages(loaded, "newer", every=False, feeds=feeds, limit=1)[0]
        assert (page.unread.feed_id, page.unread.title) == ("wire", "Story 1")


def test_an_entry_whose_later_capture_failed_keeps_its_retry(loaded: Warehouse, ask: Ask) -> None:
    page = stored(loaded, "newer")[0]
    with loaded.transaction() as cursor:
        cursor.execute(
            "UPDATE entry SET capture_id = 'later', status = 'failed', stage = 'extract', reason = 'no_text',"
            " next_attempt_at = now() WHERE entry_id = 'e1'"
        )
    new = reading(page.unread, TEXT.replace("three", "four"))
    store_rebuilt(loaded, "run-2", LATER, [replace(new, url=page.article_url or "")], [])
    assert ask(
        "SELECT e.status::VARCHAR, e.reason, e.next_attempt_at IS NOT NULL, a.version"
        " FROM entry e JOIN article a USING (article_id)"
    ) == [("failed", "no_text", True, 2)]


def test_a_page_that_ended_its_worker_is_tried_again_only_with_all(loaded: Warehouse) -> None:
    with loaded.transaction() as cursor:
        cursor.execute("UPDATE entry SET reason = 'crashed' WHERE status = 'failed'")
    assert [page.article_id is None for page in stored(loaded, "newer")] == [False]
    assert len(stored(loaded, "newer", every=True)) == 2


def test_what_cannot_be_read_any_more_is_logged_and_its_article_stays(loaded: Warehouse, ask: Ask) -> None:
    failure = Failure(stage=Stage.EXTRACT, reason="timeout", detail="no result after 10 s")
    lost = PageFailure(url=URL, feed_id="wire", failure=failure, next_attempt_at=None)
    store_rebuilt(loaded, "run-2", LATER, [], [], [lost])
    assert ask("SELECT url, reason FROM failure WHERE run_id = 'run-2'") == [(URL, "timeout")]
    assert ask("SELECT status::VARCHAR FROM entry WHERE entry_id = 'e1'") == [("loaded",)]


def test_deleted_pages_cannot_be_read_again(loaded: Warehouse) -> None:
    with loaded.transaction() as cursor:
        cursor.execute("UPDATE capture SET pruned_at = now()")
    assert stored(loaded, "newer", every=True) == []


def test_a_changed_text_is_a_new_version_at_its_address(loaded: Warehouse, ask: Ask) -> None:
    page = stored(loaded, "newer")[0]
    text = TEXT.replace("three", "four")
    new = replace(reading(page.unread, text), article=reread(page, text=text), url=page.article_url or "")
    assert store_rebuilt(loaded, "run-2", LATER, [new], []).articles == 1
    rows = ask("SELECT version, is_latest, extractor, text = $$" + text + "$$ FROM article ORDER BY version")
    assert rows == [(1, False, "test", False), (2, True, "newer", True)]
    assert ask("SELECT a.version FROM entry e JOIN article a USING (article_id)") == [(2,)]
    assert [page.unread.capture.url for page in stored(loaded, "newer")] == ["https://wire.example/2"]


@pytest.mark.lake
def test_the_same_text_gets_the_new_columns_and_claims(loaded: Warehouse, ask: Ask) -> None:
    page = stored(loaded, "newer")[0]
    claim = Claim(field="title", source="json-ld", value="A village", chosen=True)
    quality = Quality(score=0.9, words=40, characters=len(TEXT), paragraphs=1, removed_lines=0, link_share=0.1)
    article = reread(page, title="A village", section="World", claims=(claim,), quality=quality)
    known = known_articles(loaded, [page])[page.article_id or ""]
    assert changed_columns(known, article) == ["title", "section"]
    for _ in range(2):
        store_rebuilt(loaded, "run-2", LATER, [], [Renewal(page.article_id or "", article)])
    assert ask("SELECT version, title, section, quality_score, extractor, run_id FROM article") == [
        (1, "A village", "World", 0.9, "newer", "run-2")
    ]
    assert ask("SELECT field, ordinal, source, claim, chosen FROM article_claim") == [
        ("title", 1, "json-ld", "A village", True)
    ]
    assert ask("SELECT count(*) FROM event_mention") == [(1,)], "what was read in the text stays"


def test_what_is_renewed_is_not_counted_as_loaded(loaded: Warehouse) -> None:
    page = stored(loaded, "newer")[0]
    begin_run(loaded, "run-2", LATER, flow="rebuild", version="0", flow_run_id=None)
    store_rebuilt(loaded, "run-2", LATER, [], [Renewal(page.article_id or "", reread(page, title="A village"))])
    with loaded.transaction() as cursor:
        assert end_run(cursor, "run-2", LATER, "completed").articles_loaded == 0


def test_a_page_that_can_be_read_at_last_is_loaded(loaded: Warehouse, ask: Ask) -> None:
    page = next(page for page in stored(loaded, "newer") if page.article_id is None)
    new = reading(page.unread)
    store_rebuilt(loaded, "run-2", LATER, [new], [])
    assert ask("SELECT status::VARCHAR, reason FROM entry ORDER BY entry_id") == [("loaded", None), ("loaded", None)]


def test_where_sources_disagree_the_view_shows_both(loaded: Warehouse, ask: Ask) -> None:
    page = stored(loaded, "newer")[0]
    claims = (
        Claim(field="title", source="json-ld", value="A village is attacked", chosen=True),
        Claim(field="title", source="feed", value="Attack on village"),
        Claim(
            field="published_at", source="json-ld", value="2026-11-20T12:00:00+00:00", precision="second", chosen=True
        ),
        Claim(field="published_at", source="feed", value="2026-11-20T12:01:00+00:00", precision="second"),
        Claim(field="language", source="html", value="en", chosen=True),
        Claim(field="byline", source="json-ld", value="Ann Lee", chosen=True),
        Claim(field="byline", source="text", value="Bob Ray", chosen=True),
    )
    store_rebuilt(loaded, "run-2", LATER, [], [Renewal(page.article_id or "", reread(page, claims=claims))])
    group_all(loaded, RUN)
    assert ask("SELECT field, chosen_claim, other_claims FROM disputed_articles ORDER BY field") == [
        ("byline", "Ann Lee", [{"source": "text", "claim": "Bob Ray"}]),
        ("title", "A village is attacked", [{"source": "feed", "claim": "Attack on village"}]),
    ]
